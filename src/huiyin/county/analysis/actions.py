"""Writers of the office's evidence: 核对原件, 调整热点标准."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import files
from huiyin.county.registry.actions import attachments
from huiyin.county.registry.models import Attachment
from huiyin.county.registry.rules import NEEDED_ORIGINAL
from huiyin.kernel.periods import Period

from . import hotspot_rules
from .hotspot_models import HotspotThreshold
from .hotspot_rules import HotspotRule
from .hotspots import standing_rule

ORIGINALS = tuple(kind.value for kind in NEEDED_ORIGINAL.values())
BATCH = 500


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
def set_hotspot_rule(*, rule: HotspotRule, reason: str, by: Staff, at: datetime) -> HotspotThreshold:
    """调整热点标准: from now on other thresholds hold; what was frozen before keeps those it was made with."""
    list(HotspotThreshold.objects.select_for_update().order_by("-pk")[:1])
    hotspot_rules.check_may_set_rule(by)
    before = standing_rule(at=at)
    hotspot_rules.check_rule(rule, standing=before, reason=reason)
    row = HotspotThreshold.objects.create(**asdict(rule), reason=reason.strip(), set_at=at, set_by=by)
    journal.record(
        "hotspot.rule_set",
        subject=row,
        by=by,
        at=at,
        words=rule.words,
        before=asdict(before),
        fields={**asdict(rule), "reason": row.reason},
        reason=row.reason,
    )
    return row
