"""The calendar that deadlines are counted by."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from huiyin.kernel.calendar import Calendar, DayEntry
from huiyin.kernel.calendar import DayKind as KernelDayKind

from .models import CalendarDay, CalendarYear


@dataclass(frozen=True, slots=True)
class Announcement:
    """放假安排 of one year: when it was written down and after what."""

    year: int
    source: str
    announced_at: datetime


_built: dict[tuple[object, ...], Calendar] = {}
_held: ContextVar[Calendar | None] = ContextVar("huiyin_held_calendar", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Count the whole block, one transaction's work, by one calendar: the table is asked once."""
    token = _held.set(working_calendar())
    try:
        yield
    finally:
        _held.reset(token)


def working_calendar() -> Calendar:
    """Return the calendar as the table has it now; it is built again only when a year was announced anew."""
    held_one = _held.get()
    if held_one is not None:
        return held_one
    days = CalendarDay.objects.aggregate(count=Count("id"), last=Max("id"))
    years = CalendarYear.objects.aggregate(count=Count("id"), last=Max("announced_at"))
    mark = (days["count"], days["last"], years["count"], years["last"])
    if mark not in _built:
        entries = [DayEntry(row.day, KernelDayKind(row.kind), row.name) for row in CalendarDay.objects.order_by("day")]
        announced = CalendarYear.objects.values_list("year", flat=True)
        _built.clear()
        _built[mark] = Calendar.of(entries, announced)
    return _built[mark]


def announcements() -> tuple[Announcement, ...]:
    """Return the years whose arrangement is in the table, the newest first; any later year is provisional."""
    rows = CalendarYear.objects.order_by("-year")
    return tuple(Announcement(year=row.year, source=row.source, announced_at=row.announced_at) for row in rows)
