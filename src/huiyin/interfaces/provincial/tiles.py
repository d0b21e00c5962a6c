"""各县一览: a tile for each county, by prefecture, with the number in words; the table below says the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from huiyin.interfaces.components.contract import Tone
from huiyin.kernel.percent import percent
from huiyin.platform.statistics.board import Board, CountyLine
from huiyin.platform.statistics.indicators import Indicator

from .frame import Choice, amount_words, short_name

NEARLY = 90
MEANINGS: tuple[tuple[Tone, str], ...] = (
    ("good", "全部做到（分子等于分母）"),
    ("warn", f"达到{NEARLY}%，尚有缺漏"),
    ("bad", f"不到{NEARLY}%"),
    ("plain", "没有数字"),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One county: what is said of it, and how it stands in colour and words."""

    name: str
    href: str
    tone: Tone
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Prefecture:
    """The tiles of one prefecture."""

    code: str
    count: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Tiles:
    """All counties by one indicator."""

    title: str
    prefectures: tuple[Prefecture, ...]
    meanings: tuple[tuple[Tone, str], ...] = MEANINGS


def tiles_of(found: Board, choice: Choice, indicator: Indicator) -> Tiles:
    """Return the counties by prefecture, coloured by one indicator."""
    base, query = reverse("board_county", args=["x"]).rpartition("x/")[0], choice.of_year.query
    return Tiles(
        title=f"{choice.label}{indicator.label}",
        prefectures=tuple(
            Prefecture(code, len(tiles), tiles) for code, tiles in _by_prefecture(found, indicator, base, query)
        ),
    )


def _by_prefecture(found: Board, indicator: Indicator, base: str, query: str) -> Iterator[tuple[str, tuple[Tile, ...]]]:
    for code, lines in groupby(found.counties, lambda line: line.prefecture):
        yield code, tuple(_tile(line, indicator, f"{base}{line.schema}/?{query}") for line in lines)


def _tile(line: CountyLine, indicator: Indicator, href: str) -> Tile:
    amount = line.amounts.of(indicator)
    late = f" · 迟报漏报{line.late}个月" if line.late else ""
    if not line.has_reported:
        return Tile(short_name(line.name), href, "plain", "未报送", late.removeprefix(" · "))
    return Tile(
        short_name(line.name), href, tone_of(amount.part, amount.whole), amount.percent, f"{amount_words(amount)}{late}"
    )


def tone_of(part: int, whole: int) -> Tone:
    """Return the colour of a promise: green only where it is kept for every item."""
    share = percent(part, whole)
    if share is None:
        return "plain"
    if part == whole:
        return "good"
    return "warn" if share >= NEARLY else "bad"
