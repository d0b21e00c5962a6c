"""What an analysis report tells (R22 §41), as values: every number with the year before, and nothing that changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.kernel.periods import Period
from huiyin.platform.statistics.indicators import Indicator

Amount = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Count:
    """One number beside the year before's; ``code`` is what a list is asked for by."""

    code: str
    label: str
    now: int
    before: int

    @property
    def change(self) -> str:
        """Return the difference as it is written: +3, -2, 0."""
        return f"{self.now - self.before:+d}" if self.now != self.before else "0"


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator over all channels beside the year before's."""

    indicator: Indicator
    now: Amount
    before: Amount


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What one unit was given and what it made of it; ``given_before`` is the year before's number."""

    code: str
    name: str
    given: int
    given_before: int
    on_time: Amount
    returned: Amount
    grave_steps: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One hotspot: matters now and in the year before, and what the two allow to be said."""

    key: str
    label: str
    matters: int
    before: int
    petitions: int
    group_visits: int
    words: str


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """One of 三项建议: how many were made, answered and adopted, wholly or in part."""

    label: str
    made: int
    answered: int
    adopted: int


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity of supervision that was begun."""

    pk: int
    title: str
    kind: str
    begun_on: date
    state: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """One paragraph on the work ahead, with the petitions it stands on."""

    pk: int
    words: str
    petition_numbers: tuple[str, ...]
    written_by: str


@dataclass(frozen=True, slots=True)
class Basis:
    """On what the numbers stand: the version, its moment, and where the year before's come from."""

    period: Period
    version: int
    as_of: datetime
    before: Period
    before_words: str


@dataclass(frozen=True, slots=True)
class Contents:
    """One report."""

    basis: Basis
    received: Count
    channels: tuple[Count, ...]
    purposes: tuple[Count, ...]
    classes: tuple[Count, ...]
    chapters: Mapping[str, tuple[Line, ...]]
    units: tuple[UnitLine, ...]
    steps: tuple[Count, ...]
    problems: tuple[Problem, ...]
    recommendations: tuple[RecommendationLine, ...]
    activities: tuple[ActivityLine, ...]
    proposed: tuple[Proposed, ...]

    @property
    def has_recommendations(self) -> bool:
        """Whether any recommendation was made."""
        return any(one.made for one in self.recommendations)


Values = Iterable[Mapping[str, object]]


def amount_of(figures: Values, indicator: str) -> Amount:
    """Return part and whole of one indicator over all channels."""
    found = [one for one in figures if one["indicator"] == indicator]
    return sum(int(str(one["part"])) for one in found), sum(int(str(one["whole"])) for one in found)


def wholes_by(cells: Values, indicator: str, field: str) -> dict[str, int]:
    """Return the wholes of one indicator, added up by one field of its cells."""
    found: dict[str, int] = {}
    for one in cells:
        if one["indicator"] == indicator:
            found[str(one[field])] = found.get(str(one[field]), 0) + int(str(one["whole"]))
    return found


def counts_of(labels: Mapping[str, str], now: Mapping[str, int], before: Mapping[str, int]) -> tuple[Count, ...]:
    """Return the counts that stand on either side, the greatest first; what has no label keeps its code."""
    known = [code for code in {*labels, *now, *before} if now.get(code, 0) or before.get(code, 0)]
    places = {code: place for place, code in enumerate(labels)}
    ordered = sorted(known, key=lambda code: (-now.get(code, 0), places.get(code, len(places)), code))
    return tuple(Count(code, labels.get(code, code), now.get(code, 0), before.get(code, 0)) for code in ordered)
