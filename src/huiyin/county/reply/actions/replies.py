"""Writers of answers: 答复, 送达, 办结."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import clocks, holding, importance, numbers, standing
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import PetitionerKind, State
from huiyin.county.reply import rules
from huiyin.county.reply.models import Delivery, Reply
from huiyin.county.reply.states import FINAL, Method, ReplyKind
from huiyin.kernel.refusal import Refusal

SERIES = "复"
# 存查 and 并入 are closed without an answer of their own: nobody to answer, or the main petition's answer.
CLOSED_WITHOUT_ANSWER = frozenset({State.FILED, State.MERGED})


@transaction.atomic
def reply(*, petition_id: int, kind: ReplyKind, text: str, by: Staff, at: datetime, signed_by_unit: str = "") -> Reply:
    """答复: write the answer; a final one moves the petition on, a receipt notice does not."""
    petition = petitions.locked(petition_id, by=by)
    rules.check_may_reply(by)
    rules.check_reply(text)
    if kind in FINAL:
        petitions.move(petition, State.REPLIED, at=at)
        standing.settle(petition, at=at)
    number = numbers.take(SERIES, at=at)
    written = Reply.objects.create(
        petition=petition,
        kind=kind.value,
        number=number.text,
        text=text.strip(),
        replied_at=at,
        replied_by=by,
        signed_by_unit=signed_by_unit.strip(),
    )
    holding.keep(written, by=by)
    journal.record(
        "reply.written",
        subject=written,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=kind.value,
        number=written.number,
        text=written.text,
        state=petition.state,
    )
    return written


def _locked(reply_id: int, *, by: Staff) -> tuple[Reply, Petition]:
    """Lock an answer with its petition, which is locked first."""
    held = holding.held_row(Reply, reply_id, by=by)
    if held is not None:
        return held, petitions.locked(held.petition_id, by=by)
    petition_id = Reply.objects.filter(pk=reply_id).values_list("petition_id", flat=True).first()
    if petition_id is None:
        raise Refusal("reply.unknown", "没有这份答复")
    petition = petitions.locked(petition_id, by=by)
    return Reply.objects.select_for_update().get(pk=reply_id), petition


@transaction.atomic
def deliver(
    *,
    reply_id: int,
    method: Method,
    delivered_at: datetime,
    proof: str,
    by: Staff,
    at: datetime,
    recipient: str = "",
    attachment_id: int | None = None,
) -> Delivery:
    """送达: record when and how the answer reached the petitioner, and what proves it."""
    written, petition = _locked(reply_id, by=by)
    rules.check_may_reply(by)
    rules.check_delivery(proof=proof, delivered_at=delivered_at, replied_at=written.replied_at, at=at)
    rules.check_may_be_undeliverable(
        method, is_named=petition.petitioner.kind == PetitionerKind.NAMED.value, proof=proof
    )
    if attachment_id is not None and not petition.attachments.filter(pk=attachment_id).exists():
        raise Refusal("reply.attachment_unknown", "凭证附件不属于本件")
    delivery = Delivery.objects.create(
        reply=written,
        method=method.value,
        delivered_at=delivered_at,
        recipient=recipient.strip(),
        proof=proof.strip(),
        attachment_id=attachment_id,
        recorded_at=at,
        recorded_by=by,
    )
    holding.made(delivery, of=petition)
    journal.record(
        "reply.delivered",
        subject=delivery,
        petition_id=petition.pk,
        by=by,
        at=at,
        method=method.value,
        delivered_at=delivered_at,
        proof=delivery.proof,
        kind=written.kind,
    )
    return delivery


@transaction.atomic
def close(*, petition_id: int, by: Staff, at: datetime, version: int | None = None) -> Petition:
    """办结: close a petition whose answer was delivered."""
    petition = petitions.locked(petition_id, by=by, version=version)
    rules.check_may_close(by)
    importance.check_may_settle(by, petition, act="办结")
    deliveries = holding.belonging(petition, Delivery.objects.filter(reply__petition=petition).select_related("reply"))
    delivered = any(ReplyKind(delivery.reply.kind) in FINAL for delivery in deliveries)
    rules.check_close(is_delivered=delivered, needs_delivery=_needs_delivery(petition))
    petition.closed_at, petition.closed_by = at, by
    petitions.move(petition, State.CLOSED, "closed_at", "closed_by", at=at)
    clocks.stop_all(petition, at=at)
    journal.record("petition.closed", subject=petition, petition_id=petition.pk, by=by, at=at, state=petition.state)
    return petition


def _needs_delivery(petition: Petition) -> bool:
    """Return whether somebody has to be answered first; of what went sealed, the receiver's slip must be back."""
    state = State(petition.state)
    if state is not State.TRANSFERRED_SEALED:
        return state not in CLOSED_WITHOUT_ANSWER
    rules.check_slip(has_slip=petition.assignments.filter(signed_at__isnull=False).exists())
    return petition.petitioner.kind == PetitionerKind.NAMED.value
