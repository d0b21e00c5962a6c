"""Jobs of hotspots: an early word of what rises within the year."""

from datetime import datetime

import dramatiq
from django.db import transaction

from huiyin.county.analysis import hotspots
from huiyin.kernel.refusal import Refusal

HOTSPOTS = "/analysis/hotspots/"


@dramatiq.actor(actor_name="hotspots.give_early_notice", throws=Refusal)
def give_early_notice(*, county: str, at: str, **_later: object) -> None:
    """提醒热点: tell clerk and head, once a year of each class and tag, that it has risen."""
    del county
    with transaction.atomic():
        hotspots.give_early_notice(at=datetime.fromisoformat(at), href=HOTSPOTS)
