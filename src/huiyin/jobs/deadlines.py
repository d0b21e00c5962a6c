"""Jobs about due dates."""

from datetime import datetime

import dramatiq

from huiyin.county.assignment import provisional
from huiyin.kernel.refusal import Refusal


@dramatiq.actor(actor_name="deadlines.recompute", throws=Refusal)
def recompute(*, county: str, at: str, **_later: object) -> None:
    """重算期限: count every provisional due date of the office again by the calendar as it is now."""
    del county
    provisional.recount(at=datetime.fromisoformat(at))
