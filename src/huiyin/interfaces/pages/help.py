"""帮助: how the office works with this software, and what changed in it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.accounts.roles import OFFICE_ROLES, UNIT_ROLES
from huiyin.platform.statistics.indicators import PROMISES, Indicator

from .access import needs

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


@dataclass(frozen=True, slots=True)
class Release:
    """One release: its heading and what a clerk notices of it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpScreen:
    """The page of help."""

    promises: tuple[Indicator, ...]
    releases: tuple[Release, ...]


@needs(OFFICE_ROLES | UNIT_ROLES)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """帮助: the way of a petition, the promises, deadlines, keys, import; below them what is new."""
    return render(request, "help.html", {"screen": HelpScreen(promises=PROMISES, releases=releases())})


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
