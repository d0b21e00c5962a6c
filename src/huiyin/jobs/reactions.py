"""What happens next: each event with the jobs that follow it. The map of the background half."""

from collections.abc import Mapping
from typing import Any

from dramatiq import Actor

from huiyin.county.journal import actions as journal
from huiyin.county.journal.models import Entry

from . import attachments, documents, messages, numbers, oversight

Reaction = tuple[Actor[Any, Any], ...]
NOTHING: Reaction = ()

REACTIONS: Mapping[str, Reaction] = {
    "receipt.taken": NOTHING,
    "receipt.submitted": NOTHING,
    "receipt.marked_urgent": NOTHING,
    "receipt.urgent_reported": NOTHING,
    "receipt.urgent_report_finished": NOTHING,
    "receipt.marked_not_petition": NOTHING,
    "receipt.seconded_not_petition": NOTHING,
    "petition.registered": NOTHING,
    "petition.read": NOTHING,
    "petition.classified": NOTHING,
    "petition.repeated": (oversight.remind,),
    "petition.classification_reviewed": NOTHING,
    "petition.reclassified": NOTHING,
    "petition.disposed": (documents.write,),
    "petition.closed": NOTHING,
    "petition.evaluated": NOTHING,
    "reopening.asked": NOTHING,
    "reopening.agreed": NOTHING,
    "reopening.refused": NOTHING,
    "petition.archived": NOTHING,
    "petition.voided": NOTHING,
    "petition.revealed": NOTHING,
    "petition.handed_over": NOTHING,
    "petition.sealed": NOTHING,
    "petition.accused_added": NOTHING,
    "petition.unsealed": NOTHING,
    "petition.leader_named": NOTHING,
    "petition.recused": NOTHING,
    "petition.kept_by_number": NOTHING,
    "attachment.added": (attachments.check,),
    "supplement.given": NOTHING,
    "supplement.passed_on": NOTHING,
    "attachment.checked": NOTHING,
    "instruction.put": NOTHING,
    "instruction.read": NOTHING,
    "instruction.written": (documents.write,),
    "instruction.recorded": (documents.write,),
    "instruction.carried_out": (documents.write,),
    "instruction.withdrawn": NOTHING,
    "instruction.refused": NOTHING,
    "reception_day.added": NOTHING,
    "reception_day.changed": NOTHING,
    "reception_day.cancelled": NOTHING,
    "booking.made": NOTHING,
    "booking.cancelled": NOTHING,
    "booking.told": NOTHING,
    "reception.signed_in": NOTHING,
    "reception.called": NOTHING,
    "reception.put_back": NOTHING,
    "reception.handed_over": NOTHING,
    "reception.left": NOTHING,
    "reception.interviewed": (documents.write,),
    "reception.registered": (documents.write,),
    "assignment.issued": (documents.write,),
    "petition.proposed": NOTHING,
    "petition.split": NOTHING,
    "proposal.approved": NOTHING,
    "proposal.sent_back": NOTHING,
    "act.refused": NOTHING,
    "assignment.lead_changed": (documents.write,),
    "assignment.withdrawn": (documents.write,),
    "assignment.signed": NOTHING,
    "assignment.reported": (documents.write,),
    "assignment.returned": (documents.write,),
    "assignment.verified": NOTHING,
    "assignment.deemed_received": NOTHING,
    "objection.raised": NOTHING,
    "objection.refused": NOTHING,
    "objection.upheld": (documents.write,),
    "objection.put_to_adjudicator": NOTHING,
    "objection.adjudicated": (documents.write,),
    "notice.given": NOTHING,
    "progress.reported": NOTHING,
    "extension.asked": NOTHING,
    "extension.approved": (documents.write,),
    "extension.refused": NOTHING,
    "extension.told": NOTHING,
    "report.drafted": NOTHING,
    "reply.written": (documents.write,),
    "reply.delivered": (documents.write,),
    "deadline.recomputed": NOTHING,
    "deadline.confirmed": NOTHING,
    "account.opened": NOTHING,
    "account.changed": NOTHING,
    "account.disabled": NOTHING,
    "account.enabled": NOTHING,
    "account.password_reset": NOTHING,
    "account.signed_out": NOTHING,
    "account.password_changed": NOTHING,
    "token.issued": NOTHING,
    "token.revoked": NOTHING,
    "unit.added": NOTHING,
    "unit.changed": NOTHING,
    "unit.deactivated": NOTHING,
    "unit.reactivated": NOTHING,
    "leading_group.joined": NOTHING,
    "leading_group.left": NOTHING,
    "contact.published": NOTHING,
    "training.held": NOTHING,
    "training.corrected": NOTHING,
    "hearing.held": NOTHING,
    "hearing.corrected": NOTHING,
    "regulation.added": NOTHING,
    "regulation.corrected": NOTHING,
    "document.written": NOTHING,
    "document.printed": NOTHING,
    "document.voided": NOTHING,
    "oversight.issued": (documents.write,),
    "oversight.concluded": NOTHING,
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
