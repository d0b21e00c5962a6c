"""The province's board as values: numbers of counties, added up, and how complete they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal

from .indicators import INDICATORS, ChannelGroup, Indicator
from .rules import Punctuality

PREFECTURE_DIGITS = 4
LATE = frozenset({Punctuality.LATE, Punctuality.MISSING})


@dataclass(frozen=True, slots=True)
class Amount:
    """Part and whole of one indicator."""

    part: int = 0
    whole: int = 0

    @property
    def percent(self) -> str:
        """Return the percentage as it is printed beside part and whole."""
        return percent_words(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class Amounts:
    """One amount per indicator; what nobody reported is nothing of nothing.

    They are kept as bare pairs of part and whole: the board of a province adds up tens of thousands of them.
    """

    by_code: Mapping[str, tuple[int, int]]

    def of(self, indicator: Indicator) -> Amount:
        """Return the amount of one indicator."""
        return Amount(*self.by_code.get(indicator.code, (0, 0)))


def added(amounts: Iterable[Amounts]) -> Amounts:
    """Return the sums, indicator by indicator: by part and by whole, never by percentage."""
    parts, wholes = dict.fromkeys(INDICATORS, 0), dict.fromkeys(INDICATORS, 0)
    for one in amounts:
        for code, (part, whole) in one.by_code.items():
            parts[code] += part
            wholes[code] += whole
    return Amounts({code: (parts[code], wholes[code]) for code in INDICATORS})


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one period as it was reported, without its numbers."""

    key: str
    period: Period
    version: int
    data_as_of: datetime
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of one county: whether it came in time, and the version that stands."""

    month: Period
    punctuality: Punctuality
    latest: Version | None

    @property
    def is_restated(self) -> bool:
        """Whether the month was reported again after its first version."""
        return self.latest is not None and self.latest.version > 1


@dataclass(frozen=True, slots=True)
class CountyLine:
    """One county of the board; a county that never reported stands there with nothing.

    ``used`` are the versions whose numbers the line shows; ``year_reported`` is the newest report of the whole year,
    also when a month was restated after it.
    """

    schema: str
    name: str
    gb_code: str
    is_active: bool
    amounts: Amounts
    months: tuple[MonthLine, ...]
    whole_year: Version | None
    year_reported: Version | None
    used: tuple[Version, ...]

    @property
    def prefecture(self) -> str:
        """Return the first four digits of the GB/T 2260 code."""
        return self.gb_code[:PREFECTURE_DIGITS]

    @property
    def is_by_year(self) -> bool:
        """Whether the numbers are those of a report of the whole year rather than the months' sum."""
        return self.whole_year is not None

    @property
    def reported(self) -> int:
        """Return how many months were reported."""
        return sum(one.latest is not None for one in self.months)

    @property
    def restated(self) -> int:
        """Return how many months were reported again."""
        return sum(one.is_restated for one in self.months)

    @property
    def late(self) -> int:
        """Return how many months came late or have not come although they were due."""
        return sum(one.punctuality in LATE for one in self.months)

    @property
    def has_reported(self) -> bool:
        """Whether there is any number of this county in what the board shows."""
        return bool(self.used)

    @property
    def data_as_of(self) -> datetime | None:
        """Return the oldest instant that its numbers stand for."""
        return min((version.data_as_of for version in self.used), default=None)


@dataclass(frozen=True, slots=True)
class PrefectureLine:
    """The sum of the counties of one prefecture, known by the first four digits of their codes."""

    code: str
    counties: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """All counties' numbers of one month; ``counties`` is how many reported it."""

    month: Period
    counties: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Board:
    """All counties of one year, or of one of its months, from pushed numbers only."""

    year: int
    month: Period | None
    group: ChannelGroup
    counties: tuple[CountyLine, ...]
    prefectures: tuple[PrefectureLine, ...]
    total: Amounts
    trend: tuple[TrendPoint, ...]

    @property
    def silent(self) -> tuple[CountyLine, ...]:
        """Return the counties of which there is no number."""
        return tuple(line for line in self.counties if not line.has_reported)

    @property
    def as_of(self) -> tuple[datetime, datetime] | None:
        """Return the oldest and the newest instant that the numbers stand for."""
        moments = [version.data_as_of for line in self.counties for version in line.used]
        return (min(moments), max(moments)) if moments else None

    def county(self, schema: str) -> CountyLine:
        """Return one county; refuse one that is not in the register."""
        for line in self.counties:
            if line.schema == schema:
                return line
        raise Refusal("statistics.unknown_county", "没有这个县")
