"""Questions to the receipts: what arrived, what waits, and what of it this person may read."""

from collections.abc import Iterable

from django.db.models import QuerySet

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import READS_PETITIONS
from huiyin.county.registry.models import Petition
from huiyin.county.registry.querysets import barred_for
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Confidentiality


def listed_receipts(by: Staff) -> QuerySet[Receipt]:
    """Return the receipts, the newest first, without those of petitions that do not exist for this person."""
    rows = Receipt.objects.exclude(barred_for(by, way="petitions__"))
    return rows.order_by("-received_on", "-id").select_related("taken_by").prefetch_related("petitions")


def waiting_receipts(by: Staff) -> QuerySet[Receipt]:
    """Return what waits for registration: the urgent first, then by the day it is due."""
    rows = listed_receipts(by).filter(petitions=None, not_petition_seconded_by=None)
    return rows.order_by("-is_urgent", "register_due_on", "id")


def next_waiting(by: Staff, *, after: int) -> Receipt | None:
    """Return the receipt that is registered next, once this one is."""
    return waiting_receipts(by).exclude(pk=after).first()


def is_open_to(receipt: Receipt, by: Staff) -> bool:
    """Return whether this person may read every petition that came of a receipt, and so all that was noted of it."""
    return {petition.pk for petition in receipt.petitions.all()} <= readable([receipt], by)


def readable(receipts: Iterable[Receipt], by: Staff) -> set[int]:
    """Return which of these receipts' petitions this person may read; the mail room reads none, and knows its mail."""
    ids = [petition.pk for receipt in receipts for petition in receipt.petitions.all()]
    if not ids:
        return set()
    rows = Petition.objects.filter(pk__in=ids)
    if by.role_set & READS_PETITIONS:
        rows = rows.visible_to(by)
    else:
        rows = rows.filter(confidentiality=Confidentiality.ORDINARY.value).exclude(barred_for(by))
    return set(rows.values_list("pk", flat=True))
