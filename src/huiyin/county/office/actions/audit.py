"""Writers of the audit log: what was tried and refused because it must never happen (DOMAIN §4)."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal


@transaction.atomic
def refused(*, code: str, words: str, path: str, petition_id: int | None, by: Staff, at: datetime) -> None:
    """Write down which rule refused what to whom; the attempt itself was rolled back, so this is an act of its own."""
    journal.record("act.refused", subject=by, petition_id=petition_id, by=by, at=at, code=code, words=words, path=path)
