"""The auditor: tries to compute suppressed counts back from everything that was ever published about them.

It knows what an attacker can know at most: every published count of every release and version of the period and of the
periods that contain it or lie in it; that places and columns add up, that a whole is its part and its rest, that a
quarter and a year are the sums of their months; that a zero is shown, so that what bears a ＊ is at least one; and it
supposes, as whoever compares two versions does, that a count which did not change between them is the same count.
It then asks two questions. Does a hidden count follow from these equations (exact elimination, see ``elimination``)?
Do the lower and upper bounds, passed on from equation to equation, leave it a single value?
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from huiyin.kernel.periods import MONTHS_IN_QUARTER, Period

from .bounds import Range, ranges
from .crosstab import Cell, Level, Measure, Table, sums_of
from .elimination import determined


@dataclass(frozen=True)
class Snapshot:
    """One release as the auditor sees it: the truth, how fine it was published, and what of that was hidden."""

    period: Period
    version: int
    table: Table
    level: Level
    hidden: frozenset[Cell]

    @property
    def published(self) -> frozenset[Cell]:
        """Return the counts above zero that everybody can read."""
        return frozenset(self.table.shown(self.level)) - self.hidden


class Name(NamedTuple):
    """One unknown: a count of a period. Two versions with the same count have the same name."""

    period: Period
    cell: Cell
    value: int


class Equation(NamedTuple):
    """A total and its parts, as numbers of names."""

    total: int
    parts: tuple[int, ...]
    implied: bool


@dataclass(frozen=True)
class Exposed:
    """A count that was to stay hidden and can be computed."""

    period: Period
    cell: Cell
    value: int
    by_bounds: bool


@dataclass(frozen=True)
class Findings:
    """What an audit found: counts given away, and how many hidden ones are left fewer values than the threshold."""

    exposed: tuple[Exposed, ...]
    hidden: int
    narrow: int

    @property
    def is_safe(self) -> bool:
        """Whether nothing can be computed back."""
        return not self.exposed


class System:
    """All equations about a set of releases, with every name numbered and those that were published known."""

    def __init__(self, snapshots: Sequence[Snapshot]) -> None:
        """Write the equations down; ``snapshots`` stand in the order in which they were published."""
        self.names: list[Name] = []
        self.numbers: dict[Name, int] = {}
        self.known: set[int] = set()
        self.marked: set[int] = set()
        self.equations: dict[Equation, None] = {}
        coarse = {one.period for one in snapshots if one.level is not Level.COUNTIES}
        for one in snapshots:
            self._add(one, with_groups=any(_touch(one.period, period) for period in coarse))
        for total, parts in spans(snapshots):
            self._add_span(total, parts)

    def number(self, period: Period, cell: Cell, value: int) -> int:
        """Return the number of a name."""
        name = Name(period, cell, value)
        found = self.numbers.get(name)
        if found is None:
            found = self.numbers[name] = len(self.names)
            self.names.append(name)
        return found

    def unknown(self, equation: Equation) -> dict[int, int]:
        """Return what an equation leaves open: coefficients of the names nobody knows."""
        found = {part: 1 for part in equation.parts if part not in self.known}
        if equation.total not in self.known:
            found[equation.total] = -1
        return found

    def determined(self) -> frozenset[int]:
        """Return the names that follow from the equations."""
        return determined(self.unknown(one) for one in self.equations if not one.implied)

    def exposed(self, number: int, *, by_bounds: bool) -> Exposed:
        """Return a name as something that was given away."""
        name = self.names[number]
        return Exposed(name.period, name.cell, name.value, by_bounds=by_bounds)

    def ranges(self) -> Mapping[int, Range]:
        """Return between which values each name must lie."""
        open_sums = []
        for one in self.equations:
            unknown = self.unknown(one)
            if unknown:
                rest = self._known_value(one.total) - sum(self._known_value(part) for part in one.parts)
                open_sums.append((unknown, rest))
        return ranges(open_sums, positive=self.marked)

    def _known_value(self, number: int) -> int:
        return self.names[number].value if number in self.known else 0

    def _add(self, snapshot: Snapshot, *, with_groups: bool) -> None:
        table, period = snapshot.table, snapshot.period
        for total, parts, implied in sums_of(table, with_groups=with_groups):
            if value := table.value(total):
                numbers = tuple(self.number(period, one, table.counts[one]) for one in parts if one in table.counts)
                self.equations[Equation(self.number(period, total, value), numbers, implied)] = None
        for cell in table.shown(snapshot.level):
            number = self.number(period, cell, table.counts[cell])
            if cell in snapshot.hidden:
                self.marked.add(number)
            else:
                self.known.add(number)

    def _add_span(self, whole: Snapshot, parts: Sequence[Snapshot]) -> None:
        for cell, value in whole.table.counts.items():
            found = [(one.period, one.table.counts[cell]) for one in parts if cell in one.table.counts]
            if cell.measure is not Measure.REST and sum(count for _, count in found) == value:
                numbers = tuple(self.number(period, cell, count) for period, count in found)
                self.equations[Equation(self.number(whole.period, cell, value), numbers, implied=False)] = None


def audit(snapshots: Sequence[Snapshot], *, threshold: int) -> Findings:
    """Attack these releases together and return what they give away; in the order of their publication."""
    return attack(System(snapshots), threshold=threshold)


def attack(system: System, *, threshold: int) -> Findings:
    """Return what a system of equations gives away, by elimination and by bounds."""
    exact, between = system.determined(), system.ranges()
    secrets = secrets_of(system, threshold=threshold)
    exposed, narrow = [], 0
    for number in sorted(secrets):
        low, high = between.get(number, (0, None))
        if number in exact or low == high:
            exposed.append(system.exposed(number, by_bounds=number not in exact))
        elif high is not None and high - low + 1 < threshold:
            narrow += 1
    return Findings(tuple(exposed), hidden=len(secrets), narrow=narrow)


def secrets_of(system: System, *, threshold: int) -> frozenset[int]:
    """Return what has to stay unknown: what a release hides, and every small count even where none shows its place."""
    small = {number for number, name in enumerate(system.names) if name.value < threshold}
    return frozenset((system.marked | small) - system.known)


def spans(snapshots: Sequence[Snapshot]) -> Iterator[tuple[Snapshot, tuple[Snapshot, ...]]]:
    """Yield each release of a quarter or a year with those that add up to it, the newest and those of its own time."""
    by_kind: defaultdict[str, list[Snapshot]] = defaultdict(list)
    for one in snapshots:
        by_kind[one.table.kind].append(one)
    for of_kind in by_kind.values():
        for place, whole in enumerate(of_kind):
            for parts_of in divisions(whole.period):
                for known in (of_kind, of_kind[:place]):
                    latest = {one.period: one for one in known}
                    if all(period in latest for period in parts_of):
                        yield whole, tuple(latest[period] for period in parts_of)


def divisions(period: Period) -> Iterator[tuple[Period, ...]]:
    """Yield the ways in which a period is the sum of others: its months, and a year also its quarters."""
    months = tuple(period.months())
    if len(months) > 1 and months[0].first == period.first and months[-1].last == period.last:
        yield months
    if len(months) > MONTHS_IN_QUARTER and len(months) % MONTHS_IN_QUARTER == 0:
        firsts, lasts = months[::MONTHS_IN_QUARTER], months[MONTHS_IN_QUARTER - 1 :: MONTHS_IN_QUARTER]
        yield tuple(Period(one.first, other.last) for one, other in zip(firsts, lasts, strict=True))


def related(snapshots: Iterable[Snapshot], period: Period) -> list[Snapshot]:
    """Return the releases that say something about a period: of itself, of what contains it, of what they contain."""
    every = list(snapshots)
    reach = {period, *(one.period for one in every if _contains(one.period, period))}
    return [one for one in every if any(_contains(wide, one.period) for wide in reach)]


def _contains(wide: Period, narrow: Period) -> bool:
    return wide.first <= narrow.first and narrow.last <= wide.last


def _touch(one: Period, other: Period) -> bool:
    return _contains(one, other) or _contains(other, one)
