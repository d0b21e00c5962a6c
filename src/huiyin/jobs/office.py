"""Jobs about the office's own affairs."""

from datetime import datetime

import dramatiq

from huiyin.county.office import reminders
from huiyin.kernel.refusal import Refusal

HEARINGS = "/office/hearings/"


@dramatiq.actor(actor_name="office.remind_of_hearing", throws=Refusal)
def remind_of_hearing(*, county: str, at: str, **_later: object) -> None:
    """提醒年度听取: tell the head, from 1 October on, while nobody has heard the year's petition work."""
    del county
    reminders.remind_of_hearing(at=datetime.fromisoformat(at), href=HEARINGS)
