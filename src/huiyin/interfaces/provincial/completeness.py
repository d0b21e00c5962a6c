"""报送情况: every county and month, whether it came in time, late or not at all, and how often it was restated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.links import Button, Chips
from huiyin.interfaces.components.numbers import Stat, StatStrip
from huiyin.interfaces.pages.access import needs
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.board import Board, CountyLine, MonthLine
from huiyin.platform.statistics.rules import DUE_DAY, Punctuality

from .county import TONES, versions_href
from .frame import SEES_THE_BOARD, choice_of, export_button, office_of, short_name, wants_export
from .grid import Cell, Grid, Head, Line, named
from .sheets import exported

WORDS: Mapping[Punctuality, str] = {
    Punctuality.ON_TIME: "按时",
    Punctuality.LATE: "迟报",
    Punctuality.MISSING: "未报",
    Punctuality.WAITING: "待报",
    Punctuality.NOT_DUE: "未到期",
    Punctuality.BEFORE: "入驻前",
}
COUNTED = (Punctuality.ON_TIME, Punctuality.LATE, Punctuality.MISSING)
COUNT_TONES: Mapping[Punctuality, Tone] = {Punctuality.LATE: "warn", Punctuality.MISSING: "bad"}


@dataclass(frozen=True, slots=True)
class CompletenessScreen:
    """The matrix of a year."""

    lead: str
    choices: tuple[Chips, ...]
    export: Button
    strip: StatStrip
    table: Grid


@needs(SEES_THE_BOARD)
@require_safe
def completeness(request: HttpRequest) -> HttpResponse:
    """报送情况 of a year: county by month, with the version where it was restated."""
    at = timezone.now()
    choice = choice_of(request, at=at).of_year
    found = queries.board(choice.year, at=at, indicators=())
    screen = CompletenessScreen(
        lead=f"{choice.year}年 · 次月{DUE_DAY}日前报送的为按时；重报的写明是第几版，点开看各版差别",
        choices=(choice.year_chips(),),
        export=export_button(request),
        strip=_strip(found),
        table=_table(found),
    )
    if wants_export(request):
        return exported(f"{choice.year}年报送情况", (screen.table,), notes=(screen.lead,))
    return render(
        request, "provincial/completeness.html", {"screen": screen, "office": office_of(request, place="completeness")}
    )


def counted(months: Iterable[MonthLine], kind: Punctuality) -> int:
    """Return how many months stand so."""
    return sum(one.punctuality is kind for one in months)


def _strip(found: Board) -> StatStrip:
    months = [one for line in found.counties for one in line.months]
    return StatStrip(
        label="全省",
        items=(
            *(
                Stat(label=WORDS[kind], value=counted(months, kind), unit="县月", tone=COUNT_TONES.get(kind, "plain"))
                for kind in COUNTED
            ),
            Stat(label="重报", value=sum(one.is_restated for one in months), unit="县月"),
        ),
    )


def _table(found: Board) -> Grid:
    lines = [_line(line, found.year) for line in found.counties]
    if lines:
        lines += [_sum(found, kind) for kind in COUNTED]
        lines.append(_restated(found))
    return Grid(
        id="months",
        caption=f"{found.year}年各县逐月报送情况",
        heads=(
            Head("县（市、区）", "start"),
            *(Head(f"{point.month.first.month}月", "start") for point in found.trend),
            *(Head(WORDS[kind]) for kind in COUNTED),
            Head("重报"),
        ),
        lines=tuple(lines),
        empty="还没有县入驻",
    )


def _line(line: CountyLine, of_year: int) -> Line:
    href = f"{reverse('board_county', args=[line.schema])}?year={of_year}"
    return Line(
        (
            named(short_name(line.name), sub="" if line.is_active else "已停用", href=href),
            *(_month(line.schema, one) for one in line.months),
            *(Cell(str(counted(line.months, kind))) for kind in COUNTED),
            Cell(str(line.restated)),
        )
    )


def _month(schema: str, one: MonthLine) -> Cell:
    is_restated = one.latest is not None and one.is_restated
    return Cell(
        WORDS[one.punctuality],
        sub=f"重报，第{one.latest.version}版" if one.latest is not None and is_restated else "",
        href=versions_href(schema, one.month) if one.latest is not None else "",
        tone=TONES[one.punctuality],
        align="start",
    )


def _sum(found: Board, kind: Punctuality) -> Line:
    by_month = [counted((line.months[place] for line in found.counties), kind) for place in range(len(found.trend))]
    own = (str(sum(by_month)) if one is kind else "" for one in COUNTED)
    return Line(
        (
            named(f"{WORDS[kind]}的县"),
            *(Cell(str(one), align="start") for one in by_month),
            *(Cell(text) for text in own),
            Cell(""),
        ),
        tone="info",
    )


def _restated(found: Board) -> Line:
    by_month = [sum(line.months[place].is_restated for line in found.counties) for place in range(len(found.trend))]
    return Line(
        (
            named("重报的县"),
            *(Cell(str(one), align="start") for one in by_month),
            *(Cell("") for _ in COUNTED),
            Cell(str(sum(by_month))),
        ),
        tone="info",
    )
