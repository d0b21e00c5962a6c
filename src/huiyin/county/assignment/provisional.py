"""Provisional dates: counted again when the calendar of their year was announced (DOMAIN §5)."""

from datetime import datetime

from django.db import transaction

from huiyin.county.registry import clocks, standing
from huiyin.county.registry.models import Deadline
from huiyin.kernel.clocks import Clock

from .models import Assignment


def recount(*, at: datetime) -> int:
    """Count every provisional due date of the office again; return how many of them are another day now.

    Each is a transaction of its own, and one that was counted is left out the next time: it may stop and run again.
    """
    waiting = Deadline.objects.running().filter(provisional=True).order_by("pk").values_list("pk", flat=True)
    return sum(_recount(deadline_id=deadline_id, at=at) for deadline_id in list(waiting))


@transaction.atomic
def _recount(*, deadline_id: int, at: datetime) -> bool:
    """Count one date again; the assignment that it belongs to shows the new day."""
    deadline = clocks.recount(deadline_id=deadline_id, at=at)
    if deadline is None:
        return False
    standing.settle(deadline.petition, at=at)
    if deadline.clock in {Clock.REPORT.value, Clock.SIMPLE_REPLY.value}:
        Assignment.objects.open().filter(petition=deadline.petition, unit=deadline.unit).update(due_on=deadline.due_on)
    return True
