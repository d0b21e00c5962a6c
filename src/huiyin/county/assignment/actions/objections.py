"""Writers of objections: 提出异议, 同意改交, 不同意, 指定裁定人, 裁定."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules import assignments as letter_rules
from huiyin.county.assignment.rules import dispositions as disposition_rules
from huiyin.county.assignment.rules import objections as rules
from huiyin.county.assignment.rules.objections import Receiver
from huiyin.county.assignment.states import AssignmentState, DispatchMethod, DispositionKind, ObjectionState
from huiyin.county.assignment.unit_models import Objection
from huiyin.county.journal import actions as journal
from huiyin.county.office.states import Branch, NotificationKind
from huiyin.county.registry import clocks, standing
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

from .assignments import follow_verified, in_work, locked, move
from .dispositions import STATE_OF
from .letters import Letter, issue, nature_of, unit_of
from .telling import tell_of_taking_back, tell_office, tell_unit, unit_people

Redaction = tuple[Staff, datetime]


@dataclass(frozen=True, slots=True)
class Held:
    """An objection with its assignment and petition, all locked."""

    objection: Objection
    assignment: Assignment
    petition: Petition


@transaction.atomic
def raise_objection(*, assignment_id: int, reasons: str, by: Staff, at: datetime, competent: str = "") -> Objection:
    """提出异议: the unit says within its limit why the matter is not its own, and whose it thinks it is (R22 §23).

    The clocks of the unit run on: an objection stops nothing. Of the lead the petition is 有异议 until it is decided.
    """
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_object(by, assignment.unit.code)
    stood, petition_stood = AssignmentState(assignment.state), petition.state
    _check_open(assignment, petition, stood, at=at)
    rules.check_reasons(reasons)
    move(assignment, AssignmentState.DISPUTED)
    if assignment.is_lead:
        petitions.move(petition, State.DISPUTED, at=at)
    objection = Objection.objects.create(
        petition=petition,
        assignment=assignment,
        round=petition.objections.count() + 1,
        state=ObjectionState.PENDING.value,
        reasons=reasons.strip(),
        competent=competent.strip(),
        stood=stood.value,
        petition_stood=petition_stood,
        raised_at=at,
        raised_by=by,
    )
    clocks.meet(petition, Clock.OBJECTION, at=at, unit=assignment.unit)
    standing.settle(petition, at=at)
    words = f"{assignment.unit.name}对 {assignment.number} 提出异议，请处理"
    tell_office(f"objection:{objection.pk}:raised", petition, [petition.keeper], words=words, at=at)
    journal.record(
        "objection.raised",
        subject=objection,
        petition_id=petition.pk,
        by=by,
        at=at,
        round=objection.round,
        number=assignment.number,
        unit=assignment.unit.code,
        unit_name=assignment.unit.name,
        reasons=objection.reasons,
        assignment_state=assignment.state,
        state=petition.state,
    )
    return objection


def _check_open(assignment: Assignment, petition: Petition, stood: AssignmentState, *, at: datetime) -> None:
    decided = petition.objections.filter(round__gte=rules.ADJUDICATED_FROM, decided_at__isnull=False)
    rules.check_open(DispositionKind(assignment.kind), is_decided_for_good=decided.exists())
    letter_rules.check_move(stood, AssignmentState.DISPUTED)
    running = clocks.running(petition, unit=assignment.unit, clock=Clock.OBJECTION)
    rules.check_in_time(
        stood,
        has_limit=clocks.rules_of(petition).has(Clock.OBJECTION),
        last_on=running[0].due_on if running else None,
        today=local_day(at),
    )


def _held(objection_id: int, *, by: Staff) -> Held:
    """Lock an objection that this person may see, its petition first, and refuse one that is decided."""
    found = Objection.objects.visible_to(by).filter(pk=objection_id).values("assignment_id").first()
    if found is None or by.is_of_unit:
        raise Refusal("objection.unknown", "没有这项异议，或您无权处理")
    assignment, petition = locked(found["assignment_id"], by=by)
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection_id)
    rules.check_pending(ObjectionState(objection.state))
    return Held(objection, assignment, petition)


def _decide(held: Held, state: ObjectionState, words: str, *, by: Staff, at: datetime) -> None:
    rules.check_words(words)
    held.objection.state, held.objection.words = state.value, words.strip()
    held.objection.decided_at, held.objection.decided_by = at, by
    held.objection.save(update_fields=["state", "words", "decided_at", "decided_by"])


@transaction.atomic
def refuse(*, objection_id: int, words: str, by: Staff, at: datetime) -> Objection:
    """不同意异议: the unit keeps the matter, and everything stands where it stood; its clocks never stopped."""
    held = _held(objection_id, by=by)
    rules.check_may_decide(by)
    rules.check_is_first(held.objection.round)
    _decide(held, ObjectionState.REFUSED, words, by=by, at=at)
    _put_back(held, at=at)
    journal.record(
        "objection.refused",
        subject=held.objection,
        petition_id=held.petition.pk,
        by=by,
        at=at,
        number=held.assignment.number,
        unit=held.assignment.unit.code,
        unit_name=held.assignment.unit.name,
        words=held.objection.words,
        assignment_state=held.assignment.state,
        state=held.petition.state,
    )
    return held.objection


def _put_back(held: Held, *, at: datetime) -> None:
    """Let unit and petition stand where they stood before, and tell the unit."""
    assignment, petition = held.assignment, held.petition
    move(assignment, AssignmentState(held.objection.stood))
    if petition.state == State.DISPUTED.value and assignment.is_lead:
        if held.objection.petition_stood != State.REFERRED.value:
            standing.give_to_unit(petition, assignment.unit, assignment.handler_name)
        petitions.move(petition, State(held.objection.petition_stood), at=at)
    standing.settle(petition, at=at)
    _tell_unit(held, words=f"{assignment.number} 的异议未获同意，请继续办理", at=at)


@transaction.atomic
def uphold(
    *,
    objection_id: int,
    words: str,
    by: Staff,
    at: datetime,
    to: Receiver | None = None,
    redaction_confirmed: bool = False,
) -> Objection:
    """同意异议: take the matter back from the unit and give it to another, whose clocks start anew.

    The clocks of the petition itself run on. Without another unit a co-handler is let go, and a petition that was
    the lead's is decided anew.
    """
    held = _held(objection_id, by=by)
    rules.check_may_decide(by)
    rules.check_is_first(held.objection.round)
    _decide(held, ObjectionState.UPHELD, words, by=by, at=at)
    _take_back(held, to, by=by, at=at)
    journal.record(
        "objection.upheld",
        subject=held.objection,
        petition_id=held.petition.pk,
        by=by,
        at=at,
        number=held.assignment.number,
        unit=held.assignment.unit.code,
        unit_name=held.assignment.unit.name,
        words=held.objection.words,
        assignment_state=held.assignment.state,
        state=held.petition.state,
    )
    if to is not None:
        redaction = (by, at) if redaction_confirmed else None
        give_instead(objection=held.objection, to=to, redaction=redaction, by=by, at=at)
    return held.objection


def _take_back(held: Held, to: Receiver | None, *, by: Staff, at: datetime) -> None:
    """Take the assignment back; where no other unit gets it, the lead's petition is 已归类 again."""
    assignment, petition = held.assignment, held.petition
    if to is None and assignment.is_lead:
        others = in_work(petition).exclude(pk=assignment.pk).count()
        letter_rules.check_lead_may_go(is_lead=True, co_handlers=others)
    people = unit_people(assignment)
    assignment.withdrawn_at, assignment.withdrawn_by = at, by
    assignment.withdraw_reason = f"异议：{held.objection.words}"[:200]
    move(assignment, AssignmentState.WITHDRAWN, "withdrawn_at", "withdrawn_by", "withdraw_reason")
    clocks.stop_unit(petition, assignment.unit, at=at)
    if to is None and assignment.is_lead:
        petition.dispositions.filter(withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by)
        petitions.move(petition, State.CLASSIFIED, at=at)
    elif to is None:
        follow_verified(petition, at=at)
    standing.settle(petition, at=at)
    words = f"{assignment.number} 的异议已同意，本件不再由贵单位承办"
    tell_of_taking_back(f"objection:{held.objection.pk}:decided", assignment, people, words=words, at=at)


@transaction.atomic
def give_instead(
    *, objection: Objection, to: Receiver, redaction: Redaction | None, by: Staff, at: datetime
) -> Assignment:
    """改交: write the letter to the unit that gets the matter instead: its own number, its own clocks."""
    former, petition = objection.assignment, petitions.locked(objection.petition_id, by=by)
    kind = DispositionKind(former.kind)
    letter_rules.check_due_on(to.due_on, at=at)
    rules.check_receiver_is_another(to.unit_code, former.unit.code)
    unit = unit_of(to.unit_code)
    if in_work(petition).filter(unit=unit).exists():
        raise Refusal("assignment.given_already", "这个单位已经在办本件")
    decided = petition.dispositions.filter(withdrawn_at=None).first()
    disposition_rules.check_judicial(
        kind,
        branch=Branch(unit.branch),
        procedure=decided.procedure if decided else "",
        nature=nature_of(petition),
    )
    if former.is_lead:
        standing.give_to_unit(petition, unit, to.handler_name.strip())
        petitions.move(petition, STATE_OF[kind], at=at)
    letter = Letter(
        unit_code=to.unit_code,
        handler_name=to.handler_name,
        handler_phone=to.handler_phone,
        instruction=to.instruction or former.instruction,
        is_lead=former.is_lead,
        is_simple=former.is_simple,
        printed_on=to.due_on,
        redacted_by=redaction[0] if redaction else None,
        redacted_at=redaction[1] if redaction else None,
        sent_by=DispatchMethod(former.dispatch_method or DispatchMethod.SYSTEM),
    )
    given = issue(petition, kind, letter, by=by, at=at)
    objection.given_to = unit
    objection.save(update_fields=["given_to"])
    standing.settle(petition, at=at)
    journal.record(
        "assignment.issued",
        subject=given,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=kind.value,
        kind_label=kind.label,
        role="主办" if given.is_lead else "会办",
        is_lead=given.is_lead,
        number=given.number,
        unit=unit.code,
        unit_name=unit.name,
        handler=given.handler_name,
        due_on=given.due_on,
        state=petition.state,
    )
    return given


@transaction.atomic
def name_adjudicator(*, objection_id: int, adjudicator: Staff, by: Staff, at: datetime) -> Objection:
    """指定裁定人: put a further objection before a leader or the group head, who decides it for good."""
    held = _held(objection_id, by=by)
    rules.check_may_decide(by)
    rules.check_is_further(held.objection.round)
    rules.check_may_adjudicate(adjudicator)
    if not Petition.objects.visible_to(adjudicator).filter(pk=held.petition.pk).exists():
        raise Refusal("objection.adjudicator_barred", "该领导不能办理本件，请另选裁定人")
    held.objection.adjudicator, held.objection.named_at, held.objection.named_by = adjudicator, at, by
    held.objection.save(update_fields=["adjudicator", "named_at", "named_by"])
    words = f"请裁定 {held.assignment.number} 的第{held.objection.round}次异议"
    key = f"objection:{held.objection.pk}:{adjudicator.pk}"
    tell_office(key, held.petition, [adjudicator], words=words, at=at)
    journal.record(
        "objection.put_to_adjudicator",
        subject=held.objection,
        petition_id=held.petition.pk,
        by=by,
        at=at,
        round=held.objection.round,
        adjudicator=adjudicator.name,
        adjudicator_id=adjudicator.pk,
    )
    return held.objection


@transaction.atomic
def adjudicate(*, objection_id: int, words: str, by: Staff, at: datetime, to: Receiver | None = None) -> Objection:
    """裁定: decide a further objection for good: the unit keeps the matter, or the one named here gets it.

    The redaction that was confirmed for the letter before holds for the new one: it is the same content.
    """
    held = _held(objection_id, by=by)
    rules.check_may_adjudicate(by)
    rules.check_is_further(held.objection.round)
    rules.check_is_named(by.pk, held.objection.adjudicator_id)
    state = ObjectionState.UPHELD if to is not None else ObjectionState.REFUSED
    _decide(held, state, words, by=by, at=at)
    if to is None:
        _put_back(held, at=at)
    else:
        _take_back(held, to, by=by, at=at)
    journal.record(
        "objection.adjudicated",
        subject=held.objection,
        petition_id=held.petition.pk,
        by=by,
        at=at,
        number=held.assignment.number,
        unit=held.assignment.unit.code,
        unit_name=held.assignment.unit.name,
        words=held.objection.words,
        outcome=state.value,
        outcome_label=state.label,
        assignment_state=held.assignment.state,
        state=held.petition.state,
    )
    if to is not None:
        former = held.assignment
        redaction = (former.redacted_by, former.redacted_at) if former.redacted_by and former.redacted_at else None
        give_instead(objection=held.objection, to=to, redaction=redaction, by=by, at=at)
    return held.objection


def _tell_unit(held: Held, *, words: str, at: datetime) -> None:
    key = f"objection:{held.objection.pk}:decided"
    tell_unit(key, held.assignment, kind=NotificationKind.DECIDED, words=words, at=at)
