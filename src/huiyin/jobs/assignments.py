"""Jobs about what units were given."""

from datetime import datetime

import dramatiq

from huiyin.county.assignment import unsigned
from huiyin.kernel.refusal import Refusal


@dramatiq.actor(actor_name="assignments.deem_received", throws=Refusal)
def deem_received(*, county: str, at: str, **_later: object) -> None:
    """视为收到: note what nobody signed in its days, and let objections lapse whose last day is over."""
    del county
    moment = datetime.fromisoformat(at)
    unsigned.note(at=moment)
    unsigned.let_lapse(at=moment)
