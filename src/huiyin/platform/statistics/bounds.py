"""Bounds: between which whole numbers an unknown must lie, passed on from one sum to the next."""

from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence

Range = tuple[int, int | None]
# How often one sum is looked at: bounds that creep by one step at a time would go on for ever.
MOST_LOOKS = 12


def ranges(sums: Sequence[tuple[Mapping[int, int], int]], *, positive: Collection[int]) -> dict[int, Range]:
    """Return lowest and highest value of every unknown of these sums: coefficients of 1 and -1, and their result.

    No unknown is below zero, and those of ``positive`` are at least one. ``None`` stands for no upper bound.
    """
    low: dict[int, int] = {}
    high: dict[int, int | None] = {}
    of_unknown: defaultdict[int, list[int]] = defaultdict(list)
    for number, (coefficients, _) in enumerate(sums):
        for unknown in coefficients:
            of_unknown[unknown].append(number)
            low[unknown], high[unknown] = int(unknown in positive), None
    waiting = deque(range(len(sums)))
    is_waiting, looks = set(waiting), [0] * len(sums)
    while waiting:
        number = waiting.popleft()
        is_waiting.discard(number)
        looks[number] += 1
        for unknown in _tightened(*sums[number], low, high):
            for other in of_unknown[unknown]:
                if other not in is_waiting and looks[other] < MOST_LOOKS:
                    is_waiting.add(other)
                    waiting.append(other)
    return {unknown: (low[unknown], high[unknown]) for unknown in low}


def _tightened(
    coefficients: Mapping[int, int], result: int, low: dict[int, int], high: dict[int, int | None]
) -> list[int]:
    """Narrow the ranges of one sum's unknowns; return those that changed."""
    least, most, unbound_below, unbound_above = 0, 0, 0, 0
    for unknown, sign in coefficients.items():
        top = high[unknown]
        if top is None:
            unbound_above += sign > 0
            unbound_below += sign < 0
        least += low[unknown] if sign > 0 else -(top or 0)
        most += (top or 0) if sign > 0 else -low[unknown]
    changed = []
    for unknown, sign in coefficients.items():
        bottom, top = low[unknown], high[unknown]
        is_open = top is None
        own_least, own_most = (bottom, top or 0) if sign > 0 else (-(top or 0), -bottom)
        upper = None if unbound_below > (is_open and sign < 0) else result - (least - own_least)
        lower = None if unbound_above > (is_open and sign > 0) else result - (most - own_most)
        if sign < 0:
            upper, lower = (None if lower is None else -lower), (None if upper is None else -upper)
        if lower is not None and lower > bottom:
            low[unknown] = lower
            changed.append(unknown)
        if upper is not None and (top is None or upper < top):
            high[unknown] = upper
            changed.append(unknown)
    return changed
