"""Periods: the months, quarters and years the office reports on, first and last day included."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import show_day
from .refusal import Refusal

MONTHS_IN_QUARTER = 3
MONTHS_IN_YEAR = 12
FIRST_YEAR, LAST_YEAR = 1949, 2199
QUARTERS = "一二三四"
WRITTEN_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            raise Refusal("period.ends_before_it_begins", "期间的截止日早于起始日")

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1

    @property
    def label(self) -> str:
        """Return its name: 2026年, 2026年第一季度, 2026年3月, or both days."""
        whole_months = self.first.day == 1 and self.last == month_of(self.last).last
        months = self.last.month - self.first.month + 1
        if whole_months and self.first.year == self.last.year:
            if months == MONTHS_IN_YEAR:
                return f"{self.first.year}年"
            if months == MONTHS_IN_QUARTER and self.first.month % MONTHS_IN_QUARTER == 1:
                return f"{self.first.year}年第{QUARTERS[self.first.month // MONTHS_IN_QUARTER]}季度"
            if months == 1:
                return f"{self.first.year}年{self.first.month}月"
        return f"{show_day(self.first)}至{show_day(self.last)}"

    def contains(self, day: date) -> bool:
        """Whether the day lies in the period; first and last day do."""
        return self.first <= day <= self.last

    def months(self) -> Iterator["Period"]:
        """Yield the calendar months it touches, each whole."""
        one = month_of(self.first)
        while one.first <= self.last:
            yield one
            one = month_of(one.last + timedelta(days=1))

    def previous_year(self) -> "Period":
        """Return the same span a year before; whole months stay whole, 29 February included."""
        ends_a_month = self.last == month_of(self.last).last
        last = year_before(self.last)
        return Period(year_before(self.first), month_of(last).last if ends_a_month else last)


def month(written: str) -> Period:
    """Return a month from how forms and addresses write it: ``2026-03``."""
    found = WRITTEN_MONTH.fullmatch(written)
    if found is None or not 1 <= int(found[2]) <= MONTHS_IN_YEAR:
        raise Refusal("period.bad_month", f"“{written}”不是月份，应写作 2026-03", written=written)
    return month_of(date(check_year(int(found[1])), int(found[2]), 1))


def month_of(day: date) -> Period:
    """Return the month a day lies in."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def quarter(of_year: int, number: int) -> Period:
    """Return a quarter of a year, 1 to 4."""
    if not 1 <= number <= len(QUARTERS):
        raise Refusal("period.bad_quarter", "季度只能是1至4", quarter=number)
    last = date(check_year(of_year), number * MONTHS_IN_QUARTER, 1)
    return Period(last.replace(month=last.month - MONTHS_IN_QUARTER + 1), month_of(last).last)


def year(of_year: int) -> Period:
    """Return a calendar year."""
    return Period(date(check_year(of_year), 1, 1), date(of_year, 12, 31))


def year_before(day: date) -> date:
    """Return the same day a year before; 29 February becomes the 28th."""
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))


def check_year(of_year: int) -> int:
    """Return the year, or refuse one the office cannot mean."""
    if not FIRST_YEAR <= of_year <= LAST_YEAR:
        raise Refusal("period.bad_year", f"年份应当在{FIRST_YEAR}年至{LAST_YEAR}年之间", year=of_year)
    return of_year
