"""检查报告: a new version, the page of one, and the block on an activity's page."""

from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.county.supervision.actions import reports as actions
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.finding_models import InspectionReport
from huiyin.county.supervision.opinion_states import REPORT_MOVES, ReportState
from huiyin.county.supervision.rules.reports import TAKES_REPORT, may_approve, may_write
from huiyin.county.supervision.states import ActivityState
from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.links import Button
from huiyin.interfaces.components.petitions import Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, Row
from huiyin.interfaces.components.words import moment_words

from .access import OFFICE_READERS, needs, staff_of
from .findings import KEEPERS, activity_of, words_of
from .findings_forms import ReportForm, SubmissionForm
from .section import Section
from .supervision_page import NoForm, RecordScreen, Step, made_new, plain, shown, steps_of, taken
from .supervision_papers import papers_of

PARTS = ("evaluation", "problems", "suggestions", "law_suggestions")
TONES: dict[ReportState, Tone] = {
    ReportState.WRITTEN: "warn",
    ReportState.APPROVED: "info",
    ReportState.SUBMITTED: "good",
    ReportState.REPLACED: "plain",
}


def leads_to(row: InspectionReport, then: ReportState) -> bool:
    """Whether a report may go on to a state."""
    return then in REPORT_MOVES[ReportState(row.state)]


STEPS: dict[str, Step[InspectionReport]] = {
    "approve": Step(
        title="审定",
        submit="审定",
        form=plain(NoForm),
        offered=lambda row, by: leads_to(row, ReportState.APPROVED) and may_approve(by) and row.written_by_id != by.pk,
        act=lambda sent: actions.approve(report_id=sent.row.pk, by=sent.by, at=sent.at),
        done="报告已审定",
        lead="审定后制作报告文书；由起草人以外的人审定。",
        folded=False,
    ),
    "submit": Step(
        title="提请常委会会议审议",
        submit="提请审议",
        form=SubmissionForm,
        offered=lambda row, by: leads_to(row, ReportState.SUBMITTED) and may_write(by),
        act=lambda sent: actions.submit(report_id=sent.row.pk, entry=sent.form.entry(), by=sent.by, at=sent.at),
        done="已登记提请审议",
        lead="由主任会议决定提请。提请后问题清单和报告不再改动。",
    ),
}


def found(inspection_report_id: int) -> InspectionReport:
    """Return a report, or nothing is there."""
    rows = InspectionReport.objects.select_related("activity", "written_by", "approved_by", "meeting")
    row = rows.filter(pk=inspection_report_id).first()
    if row is None:
        raise Http404
    return row


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def inspection_report_new(request: HttpRequest, activity_id: int) -> HttpResponse:
    """起草检查报告: it begins with the version before."""
    by, at, activity = staff_of(request), timezone.now(), activity_of(activity_id)
    last = activity.reports.order_by("-version").first()
    begin = {name: getattr(last, name) for name in PARTS} if last else {}
    form = ReportForm(request.POST or None, initial=begin)

    def act() -> int:
        return actions.write(activity_id=activity.pk, entry=form.entry(), by=by, at=at).pk

    return made_new(request, form, words_of(activity, "起草检查报告"), act=act, route="inspection_report")


@needs(OFFICE_READERS)
@require_safe
def inspection_report(request: HttpRequest, inspection_report_id: int) -> HttpResponse:
    """检查报告: one version."""
    return _page(request, found(inspection_report_id), None, 200)


@needs(OFFICE_READERS)
@require_POST
def inspection_report_step(request: HttpRequest, inspection_report_id: int, name: str) -> HttpResponse:
    """办理一步."""
    home = reverse("inspection_report", args=[inspection_report_id])
    return taken(request, STEPS, name, found(inspection_report_id), page=_page, home=home)


def _page(
    request: HttpRequest, row: InspectionReport, refused: tuple[str, forms.Form] | None, status: int
) -> HttpResponse:
    by = staff_of(request)
    screen = RecordScreen(
        title=f"检查报告（第{row.version}稿）",
        number=row.activity.number,
        lead=row.activity.title,
        badge=badge_of(row),
        crumbs=words_of(row.activity, "").crumbs,
        buttons=(),
        alerts=(),
        steps=steps_of(STEPS, row, by, route="inspection_report_step", refused=refused),
        sections=shown((text_section(row), list_section(row), papers_of(row, by))),
    )
    return render(request, "supervision_record.html", {"screen": screen}, status=status)


def badge_of(row: InspectionReport) -> StateBadge:
    """Return where a report stands."""
    state = ReportState(row.state)
    return StateBadge(label=state.label, tone=TONES[state])


def text_section(row: InspectionReport) -> Section:
    """报告 in words, with who wrote, approved and where it goes."""
    facts = [
        Fact(label="起草", value=f"{row.written_by.name}　{moment_words(row.written_at)}"),
        Fact(
            label="审定",
            value=f"{row.approved_by.name}　{moment_words(row.approved_at)}"
            if row.approved_by and row.approved_at
            else "—",
        ),
        Fact(label="提请审议", value=submitted_words(row), wide=True),
        Fact(label="实施情况评价", value=row.evaluation, wide=True),
        Fact(label="存在的问题", value=row.problems, wide=True),
        Fact(label="改进建议", value=row.suggestions, wide=True),
    ]
    if row.law_suggestions:
        facts.append(Fact(label="修改法律法规的建议", value=row.law_suggestions, wide=True))
    return Section("报告", (Facts(items=tuple(facts)),))


def submitted_words(row: InspectionReport) -> str:
    """Return by whose decision and before which session a report comes."""
    if row.meeting is None:
        return "—"
    return f"{row.meeting}决定，提请{row.session}（{row.session_on}）审议"


def list_section(row: InspectionReport) -> Section:
    """问题清单 as it stood when the version was written."""
    table = DataTable(
        caption="报告所附问题清单",
        columns=(
            Column(label="序号", width="fit", align="end"),
            Column(label="问题", width="wide"),
            Column(label="单位", width="fit"),
            Column(label="程度", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=str(place)),
                    Cell(text=str(one["fact"]), sub=str(one["basis"])),
                    Cell(text=str(one["unit_name"])),
                    Cell(text=str(one["severity_label"])),
                )
            )
            for place, one in enumerate(row.findings, start=1)
        ),
    )
    return Section("所附问题清单", (table,), lead="起草时固定")


def reports_section(row: Activity, by: Staff, today: date) -> Section | None:
    """检查报告 on the activity's page: every version, the latest first."""
    del today
    versions = list(row.reports.select_related("written_by").order_by("-version"))
    takes = ActivityState(row.state) in TAKES_REPORT and all(
        one.state != ReportState.SUBMITTED.value for one in versions
    )
    may = takes and may_write(by) and row.findings.filter(withdrawn_at=None).exists()
    if not versions and not may:
        return None
    label = "起草新稿" if versions else "起草检查报告"
    new = Button(label=label, href=reverse("inspection_report_new", args=[row.pk]), icon="plus")
    table = DataTable(
        caption="检查报告各稿",
        columns=(Column(label="稿次", width="fit"), Column(label="起草"), Column(label="状态", width="fit")),
        rows=tuple(
            Row(
                href=reverse("inspection_report", args=[one.pk]),
                cells=(
                    Cell(text=str(one)),
                    Cell(text=one.written_by.name, sub=moment_words(one.written_at)),
                    Cell(component=badge_of(one)),
                ),
            )
            for one in versions
        ),
    )
    return Section("检查报告", (*((table,) if versions else ()), *((new,) if may else ())))
