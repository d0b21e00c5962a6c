"""问题清单 and 检查报告 by API: every act of a finding and of a report; nothing in an answer tells who petitioned."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from huiyin.county.supervision.actions import findings as actions
from huiyin.county.supervision.actions import reports as report_actions
from huiyin.county.supervision.finding_models import InspectionReport
from huiyin.county.supervision.opinion_states import Severity
from huiyin.county.supervision.queries import findings as queries
from huiyin.county.supervision.queries.findings import FindingLine
from huiyin.county.supervision.rules.findings import FindingEntry
from huiyin.county.supervision.rules.reports import ReportEntry, Submission

from .access import caller, office_reader
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["问题清单"])
report_router = Router(tags=["检查报告"])
Long = Annotated[str, Field(min_length=1, max_length=10000)]


class FindingIn(In):
    """One finding."""

    fact: Annotated[str, Field(min_length=1, max_length=4000)]
    unit: Annotated[str, Field(min_length=1, max_length=40)]
    severity: Severity
    statute: Annotated[str, Field(max_length=40)] = ""
    article: Annotated[str, Field(max_length=60)] = ""

    def entry(self) -> FindingEntry:
        """Return the finding as the rules take it."""
        return FindingEntry(self.fact, self.unit, self.severity, self.statute, self.article)


class NewFindingIn(FindingIn):
    """One finding of an activity."""

    activity_id: int


class OrderIn(In):
    """The whole list in its new order."""

    activity_id: int
    finding_ids: Annotated[list[int], Field(min_length=1, max_length=500)]


class WordsIn(In):
    """A reason, or a unit's view."""

    words: Annotated[str, Field(min_length=1, max_length=2000)]


class LinkIn(In):
    """A petition of the matter that a finding rests on."""

    number: Annotated[str, Field(min_length=1, max_length=60)]


class UnlinkIn(In):
    """A matter that a finding no longer rests on."""

    matter_id: int


class CountOut(Schema):
    """How many matters of a class or from a place."""

    name: str
    matters: int


class FindingOut(Schema):
    """One finding with what stands behind it, counted."""

    id: int
    position: int
    fact: str
    unit: str
    severity: Severity
    basis: str
    view: str
    matters: int
    classes: list[CountOut]
    places: list[CountOut]

    @classmethod
    def of(cls, line: FindingLine) -> "FindingOut":
        """Return the finding of a line."""
        return cls(
            id=line.id,
            position=line.position,
            fact=line.fact,
            unit=line.unit_code,
            severity=Severity(line.severity),
            basis=line.basis,
            view=line.view,
            matters=line.behind.matters,
            classes=[CountOut(name=name, matters=count) for name, count in line.behind.classes],
            places=[CountOut(name=name, matters=count) for name, count in line.behind.places],
        )


@router.get("/", response=list[FindingOut], summary="问题清单")
def findings(request: HttpRequest, activity_id: int) -> list[FindingOut]:
    """Return the findings on an activity's list in their order."""
    office_reader(request, act="查看问题清单")
    return [FindingOut.of(line) for line in queries.list_of(activity_id)]


@router.post("/", response=Done, summary="登记问题")
def write(request: HttpRequest, body: NewFindingIn) -> Done:
    """登记问题."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = actions.write(activity_id=body.activity_id, entry=body.entry(), by=by, at=at)
        return Done(id=row.pk, state=row.severity)

    return carried_out(request, body, at, act)


@router.post("/order", response=Done, summary="排序")
def order(request: HttpRequest, body: OrderIn) -> Done:
    """排序: the whole list."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        actions.put_in_order(activity_id=body.activity_id, finding_ids=body.finding_ids, by=by, at=at)
        return Done(id=body.activity_id)

    return carried_out(request, body, at, act)


@router.post("/{int:finding_id}/change", response=Done, summary="修改问题")
def change(request: HttpRequest, finding_id: int, body: FindingIn) -> Done:
    """修改问题."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = actions.change(finding_id=finding_id, entry=body.entry(), by=by, at=at)
        return Done(id=row.pk, state=row.severity)

    return carried_out(request, body, at, act)


@router.post("/{int:finding_id}/withdraw", response=Done, summary="去掉问题")
def withdraw(request: HttpRequest, finding_id: int, body: WordsIn) -> Done:
    """去掉问题."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=actions.withdraw(finding_id=finding_id, reason=body.words, by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/{int:finding_id}/ask-view", response=Done, summary="征求单位意见")
def ask_view(request: HttpRequest, finding_id: int) -> Done:
    """征求单位意见."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=actions.ask_view(finding_id=finding_id, by=by, at=at).pk)

    return carried_out(request, None, at, act)


@router.post("/{int:finding_id}/view", response=Done, summary="登记单位意见")
def record_view(request: HttpRequest, finding_id: int, body: WordsIn) -> Done:
    """登记单位意见."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=actions.record_view(finding_id=finding_id, view=body.words, by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/{int:finding_id}/matters", response=Done, summary="关联信访事项")
def link(request: HttpRequest, finding_id: int, body: LinkIn) -> Done:
    """关联信访事项: the answer is the matter's id."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = actions.link(finding_id=finding_id, petition_number=body.number, by=by, at=at)
        return Done(id=row.matter_id)

    return carried_out(request, body, at, act)


@router.post("/{int:finding_id}/matters/remove", response=Done, summary="取消关联")
def unlink(request: HttpRequest, finding_id: int, body: UnlinkIn) -> Done:
    """取消关联."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = actions.unlink(finding_id=finding_id, matter_id=body.matter_id, by=by, at=at)
        return Done(id=row.matter_id)

    return carried_out(request, body, at, act)


class ReportIn(In):
    """The parts of a report (JD24 §36)."""

    activity_id: int
    evaluation: Long
    problems: Long
    suggestions: Long
    law_suggestions: Annotated[str, Field(max_length=10000)] = ""


class SubmissionIn(In):
    """Which meeting decided it, and before which session it comes."""

    meeting_id: int
    session: Annotated[str, Field(min_length=1, max_length=80)]
    session_on: date


class ReportOut(Schema):
    """One version."""

    id: int
    version: int
    state: str
    evaluation: str
    problems: str
    suggestions: str
    law_suggestions: str
    findings: int
    session: str
    session_on: date | None

    @classmethod
    def of(cls, row: InspectionReport) -> "ReportOut":
        """Return the version of a row."""
        return cls(
            id=row.pk,
            version=row.version,
            state=row.state,
            evaluation=row.evaluation,
            problems=row.problems,
            suggestions=row.suggestions,
            law_suggestions=row.law_suggestions,
            findings=len(row.findings),
            session=row.session,
            session_on=row.session_on,
        )


@report_router.get("/", response=list[ReportOut], summary="检查报告各稿")
def reports(request: HttpRequest, activity_id: int) -> list[ReportOut]:
    """Return the versions of an activity's report, the latest first."""
    office_reader(request, act="查看检查报告")
    return [ReportOut.of(row) for row in InspectionReport.objects.filter(activity=activity_id).order_by("-version")]


@report_router.post("/", response=Done, summary="起草检查报告")
def write_report(request: HttpRequest, body: ReportIn) -> Done:
    """起草检查报告."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        entry = ReportEntry(body.evaluation, body.problems, body.suggestions, body.law_suggestions)
        row = report_actions.write(activity_id=body.activity_id, entry=entry, by=by, at=at)
        return Done(id=row.pk, state=row.state)

    return carried_out(request, body, at, act)


@report_router.post("/{int:inspection_report_id}/approve", response=Done, summary="审定检查报告")
def approve_report(request: HttpRequest, inspection_report_id: int) -> Done:
    """审定检查报告."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = report_actions.approve(report_id=inspection_report_id, by=by, at=at)
        return Done(id=row.pk, state=row.state)

    return carried_out(request, None, at, act)


@report_router.post("/{int:inspection_report_id}/submit", response=Done, summary="提请审议")
def submit_report(request: HttpRequest, inspection_report_id: int, body: SubmissionIn) -> Done:
    """提请审议."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        entry = Submission(body.meeting_id, body.session, body.session_on)
        row = report_actions.submit(report_id=inspection_report_id, entry=entry, by=by, at=at)
        return Done(id=row.pk, state=row.state)

    return carried_out(request, body, at, act)
