"""Seeding: the announced years that the product ships with, as far as the table does not know them yet."""

from datetime import datetime

from django.db import transaction

from huiyin.kernel.calendar import seed

from .models import CalendarDay, CalendarYear

SOURCE = "chinesecalendar"


@transaction.atomic(using="owner")
def seed_calendar(*, at: datetime) -> int:
    """Write each announced year that is missing, with its days, and return how many; a known year stays as edited."""
    calendar = seed()
    known = set(CalendarYear.objects.using("owner").values_list("year", flat=True))
    years = sorted(calendar.announced_years - known)
    CalendarYear.objects.using("owner").bulk_create(
        [CalendarYear(year=year, source=SOURCE, announced_at=at) for year in years]
    )
    CalendarDay.objects.using("owner").bulk_create(
        [
            CalendarDay(day=entry.day, kind=entry.kind.value, name=entry.name)
            for entry in calendar.entries()
            if entry.day.year in years
        ],
        ignore_conflicts=True,
    )
    return len(years)
