"""A table as the province publishes it: counties in prefectures in the province, by the columns of a division.

Each place and column has three counts that belong together: the whole, the part, and the rest. Only what is not zero
is kept; zeros are shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from huiyin.kernel.words import Word

from .breakdowns import ALL, DIVISIONS, Kind

PROVINCE = ""


class Measure(Word):
    """Which of the three counts of a place and column."""

    WHOLE = "whole", "总数"
    PART = "part", "其中"
    REST = "rest", "其余"


class Level(Word):
    """How fine a release is; each next one is what remains when the one before gives something away."""

    COUNTIES = "counties", "各县 × 各类"
    GROUPS = "groups", "各县 × 大类"
    PREFECTURES = "prefectures", "各市（州）× 大类"
    TOTALS = "totals", "只有全省合计"


class Cell(NamedTuple):
    """One count of a table: of a county (its schema), a prefecture (four digits) or the province (empty)."""

    measure: Measure
    place: str
    column: str


class Row(NamedTuple):
    """Numbers of one county and one column before they are added up."""

    county: str
    column: str
    part: int
    whole: int


@dataclass(frozen=True)
class Table:
    """The true counts of one period, margins included; columns carry their kind, ``all`` belongs to both kinds."""

    kind: Kind
    prefecture_of: Mapping[str, str]
    counts: Mapping[Cell, int]

    def value(self, cell: Cell) -> int:
        """Return a count; what is not there is zero."""
        return self.counts.get(cell, 0)

    @cached_property
    def prefectures(self) -> tuple[str, ...]:
        """Return the prefectures that have counties here."""
        return tuple(sorted(set(self.prefecture_of.values())))

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Return the places of which each prefecture and the province are the sums."""
        of: defaultdict[str, list[str]] = defaultdict(list)
        for county, prefecture in sorted(self.prefecture_of.items()):
            of[prefecture].append(county)
        return {PROVINCE: self.prefectures, **{place: tuple(counties) for place, counties in of.items()}}

    def parent(self, place: str) -> str:
        """Return the place that a county or a prefecture is added up to."""
        return self.prefecture_of.get(place, PROVINCE)

    def places(self, level: Level) -> tuple[str, ...]:
        """Return the places that a release of this level shows, the widest last."""
        above = (*self.prefectures, PROVINCE)
        if level is Level.TOTALS:
            return (PROVINCE,)
        return above if level is Level.PREFECTURES else (*sorted(self.prefecture_of), *above)

    def columns(self, level: Level) -> tuple[str, ...]:
        """Return the columns that a release of this level shows, ``all`` last."""
        division = DIVISIONS[self.kind]
        if level is Level.TOTALS:
            return (ALL,)
        codes = division.columns if level is Level.COUNTIES else division.groups
        return (*(named(self.kind, code) for code in codes), ALL)

    def leaves(self, level: Level) -> frozenset[str]:
        """Return the finest places of a level."""
        if level is Level.TOTALS:
            return frozenset({PROVINCE})
        return frozenset(self.prefectures if level is Level.PREFECTURES else self.prefecture_of)

    def shown(self, level: Level) -> tuple[Cell, ...]:
        """Return the counts of a level that are not zero, in a fixed order."""
        return tuple(
            cell
            for measure in Measure
            for place in self.places(level)
            for column in self.columns(level)
            if (cell := Cell(measure, place, column)) in self.counts
        )


def named(kind: Kind, code: str) -> str:
    """Return a column's name, which no column of another kind has."""
    return f"{kind.value}:{code}"


def table_of(kind: Kind, rows: Iterable[Row], *, prefecture_of: Mapping[str, str]) -> Table:
    """Return the table of these numbers: every margin added up from the finest counts."""
    groups = DIVISIONS[kind].group_of
    counts: defaultdict[Cell, int] = defaultdict(int)
    for row in rows:
        columns = (named(kind, row.column), named(kind, groups[row.column]), ALL)
        for place in (row.county, prefecture_of[row.county], PROVINCE):
            for column in columns:
                counts[Cell(Measure.WHOLE, place, column)] += row.whole
                counts[Cell(Measure.PART, place, column)] += row.part
                counts[Cell(Measure.REST, place, column)] += row.whole - row.part
    return Table(kind, dict(prefecture_of), {cell: count for cell, count in counts.items() if count})


class Sum(NamedTuple):
    """One sum that everybody knows: a total and what it is added up from. ``implied`` follows from the others."""

    total: Cell
    parts: tuple[Cell, ...]
    implied: bool = False


def sums_of(table: Table, *, with_groups: bool) -> Iterator[Sum]:
    """Yield every sum of a table: over places, over columns, over groups of columns, and whole = part + rest."""
    codes = DIVISIONS[table.kind].columns
    fine = tuple(named(table.kind, code) for code in codes)
    for measure in Measure:
        is_rest = measure is Measure.REST
        for place, children in table.children.items():
            for column in (*fine, ALL):
                yield Sum(Cell(measure, place, column), _over_places(measure, children, column), implied=is_rest)
        for place in table.places(Level.COUNTIES):
            implied = is_rest or place not in table.prefecture_of
            yield Sum(Cell(measure, place, ALL), _over_columns(measure, place, fine), implied=implied)
            if with_groups:
                yield from _groups_of(table, measure, place)
    columns = {*fine, ALL} if not with_groups else {column for _, _, column in table.counts}
    for measure, place, column in table.counts:
        if measure is Measure.WHOLE and column in columns:
            parts = (Cell(Measure.PART, place, column), Cell(Measure.REST, place, column))
            yield Sum(Cell(measure, place, column), parts)


def _groups_of(table: Table, measure: Measure, place: str) -> Iterator[Sum]:
    division = DIVISIONS[table.kind]
    is_rest = measure is Measure.REST
    coarse = tuple(named(table.kind, group) for group in division.groups)
    yield Sum(Cell(measure, place, ALL), _over_columns(measure, place, coarse), implied=True)
    for group in division.groups:
        total = Cell(measure, place, named(table.kind, group))
        columns = tuple(named(table.kind, one) for one, of in division.group_of.items() if of == group)
        yield Sum(total, _over_columns(measure, place, columns), implied=is_rest)
        if place in table.children:
            yield Sum(total, _over_places(measure, table.children[place], total.column), implied=True)


def _over_places(measure: Measure, places: Iterable[str], column: str) -> tuple[Cell, ...]:
    return tuple(Cell(measure, place, column) for place in places)


def _over_columns(measure: Measure, place: str, columns: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(Cell(measure, place, column) for column in columns)
