"""What changes the calendar: the arrangement of a year, as the State Council announces it, from the operator's file."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import transaction
from pydantic import Field

from huiyin.kernel.calendar import FIRST_YEAR, LAST_YEAR, SATURDAY, DayEntry, DayKind, show_day, show_weekday
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.strict_toml import Strict, read_text

from .models import CalendarDay, CalendarYear

HEADINGS = frozenset({("day", "kind", "name"), ("日期", "类型", "名称")})
COLUMNS = 3
LONGEST_NAME = 40
KINDS = {
    "rest": DayKind.REST,
    "放假": DayKind.REST,
    "休息日": DayKind.REST,
    "work": DayKind.WORK,
    "上班": DayKind.WORK,
    "调休上班": DayKind.WORK,
}


class DayRow(Strict):
    """One day of a TOML file."""

    day: date
    kind: DayKind
    name: str = Field(min_length=1, max_length=LONGEST_NAME)


class YearFile(Strict):
    """A TOML file with the days of one year or several, as an array of tables ``[[days]]``."""

    days: tuple[DayRow, ...] = Field(min_length=1)


def days_of_toml(text: str, *, file: str) -> tuple[DayEntry, ...]:
    """Return the days of a TOML file; a mistake names file, line and key."""
    rows = read_text(text, YearFile, file=file).days
    entries = tuple(DayEntry(row.day, row.kind, row.name.strip()) for row in rows)
    _refuse(faults_of((None, entry) for entry in entries), file=file)
    return entries


def days_of_csv(text: str, *, file: str) -> tuple[DayEntry, ...]:
    """Return the days of a text file with the columns day, kind and name; a mistake names file and line."""
    found: list[tuple[int | None, DayEntry]] = []
    faults: list[str] = []
    for line, row in enumerate(csv.reader(text.splitlines()), start=1):
        cells = tuple(cell.strip() for cell in row)
        if not any(cells) or (line == 1 and cells in HEADINGS):
            continue
        entry = _entry_of(cells)
        if isinstance(entry, DayEntry):
            found.append((line, entry))
        else:
            faults.append(f"第{line}行：{entry}")
    _refuse([*faults, *faults_of(found)], file=file)
    if not found:
        raise Refusal("calendar.empty_file", f"{file} 里没有任何日期")
    return tuple(entry for _line, entry in found)


def _entry_of(cells: tuple[str, ...]) -> DayEntry | str:
    """Return the day that a row tells of, or what is wrong with the row."""
    if len(cells) != COLUMNS:
        return f"应当有日期、类型、名称三列，实有{len(cells)}列"
    written_day, written_kind, name = cells
    try:
        day = date.fromisoformat(written_day)
    except ValueError:
        return f"“{written_day}”不是日期，应写作 2027-01-01"
    kind = KINDS.get(written_kind.lower())
    if kind is None:
        return f"类型“{written_kind}”只能是 rest（放假）或 work（调休上班）"
    if not 1 <= len(name) <= LONGEST_NAME:
        return f"名称须有1至{LONGEST_NAME}个字"
    return DayEntry(day, kind, name)


def faults_of(found: Iterable[tuple[int | None, DayEntry]]) -> Iterator[str]:
    """Yield what is wrong with the days taken together: a day told twice, out of range, or made up on a weekday."""
    seen: set[date] = set()
    for line, entry in found:
        place = "" if line is None else f"第{line}行："
        if entry.day in seen:
            yield f"{place}{show_day(entry.day)}写了两次"
        if not FIRST_YEAR <= entry.day.year <= LAST_YEAR:
            yield f"{place}{show_day(entry.day)}不在{FIRST_YEAR}年至{LAST_YEAR}年之间"
        elif entry.kind is DayKind.WORK and entry.day.weekday() < SATURDAY:
            yield f"{place}{show_day(entry.day)}是{show_weekday(entry.day)}，本来就上班，不是调休上班日"
        seen.add(entry.day)


def _refuse(faults: Iterable[str], *, file: str) -> None:
    told = list(faults)
    if told:
        raise Refusal("calendar.bad_file", "\n".join(f"{file} {fault}" for fault in told), count=len(told))


@transaction.atomic(using="owner")
def announce(*, days: Iterable[DayEntry], source: str, at: datetime) -> tuple[int, ...]:
    """公布放假安排: replace every year that the days speak of, whole; return the years. Other years stay as they are.

    Written as the owner: neither an office nor the platform's role may change what everybody counts by.
    """
    entries = tuple(days)
    years = sorted({entry.day.year for entry in entries})
    for year in years:
        CalendarDay.objects.using("owner").filter(day__year=year).delete()
        CalendarYear.objects.using("owner").update_or_create(
            year=year, defaults={"source": source[:120], "announced_at": at}
        )
    CalendarDay.objects.using("owner").bulk_create(
        CalendarDay(day=entry.day, kind=entry.kind.value, name=entry.name) for entry in entries
    )
    return tuple(years)
