"""Jobs about the numbers that leave the county."""

from datetime import datetime

import dramatiq
from django.db import transaction

from huiyin.county.analysis.models import ReportedPeriod
from huiyin.county.journal.models import Entry
from huiyin.kernel import tenant
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics import intake

from . import inbox


@dramatiq.actor(actor_name="numbers.push", throws=Refusal)
def push(*, county: str, key: str, at: str, entry_id: int, **_later: object) -> None:
    """报送: hand the stored numbers of a reported period to the province's intake, as they were reported."""
    del county
    moment = datetime.fromisoformat(at)
    with transaction.atomic():
        if not inbox.is_first(key, at=moment):
            return
        period = ReportedPeriod.objects.get(pk=Entry.objects.get(pk=entry_id).subject_id)
        intake.accept(
            county=tenant.current(),
            key=period.key,
            first_on=period.first_on,
            last_on=period.last_on,
            version=period.version,
            data_as_of=period.reported_at,
            figures=period.figures,
            at=moment,
        )
