"""联动漏斗: how far hotspots went in a year, for the province and for every county."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.interfaces.components.links import Button, Chips
from huiyin.interfaces.components.numbers import ChartWithTable, Series
from huiyin.interfaces.pages.access import needs
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.funnel import COUNTED, CountyFunnel, Funnel, Step, funnel_of

from .frame import SEES_THE_BOARD, as_of_words, choice_of, export_button, office_of, wants_export
from .grid import Cell, Grid, Head, Line, named
from .sheets import exported

MEANINGS = tuple(
    f"{stage.label}：{indicator.whole if is_whole else indicator.part}"
    for stage, (indicator, is_whole) in COUNTED.items()
)


@dataclass(frozen=True, slots=True)
class FunnelScreen:
    """The linkage of a year."""

    lead: str
    choices: tuple[Chips, ...]
    export: Button
    chart: ChartWithTable
    table: Grid
    meanings: tuple[str, ...] = MEANINGS


@needs(SEES_THE_BOARD)
@require_safe
def funnel(request: HttpRequest) -> HttpResponse:
    """联动漏斗 of a year, from the versions on which the board stands."""
    at = timezone.now()
    choice = choice_of(request, at=at).of_year
    board = queries.board(choice.year, at=at, indicators=())
    found = funnel_of(board)
    as_of = f"数据截至 {as_of_words(board.as_of)}" if board.as_of else "本年还没有县报送"
    screen = FunnelScreen(
        lead=f"{choice.year}年 · {as_of}",
        choices=(choice.year_chips(),),
        export=export_button(request),
        chart=_chart(found),
        table=_table(found),
    )
    if wants_export(request):
        return exported(f"{choice.year}年联动漏斗", (screen.table,), notes=(screen.lead, *MEANINGS))
    return render(request, "provincial/funnel.html", {"screen": screen, "office": office_of(request, place="funnel")})


def _chart(found: Funnel) -> ChartWithTable:
    return ChartWithTable(
        id="funnel-chart",
        title=f"{found.year}年全省联动",
        kind="ranking",
        unit="个",
        category_label="环节",
        categories=tuple(step.stage.label for step in found.total),
        series=(Series(name="全省", values=tuple(step.count for step in found.total)),),
        note="各环节按发生日期计数，本年的建议可以来自上年的热点，所以后一环节可能多于前一环节。",
    )


def _table(found: Funnel) -> Grid:
    lines = [
        Line(
            tone="plain" if one.has_reported else "warn",
            cells=(
                named(one.name, href=f"{reverse('board_county', args=[one.schema])}?year={found.year}"),
                *_steps(one),
            ),
        )
        for one in found.counties
    ]
    if lines:
        lines.append(Line((named("全省合计"), *_counts(found.total)), tone="info"))
    return Grid(
        id="counties",
        caption=f"{found.year}年各县联动漏斗",
        heads=(Head("县（市、区）", "start"), *(Head(stage.label) for stage in COUNTED)),
        lines=tuple(lines),
        empty="还没有县入驻",
    )


def _steps(one: CountyFunnel) -> Iterable[Cell]:
    if not one.has_reported:
        return (Cell("未报送") for _ in one.steps)
    return _counts(one.steps)


def _counts(steps: Iterable[Step]) -> Iterable[Cell]:
    """Yield each count; where it is a part, of how many."""
    for step in steps:
        _, is_whole = COUNTED[step.stage]
        yield Cell(str(step.count), sub="" if is_whole else f"共{step.of}")
