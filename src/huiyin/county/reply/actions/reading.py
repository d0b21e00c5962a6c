"""Writer of read receipts: 信访人在网上查看答复 (DOMAIN §7, M4)."""

from datetime import datetime

from django.db import transaction

from huiyin.county.journal import actions as journal
from huiyin.county.registry.models import Petition
from huiyin.county.reply.models import Delivery, Reply
from huiyin.county.reply.states import Method
from huiyin.kernel.refusal import Refusal

PROOF = "信访人凭查询码在网上打开"


@transaction.atomic
def open_on_page(*, reply_id: int, petition_id: int, at: datetime) -> Delivery:
    """查看答复: the petitioner, known by the query code, opens an answer; the first time is a delivery with proof."""
    petition = Petition.objects.select_for_update(of=("self",)).get(pk=petition_id)
    written = Reply.objects.filter(pk=reply_id, petition=petition).first()
    if written is None:
        raise Refusal("reply.unknown", "没有这份答复")
    known = written.deliveries.filter(recorded_by=None).first()
    if known is not None:
        return known
    delivery = Delivery.objects.create(
        reply=written,
        method=Method.PAGE.value,
        delivered_at=at,
        recipient=petition.petitioner.name,
        proof=PROOF,
        recorded_at=at,
        recorded_by=None,
    )
    journal.record(
        "reply.delivered",
        subject=delivery,
        petition_id=petition.pk,
        by=None,
        by_name=journal.PETITIONER,
        at=at,
        method=delivery.method,
        delivered_at=delivery.delivered_at,
        proof=delivery.proof,
        kind=written.kind,
    )
    return delivery
