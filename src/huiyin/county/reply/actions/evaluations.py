"""Writers of evaluations and of what follows from them: 满意度评价, 申请重新办理, 决定."""

from datetime import datetime
from typing import TypedDict

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import notifications
from huiyin.county.office.states import NotificationKind
from huiyin.county.registry import holding
from huiyin.county.registry.actions import petitions, receipts, secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Channel, Confidentiality, PetitionerKind, State
from huiyin.county.reply import rules
from huiyin.county.reply.models import Evaluation, ReopenRequest
from huiyin.county.reply.states import ReopenGround, ReopenState, Satisfaction
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal


@transaction.atomic
def evaluate(*, petition_id: int, satisfaction: Satisfaction, by: Staff, at: datetime, reason: str = "") -> Evaluation:
    """满意度评价: record by an office call what the petitioner thinks, once per closing."""
    petition = petitions.locked(petition_id, by=by)
    rules.check_may_reply(by)
    evaluation = _evaluated(petition, satisfaction, reason, by=by, at=at)
    journal.record("petition.evaluated", subject=evaluation, petition_id=petition.pk, by=by, at=at, **_told(evaluation))
    return evaluation


@transaction.atomic
def evaluate_own(*, petition_id: int, satisfaction: Satisfaction, at: datetime, reason: str = "") -> Evaluation:
    """满意度评价: the petitioner, known by number and query code, says it on the query page, once per closing."""
    petition = Petition.objects.select_for_update(of=("self",)).get(pk=petition_id)
    evaluation = _evaluated(petition, satisfaction, reason, by=None, at=at)
    if satisfaction is Satisfaction.DISSATISFIED:
        notifications.notify(
            key=f"evaluation:{evaluation.pk}",
            to=[petition.keeper],
            kind=NotificationKind.FROM_PETITIONER,
            words=f"信访人对 {petition.number} 评价不满意，请决定是否重新办理",
            at=at,
            petition_id=petition.pk,
            href=f"/petitions/{petition.pk}/",
        )
    journal.record(
        "petition.evaluated",
        subject=evaluation,
        petition_id=petition.pk,
        by=None,
        by_name=journal.PETITIONER,
        at=at,
        **_told(evaluation),
    )
    return evaluation


def _evaluated(
    petition: Petition, satisfaction: Satisfaction, reason: str, *, by: Staff | None, at: datetime
) -> Evaluation:
    """Write the evaluation down; dissatisfaction asks the office to take the matter up again."""
    rules.check_evaluation(satisfaction, reason)
    if State(petition.state) not in rules.ANSWERED:
        raise Refusal("evaluation.too_early", "答复之后才能评价")
    if holding.belonging(petition, petition.evaluations.all()):
        raise Refusal("evaluation.done_already", "本件已经评价过")
    evaluation = Evaluation.objects.create(
        petition=petition,
        satisfaction=satisfaction.value,
        reason=reason.strip(),
        evaluated_at=at,
        recorded_by=by,
    )
    holding.made(evaluation, of=petition)
    # What an old ledger tells is over; a request that waits already is decided once.
    is_new = petition.source_number is None and not _is_asked(petition)
    if satisfaction is Satisfaction.DISSATISFIED and is_new:
        _ask(petition, ReopenGround.DISSATISFIED, reason, evaluation=evaluation, by=by, at=at)
    return evaluation


class Told(TypedDict):
    """What the journal tells of an evaluation."""

    satisfaction: str
    reason: str
    reopening_asked: bool


def _told(evaluation: Evaluation) -> Told:
    return {
        "satisfaction": evaluation.satisfaction,
        "reason": evaluation.reason,
        "reopening_asked": ReopenRequest.objects.filter(evaluation=evaluation).exists(),
    }


def _is_asked(petition: Petition) -> bool:
    return petition.reopen_requests.filter(state=ReopenState.ASKED.value).exists()


def _ask(
    petition: Petition,
    ground: ReopenGround,
    words: str,
    *,
    evaluation: Evaluation | None,
    by: Staff | None,
    at: datetime,
) -> ReopenRequest:
    return ReopenRequest.objects.create(
        petition=petition,
        evaluation=evaluation,
        ground=ground.value,
        words=words.strip(),
        asked_at=at,
        asked_by=by,
    )


@transaction.atomic
def ask_reopening(*, petition_id: int, ground: ReopenGround, words: str, by: Staff, at: datetime) -> ReopenRequest:
    """申请重新办理: write down, for the petitioner who called or came, what speaks for taking the matter up again."""
    petition = petitions.locked(petition_id, by=by)
    rules.check_may_reply(by)
    rules.check_reopening_asked(words, State(petition.state), ground, is_asked=_is_asked(petition))
    request = _ask(petition, ground, words, evaluation=None, by=by, at=at)
    journal.record(
        "reopening.asked",
        subject=request,
        petition_id=petition.pk,
        by=by,
        at=at,
        ground=ground.label,
        words=request.words,
    )
    return request


@transaction.atomic
def agree_to_reopen(*, request_id: int, decision: str, by: Staff, at: datetime) -> ReopenRequest:
    """重新办理: take the matter up again as a new petition, with a number and clocks of its own."""
    request, petition = _locked(request_id, by=by)
    rules.check_reopening_decided(decision, state=ReopenState(request.state))
    reopened = _taken_up_again(petition, request, by=by, at=at)
    request.state, request.reopened_as = ReopenState.AGREED.value, reopened
    request.decision, request.decided_at, request.decided_by = decision.strip(), at, by
    request.save(update_fields=["state", "reopened_as", "decision", "decided_at", "decided_by"])
    journal.record(
        "reopening.agreed",
        subject=request,
        petition_id=petition.pk,
        by=by,
        at=at,
        decision=request.decision,
        number=reopened.number,
    )
    return request


@transaction.atomic
def refuse_to_reopen(*, request_id: int, decision: str, by: Staff, at: datetime) -> ReopenRequest:
    """不重新办理: the result stands, for reasons that are on record."""
    request, petition = _locked(request_id, by=by)
    rules.check_reopening_decided(decision, state=ReopenState(request.state))
    request.state = ReopenState.REFUSED.value
    request.decision, request.decided_at, request.decided_by = decision.strip(), at, by
    request.save(update_fields=["state", "decision", "decided_at", "decided_by"])
    journal.record(
        "reopening.refused", subject=request, petition_id=petition.pk, by=by, at=at, decision=request.decision
    )
    return request


def _locked(request_id: int, *, by: Staff) -> tuple[ReopenRequest, Petition]:
    petition_id = ReopenRequest.objects.filter(pk=request_id).values_list("petition_id", flat=True).first()
    if petition_id is None:
        raise Refusal("reopening.unknown", "没有这项申请")
    petition = petitions.locked(petition_id, by=by)
    rules.check_may_decide_reopening(by)
    return ReopenRequest.objects.select_for_update(of=("self",)).get(pk=request_id), petition


def _taken_up_again(petition: Petition, request: ReopenRequest, *, by: Staff, at: datetime) -> Petition:
    """Return a new petition on the same matter: what the petitioner said anew arrived today, by phone or on the web."""
    person = petition.petitioner
    receipt = receipts.take_receipt(
        channel=Channel.WEB if request.asked_by_id is None else Channel.PHONE,
        received_on=local_day(at),
        sender=person.name,
        note=f"{petition.number}重新办理",
        by=by,
        at=at,
    )
    registration = Registration(
        summary=petition.summary,
        petitioner_kind=PetitionerKind(person.kind),
        name=person.name,
        identity_number=person.identity_number,
        phone=person.phone,
        address=person.address,
        content=request.words,
        place=petition.place,
        claims=tuple(petition.claims.order_by("position").values_list("text", flat=True)),
        confidentiality=Confidentiality(petition.confidentiality),
    )
    reopened = petitions.register(receipt_id=receipt.pk, registration=registration, by=by, at=at).petition
    reopened.matter, reopened.reopened_from = petition.matter, petition
    reopened.named_leader = petition.named_leader
    petitions.save(reopened, "matter", "reopened_from", "named_leader")
    secrecy.keep_away(reopened, whoever_of=petition)
    secrecy.stay_accused(reopened, whoever_of=petition)
    return reopened
