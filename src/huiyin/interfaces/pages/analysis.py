"""指标: every number of the office for a period and a moment, beside the year before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.county.analysis.dividing import dimensions_of
from huiyin.county.analysis.overviews import Number, Overview, overview
from huiyin.county.analysis.rules import same_moment_last_year
from huiyin.county.analysis.states import Side
from huiyin.county.supervision.queries.funnel import funnel
from huiyin.interfaces.components.links import Chips, Tabs
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import Fact, Facts, PrintHeader
from huiyin.interfaces.components.tables import Cell, Column, DataTable, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.platform.statistics.indicators import CHAPTERS, INDICATORS, PROMISES, Indicator

from .access import OFFICE_READERS, needs, staff_of
from .analysis_choice import NumbersChoice, behind_href, numbers_choice
from .analysis_tabs import analysis_tabs
from .period_choice import SpanForm

TITLE = "指标"


@dataclass(frozen=True, slots=True)
class AnalysisScreen:
    """The page of all numbers."""

    lead: str
    print_header: PrintHeader
    tabs: Tabs
    choices: tuple[Chips, ...]
    form: SpanForm
    action: str
    group: str
    alerts: tuple[Alert, ...]
    chapters: tuple[tuple[str, DataTable], ...]
    meanings: Facts


@needs(OFFICE_READERS)
@require_safe
def analysis(request: HttpRequest) -> HttpResponse:
    """指标 of a period, as of a moment, with the same period of the year before."""
    now = timezone.now()
    choice = numbers_choice(request, now=now)
    found = numbers_of(choice)
    screen = AnalysisScreen(
        lead=lead_of(found),
        print_header=print_header_of(request, TITLE, now),
        tabs=analysis_tabs("analysis"),
        choices=(
            *choice.periods.chips(today=local_day(now), kept=f"channels={choice.group.value}"),
            choice.chips(),
        ),
        form=choice.periods.form,
        action=request.path,
        group=choice.group.value,
        alerts=choice.alerts(request.path),
        chapters=tuple((title, _table(title, of_one, found, choice)) for title, of_one in CHAPTERS.items()),
        meanings=Facts(
            columns=1,
            items=tuple(
                Fact(label=one.label, value=f"{one.sentence}（{one.basis.label}）") for one in INDICATORS.values()
            ),
        ),
    )
    return render(request, "analysis.html", {"screen": screen})


def numbers_of(choice: NumbersChoice) -> Overview:
    """Return all numbers of the choice, those of the linkage with supervision too."""
    period, at = choice.period, choice.at
    linked = (funnel(period, at=at), funnel(period.previous_year(), at=same_moment_last_year(at)))
    return overview(period, at=at, group=choice.group, linked=linked)


def lead_of(found: Overview) -> str:
    """Return which numbers these are, and with what they are compared."""
    return (
        f"{found.period.label} · {found.group.label} · 数据截至 {moment_words(found.at)}；"
        f"去年同期为{found.before.label}，截至 {moment_words(found.at_before)}"
    )


def print_header_of(request: HttpRequest, title: str, now: datetime) -> PrintHeader:
    """Return the head of the printed page."""
    return PrintHeader(office=tenant.current().name, title=title, printed_by=staff_of(request).name, printed_at=now)


def _table(title: str, indicators: Iterable[Indicator], found: Overview, choice: NumbersChoice) -> DataTable:
    return DataTable(
        caption=f"{title}：{found.period.label}",
        columns=(
            Column(label="指标", width="wide"),
            Column(label="分子", align="end", width="fit"),
            Column(label="分母", align="end", width="fit"),
            Column(label="百分比", align="end", width="fit"),
            Column(label="未计入分子", align="end", width="fit"),
            Column(label="去年同期", align="end", width="fit"),
        ),
        rows=tuple(_row(found.number(one), choice) for one in indicators),
    )


def _row(number: Number, choice: NumbersChoice) -> Row:
    one = number.indicator
    basis = one.basis.label if one.has_channel else f"{one.basis.label}，不分渠道"
    return Row(
        cells=(
            Cell(text=one.label, sub=f"{one.part} / {one.whole} · {basis}", href=_breakdown_href(one, choice)),
            Cell(text=str(number.part), href=_behind(number.part, one, choice, Side.PART)),
            Cell(text=str(number.whole), href=_behind(number.whole, one, choice, Side.WHOLE)),
            Cell(text=number.percent),
            Cell(text=str(number.whole - number.part), href=_missing(number, choice)),
            Cell(text=number.percent_before, sub=f"{number.part_before} / {number.whole_before}"),
        )
    )


def _breakdown_href(one: Indicator, choice: NumbersChoice) -> str:
    if not dimensions_of(one):
        return reverse("supervision")
    return f"{reverse('analysis_breakdown', args=[one.code])}?{choice.query}"


def _behind(count: int, one: Indicator, choice: NumbersChoice, side: Side) -> str:
    return behind_href(one.code, choice, side) if count and one.has_channel else ""


def _missing(number: Number, choice: NumbersChoice) -> str:
    one = number.indicator
    if number.part == number.whole:
        return ""
    if one in PROMISES:
        return f"{reverse('promise_missing', args=[one.code])}?{choice.periods.query}&group={choice.group.value}"
    return _behind(number.whole - number.part, one, choice, Side.MISSING)
