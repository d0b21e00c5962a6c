"""Chance: what small counts can tell, exactly; integers and fractions, no approximation by a normal curve.

Counts of matters are taken as Poisson counts over windows of known length. Given how many there were in both windows
together, how many fell into the later one is binomial: every p-value below is a finite sum of integers over integers.
Bounds of intervals are found by halving; each comparison on the way is exact, and the bound is rounded outwards.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import TypeVar

LEVEL = Fraction(5, 100)
BITS = 24
DIGITS = 50
HALVINGS = 60
Named = TypeVar("Named", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds, both included; ``upper`` is None where nothing bounds it from above."""

    lower: Fraction
    upper: Fraction | None

    def contains(self, value: Fraction) -> bool:
        """Return whether a value lies between the bounds."""
        return self.lower <= value and (self.upper is None or value <= self.upper)


def at_least(part: int, whole: int, share: Fraction) -> Fraction:
    """Return the probability that of so many at least ``part`` fall where each falls with this share."""
    if part <= 0:
        return Fraction(1)
    if part > whole:
        return Fraction(0)
    hit, all_ = share.numerator, share.denominator
    miss = all_ - hit
    if miss == 0:
        return Fraction(1)
    term = comb(whole, part) * hit**part * miss ** (whole - part)
    total = term
    for place in range(part, whole):
        term = term * (whole - place) * hit // ((place + 1) * miss)
        total += term
    return Fraction(total, all_**whole)


def at_most(part: int, whole: int, share: Fraction) -> Fraction:
    """Return the probability that of so many at most ``part`` fall where each falls with this share."""
    return at_least(whole - part, whole, 1 - share)


@lru_cache(maxsize=4096)
def share_interval(part: int, whole: int, *, level: Fraction = LEVEL) -> Interval:
    """Return the Clopper–Pearson interval of a share: no share outside it makes ``part`` of ``whole`` likely enough."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    tail = level / 2
    lower = Fraction(0) if part == 0 else _least_share(part, whole, tail)
    upper = Fraction(1) if part == whole else 1 - _least_share(whole - part, whole, tail)
    return Interval(lower, upper)


def _least_share(part: int, whole: int, tail: Fraction) -> Fraction:
    """Return the greatest share, to so many bits, under which ``part`` or more are no likelier than the tail."""
    below, above = 0, 1 << BITS
    while above - below > 1:
        middle = (below + above) // 2
        if at_least(part, whole, Fraction(middle, 1 << BITS)) <= tail:
            below = middle
        else:
            above = middle
    return Fraction(below, 1 << BITS)


@lru_cache(maxsize=4096)
def count_interval(count: int, *, level: Fraction = LEVEL) -> Interval:
    """Return the exact (Garwood) interval of the mean that a Poisson count stands for."""
    if count < 0:
        raise ValueError(f"{count} is no count")
    tail = level / 2
    lower = Fraction(0) if count == 0 else _mean(count - 1, 1 - tail, is_upper=False)
    return Interval(lower, _mean(count, tail, is_upper=True))


def _mean(count: int, chance: Fraction, *, is_upper: bool) -> Fraction:
    """Return the mean under which at most ``count`` come with this chance, rounded away from what it bounds."""
    with localcontext() as context:
        context.prec = DIGITS
        wanted = Decimal(chance.numerator) / Decimal(chance.denominator)
        below, above = Decimal(0), Decimal(2 * count + 20)
        for _ in range(HALVINGS):
            middle = (below + above) / 2
            if _poisson_at_most(count, middle) >= wanted:
                below = middle
            else:
                above = middle
        return Fraction(above if is_upper else below)


def _poisson_at_most(count: int, mean: Decimal) -> Decimal:
    term = total = Decimal(1)
    for place in range(1, count + 1):
        term = term * mean / place
        total += term
    return total * (-mean).exp()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two counts over two windows, and what their difference can tell."""

    now: int
    before: int
    now_days: int = 1
    before_days: int = 1

    @property
    def both(self) -> int:
        """Return how many there were in both windows together."""
        return self.now + self.before

    @property
    def share(self) -> Fraction:
        """Return which share of both would fall into the later window if nothing had changed."""
        return Fraction(self.now_days, self.now_days + self.before_days)

    @property
    def direction(self) -> int:
        """Return 1 for more a day than before, -1 for fewer, 0 for as many."""
        now, before = self.now * self.before_days, self.before * self.now_days
        return (now > before) - (now < before)

    @property
    def chance(self) -> Fraction:
        """Return how likely a difference as great, either way, is when nothing has changed: twice the smaller tail."""
        rise = at_least(self.now, self.both, self.share)
        fall = at_most(self.now, self.both, self.share)
        return min(Fraction(1), 2 * min(rise, fall))

    @property
    def ratio(self) -> Fraction | None:
        """Return how many times as many a day as before; None where there were none before."""
        return Fraction(self.now * self.before_days, self.before * self.now_days) if self.before else None

    def interval(self, *, level: Fraction = LEVEL) -> Interval:
        """Return the exact interval of that ratio; it holds 1 exactly when the chance is not below the level."""
        days = Fraction(self.before_days, self.now_days)
        if self.both == 0:
            return Interval(Fraction(0), None)
        shares = share_interval(self.now, self.both, level=level)
        assert shares.upper is not None
        upper = None if shares.upper == 1 else days * shares.upper / (1 - shares.upper)
        return Interval(days * shares.lower / (1 - shares.lower), upper)

    def can_tell(self, *, level: Fraction = LEVEL) -> bool:
        """Return whether so many could tell anything: whether all of them in one window would be unlikely enough."""
        rarest = min(self.share, 1 - self.share) ** self.both
        return 2 * rarest <= level


@dataclass(frozen=True, slots=True)
class Contrast:
    """A part of a whole beside another's part and whole, and whether the two shares can be told apart."""

    part: int
    whole: int
    other_part: int
    other_whole: int

    @property
    def direction(self) -> int:
        """Return 1 where the first share is the greater, -1 where the smaller, 0 where they are equal."""
        mine, theirs = self.part * self.other_whole, self.other_part * self.whole
        return (mine > theirs) - (mine < theirs)

    @property
    def chance(self) -> Fraction:
        """Return how likely a difference as great is when both have one share: Fisher's exact test, twice the tail."""
        ways = self._ways
        rise = sum(count for part, count in ways.items() if part >= self.part)
        fall = sum(count for part, count in ways.items() if part <= self.part)
        return min(Fraction(1), 2 * Fraction(min(rise, fall), sum(ways.values())))

    def can_tell(self, *, level: Fraction = LEVEL) -> bool:
        """Return whether the most unequal way to share out the same parts would be unlikely enough."""
        ways = self._ways
        rarest = min(ways[min(ways)], ways[max(ways)])
        return len(ways) > 1 and 2 * Fraction(rarest, sum(ways.values())) <= level

    @property
    def _ways(self) -> dict[int, int]:
        """Return in how many ways each possible part can have come about, the totals being what they are."""
        parts = self.part + self.other_part
        possible = range(max(0, parts - self.other_whole), min(parts, self.whole) + 1)
        return {part: comb(self.whole, part) * comb(self.other_whole, parts - part) for part in possible}


def holm(chances: Mapping[Named, Fraction]) -> dict[Named, Fraction]:
    """Return each p-value as it counts among all that are asked at once (Holm).

    Whoever believes only those that do not exceed the level errs even once in all of them no more often than the level
    says, however the counts hang together.
    """
    adjusted: dict[Named, Fraction] = {}
    reached = Fraction(0)
    ranked = sorted(chances.items(), key=lambda item: item[1])
    for place, (name, chance) in enumerate(ranked):
        reached = max(reached, min(Fraction(1), (len(ranked) - place) * chance))
        adjusted[name] = reached
    return adjusted
