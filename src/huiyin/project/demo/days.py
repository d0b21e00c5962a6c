"""Days: working days counted back and ahead from the day of the demonstration, so that it is alive whenever it runs."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from huiyin.kernel.calendar import SHANGHAI, Calendar, local_day

OPENS_AT = time(8, 30)


@dataclass(frozen=True, slots=True)
class Days:
    """The office's calendar as it is seen on one day; nothing of it lies after ``now``."""

    calendar: Calendar
    now: datetime
    today: date

    @classmethod
    def seen_at(cls, now: datetime, calendar: Calendar) -> Self:
        """Return the days as seen at a moment; on a rest day or before the office opens the last working day counts."""
        day = local_day(now)
        if now.astimezone(SHANGHAI).time() < OPENS_AT:
            day -= timedelta(days=1)
        return cls(calendar, now, _last_working_day(calendar, day))

    def back(self, amount: int) -> date:
        """Return the working day that lies so many working days before today."""
        day = self.today
        for _ in range(amount):
            day = _last_working_day(self.calendar, day - timedelta(days=1))
        return day

    def ahead(self, amount: int) -> date:
        """Return the working day that lies so many working days after today."""
        return self.calendar.add_working_days(self.today, amount)

    def moment(self, back: int, at: time) -> datetime:
        """Return a moment of a past working day, never after now."""
        return min(datetime.combine(self.back(back), at, SHANGHAI), self.now)

    def months_ahead(self, amount: int, day_of_month: int) -> date:
        """Return the working day from the given day of a coming month on."""
        months = self.today.month - 1 + amount
        wanted = date(self.today.year + months // 12, months % 12 + 1, day_of_month)
        return self.calendar.working_day_from(wanted)


def _last_working_day(calendar: Calendar, day: date) -> date:
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day
