"""One county of the board: its months, every number, and every version that it reported with what it changed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.links import Button, Chips, Crumb
from huiyin.interfaces.components.words import moment_words
from huiyin.interfaces.pages.access import needs
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.board import Amount, Amounts, CountyLine, MonthLine, Version
from huiyin.platform.statistics.indicators import PROMISES, REGISTERED
from huiyin.platform.statistics.rules import DUE_DAY, Punctuality
from huiyin.platform.statistics.versions import Change, History, history

from .board_tables import amount_cells
from .frame import (
    OPEN_INDICATORS,
    SEES_THE_BOARD,
    Choice,
    amount_words,
    choice_of,
    export_button,
    lead_of,
    office_of,
    wants_export,
)
from .grid import Cell, Grid, Head, Line, named
from .sheets import exported

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
    due: str
    crumbs: tuple[Crumb, ...]
    choices: tuple[Chips, ...]
    export: Button
    months: Grid
    indicators: Grid
    versions: Grid


@dataclass(frozen=True, slots=True)
class VersionsScreen:
    """The page of one period of one county: its versions and every number of each."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    export: Button
    changed: Grid
    same: Grid


@needs(SEES_THE_BOARD)
@require_safe
def county(request: HttpRequest, schema: str) -> HttpResponse:
    """县: the months of one county with part and whole, its versions, whether they came in time."""
    at = timezone.now()
    choice = choice_of(request, at=at).of_year
    line = _line(schema, choice, at=at)
    as_of = (line.data_as_of, line.data_as_of) if line.data_as_of else None
    screen = CountyScreen(
        title=line.name,
        lead=lead_of(choice, as_of, nothing="本县本年还没有报送"),
        due=f"应于次月{DUE_DAY}日前报送；点版本看各版差别",
        crumbs=(Crumb(label="各县看板", href=f"{reverse('board')}?{choice.query}"),),
        choices=(choice.year_chips(), choice.channel_chips()),
        export=export_button(request),
        months=_months(line, queries.months_of(line, choice.group)),
        indicators=_indicators(line),
        versions=_versions(schema, tuple(version for _, version in queries.versions(choice.year, county=schema))),
    )
    if wants_export(request):
        grids = (screen.months, screen.indicators, screen.versions)
        return exported(f"{choice.label}{line.name}", grids, notes=(screen.lead,))
    return render(request, "provincial/county.html", {"screen": screen, "office": office_of(request, place="board")})


def _line(schema: str, choice: Choice, *, at: datetime) -> CountyLine:
    try:
        return queries.board(choice.year, at=at, group=choice.group, indicators=OPEN_INDICATORS, county=schema).county(
            schema
        )
    except Refusal:
        raise Http404 from None


def _months(line: CountyLine, amounts: tuple[Amounts, ...]) -> Grid:
    title = "全年（整年报送）" if line.is_by_year else "本年累计"
    total = (named(title), Cell(align="start"), Cell(align="start"), Cell(str(line.amounts.of(REGISTERED).whole)))
    return Grid(
        id="months",
        caption="逐月报送",
        heads=(
            Head("月份", "start"),
            Head("报送情况", "start"),
            Head("版本", "start"),
            Head("收件"),
            *(Head(f"{one.code} {one.label}") for one in PROMISES),
            Head("数据截至", "start"),
        ),
        lines=(
            *(_month(one, of_month, line.schema) for one, of_month in zip(line.months, amounts, strict=True)),
            Line((*total, *amount_cells(line.amounts, PROMISES), Cell(align="start")), tone="info"),
        ),
    )


def _month(one: MonthLine, amounts: Amounts, schema: str) -> Line:
    said = Cell(one.punctuality.label, tone=TONES[one.punctuality], align="start")
    if one.latest is None:
        nothing = (Cell() for _ in PROMISES)
        return Line((named(one.month.label), said, Cell(align="start"), Cell(), *nothing, Cell(align="start")))
    version = Cell(
        f"第{one.latest.version}版",
        sub="已更正" if one.is_restated else "",
        href=versions_href(schema, one.month),
        align="start",
    )
    return Line(
        (
            named(one.month.label),
            said,
            version,
            Cell(str(amounts.of(REGISTERED).whole)),
            *amount_cells(amounts, PROMISES),
            Cell(moment_words(one.latest.data_as_of), align="start"),
        )
    )


def versions_href(schema: str, period: Period) -> str:
    """Return where the versions of a period stand."""
    return reverse("board_versions", args=[schema, period.first.isoformat(), period.last.isoformat()])


def _indicators(line: CountyLine) -> Grid:
    return Grid(
        id="indicators",
        caption="全部指标",
        heads=(
            Head("指标", "start"),
            Head("分子 / 分母"),
            Head("百分比"),
            Head("口径", "start"),
            Head("说明", "start"),
        ),
        lines=tuple(
            Line(
                (
                    named(one.label),
                    Cell(f"{amount_words(line.amounts.of(one))} {one.unit}"),
                    Cell(line.amounts.of(one).percent),
                    Cell(one.basis.label, align="start"),
                    Cell(one.sentence, align="text"),
                )
            )
            for one in OPEN_INDICATORS
        ),
    )


def _versions(schema: str, versions: tuple[Version, ...]) -> Grid:
    return Grid(
        id="versions",
        caption="报送过的版本",
        heads=tuple(Head(label, "start") for label in ("期间", "版本", "数据截至", "收到时间")),
        lines=tuple(
            Line(
                (
                    named(one.period.label, href=versions_href(schema, one.period)),
                    Cell(f"第{one.version}版", align="start"),
                    Cell(moment_words(one.data_as_of), align="start"),
                    Cell(moment_words(one.submitted_at), align="start"),
                )
            )
            for one in versions
        ),
        empty="本年没有报送",
    )


@needs(SEES_THE_BOARD)
@require_safe
def versions(request: HttpRequest, schema: str, first: str, last: str) -> HttpResponse:
    """版本: every version of one period side by side, what changed first."""
    offices = queries.offices(county=schema)
    if not offices:
        raise Http404
    found = _history(schema, first, last)
    period = found.period.label
    screen = VersionsScreen(
        title=f"{offices[0].name}　{period}各版",
        lead="；".join(
            f"第{one.version}版：数据截至 {moment_words(one.data_as_of)}，{moment_words(one.submitted_at)}收到"
            for one in found.versions
        ),
        crumbs=(
            Crumb(label="各县看板", href=reverse("board")),
            Crumb(
                label=offices[0].name,
                href=f"{reverse('board_county', args=[schema])}?year={found.period.first.year}",
            ),
        ),
        export=export_button(request),
        changed=_changes("changed", "各版不同的数字", found, is_changed=True),
        same=_changes("same", "各版相同的数字", found, is_changed=False),
    )
    if wants_export(request):
        return exported(f"{offices[0].name}{period}各版", (screen.changed, screen.same), notes=(screen.lead,))
    return render(request, "provincial/versions.html", {"screen": screen, "office": office_of(request, place="board")})


def _history(schema: str, first: str, last: str) -> History:
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except (ValueError, Refusal):
        raise Http404 from None
    found = history(schema, period, indicators=OPEN_INDICATORS)
    if not found.versions:
        raise Http404
    return found


def _changes(name: str, caption: str, found: History, *, is_changed: bool) -> Grid:
    return Grid(
        id=name,
        caption=caption,
        heads=(
            Head("指标", "start"),
            Head("渠道", "start"),
            *(Head(f"第{one.version}版 分子 / 分母") for one in found.versions),
        ),
        lines=tuple(_change(one) for one in found.changes if one.has_changed is is_changed),
        empty="没有",
    )


def _change(one: Change) -> Line:
    numbers = (Cell(_amount(amount), tone="warn" if one.has_changed else "plain") for amount in one.amounts)
    return Line((named(one.indicator.label), Cell(one.channel.label, align="start"), *numbers))


def _amount(amount: Amount | None) -> str:
    return "没有" if amount is None else amount_words(amount)
