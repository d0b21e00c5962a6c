"""Writers of the office's numbers: 核对原件, 报送."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from django.db import connection, transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import files
from huiyin.county.registry.actions import attachments
from huiyin.county.registry.models import Attachment
from huiyin.county.registry.rules import NEEDED_ORIGINAL
from huiyin.kernel.periods import Period

from . import queries, rules
from .models import ReportedPeriod

ORIGINALS = tuple(kind.value for kind in NEEDED_ORIGINAL.values())
BATCH = 500
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('period ' || current_schema(), 0))"


def recheck_originals(*, period: Period, at: datetime, told: Callable[[int, int], None] | None = None) -> int:
    """核对原件: hash the originals of a period's petitions again and return how many were looked at.

    What is as it was only moves the moment of the check; what changed, or was never checked, is an event of its own.
    ``told`` hears how many of how many are done.
    """
    rows = list(
        Attachment.objects.filter(
            kind__in=ORIGINALS,
            added_at__lte=at,
            petition__receipt__received_on__gte=period.first,
            petition__receipt__received_on__lte=period.last,
        )
        .order_by("pk")
        .values_list("pk", "sha256", "checked_at", "is_intact")
    )
    for start in range(0, len(rows), BATCH):
        as_it_was: list[int] = []
        for key, sha256, checked_at, was_intact in rows[start : start + BATCH]:
            if checked_at is not None and files.is_intact(sha256) == was_intact:
                as_it_was.append(key)
            else:
                attachments.recheck(attachment_id=key, at=at)
        Attachment.objects.filter(pk__in=as_it_was, checked_at__lt=at).update(checked_at=at)
        if told is not None:
            told(min(start + BATCH, len(rows)), len(rows))
    return len(rows)


@transaction.atomic
def report_period(*, period: Period, by: Staff, at: datetime) -> ReportedPeriod:
    """报送: freeze the numbers of a month or a year as its next version, which a job takes to the province.

    The same numbers again are the version that stands: nothing is written and nothing is sent.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    rules.check_may_report_period(by)
    rules.check_reportable(period, at=at)
    figures = [entry.as_values() for entry in queries.figures(period, at=at)]
    latest = ReportedPeriod.objects.filter(first_on=period.first, last_on=period.last).order_by("-version").first()
    if latest is not None and latest.figures == figures:
        return latest
    reported = ReportedPeriod.objects.create(
        first_on=period.first,
        last_on=period.last,
        version=latest.version + 1 if latest else 1,
        key=uuid4(),
        figures=figures,
        reported_at=at,
        reported_by=by,
    )
    journal.record(
        "period.reported",
        subject=reported,
        by=by,
        at=at,
        first_on=period.first,
        last_on=period.last,
        version=reported.version,
        key=str(reported.key),
    )
    return reported
