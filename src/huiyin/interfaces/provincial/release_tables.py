"""The tables of a release: places by columns, one county by columns, one cell by months."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.urls import reverse

from huiyin.interfaces.components.links import Chip, Chips
from huiyin.kernel.periods import MONTHS_IN_YEAR
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.words import Word
from huiyin.platform.statistics.crosstab import PROVINCE
from huiyin.province.queries import Amount, ReleasedTable
from huiyin.province.queries import Line as Place

from .frame import short_name
from .grid import Cell, Grid, Head, Line, named

# How the whole province is called in an address.
EVERYWHERE = "province"
UNPUBLISHED = "未发布"


class Measured(Word):
    """Which of a cell's numbers a table shows."""

    WHOLE = "whole", "登记的信访件"
    PART = "part", "其中：初次信访事项"
    RATE = "rate", "初次信访事项所占比例"

    def words(self, amount: Amount) -> str:
        """Return the number as it is printed."""
        return {
            Measured.WHOLE: amount.whole_words,
            Measured.PART: amount.part_words,
            Measured.RATE: amount.rate_words,
        }[self]


def measured_of(request: HttpRequest) -> Measured:
    """Return what the address asks for; registered petitions where it asks for nothing there is."""
    asked = request.GET.get("measure", "")
    return Measured(asked) if asked in set(Measured) else Measured.WHOLE


def measure_chips(now: Measured) -> Chips:
    """Return the numbers a table can show."""
    return Chips(
        label="数字",
        items=tuple(Chip(label=one.label, href=f"?measure={one.value}", active=one is now) for one in Measured),
    )


def places_of(found: ReleasedTable) -> tuple[Place, ...]:
    """Return every line of a release, the province last."""
    return (*found.counties, *found.prefectures, found.total)


def place_of(found: ReleasedTable, place: str) -> Place:
    """Return the line that an address names; refuse one that the release does not show."""
    wanted = PROVINCE if place == EVERYWHERE else place
    for line in places_of(found):
        if line.place == wanted:
            return line
    raise Refusal("release.no_county", "这份发布没有列出这个地方")


def column_of(found: ReleasedTable, column: str) -> int:
    """Return where a column stands; refuse one that the release does not show."""
    for at, one in enumerate(found.columns):
        if address_of(one.code) == column:
            return at
    raise Refusal("release.no_column", "这份发布没有这一栏")


def check_is_shown(found: ReleasedTable, *, place: str, column: str) -> None:
    """Refuse to look behind a count that is hidden."""
    amount = place_of(found, place).amounts[column_of(found, column)]
    if amount.whole is None:
        raise Refusal("release.suppressed", "这个数已经抑制（＊），不能再往下看")


def address_of(code: str) -> str:
    """Return how a column is called in an address."""
    return code or "none"


def release_grid(found: ReleasedTable, measured: Measured) -> Grid:
    """Return the table: counties, then prefectures, then the province."""
    return Grid(
        id="release",
        caption=f"{found.period.label}{found.kind.label} {measured.label.removeprefix('其中：')}",
        heads=(Head("县（市、区）", "start"), *(Head(one.label) for one in found.columns)),
        lines=tuple(_line(found, line, measured) for line in places_of(found)),
    )


def _line(found: ReleasedTable, line: Place, measured: Measured) -> Line:
    href = reverse("release_county", args=[found.id, line.place]) if line.is_county else ""
    name = short_name(line.name) if line.is_county else f"{line.name}市（州）小计" if line.place else "全省合计"
    return Line(
        tone="plain" if line.is_county else "info",
        cells=(named(name, href=href), *_cells(found, line, measured)),
    )


def _cells(found: ReleasedTable, line: Place, measured: Measured) -> Iterator[Cell]:
    """Yield the numbers of a line; of a quarter or a year, those that are shown lead to their months."""
    opens = (found.period.last.month - found.period.first.month) in range(1, MONTHS_IN_YEAR)
    for column, amount in zip(found.columns, line.amounts, strict=True):
        href = cell_href(found, line, column.code) if opens and amount.whole else ""
        yield Cell(measured.words(amount), href=href)


def cell_href(found: ReleasedTable, line: Place, code: str) -> str:
    """Return where the months of a cell stand."""
    return reverse("release_cell", args=[found.id, line.place or EVERYWHERE, address_of(code)])


def county_grid(found: ReleasedTable, line: Place) -> Grid:
    """Return one county, column by column."""
    return Grid(
        id="release-county",
        caption=f"{short_name(line.name)}{found.period.label}{found.kind.label}",
        heads=(Head(found.kind.label.removeprefix("按"), "start"), *(Head(one.label) for one in Measured)),
        lines=tuple(
            Line(
                (named(column.label), *(Cell(one.words(amount)) for one in Measured)),
            )
            for column, amount in zip(found.columns, line.amounts, strict=True)
        ),
    )


def cell_grid(found: ReleasedTable, months: Sequence[ReleasedTable | None], *, place: str, column: str) -> Grid:
    """Return one place and column month by month, as far as it was released so finely."""
    return Grid(
        id="release-cell",
        caption=f"{found.period.label}逐月",
        heads=(Head("月份", "start"), *(Head(one.label) for one in Measured), Head("版本", "start")),
        lines=tuple(
            _month(period.label, table, place=place, column=column)
            for period, table in zip(found.period.months(), months, strict=True)
        ),
    )


def _month(label: str, table: ReleasedTable | None, *, place: str, column: str) -> Line:
    amount = _amount(table, place=place, column=column)
    if table is None or amount is None:
        why = UNPUBLISHED if table is None else "没有这样细的发布"
        return Line((named(label), *(Cell() for _ in Measured), Cell(why, align="start")))
    href = reverse("release", args=[table.id])
    numbers = (Cell(one.words(amount)) for one in Measured)
    return Line((named(label), *numbers, Cell(f"第{table.version}版", href=href, align="start")))


def _amount(table: ReleasedTable | None, *, place: str, column: str) -> Amount | None:
    """Return a cell of a month, or None where the month was released coarser or without the place."""
    if table is None:
        return None
    try:
        return place_of(table, place).amounts[column_of(table, column)]
    except Refusal:
        return None


def notes_of(found: ReleasedTable, measured: Measured) -> tuple[str, ...]:
    """Return what has to be known to read an exported release."""
    return (f"表中数字：{measured.label}", f"详细程度：{found.level.label}", f"抑制阈值：{found.threshold}")
