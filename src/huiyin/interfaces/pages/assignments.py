"""交办件: the list of what units were given, and the page on which a unit sees, signs and reports its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import UNIT_ROLES
from huiyin.county.analysis.moved import moved_for_units
from huiyin.county.analysis.waiting import UnitWaiting, unit_condition_of
from huiyin.county.assignment.actions import assignments, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.queries.unit_work import standing_of
from huiyin.county.assignment.states import AssignmentState
from huiyin.county.registry.actions import petitions
from huiyin.interfaces import submissions
from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.links import Chip, Chips
from huiyin.interfaces.components.petitions import DueBadge, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from . import unit_list
from .access import READERS_AND_UNITS, needs, staff_of
from .assignment_forms import SignForm
from .assignment_screen import FormScreen, report_form, screen_of
from .moved_dues import LEAD, moved_table
from .paging import pagination_of
from .unit_work_steps import STEPS, Sent, made

PAGE_SIZE = 50
REASON_LIMIT = 80
OVERDUE = "overdue"
TONES: dict[AssignmentState, Tone] = {
    AssignmentState.ISSUED: "warn",
    AssignmentState.SIGNED: "info",
    AssignmentState.DISPUTED: "warn",
    AssignmentState.REPORTED: "warn",
    AssignmentState.RETURNED: "bad",
    AssignmentState.VERIFIED: "good",
    AssignmentState.WITHDRAWN: "plain",
}
COLUMNS = (
    Column(label="文号", width="fit"),
    Column(label="信访件编号", width="fit"),
    Column(label="概况", width="wide"),
    Column(label="承办单位"),
    Column(label="状态", width="fit"),
    Column(label="期限", width="fit"),
)


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """One unit of the office's list, with what it holds."""

    code: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AssignmentsScreen:
    """What the list of assignments shows."""

    title: str
    lead: str
    waiting: str
    chips: Chips
    units: tuple[UnitChoice, ...]
    action: str
    moved: DataTable | None
    moved_lead: str
    table: DataTable


@needs(READERS_AND_UNITS)
@require_safe
def assignment_list(request: HttpRequest) -> HttpResponse:
    """交办件: the office sees all, by unit and by what is late; a unit sees its own."""
    by, at = staff_of(request), timezone.now()
    today, moved = local_day(at), moved_for_units(by, at=at)
    hrefs = [reverse("assignment", args=[one.link_id]) for one in moved]
    if by.is_of_unit:
        own = unit_list.screen_for(by, today=today, moved=moved_table(moved, hrefs=hrefs))
        return render(request, "unit_assignments.html", {"screen": own})
    waiting, unit = request.GET.get("waiting", ""), request.GET.get("unit", "")
    visible = Assignment.objects.visible_to(by)
    found = _narrowed(visible, waiting=waiting, unit=unit, today=today)
    page = Paginator(found.select_related("petition", "unit").order_by("-issued_at", "-pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    screen = AssignmentsScreen(
        title="交办件",
        lead="交办、转送给各单位和直接办理的信访件。",
        waiting=waiting,
        chips=_chips(waiting, unit),
        units=_units(visible, unit),
        action=request.path,
        moved=moved_table(moved, hrefs=hrefs),
        moved_lead=LEAD,
        table=DataTable(
            caption="交办件清单",
            columns=COLUMNS,
            rows=tuple(_row(assignment, today=today) for assignment in page.object_list),
            empty=EmptyState(title="没有符合条件的交办件"),
            pagination=pagination_of(request, page),
        ),
    )
    return render(request, "assignments.html", {"screen": screen})


def _narrowed(found: "QuerySet[Assignment]", *, waiting: str, unit: str, today: date) -> "QuerySet[Assignment]":
    if unit:
        found = found.filter(unit__code=unit)
    if waiting == OVERDUE:
        return found.filter(pk__in=Assignment.objects.overdue(today=today).values("pk"))
    if waiting in set(UnitWaiting):
        return found.filter(unit_condition_of(UnitWaiting(waiting)))
    return found


def _units(visible: "QuerySet[Assignment]", chosen: str) -> tuple[UnitChoice, ...]:
    rows = visible.order_by("unit__name").values_list("unit__code", "unit__name").distinct()
    return tuple(UnitChoice(code=code, name=name, is_chosen=code == chosen) for code, name in rows)


def _chips(waiting: str, unit: str) -> Chips:
    def href(name: str) -> str:
        asked = {"waiting": name, "unit": unit}
        query = "&".join(f"{key}={value}" for key, value in asked.items() if value)
        return f"{reverse('assignments')}?{query}"

    items = [Chip(label="全部", href=href(""), active=not waiting)]
    items += [Chip(label=one.label, href=href(one.value), active=waiting == one.value) for one in UnitWaiting]
    items.append(Chip(label="逾期未反馈", href=href(OVERDUE), active=waiting == OVERDUE))
    return Chips(label="范围", items=tuple(items))


def _row(assignment: Assignment, *, today: date) -> Row:
    state = AssignmentState(assignment.state)
    due = None
    if assignment.due_on:
        done_on = local_day(assignment.reported_at) if assignment.reported_at else None
        due = DueBadge(due_on=assignment.due_on, today=today, done_on=done_on)
    late = due is not None and due.done_on is None and due.days_left < 0
    return Row(
        href=reverse("assignment", args=[assignment.pk]),
        tone="bad" if late else "plain",
        cells=(
            Cell(text=assignment.number),
            Cell(text=assignment.petition.number),
            Cell(text=assignment.petition.summary),
            Cell(text=assignment.unit.name, sub=assignment.handler_name),
            Cell(component=StateBadge(label=state.label, tone=TONES[state])),
            Cell(component=due),
        ),
    )


@needs(READERS_AND_UNITS)
@require_safe
def assignment(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """One assignment: a unit sees what it was given and what it owes; the office goes on to the petition."""
    by = staff_of(request)
    given = visible_assignment(assignment_id, by=by)
    if not by.is_of_unit:
        return redirect("petition", given.petition_id)
    return render(request, "assignment.html", {"screen": screen_of(given, by=by, today=local_day(timezone.now()))})


@needs(UNIT_ROLES)
@require_POST
def assignment_reveal(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """查看完整信息: show the unit whom it has to answer, and write down who looked."""
    by, at = staff_of(request), timezone.now()
    given = visible_assignment(assignment_id, by=by)
    reason = request.POST.get("reason", "")[:REASON_LIMIT]
    petitions.reveal(petition_id=given.petition_id, reason=reason, by=by, at=at)
    screen = screen_of(given, by=by, today=local_day(at), revealed=True)
    return render(request, "assignment.html", {"screen": screen})


@needs(UNIT_ROLES)
@require_POST
def assignment_step(request: HttpRequest, assignment_id: int, name: str) -> HttpResponse:
    """办理一步: check the form, carry the unit's step out once, come back to the page."""
    by, at = staff_of(request), timezone.now()
    step, given = STEPS.get(name), visible_assignment(assignment_id, by=by)
    if step is None:
        raise Http404
    form = made(name, given, request.POST, request.FILES)
    if form.is_valid():
        sent = Sent(given=given, form=form, by=by, at=at)
        body = {key: str(value) for key, value in form.cleaned_data.items()}
        try:
            submissions.once(
                key=request.POST.get("form_token", ""),
                sent=[given.pk, step.title, body],
                at=at,
                act=lambda: {"assignment": given.pk, "done": str(step.act(sent) is not None)},
            )
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, step.done)
            return redirect("assignment", given.pk)
    screen = screen_of(visible_assignment(assignment_id, by=by), by=by, today=local_day(at), refused=(name, form))
    return render(request, "assignment.html", {"screen": screen}, status=422)


@needs(READERS_AND_UNITS)
@require_http_methods(["GET", "POST"])
def assignment_sign(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """签收: the unit takes it; or the office writes down the receipt slip that came back."""
    by, at = staff_of(request), timezone.now()
    given = visible_assignment(assignment_id, by=by)
    form = SignForm(request.POST or None, initial={"handler_name": given.handler_name})

    def act() -> int:
        values = form.cleaned_data
        return assignments.sign(
            assignment_id=given.pk,
            handler_name=values["handler_name"],
            handler_phone=values["handler_phone"],
            by=by,
            at=at,
        ).pk

    return _carried_out(request, given, form, act=act, title="签收")


@needs(READERS_AND_UNITS)
@require_http_methods(["GET", "POST"])
def assignment_report(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """反馈: the unit reports; or the office writes down the report that came on paper."""
    by, at = staff_of(request), timezone.now()
    given = visible_assignment(assignment_id, by=by)
    has_head = standing_of(given, today=local_day(at)).has_head
    form = report_form(given, by=by, has_head=has_head, sent=request.POST or None)

    def act() -> int:
        return reports.report(assignment_id=given.pk, entry=form.entry(), by=by, at=at).pk

    return _carried_out(request, given, form, act=act, title="反馈")


def visible_assignment(assignment_id: int, *, by: Staff) -> Assignment:
    """Return an assignment this person may see; what is another unit's is not there."""
    found = (
        Assignment.objects.visible_to(by)
        .select_related("petition__petitioner", "unit")
        .filter(pk=assignment_id)
        .first()
    )
    if found is None:
        raise Refusal("assignment.unknown", "没有这件交办件，或您无权查看")
    return found


def _carried_out(
    request: HttpRequest, given: Assignment, form: forms.Form, *, act: Callable[[], int], title: str
) -> HttpResponse:
    """Carry the form out once and go back to where the person works; show it again with what was wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            submissions.once(
                key=request.POST.get("form_token", ""),
                sent={"assignment": given.pk, "act": title, **form.cleaned_data},
                at=timezone.now(),
                act=lambda: {"row": act()},
            )
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            return redirect(_home_of(given, by=staff_of(request)))
    screen = FormScreen(
        title=f"{title}　{given.number}",
        lead=given.petition.summary,
        form=form,
        action=request.path,
        submit=title,
        back_href=_home_of(given, by=staff_of(request)),
    )
    return render(request, "assignment_form.html", {"screen": screen}, status=422 if form.errors else 200)


def _home_of(given: Assignment, *, by: Staff) -> str:
    return reverse("assignment", args=[given.pk]) if by.is_of_unit else reverse("petition", args=[given.petition_id])
