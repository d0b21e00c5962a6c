"""看板: all counties of a year or a month as tiles and as a table that sorts, prefectures, and the trend.

What is drawn is kept for a while under everything it depends on: the reports of the year, the register of counties,
the day, and what the address asks for. A new report makes a new key, so a number is never older than the last report.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from huiyin.interfaces.components.links import Button, Chip, Chips
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.numbers import ChartWithTable, StatStrip
from huiyin.interfaces.components.petitions import Fact, Facts
from huiyin.interfaces.pages.access import needs
from huiyin.kernel.calendar import local_day
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.board import Board
from huiyin.platform.statistics.indicators import ANSWERED_OF_ANSWERABLE, PROMISES, Indicator

from .board_tables import SHOWN, Sort, counties_grid, prefectures_grid, sort_of, strip_of, trend_of
from .frame import SEES_THE_BOARD, Choice, choice_of, export_button, lead_of, office_of, wants_export
from .grid import Grid
from .sheets import exported
from .tiles import Tiles, tiles_of

KEPT_FOR = 600
BY_CODE = {one.code: one for one in SHOWN}


@dataclass(frozen=True, slots=True)
class BoardScreen:
    """The page of all counties: its head, and its body as it was drawn."""

    lead: str
    choices: tuple[Chips, ...]
    export: Button
    body: SafeString


@dataclass(frozen=True, slots=True)
class BoardBody:
    """What is drawn once for everybody who asks for the same."""

    alerts: tuple[Alert, ...]
    strip: StatStrip
    tiles: Tiles
    counties: Grid
    prefectures: Grid
    trend: ChartWithTable
    meanings: Facts


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that an address asks of the board."""

    choice: Choice
    sort: Sort
    tile: Indicator

    @property
    def query(self) -> str:
        """Return the address without the order of the table."""
        return f"{self.choice.query}&tile={self.tile.code}"

    def key(self, today: date) -> str:
        """Return under what the drawn board is kept."""
        state = queries.state_of(self.choice.year)
        told = f"{state} {today} {self.query} {self.sort.by} {self.sort.descending}"
        return f"board:{hashlib.sha256(told.encode()).hexdigest()}"


def asked_of(request: HttpRequest, *, at: datetime) -> Asked:
    """Return what the address asks for; an unknown indicator is the default."""
    tile = BY_CODE.get(request.GET.get("tile", ""), ANSWERED_OF_ANSWERABLE)
    return Asked(choice_of(request, at=at), sort_of(request), tile)


@needs(SEES_THE_BOARD)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """看板: every county of the year or month, from pushed numbers only."""
    at = timezone.now()
    asked = asked_of(request, at=at)
    if wants_export(request):
        return _exported(asked, at=at)
    key = asked.key(local_day(at))
    lead, body = cache.get(key) or ("", "")
    if not lead:
        found = board_of(asked, at=at)
        lead, body = _lead(found, asked.choice), _drawn(found, asked)
        cache.set(key, (lead, body), KEPT_FOR)
    screen = BoardScreen(
        lead=lead,
        choices=chips_of(asked),
        export=export_button(request),
        body=mark_safe(body),  # noqa: S308  # drawn by the template below, which escapes
    )
    return render(request, "provincial/board.html", {"screen": screen, "office": office_of(request, place="board")})


def board_of(asked: Asked, *, at: datetime) -> Board:
    """Return the board with the indicators that the page shows."""
    choice = asked.choice
    return queries.board(choice.year, at=at, group=choice.group, month=choice.month, indicators=SHOWN)


def body_of(found: Board, asked: Asked) -> BoardBody:
    """Return the parts of the page."""
    return BoardBody(
        alerts=tuple(_alerts(found, asked.choice)),
        strip=strip_of(found),
        tiles=tiles_of(found, asked.choice, asked.tile),
        counties=counties_grid(found, asked.choice, asked.sort, query=asked.query),
        prefectures=prefectures_grid(found, asked.choice),
        trend=trend_of(found),
        meanings=Facts(
            columns=1, items=tuple(Fact(label=f"{one.code}　{one.label}", value=one.sentence) for one in PROMISES)
        ),
    )


def _drawn(found: Board, asked: Asked) -> str:
    return render_to_string("provincial/board_body.html", {"screen": body_of(found, asked)})


def _lead(found: Board, choice: Choice) -> str:
    nothing = "本年还没有县报送" if choice.month is None else "本月还没有县报送"
    return lead_of(choice, found.as_of, nothing=nothing)


def _exported(asked: Asked, *, at: datetime) -> HttpResponse:
    found = board_of(asked, at=at)
    body = body_of(found, asked)
    notes = (_lead(found, asked.choice), *(f"{one.label}：{one.sentence}" for one in SHOWN))
    return exported(f"{asked.choice.label}各县看板", (body.counties, body.prefectures), notes=notes)


def chips_of(asked: Asked) -> tuple[Chips, ...]:
    """Return what can be chosen, last the indicators by which the tiles are coloured."""
    choice = asked.choice
    tiles = Chips(
        label="一览按",
        items=tuple(
            Chip(label=one.label, href=f"?{choice.query}&tile={one.code}", active=one is asked.tile) for one in SHOWN
        ),
    )
    return (choice.year_chips(), choice.month_chips(), choice.channel_chips(), tiles)


def _alerts(found: Board, choice: Choice) -> Iterable[Alert]:
    silent = [line.name for line in found.silent if line.is_active]
    if silent:
        span = "本年" if choice.month is None else "本月"
        yield Alert(kind="warn", title=f"{len(silent)}个县{span}没有报送", words="、".join(silent))
