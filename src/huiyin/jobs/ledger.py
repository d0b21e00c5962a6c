"""Jobs about ledgers: carrying an import out behind the screen."""

from datetime import datetime

import dramatiq

from huiyin.accounts.models import Staff
from huiyin.county.ledger import actions
from huiyin.kernel.refusal import Refusal

LONGEST_MILLISECONDS = 60 * 60 * 1000


@dramatiq.actor(actor_name="ledger.carry_out", throws=Refusal, time_limit=LONGEST_MILLISECONDS)
def carry_out(*, county: str, key: str, at: str, run_id: int, by_id: int, **_later: object) -> None:
    """正式导入: write the rows that a dry run accepted; a second delivery goes on where the first one stopped."""
    del county, key
    actions.carry_out(run_id=run_id, by=Staff.objects.get(pk=by_id), at=datetime.fromisoformat(at))
