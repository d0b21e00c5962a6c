"""Starting, meeting and replacing the clocks of a petition."""

from datetime import date, datetime

from django.db import transaction

from huiyin.county.journal import actions as journal
from huiyin.county.office.models import Unit
from huiyin.kernel import deadlines, tenant
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due, Explicit, Source
from huiyin.kernel.rulesets import RuleSet
from huiyin.platform.calendar.queries import working_calendar
from huiyin.platform.directory import rulesets

from . import holding
from .models import Deadline, Petition
from .states import Origin

# What a day demanded from above bears upon: that something is done with it, and that the result is told.
DEMANDABLE = frozenset({Clock.DISPOSITION, Clock.FINISH, Clock.REPORT})
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
    if not rules_of(petition).has(clock):
        return None
    found = demanded(petition, due(petition, clock, start_on=start_on))
    put(petition, found, at=at, unit=unit)
    return found


def due(petition: Petition, clock: Clock, *, start_on: date) -> Due:
    """Return when a clock of the petition's rule set ends, with the explanation."""
    return deadlines.compute(clock=clock, start_on=start_on, ruleset=rules_of(petition), calendar=working_calendar())


def demanded(petition: Petition, due: Due) -> Due:
    """Return the due date with the day that was demanded from above, where that is earlier than the rule's.

    A later one changes nothing here: it needs an approver, and goes on the letter that prints it.
    """
    if due.clock not in DEMANDABLE:
        return due
    receipt = petition.receipt
    asked_on = receipt.origin_due_on
    if asked_on is None or not due.start_on <= asked_on < due.due_on:
        return due
    named = " ".join(part for part in (receipt.origin_name, receipt.origin_number) if part)
    explicit = Explicit(asked_on, Source.SUPERIOR, named or Origin(receipt.origin).label)
    return deadlines.explicit_date(due, explicit=explicit, calendar=working_calendar())


def of_receipt(clock: Clock, *, received_on: date, start_on: date) -> Due | None:
    """Return when a receipt must be registered by the rule set of its day; None where that has no such step."""
    name = tenant.current().ruleset

    def computed() -> Due | None:
        ruleset = rulesets.in_force(name, received_on=received_on)
        if not ruleset.has(clock):
            return None
        return deadlines.compute(clock=clock, start_on=start_on, ruleset=ruleset, calendar=working_calendar())

    return holding.once(computed, of_receipt, clock, received_on, start_on)


def running(petition: Petition, *, unit: Unit | None, clock: Clock | None = None) -> list[Deadline]:
    """Return the clocks that run for a unit on this petition, or for the office; all kinds or one, oldest first."""
    which = {"unit": unit} | ({} if clock is None else {"clock": clock.value})
    new = holding.parts_of(petition, Deadline)
    if new is None:
        return list(Deadline.objects.running().filter(petition=petition, **which).order_by("pk"))
    return [deadline for deadline in new if _runs(deadline, **which)]


def put(petition: Petition, due: Due, *, at: datetime, unit: Unit | None = None) -> Deadline:
    """Write a due date down; a running clock of the same kind is superseded and stays in the history."""
    _end(petition, "superseded_at", at=at, clock=due.clock.value, unit=unit)
    deadline = Deadline(
        petition=petition,
        unit=unit,
        clock=due.clock.value,
        due_on=due.due_on,
        warn_from_on=due.unmoved_on,
        provisional=due.provisional,
        explanation=due.as_values(),
        started_at=at,
    )
    holding.insert(deadline, of=petition)
    return deadline


def meet(petition: Petition, clock: Clock, *, at: datetime, unit: Unit | None = None) -> None:
    """Stop a running clock: what it measured was done at this moment."""
    _end(petition, "met_at", at=at, clock=clock.value, unit=unit)


def stop(petition: Petition, clock: Clock, *, at: datetime, unit: Unit | None = None) -> None:
    """Supersede a running clock: what it measured is not asked for any more."""
    _end(petition, "superseded_at", at=at, clock=clock.value, unit=unit)


def stop_all(petition: Petition, *, at: datetime) -> None:
    """Supersede whatever still runs: nothing is due any more on a closed, merged or void petition."""
    _end(petition, "superseded_at", at=at)


def stop_unit(petition: Petition, unit: Unit, *, at: datetime) -> None:
    """Supersede whatever runs for a unit: its assignment was taken back."""
    _end(petition, "superseded_at", at=at, unit=unit)


def _end(petition: Petition, moment: str, *, at: datetime, **which: object) -> None:
    """Write down when running clocks ended, also into those that a block of many acts has still to write."""
    new = holding.parts_of(petition, Deadline)
    if new is None:
        Deadline.objects.running().filter(petition=petition, **which).update(**{moment: at})
        return
    for deadline in new:
        if _runs(deadline, **which):
            setattr(deadline, moment, at)


def _runs(deadline: Deadline, **which: object) -> bool:
    is_running = deadline.met_at is None and deadline.superseded_at is None
    return is_running and all(getattr(deadline, name) == value for name, value in which.items())


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
