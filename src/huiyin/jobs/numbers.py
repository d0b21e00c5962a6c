"""Jobs about the numbers that leave the county."""

from datetime import datetime

import dramatiq
from django.db import transaction

from huiyin.county.journal.models import Entry
from huiyin.county.reporting import reminders
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.kernel import tenant
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics import intake

from . import inbox

PERIODS = "/periods/"


@dramatiq.actor(actor_name="numbers.remind_of_closing", throws=Refusal)
def remind_of_closing(*, county: str, at: str, **_later: object) -> None:
    """提醒结账: tell clerk and head of periods that are late, wait for approval or moved since they were locked."""
    del county
    with transaction.atomic():
        reminders.remind_of_closing(at=datetime.fromisoformat(at), href=PERIODS)


@dramatiq.actor(actor_name="numbers.push", throws=Refusal)
def push(*, county: str, key: str, at: str, entry_id: int, **_later: object) -> None:
    """报送: hand the frozen numbers of a locked version to the province's intake, as two people signed them."""
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
            data_as_of=period.prepared_at,
            figures=period.figures,
            cells=period.cells,
            at=moment,
        )
