"""Standing: the one person who answers for an open petition, and the one date that comes next."""

from collections.abc import Sequence
from datetime import date, datetime

from huiyin.county.office.models import Unit
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import LAPSING, Clock

from . import clocks, holding
from .models import Deadline, Petition
from .states import ENDED, WITH_UNIT, State

OWNER = ("owner_unit", "owner_name")
# What a letter of oversight sets a new day for: the result, and how it goes on meanwhile.
OF_THE_RESULT = frozenset(
    clock.value for clock in (Clock.REPORT, Clock.SIMPLE_REPLY, Clock.RECTIFICATION, Clock.PROGRESS)
)
NEXT = ("next_due_on", "next_clock")


def give_to_unit(petition: Petition, unit: Unit, person: str) -> None:
    """Let a unit's named person answer for the petition, once it moves to a state in which a unit does."""
    petition.owner_unit, petition.owner_name = unit, person


def follow(petition: Petition) -> tuple[str, ...]:
    """Let the responsibility follow the state; return the fields to write.

    While a unit has it, the person it was given to answers; otherwise the office's keeper; of an ended one nobody.
    """
    state = State(petition.state)
    if state in ENDED:
        petition.owner_unit, petition.owner_name = None, ""
        petition.next_due_on, petition.next_clock = None, ""
    elif state not in WITH_UNIT:
        petition.owner_unit, petition.owner_name = None, petition.keeper.name
    return (*OWNER, *NEXT)


def asking(running: Sequence[Deadline], *, today: date) -> list[Deadline]:
    """Return the clocks that still ask for something: a passed day stays the next one only while it does (DOMAIN §5).

    Once its days for signing are over a letter counts as received, and the report is what is asked for. A letter of
    oversight that sets a new limit, written after the day of the result had passed, asks for the result by its own.
    """
    letters = [local_day(row.started_at) for row in running if row.clock == Clock.OVERSIGHT.value]

    def is_over(row: Deadline) -> bool:
        if row.clock == Clock.SIGN.value:
            return row.due_on < today
        return row.clock in OF_THE_RESULT and any(row.due_on < written_on for written_on in letters)

    return [row for row in running if not is_over(row)]


def settle(petition: Petition, *, at: datetime) -> None:
    """Let the earliest running clock of whoever answers be the next date; where none runs, give the step its own.

    Every act that moves a petition or its clocks ends with this: an open petition is never without a next date.
    """
    if State(petition.state) in ENDED:
        return
    running = [row for row in clocks.running(petition, unit=petition.owner_unit) if row.clock not in LAPSING]
    if not running:
        due = clocks.due(petition, Clock.NEXT_STEP, start_on=local_day(at))
        running = [clocks.put(petition, due, at=at, unit=petition.owner_unit)]
    first = min(asking(running, today=local_day(at)) or running, key=lambda row: row.due_on)
    if (petition.next_due_on, petition.next_clock) != (first.due_on, first.clock):
        petition.next_due_on, petition.next_clock = first.due_on, first.clock
        holding.save(petition, NEXT)


def take_over(petition: Petition, *, at: datetime) -> None:
    """Count an office's step without a limit of its own from now: the petition came open from an old ledger."""
    if petition.next_clock == Clock.NEXT_STEP.value:
        clocks.start(petition, Clock.NEXT_STEP, start_on=local_day(at), at=at, unit=petition.owner_unit)
        settle(petition, at=at)
