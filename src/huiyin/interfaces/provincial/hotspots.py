"""共性热点: what rises in several counties at once, with the exact numbers as far as they are released."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.interfaces.components.links import Button, Chip, Chips
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.pages.access import needs
from huiyin.kernel.periods import Period, month, quarter
from huiyin.kernel.periods import year as year_of
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics.suppression import count_words
from huiyin.platform.statistics.used import QUARTERS
from huiyin.province.hotspots import CommonHotspot, CommonHotspots, common_hotspots

from .frame import SEES_THE_BOARD, Choice, choice_of, export_button, office_of, wants_export
from .grid import Cell, Grid, Head, Line, named
from .sheets import exported

QUARTER_MARK = "-Q"
SMALLEST_SHOWN = 0.0001
METHOD = (
    "怎样算：只用两期都报送了的县，按内容分类数初次信访事项（一人来信多少件都算一个事项）。"
    "每个县只同自己的上年同期比：如果没有变化，这个县两期合计的事项落在本期的机会只由两期的天数决定，各县相同；"
    "所以各县合计落在本期的个数服从二项分布，概率按整数精确计算，不用近似，大县也不会因为大就替别的县说话。"
    "所有分类同时检验，用霍尔姆（Holm）方法逐个从严，全部分类里出现一次误报的机会不超过5%。"
    "至少两个县上升、合计上升、且偶然的可能不超过5%的，列为共性热点；"
    "其中没有一个县单独看得出来的，注明“单看各县看不出”。数量太少、无论怎样分布都说明不了问题的，写“数量太少”。"
)


@dataclass(frozen=True, slots=True)
class HotspotsScreen:
    """The classes of a period against the same period a year before."""

    lead: str
    choices: tuple[Chips, ...]
    export: Button
    alerts: tuple[Alert, ...]
    table: Grid
    method: str = METHOD


@needs(SEES_THE_BOARD)
@require_safe
def hotspots(request: HttpRequest) -> HttpResponse:
    """共性热点 of a year, a quarter or a month."""
    at = timezone.now()
    choice = choice_of(request, at=at)
    period = period_of(request, choice)
    screen = screen_of(request, choice, common_hotspots(period))
    if wants_export(request):
        return exported(f"{period.label}共性热点", (screen.table,), notes=(screen.lead, METHOD))
    return render(
        request, "provincial/hotspots.html", {"screen": screen, "office": office_of(request, place="common_hotspots")}
    )


def period_of(request: HttpRequest, choice: Choice) -> Period:
    """Return the period that an address names; the whole year where it names none."""
    return written_period(request.GET.get("period", "") or str(choice.year))


def written_period(written: str) -> Period:
    """Return a period from ``2026``, ``2026-Q1`` or ``2026-03``; there is no page of anything else."""
    try:
        if QUARTER_MARK in written:
            of_year, _, number = written.partition(QUARTER_MARK)
            return quarter(int(of_year), int(number))
        return month(written) if "-" in written else year_of(int(written))
    except (ValueError, Refusal):
        raise Http404 from None


def screen_of(request: HttpRequest, choice: Choice, found: CommonHotspots) -> HotspotsScreen:
    """Return the page."""
    left_out = "、".join(found.left_out)
    words = f"只报送了其中一期，没有计入：{left_out}"
    return HotspotsScreen(
        lead=f"{found.period.label}，对比{found.compared.label}；两期都报送的{found.counties}个县，全部渠道",
        choices=_chips(choice, found.period),
        export=export_button(request),
        alerts=(Alert(kind="info", title=f"{len(found.left_out)}个县未计入", words=words),) if left_out else (),
        table=_table(found),
    )


def _chips(choice: Choice, period: Period) -> tuple[Chips, ...]:
    years = choice.years if period.first.year in choice.years else (period.first.year, *choice.years)
    shown = period.first.year
    quarters = ((f"{shown}{QUARTER_MARK}{one}", quarter(shown, one)) for one in QUARTERS)
    months = ((f"{one.first:%Y-%m}", one) for one in year_of(shown).months())
    return (
        Chips(label="年份", items=tuple(_chip(str(one), year_of(one), period, f"{one}年") for one in years)),
        Chips(
            label="季度",
            items=tuple(_chip(key, one, period, one.label.removeprefix(f"{shown}年")) for key, one in quarters),
        ),
        Chips(
            label="月份",
            items=tuple(_chip(key, one, period, f"{one.first.month}月") for key, one in months),
        ),
    )


def _chip(key: str, one: Period, now: Period, label: str) -> Chip:
    return Chip(label=label, href=f"?period={key}", active=one == now)


def _table(found: CommonHotspots) -> Grid:
    return Grid(
        id="hotspots",
        caption=f"{found.period.label}共性热点",
        heads=(
            Head("内容分类", "start"),
            Head("判断", "start"),
            Head(found.period.label),
            Head(found.compared.label),
            Head("涉及县"),
            Head("上升的县"),
            Head("单看就明显的县"),
            Head("偶然的可能"),
        ),
        lines=tuple(_line(one) for one in found.lines),
        empty="没有两个以上的县两期都报送了同一类事项",
    )


def _line(one: CommonHotspot) -> Line:
    return Line(
        tone="bad" if one.is_common else "plain",
        cells=(
            named(one.label),
            Cell(verdict_words(one), sub="单看各县看不出" if one.is_hidden_in_each else "", align="start"),
            Cell(count_words(one.now)),
            Cell(count_words(one.before)),
            Cell(str(one.counties)),
            Cell(str(one.rising)),
            Cell(str(one.alone)),
            Cell(chance_words(one)),
        ),
    )


def verdict_words(one: CommonHotspot) -> str:
    """Return what the numbers tell of a class."""
    if one.is_too_few:
        return "数量太少"
    return "共性热点" if one.is_common else "没有共同上升"


def chance_words(one: CommonHotspot) -> str:
    """Return the chance as it is printed; ＊ where the counts that it follows from are hidden."""
    if one.is_too_few:
        return "无法判断"
    if one.chance is None:
        return count_words(None)
    return f"不到{SMALLEST_SHOWN:.4f}" if one.chance < SMALLEST_SHOWN else f"{float(one.chance):.4f}"
