"""Elimination: which unknowns a set of sums gives away, by exact arithmetic and without any library.

The question is whether every solution of the equations has the same value in one unknown. It has, exactly when that
unknown is zero in every solution of the homogeneous equations. One such solution is drawn at random in a prime field:
an unknown that is zero in it is given away. A free unknown is zero by chance once in 2.3 × 10^18 draws.
"""

import random
from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

PRIME = (1 << 61) - 1
DRAW = 20260301


def determined(equations: Iterable[Mapping[int, int]]) -> frozenset[int]:
    """Return the unknowns whose value follows from the equations; each maps unknowns to their coefficients."""
    elimination = _Elimination(equations)
    elimination.run()
    return elimination.zeros()


class _Elimination:
    """Sparse elimination: the shortest equation next, solved for the unknown that the fewest others have."""

    def __init__(self, equations: Iterable[Mapping[int, int]]) -> None:
        self.rows: list[dict[int, int]] = [dict(one) for one in equations if one]
        self.columns: dict[int, set[int]] = {}
        for number, row in enumerate(self.rows):
            for unknown in row:
                self.columns.setdefault(unknown, set()).add(number)
        self.unknowns = tuple(self.columns)
        self.lone = [unknown for unknown, rows in self.columns.items() if len(rows) == 1]
        self.shortest = [(len(row), number) for number, row in enumerate(self.rows)]
        heapify(self.shortest)
        self.solved: list[tuple[int, dict[int, int]]] = []

    def run(self) -> None:
        """Solve every equation for one unknown of its own."""
        while True:
            while self.lone:
                self._take_lone(self.lone.pop())
            if not self.shortest:
                return
            size, number = heappop(self.shortest)
            row = self.rows[number]
            if row and len(row) == size:
                self._take(number, min(row, key=lambda one: (len(self.columns[one]), one)))

    def zeros(self) -> frozenset[int]:
        """Return the unknowns that are zero in a solution drawn at random."""
        drawn = random.Random(DRAW)  # noqa: S311  # the draw has to be spread evenly, not to be secret
        value: dict[int, int] = {}
        for unknown, row in reversed(self.solved):
            total = 0
            for other, coefficient in row.items():
                if other not in value:
                    value[other] = drawn.randrange(1, PRIME)
                total += coefficient * value[other]
            value[unknown] = total % PRIME
        return frozenset(unknown for unknown in self.unknowns if value.get(unknown, 1) == 0)

    def _take_lone(self, unknown: int) -> None:
        rows = self.columns.get(unknown, set())
        if len(rows) == 1:
            self._take(next(iter(rows)), unknown)

    def _take(self, number: int, unknown: int) -> None:
        """Solve an equation for the unknown, put the solution into the others, and lay the equation aside."""
        row = self.rows[number]
        for other in row:
            self.columns[other].discard(number)
        scale = -pow(row.pop(unknown), -1, PRIME)
        solution = {one: coefficient * scale % PRIME for one, coefficient in row.items()}
        self.rows[number] = {}
        for other in self.columns.pop(unknown):
            self._substitute(other, unknown, solution)
        self.solved.append((unknown, solution))
        self.lone += [one for one in solution if len(self.columns[one]) == 1]

    def _substitute(self, number: int, unknown: int, solution: Mapping[int, int]) -> None:
        row = self.rows[number]
        factor = row.pop(unknown)
        for one, coefficient in solution.items():
            found = (row.get(one, 0) + factor * coefficient) % PRIME
            if found:
                if one not in row:
                    self.columns[one].add(number)
                row[one] = found
            elif one in row:
                del row[one]
                self.columns[one].discard(number)
                if len(self.columns[one]) == 1:
                    self.lone.append(one)
        heappush(self.shortest, (len(row), number))
