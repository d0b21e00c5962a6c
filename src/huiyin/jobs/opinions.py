"""Jobs about 审议意见: telling the unit and the office, and reminding both of what is owed."""

from datetime import datetime

import dramatiq

from huiyin.county.journal.models import Entry
from huiyin.county.supervision import opinion_reminders
from huiyin.county.supervision.opinion_models import Opinion
from huiyin.kernel.refusal import Refusal

OPINION = "/supervision/opinions/{opinion_id}/"


def _opinion(entry_id: int) -> Opinion:
    """Return the opinion that an event is about."""
    entry = Entry.objects.get(pk=entry_id)
    return Opinion.objects.select_related("unit").get(pk=entry.subject_id)


@dramatiq.actor(actor_name="opinions.tell_unit", throws=Refusal)
def tell_unit(*, county: str, key: str, at: str, entry_id: int, **_later: object) -> None:
    """通知单位: an opinion was sent to it, or its answer was reviewed."""
    del county
    opinion_reminders.tell_unit(_opinion(entry_id), key=key, at=datetime.fromisoformat(at), href=OPINION)


@dramatiq.actor(actor_name="opinions.tell_office", throws=Refusal)
def tell_office(*, county: str, key: str, at: str, entry_id: int, **_later: object) -> None:
    """通知信访办: a unit answered."""
    del county
    opinion_reminders.tell_office(_opinion(entry_id), key=key, at=datetime.fromisoformat(at), href=OPINION)


@dramatiq.actor(actor_name="opinions.remind", throws=Refusal)
def remind(*, county: str, at: str, **_later: object) -> None:
    """提醒审议意见: answers owed, soon or late, and opinions that should have been sent."""
    del county
    opinion_reminders.remind(at=datetime.fromisoformat(at), href=OPINION)
