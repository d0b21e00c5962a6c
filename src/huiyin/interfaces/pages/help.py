"""帮助: how the office works with this software, and what changed in it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.accounts.roles import OFFICE_ROLES, UNIT_ROLES
from huiyin.interfaces.components.links import Crumb

from .access import needs, staff_of
from .help_pages import BY_SLUG, HelpPage, context_of_help, found_pages

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


@dataclass(frozen=True, slots=True)
class Release:
    """One release: its heading and what a clerk notices of it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpScreen:
    """The page of help."""

    action: str
    query: str
    reset_href: str
    result: str
    pages: tuple[HelpPage, ...]
    releases: tuple[Release, ...]
    calendar_href: str


@dataclass(frozen=True, slots=True)
class HelpPageScreen:
    """One page of help."""

    page: HelpPage
    crumbs: tuple[Crumb, ...]


@needs(OFFICE_ROLES | UNIT_ROLES)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """帮助: a page for each job of the day, the way of a petition, deadlines, keys; below them what is new."""
    of_office = bool(staff_of(request).role_set & OFFICE_ROLES)
    query = request.GET.get("q", "").strip()
    found = found_pages(query, of_unit=not of_office)
    screen = HelpScreen(
        action=request.path,
        query=query,
        reset_href=request.path if query else "",
        result=f"找到 {len(found)} 页" if query else "",
        pages=found,
        releases=releases(),
        calendar_href=reverse("calendar") if of_office else "",
    )
    return render(request, "help.html", {"screen": screen})


@needs(OFFICE_ROLES | UNIT_ROLES)
@require_safe
def help_on(request: HttpRequest, slug: str) -> HttpResponse:
    """帮助 on one job; what is only for the office is not there for a unit's people."""
    page = BY_SLUG.get(slug)
    if page is None or (staff_of(request).is_of_unit and not page.for_units):
        raise Http404
    screen = HelpPageScreen(page=page, crumbs=(Crumb(label="帮助", href=reverse("help")),))
    return render(request, "help_page.html", {"screen": screen, **context_of_help()})


@lru_cache(maxsize=1)
def releases() -> tuple[Release, ...]:
    """Return the releases as the changelog tells of them, newest first."""
    return releases_in(CHANGELOG.read_text(encoding="utf-8"))


def releases_in(text: str) -> tuple[Release, ...]:
    """Return the releases of a changelog: ``## `` begins one, ``- `` is a line of it, everything else is not shown."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("## "):
            found.append((line.removeprefix("## ").strip(), []))
        elif line.startswith("- ") and found:
            found[-1][1].append(line.removeprefix("- ").strip())
    return tuple(Release(heading=heading, lines=tuple(lines)) for heading, lines in found)
