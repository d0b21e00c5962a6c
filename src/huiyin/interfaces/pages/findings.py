"""问题清单: a new finding, the page of one with the matters behind it, and the block on an activity's page."""

from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.supervision.actions import findings as actions
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.finding_models import Finding
from huiyin.county.supervision.opinion_states import ReportState, Severity
from huiyin.county.supervision.queries import findings as queries
from huiyin.county.supervision.queries.findings import FindingLine
from huiyin.county.supervision.rules.findings import may_find
from huiyin.county.supervision.states import ENDED
from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.links import Button, Crumb
from huiyin.interfaces.components.petitions import Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row

from .access import OFFICE_READERS, needs, staff_of
from .findings_forms import (
    FindingForm,
    LinkForm,
    PlaceForm,
    UnlinkForm,
    ViewForm,
    WithdrawalForm,
    of_finding,
)
from .office_form import OfficeForm
from .section import Section
from .supervision_page import NoForm, RecordScreen, Sent, Step, made_new, plain, steps_of, taken

KEEPERS = frozenset({Role.CLERK, Role.HEAD})
TONES: dict[Severity, Tone] = {Severity.MINOR: "plain", Severity.SERIOUS: "warn", Severity.GRAVE: "bad"}


def is_open(activity: Activity) -> bool:
    """Whether the list can still be changed."""
    is_reported = activity.reports.filter(state=ReportState.SUBMITTED.value).exists()
    return activity.state not in {state.value for state in ENDED} and not is_reported


def keeps(row: Finding, by: Staff) -> bool:
    """Whether this person may change this finding now."""
    return may_find(by) and row.withdrawn_at is None and is_open(row.activity)


def moved(sent: Sent[Finding]) -> object:
    """Carry out the order in which one finding stands at the wanted place."""
    others = [line.id for line in queries.list_of(sent.row.activity_id) if line.id != sent.row.pk]
    others.insert(sent.form.cleaned_data["place"] - 1, sent.row.pk)
    return actions.put_in_order(activity_id=sent.row.activity_id, finding_ids=others, by=sent.by, at=sent.at)


def has_matters(row: Finding) -> bool:
    """Whether a matter stands behind it."""
    return row.matters.filter(unlinked_at=None).exists()


STEPS: dict[str, Step[Finding]] = {
    "link": Step(
        title="关联信访事项",
        submit="关联",
        form=plain(LinkForm),
        offered=keeps,
        act=lambda sent: actions.link(
            finding_id=sent.row.pk, petition_number=sent.form.cleaned_data["number"], by=sent.by, at=sent.at
        ),
        done="信访事项已关联",
        lead="只关联一般信访件；对外只计件数、分类和属地。",
    ),
    "unlink": Step(
        title="取消关联",
        submit="取消关联",
        form=UnlinkForm,
        offered=lambda row, by: keeps(row, by) and has_matters(row),
        act=lambda sent: actions.unlink(
            finding_id=sent.row.pk, matter_id=int(sent.form.cleaned_data["matter"]), by=sent.by, at=sent.at
        ),
        done="已取消关联",
        kind="secondary",
    ),
    "ask-view": Step(
        title="征求单位意见",
        submit="登记已征求",
        form=plain(NoForm),
        offered=lambda row, by: keeps(row, by) and row.view_asked_at is None,
        act=lambda sent: actions.ask_view(finding_id=sent.row.pk, by=sent.by, at=sent.at),
        done="已登记征求意见",
        kind="secondary",
    ),
    "view": Step(
        title="登记单位意见",
        submit="登记",
        form=plain(ViewForm),
        offered=lambda row, by: keeps(row, by) and row.view_asked_at is not None and row.view_known_at is None,
        act=lambda sent: actions.record_view(finding_id=sent.row.pk, by=sent.by, at=sent.at, **sent.form.cleaned_data),
        done="单位意见已登记",
    ),
    "place": Step(
        title="调整次序",
        submit="调整",
        form=plain(PlaceForm),
        offered=keeps,
        act=moved,
        done="次序已调整",
        kind="secondary",
    ),
    "withdraw": Step(
        title="去掉这个问题",
        submit="去掉",
        form=plain(WithdrawalForm),
        offered=keeps,
        act=lambda sent: actions.withdraw(finding_id=sent.row.pk, by=sent.by, at=sent.at, **sent.form.cleaned_data),
        done="已从清单中去掉",
        kind="danger",
    ),
}


def activity_of(activity_id: int) -> Activity:
    """Return the activity that an address names, or nothing is there."""
    row = Activity.objects.filter(pk=activity_id).first()
    if row is None:
        raise Http404
    return row


def found(finding_id: int) -> Finding:
    """Return a finding, or nothing is there."""
    row = Finding.objects.select_related("activity", "unit").filter(pk=finding_id).first()
    if row is None:
        raise Http404
    return row


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def finding_new(request: HttpRequest, activity_id: int) -> HttpResponse:
    """登记问题."""
    by, at, activity = staff_of(request), timezone.now(), activity_of(activity_id)
    begin = {"statute": activity.statute_code}
    form = FindingForm(request.POST or None, initial=begin, activity=activity)

    def act() -> int:
        return actions.write(activity_id=activity.pk, entry=form.entry(), by=by, at=at).pk

    return made_new(request, form, words_of(activity, "登记问题"), act=act, route="finding")


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def finding_change(request: HttpRequest, finding_id: int) -> HttpResponse:
    """修改问题: both texts stay in the journal."""
    by, at, row = staff_of(request), timezone.now(), found(finding_id)
    form = FindingForm(request.POST or None, initial=of_finding(row), activity=row.activity)

    def act() -> int:
        return actions.change(finding_id=row.pk, entry=form.entry(), by=by, at=at).pk

    return made_new(request, form, words_of(row.activity, f"修改问题{row.position}"), act=act, route="finding")


def words_of(activity: Activity, title: str) -> OfficeForm:
    """Return the words of a form that belongs to an activity."""
    home = reverse("activity", args=[activity.pk])
    crumbs = (Crumb(label="监督活动", href=reverse("activities")), Crumb(label=activity.title, href=home))
    return OfficeForm(title=title, submit="保存", back_href=home, crumbs=crumbs)


@needs(OFFICE_READERS)
@require_safe
def finding(request: HttpRequest, finding_id: int) -> HttpResponse:
    """问题: one, with what stands behind it."""
    return _page(request, found(finding_id), None, 200)


@needs(OFFICE_READERS)
@require_POST
def finding_step(request: HttpRequest, finding_id: int, name: str) -> HttpResponse:
    """办理一步."""
    home = reverse("finding", args=[finding_id])
    return taken(request, STEPS, name, found(finding_id), page=_page, home=home)


def _page(request: HttpRequest, row: Finding, refused: tuple[str, forms.Form] | None, status: int) -> HttpResponse:
    by = staff_of(request)
    words = words_of(row.activity, "")
    change = Button(label="修改", href=reverse("finding_change", args=[row.pk]))
    screen = RecordScreen(
        title=f"问题{row.position}" + ("（已去掉）" if row.withdrawn_at else ""),
        number=row.activity.number,
        lead=row.activity.title,
        badge=badge_of(Severity(row.severity)),
        crumbs=words.crumbs,
        buttons=(change,) if keeps(row, by) else (),
        alerts=(),
        steps=steps_of(STEPS, row, by, route="finding_step", refused=refused),
        sections=(facts_section(row), matters_section(row, by)),
    )
    return render(request, "supervision_record.html", {"screen": screen}, status=status)


def badge_of(severity: Severity) -> StateBadge:
    """Return how grave a finding is, in words and colour."""
    return StateBadge(label=severity.label, tone=TONES[severity])


def facts_section(row: Finding) -> Section:
    """问题 in words."""
    lines = {line.id: line for line in queries.list_of(row.activity_id)}
    line = lines.get(row.pk)
    facts = [
        Fact(label="事实", value=row.fact, wide=True),
        Fact(label="单位", value=row.unit.name),
        Fact(label="依据", value=line.basis if line and line.basis else "—"),
        Fact(label="单位意见", value=row.view or ("已征求，未回复" if row.view_asked_at else "未征求"), wide=True),
    ]
    if row.withdrawal_reason:
        facts.append(Fact(label="去掉的原因", value=row.withdrawal_reason, wide=True))
    return Section("问题", (Facts(items=tuple(facts)),))


def matters_section(row: Finding, by: Staff) -> Section:
    """关联的信访事项: for the office, each petition as far as this person may see it."""
    matters = queries.matters_of(row.pk, by=by)
    table = DataTable(
        caption="关联的信访事项",
        columns=(Column(label="信访件", width="normal"), Column(label="分类"), Column(label="属地", width="fit")),
        rows=tuple(
            Row(
                href=reverse("petition", args=[one.petitions[0][0]]) if one.petitions else "",
                cells=(
                    Cell(
                        text="、".join(number for _, number in one.petitions) or "您无权查看",
                        sub=f"另有{one.withheld}件您无权查看" if one.petitions and one.withheld else "",
                    ),
                    Cell(text=one.category),
                    Cell(text=one.place),
                ),
            )
            for one in matters
        ),
        empty=EmptyState(title="没有关联信访事项"),
    )
    return Section("关联的信访事项", (table,), lead="仅供信访办核对；报告、审议意见和公开页面只计件数、分类和属地")


def findings_table(lines: tuple[FindingLine, ...]) -> DataTable:
    """Return a list of findings as a table."""
    return DataTable(
        caption="问题清单",
        columns=(
            Column(label="序号", width="fit", align="end"),
            Column(label="问题", width="wide"),
            Column(label="依据", width="normal"),
            Column(label="单位", width="fit"),
            Column(label="程度", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("finding", args=[line.id]),
                cells=(
                    Cell(text=str(place)),
                    Cell(text=line.fact, sub=line.behind.words),
                    Cell(text=line.basis or "—"),
                    Cell(text=line.unit_name),
                    Cell(component=badge_of(Severity(line.severity))),
                ),
            )
            for place, line in enumerate(lines, start=1)
        ),
        empty=EmptyState(title="还没有登记问题"),
    )


def findings_section(row: Activity, by: Staff, today: date) -> Section | None:
    """问题清单 on the activity's page."""
    del today
    lines = queries.list_of(row.pk)
    new = Button(label="登记问题", href=reverse("finding_new", args=[row.pk]), icon="plus")
    may = row.begun_at is not None and may_find(by) and is_open(row)
    if not lines and not may:
        return None
    return Section("问题清单", (findings_table(lines), *((new,) if may else ())), lead="问题所涉信访事项对外只计数")
