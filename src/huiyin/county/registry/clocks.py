"""Starting, meeting and replacing the clocks of a petition."""

from datetime import date, datetime

from django.db import transaction

from huiyin.county.journal import actions as journal
from huiyin.county.office.models import Unit
from huiyin.kernel import deadlines
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due
from huiyin.kernel.rulesets import RuleSet
from huiyin.platform.calendar.queries import working_calendar

from .models import Deadline, Petition

_read: dict[str, RuleSet] = {}
MOST_READ = 64


def rules_of(petition: Petition) -> RuleSet:
    """Return the rule set that the petition was received under; one content, told by its digest, is read once."""
    digest = petition.ruleset.digest
    if digest not in _read:
        if len(_read) >= MOST_READ:
            _read.clear()
        _read[digest] = RuleSet.from_values(petition.ruleset.values)
    return _read[digest]


def start(petition: Petition, clock: Clock, *, start_on: date, at: datetime, unit: Unit | None = None) -> Due | None:
    """Start a clock of the petition's rule set; None where the rule set has no such step."""
    ruleset = rules_of(petition)
    if not ruleset.has(clock):
        return None
    due = deadlines.compute(clock=clock, start_on=start_on, ruleset=ruleset, calendar=working_calendar())
    put(petition, due, at=at, unit=unit)
    return due


def put(petition: Petition, due: Due, *, at: datetime, unit: Unit | None = None) -> Deadline:
    """Write a due date down; a running clock of the same kind is superseded and stays in the history."""
    Deadline.objects.running().filter(petition=petition, clock=due.clock.value, unit=unit).update(superseded_at=at)
    return Deadline.objects.create(
        petition=petition,
        unit=unit,
        clock=due.clock.value,
        due_on=due.due_on,
        warn_from_on=due.unmoved_on,
        provisional=due.provisional,
        explanation=due.as_values(),
        started_at=at,
    )


def meet(petition: Petition, clock: Clock, *, at: datetime, unit: Unit | None = None) -> None:
    """Stop a running clock: what it measured was done at this moment."""
    Deadline.objects.running().filter(petition=petition, clock=clock.value, unit=unit).update(met_at=at)


def stop_all(petition: Petition, *, at: datetime) -> None:
    """Supersede whatever still runs: nothing is due any more on a closed, merged or void petition."""
    Deadline.objects.running().filter(petition=petition).update(superseded_at=at)


@transaction.atomic
def recount(*, deadline_id: int, at: datetime) -> Deadline | None:
    """重算期限: count a provisional due date again by the calendar as it is now.

    This function will return the new clock where the day is another one: the old row stays in the history, and the
    entry names whose clock it is. Where the day stayed and is certain now, it is confirmed; else nothing happens.
    """
    petition = Petition.objects.select_for_update(of=("self",)).filter(deadlines=deadline_id).first()
    stored = Deadline.objects.running().select_related("unit").filter(pk=deadline_id, provisional=True).first()
    if petition is None or stored is None:
        return None
    due = deadlines.recompute(Due.from_values(stored.explanation), working_calendar())
    if due.due_on == stored.due_on and due.provisional:
        return None
    is_moved = due.due_on != stored.due_on
    deadline = put(petition, due, at=at, unit=stored.unit)
    journal.record(
        "deadline.recomputed" if is_moved else "deadline.confirmed",
        subject=deadline,
        petition_id=petition.pk,
        by=None,
        at=at,
        clock=deadline.clock,
        unit=stored.unit.code if stored.unit else None,
        owner_id=None if stored.unit else petition.registered_by_id,
        due_on_before=stored.due_on,
        due_on=deadline.due_on,
        warn_from_on=deadline.warn_from_on,
        provisional=deadline.provisional,
    )
    return deadline if is_moved else None
