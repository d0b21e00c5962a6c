"""One county of the board: its months, and every version that it reported."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.links import Chips, Crumb
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.interfaces.pages.access import needs
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.board import Amounts, CountyLine, MonthLine, Version
from huiyin.platform.statistics.indicators import INDICATORS, PROMISES, REGISTERED
from huiyin.platform.statistics.rules import Punctuality

from .frame import SEES_THE_BOARD, amount_words, choice_of, lead_of, office_of

TONES: dict[Punctuality, Tone] = {
    Punctuality.ON_TIME: "good",
    Punctuality.LATE: "warn",
    Punctuality.MISSING: "bad",
    Punctuality.WAITING: "info",
    Punctuality.NOT_DUE: "plain",
    Punctuality.BEFORE: "plain",
}


@dataclass(frozen=True, slots=True)
class CountyScreen:
    """The page of one county."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    choices: tuple[Chips, ...]
    months: DataTable
    indicators: DataTable
    versions: DataTable


@needs(SEES_THE_BOARD)
@require_safe
def county(request: HttpRequest, schema: str) -> HttpResponse:
    """县: the months of one county with part and whole, its versions, whether they came in time."""
    at = timezone.now()
    choice = choice_of(request, at=at)
    try:
        line = queries.board(choice.year, at=at, group=choice.group).county(schema)
    except Refusal:
        raise Http404 from None
    as_of = (line.data_as_of, line.data_as_of) if line.data_as_of else None
    screen = CountyScreen(
        title=line.name,
        lead=lead_of(choice, as_of, nothing="本县本年还没有报送"),
        crumbs=(Crumb(label="各县看板", href=f"{reverse('board')}?{choice.query}"),),
        choices=choice.chips(),
        months=_months(line),
        indicators=_indicators(line),
        versions=_versions(tuple(version for _, version in queries.versions(choice.year, county=schema))),
    )
    return render(request, "provincial/county.html", {"screen": screen, "office": office_of(request)})


def _months(line: CountyLine) -> DataTable:
    rows = [_month(one) for one in line.months]
    title = "全年（整年报送）" if line.is_by_year else "本年累计"
    received = str(line.amounts.of(REGISTERED).whole)
    rows.append(
        Row(
            tone="info",
            cells=(Cell(text=title), Cell(), Cell(), Cell(text=received), *_promises(line.amounts), Cell()),
        )
    )
    return DataTable(
        caption=f"{line.name}逐月报送",
        columns=(
            Column(label="月份", width="fit"),
            Column(label="报送情况", width="fit"),
            Column(label="版本", width="fit"),
            Column(label="收件", align="end", width="fit"),
            *(Column(label=f"{one.code} {one.label}", align="end") for one in PROMISES),
            Column(label="数据截至", width="fit"),
        ),
        rows=tuple(rows),
        phone="scroll",
    )


def _month(one: MonthLine) -> Row:
    badge = StateBadge(label=one.punctuality.label, tone=TONES[one.punctuality])
    if one.latest is None:
        nothing = (Cell() for _ in PROMISES)
        return Row(cells=(Cell(text=one.month.label), Cell(component=badge), Cell(), Cell(), *nothing, Cell()))
    return Row(
        cells=(
            Cell(text=one.month.label),
            Cell(component=badge),
            Cell(text=f"第{one.latest.version}版", sub="已更正" if one.is_restated else ""),
            Cell(text=str(one.amounts.of(REGISTERED).whole)),
            *_promises(one.amounts),
            Cell(text=moment_words(one.latest.data_as_of)),
        )
    )


def _promises(amounts: Amounts) -> tuple[Cell, ...]:
    return tuple(Cell(text=amounts.of(one).percent, sub=amount_words(amounts.of(one))) for one in PROMISES)


def _indicators(line: CountyLine) -> DataTable:
    return DataTable(
        caption="全部指标",
        columns=(
            Column(label="指标", width="fit"),
            Column(label="分子 / 分母", align="end", width="fit"),
            Column(label="百分比", align="end", width="fit"),
            Column(label="口径", width="fit"),
            Column(label="说明", width="wide"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.label),
                    Cell(text=f"{amount_words(line.amounts.of(one))} {one.unit}"),
                    Cell(text=line.amounts.of(one).percent),
                    Cell(text=one.basis.label),
                    Cell(text=one.sentence),
                )
            )
            for one in INDICATORS.values()
        ),
    )


def _versions(versions: tuple[Version, ...]) -> DataTable:
    return DataTable(
        caption="报送过的版本",
        columns=tuple(Column(label=label, width="fit") for label in ("期间", "版本", "数据截至", "收到时间")),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.period.label),
                    Cell(text=f"第{one.version}版"),
                    Cell(text=moment_words(one.data_as_of)),
                    Cell(text=moment_words(one.submitted_at)),
                )
            )
            for one in versions
        ),
        empty=EmptyState(title="本年没有报送"),
    )
