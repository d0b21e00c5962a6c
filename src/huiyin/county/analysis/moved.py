"""日期有变: due dates that an announced calendar moved, told to the person or the unit that owns the clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.journal.models import Entry
from huiyin.county.registry.models import Petition
from huiyin.kernel.clocks import Clock

TOLD_FOR = timedelta(days=7)
MOVED = "deadline.recomputed"


@dataclass(frozen=True, slots=True)
class MovedDue:
    """One due date that is another day now; ``link_id`` is the petition, for a unit its assignment."""

    link_id: int
    number: str
    summary: str
    clock: Clock
    before: date
    after: date
    unit: str


def moved_for_owner(by: Staff, *, at: datetime) -> list[MovedDue]:
    """Return the office's own clocks that this person owns, of petitions they may see, newest first."""
    entries = list(_told(at).filter(values__owner_id=by.pk))
    if not entries:
        return []
    visible = Petition.objects.visible_to(by).filter(pk__in=_petitions_of(entries)).only("number", "summary")
    petitions = {row.pk: row for row in visible}
    shown = ((entry, petitions.get(entry.petition_id or 0)) for entry in entries)
    return [_moved(entry, row, link_id=row.pk, unit="") for entry, row in shown if row is not None]


def moved_for_units(by: Staff, *, at: datetime) -> list[MovedDue]:
    """Return the clocks of units with an open assignment: a unit its own, the office those of every unit."""
    told = _told(at).filter(values__unit=by.unit_code) if by.is_of_unit else _told(at).exclude(values__unit=None)
    entries = list(told)
    if not entries:
        return []
    given = Assignment.objects.visible_to(by).open().filter(petition__in=_petitions_of(entries))
    return list(_of_units(entries, given.select_related("petition", "unit").order_by("pk")))


def _told(at: datetime) -> QuerySet[Entry]:
    since = at - TOLD_FOR
    return Entry.objects.filter(subject="deadline", event=MOVED, at__gt=since, at__lte=at).order_by("-number")


def _petitions_of(entries: Iterable[Entry]) -> set[int]:
    return {entry.petition_id for entry in entries if entry.petition_id is not None}


def _of_units(entries: Iterable[Entry], given: Iterable[Assignment]) -> Iterator[MovedDue]:
    by_place = {(row.petition_id, row.unit.code): row for row in given}
    for entry in entries:
        row = by_place.get((entry.petition_id or 0, str(entry.values["unit"])))
        if row is not None:
            yield _moved(entry, row.petition, link_id=row.pk, unit=row.unit.name)


def _moved(entry: Entry, petition: Petition, *, link_id: int, unit: str) -> MovedDue:
    return MovedDue(
        link_id=link_id,
        number=petition.number,
        summary=petition.summary,
        clock=Clock(str(entry.values["clock"])),
        before=date.fromisoformat(str(entry.values["due_on_before"])),
        after=date.fromisoformat(str(entry.values["due_on"])),
        unit=unit,
    )
