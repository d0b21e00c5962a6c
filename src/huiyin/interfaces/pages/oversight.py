"""督办: what stands open with whom, where to step in, what was done; and the block of a petition's page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.county.office.models import Unit
from huiyin.county.oversight import queries
from huiyin.county.oversight.actions import steps as actions
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.oversight.recommendation_rules import may_draft
from huiyin.county.oversight.rules import REMINDER_TIME, may_oversee, reminder
from huiyin.county.oversight.states import KIND_OF, Instrument, Level, Manner, RecommendationState, Trigger
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.interfaces import submissions
from huiyin.interfaces.components.links import Button, Chip, Chips
from huiyin.interfaces.components.petitions import DueBadge, Fact, Facts, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.clocks import Clock

from .access import OFFICE_READERS, needs, staff_of
from .paging import pagination_of
from .petition_screen import TONES
from .section import Section

PAGE_SIZE = 100
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """One unit of the board's filter."""

    code: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class BoardScreen:
    """在办总表: everything open."""

    lead: str
    chips: Chips
    units: tuple[UnitChoice, ...]
    when: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """One line that proposes the next step, with its box to tick where a reminder can go out at once."""

    assignment_id: int
    href: str
    number: str
    summary: str
    unit: str
    late: str
    trigger: str
    next_step: str
    can_be_reminded: bool


@dataclass(frozen=True, slots=True)
class OversightScreen:
    """督办: what is proposed, and every step taken."""

    suggestions: tuple[SuggestionLine, ...]
    can_remind: bool
    action: str
    limit: str
    table: DataTable


@needs(OFFICE_READERS)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """在办总表: everything open, by its next date, with who answers for it now."""
    by, today = staff_of(request), local_day(timezone.now())
    when, unit = request.GET.get("when", ""), request.GET.get("unit", "")
    every = queries.board(by=by)
    of_unit = every.filter(owner_unit__code=unit) if unit else every
    page = Paginator(_when(of_unit, when, today), PAGE_SIZE).get_page(request.GET.get("page"))
    table = DataTable(
        id="board",
        caption="在办总表",
        columns=(
            Column(label="编号", width="fit"),
            Column(label="概况", width="wide"),
            Column(label="状态", width="fit"),
            Column(label="现责任人", width="fit"),
            Column(label="下一期限"),
            Column(label="督办", width="fit", phone="hide"),
        ),
        rows=tuple(_board_row(row, today) for row in page.object_list),
        empty=EmptyState(title="没有符合条件的在办件", words="换一个条件看看。"),
        pagination=pagination_of(request, page),
    )
    screen = BoardScreen(
        lead=f"在办 {every.count()} 件，每件都有一位责任人和一个下一期限",
        chips=_board_chips(of_unit, when, unit, today),
        units=_units(unit),
        when=when,
        table=table,
    )
    return render(request, "board.html", {"screen": screen})


def _when(rows: QuerySet[Petition], when: str, today: date) -> QuerySet[Petition]:
    if when == "overdue":
        return rows.filter(next_due_on__lt=today)
    if when == "today":
        return rows.filter(next_due_on=today)
    if when == "soon":
        return rows.filter(next_due_on__gte=today, next_due_on__lte=today + SOON)
    if when == "overseen":
        return queries.overseen(rows)
    return rows


def _board_chips(rows: QuerySet[Petition], when: str, unit: str, today: date) -> Chips:
    of_unit = f"&unit={unit}" if unit else ""
    labels = {"": "全部", "overdue": "已逾期", "today": "今天到期", "soon": "七日内到期", "overseen": "督办过"}
    return Chips(
        label="在办范围",
        items=tuple(
            Chip(
                label=label,
                href=f"{reverse('board')}?when={code}{of_unit}",
                active=code == when,
                count=_when(rows, code, today).count(),
            )
            for code, label in labels.items()
        ),
    )


def _units(chosen: str) -> tuple[UnitChoice, ...]:
    units = Unit.objects.filter(is_active=True).order_by("pk")
    return tuple(UnitChoice(unit.code, unit.name, is_chosen=unit.code == chosen) for unit in units)


def _board_row(row: Petition, today: date) -> Row:
    assert row.next_due_on is not None
    due = DueBadge(label=Clock(row.next_clock).label, due_on=row.next_due_on, today=today)
    state = State(row.state)
    highest = queries.highest_of(row)
    return Row(
        href=reverse("petition", args=[row.pk]),
        tone="bad" if due.days_left < 0 else "plain",
        cells=(
            Cell(text=row.number),
            Cell(text=row.summary),
            Cell(component=StateBadge(label=state.label, tone=TONES.get(state, "info"))),
            Cell(text=row.owner_unit.name if row.owner_unit else "信访办公室", sub=row.owner_name),
            Cell(component=due),
            Cell(text=highest.label if highest else ""),
        ),
    )


@needs(OFFICE_READERS)
@require_safe
def oversight(request: HttpRequest) -> HttpResponse:
    """督办: what is late and what to do next; every step taken, newest first."""
    by, today = staff_of(request), local_day(timezone.now())
    rows = Oversight.objects.visible_to(by).select_related("assignment__unit", "petition").order_by("-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    screen = OversightScreen(
        suggestions=tuple(_suggestion_line(one) for one in queries.suggestions(by=by, today=today)),
        can_remind=may_oversee(by),
        action=reverse("oversight_remind"),
        limit=f"{today + REMINDER_TIME:%Y-%m-%d}",
        table=DataTable(
            id="oversight",
            caption="督办台账",
            columns=(
                Column(label="文号", width="fit"),
                Column(label="督办", width="fit"),
                Column(label="信访件", width="wide"),
                Column(label="承办单位", width="fit"),
                Column(label="情形", phone="hide"),
                Column(label="期限", width="fit"),
                Column(label="结果", phone="hide"),
            ),
            rows=tuple(_step_row(row) for row in page.object_list),
            empty=EmptyState(title="还没有督办", words="催办、督办函、约谈等记在这里。"),
            pagination=pagination_of(request, page),
        ),
    )
    return render(request, "oversight.html", {"screen": screen})


def _suggestion_line(one: queries.Suggestion) -> SuggestionLine:
    return SuggestionLine(
        assignment_id=one.assignment.pk,
        href=reverse("petition", args=[one.assignment.petition_id]),
        number=one.assignment.number,
        summary=one.assignment.petition.summary,
        unit=f"{one.assignment.unit.name}　{one.assignment.handler_name}",
        late=f"{one.clock.label}已逾期{one.days_late}天（{show_day(one.due_on)}）",
        trigger=one.trigger.label,
        next_step=one.level.label if one.level else "各项督办手段均已用过",
        can_be_reminded=one.level is Level.REMINDER,
    )


def _step_row(row: Oversight) -> Row:
    return Row(
        href=reverse("petition", args=[row.petition_id]),
        cells=(
            Cell(text=row.number, sub=moment_words(row.issued_at)),
            Cell(text=Level(row.level).label),
            Cell(text=row.petition.summary),
            Cell(text=row.assignment.unit.name),
            Cell(text=Trigger(row.trigger).label),
            Cell(text=day_words(row.due_on) if row.due_on else ""),
            Cell(text=row.outcome if row.concluded_at else "督办中"),
        ),
    )


@needs(OFFICE_READERS)
@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """催办: send the first reminder to every unit that was ticked, all or none."""
    by, at = staff_of(request), timezone.now()
    chosen = sorted(int(pk) for pk in request.POST.getlist("assignment") if pk.isdecimal())
    wanted = [one for one in queries.suggestions(by=by, today=local_day(at)) if one.assignment.pk in chosen]

    def act() -> dict[str, str | int | None]:
        for one in wanted:
            entry = reminder(one.trigger, clock=one.clock, due_on=one.due_on, today=local_day(at))
            actions.issue(assignment_id=one.assignment.pk, entry=entry, by=by, at=at)
        return {"reminded": len(wanted)}

    answer = submissions.once(key=request.POST.get("form_token", ""), sent=["催办", by.pk, chosen], at=at, act=act)
    messages.success(request, f"已发出{answer['reminded']}份催办")
    return redirect("oversight")


def section_of(petition: Petition, by: Staff, today: date) -> Section | None:
    """督办: the steps of one petition, with what was asked and what came of it."""
    del today
    parts = tuple(Facts(items=(*_facts(row), *_recommended(row, by))) for row in queries.steps_of(petition, by=by))
    return Section("督办", parts) if parts else None


def _facts(row: Oversight) -> Iterator[Fact]:
    issuer = row.issued_by.name if row.issued_by else "系统"
    yield Fact(label=Level(row.level).label, value=f"{row.number}　{row.assignment.unit.name}")
    yield Fact(label="发出", value=f"{moment_words(row.issued_at)}　{issuer}")
    yield Fact(label="情形", value=Trigger(row.trigger).label)
    if row.approved_by:
        yield Fact(label="批准人", value=row.approved_by.name)
    if row.due_on:
        yield Fact(label="期限", value=day_words(row.due_on))
    if row.manner:
        yield Fact(label="方式", value=Manner(row.manner).label)
    if row.held_on:
        yield Fact(label="日期", value=day_words(row.held_on))
    if row.attendees:
        yield Fact(label="参加人员", value=row.attendees)
    if row.instrument:
        yield Fact(label="采用", value=Instrument(row.instrument).label)
    yield Fact(label="事由和要求", value=row.words, wide=True)
    if row.concluded_at:
        yield Fact(label="督办结果", value=row.outcome, wide=True)


def _recommended(row: Oversight, by: Staff) -> Iterator[Fact]:
    """Yield the recommendation that carries a step out, or the way to draft one where the step decided for it."""
    kind = KIND_OF.get(Instrument(row.instrument)) if row.instrument else None
    if kind is None:
        return
    made = Recommendation.objects.visible_to(by).standing().filter(oversight=row).first()
    if made is not None:
        label = made.number or RecommendationState(made.state).label
        href = reverse("recommendation", args=[made.pk])
        yield Fact(label="三项建议", component=Button(label=label, href=href, kind="quiet"))
    elif may_draft(by):
        query = urlencode({"oversight": str(row.pk), "unit": row.assignment.unit.code, "kind": kind.value})
        href = f"{reverse('recommendation_new')}?{query}"
        yield Fact(label="三项建议", component=Button(label="拟写建议", href=href, kind="quiet"))
