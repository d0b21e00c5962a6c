"""What the board shows below its tiles: all counties in a table that sorts, the prefectures, the trend."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from huiyin.interfaces.components.numbers import ChartWithTable, Series, Stat, StatStrip
from huiyin.kernel.percent import percent
from huiyin.platform.statistics.board import Amounts, Board, CountyLine
from huiyin.platform.statistics.indicators import (
    ANSWERED,
    ANSWERED_OF_ANSWERABLE,
    ASSIGNED,
    INDICATORS,
    PROMISES,
    READ,
    REGISTERED,
    SATISFIED,
    TIMELY_DISPOSITION,
    TIMELY_REPLY,
    TIMELY_REPORT,
    Indicator,
)

from .frame import Choice, amount_words, as_of_words
from .grid import NONE, Cell, Grid, Head, Line, named

SHOWN = (*PROMISES, TIMELY_DISPOSITION, TIMELY_REPLY, TIMELY_REPORT, SATISFIED)
DRAWN = (REGISTERED, READ, ASSIGNED, ANSWERED)
MONTHS = 12
Order = Callable[[CountyLine], tuple[object, ...]]
SORTS: Mapping[str, Order] = {
    "code": lambda line: (line.gb_code,),
    "name": lambda line: (line.name,),
    "received": lambda line: (line.amounts.of(REGISTERED).whole, line.gb_code),
    "late": lambda line: (line.late, line.gb_code),
    "as_of": lambda line: (str(line.data_as_of or ""), line.gb_code),
}


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column the counties stand, and in which direction."""

    by: str
    descending: bool

    def head(self, label: str, name: str, query: str) -> Head:
        """Return the head of a column that sorts; the one that sorts now turns the direction."""
        is_now = name == self.by
        order = "ascending" if is_now and self.descending else "descending"
        return Head(
            label=label,
            align="start" if name in {"code", "name", "as_of"} else "end",
            href=f"?{query}&sort={name}&order={order}#counties",
            sorted="" if not is_now else ("descending" if self.descending else "ascending"),
        )

    def applied(self, lines: Iterable[CountyLine]) -> list[CountyLine]:
        """Return the counties in this order."""
        return sorted(lines, key=SORTS.get(self.by) or _share(INDICATORS[self.by]), reverse=self.descending)


def _share(indicator: Indicator) -> Order:
    """Return the order by one indicator's percentage; nothing of nothing stands below every number."""

    def share(line: CountyLine) -> tuple[object, ...]:
        amount = line.amounts.of(indicator)
        value = percent(amount.part, amount.whole)
        return (value is not None, value or 0, line.gb_code)

    return share


def sort_of(request: HttpRequest) -> Sort:
    """Return the order that the address asks for; by code where it asks for none that there is."""
    by = request.GET.get("sort", "code")
    known = {*SORTS, *(one.code for one in SHOWN)}
    return Sort(by=by if by in known else "code", descending=request.GET.get("order") == "descending")


def strip_of(found: Board) -> StatStrip:
    """Return the province's own numbers."""
    reporting = sum(line.has_reported for line in found.counties)
    return StatStrip(
        label="全省",
        items=(
            Stat(label="已报送的县", part=reporting, whole=len(found.counties), unit="县"),
            *(
                Stat(label=one.label, part=found.total.of(one).part, whole=found.total.of(one).whole)
                for one in (REGISTERED, READ, ASSIGNED, ANSWERED_OF_ANSWERABLE)
            ),
            Stat(label="迟报漏报", value=sum(line.late for line in found.counties), unit="个月", tone="warn"),
        ),
    )


def counties_grid(found: Board, choice: Choice, sort: Sort, *, query: str) -> Grid:
    """Return every county, then the sum."""
    base, of_year = reverse("board_county", args=["x"]).rpartition("x/")[0], choice.of_year.query
    lines = [_county(line, f"{base}{line.schema}/?{of_year}") for line in sort.applied(found.counties)]
    if found.counties:
        lines.append(_total(found))
    return Grid(
        id="counties",
        caption=f"{choice.label}各县{found.group.label}",
        heads=(
            sort.head("县（市、区）", "name", query),
            sort.head("代码", "code", query),
            sort.head("收件", "received", query),
            *(sort.head(one.label, one.code, query) for one in SHOWN),
            Head("全年已报", "start"),
            sort.head("全年迟报漏报", "late", query),
            sort.head("数据截至", "as_of", query),
        ),
        lines=tuple(lines),
        empty="还没有县入驻",
    )


def _county(line: CountyLine, href: str) -> Line:
    reported = "整年报送" if line.is_by_year else f"{line.reported}个月"
    has = line.has_reported
    return Line(
        tone="plain" if has else "warn",
        cells=(
            named(line.name, sub="" if line.is_active else "已停用", href=href),
            Cell(line.gb_code, align="start"),
            Cell(str(line.amounts.of(REGISTERED).whole)) if has else Cell(),
            *(amount_cells(line.amounts, SHOWN) if has else (Cell() for _ in SHOWN)),
            Cell(
                reported if has or line.reported else "未报送",
                sub=f"更正{line.restated}个月" if line.restated else "",
                align="start",
            ),
            Cell(str(line.late)),
            Cell(as_of_words((line.data_as_of, line.data_as_of)) if line.data_as_of else NONE, align="start"),
        ),
    )


def amount_cells(amounts: Amounts, indicators: Iterable[Indicator]) -> Iterable[Cell]:
    """Yield a cell for each indicator: the percentage, below it part and whole."""
    for one in indicators:
        amount = amounts.of(one)
        yield Cell(amount.percent, sub=amount_words(amount))


def _total(found: Board) -> Line:
    reporting = sum(line.has_reported for line in found.counties)
    return Line(
        tone="info",
        cells=(
            named("全省合计"),
            Cell(align="start"),
            Cell(str(found.total.of(REGISTERED).whole)),
            *amount_cells(found.total, SHOWN),
            Cell(f"{reporting}/{len(found.counties)}县", align="start"),
            Cell(str(sum(line.late for line in found.counties))),
            Cell(as_of_words(found.as_of) or NONE, align="start"),
        ),
    )


def prefectures_grid(found: Board, choice: Choice) -> Grid:
    """Return the sums of the prefectures, then of all of them."""
    lines = [
        Line((named(one.code), Cell(str(one.counties)), _received(one.amounts), *amount_cells(one.amounts, SHOWN)))
        for one in found.prefectures
    ]
    if lines:
        cells = (named("全省合计"), Cell(str(len(found.counties))), _received(found.total))
        lines.append(Line((*cells, *amount_cells(found.total, SHOWN)), tone="info"))
    return Grid(
        id="prefectures",
        caption=f"{choice.label}市（州）小计",
        heads=(Head("市（州）代码", "start"), Head("县数"), Head("收件"), *(Head(one.label) for one in SHOWN)),
        lines=tuple(lines),
        empty="还没有县入驻",
    )


def _received(amounts: Amounts) -> Cell:
    return Cell(str(amounts.of(REGISTERED).whole))


def trend_of(found: Board) -> ChartWithTable:
    """Return the promises of all counties, month by month."""
    reported = [point for point in found.trend if point.counties]
    missing = "" if len(reported) == MONTHS else "没有县报送的月份不画；"
    return ChartWithTable(
        id="trend",
        title=f"{found.year}年逐月四个百分之百（{found.group.label}）",
        kind="line",
        unit="%",
        category_label="月份",
        categories=tuple(f"{point.month.first.month}月" for point in found.trend),
        category_notes=tuple(f"{point.counties}县" if point.counties else "未报送" for point in found.trend),
        series=tuple(_series(one, found) for one in DRAWN),
        note=f"月份后是报送的县数；{missing}百分比按各县分子之和与分母之和计算。",
        as_of=as_of_words(found.as_of),
    )


def _series(indicator: Indicator, found: Board) -> Series:
    shares = [percent(point.amounts.of(indicator).part, point.amounts.of(indicator).whole) for point in found.trend]
    return Series(
        name=f"{indicator.code} {indicator.label}",
        values=tuple(None if share is None else float(share) for share in shares),
    )
