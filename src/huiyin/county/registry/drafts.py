"""草稿: what a clerk has typed of a registration, kept until it is sent.

A writer below the actions, like the clocks: a draft is no act, the journal does not tell of it. What is sealed is never
kept: a draft that turns out to be an accusation is thrown away.
"""

from collections.abc import Mapping
from datetime import datetime

from huiyin.accounts.models import Staff
from huiyin.kernel.refusal import Refusal

from . import rules
from .intake_models import Draft
from .models import Petition
from .receipt_models import Receipt
from .states import Confidentiality

VALUES_LIMIT = 60
TEXT_LIMIT = 20_000


def keep(
    *, receipt_id: int, values: Mapping[str, str], by: Staff, at: datetime, is_split: bool = False
) -> Draft | None:
    """Keep what this person has typed for a receipt; None where nothing is kept: sealed, empty, or registered."""
    rules.check_may_register(by)
    receipt = Receipt.objects.filter(pk=receipt_id).first()
    if receipt is None:
        raise Refusal("receipt.unknown", "没有这份收件")
    is_sealed = values.get("confidentiality", Confidentiality.ORDINARY.value) != Confidentiality.ORDINARY.value
    kept = {name: text for name, text in values.items() if text.strip()}
    is_late = Petition.objects.counted().filter(receipt=receipt).exists() and not is_split
    if is_sealed or is_late or not kept:
        Draft.objects.filter(receipt_id=receipt_id, staff=by).delete()
        return None
    if len(kept) > VALUES_LIMIT or sum(map(len, kept.values())) > TEXT_LIMIT:
        raise Refusal("draft.too_large", "内容太长，不能自动保存；请直接登记")
    draft, _ = Draft.objects.update_or_create(
        receipt_id=receipt_id, staff=by, defaults={"values": kept, "saved_at": at}
    )
    return draft


def of(*, receipt_id: int, by: Staff) -> Draft | None:
    """Return what this person has typed for a receipt, and nobody else's."""
    return Draft.objects.filter(receipt_id=receipt_id, staff=by).first()


def drop(receipt: Receipt) -> None:
    """Throw away whatever anybody has typed for a receipt: it is registered, or is no petition."""
    Draft.objects.filter(receipt=receipt).delete()
