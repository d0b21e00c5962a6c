"""Suppression: which counts of a release are replaced by ＊ so that nobody is singled out.

First every count from one to below the threshold (＊, primary); zeros stay. Then, because sums give a single hidden
count back, other counts with it (complementary), the cheapest ones: small counts before large ones, counties before
margins. What was hidden in an earlier version of the period stays hidden; what was published cannot be hidden any
more and hides nothing. The result is attacked by ``audit`` together with everything published before; what that gives
away is protected in turn, and a table that cannot be protected is published coarser (``Level``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal

from .audit import Findings, Name, Snapshot, System, attack, audit, related, secrets_of
from .breakdowns import ALL
from .crosstab import PROVINCE, Cell, Level, Measure, Table
from .network import Roads, bridges, ends_of

MARK = "＊"
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 3, 11
MOST_ROUNDS = 40
TOTAL_COST, PREFECTURE_COST, PROVINCE_COST = 12, 30, 200
COUNTERPART = {Measure.PART: Measure.REST, Measure.REST: Measure.PART}


@dataclass(frozen=True)
class Suppressed:
    """A table with its suppression, ready to be published, and what the audit said of it."""

    snapshot: Snapshot
    findings: Findings


def check_threshold(threshold: int) -> None:
    """Refuse a threshold outside 3 to 11: below nothing is protected, above nothing is left."""
    if not LOWEST_THRESHOLD <= threshold <= HIGHEST_THRESHOLD:
        words = f"抑制阈值只能是{LOWEST_THRESHOLD}至{HIGHEST_THRESHOLD}"
        raise Refusal("statistics.bad_threshold", words, threshold=threshold)


def is_primary(count: int, *, threshold: int) -> bool:
    """Whether a count alone would single people out; nobody is singled out by zero."""
    return 0 < count < threshold


def count_words(count: int | None) -> str:
    """Return a count as it is printed: ``＊`` for a hidden one."""
    return MARK if count is None else str(count)


def rate_words(part: int | None, whole: int | None) -> str:
    """Return a percentage as it is printed: hidden where part or whole is."""
    return MARK if part is None or whole is None else percent_words(part, whole)


def suppress(
    table: Table,
    *,
    period: Period,
    version: int,
    threshold: int,
    earlier: Iterable[Snapshot] = (),
    most_rounds: int = MOST_ROUNDS,
) -> Suppressed:
    """Return the finest release of a table that gives nothing back, together with what was published ``earlier``."""
    check_threshold(threshold)
    known = related(earlier, period)
    before = _exposed(audit(known, threshold=threshold))
    task = _Task(table, period, version, threshold, known, before)
    for level in Level:
        work = _Work(task, level)
        findings = work.protected(most_rounds=most_rounds)
        if findings is not None:
            return Suppressed(work.snapshot(), findings)
    nothing = _Work(task, Level.TOTALS).withheld()
    return Suppressed(nothing, audit([*known, nothing], threshold=threshold))


def primary_only(table: Table, *, period: Period, threshold: int, version: int = 1) -> Snapshot:
    """Return the release that hides small counts and nothing else: what the auditor has to find fault with."""
    shown = table.shown(Level.COUNTIES)
    hidden = frozenset(cell for cell in shown if is_primary(table.counts[cell], threshold=threshold))
    return Snapshot(period, version, table, Level.COUNTIES, hidden)


def _exposed(findings: Findings) -> frozenset[Name]:
    return frozenset(Name(one.period, one.cell, one.value) for one in findings.exposed)


@dataclass(frozen=True)
class _Task:
    """What is to be published, what was before, and what of that was given away already."""

    table: Table
    period: Period
    version: int
    threshold: int
    earlier: Sequence[Snapshot]
    before: frozenset[Name]


class _Work:
    """The search for what to hide at one level; only ever hides more."""

    def __init__(self, task: _Task, level: Level) -> None:
        self.table, self.period, self.version, self.level = task.table, task.period, task.version, level
        self.threshold, self.earlier, self.before = task.threshold, task.earlier, task.before
        table = task.table
        self.shown = table.shown(level)
        same = [one for one in task.earlier if one.period == task.period]
        open_before = {(cell, one.table.counts[cell]) for one in same for cell in one.published}
        hidden_before = {cell for one in same for cell in one.hidden}
        self.public = frozenset(cell for cell in self.shown if (cell, table.counts[cell]) in open_before)
        self.hidden = {
            cell
            for cell in self.shown
            if is_primary(table.counts[cell], threshold=task.threshold) or (cell in hidden_before - self.public)
        }

    def snapshot(self) -> Snapshot:
        """Return the release as it stands."""
        return Snapshot(self.period, self.version, self.table, self.level, frozenset(self.hidden))

    def protected(self, *, most_rounds: int) -> Findings | None:
        """Hide until nothing can be computed back; return None where that does not succeed."""
        system, own = self._system()
        known = system.known - {own[cell] for cell in self.shown if cell not in self.public}
        marked = system.marked
        self._leave_out_what_follows(system, own, known)
        around = _Neighbours(system)
        for _ in range(most_rounds):
            if not self._close():
                return None
            system.known = known | {number for cell, number in own.items() if cell not in self.hidden}
            system.marked = marked | {own[cell] for cell in self.hidden}
            found = self._given_away(system)
            if not found:
                return self._findings(system)
            if not self._cover(around, own, found):
                return None
        return None

    def withheld(self) -> Snapshot:
        """Return a release in which everything is hidden that does not follow from earlier ones."""
        system, own = self._system()
        open_now = {own[cell] for cell in self.shown if cell not in self.public}
        self._leave_out_what_follows(system, own, system.known - open_now)
        self.hidden = set(self.shown) - self.public
        return self.snapshot()

    def _system(self) -> tuple[System, Mapping[Cell, int]]:
        """Return the equations about this release and all earlier ones, and the numbers of its own counts."""
        system = System([*self.earlier, Snapshot(self.period, self.version, self.table, self.level, frozenset())])
        return system, {cell: system.numbers[Name(self.period, cell, self.table.counts[cell])] for cell in self.shown}

    def _leave_out_what_follows(self, system: System, own: Mapping[Cell, int], known: Collection[int]) -> None:
        """Take for public what earlier releases tell already: a year's sum whose months are all shown."""
        if not self.earlier:
            return
        system.known = set(known)
        follows = system.determined()
        self.public |= {cell for cell, number in own.items() if number in follows}
        self.hidden = {
            cell
            for cell in self.hidden
            if cell not in self.public or is_primary(self.table.counts[cell], threshold=self.threshold)
        }

    def _given_away(self, system: System) -> frozenset[int]:
        """Return what this release gives away that was not given away before: by bounds, else by elimination."""
        secrets = secrets_of(system, threshold=self.threshold)
        secrets -= {system.numbers[name] for name in self.before}
        pinned = frozenset(number for number, (low, high) in system.ranges().items() if low == high) & secrets
        return pinned or secrets & system.determined()

    def _findings(self, system: System) -> Findings:
        found = attack(system, threshold=self.threshold)
        return Findings((), hidden=found.hidden, narrow=found.narrow)

    def _may_hide(self, cell: Cell) -> bool:
        return cell not in self.hidden and cell not in self.public

    def _unknown(self) -> set[Cell]:
        return self.hidden - self.public

    def _cost(self, cell: Cell) -> int:
        """Return what is lost with a count: nothing where it is hidden already."""
        if cell in self.hidden:
            return 0
        wide = PROVINCE_COST if cell.place == PROVINCE else PREFECTURE_COST
        place = 0 if cell.place in self.table.prefecture_of else wide
        return 1 + self.table.counts[cell].bit_length() + place + (TOTAL_COST if cell.column == ALL else 0)

    def _close(self) -> bool:
        """Hide until each hidden count lies on a cycle and has a counterpart; whether that succeeded."""
        count = -1
        while count != len(self.hidden):
            count = len(self.hidden)
            if not all(self._close_cycles(measure) for measure in Measure) or not self._close_outcomes():
                return False
        return True

    def _close_cycles(self, measure: Measure) -> bool:
        ends = ends_of(self.table, self.level)
        if self.level is Level.TOTALS:
            return True
        roads = Roads((one for one in self.shown if one.measure is measure and one not in self.public), ends)
        while lonely := bridges([one for one in self._unknown() if one.measure is measure], ends):
            covered: set[Cell] = set()
            for bridge in sorted(lonely):
                if bridge in covered:
                    continue
                way = roads.cheapest_around(bridge, self._cost)
                if way is None:
                    return False
                self.hidden.update(way)
                covered.update(way)
        return True

    def _close_outcomes(self) -> bool:
        """Hide so that of whole, part and rest never exactly one is unknown."""
        unknown = self._unknown()
        by_place: dict[tuple[str, str], list[Cell]] = {}
        for cell in unknown:
            by_place.setdefault((cell.place, cell.column), []).append(cell)
        for (place, column), cells in sorted(by_place.items()):
            if len(cells) > 1:
                continue
            others = [Cell(one, place, column) for one in Measure if one is not cells[0].measure]
            able = [one for one in others if one in self.table.counts and self._may_hide(one)]
            if not able:
                return False
            wanted = COUNTERPART.get(cells[0].measure)
            self.hidden.add(min(able, key=lambda one: (one.measure is not wanted, self._cost(one))))
        return True

    def _cover(self, around: "_Neighbours", own: Mapping[Cell, int], given_away: frozenset[int]) -> bool:
        """Hide one count more near each count given away; whether there was any to hide."""
        able = {number: cell for cell, number in own.items() if self._may_hide(cell)}
        if not able:
            return False
        for number in sorted(given_away):
            cells = [able[one] for one in around.nearest(number, able.keys())]
            if not cells:
                return False
            if not any(cell in self.hidden for cell in cells):
                self.hidden.add(min(cells, key=lambda cell: (self._cost(cell), cell)))
        return True


class _Neighbours:
    """Which names stand in one sum with which others."""

    def __init__(self, system: System) -> None:
        self._equations = system.equations

    @cached_property
    def _sums(self) -> Mapping[int, list[tuple[int, ...]]]:
        found: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
        for equation in self._equations:
            members = (equation.total, *equation.parts)
            for member in members:
                found[member].append(members)
        return found

    def nearest(self, start: int, wanted: Collection[int]) -> list[int]:
        """Return the wanted names that are the fewest sums away."""
        seen, edge = {start}, [start]
        while edge:
            edge = [one for known in edge for members in self._sums[known] for one in members if one not in seen]
            seen.update(edge)
            if found := sorted({one for one in edge if one in wanted}):
                return found
        return []
