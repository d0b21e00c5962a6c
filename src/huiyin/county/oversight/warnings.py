"""预警 (D0): point out running clocks ten days, three days and on the day before they end, once each.

A writer below the actions: a warning changes nothing that was decided, and what was missed is told the next time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.office import notifications
from huiyin.county.office.states import NotificationKind
from huiyin.county.registry.models import Deadline
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import WARN_BEFORE, Due, warning_days

from .models import Warned

NAMED = 3
FURTHEST = timedelta(days=max(WARN_BEFORE))


@dataclass(frozen=True, slots=True)
class Told:
    """A clock that somebody is told of."""

    number: str
    clock: Clock
    due_on: date

    @property
    def words(self) -> str:
        """Return the clock as a message names it."""
        return f"{self.number}{self.clock.label}{show_day(self.due_on)}"


def mark_of(due: Due, *, today: date) -> int | None:
    """Return how many days were left on the last day of warning that was reached; None before the first."""
    return min((day.days_left for day in warning_days(due) if day.on <= today), default=None)


def warn(*, at: datetime, office_href: str, unit_href: str) -> int:
    """Tell everybody of the clocks that came near since the last time, in one message each; return how many clocks."""
    today = local_day(at)
    near = list(_to_tell(today))
    told: dict[int, list[Told]] = defaultdict(list)
    people: dict[int, Staff] = {}
    for row, _ in near:
        for person in _whose(row):
            people[person.pk] = person
            told[person.pk].append(Told(_number(row), Clock(row.clock), row.due_on))
    for pk, clocks in told.items():
        notifications.notify(
            key=f"warning:{at.isoformat()}",
            to=[people[pk]],
            kind=NotificationKind.DUE,
            words=_words(clocks),
            at=at,
            href=unit_href if people[pk].is_of_unit else office_href,
        )
    Warned.objects.bulk_create(
        [Warned(deadline=row, mark=mark, warned_at=at) for row, mark in near],
        ignore_conflicts=True,
    )
    return len(near)


def _near(today: date) -> Iterable[Deadline]:
    return (
        Deadline.objects.running()
        .filter(warn_from_on__lte=today + FURTHEST, due_on__gte=today)
        .select_related("petition__keeper", "unit")
        .defer("petition__grams", "petition__searchable", "petition__content")
        .prefetch_related("warnings")
        .order_by("due_on", "pk")
    )


def _to_tell(today: date) -> Iterator[tuple[Deadline, int]]:
    """Yield the clocks that reached a day of warning nobody was told of, with the mark of that day."""
    for row in _near(today):
        mark = mark_of(Due.from_values(row.explanation), today=today)
        if mark is not None and all(one.mark > mark for one in row.warnings.all()):
            yield row, mark


def _whose(row: Deadline) -> list[Staff]:
    """Return who is told of a clock: the unit's people who may see it, else the office's keeper."""
    if row.unit is None:
        return [row.petition.keeper]
    found = Staff.objects.of_unit(row.unit.code)
    return [
        person for person in found if Assignment.objects.visible_to(person).filter(petition_id=row.petition_id).exists()
    ]


def _number(row: Deadline) -> str:
    if row.unit is None:
        return row.petition.number
    given = Assignment.objects.filter(petition_id=row.petition_id, unit=row.unit).order_by("-pk").first()
    return given.number if given else row.petition.number


def _words(clocks: list[Told]) -> str:
    named = "；".join(one.words for one in clocks[:NAMED])
    more = f"；等{len(clocks)}项" if len(clocks) > NAMED else ""
    return f"期限临近：{named}{more}"[:200]
