"""Writers of dispositions: 交办, 转送, 直接办理, 密封移送 and what ends here."""

from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment, Disposition, Proposal
from huiyin.county.assignment.rules import assignments as letter_rules
from huiyin.county.assignment.rules import dispositions as rules
from huiyin.county.assignment.rules import objections
from huiyin.county.assignment.rules.dispositions import CoHandler, Ending
from huiyin.county.assignment.states import DispatchMethod, DispositionKind, ProposalState
from huiyin.county.journal import actions as journal
from huiyin.county.office.states import Branch
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.states import WRITTEN
from huiyin.county.registry import clocks, standing
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.intake_rules import check_reviewed_before_deciding, may_review
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality, State
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

from . import merges
from .assignments import add_co_handler
from .letters import Letter, check_receiver, issue, mark_for_unit, nature_of, unit_of

STATE_OF = {
    DispositionKind.ASSIGNMENT: State.ASSIGNED,
    DispositionKind.REFERRAL: State.REFERRED,
    DispositionKind.INTERNAL: State.INTERNAL,
    DispositionKind.SEALED_TRANSFER: State.TRANSFERRED_SEALED,
    DispositionKind.GUIDANCE: State.GUIDED,
    DispositionKind.NOT_REACCEPTED: State.NOT_REACCEPTED,
    DispositionKind.FILED: State.FILED,
    DispositionKind.MERGED: State.MERGED,
}
OFFICE_CLOCKS = (Clock.DISPOSITION, Clock.CLASSIFY, Clock.SEALED_TRANSFER)


@transaction.atomic
def assign(
    *,
    petition_id: int,
    kind: DispositionKind,
    unit_code: str,
    handler_name: str,
    by: Staff,
    at: datetime,
    handler_phone: str = "",
    instruction: str = "",
    reason: str = "",
    basis: str = "",
    procedure: str = "",
    due_on: date | None = None,
    due_approver: Staff | None = None,
    is_simple: bool = False,
    is_refusal_likely: bool = False,
    redaction_confirmed: bool = False,
    sent_by: DispatchMethod = DispatchMethod.SYSTEM,
    co_handlers: tuple[CoHandler, ...] = (),
    attachment_ids: tuple[int, ...] = (),
    instruction_id: int | None = None,
    approved: Proposal | None = None,
    version: int | None = None,
) -> Assignment:
    """交办/转送/直接办理: give a petition to a unit and a named person, with a letter number and a day.

    The lead (主办) gets the petition; each co-handler (会办) gets a letter of its own. ``approved`` is the proposal
    that a head or leader has just decided; its proposer confirmed the redaction.
    """
    petition = petitions.locked(petition_id, by=by, version=version)
    nature = nature_of(petition)
    if approved is None:
        rules.check_may_dispose(by)
    objections.check_not_given_anew(State(petition.state))
    rules.check_is_undecided(State(petition.state))
    rules.check_goes_to_a_unit(kind)
    rules.check_kind(kind, nature)
    if is_simple:
        rules.check_simple(nature, kind=kind, units=1 + len(co_handlers), is_refusal_likely=is_refusal_likely)
    letter_rules.check_handler(handler_name)
    letter_rules.check_due_on(due_on, at=at)
    _check_due_approver(due_approver, by=approved.proposed_by if approved else by, taken_over=nature.taken_over)
    unit = unit_of(unit_code)
    rules.check_judicial(kind, branch=Branch(unit.branch), procedure=procedure, nature=nature)
    source = _instruction_of(petition, instruction_id)
    _check_decided_rightly(petition, kind, source=source, approved=approved)
    standing.give_to_unit(petition, unit, handler_name.strip())
    petitions.move(petition, STATE_OF[kind], at=at)
    _supersede_proposal(petition, approved, by=by, at=at)
    Disposition.objects.create(
        petition=petition,
        kind=kind.value,
        reason=reason.strip(),
        basis=basis.strip(),
        procedure=procedure.strip(),
        decided_at=at,
        decided_by=approved.proposed_by if approved else by,
        approved_at=at if approved else None,
        approved_by=by if approved else None,
        instruction=source,
    )
    letter = Letter(
        unit_code=unit_code,
        handler_name=handler_name,
        handler_phone=handler_phone,
        instruction=instruction,
        is_simple=is_simple,
        printed_on=due_on,
        due_approver=due_approver,
        redacted_by=_redacted_by(by, approved) if redaction_confirmed else None,
        redacted_at=approved.proposed_at if approved else at,
        sent_by=sent_by,
    )
    assignment = issue(petition, kind, letter, by=by, at=at)
    mark_for_unit(petition, attachment_ids)
    _meet_office_clocks(petition, at=at)
    standing.settle(petition, at=at)
    journal.record(
        "assignment.issued",
        subject=assignment,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=kind.value,
        kind_label=kind.label,
        role="主办",
        is_lead=True,
        number=assignment.number,
        unit=unit.code,
        unit_name=unit.name,
        handler=assignment.handler_name,
        due_on=assignment.due_on,
        simple=is_simple,
        instruction=source.number if source else None,
        state=petition.state,
    )
    for further in co_handlers:
        add_co_handler(
            petition_id=petition.pk,
            co_handler=further,
            due_on=due_on,
            due_approver=due_approver,
            redaction_confirmed=redaction_confirmed,
            sent_by=sent_by,
            approved=approved,
            by=by,
            at=at,
        )
    return assignment


def _redacted_by(by: Staff, approved: Proposal | None) -> Staff:
    return approved.proposed_by if approved else by


def _check_due_approver(approver: Staff | None, *, by: Staff, taken_over: bool) -> None:
    if approver is not None:
        rules.check_may_approve(approver)
        letter_rules.check_approver_is_another(by_id=by.pk, approver_id=approver.pk, taken_over=taken_over)


def _instruction_of(petition: Petition, instruction_id: int | None) -> Instruction | None:
    """Return the leader's written instruction that a decision names as its source."""
    if instruction_id is None:
        return None
    written = [state.value for state in WRITTEN]
    found = Instruction.objects.filter(pk=instruction_id, petition=petition, state__in=written).first()
    if found is None:
        raise Refusal("disposition.instruction_unknown", "没有这份批示，或不是对本件的批示")
    return found


def _check_decided_rightly(
    petition: Petition, kind: DispositionKind, *, source: Instruction | None, approved: Proposal | None
) -> None:
    rules.check_decided_rightly(
        kind,
        nature_of(petition),
        is_approved=approved is not None or source is not None,
        is_pending=petition.state == State.PROPOSED.value,
        leader_is_named=petition.named_leader_id is not None,
    )
    check_reviewed_before_deciding(
        is_reviewed=_is_reviewed(petition) or approved is not None or _only_one_may_know(petition),
        is_important=nature_of(petition).is_important and petition.source_number is None,
    )


def _is_reviewed(petition: Petition) -> bool:
    """Return whether a second person looked at the classification, or a head or leader made it."""
    by = petition.classified_by
    return petition.classification_reviewed_at is not None or (by is not None and may_review(by))


def _only_one_may_know(petition: Petition) -> bool:
    """Return whether nobody who reviews may see it: it is sealed, and no leader is named on it (DOMAIN §6)."""
    return petition.confidentiality != Confidentiality.ORDINARY.value and petition.named_leader_id is None


def _supersede_proposal(petition: Petition, approved: Proposal | None, *, by: Staff, at: datetime) -> None:
    """Put a pending proposal aside where a leader's own instruction is carried out in its place."""
    if approved is None and petition.source_number is None:
        petition.proposals.filter(state=ProposalState.PENDING.value).update(
            state=ProposalState.SUPERSEDED.value, decided_at=at, decided_by=by
        )


def _meet_office_clocks(petition: Petition, *, at: datetime) -> None:
    for clock in OFFICE_CLOCKS:
        clocks.meet(petition, clock, at=at)


@transaction.atomic
def transfer_sealed(
    *,
    petition_id: int,
    unit_code: str,
    handler_name: str,
    by: Staff,
    at: datetime,
    sent_by: DispatchMethod = DispatchMethod.CONFIDENTIAL,
    reason: str = "",
    basis: str = "",
    approver: Staff | None = None,
    instruction_id: int | None = None,
    approved: Proposal | None = None,
    version: int | None = None,
) -> Assignment:
    """密封移送: send an accusation sealed to the supervision commission or upward, by its number alone.

    Where no leader decided it the head or the group head agrees, and is told its number and its receiver alone.
    """
    petition = petitions.locked(petition_id, by=by, version=version)
    unit = unit_of(unit_code)
    kind = DispositionKind.SEALED_TRANSFER
    if approved is None:
        rules.check_may_transfer_sealed(by)
    confidentiality = Confidentiality(petition.confidentiality)
    is_bare = confidentiality is Confidentiality.NUMBER_ONLY
    rules.check_is_undecided(State(petition.state), may_be_unread=is_bare)
    rules.check_kind(kind, nature_of(petition))
    rules.check_sealed_receiver(Branch(unit.branch), is_active=unit.is_active, confidentiality=confidentiality)
    check_receiver(petition, unit, handler_name)
    source = _instruction_of(petition, instruction_id)
    _check_decided_rightly(petition, kind, source=source, approved=approved)
    decided = approved is not None or source is not None or petition.source_number is not None
    approver_id = approver.pk if approver else None
    rules.check_sealed_approver(approver, by_id=by.pk, approver_id=approver_id, is_decided=decided)
    if approver is not None:
        petitions.check_not_barred(petition, approver)
    second = by if approved else approver
    petitions.move(petition, State.TRANSFERRED_SEALED, at=at)
    _supersede_proposal(petition, approved, by=by, at=at)
    Disposition.objects.create(
        petition=petition,
        kind=kind.value,
        reason=reason.strip(),
        basis=basis.strip(),
        decided_at=at,
        decided_by=approved.proposed_by if approved else by,
        approved_at=at if second else None,
        approved_by=second,
        instruction=source,
    )
    letter = Letter(unit_code=unit_code, handler_name=handler_name, sent_by=sent_by)
    assignment = issue(petition, kind, letter, by=by, at=at)
    _meet_office_clocks(petition, at=at)
    standing.settle(petition, at=at)
    journal.record(
        "assignment.issued",
        subject=assignment,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=kind.value,
        kind_label=kind.label,
        role="接收",
        is_lead=True,
        number=assignment.number,
        unit=unit.code,
        unit_name=unit.name,
        handler=assignment.handler_name,
        due_on=None,
        approver=second.name if second else None,
        state=petition.state,
    )
    return assignment


@transaction.atomic
def decide_here(
    *,
    petition_id: int,
    kind: DispositionKind,
    reason: str,
    basis: str,
    approver: Staff,
    by: Staff,
    at: datetime,
    competent_organ: str = "",
    procedure: str = "",
    merged_into_id: int | None = None,
    concluded_id: int | None = None,
    conclusion: str = "",
    second_note: str = "",
    instruction_id: int | None = None,
    approved: Proposal | None = None,
    version: int | None = None,
) -> Disposition:
    """引导告知/不再受理/存查/并入: decide what ends here, with basis and a second person.

    Of an approved proposal ``by`` is who proposed it and ``approver`` who has just decided.
    """
    petition = petitions.locked(petition_id, by=approver if approved else by, version=version)
    ending = Ending(
        reason=reason,
        basis=basis,
        competent_organ=competent_organ,
        procedure=procedure,
        merged_into_id=merged_into_id,
        concluded_id=concluded_id,
        conclusion=conclusion,
        second_note=second_note,
    )
    nature = nature_of(petition)
    rules.check_may_dispose(by)
    rules.check_is_undecided(State(petition.state))
    rules.check_decision_here(kind, basis=basis, reason=reason, by_id=by.pk, approver_id=approver.pk)
    rules.check_guidance(kind, competent_organ)
    rules.check_ending(kind, ending, taken_over=nature.taken_over)
    rules.check_kind(kind, nature)
    if kind is not DispositionKind.MERGED:
        rules.check_may_approve(approver)
        _check_may_know(petition, approver)
    source = _instruction_of(petition, instruction_id)
    _check_decided_rightly(petition, kind, source=source, approved=approved)
    main = merges.main_petition(petition, merged_into_id, by=by) if kind is DispositionKind.MERGED else None
    concluded = _concluded(petition, concluded_id, by=by)
    petitions.move(petition, STATE_OF[kind], at=at)
    _supersede_proposal(petition, approved, by=by, at=at)
    disposition = Disposition.objects.create(
        petition=petition,
        kind=kind.value,
        reason=ending.reason.strip(),
        basis=ending.basis.strip(),
        decided_at=at,
        decided_by=by,
        approved_at=at,
        approved_by=approver,
        merged_into=main,
        competent_organ=ending.competent_organ.strip(),
        procedure=ending.procedure.strip(),
        concluded=concluded,
        conclusion=ending.conclusion.strip(),
        second_note=ending.second_note.strip(),
        instruction=source,
    )
    if main is not None:
        merges.join_matter(petition, main, by=by, at=at)
    _meet_office_clocks(petition, at=at)
    standing.settle(petition, at=at)
    journal.record(
        "petition.disposed",
        subject=petition,
        petition_id=petition.pk,
        by=approver if approved else by,
        at=at,
        kind=kind.value,
        kind_label=kind.label,
        reason=disposition.reason,
        basis=disposition.basis,
        approver=approver.name,
        merged_into=main.number if main else None,
        concluded=concluded.number if concluded else None,
        state=petition.state,
    )
    return disposition


def _check_may_know(petition: Petition, approver: Staff) -> None:
    """Refuse a second person who is recused from the petition, accused in it, or may not know of it (DOMAIN §6)."""
    if petition.source_number is not None:
        return
    if not Petition.objects.visible_to(approver).filter(pk=petition.pk).exists():
        raise Refusal("disposition.approver_barred", "该人员不能审批本件，请另选审批人")


def _concluded(petition: Petition, concluded_id: int | None, *, by: Staff) -> Petition | None:
    """Return the petition of the same matter that was closed before, on which 不再受理 stands."""
    if concluded_id is None:
        return None
    ended = [State.CLOSED.value, State.ARCHIVED.value]
    found = Petition.objects.visible_to(by).filter(pk=concluded_id, state__in=ended).exclude(pk=petition.pk).first()
    if found is None:
        raise Refusal("disposition.concluded_unknown", "所指原件没有找到，或尚未办结，不能据以不再受理")
    return found
