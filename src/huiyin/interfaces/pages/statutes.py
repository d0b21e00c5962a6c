"""法律库: the catalogue of laws, and the search over their articles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import OFFICE_ROLES, READS_PETITIONS
from huiyin.county.registry.queries.statute_counts import petitions_by_statute
from huiyin.interfaces.components.links import Button, Pagination, Tabs
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.calendar import local_day
from huiyin.platform.statutes import queries
from huiyin.platform.statutes.queries import SHOWN, FoundArticle, Listed, Part, SearchResult

from .access import needs, staff_of
from .office_tabs import office_tabs
from .paging import pagination_of

QUERY_LIMIT = 60


@dataclass(frozen=True, slots=True)
class FoundLine:
    """An article that was found: where it leads, and what was searched for in it."""

    href: str
    title: str
    caption: tuple[Part, ...]
    line: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class StatutesScreen:
    """The catalogue, or what was found."""

    tabs: Tabs
    links: Button
    action: str
    query: str
    reset_href: str
    result: str
    table: DataTable
    found: tuple[FoundLine, ...]
    pages: Pagination | None


@needs(OFFICE_ROLES)
@require_safe
def statutes(request: HttpRequest) -> HttpResponse:
    """法律库: every law, or the articles that have every word of the search."""
    query, today, by = request.GET.get("q", "").strip()[:QUERY_LIMIT], local_day(timezone.now()), staff_of(request)
    page = number_of(request.GET.get("page", ""))
    result = queries.search(query, on=today, start=(page - 1) * SHOWN) if query else None
    laws = result.statutes if result else queries.catalogue(on=today)
    screen = StatutesScreen(
        tabs=office_tabs("statutes"),
        links=Button(label="标签、分类的关联", href=reverse("statute_links")),
        action=request.path,
        query=query,
        reset_href=request.path if query else "",
        result=f"找到 {result.total} 条" if result else "",
        table=_table(laws, counts=counts_for(by), today=today, is_search=bool(query)),
        found=tuple(_line(one) for one in result.found) if result else (),
        pages=_pages(request, result, page) if result and result.total > SHOWN else None,
    )
    return render(request, "statutes.html", {"screen": screen})


def number_of(text: str) -> int:
    """Return the page that was asked for; the first one where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and 1 <= int(text[:4]) == int(text) else 1


def counts_for(by: Staff) -> Mapping[str, int] | None:
    """Return how many petitions are about each law, for those who may list petitions; None for the others."""
    return petitions_by_statute(by) if by.role_set & READS_PETITIONS else None


def petitions_href(code: str) -> str:
    """Return the list of the petitions about a law."""
    return f"{reverse('petitions')}?{urlencode({'statute': code})}"


def _line(one: FoundArticle) -> FoundLine:
    article = one.article
    return FoundLine(
        href=f"{reverse('statute', args=[article.statute_code])}#{article.anchor}",
        title=article.title,
        caption=one.caption,
        line=one.line,
    )


def _pages(request: HttpRequest, result: SearchResult, page: int) -> Pagination:
    pages: Page[int] = Paginator(range(result.total), SHOWN).get_page(page)
    return pagination_of(request, pages, unit="条")


def _table(laws: tuple[Listed, ...], *, counts: Mapping[str, int] | None, today: date, is_search: bool) -> DataTable:
    columns = [
        Column(label="名称", width="wide"),
        Column(label="效力级别", width="fit"),
        Column(label="制定机关", phone="hide"),
        Column(label="现行版本施行", width="fit"),
        Column(label="条文", width="fit"),
        Column(label="效力", width="fit"),
    ]
    if counts is not None:
        columns.append(Column(label="信访件", width="fit", align="end"))
    return DataTable(
        id="statutes",
        caption="找到的法律" if is_search else "法律目录",
        caption_visible=is_search,
        columns=tuple(columns),
        rows=tuple(_row(one, counts=counts, today=today) for one in laws),
        empty=EmptyState(title="没有名称或常用说法含有这些字的法律" if is_search else "目录是空的"),
    )


def _row(one: Listed, *, counts: Mapping[str, int] | None, today: date) -> Row:
    cells = [
        Cell(text=one.title),
        Cell(text=one.level.label),
        Cell(text=one.organ),
        Cell(text=day_words(one.in_force_from) if one.in_force_from else ""),
        Cell(text=f"{one.articles} 条" if one.has_text else f"提要 {one.articles} 条"),
        Cell(component=badge_of(one, today=today)),
    ]
    if counts is not None:
        count = counts.get(one.code, 0)
        cells.append(Cell(text=f"{count} 件", href=petitions_href(one.code)) if count else Cell(text="0 件"))
    return Row(href=reverse("statute", args=[one.code]), cells=tuple(cells))


def badge_of(one: Listed, *, today: date) -> StateBadge:
    """Return whether a law is in force on the day."""
    if one.in_force_until is not None and one.in_force_until < today:
        return StateBadge(label="已失效", note=f"{day_words(one.in_force_until)}止")
    return StateBadge(label="现行有效", tone="good")
