"""Jobs about papers: writing what an event asks for."""

from datetime import datetime

import dramatiq
from django.db import transaction

from huiyin.county.journal.models import Entry
from huiyin.documents import writing
from huiyin.kernel.refusal import Refusal

from . import inbox


@dramatiq.actor(actor_name="documents.write", throws=Refusal)
def write(*, county: str, key: str, at: str, entry_id: int, **_later: object) -> None:
    """制作文书: write the letter, notice or record that follows an event."""
    del county
    moment = datetime.fromisoformat(at)
    with transaction.atomic():
        if inbox.is_first(key, at=moment):
            writing.write_after(Entry.objects.get(pk=entry_id), at=moment)
