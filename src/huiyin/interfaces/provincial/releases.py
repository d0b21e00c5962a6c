"""分类统计: what was released of each period, one release as a table, a cell of it by months, and a new release."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.interfaces.components.links import Button, ButtonForm, Chip, Chips, Crumb, Hidden
from huiyin.interfaces.components.words import moment_words
from huiyin.interfaces.pages.access import needs, staff_of
from huiyin.kernel.periods import year as year_of
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics.breakdowns import Kind
from huiyin.platform.statistics.used import periods_of
from huiyin.province import actions, queries
from huiyin.province.queries import Listed, ReleasedTable

from .frame import PUBLISHES, SEES_THE_BOARD, Choice, choice_of, export_button, office_of, wants_export
from .grid import Cell, Grid, Head, Line, named
from .release_tables import (
    Measured,
    cell_grid,
    check_is_shown,
    column_of,
    county_grid,
    measure_chips,
    measured_of,
    notes_of,
    place_of,
    release_grid,
)
from .sheets import exported

STAR = (
    "＊表示这个数太小，或者别的数连同合计会把它推算出来，因此不显示；0照常显示。"
    "从＊不能再往下看，导出的表里也是＊，程序接口里是 null。"
)


@dataclass(frozen=True, slots=True)
class ReleasesScreen:
    """What there is of a year."""

    lead: str
    choices: tuple[Chips, ...]
    publish: ButtonForm | None
    releases: Grid
    star: str = STAR


@dataclass(frozen=True, slots=True)
class ReleaseScreen:
    """One release, whole or one county of it."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    choices: tuple[Chips, ...]
    export: Button
    table: Grid
    sources: Grid
    star: str = STAR


@dataclass(frozen=True, slots=True)
class CellScreen:
    """One place and column, month by month."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    export: Button
    table: Grid
    star: str = STAR


@needs(SEES_THE_BOARD)
@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """分类统计: the newest release of each period of a year, and the older versions of each."""
    choice = choice_of(request, at=timezone.now()).of_year
    kind = kind_of(request.GET.get("kind", Kind.CATEGORY.value))
    is_analyst = bool(staff_of(request).role_set & PUBLISHES)
    found = [one for one in queries.releases_of_year(choice.year) if one.kind is kind]
    screen = ReleasesScreen(
        lead=f"{choice.year}年{kind.label} · 登记的信访件和其中的初次信访事项，全部渠道",
        choices=(choice.year_chips(), kind_chips(choice, kind)),
        publish=publish_form(choice.year) if is_analyst else None,
        releases=_list(found, choice.year, kind, is_analyst=is_analyst),
    )
    return render(
        request, "provincial/releases.html", {"screen": screen, "office": office_of(request, place="releases")}
    )


def kind_of(written: str) -> Kind:
    """Return the kind of table that an address names; there is no page of another."""
    if written not in set(Kind):
        raise Http404
    return Kind(written)


def kind_chips(choice: Choice, kind: Kind) -> Chips:
    """Return the tables there are."""
    return Chips(
        label="表",
        items=tuple(
            Chip(label=one.label, href=f"?year={choice.year}&kind={one.value}", active=one is kind) for one in Kind
        ),
    )


def publish_form(of_year: int) -> ButtonForm:
    """Return the button that publishes what counties reported anew."""
    return ButtonForm(
        label="按最新版本发布",
        action=reverse("release_publish"),
        kind="primary",
        confirm=f"按各县最新报送的版本发布{of_year}年各期的分类统计？发布以后不能撤回，只能再发布新的一版。",
        hidden=(Hidden(name="year", value=str(of_year)),),
    )


def _list(found: list[Listed], of_year: int, kind: Kind, *, is_analyst: bool) -> Grid:
    return Grid(
        id="releases",
        caption=f"{of_year}年{kind.label}",
        heads=tuple(
            Head(label, "start") for label in ("期间", "版本", "详细程度", "数据截至", "发布时间", "以前的版本")
        ),
        lines=tuple(_lines(found)),
        empty="本年还没有发布" + ("，各县报送以后点“按最新版本发布”" if is_analyst else ""),
    )


def _lines(found: list[Listed]) -> Iterator[Line]:
    newest = {one.period: one for one in reversed(found)}
    for period in reversed(periods_of(found[0].period.first.year) if found else ()):
        if period not in newest:
            continue
        one = newest[period]
        older = [other for other in found if other.period == period and other.version < one.version]
        cells = (one.level.label, moment_words(one.as_of), moment_words(one.made_at))
        yield Line(
            (
                named(period.label, href=reverse("release", args=[one.id])),
                Cell(f"第{one.version}版", align="start"),
                *(Cell(text, align="start") for text in cells),
                _older(older),
            )
        )


def _older(older: list[Listed]) -> Cell:
    """Return the way to the version before; from there the way leads on to those before it."""
    if not older:
        return Cell(align="start")
    return Cell(
        f"第{older[0].version}版",
        sub=f"共{len(older)}版" if len(older) > 1 else "",
        href=reverse("release", args=[older[0].id]),
        align="start",
    )


@needs(PUBLISHES)
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """发布: bring the tables of a year up to the counties' newest versions."""
    written = request.POST.get("year", "")
    try:
        of_year = year_of(int(written)).first.year
    except (ValueError, Refusal):
        raise Http404 from None
    made = actions.publish_due(of_year=of_year, threshold=settings.HUIYIN_SUPPRESS_BELOW, at=timezone.now())
    words = f"已发布{len(made)}份" if made else "各县版本没有变化，没有新的发布"
    messages.success(request, words) if made else messages.info(request, words)
    return redirect(f"{reverse('releases')}?year={of_year}")


@needs(SEES_THE_BOARD)
@require_safe
def release(request: HttpRequest, release_id: int) -> HttpResponse:
    """一份发布: counties, prefectures and the province by class or purpose, ＊ where a count is hidden."""
    found, measured = queries.release(release_id), measured_of(request)
    screen = ReleaseScreen(
        title=title_of(found),
        lead=lead_of_release(found),
        crumbs=(crumb_of(found),),
        choices=(measure_chips(measured), *_versions(found)),
        export=export_button(request),
        table=release_grid(found, measured),
        sources=sources_grid(found),
    )
    return _shown(request, screen, found, measured)


@needs(SEES_THE_BOARD)
@require_safe
def release_county(request: HttpRequest, release_id: int, schema: str) -> HttpResponse:
    """一个县: one line of a release, class by class with part, whole and share."""
    found = queries.release(release_id)
    line = found.county(schema)
    screen = ReleaseScreen(
        title=f"{line.name}　{title_of(found)}",
        lead=lead_of_release(found),
        crumbs=(crumb_of(found), Crumb(label=title_of(found), href=reverse("release", args=[found.id]))),
        choices=(),
        export=export_button(request),
        table=county_grid(found, line),
        sources=sources_grid(found, county=schema),
    )
    return _shown(request, screen, found, Measured.WHOLE)


def _shown(request: HttpRequest, screen: ReleaseScreen, found: ReleasedTable, measured: Measured) -> HttpResponse:
    if wants_export(request):
        notes = (screen.lead, STAR, *notes_of(found, measured))
        return exported(screen.title, (screen.table, screen.sources), notes=notes)
    return render(
        request, "provincial/release.html", {"screen": screen, "office": office_of(request, place="releases")}
    )


@needs(SEES_THE_BOARD)
@require_safe
def release_cell(request: HttpRequest, release_id: int, place: str, column: str) -> HttpResponse:
    """一个数: one cell of a quarter or a year, month by month; a hidden one is not looked into."""
    found = queries.release(release_id)
    line, at = place_of(found, place), column_of(found, column)
    check_is_shown(found, place=place, column=column)
    label = found.columns[at].label
    months = tuple(queries.newest(found.kind, one) for one in found.period.months())
    title = f"{line.name}　{label}"
    screen = CellScreen(
        title=title,
        lead=f"{found.period.label}逐月 · 各月最新发布的一版；没有发布的月份写“未发布”",
        crumbs=(crumb_of(found), Crumb(label=title_of(found), href=reverse("release", args=[found.id]))),
        export=export_button(request),
        table=cell_grid(found, months, place=place, column=column),
    )
    if wants_export(request):
        return exported(f"{title}逐月", (screen.table,), notes=(screen.lead, STAR))
    return render(
        request, "provincial/release_cell.html", {"screen": screen, "office": office_of(request, place="releases")}
    )


def title_of(found: ReleasedTable) -> str:
    """Return what a release is of."""
    return f"{found.period.label}{found.kind.label}"


def lead_of_release(found: ReleasedTable) -> str:
    """Return version, moments and how fine a release is."""
    return (
        f"第{found.version}版 · {found.level.label} · 数据截至 {moment_words(found.as_of)}"
        f" · {moment_words(found.made_at)}发布 · 抑制阈值{found.threshold}，＊{found.hidden}个"
    )


def crumb_of(found: ReleasedTable) -> Crumb:
    """Return the way back to the list."""
    return Crumb(label="分类统计", href=f"{reverse('releases')}?year={found.period.first.year}&kind={found.kind.value}")


def _versions(found: ReleasedTable) -> tuple[Chips, ...]:
    same = [
        one
        for one in queries.releases_of_year(found.period.first.year)
        if (one.kind, one.period) == (found.kind, found.period)
    ]
    return (
        Chips(
            label="版本",
            items=tuple(
                Chip(label=f"第{one.version}版", href=reverse("release", args=[one.id]), active=one.id == found.id)
                for one in same
            ),
        ),
    )


def sources_grid(found: ReleasedTable, *, county: str = "") -> Grid:
    """Return the reported versions that a release was made from."""
    return Grid(
        id="sources",
        caption="依据的报送版本",
        heads=tuple(Head(label, "start") for label in ("县（市、区）", "期间", "版本", "数据截至")),
        lines=tuple(
            Line(
                (
                    named(one.name),
                    Cell(one.period.label, align="start"),
                    Cell(f"第{one.version}版", align="start"),
                    Cell(moment_words(one.data_as_of), align="start"),
                )
            )
            for one in found.sources
            if county in {"", one.county}
        ),
    )
