"""共性热点 as the province shows them: what the pooled counts say, and the counts only as far as they are released."""

from dataclasses import dataclass
from fractions import Fraction

from huiyin.kernel.periods import Period
from huiyin.platform.statistics.breakdowns import DIVISIONS, Kind
from huiyin.platform.statistics.crosstab import PROVINCE, Row
from huiyin.platform.statistics.pooled_hotspots import FEWEST_COUNTIES, Pooled, pooled
from huiyin.platform.statistics.used import Used, cell_rows, latest, used

from . import queries
from .queries import ReleasedTable


@dataclass(frozen=True, slots=True)
class CommonHotspot:
    """One class pooled over the counties that reported both periods.

    ``now`` and ``before`` are None (＊) where the releases of both periods do not show exactly these sums; then the
    chance, from which they could be computed, is not told either, only what follows from it.
    """

    category: str
    label: str
    counties: int
    rising: int
    alone: int
    now: int | None
    before: int | None
    chance: Fraction | None
    is_common: bool
    is_hidden_in_each: bool
    is_too_few: bool


@dataclass(frozen=True, slots=True)
class CommonHotspots:
    """The classes of a period against the same period a year before, what is common first."""

    period: Period
    compared: Period
    counties: int
    left_out: tuple[str, ...]
    lines: tuple[CommonHotspot, ...]


def common_hotspots(period: Period) -> CommonHotspots:
    """Return what rose in several counties, in first-time matters by class; ``left_out`` reported only one period."""
    compared = period.previous_year()
    now, before = (used(one, latest(one.first.year)) for one in (period, compared))
    both = {one.county for one in now} & {one.county for one in before}
    lines = pooled(_rows(now), _rows(before), period=period, compared=compared)
    tables = tuple(_exactly(queries.newest(Kind.CATEGORY, one), both) for one in (period, compared))
    return CommonHotspots(
        period=period,
        compared=compared,
        counties=len(both),
        left_out=tuple(sorted({one.county_name for one in (*now, *before) if one.county not in both})),
        lines=tuple(_line(one, *tables) for one in lines if one.counties >= FEWEST_COUNTIES),
    )


def _rows(sources: tuple[Used, ...]) -> list[Row]:
    cells = cell_rows(one.key for one in sources)
    return [row.divided(Kind.CATEGORY) for one in sources for row in cells.get(one.key, ())]


def _exactly(table: ReleasedTable | None, counties: set[str]) -> ReleasedTable | None:
    """Return a release only if it is of exactly these counties: else the difference would be that of the others."""
    if table is None or {one.county for one in table.sources} != counties:
        return None
    return table


def _released(table: ReleasedTable | None, column: str, count: int) -> int | None:
    """Return a pooled count if the release shows the very same sum."""
    if table is None:
        return None
    assert table.total.place == PROVINCE
    shown = {one.code: amount.part for one, amount in zip(table.columns, table.total.amounts, strict=True)}
    return count if shown.get(column) == count else None


def _line(one: Pooled, now: ReleasedTable | None, before: ReleasedTable | None) -> CommonHotspot:
    released = _released(now, one.column, one.now), _released(before, one.column, one.before)
    return CommonHotspot(
        category=one.column,
        label=DIVISIONS[Kind.CATEGORY].labels[one.column],
        counties=one.counties,
        rising=one.rising,
        alone=one.alone,
        now=released[0],
        before=released[1],
        chance=None if None in released else one.chance,
        is_common=one.is_common,
        is_hidden_in_each=one.is_hidden_in_each,
        is_too_few=one.is_too_few,
    )
