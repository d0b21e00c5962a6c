"""Writers of instructions: 送阅, 已阅, 批示, 代录批示, 落实, 撤回."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import notifications
from huiyin.county.office.models import Unit
from huiyin.county.office.states import NotificationKind
from huiyin.county.reception import rules
from huiyin.county.reception.models import Instruction, Reception
from huiyin.county.reception.states import InstructionState, PutReason
from huiyin.county.registry import numbers
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import check_is_open, check_original_present
from huiyin.county.registry.states import Channel, Confidentiality, Origin, State
from huiyin.kernel.refusal import Refusal

SERIES = "批"
WRITING = ("state", "route", "words", "wanted_unit", "due_on", "written_at", "written_by", *("number", "year"))
NUMBERING = ("series", "number_value")


def address_of(instruction: Instruction) -> str:
    """Return where the message about an instruction leads."""
    return f"/instructions/{instruction.pk}/"


@transaction.atomic
def put(*, petition_id: int, leader: Staff, reason: PutReason, by: Staff, at: datetime, note: str = "") -> Instruction:
    """送阅: put an important petition before a named leader, with the reason."""
    petition = petitions.locked(petition_id, by=by)
    rules.check_may_put(by)
    check_is_open(State(petition.state))
    rules.check_leader(leader, is_active=leader.is_active)
    _check_open_to(leader, petition)
    rules.check_put(
        reason,
        is_urgent=petition.is_urgent,
        is_group=petition.is_group,
        origin=Origin(petition.origin),
        state=State(petition.state),
    )
    kinds = petition.attachments.values_list("kind", flat=True)
    check_original_present(Channel(petition.channel), kinds, taken_over=petition.source_number is not None)
    if petition.instructions.before(leader).unread().exists():
        raise Refusal("instruction.put_already", f"本件已送{leader.name}阅批，尚未阅")
    instruction = Instruction.objects.create(
        petition=petition,
        leader=leader,
        leader_name=leader.name,
        state=InstructionState.PUT.value,
        reason=reason.value,
        note=note.strip(),
        put_at=at,
        put_by=by,
    )
    notifications.notify(
        key=f"instruction.put:{instruction.pk}",
        to=[leader],
        kind=NotificationKind.INSTRUCTION,
        words=f"信访件 {petition.number} 送您阅批（{reason.label}）",
        at=at,
        petition_id=petition.pk,
        href=address_of(instruction),
    )
    journal.record(
        "instruction.put",
        subject=instruction,
        petition_id=petition.pk,
        by=by,
        at=at,
        leader=leader.name,
        reason=reason.label,
        instruction_state=instruction.state,
    )
    return instruction


def _check_open_to(leader: Staff, petition: Petition) -> None:
    """Refuse a leader who may not see the petition: recused, accused, or not named on a sealed one."""
    rules.check_leader_is_named(
        is_sealed=petition.confidentiality != Confidentiality.ORDINARY.value,
        is_named=petition.named_leader_id == leader.pk,
        may_see=Petition.objects.visible_to(leader).filter(pk=petition.pk).exists(),
    )


def _locked(instruction_id: int, *, by: Staff) -> tuple[Instruction, Petition]:
    """Lock an instruction with its petition, which is locked first; one of a petition that is barred is refused."""
    found = Instruction.objects.filter(pk=instruction_id).values("petition_id").first()
    if found is None:
        raise Refusal("instruction.unknown", "没有这件批示，或您无权查看")
    if not Petition.objects.visible_to(by).filter(pk=found["petition_id"]).exists():
        raise Refusal("instruction.barred", "没有这件批示，或您无权查看")
    petition = petitions.locked(found["petition_id"], by=by)
    instruction = Instruction.objects.select_for_update(of=("self",)).select_related("leader").get(pk=instruction_id)
    return instruction, petition


def _check_stands_with(instruction: Instruction, by: Staff) -> None:
    if instruction.leader_id != by.pk:
        raise Refusal("instruction.another_leaders", f"本件是送{instruction.leader_name}阅批的")


def _move(instruction: Instruction, then: InstructionState, *fields: str) -> None:
    rules.check_instruction_move(InstructionState(instruction.state), then)
    instruction.state = then.value
    instruction.save(update_fields=["state", *fields])


def _count_as_read(petition: Petition, *, leader_name: str, note: str, by: Staff, at: datetime) -> None:
    """Let the leader's reading be the reading of a petition that nobody has read yet (DOMAIN §4, 已阅)."""
    if State(petition.state) is State.REGISTERED:
        petitions.read(petition_id=petition.pk, note=note, reader_name=leader_name, read_by_leader=True, by=by, at=at)


@transaction.atomic
def read(*, instruction_id: int, by: Staff, at: datetime, note: str = "") -> Instruction:
    """已阅: the leader has read it and writes no instruction."""
    instruction, petition = _locked(instruction_id, by=by)
    rules.check_may_instruct(by)
    _check_stands_with(instruction, by)
    instruction.read_at, instruction.read_by = at, by
    _move(instruction, InstructionState.READ, "read_at", "read_by")
    _count_as_read(petition, leader_name=by.name, note=note.strip() or "已阅", by=by, at=at)
    journal.record(
        "instruction.read",
        subject=instruction,
        petition_id=petition.pk,
        by=by,
        at=at,
        leader=by.name,
        instruction_state=instruction.state,
    )
    return instruction


@transaction.atomic
def write(*, instruction_id: int, wish: rules.Wish, by: Staff, at: datetime) -> Instruction:
    """批示: the leader writes what is to be done; the office gives it its number and carries it out."""
    instruction, petition = _locked(instruction_id, by=by)
    rules.check_may_instruct(by)
    _check_stands_with(instruction, by)
    check_is_open(State(petition.state))
    rules.check_wish(wish, is_litigation=petition.is_litigation, at=at)
    fields = _write_down(instruction, wish, by=by, at=at)
    if instruction.read_at is None:
        instruction.read_at, instruction.read_by = at, by
    _move(instruction, InstructionState.TO_CARRY_OUT, "read_at", "read_by", *fields)
    _count_as_read(petition, leader_name=by.name, note=instruction.words, by=by, at=at)
    _tell_the_keeper(instruction, petition, at=at)
    journal.record(
        "instruction.written",
        subject=instruction,
        petition_id=petition.pk,
        by=by,
        at=at,
        number=instruction.number,
        leader=instruction.leader_name,
        words=_words_for_the_journal(instruction, petition),
        unit=wish.wanted_unit,
        due_on=instruction.due_on,
        instruction_state=instruction.state,
    )
    return instruction


@transaction.atomic
def record(
    *,
    petition_id: int,
    wish: rules.Wish,
    by: Staff,
    at: datetime,
    leader: Staff | None = None,
    leader_name: str = "",
    reception_id: int | None = None,
) -> Instruction:
    """登记批示: take down what a leader wrote on paper, said while receiving, or writes of his own accord."""
    petition = petitions.locked(petition_id, by=by)
    rules.check_may_record(by)
    check_is_open(State(petition.state))
    if leader is None and rules.may_instruct(by):
        leader = by
    name = leader.name if leader else leader_name.strip()
    if not name:
        raise Refusal("instruction.no_leader", "请写明是哪位领导的批示")
    if leader is not None:
        rules.check_leader(leader, is_active=leader.is_active)
        _check_open_to(leader, petition)
    rules.check_wish(wish, is_litigation=petition.is_litigation, at=at)
    instruction = Instruction(petition=petition, leader=leader, leader_name=name)
    instruction.state = InstructionState.TO_CARRY_OUT.value
    instruction.reception = petition.reception if _is_of(reception_id, petition) else None
    instruction.read_at, instruction.read_by = at, by
    _write_down(instruction, wish, by=by, at=at)
    instruction.save(force_insert=True)
    _count_as_read(petition, leader_name=name, note=instruction.words, by=by, at=at)
    _tell_the_keeper(instruction, petition, at=at)
    journal.record(
        "instruction.recorded",
        subject=instruction,
        petition_id=petition.pk,
        by=by,
        at=at,
        number=instruction.number,
        leader=name,
        words=_words_for_the_journal(instruction, petition),
        unit=wish.wanted_unit,
        due_on=instruction.due_on,
        instruction_state=instruction.state,
    )
    return instruction


def _is_of(reception_id: int | None, petition: Petition) -> bool:
    if reception_id is None:
        return False
    if not Reception.objects.filter(pk=reception_id, petition=petition).exists():
        raise Refusal("reception.of_another_petition", "这次接访登记的不是本件")
    return True


def _write_down(instruction: Instruction, wish: rules.Wish, *, by: Staff, at: datetime) -> tuple[str, ...]:
    """Write the wish and take the office's number for it; return the fields to save."""
    unit = None
    if wish.wanted_unit:
        unit = Unit.objects.filter(code=wish.wanted_unit, is_active=True).first()
        if unit is None:
            raise Refusal("instruction.unit_unknown", "没有这个承办单位，或已停用")
    number = numbers.take(SERIES, at=at)
    instruction.number, instruction.year = number.text, number.year
    instruction.series, instruction.number_value = number.series, number.value
    instruction.route = wish.route.value if wish.route else ""
    instruction.words, instruction.wanted_unit, instruction.due_on = wish.text, unit, wish.due_on
    instruction.written_at, instruction.written_by = at, by
    return (*WRITING[1:], *NUMBERING)


def _words_for_the_journal(instruction: Instruction, petition: Petition) -> str:
    """Return the words as the journal keeps them: of a sealed item none (R22 §30)."""
    return instruction.words if petition.confidentiality == Confidentiality.ORDINARY.value else ""


def _tell_the_keeper(instruction: Instruction, petition: Petition, *, at: datetime) -> None:
    notifications.notify(
        key=f"instruction.written:{instruction.pk}",
        to=[petition.keeper],
        kind=NotificationKind.INSTRUCTION,
        words=f"{instruction.leader_name}对信访件 {petition.number} 的批示（{instruction.number}）待落实",
        at=at,
        petition_id=petition.pk,
        href=address_of(instruction),
    )


@transaction.atomic
def carry_out(
    *, instruction_id: int, by: Staff, at: datetime, assignment_id: int | None = None, outcome: str = ""
) -> Instruction:
    """落实批示: the office carries an instruction out, by an assignment of the petition or as it says."""
    instruction, petition = _locked(instruction_id, by=by)
    rules.check_may_carry_out(by)
    rules.check_carried_out(has_assignment=assignment_id is not None, outcome=outcome)
    given = petition.assignments.select_related("unit").filter(pk=assignment_id or 0).first()
    if assignment_id is not None and given is None:
        raise Refusal("instruction.assignment_of_another", "这件交办不是本件的")
    instruction.assignment, instruction.outcome = given, outcome.strip()
    instruction.carried_out_at, instruction.carried_out_by = at, by
    _move(instruction, InstructionState.CARRIED_OUT, "assignment", "outcome", "carried_out_at", "carried_out_by")
    if instruction.leader is not None:
        notifications.notify(
            key=f"instruction.carried_out:{instruction.pk}",
            to=[instruction.leader] if Petition.objects.visible_to(instruction.leader).filter(pk=petition.pk) else [],
            kind=NotificationKind.INSTRUCTION,
            words=f"您的批示（{instruction.number}）已落实：{f'交{given.unit.name}办理' if given else '见落实情况'}",
            at=at,
            petition_id=petition.pk,
            href=address_of(instruction),
        )
    journal.record(
        "instruction.carried_out",
        subject=instruction,
        petition_id=petition.pk,
        by=by,
        at=at,
        number=instruction.number,
        how=f"交{given.unit.name}办理，文号 {given.number}" if given else "未另行交办",
        assignment=assignment_id,
        instruction_state=instruction.state,
    )
    return instruction


@transaction.atomic
def withdraw(*, instruction_id: int, reason: str, by: Staff, at: datetime) -> Instruction:
    """撤回送阅: take a petition back from a leader who has not read it."""
    instruction, petition = _locked(instruction_id, by=by)
    rules.check_may_put(by)
    rules.check_withdrawal(reason)
    instruction.withdrawn_at, instruction.withdrawn_by = at, by
    instruction.withdraw_reason = reason.strip()
    _move(instruction, InstructionState.WITHDRAWN, "withdrawn_at", "withdrawn_by", "withdraw_reason")
    journal.record(
        "instruction.withdrawn",
        subject=instruction,
        petition_id=petition.pk,
        by=by,
        at=at,
        leader=instruction.leader_name,
        reason=instruction.withdraw_reason,
        instruction_state=instruction.state,
    )
    return instruction


@transaction.atomic
def note_refusal(*, petition_id: int, refusal: Refusal, by: Staff, at: datetime) -> None:
    """Write down that an instruction was tried and refused: by a recused leader, on the merits of a case (DOMAIN §4).

    The attempt itself was rolled back, so this is an act of its own; whoever tried may not even see the petition.
    """
    petition = Petition.objects.get(pk=petition_id)
    journal.record(
        "instruction.refused",
        subject=petition,
        petition_id=petition.pk,
        by=by,
        at=at,
        code=refusal.code,
        words=refusal.words,
    )
