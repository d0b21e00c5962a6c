"""One level of a table as a graph: every count joins two sums, so hidden counts give themselves away as bridges.

A county's count in a class stands in the county's sum over classes and in its prefecture's sum over counties; the
province's counts end at the ground, where all sums are balanced. In such a graph a hidden edge follows from what is
published exactly when no cycle of hidden edges runs through it. (The sum over classes of a prefecture or the province
follows from those of its counties and is no vertex.)
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from heapq import heappop, heappush

from .breakdowns import ALL
from .crosstab import PROVINCE, Cell, Level, Table

Vertex = tuple[str, str]
GROUND: Vertex = ("ground", "")
ROW = "row"


def ends_of(table: Table, level: Level) -> Callable[[Cell], tuple[Vertex, Vertex]]:
    """Return the function that tells which two sums a count of this level stands in."""
    leaves = table.leaves(level)

    def ends(cell: Cell) -> tuple[Vertex, Vertex]:
        is_leaf, is_top = cell.place in leaves, cell.place == PROVINCE
        above = GROUND if is_top else (table.parent(cell.place), cell.column)
        if is_leaf and is_top:
            return (ROW, cell.column), above
        if is_leaf and cell.column == ALL:
            return (ROW, cell.place), above
        return ((ROW, cell.place) if is_leaf else (cell.place, cell.column)), above

    return ends


def bridges(edges: Collection[Cell], ends: Callable[[Cell], tuple[Vertex, Vertex]]) -> list[Cell]:
    """Return the edges through which no cycle runs."""
    around: defaultdict[Vertex, list[tuple[Vertex, Cell]]] = defaultdict(list)
    for edge in edges:
        one, other = ends(edge)
        around[one].append((other, edge))
        around[other].append((one, edge))
    order: dict[Vertex, int] = {}
    found: list[Cell] = []
    for start in around:
        if start not in order:
            found += _bridges_from(start, around, order)
    return found


def _bridges_from(
    start: Vertex, around: Mapping[Vertex, list[tuple[Vertex, Cell]]], order: dict[Vertex, int]
) -> list[Cell]:
    """Walk one connected part in depth, without recursion, and return its bridges."""
    found: list[Cell] = []
    order[start] = len(order)
    lowest = {start: order[start]}
    path: list[tuple[Vertex, Cell | None, Iterator[tuple[Vertex, Cell]]]] = [(start, None, iter(around[start]))]
    while path:
        vertex, came_by, rest = path[-1]
        step = next(rest, None)
        if step is None:
            path.pop()
            if came_by is not None:
                above = path[-1][0]
                lowest[above] = min(lowest[above], lowest[vertex])
                if lowest[vertex] > order[above]:
                    found.append(came_by)
            continue
        other, edge = step
        if edge == came_by:
            continue
        if other in order:
            lowest[vertex] = min(lowest[vertex], order[other])
        else:
            order[other] = lowest[other] = len(order)
            path.append((other, edge, iter(around[other])))
    return found


class Roads:
    """The counts that may be hidden as ways around a bridge, each with what it costs to lose it."""

    def __init__(self, edges: Iterable[Cell], ends: Callable[[Cell], tuple[Vertex, Vertex]]) -> None:
        """Lay the roads out."""
        self._ends = ends
        self._around: defaultdict[Vertex, list[tuple[Vertex, Cell]]] = defaultdict(list)
        for edge in edges:
            one, other = ends(edge)
            self._around[one].append((other, edge))
            self._around[other].append((one, edge))

    def cheapest_around(self, bridge: Cell, cost: Callable[[Cell], int]) -> list[Cell] | None:
        """Return the cheapest way from one end of an edge to the other that does not use it; None if there is none."""
        start, goal = self._ends(bridge)
        best: dict[Vertex, int] = {start: 0}
        came: dict[Vertex, tuple[Vertex, Cell]] = {}
        waiting: list[tuple[int, Vertex]] = [(0, start)]
        while waiting:
            so_far, vertex = heappop(waiting)
            if vertex == goal:
                return self._way(start, goal, came)
            if so_far > best[vertex]:
                continue
            for other, edge in self._around[vertex]:
                if edge == bridge:
                    continue
                then = so_far + cost(edge)
                if then < best.get(other, then + 1):
                    best[other] = then
                    came[other] = (vertex, edge)
                    heappush(waiting, (then, other))
        return None

    @staticmethod
    def _way(start: Vertex, goal: Vertex, came: Mapping[Vertex, tuple[Vertex, Cell]]) -> list[Cell]:
        way, vertex = [], goal
        while vertex != start:
            vertex, edge = came[vertex]
            way.append(edge)
        return way
