"""指标分布: one number by field, unit, place, channel and the rest, beside the year before, with its petitions."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from huiyin.county.analysis.breakdowns import Breakdown, Division, breakdown, for_reader, trend
from huiyin.county.analysis.dividing import ELSEWHERE, SEALED, dimensions_of
from huiyin.county.analysis.states import Dimension, Side
from huiyin.interfaces.components.links import Chip, Chips, Crumb, Hidden, Tabs
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.numbers import ChartWithTable, Series, Stat, StatStrip
from huiyin.interfaces.components.petitions import PrintHeader
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import year
from huiyin.platform.statistics.indicators import INDICATORS, PROMISES, Indicator

from .access import OFFICE_READERS, needs, staff_of
from .analysis import print_header_of
from .analysis_choice import NumbersChoice, behind_href, numbers_choice
from .analysis_tabs import analysis_tabs
from .period_choice import SpanForm

DRAWN = 15
SHOWN = 100


@dataclass(frozen=True, slots=True)
class BreakdownScreen:
    """The page of one number."""

    title: str
    lead: str
    sentence: str
    print_header: PrintHeader
    crumbs: tuple[Crumb, ...]
    tabs: Tabs
    choices: tuple[Chips, ...]
    form: SpanForm
    action: str
    kept: tuple[Hidden, ...]
    alerts: tuple[Alert, ...]
    strip: StatStrip
    chart: ChartWithTable | None
    table: DataTable
    trend: ChartWithTable


@needs(OFFICE_READERS)
@require_safe
def analysis_breakdown(request: HttpRequest, code: str) -> HttpResponse:
    """指标分布: what one number is made of."""
    indicator = INDICATORS.get(code)
    if indicator is None or not dimensions_of(indicator):
        raise Http404
    by, now = dimension_of(request.GET.get("by", ""), indicator), timezone.now()
    choice = numbers_choice(request, now=now, kept=urlencode({"by": by.value}))
    whole = breakdown(code, choice.period, at=choice.at, by=by, group=choice.group)
    found = for_reader(whole, staff_of(request))
    screen = BreakdownScreen(
        title=indicator.label,
        lead=f"{found.period.label} · {_channels(found)} · {indicator.basis.label} · 数据截至 {moment_words(found.at)}",
        sentence=indicator.sentence,
        print_header=print_header_of(request, f"{indicator.label}：{found.period.label}", now),
        crumbs=(Crumb(label="指标", href=f"{reverse('analysis')}?{choice.query}"),),
        tabs=analysis_tabs("analysis"),
        choices=(
            *choice.periods.chips(today=local_day(now), kept=f"channels={choice.group.value}&by={by.value}"),
            *((choice.chips(),) if indicator.has_channel else ()),
            _dimensions(indicator, by, choice),
        ),
        form=choice.periods.form,
        action=request.path,
        kept=(Hidden(name="channels", value=choice.group.value), Hidden(name="by", value=by.value)),
        alerts=choice.alerts(request.path),
        strip=_strip(found),
        chart=_chart(found),
        table=_table(found, choice),
        trend=_trend(found, choice),
    )
    return render(request, "analysis_breakdown.html", {"screen": screen})


def dimension_of(written: str, indicator: Indicator) -> Dimension:
    """Return by what the address asks to divide; the first that the number can be divided by where it names none."""
    known = dimensions_of(indicator)
    return next((one for one in known if one.value == written), known[0])


def _channels(found: Breakdown) -> str:
    return found.group.label if found.indicator.has_channel else "不分渠道"


def _dimensions(indicator: Indicator, by: Dimension, choice: NumbersChoice) -> Chips:
    return Chips(
        label="分布",
        items=tuple(
            Chip(label=one.label, href=f"?{choice.query}&by={one.value}", active=one is by)
            for one in dimensions_of(indicator)
        ),
    )


def _strip(found: Breakdown) -> StatStrip:
    total, one = found.total, found.indicator
    return StatStrip(
        label=one.label,
        items=(
            _stat(found.period.label, total.part, total.whole, one, note=f"截至 {moment_words(found.at)}"),
            _stat(
                f"去年同期（{found.before.label}）",
                total.part_before,
                total.whole_before,
                one,
                note=f"截至 {moment_words(found.at_before)}",
            ),
        ),
    )


def _stat(label: str, part: int, whole: int, one: Indicator, *, note: str) -> Stat:
    """Return a number with its whole; only of a promise is what is not in the part something that lacks."""
    if one in PROMISES:
        return Stat(label=label, part=part, whole=whole, unit=one.unit, note=note)
    return Stat(
        label=label,
        value=part,
        unit=one.unit,
        note=f"{part} / {whole} {one.unit} · {percent_words(part, whole)} · {note}",
    )


def _chart(found: Breakdown) -> ChartWithTable | None:
    if found.dimension is Dimension.MONTH or not found.divisions:
        return None
    drawn = found.divisions[:DRAWN]
    left = len(found.divisions) - len(drawn)
    return ChartWithTable(
        id="divisions",
        title=f"{found.indicator.label}，按{found.dimension.label}",
        kind="ranking",
        unit=found.indicator.unit,
        category_label=found.dimension.label,
        categories=tuple(one.label for one in drawn),
        series=(
            Series(name="分母", values=tuple(one.whole for one in drawn)),
            Series(name="分子", values=tuple(one.part for one in drawn)),
            Series(name="去年同期分母", values=tuple(one.whole_before for one in drawn)),
        ),
        note=f"图中为前{DRAWN}项，其余{left}项见下表。" if left else "",
        as_of=moment_words(found.at),
    )


def _table(found: Breakdown, choice: NumbersChoice) -> DataTable:
    rows = [_row(one, found, choice) for one in found.divisions[:SHOWN]]
    if len(found.divisions) > SHOWN:
        rows.append(_row(_rest(found.divisions[SHOWN:]), found, choice))
    if found.divisions:
        rows.append(_row(found.total, found, choice))
    return DataTable(
        caption=f"{found.indicator.label}，按{found.dimension.label}",
        columns=(
            Column(label=found.dimension.label),
            Column(label="分子", align="end", width="fit"),
            Column(label="分母", align="end", width="fit"),
            Column(label="百分比", align="end", width="fit"),
            Column(label="占分母", align="end", width="fit"),
            Column(label="去年同期", align="end", width="fit"),
            Column(label="分母增减", align="end", width="fit"),
        ),
        rows=tuple(rows),
        phone="scroll",
        empty=EmptyState(title="本期没有可统计的", words="换一个期间，或换一组渠道再看。"),
    )


def _rest(divisions: tuple[Division, ...]) -> Division:
    sums = (sum(getattr(one, name) for one in divisions) for name in ("part", "whole", "part_before", "whole_before"))
    return Division("", f"其余{len(divisions)}项", *sums)


def _row(one: Division, found: Breakdown, choice: NumbersChoice) -> Row:
    is_listed = one in found.divisions and one.key not in {SEALED, ELSEWHERE} and found.indicator.has_channel

    def href(count: int, side: Side) -> str:
        if not is_listed or not count:
            return ""
        return behind_href(found.indicator.code, choice, side, by=found.dimension, key=one.key)

    return Row(
        tone="plain" if one in found.divisions else "info",
        cells=(
            Cell(text=one.label),
            Cell(text=str(one.part), href=href(one.part, Side.PART)),
            Cell(text=str(one.whole), href=href(one.whole, Side.WHOLE)),
            Cell(text=percent_words(one.part, one.whole)),
            Cell(text=percent_words(one.whole, found.total.whole)),
            Cell(
                text=f"{one.part_before} / {one.whole_before}",
                sub=percent_words(one.part_before, one.whole_before),
            ),
            Cell(text=f"{one.whole - one.whole_before:+d}"),
        ),
    )


def _trend(found: Breakdown, choice: NumbersChoice) -> ChartWithTable:
    of_year = year(found.period.first.year)
    points = trend(found.indicator.code, of_year, at=choice.at, group=choice.group)
    today = local_day(choice.at)
    reached = [(part, whole) if whole or month.first <= today else None for month, part, whole in points]
    return ChartWithTable(
        id="trend",
        title=f"{of_year.label}逐月",
        kind="line",
        unit=found.indicator.unit,
        category_label="月份",
        categories=tuple(f"{month.first.month}月" for month, _, _ in points),
        series=(
            Series(name="分子", values=tuple(one and one[0] for one in reached)),
            Series(name="分母", values=tuple(one and one[1] for one in reached)),
        ),
        note=f"{found.indicator.part} / {found.indicator.whole}",
        as_of=moment_words(found.at),
    )
