"""Jobs about attachments: that what was stored is still what was uploaded."""

from datetime import datetime, timedelta

import dramatiq
from django.db import transaction
from django.db.models import F, Q

from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import attachments
from huiyin.county.registry.models import Attachment
from huiyin.kernel.refusal import Refusal

from . import inbox

AT_ONCE = 200
KNOWN_FOR = timedelta(days=1)


@dramatiq.actor(actor_name="attachments.check", throws=Refusal)
def check(*, county: str, key: str, at: str, entry_id: int, **_later: object) -> None:
    """核对附件: hash a new attachment's stored file for the first time."""
    del county
    moment = datetime.fromisoformat(at)
    with transaction.atomic():
        if not inbox.is_first(key, at=moment):
            return
        attachments.recheck(attachment_id=Entry.objects.get(pk=entry_id).subject_id, at=moment)


@dramatiq.actor(actor_name="attachments.sweep", throws=Refusal)
def sweep(*, county: str, at: str, **_later: object) -> None:
    """核对附件: hash again those whose last check lies longest back, some at a time."""
    del county
    moment = datetime.fromisoformat(at)
    waiting = Attachment.objects.filter(Q(checked_at=None) | Q(checked_at__lt=moment - KNOWN_FOR))
    oldest = waiting.order_by(F("checked_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)
    for attachment_id in list(oldest[:AT_ONCE]):
        attachments.recheck(attachment_id=attachment_id, at=moment)
