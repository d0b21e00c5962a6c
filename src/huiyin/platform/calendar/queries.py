"""The calendar that deadlines are counted by."""

from django.db.models import Count, Max

from huiyin.kernel.calendar import Calendar, DayEntry
from huiyin.kernel.calendar import DayKind as KernelDayKind

from .models import CalendarDay, CalendarYear

_built: dict[tuple[object, ...], Calendar] = {}


def working_calendar() -> Calendar:
    """Return the calendar as the table has it now; it is built again only when a year was announced anew."""
    days = CalendarDay.objects.aggregate(count=Count("id"), last=Max("id"))
    years = CalendarYear.objects.aggregate(count=Count("id"), last=Max("announced_at"))
    mark = (days["count"], days["last"], years["count"], years["last"])
    if mark not in _built:
        entries = [DayEntry(row.day, KernelDayKind(row.kind), row.name) for row in CalendarDay.objects.order_by("day")]
        announced = CalendarYear.objects.values_list("year", flat=True)
        _built.clear()
        _built[mark] = Calendar.of(entries, announced)
    return _built[mark]
