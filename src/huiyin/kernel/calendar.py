"""Calendar: which days the office works, and why a day is not one of them.

The table of rest days and make-up days (调休) is data that an operator edits and imports. A year
nobody has announced yet is computed from weekdays and the holidays whose date the State Council's
regulation on national holidays fixes, and is marked provisional. The lunar holidays of such a year
are left out on purpose: only the announcement is sure of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from zoneinfo import ZoneInfo

import chinese_calendar

from .refusal import Refusal
from .words import Word

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"
SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 1949, 2199
QINGMING_SINCE, QINGMING_UNTIL = 2008, 2100

NATIONAL_DAYS: Mapping[tuple[int, int], str] = {(10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}

FIXED_HOLIDAYS: tuple[tuple[int, Mapping[tuple[int, int], str]], ...] = (
    (2025, {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", **NATIONAL_DAYS}),
    (2008, {(1, 1): "元旦", (5, 1): "劳动节", **NATIONAL_DAYS}),
    (2000, {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (5, 3): "劳动节", **NATIONAL_DAYS}),
    (FIRST_YEAR, {(1, 1): "元旦", (5, 1): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节"}),
)
"""From which year which dates are holidays by regulation, newest first (1949, 1999, 2007 and 2024 versions)."""


class DayKind(Word):
    """What an entry of the calendar table says about its day."""

    REST = "rest", "放假"
    WORK = "work", "调休上班"


@dataclass(frozen=True, slots=True, order=True)
class DayEntry:
    """One row of the calendar table."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Rest days and make-up working days by date, each with its name, and the years that were announced."""

    rest_days: Mapping[date, str]
    working_days: Mapping[date, str]
    announced_years: frozenset[int]

    @classmethod
    def of(cls, entries: Iterable[DayEntry], announced_years: Iterable[int]) -> "Calendar":
        """Build the calendar from the rows of a table; a day told twice with two kinds is refused."""
        tables: dict[DayKind, dict[date, str]] = {DayKind.REST: {}, DayKind.WORK: {}}
        for entry in entries:
            other = DayKind.WORK if entry.kind is DayKind.REST else DayKind.REST
            if entry.day in tables[other]:
                raise Refusal("calendar.day_told_twice", f"{show_day(entry.day)}既写了放假又写了上班，请核对")
            tables[entry.kind][entry.day] = entry.name
        return cls(
            rest_days=MappingProxyType(tables[DayKind.REST]),
            working_days=MappingProxyType(tables[DayKind.WORK]),
            announced_years=frozenset(announced_years),
        )

    def entries(self) -> tuple[DayEntry, ...]:
        """Return the rows of the table in order of their days."""
        rest = (DayEntry(day, DayKind.REST, name) for day, name in self.rest_days.items())
        work = (DayEntry(day, DayKind.WORK, name) for day, name in self.working_days.items())
        return tuple(sorted(chain(rest, work)))

    def is_announced(self, day: date) -> bool:
        """Whether the State Council's arrangement for the year of this day is in the table."""
        return day.year in self.announced_years

    def is_provisional(self, day: date) -> bool:
        """Whether an announcement may still change this day: its year is not in the table.

        Years before the first announced one are not provisional: nobody will announce them any more,
        and they stay computed.
        """
        first = min(self.announced_years, default=FIRST_YEAR)
        return not self.is_announced(day) and day.year > first

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this day; the table has the last word, also in a year not announced."""
        if day in self.working_days:
            return True
        if day in self.rest_days or day.weekday() >= SATURDAY:
            return False
        return self.is_announced(day) or fixed_holiday(day) is None

    def describe(self, day: date) -> str | None:
        """Return why this day is not an ordinary working day, or None where it is one."""
        if day in self.working_days:
            return f"{self.working_days[day]}调休上班"
        if day in self.rest_days:
            return f"{self.rest_days[day]}放假"
        holiday = None if self.is_announced(day) else fixed_holiday(day)
        if holiday is not None:
            return f"{holiday}，法定假日"
        return "休息日" if day.weekday() >= SATURDAY else None

    def next_working_day(self, day: date) -> date:
        """Return the first working day after this one."""
        return next(later for later in days_after(day) if self.is_working_day(later))

    def working_day_from(self, day: date) -> date:
        """Return this day when the office works on it, else the next working day."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_working_days(self, day: date, amount: int) -> date:
        """Return the working day that is this many working days after the day, which itself is day 0.

        An amount of 0 is the day itself, working or not.
        """
        if amount < 0:
            raise Refusal("calendar.negative_amount", "工作日天数不能是负数", amount=amount)
        reached = day
        for _ in range(amount):
            reached = self.next_working_day(reached)
        return reached


def days_after(day: date) -> Iterator[date]:
    """Yield the days after this one, to the end of the years the calendar can speak about."""
    later = day
    while True:
        if not FIRST_YEAR <= later.year <= LAST_YEAR:
            raise Refusal("calendar.year_out_of_range", f"日期应当在{FIRST_YEAR}年至{LAST_YEAR}年之间", year=later.year)
        later += timedelta(days=1)
        yield later


def fixed_holiday(day: date) -> str | None:
    """Return the holiday whose date is the same each year by regulation, Qingming included, or None."""
    dates = next((dates for since, dates in FIXED_HOLIDAYS if day.year >= since), {})
    if day == qingming(day.year):
        return "清明节"
    return dates.get((day.month, day.day))


@lru_cache(maxsize=256)
def qingming(year: int) -> date | None:
    """Return the day of Qingming, a solar term the seeding library computes; None where it was no holiday."""
    if not QINGMING_SINCE <= year <= QINGMING_UNTIL:
        return None
    terms: list[tuple[date, str]] = chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 30))
    return next(day for day, name in terms if name == "清明")


def local_day(moment: datetime) -> date:
    """Return the day it is in China at this moment; a moment without a zone is a defect."""
    if moment.tzinfo is None:
        message = "a moment needs its time zone"
        raise ValueError(message)
    return moment.astimezone(SHANGHAI).date()


def show_day(day: date) -> str:
    """Return the day as letters print it, 2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def show_weekday(day: date) -> str:
    """Return the weekday as letters print it, 周日."""
    return f"周{WEEKDAYS[day.weekday()]}"


@lru_cache(maxsize=1)
def seed() -> Calendar:
    """Return the calendar of the years the seeding library covers, with Chinese names."""
    names = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
    rest = [
        DayEntry(day, DayKind.REST, names[name] + ("调休" if day in chinese_calendar.in_lieu_days else ""))
        for day, name in chinese_calendar.holidays.items()
    ]
    work = [DayEntry(day, DayKind.WORK, names[name]) for day, name in chinese_calendar.workdays.items()]
    return Calendar.of([*rest, *work], {entry.day.year for entry in rest})
