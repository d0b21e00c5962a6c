"""What goes on without the unit: a letter nobody signed counts as received, and a right not used lapses (DOMAIN §5).

Looked up every day from how things stand, so a day on which nobody looked is made up for by the next.
"""

from datetime import date, datetime

from django.db import transaction

from huiyin.county.registry import clocks, standing
from huiyin.county.registry.models import Deadline, Petition
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

from .actions import assignments
from .models import Assignment
from .states import AssignmentState


def note(*, at: datetime) -> int:
    """Note every letter whose days for signing are over as received, and return how many; each by itself."""
    today = local_day(at)
    late = Deadline.objects.overdue(today=today).filter(clock=Clock.SIGN.value).select_related("unit").order_by("pk")
    return sum(_note(deadline, at=at) for deadline in late)


def _note(deadline: Deadline, *, at: datetime) -> bool:
    waiting = Assignment.objects.filter(
        petition_id=deadline.petition_id,
        unit=deadline.unit,
        state__in=[AssignmentState.ISSUED.value, AssignmentState.DISPUTED.value],
        deemed_received_on=None,
    ).first()
    if waiting is None:
        return False
    try:
        assignments.deem_received(assignment_id=waiting.pk, on=deadline.due_on, at=at)
    except Refusal:  # signed, or noted, between the look and the lock
        return False
    return True


def let_lapse(*, at: datetime) -> int:
    """Let every right that was not used by its last day lapse, and return how many."""
    today = local_day(at)
    waiting = list(Deadline.objects.lapsed(today=today).order_by("pk").values_list("petition_id", flat=True))
    return sum(_let_lapse(petition_id, today=today, at=at) for petition_id in dict.fromkeys(waiting))


@transaction.atomic
def _let_lapse(petition_id: int, *, today: date, at: datetime) -> int:
    petition = Petition.objects.select_for_update(of=("self",)).select_related("ruleset").get(pk=petition_id)
    found = list(Deadline.objects.lapsed(today=today).filter(petition=petition).select_related("unit").order_by("pk"))
    for deadline in found:
        clocks.stop(petition, Clock(deadline.clock), at=at, unit=deadline.unit)
    standing.settle(petition, at=at)
    return len(found)
