"""年度监督工作计划: its versions, one with its items, an item, and its publication."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.supervision.actions import plans as actions
from huiyin.county.supervision.models import PlanItem, SupervisionPlan, TopicProposal
from huiyin.county.supervision.queries import standing
from huiyin.county.supervision.queries.standing import ItemStanding
from huiyin.county.supervision.rules.plans import may_keep_plan, may_publish
from huiyin.county.supervision.states import ActivityKind, PlanState
from huiyin.county.supervision.statutes import cited
from huiyin.interfaces.components.contract import Component, Tone
from huiyin.interfaces.components.links import Button, ButtonForm, Crumb
from huiyin.interfaces.components.petitions import Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.calendar import local_day, show_day

from .access import OFFICE_READERS, needs, staff_of
from .activities_badge import badge_of as activity_badge
from .office_form import OfficeForm, carried_out
from .section import Section
from .supervision_page import ListScreen, RecordScreen, Step, made_new, shown, steps_of, taken
from .supervision_papers import papers_of
from .supervision_plans_forms import BeginForm, ItemForm, PublishForm, of_item, of_topic
from .supervision_tabs import supervision_tabs

KEEPERS = frozenset({Role.CLERK, Role.HEAD})
TONES: dict[PlanState, Tone] = {
    PlanState.DRAFT: "warn",
    PlanState.PUBLISHED: "good",
    PlanState.SUPERSEDED: "plain",
}


def badge_of(row: SupervisionPlan) -> StateBadge:
    """Return where a version stands."""
    state = PlanState(row.state)
    return StateBadge(label=state.label, tone=TONES[state])


@needs(OFFICE_READERS)
@require_safe
def supervision_plans(request: HttpRequest) -> HttpResponse:
    """年度计划: every version of every year, the latest first."""
    rows = SupervisionPlan.objects.select_related("meeting").prefetch_related("items").order_by("-year", "-version")
    table = DataTable(
        caption="年度监督工作计划",
        columns=(
            Column(label="年度", width="fit"),
            Column(label="版次", width="fit"),
            Column(label="项目", width="fit", align="end"),
            Column(label="通过", width="normal"),
            Column(label="状态", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("supervision_plan", args=[row.pk]),
                cells=(
                    Cell(text=f"{row.year}年"),
                    Cell(text=f"第{row.version}版", sub=row.change_words),
                    Cell(text=str(len(row.items.all()))),
                    Cell(text=f"{row.meeting}　{show_day(row.meeting.held_on)}" if row.meeting else "—"),
                    Cell(component=badge_of(row)),
                ),
            )
            for row in rows
        ),
        empty=EmptyState(title="还没有编制年度监督工作计划"),
    )
    may = may_keep_plan(staff_of(request))
    new = Button(label="编制计划", href=reverse("supervision_plan_new"), kind="primary", icon="plus") if may else None
    screen = ListScreen(
        title="年度计划",
        lead="年度监督工作计划由主任会议通过，并向社会公布；需要时可以调整，调整一次是一版。",
        tabs=supervision_tabs("supervision_plans"),
        new=new,
        tables=(("各版计划", table),),
    )
    return render(request, "supervision_list.html", {"screen": screen})


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def supervision_plan_new(request: HttpRequest) -> HttpResponse:
    """编制计划."""
    by, at = staff_of(request), timezone.now()
    form = BeginForm(request.POST or None, initial={"year": local_day(at).year})

    def act() -> int:
        values = form.cleaned_data
        return actions.begin(year=values["year"], change_words=values["change_words"], by=by, at=at).pk

    return made_new(request, form, _words("编制年度监督工作计划"), act=act, route="supervision_plan")


def _words(title: str) -> OfficeForm:
    home = reverse("supervision_plans")
    return OfficeForm(title=title, submit="保存", back_href=home, crumbs=(Crumb(label="年度计划", href=home),))


def _found(plan_id: int) -> SupervisionPlan:
    row = SupervisionPlan.objects.select_related("meeting", "drafted_by", "published_by").filter(pk=plan_id).first()
    if row is None:
        raise Http404
    return row


def _found_item(item_id: int) -> PlanItem:
    item = PlanItem.objects.select_related("plan", "proposal").filter(pk=item_id).first()
    if item is None:
        raise Http404
    return item


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def plan_item_new(request: HttpRequest, plan_id: int) -> HttpResponse:
    """增加项目: opened from an adopted topic, it begins with that topic."""
    by, at, plan = staff_of(request), timezone.now(), _found(plan_id)
    asked = request.GET.get("topic", "")
    topic = TopicProposal.objects.filter(pk=int(asked)).first() if asked.isdecimal() else None
    form = ItemForm(request.POST or None, initial=of_topic(topic) if topic else {}, year=plan.year)

    def act() -> int:
        return actions.add_item(plan_id=plan.pk, entry=form.entry(), by=by, at=at).plan_id

    return made_new(request, form, _words(f"{plan.year}年度计划增加项目"), act=act, route="supervision_plan")


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def plan_item_change(request: HttpRequest, item_id: int) -> HttpResponse:
    """修改项目."""
    by, at, item = staff_of(request), timezone.now(), _found_item(item_id)
    form = ItemForm(request.POST or None, initial=of_item(item), year=item.plan.year, besides=item)

    def act() -> int:
        return actions.change_item(item_id=item.pk, entry=form.entry(), by=by, at=at).plan_id

    return made_new(request, form, _words("修改项目"), act=act, route="supervision_plan")


@needs(KEEPERS)
@require_POST
def plan_item_drop(request: HttpRequest, item_id: int) -> HttpResponse:
    """删去项目."""
    by, at = staff_of(request), timezone.now()

    def act() -> int:
        return actions.drop_item(item_id=item_id, by=by, at=at).pk

    plan_id = carried_out(request, act=act, sent={"drop": item_id})
    messages.success(request, "项目已删去")
    return redirect("supervision_plan", plan_id)


STEPS: dict[str, Step[SupervisionPlan]] = {
    "publish": Step(
        title="公布计划",
        submit="公布",
        form=PublishForm,
        offered=lambda row, by: row.state == PlanState.DRAFT.value and may_publish(by) and row.items.exists(),
        act=lambda sent: actions.publish(
            plan_id=sent.row.pk, meeting_id=int(sent.form.cleaned_data["meeting"]), by=sent.by, at=sent.at
        ),
        done="计划已公布",
        lead="主任会议通过后公布。公布后可在群众来信来访页面查看，不能再改，只能调整为新的一版。",
        confirm="公布后向社会公开，确定公布吗？",
        folded=False,
    )
}


@needs(OFFICE_READERS)
@require_safe
def supervision_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """年度计划: one version with its items and where each stands."""
    return _page(request, _found(plan_id), None, 200)


@needs(OFFICE_READERS)
@require_POST
def supervision_plan_step(request: HttpRequest, plan_id: int, name: str) -> HttpResponse:
    """公布."""
    home = reverse("supervision_plan", args=[plan_id])
    return taken(request, STEPS, name, _found(plan_id), page=_page, home=home)


def _page(
    request: HttpRequest, row: SupervisionPlan, refused: tuple[str, forms.Form] | None, status: int
) -> HttpResponse:
    by = staff_of(request)
    screen = RecordScreen(
        title=f"{row.year}年度监督工作计划",
        number=f"第{row.version}版",
        lead="",
        badge=badge_of(row),
        crumbs=(
            Crumb(label="监督", href=reverse("supervision")),
            Crumb(label="年度计划", href=reverse("supervision_plans")),
        ),
        buttons=_buttons(row, by),
        alerts=(),
        steps=steps_of(STEPS, row, by, route="supervision_plan_step", refused=refused),
        sections=shown((_items(row, by), _topics(row, by), _content(row), papers_of(row, by))),
    )
    return render(request, "supervision_record.html", {"screen": screen}, status=status)


def _buttons(row: SupervisionPlan, by: Staff) -> tuple[Button, ...]:
    if row.state == PlanState.DRAFT.value and may_keep_plan(by):
        return (Button(label="增加项目", href=reverse("plan_item_new", args=[row.pk]), icon="plus"),)
    if row.state == PlanState.PUBLISHED.value:
        return (Button(label="公布的页面", href=reverse("portal_plan")),)
    return ()


def items_table(rows: tuple[ItemStanding, ...], *, may_change: bool = False, may_begin: bool = False) -> DataTable:
    """Return the items of a plan with where each stands; whoever may goes on from here."""
    columns = [
        Column(label="序号", width="fit"),
        Column(label="项目", width="wide"),
        Column(label="监督方式", width="fit"),
        Column(label="组织实施", width="normal"),
        Column(label="时间安排", width="fit"),
        Column(label="进展", width="fit"),
    ]
    return DataTable(
        caption="计划项目",
        columns=tuple(columns),
        rows=tuple(
            _item_row(one, place, may_change=may_change, may_begin=may_begin) for place, one in enumerate(rows, 1)
        ),
        empty=EmptyState(title="计划中还没有项目"),
    )


def _item_row(one: ItemStanding, place: int, *, may_change: bool, may_begin: bool) -> Row:
    item, activity = one.item, one.activity
    href = reverse("plan_item_change", args=[item.pk]) if may_change else ""
    stands = Cell(text="未开始")
    if activity is not None:
        href = href or reverse("activity", args=[activity.pk])
        stands = Cell(component=activity_badge(activity))
    elif may_begin:
        stands = Cell(text="制定方案", href=f"{reverse('activity_new')}?item={item.pk}")
    return Row(
        href=href,
        cells=(
            Cell(text=str(place)),
            Cell(text=item.title, sub=cited(item.statute_code, item.articles)),
            Cell(text=ActivityKind(item.kind).label),
            Cell(text=item.organiser),
            Cell(text=item.timing),
            stands,
        ),
    )


def _items(row: SupervisionPlan, by: Staff) -> Section:
    is_draft = row.state == PlanState.DRAFT.value
    standing_of = standing.items_of(row)
    may_change = is_draft and may_keep_plan(by)
    may_begin = row.state == PlanState.PUBLISHED.value and may_keep_plan(by)
    parts: list[Component] = [items_table(standing_of, may_change=may_change, may_begin=may_begin)]
    if may_change:
        parts += [
            ButtonForm(
                label=f"删去“{one.item.title}”",
                action=reverse("plan_item_drop", args=[one.item.pk]),
                kind="quiet",
                confirm="从编制中的这一版删去这个项目吗？",
            )
            for one in standing_of
            if one.activity is None
        ]
    return Section("项目", tuple(parts))


def _topics(row: SupervisionPlan, by: Staff) -> Section | None:
    """Return the adopted topics that wait for a plan, where this version can still take them."""
    if row.state != PlanState.DRAFT.value:
        return None
    may = may_keep_plan(by)
    table = DataTable(
        caption="主任会议决定列入、尚未编入计划的议题",
        columns=(
            Column(label="编号", width="fit"),
            Column(label="题目", width="wide"),
            Column(label="决定", width="fit"),
        ),
        rows=tuple(
            Row(
                href=f"{reverse('plan_item_new', args=[row.pk])}?topic={one.pk}" if may else "",
                cells=(
                    Cell(text=one.number),
                    Cell(text=one.title, sub=ActivityKind(one.instrument).label),
                    Cell(text=_day(one.decided_on)),
                ),
            )
            for one in standing.to_be_planned(year=row.year)
        ),
        empty=EmptyState(title="没有等待编入的议题"),
    )
    return Section("等待编入的议题", (table,), lead="点一项，就从它开始填写计划项目")


def _day(day: date | None) -> str:
    return show_day(day) if day else ""


def _content(row: SupervisionPlan) -> Section:
    facts = [
        Fact(label="编制", value=f"{row.drafted_by.name}　{moment_words(row.drafted_at)}"),
        Fact(label="通过", value=f"{row.meeting}　{show_day(row.meeting.held_on)}" if row.meeting else "—"),
    ]
    if row.published_by is not None and row.published_at is not None:
        facts.append(Fact(label="公布", value=f"{row.published_by.name}　{moment_words(row.published_at)}"))
    if row.change_words:
        facts.append(Fact(label="调整原因", value=row.change_words, wide=True))
    return Section("编制和公布", (Facts(items=tuple(facts)),))
