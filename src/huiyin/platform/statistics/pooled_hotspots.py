"""共性热点: what rises in several counties at once, also where no single county's numbers could show it.

Each county is a stratum of its own: given how many first-time matters of a class it had in both periods together, how
many of them fell into the later one is binomial, with the same share for every county where nothing has changed. The
sum over the counties, given their totals, is then binomial again, so the pooled test is exact, and a county that is
large, or always had much of the class, does not speak for the others by its size alone: it is compared with itself.
Only counties that reported both periods are pooled. All classes are asked at once, and the p-values counted so (Holm).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from huiyin.kernel.chance import LEVEL, Difference, holm
from huiyin.kernel.periods import Period

from .crosstab import Row

FEWEST_COUNTIES = 2


@dataclass(frozen=True, slots=True)
class Pooled:
    """One class in all counties that reported both periods, and what its change can tell.

    ``rising`` is how many counties had more a day than before, ``alone`` how many of them show it by themselves when
    every county and class is asked at once. ``chance`` counts all classes; None says that there are too few to tell.
    """

    column: str
    now: int
    before: int
    counties: int
    rising: int
    alone: int
    chance: Fraction | None

    @property
    def is_too_few(self) -> bool:
        """Whether so few could not tell anything, whatever way they fell."""
        return self.chance is None

    @property
    def is_common(self) -> bool:
        """Whether it rose, in several counties, and by more than chance explains."""
        rose = self.rising >= FEWEST_COUNTIES and self.now > self.before
        return rose and self.chance is not None and self.chance <= LEVEL

    @property
    def is_hidden_in_each(self) -> bool:
        """Whether it is common although no single county's numbers show it."""
        return self.is_common and self.alone == 0


def pooled(now: Iterable[Row], before: Iterable[Row], *, period: Period, compared: Period) -> tuple[Pooled, ...]:
    """Return every class with its pooled change between two periods, the least explicable by chance first."""
    late, early = _by_county(now), _by_county(before)
    counties = sorted(set(late) & set(early))
    columns = sorted({column for county in counties for column in (*late[county], *early[county])})

    def compare(count: int, other: int) -> Difference:
        return Difference(count, other, now_days=period.days, before_days=compared.days)

    each = {
        (county, column): compare(late[county].get(column, 0), early[county].get(column, 0))
        for county in counties
        for column in columns
    }
    alone = _alone(each)
    sums = {
        column: compare(
            sum(each[county, column].now for county in counties),
            sum(each[county, column].before for county in counties),
        )
        for column in columns
    }
    chances = holm({column: one.chance for column, one in sums.items() if one.can_tell()})
    found = [
        Pooled(
            column=column,
            now=one.now,
            before=one.before,
            counties=sum(each[county, column].both > 0 for county in counties),
            rising=sum(each[county, column].direction > 0 for county in counties),
            alone=alone.get(column, 0),
            chance=chances.get(column),
        )
        for column, one in sums.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_common, one.is_too_few, one.chance or 0, one.column)))


def _by_county(rows: Iterable[Row]) -> Mapping[str, Mapping[str, int]]:
    """Return the first-time matters of each county by class; a county that reported none at all is there too."""
    found: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        found[row.county][row.column] += row.part
    return found


def _alone(each: Mapping[tuple[str, str], Difference]) -> Mapping[str, int]:
    """Return in how many counties each class rises significantly by itself, all counties and classes asked at once."""
    chances = holm({place: one.chance for place, one in each.items() if one.can_tell()})
    return Counter(
        column for (county, column), chance in chances.items() if chance <= LEVEL and each[county, column].direction > 0
    )
