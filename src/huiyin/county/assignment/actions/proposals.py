"""Writers of proposals: 拟办, 批准办理, 退回重拟."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from pydantic import TypeAdapter

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Proposal
from huiyin.county.assignment.rules import assignments as letter_rules
from huiyin.county.assignment.rules import dispositions as rules
from huiyin.county.assignment.rules.dispositions import Ending, Giving
from huiyin.county.assignment.states import TO_A_UNIT, DispositionKind, ProposalState
from huiyin.county.journal import actions as journal
from huiyin.county.office import notifications
from huiyin.county.office.models import Unit
from huiyin.county.office.states import Branch, NotificationKind
from huiyin.county.registry import standing
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality, State
from huiyin.kernel.refusal import Refusal

from .dispositions import assign, decide_here, transfer_sealed
from .letters import check_receiver, nature_of, unit_of

GIVING: TypeAdapter[Giving] = TypeAdapter(Giving)
ENDING: TypeAdapter[Ending] = TypeAdapter(Ending)


@transaction.atomic
def propose(
    *,
    petition_id: int,
    kind: DispositionKind,
    what: Giving | Ending,
    by: Staff,
    at: datetime,
    version: int | None = None,
) -> Proposal:
    """拟办: propose a disposition with reason and legal basis; a head or leader decides it."""
    petition = petitions.locked(petition_id, by=by, version=version)
    rules.check_may_dispose(by)
    rules.check_kind(kind, nature_of(petition))
    rules.check_proposal(reason=what.reason, basis=what.basis)
    if isinstance(what, Giving):
        unit = _check_giving(petition, kind, what, by=by, at=at)
        details = GIVING.dump_python(what, mode="json")
    else:
        unit = None
        _check_ending(kind, what)
        details = ENDING.dump_python(what, mode="json")
    petitions.move(petition, State.PROPOSED, at=at)
    proposal = Proposal.objects.create(
        petition=petition,
        kind=kind.value,
        state=ProposalState.PENDING.value,
        reason=what.reason.strip(),
        basis=what.basis.strip(),
        unit=unit,
        details=details,
        proposed_at=at,
        proposed_by=by,
    )
    standing.settle(petition, at=at)
    _tell(
        proposal,
        deciders_of(petition, besides=by),
        words=f"信访件 {petition.number} 拟{kind.label}，待审批",
        kind=NotificationKind.OFFICE,
        at=at,
    )
    journal.record(
        "petition.proposed",
        subject=proposal,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=kind.value,
        kind_label=kind.label,
        reason=proposal.reason,
        basis=proposal.basis,
        unit=unit.code if unit else None,
        unit_name=unit.name if unit else None,
        state=petition.state,
    )
    return proposal


def _check_giving(petition: Petition, kind: DispositionKind, what: Giving, *, by: Staff, at: datetime) -> Unit:
    """Refuse now what could not be carried out later; return the unit."""
    nature, unit = nature_of(petition), unit_of(what.unit_code)
    if kind is DispositionKind.SEALED_TRANSFER:
        rules.check_may_transfer_sealed(by)
        confidentiality = Confidentiality(petition.confidentiality)
        rules.check_sealed_receiver(Branch(unit.branch), is_active=unit.is_active, confidentiality=confidentiality)
    else:
        rules.check_goes_to_a_unit(kind)
        branch = Branch(unit.branch)
        rules.check_unit(kind, branch=branch, is_active=unit.is_active, intake_mode=nature.intake_mode)
        rules.check_judicial(kind, branch=branch, procedure=what.procedure, nature=nature)
        letter_rules.check_redacted(is_confirmed=what.redaction_confirmed, taken_over=False)
    if what.is_simple:
        units = 1 + len(what.co_handlers)
        rules.check_simple(nature, kind=kind, units=units, is_refusal_likely=what.is_refusal_likely)
    letter_rules.check_due_on(what.due_on, at=at)
    letter_rules.check_handler(what.handler_name)
    check_receiver(petition, unit, what.handler_name)
    for further in what.co_handlers:
        check_receiver(petition, unit_of(further.unit_code), further.handler_name)
    return unit


def _check_ending(kind: DispositionKind, what: Ending) -> None:
    """Refuse what the decision will lack; the second reader's note of 存查 is written when it is decided."""
    if kind in TO_A_UNIT:
        raise Refusal("disposition.needs_a_unit", f"{kind.label}须选择承办单位")
    rules.check_guidance(kind, what.competent_organ)
    if kind is not DispositionKind.FILED:
        rules.check_ending(kind, what, taken_over=False)


def deciders_of(petition: Petition, *, besides: Staff) -> list[Staff]:
    """Return who may decide a proposal for this petition: heads and leaders who may see it, but not its proposer."""
    roles = [role.value for role in rules.DECIDERS]
    people = Staff.objects.filter(roles__overlap=roles, is_active=True).exclude(pk=besides.pk).order_by("pk")
    return [one for one in people if Petition.objects.visible_to(one).filter(pk=petition.pk).exists()]


def _tell(proposal: Proposal, to: Iterable[Staff], *, words: str, kind: NotificationKind, at: datetime) -> None:
    notifications.notify(
        key=f"proposal.{proposal.state}:{proposal.pk}",
        to=to,
        kind=kind,
        words=words,
        at=at,
        petition_id=proposal.petition_id,
        href=f"/petitions/{proposal.petition_id}/",
    )


def _locked(proposal_id: int, *, by: Staff, version: int | None) -> tuple[Proposal, Petition]:
    """Lock a pending proposal with its petition, which is locked first."""
    found = Proposal.objects.filter(pk=proposal_id).values("petition_id").first()
    if found is None:
        raise Refusal("proposal.unknown", "没有这份拟办意见，或您无权查看")
    petition = petitions.locked(found["petition_id"], by=by, version=version)
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("proposed_by").get(pk=proposal_id)
    if proposal.state != ProposalState.PENDING.value:
        raise Refusal("proposal.decided_already", f"这份拟办意见{ProposalState(proposal.state).label}")
    return proposal, petition


def _decide(proposal: Proposal, state: ProposalState, *, words: str, by: Staff, at: datetime) -> None:
    rules.check_may_decide(by, by_id=by.pk, proposer_id=proposal.proposed_by_id)
    proposal.state, proposal.words = state.value, words.strip()
    proposal.decided_at, proposal.decided_by = at, by
    proposal.save(update_fields=["state", "words", "decided_at", "decided_by"])


@transaction.atomic
def approve(*, proposal_id: int, by: Staff, at: datetime, words: str = "", version: int | None = None) -> Proposal:
    """批准办理: a head or leader agrees, and the proposal is carried out at once.

    Of 存查 the words are the second reader's own note.
    """
    proposal, petition = _locked(proposal_id, by=by, version=version)
    _decide(proposal, ProposalState.CARRIED_OUT, words=words, by=by, at=at)
    is_reviewed = _review(petition, by=by, at=at)
    state = _carry_out(proposal, words=words, by=by, at=at)
    label = DispositionKind(proposal.kind).label
    _tell(
        proposal,
        [proposal.proposed_by],
        words=f"信访件 {petition.number} 拟{label}已经批准办理",
        kind=NotificationKind.DECIDED,
        at=at,
    )
    journal.record(
        "proposal.approved",
        subject=proposal,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=proposal.kind,
        kind_label=label,
        proposer=proposal.proposed_by.name,
        words=proposal.words,
        is_reviewed=is_reviewed,
        state=state,
    )
    return proposal


def _review(petition: Petition, *, by: Staff, at: datetime) -> bool:
    """Let whoever approves have reviewed the classification, too: it lies before them; never one's own."""
    if petition.classified_at is None or petition.classified_by_id == by.pk:
        return False
    if petition.classification_reviewed_at is None:
        petition.classification_reviewed_at, petition.classification_reviewed_by = at, by
        petitions.save(petition, "classification_reviewed_at", "classification_reviewed_by")
    return True


def _carry_out(proposal: Proposal, *, words: str, by: Staff, at: datetime) -> str:
    """Carry out what was proposed, decided by this person now; return where the petition stands then."""
    kind, petition_id = DispositionKind(proposal.kind), proposal.petition_id
    if kind not in TO_A_UNIT:
        ending = ENDING.validate_python(proposal.details, strict=False)
        disposition = decide_here(
            petition_id=petition_id,
            kind=kind,
            reason=ending.reason,
            basis=ending.basis,
            competent_organ=ending.competent_organ,
            procedure=ending.procedure,
            merged_into_id=ending.merged_into_id,
            concluded_id=ending.concluded_id,
            conclusion=ending.conclusion,
            second_note=words if kind is DispositionKind.FILED else ending.second_note,
            approver=by,
            approved=proposal,
            by=proposal.proposed_by,
            at=at,
        )
        return disposition.petition.state
    giving = GIVING.validate_python(proposal.details, strict=False)
    if kind is DispositionKind.SEALED_TRANSFER:
        return transfer_sealed(
            petition_id=petition_id,
            unit_code=giving.unit_code,
            handler_name=giving.handler_name,
            reason=giving.reason,
            basis=giving.basis,
            sent_by=giving.sent_by,
            approved=proposal,
            by=by,
            at=at,
        ).petition.state
    return assign(
        petition_id=petition_id,
        kind=kind,
        unit_code=giving.unit_code,
        handler_name=giving.handler_name,
        handler_phone=giving.handler_phone,
        instruction=giving.instruction,
        reason=giving.reason,
        basis=giving.basis,
        procedure=giving.procedure,
        due_on=giving.due_on,
        due_approver=by if giving.due_on else None,
        is_simple=giving.is_simple,
        is_refusal_likely=giving.is_refusal_likely,
        redaction_confirmed=giving.redaction_confirmed,
        sent_by=giving.sent_by,
        co_handlers=giving.co_handlers,
        attachment_ids=giving.attachment_ids,
        approved=proposal,
        by=by,
        at=at,
    ).petition.state


@transaction.atomic
def send_back(*, proposal_id: int, words: str, by: Staff, at: datetime, version: int | None = None) -> Proposal:
    """退回重拟: the head or leader does not agree and says what to change; the petition is 已归类 again."""
    proposal, petition = _locked(proposal_id, by=by, version=version)
    rules.check_sent_back(words)
    _decide(proposal, ProposalState.SENT_BACK, words=words, by=by, at=at)
    petitions.move(petition, State.CLASSIFIED, at=at)
    standing.settle(petition, at=at)
    _tell(
        proposal,
        [proposal.proposed_by],
        words=f"信访件 {petition.number} 的拟办意见退回重拟",
        kind=NotificationKind.DECIDED,
        at=at,
    )
    journal.record(
        "proposal.sent_back",
        subject=proposal,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=proposal.kind,
        kind_label=DispositionKind(proposal.kind).label,
        words=proposal.words,
        state=petition.state,
    )
    return proposal
