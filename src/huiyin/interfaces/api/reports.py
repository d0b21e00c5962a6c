"""信访情况分析报告 by API: what a locked period tells, the papers made of it, and the proposals for the work ahead."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from huiyin.county.reporting import rules
from huiyin.county.reporting.actions import priorities
from huiyin.county.reporting.contents import Contents, Count, Line
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries.reports import contents_of, proposed_of
from huiyin.documents.reports import reports_of, write_report
from huiyin.kernel.refusal import Refusal

from .access import caller
from .periods import Key
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["分析报告"])


class PriorityIn(In):
    """One paragraph on the work ahead, with the petitions it stands on."""

    words: Annotated[str, Field(min_length=1, max_length=rules.LONGEST_PRIORITY)]
    petition_numbers: Annotated[list[Annotated[str, Field(max_length=60)]], Field(min_length=1, max_length=50)]


class CountOut(Schema):
    """One number beside the year before's."""

    code: str
    label: str
    now: int
    before: int


class LineOut(Schema):
    """One indicator beside the year before's."""

    indicator: str
    label: str
    now: tuple[int, int]
    before: tuple[int, int]


class UnitOut(Schema):
    """One unit."""

    code: str
    name: str
    given: int
    given_before: int
    on_time: tuple[int, int]
    returned: tuple[int, int]
    grave_steps: int


class ProblemOut(Schema):
    """One hotspot."""

    key: str
    label: str
    matters: int
    before: int
    petitions: int
    group_visits: int
    words: str


class RecommendedOut(Schema):
    """One kind of 三项建议."""

    label: str
    made: int
    answered: int
    adopted: int


class ActivityOut(Schema):
    """One activity that was begun."""

    title: str
    kind: str
    begun_on: date
    state: str


class ProposedOut(Schema):
    """One paragraph on the work ahead."""

    pk: int
    words: str
    petition_numbers: list[str]
    written_by: str


class PaperOut(Schema):
    """One report that was made."""

    id: int
    number: str
    written_at: datetime


class ReportOut(Schema):
    """A report as it would be written now, and those that were."""

    key: str
    label: str
    version: int
    as_of: datetime
    before: str
    received: CountOut
    channels: list[CountOut]
    purposes: list[CountOut]
    classes: list[CountOut]
    indicators: list[LineOut]
    units: list[UnitOut]
    steps: list[CountOut]
    problems: list[ProblemOut]
    recommendations: list[RecommendedOut]
    activities: list[ActivityOut]
    proposed: list[ProposedOut]
    papers: list[PaperOut]


def counts(found: tuple[Count, ...]) -> list[CountOut]:
    """Return counts as the API tells them."""
    return [CountOut.model_validate(one) for one in found]


def line(one: Line) -> LineOut:
    """Return an indicator as the API tells it."""
    return LineOut(indicator=one.indicator.code, label=one.indicator.label, now=one.now, before=one.before)


def told(key: str, contents: Contents, papers: list[PaperOut]) -> ReportOut:
    """Return a report as the API tells it."""
    basis = contents.basis
    return ReportOut(
        key=key,
        label=basis.period.label,
        version=basis.version,
        as_of=basis.as_of,
        before=basis.before_words,
        received=CountOut.model_validate(contents.received),
        channels=counts(contents.channels),
        purposes=counts(contents.purposes),
        classes=counts(contents.classes),
        indicators=[line(one) for lines in contents.chapters.values() for one in lines],
        units=[UnitOut.model_validate(one) for one in contents.units],
        steps=counts(contents.steps),
        problems=[ProblemOut.model_validate(one) for one in contents.problems],
        recommendations=[RecommendedOut.model_validate(one) for one in contents.recommendations],
        activities=[ActivityOut.model_validate(one) for one in contents.activities],
        proposed=[ProposedOut.model_validate(one) for one in contents.proposed],
        papers=papers,
    )


@router.get("/{key}", response=ReportOut, summary="一个期间的分析报告")
def report(request: HttpRequest, key: Key) -> ReportOut:
    """Return what the report of a locked period tells, as of the moment of its version."""
    rules.check_may_see_periods(caller(request))
    of = rules.period_written(key)
    row = ReportedPeriod.objects.of(of).locked().first()
    if row is None:
        raise Refusal("report.period_not_locked", f"{of.label}还没有审定锁定，先核对、审定，再写分析报告")
    versions = ReportedPeriod.objects.of(of).values_list("pk", flat=True)
    papers = reports_of(*versions).values_list("pk", "number", "written_at")
    return told(key, contents_of(row), [PaperOut(id=pk, number=number, written_at=at) for pk, number, at in papers])


@router.post("/{key}/write", response=Done, summary="制作分析报告")
def write(request: HttpRequest, key: Key) -> Done:
    """制作报告: answers the paper, the one written last while nothing changed."""
    by, at, of = caller(request), timezone.now(), rules.period_written(key)

    def act() -> Done:
        row = write_report(period=of, by=by, at=at)
        return Done(id=row.pk, number=row.number)

    return carried_out(request, None, at, act)


@router.get("/{key}/priorities", response=list[ProposedOut], summary="工作建议")
def proposed(request: HttpRequest, key: Key) -> list[ProposedOut]:
    """Return the proposals for the work ahead that stand of a period."""
    rules.check_may_see_periods(caller(request))
    return [ProposedOut.model_validate(one) for one in proposed_of(rules.period_written(key))]


@router.post("/{key}/priorities", response=Done, summary="写入工作建议")
def add(request: HttpRequest, key: Key, body: PriorityIn) -> Done:
    """写建议: a paragraph and the petitions of the office that it stands on."""
    by, at, of = caller(request), timezone.now(), rules.period_written(key)

    def act() -> Done:
        numbers = tuple(dict.fromkeys(body.petition_numbers))
        return Done(id=priorities.add(period=of, words=body.words, petition_numbers=numbers, by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/priorities/{int:priority_id}/remove", response=Done, summary="撤下工作建议")
def remove(request: HttpRequest, priority_id: int) -> Done:
    """撤下建议: it goes into no further report."""
    by, at = caller(request), timezone.now()
    return carried_out(request, None, at, lambda: Done(id=priorities.remove(priority_id=priority_id, by=by, at=at).pk))
