"""领导批示: the office's queue of what is to be carried out, and the page of one instruction with each act."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import dispositions
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.reception import queries, rules
from huiyin.county.reception.actions import instructions as actions
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.querysets import READERS
from huiyin.county.reception.states import InstructionState, PutReason
from huiyin.county.registry.states import State
from huiyin.interfaces import submissions
from huiyin.interfaces.attempts import tried
from huiyin.interfaces.components.links import Chip, Chips
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.refusal import Refusal

from . import instructions_forms as f
from .access import needs, staff_of
from .instructions_screen import BADGES, screen_of
from .paging import pagination_of
from .steps.kinds import StepForm

PAGE_SIZE = 30
UNPROCESSABLE = 422
CONFLICT = 409
BEFORE_DISPOSITION = frozenset({State.CLASSIFIED.value, State.PROPOSED.value})


@dataclass(frozen=True, slots=True)
class InstructionsScreen:
    """领导批示: the list."""

    chips: Chips
    table: DataTable


@needs(READERS)
@require_safe
def instruction_list(request: HttpRequest) -> HttpResponse:
    """领导批示: 待落实 first; the reader's own petitions only."""
    by = staff_of(request)
    rows = Instruction.objects.visible_to(by)
    wanted = request.GET.get("state", InstructionState.TO_CARRY_OUT.value)
    shown = rows.filter(state=wanted) if wanted in set(InstructionState) else rows
    shown = shown.select_related("petition__owner_unit", "wanted_unit").order_by("-written_at", "-put_at", "-pk")
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    table = DataTable(
        caption="领导批示",
        columns=(
            Column(label="批示编号", width="fit"),
            Column(label="领导", width="fit"),
            Column(label="信访件", width="wide"),
            Column(label="批示", width="wide"),
            Column(label="状态", width="fit"),
            Column(label="现由谁负责", phone="hide"),
        ),
        rows=tuple(_row(row) for row in page.object_list),
        empty=EmptyState(title="没有待落实的批示" if wanted == InstructionState.TO_CARRY_OUT else "没有批示"),
        pagination=pagination_of(request, page),
    )
    return render(request, "instructions.html", {"screen": InstructionsScreen(chips=_chips(rows, wanted), table=table)})


def _chips(rows: "object", wanted: str) -> Chips:
    assert hasattr(rows, "filter")
    href = reverse("instructions")
    items = [
        Chip(
            label=state.label,
            href=f"{href}?state={state.value}",
            active=wanted == state.value,
            count=rows.filter(state=state.value).count() if state in WAITING else None,
        )
        for state in (InstructionState.TO_CARRY_OUT, InstructionState.PUT, *DONE)
    ]
    return Chips(label="范围", items=(*items, Chip(label="全部", href=f"{href}?state=all", active=wanted == "all")))


WAITING = frozenset({InstructionState.TO_CARRY_OUT, InstructionState.PUT})
DONE = (InstructionState.CARRIED_OUT, InstructionState.READ, InstructionState.WITHDRAWN)


def _row(row: Instruction) -> Row:
    state = InstructionState(row.state)
    when = row.written_at or row.read_at or row.put_at
    reason = PutReason(row.reason).label if row.reason else ""
    return Row(
        href=reverse("instruction", args=[row.pk]),
        tone="warn" if state is InstructionState.TO_CARRY_OUT else "plain",
        cells=(
            Cell(text=row.number or "未批", sub=moment_words(when) if when else ""),
            Cell(text=row.leader_name),
            Cell(text=row.petition.summary, sub=row.petition.number),
            Cell(text=row.words or reason),
            Cell(component=StateBadge(label=state.label, tone=BADGES[state])),
            Cell(text=queries.owner_of(row.petition)),
        ),
    )


@dataclass(frozen=True, slots=True)
class Act:
    """One act on an instruction: in which state, for whom, its form, its words, what it carries out."""

    title: str
    submit: str
    done: str
    offered: Callable[[Instruction, Staff], bool]
    make: Callable[..., forms.Form]
    act: Callable[[Instruction, forms.Form, Staff, datetime], object]
    lead: str = ""
    kind: str = "primary"
    folded: bool = False


def _stands_with(row: Instruction, by: Staff) -> bool:
    return rules.may_instruct(by) and row.leader_id == by.pk


def _may_write(row: Instruction, by: Staff) -> bool:
    return _stands_with(row, by) and row.state in {InstructionState.PUT.value, InstructionState.READ.value}


def _may_read(row: Instruction, by: Staff) -> bool:
    return _stands_with(row, by) and row.state == InstructionState.PUT.value


def _may_assign(row: Instruction, by: Staff) -> bool:
    waits = row.state == InstructionState.TO_CARRY_OUT.value
    is_open = row.petition.state in BEFORE_DISPOSITION and not row.petition.is_litigation
    return waits and rules.may_carry_out(by) and is_open


def _may_carry_out(row: Instruction, by: Staff) -> bool:
    return row.state == InstructionState.TO_CARRY_OUT.value and rules.may_carry_out(by)


def _may_withdraw(row: Instruction, by: Staff) -> bool:
    return row.state == InstructionState.PUT.value and rules.may_put(by)


def _wish_form(row: Instruction, *sent: object, **options: object) -> forms.Form:
    return f.WishForm(*sent, petition=row.petition, **options)


def _assign_form(row: Instruction, *sent: object, at: datetime, **options: object) -> forms.Form:
    printed = queries.printed_due_on(row, at=at)
    handlers = row.wanted_unit.handlers if row.wanted_unit else []
    initial = {
        "unit": row.wanted_unit.code if row.wanted_unit else "",
        "handler_name": handlers[0] if handlers else "",
        "due_on": printed,
        "instruction": row.words,
    }
    make: Callable[..., forms.Form] = f.InstructedAssignForm
    return make(*sent, petition=row.petition, **{**options, "initial": initial})


def _write(row: Instruction, form: forms.Form, by: Staff, at: datetime) -> object:
    assert isinstance(form, f.WishForm)
    return actions.write(instruction_id=row.pk, wish=form.wish(), by=by, at=at)


def _read(row: Instruction, form: forms.Form, by: Staff, at: datetime) -> object:
    return actions.read(instruction_id=row.pk, note=form.cleaned_data["note"], by=by, at=at)


def _withdraw(row: Instruction, form: forms.Form, by: Staff, at: datetime) -> object:
    return actions.withdraw(instruction_id=row.pk, reason=form.cleaned_data["reason"], by=by, at=at)


def _assign(row: Instruction, form: forms.Form, by: Staff, at: datetime) -> object:
    values = form.cleaned_data
    given = dispositions.assign(
        petition_id=row.petition_id,
        kind=DispositionKind.ASSIGNMENT,
        unit_code=values["unit"],
        handler_name=values["handler_name"],
        handler_phone=values["handler_phone"],
        instruction=values["instruction"],
        reason=f"{row.leader_name}批示（{row.number}）",
        due_on=values["due_on"],
        redaction_confirmed=values["redaction_confirmed"],
        instruction_id=row.pk,
        by=by,
        at=at,
    )
    return actions.carry_out(instruction_id=row.pk, assignment_id=given.pk, by=by, at=at)


def _carry_out(row: Instruction, form: forms.Form, by: Staff, at: datetime) -> object:
    chosen = form.cleaned_data.get("assignment")
    return actions.carry_out(
        instruction_id=row.pk,
        assignment_id=int(chosen) if chosen else None,
        outcome=form.cleaned_data["outcome"],
        by=by,
        at=at,
    )


ACTS: dict[str, Act] = {
    "write": Act("批示", "签发批示", "批示已签发，由信访办统一交办", _may_write, _wish_form, _write),
    "read": Act(
        "已阅", "已阅，不批示", "已记为已阅", _may_read, lambda _, *sent, **options: f.NoteForm(*sent, **options),
        _read, kind="secondary",
    ),
    "assign": Act(
        "按批示交办", "交办", "已按批示交办，批示已落实", _may_assign, _assign_form, _assign,
        lead="领导要求的日期早于规定期限的，已填在函上",
    ),
    "carry-out": Act(
        "其他方式落实", "记为已落实", "批示已落实", _may_carry_out,
        lambda row, *sent, **options: f.CarryOutForm(*sent, instruction=row, **options), _carry_out,
        lead="已经交办的选那件交办；不需交办的写明怎样落实", kind="secondary",
    ),
    "withdraw": Act(
        "撤回送阅", "撤回", "已撤回", _may_withdraw, lambda _, *sent, **options: f.WithdrawForm(*sent, **options),
        _withdraw, kind="secondary", folded=True,
    ),
}  # fmt: skip
# The leader's day is known only at the moment of assigning.
KNOWS_THE_TIME = frozenset({"assign"})


def _found(request: HttpRequest, instruction_id: int) -> Instruction:
    """Return an instruction this reader may see; a barred one and one that never was look alike."""
    row = (
        Instruction.objects.visible_to(staff_of(request))
        .select_related(
            "petition__petitioner", "petition__owner_unit", "petition__ruleset", "wanted_unit", "assignment__unit",
            "carried_out_by",
        )
        .filter(pk=instruction_id)
        .first()
    )  # fmt: skip
    if row is None:
        raise Http404
    return row


def _made(name: str, row: Instruction, at: datetime, *sent: object) -> forms.Form:
    options: dict[str, object] = {"prefix": name}
    if name in KNOWS_THE_TIME:
        options["at"] = at
    return ACTS[name].make(row, *sent, **options)


def _steps(row: Instruction, by: Staff, at: datetime, *, refused: tuple[str, forms.Form] | None) -> Iterator[StepForm]:
    for name, act in ACTS.items():
        bound = refused[1] if refused is not None and refused[0] == name else None
        if bound is not None or act.offered(row, by):
            yield StepForm(
                name=name,
                title=act.title,
                lead=act.lead,
                form=bound or _made(name, row, at),
                action=reverse("instruction_act", args=[row.pk, name]),
                submit=act.submit,
                kind=act.kind,
                folded=act.folded and bound is None,
            )


def _page(
    request: HttpRequest, row: Instruction, *, refused: tuple[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    by, at = staff_of(request), timezone.now()
    steps = tuple(_steps(row, by, at, refused=refused))
    screen = screen_of(row, by=by, at=at, steps=steps)
    return render(request, "instruction.html", {"screen": screen}, status=status)


@needs(READERS)
@require_safe
def instruction(request: HttpRequest, instruction_id: int) -> HttpResponse:
    """一件批示: what a leader reads on the phone, and what the office carries out."""
    return _page(request, _found(request, instruction_id))


@needs(READERS)
@require_POST
def instruction_act(request: HttpRequest, instruction_id: int, name: str) -> HttpResponse:
    """阅批、落实、撤回: check the form, carry the act out once, come back."""
    if name not in ACTS:
        raise Http404
    by, at = staff_of(request), timezone.now()
    petition_id = Instruction.objects.filter(pk=instruction_id).values_list("petition_id", flat=True).first()
    row = _found_or_noted(request, instruction_id, petition_id=petition_id, by=by, at=at)
    form = _made(name, row, at, request.POST)
    if not form.is_valid():
        return _page(request, row, refused=(name, form), status=UNPROCESSABLE)

    def once() -> object:
        key, sent = request.POST.get("form_token", ""), [row.pk, name, by.pk, form.cleaned_data]
        return submissions.once(key=key, sent=sent, at=at, act=lambda: _carried_out(row, name, form, by, at))

    try:
        tried(once, petition_id=row.petition_id, by=by, at=at)
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        return _page(request, _found(request, instruction_id), refused=(name, form), status=CONFLICT)
    messages.success(request, ACTS[name].done)
    return redirect("instruction", instruction_id)


def _found_or_noted(
    request: HttpRequest, instruction_id: int, *, petition_id: int | None, by: Staff, at: datetime
) -> Instruction:
    """Return the instruction; a leader's try at one that recusal hides from him is written down first."""
    try:
        return _found(request, instruction_id)
    except Http404:
        if petition_id is not None and rules.may_instruct(by):
            barred = Refusal("instruction.barred", "没有这件批示，或您无权查看")
            actions.note_refusal(petition_id=petition_id, refusal=barred, by=by, at=at)
        raise


def _carried_out(row: Instruction, name: str, form: forms.Form, by: Staff, at: datetime) -> dict[str, str | int | None]:
    ACTS[name].act(row, form, by, at)
    return {"instruction": row.pk}
