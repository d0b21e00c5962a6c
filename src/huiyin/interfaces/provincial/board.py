"""看板: all counties of a year as a table that sorts, prefectures, and the trend of the months."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.interfaces.components.frame import Office
from huiyin.interfaces.components.links import Chips
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.numbers import ChartWithTable, Series, Stat, StatStrip
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.pages.access import needs
from huiyin.kernel.percent import percent
from huiyin.platform.statistics import queries
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
    TIMELY_REPORT,
    Indicator,
)

from .frame import SEES_THE_BOARD, Choice, amount_words, as_of_words, choice_of, lead_of, office_of

SHOWN = (*PROMISES, TIMELY_DISPOSITION, TIMELY_REPORT, SATISFIED)
DRAWN = (REGISTERED, READ, ASSIGNED, ANSWERED)
MONTHS = 12
SORTS: dict[str, Callable[[CountyLine], tuple[object, ...]]] = {
    "code": lambda line: (line.gb_code,),
    "name": lambda line: (line.name,),
    "received": lambda line: (line.amounts.of(REGISTERED).whole, line.gb_code),
    "late": lambda line: (line.late, line.gb_code),
    "as_of": lambda line: (str(line.data_as_of or ""), line.gb_code),
}


@dataclass(frozen=True, slots=True)
class BoardScreen:
    """The page of all counties."""

    lead: str
    choices: tuple[Chips, ...]
    alerts: tuple[Alert, ...]
    strip: StatStrip
    counties: DataTable
    prefectures: DataTable
    trend: ChartWithTable
    meanings: Facts


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column the counties stand, and in which direction."""

    by: str
    descending: bool

    def head(self, label: str, name: str, choice: Choice) -> Column:
        """Return the head of a column that sorts; the one that sorts now turns the direction."""
        is_now = name == self.by
        order = "ascending" if is_now and self.descending else "descending"
        return Column(
            label=label,
            align="start" if name in {"code", "name", "as_of"} else "end",
            sort_href=f"?{choice.query}&sort={name}&order={order}",
            sorted="" if not is_now else ("descending" if self.descending else "ascending"),
        )

    def applied(self, lines: Iterable[CountyLine]) -> list[CountyLine]:
        """Return the counties in this order."""
        return sorted(lines, key=SORTS.get(self.by) or _share(self.by), reverse=self.descending)


def _share(code: str) -> Callable[[CountyLine], tuple[object, ...]]:
    """Return the order by one indicator's percentage; nothing of nothing stands below every number."""

    def share(line: CountyLine) -> tuple[object, ...]:
        amount = line.amounts.of(INDICATORS[code])
        value = percent(amount.part, amount.whole)
        return (value is not None, value or 0, line.gb_code)

    return share


def sort_of(request: HttpRequest) -> Sort:
    """Return the order that the address asks for; by code where it asks for none that there is."""
    by = request.GET.get("sort", "code")
    known = {*SORTS, *(one.code for one in SHOWN)}
    return Sort(by=by if by in known else "code", descending=request.GET.get("order") == "descending")


@needs(SEES_THE_BOARD)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """看板: every county of the year, from pushed numbers only."""
    at = timezone.now()
    choice = choice_of(request, at=at)
    found = queries.board(choice.year, at=at, group=choice.group)
    screen = BoardScreen(
        lead=lead_of(choice, found.as_of, nothing="本年还没有县报送"),
        choices=choice.chips(),
        alerts=tuple(_alerts(found)),
        strip=_strip(found),
        counties=_counties(found, choice, sort_of(request)),
        prefectures=_prefectures(found),
        trend=_trend(found),
        meanings=Facts(
            columns=1, items=tuple(Fact(label=f"{one.code}　{one.label}", value=one.sentence) for one in PROMISES)
        ),
    )
    office: Office = office_of(request)
    return render(request, "provincial/board.html", {"screen": screen, "office": office})


def _alerts(found: Board) -> Iterable[Alert]:
    silent = [line.name for line in found.silent if line.is_active]
    if silent:
        yield Alert(kind="warn", title=f"{len(silent)}个县本年没有报送", words="、".join(silent))


def _strip(found: Board) -> StatStrip:
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


def _counties(found: Board, choice: Choice, sort: Sort) -> DataTable:
    columns = (
        sort.head("县（市、区）", "name", choice),
        sort.head("代码", "code", choice),
        sort.head("收件", "received", choice),
        *(sort.head(one.label, one.code, choice) for one in SHOWN),
        Column(label="已报", width="fit"),
        sort.head("迟报漏报", "late", choice),
        sort.head("数据截至", "as_of", choice),
    )
    rows = [_county(line, choice) for line in sort.applied(found.counties)]
    if found.counties:
        rows.append(_total(found))
    return DataTable(
        id="counties",
        caption=f"{found.year}年各县{found.group.label}",
        columns=columns,
        rows=tuple(rows),
        phone="scroll",
        empty=EmptyState(title="还没有县入驻"),
    )


def _county(line: CountyLine, choice: Choice) -> Row:
    reported = "全年" if line.is_by_year else f"{line.reported}个月"
    state = "" if line.is_active else "已停用"
    return Row(
        href=f"{reverse('board_county', args=[line.schema])}?{choice.query}",
        tone="plain" if line.has_reported else "warn",
        cells=(
            Cell(text=line.name, sub=state),
            Cell(text=line.gb_code),
            Cell(text=str(line.amounts.of(REGISTERED).whole) if line.has_reported else ""),
            *_amounts(line.amounts if line.has_reported else None),
            Cell(
                text=reported if line.has_reported else "未报送",
                sub=f"更正{line.restated}个月" if line.restated else "",
            ),
            Cell(text=str(line.late)),
            Cell(text=as_of_words((line.data_as_of, line.data_as_of)) if line.data_as_of else ""),
        ),
    )


def _amounts(amounts: Amounts | None) -> tuple[Cell, ...]:
    if amounts is None:
        return tuple(Cell() for _ in SHOWN)
    return tuple(Cell(text=amounts.of(one).percent, sub=amount_words(amounts.of(one))) for one in SHOWN)


def _total(found: Board) -> Row:
    reporting = sum(line.has_reported for line in found.counties)
    return Row(
        tone="info",
        cells=(
            Cell(text="全省合计"),
            Cell(),
            Cell(text=str(found.total.of(REGISTERED).whole)),
            *_amounts(found.total),
            Cell(text=f"{reporting}/{len(found.counties)}县"),
            Cell(text=str(sum(line.late for line in found.counties))),
            Cell(text=as_of_words(found.as_of)),
        ),
    )


def _prefectures(found: Board) -> DataTable:
    return DataTable(
        id="prefectures",
        caption="市（州）小计",
        columns=(
            Column(label="市（州）代码", width="fit"),
            Column(label="县数", align="end", width="fit"),
            *(Column(label=one.label, align="end") for one in SHOWN),
        ),
        rows=tuple(
            Row(cells=(Cell(text=one.code), Cell(text=str(one.counties)), *_amounts(one.amounts)))
            for one in found.prefectures
        ),
        phone="scroll",
        empty=EmptyState(title="还没有县入驻"),
    )


def _trend(found: Board) -> ChartWithTable:
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
