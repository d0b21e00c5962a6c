"""Verification: what stands in the province's tables against what a county has, number by number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from huiyin.kernel.periods import Period
from huiyin.kernel.tenant import Tenant

from .indicators import INDICATORS, CellEntry, FigureEntry, ReportedChannel
from .models import Cell, Figure, Submission


class Place(NamedTuple):
    """Where a number stands; of a margin ``purpose`` and ``category`` are None."""

    indicator: str
    channel: str
    purpose: str | None
    category: str | None


Pair = tuple[int, int]
Numbers = Mapping[Place, Pair]


@dataclass(frozen=True, slots=True)
class Reported:
    """One version that a county reported, as it keeps it."""

    key: UUID
    county: Tenant
    period: Period
    version: int
    data_as_of: datetime
    reported_at: datetime
    figures: tuple[FigureEntry, ...]
    cells: tuple[CellEntry, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """One number that stands otherwise than it was counted; None where there is none."""

    county: str
    period: Period
    version: int
    place: Place
    stands: Pair | None
    counted: Pair | None

    @property
    def words(self) -> str:
        """Return the drift as a line of the command."""
        indicator, channel, purpose, category = self.place
        known = INDICATORS.get(indicator)
        label = f"{indicator} {known.label}" if known else indicator
        channels = {one.value: one.label for one in ReportedChannel}
        where = [label, channels.get(channel, channel)]
        if purpose is not None:
            where.append(f"目的“{purpose}”分类“{category}”")
        stands, counted = (("没有" if one is None else f"{one[0]}/{one[1]}") for one in (self.stands, self.counted))
        return f"{self.county} {self.period.label}第{self.version}版 {' '.join(where)}：省里是{stands}，应为{counted}"


def numbers_of(figures: Iterable[FigureEntry], cells: Iterable[CellEntry]) -> Numbers:
    """Return numbers by where they stand."""
    found: dict[Place, Pair] = {Place(one.indicator, one.channel, None, None): (one.part, one.whole) for one in figures}
    found |= {Place(one.indicator, one.channel, one.purpose, one.category): (one.part, one.whole) for one in cells}
    return found


def standing(keys: Iterable[UUID], *, using: str = "default") -> Mapping[UUID, Numbers]:
    """Return what stands of these versions; one whose submission is gone is not there at all."""
    wanted = list(keys)
    there = Submission.objects.using(using).filter(key__in=wanted).values_list("key", flat=True)
    found: defaultdict[UUID, dict[Place, Pair]] = defaultdict(dict, {key: {} for key in there})
    figures = Figure.objects.using(using).filter(submission_key__in=wanted)
    for key, indicator, channel, part, whole in figures.values_list(
        "submission_key", "indicator", "channel", "part", "whole"
    ):
        found[key][Place(indicator, channel, None, None)] = (part, whole)
    cells = Cell.objects.using(using).filter(submission_key__in=wanted)
    for key, indicator, channel, purpose, category, part, whole in cells.values_list(
        "submission_key", "indicator", "channel", "purpose", "category", "part", "whole"
    ):
        found[key][Place(indicator, channel, purpose, category)] = (part, whole)
    return {key: found[key] for key in there}


def drifts(reported: Reported, *, counted: Numbers, stands: Numbers | None) -> tuple[Drift, ...]:
    """Return every number of a version that does not stand as it was counted, in a fixed order."""
    found = stands or {}
    return tuple(
        Drift(reported.county.name, reported.period, reported.version, place, found.get(place), counted.get(place))
        for place in sorted({*found, *counted}, key=lambda one: tuple(part or "" for part in one))
        if found.get(place) != counted.get(place)
    )


def strangers(county: Tenant, known: Iterable[UUID]) -> tuple[tuple[Period, int], ...]:
    """Return the versions that stand for a county and that it knows nothing of."""
    rows = Submission.objects.filter(county=county.schema).exclude(key__in=list(known)).order_by("first_on", "version")
    return tuple((Period(row.first_on, row.last_on), row.version) for row in rows)
