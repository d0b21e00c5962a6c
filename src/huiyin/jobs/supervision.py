"""Jobs about supervision: what an activity is waiting for."""

from datetime import datetime

import dramatiq

from huiyin.county.supervision import reminders
from huiyin.kernel.refusal import Refusal

ACTIVITY = "/supervision/activities/{activity_id}/"


@dramatiq.actor(actor_name="supervision.remind", throws=Refusal)
def remind(*, county: str, at: str, **_later: object) -> None:
    """提醒监督活动: starts, ends, month ends, and the report that is owed after three months."""
    del county
    reminders.remind(at=datetime.fromisoformat(at), href=ACTIVITY)
