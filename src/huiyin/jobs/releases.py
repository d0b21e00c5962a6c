"""Jobs of the province: its tables follow the counties' versions."""

from datetime import datetime

import dramatiq
from django.conf import settings

from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal
from huiyin.province import actions

# What is restated after more than a year is published by ``huiyin statistics publish``.
YEARS_BACK = 1


@dramatiq.actor(actor_name="releases.publish", throws=Refusal)
def publish(*, county: str, key: str, at: str, **_later: object) -> None:
    """发布: bring this year's and last year's tables up to the newest versions; what stands is left as it is."""
    del county, key
    moment = datetime.fromisoformat(at)
    this_year = local_day(moment).year
    for of_year in range(this_year - YEARS_BACK, this_year + 1):
        actions.publish_due(of_year=of_year, threshold=settings.HUIYIN_SUPPRESS_BELOW, at=moment)
