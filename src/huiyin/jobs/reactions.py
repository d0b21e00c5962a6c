"""What happens next: each event with the jobs that follow it. The map of the background half."""

from collections.abc import Mapping
from typing import Any

from dramatiq import Actor

from huiyin.county.journal import actions as journal
from huiyin.county.journal.models import Entry

from . import attachments, messages, numbers

Reaction = tuple[Actor[Any, Any], ...]
NOTHING: Reaction = ()

REACTIONS: Mapping[str, Reaction] = {
    "receipt.taken": NOTHING,
    "receipt.marked_not_petition": NOTHING,
    "receipt.seconded_not_petition": NOTHING,
    "petition.registered": NOTHING,
    "petition.read": NOTHING,
    "petition.classified": NOTHING,
    "petition.disposed": NOTHING,
    "petition.closed": NOTHING,
    "petition.evaluated": NOTHING,
    "petition.voided": NOTHING,
    "petition.revealed": NOTHING,
    "attachment.added": (attachments.check,),
    "attachment.checked": NOTHING,
    "assignment.issued": NOTHING,
    "assignment.signed": NOTHING,
    "assignment.reported": NOTHING,
    "assignment.returned": NOTHING,
    "assignment.verified": NOTHING,
    "reply.written": NOTHING,
    "reply.delivered": NOTHING,
    "deadline.recomputed": NOTHING,
    "deadline.confirmed": NOTHING,
    "ledger.checked": NOTHING,
    "ledger.started": NOTHING,
    "ledger.imported": NOTHING,
    "period.reported": (numbers.push,),
}


def react(entry: Entry) -> None:
    """Send the jobs that follow an entry, in its transaction; what an import takes over is followed by none."""
    if "import_run" in entry.values:
        return
    for actor in REACTIONS.get(entry.event, NOTHING):
        messages.send(actor, name=str(entry.pk), at=entry.recorded_at, entry_id=entry.pk)


def connect() -> None:
    """Let the journal tell of every new entry."""
    journal.on_record(react)
