"""One year of the calendar as months of weeks, and its holidays as a list: values only, no question to a table."""

from calendar import Calendar as Weeks
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.kernel.calendar import Calendar, DayEntry, DayKind, fixed_holiday, show_weekday

MONTHS = range(1, 13)
WEEKEND = "休息日"  # what the calendar says of a Saturday or Sunday that is nothing else
DayTone = Literal["work", "weekend", "rest", "made-up"]


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """One day: its number, whether the office works, and why where that is not what its weekday says."""

    number: int
    tone: DayTone
    mark: str
    reason: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its weeks from Monday on, with None before its first day and after its last."""

    label: str
    weeks: tuple[tuple[DayOfMonth | None, ...], ...]
    working_days: int


def months_of(year: int, calendar: Calendar, *, today: date) -> tuple[Month, ...]:
    """Return the twelve months of a year."""
    return tuple(_month(year, number, calendar, today=today) for number in MONTHS)


def _month(year: int, number: int, calendar: Calendar, *, today: date) -> Month:
    weeks = tuple(
        tuple(_day(date(year, number, day), calendar, today=today) if day else None for day in week)
        for week in Weeks().monthdayscalendar(year, number)
    )
    working = sum(day.tone in {"work", "made-up"} for week in weeks for day in week if day is not None)
    return Month(label=f"{number}月", weeks=weeks, working_days=working)


def _day(day: date, calendar: Calendar, *, today: date) -> DayOfMonth:
    reason = calendar.describe(day) or ""
    tone: DayTone = "work"
    if not calendar.is_working_day(day):
        tone = "weekend" if reason == WEEKEND else "rest"
    elif reason:
        tone = "made-up"
    mark = {"made-up": "班", "rest": "休"}.get(tone, "")
    return DayOfMonth(number=day.day, tone=tone, mark=mark, reason=reason if mark else "", is_today=day == today)


def holidays_of(year: int, calendar: Calendar) -> DataTable:
    """Return the days that are not what their weekday says: spans off by name, and the make-up days."""
    entries = [entry for entry in calendar.entries() if entry.day.year == year]
    if not calendar.is_announced(date(year, 1, 1)):
        told = {entry.day for entry in entries}
        entries = sorted([*entries, *(entry for entry in _fixed(year) if entry.day not in told)])
    return DataTable(
        caption=f"{year}年放假和调休",
        columns=(
            Column(label="名称", width="fit"),
            Column(label="日期"),
            Column(label="天数", align="end", width="fit"),
            Column(label="类型", width="fit"),
        ),
        rows=tuple(_span(list(days)) for _key, days in groupby(_numbered(entries), key=lambda one: one[0])),
        empty=EmptyState(title="这一年没有登记放假安排"),
    )


def _fixed(year: int) -> Iterator[DayEntry]:
    day = date(year, 1, 1)
    while day.year == year:
        name = fixed_holiday(day)
        if name is not None:
            yield DayEntry(day, DayKind.REST, name)
        day += timedelta(days=1)


def _numbered(entries: list[DayEntry]) -> Iterator[tuple[tuple[str, str, int], DayEntry]]:
    """Yield each entry with a key that days in a row of one holiday share."""
    before: DayEntry | None = None
    span = 0
    for entry in entries:
        follows = before is not None and entry.day - before.day == timedelta(days=1) and _same(entry, before)
        span += not follows
        before = entry
        yield (_name(entry), entry.kind.value, span), entry


def _same(one: DayEntry, other: DayEntry) -> bool:
    return (_name(one), one.kind) == (_name(other), other.kind)


def _name(entry: DayEntry) -> str:
    return entry.name.removesuffix("调休")


def _span(days: list[tuple[tuple[str, str, int], DayEntry]]) -> Row:
    first, last = days[0][1], days[-1][1]
    words = _words(first.day) if first == last else f"{_words(first.day)} 至 {_words(last.day)}"
    return Row(
        cells=(Cell(text=_name(first)), Cell(text=words), Cell(text=str(len(days))), Cell(text=first.kind.label)),
        tone="warn" if first.kind is DayKind.WORK else "plain",
    )


def _words(day: date) -> str:
    return f"{day.month}月{day.day}日（{show_weekday(day)}）"
