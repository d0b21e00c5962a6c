"""主任会议: the list, a new one, and the page of one with what it decided."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.roles import Role
from huiyin.county.supervision.actions import meetings as actions
from huiyin.county.supervision.models import DirectorsMeeting
from huiyin.county.supervision.queries import standing
from huiyin.county.supervision.rules.proposals import may_keep_meetings, may_record_decision
from huiyin.county.supervision.states import Decision
from huiyin.interfaces.components.links import Button, Crumb
from huiyin.interfaces.components.petitions import Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.calendar import local_day, show_day

from .access import OFFICE_READERS, needs, staff_of
from .office_form import OfficeForm
from .paging import pagination_of
from .section import Section
from .supervision_page import ListScreen, RecordScreen, Step, made_new, shown, steps_of, taken
from .supervision_tabs import supervision_tabs
from .topic_proposals import topics_table
from .topic_proposals_forms import DecisionForm, MeetingForm, before

PAGE_SIZE = 50
KEEPERS = frozenset({Role.CLERK, Role.HEAD, Role.LEADER, Role.GROUP_HEAD})
FIELDS = ("ordinal", "held_on", "chair", "agenda")


@needs(OFFICE_READERS)
@require_safe
def directors_meetings(request: HttpRequest) -> HttpResponse:
    """主任会议: what waits for the next one, and every one that was held."""
    page = Paginator(standing.meetings_with_decisions(), PAGE_SIZE).get_page(request.GET.get("page"))
    may = may_keep_meetings(staff_of(request))
    new = Button(label="登记主任会议", href=reverse("directors_meeting_new"), kind="primary", icon="plus")
    table = DataTable(
        caption="主任会议",
        columns=(
            Column(label="会议", width="fit"),
            Column(label="主持人", width="fit"),
            Column(label="议程", width="wide"),
            Column(label="决定", width="normal"),
        ),
        rows=tuple(_row(one) for one in page.object_list),
        empty=EmptyState(title="还没有登记主任会议"),
        pagination=pagination_of(request, page, unit="次"),
    )
    waiting = topics_table(standing.before_directors(), caption="待决定的议题建议", empty="没有待决定的议题建议")
    screen = ListScreen(
        title="主任会议",
        lead="主任会议对每项议题建议作出决定；“下次”的留待下一次会议。",
        tabs=supervision_tabs("directors_meetings"),
        new=new if may else None,
        tables=(("待下次主任会议决定", waiting), ("历次主任会议", table)),
    )
    return render(request, "supervision_list.html", {"screen": screen})


def _row(one: DirectorsMeeting) -> Row:
    decided = [f"{row.proposal.title}：{Decision(row.decision).label}" for row in one.decisions.all()]
    return Row(
        href=reverse("directors_meeting", args=[one.pk]),
        cells=(
            Cell(text=str(one), sub=day_words(one.held_on)),
            Cell(text=one.chair),
            Cell(text=one.agenda),
            Cell(text="；".join(decided) or "—"),
        ),
    )


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def directors_meeting_new(request: HttpRequest) -> HttpResponse:
    """登记主任会议."""
    by, at, form = staff_of(request), timezone.now(), MeetingForm(request.POST or None)

    def act() -> int:
        return actions.record(entry=form.entry(), by=by, at=at).pk

    return made_new(request, form, _words("登记主任会议"), act=act, route="directors_meeting")


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def directors_meeting_correct(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """更正主任会议: both values stay in the journal."""
    by, at, row = staff_of(request), timezone.now(), _found(meeting_id)
    form = MeetingForm(request.POST or None, initial={name: getattr(row, name) for name in FIELDS})

    def act() -> int:
        return actions.correct(meeting_id=row.pk, entry=form.entry(), by=by, at=at).pk

    return made_new(request, form, _words("更正主任会议"), act=act, route="directors_meeting")


def _words(title: str) -> OfficeForm:
    home = reverse("directors_meetings")
    return OfficeForm(title=title, submit="保存", back_href=home, crumbs=(Crumb(label="主任会议", href=home),))


def _found(meeting_id: int) -> DirectorsMeeting:
    row = standing.meetings_with_decisions().filter(pk=meeting_id).first()
    if row is None:
        raise Http404
    return row


STEPS: dict[str, Step[DirectorsMeeting]] = {
    "decide": Step(
        title="登记决定",
        submit="登记",
        form=DecisionForm,
        offered=lambda row, by: may_record_decision(by) and _is_held(row) and bool(before(row)),
        act=lambda sent: actions.decide(
            meeting_id=sent.row.pk,
            proposal_id=int(sent.form.cleaned_data["proposal"]),
            entry=sent.form.entry(),
            by=sent.by,
            at=sent.at,
        ),
        done="决定已登记",
        lead="照会议纪要登记。列入的进入年度计划；下次的留待下一次主任会议。",
        folded=False,
    )
}


def _is_held(row: DirectorsMeeting) -> bool:
    return row.held_on <= local_day(timezone.now())


@needs(OFFICE_READERS)
@require_safe
def directors_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """主任会议: one with what it decided."""
    return _page(request, _found(meeting_id), None, 200)


@needs(OFFICE_READERS)
@require_POST
def directors_meeting_step(request: HttpRequest, meeting_id: int, name: str) -> HttpResponse:
    """登记决定."""
    home = reverse("directors_meeting", args=[meeting_id])
    return taken(request, STEPS, name, _found(meeting_id), page=_page, home=home)


def _page(
    request: HttpRequest, row: DirectorsMeeting, refused: tuple[str, forms.Form] | None, status: int
) -> HttpResponse:
    by = staff_of(request)
    is_held = _is_held(row)
    change = Button(label="更正", href=reverse("directors_meeting_correct", args=[row.pk]))
    screen = RecordScreen(
        title=str(row),
        number="",
        lead=show_day(row.held_on),
        badge=StateBadge(label="已召开" if is_held else "未召开", tone="good" if is_held else "info"),
        crumbs=(
            Crumb(label="监督", href=reverse("supervision")),
            Crumb(label="主任会议", href=reverse("directors_meetings")),
        ),
        buttons=(change,) if may_keep_meetings(by) else (),
        alerts=(),
        steps=steps_of(STEPS, row, by, route="directors_meeting_step", refused=refused),
        sections=shown((_content(row), _decisions(row), _plans(row))),
    )
    return render(request, "supervision_record.html", {"screen": screen}, status=status)


def _content(row: DirectorsMeeting) -> Section:
    facts = (
        Fact(label="主持人", value=row.chair),
        Fact(label="登记", value=row.recorded_by.name),
        Fact(label="议程", value=row.agenda, wide=True),
    )
    return Section("会议", (Facts(items=facts),))


def _decisions(row: DirectorsMeeting) -> Section:
    table = DataTable(
        caption="对议题建议的决定",
        columns=(
            Column(label="编号", width="fit"),
            Column(label="题目", width="wide"),
            Column(label="决定", width="fit"),
            Column(label="理由", width="wide"),
        ),
        rows=tuple(
            Row(
                href=reverse("topic_proposal", args=[one.proposal_id]),
                cells=(
                    Cell(text=one.proposal.number),
                    Cell(text=one.proposal.title),
                    Cell(text=Decision(one.decision).label, sub=one.committee),
                    Cell(text=one.reason or "—"),
                ),
            )
            for one in row.decisions.all()
        ),
        empty=EmptyState(title="没有登记对议题建议的决定"),
    )
    return Section("对议题建议的决定", (table,))


def _plans(row: DirectorsMeeting) -> Section | None:
    plans = list(row.plans.order_by("pk"))
    if not plans:
        return None
    table = DataTable(
        caption="通过的年度计划",
        columns=(Column(label="计划"), Column(label="公布", width="fit")),
        rows=tuple(
            Row(
                href=reverse("supervision_plan", args=[one.pk]),
                cells=(
                    Cell(text=str(one)),
                    Cell(text=day_words(local_day(one.published_at)) if one.published_at else ""),
                ),
            )
            for one in plans
        ),
    )
    return Section("通过的年度计划", (table,))
