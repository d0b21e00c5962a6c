"""Versions of one period of one county, number by number: what a later report changed of an earlier one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huiyin.kernel.periods import Period

from .board import Amount, Version
from .indicators import INDICATORS, Indicator, ReportedChannel
from .models import Figure, Submission

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One number of one channel in every version, in their order; None where a version does not have it."""

    indicator: Indicator
    channel: ReportedChannel
    amounts: tuple[Amount | None, ...]

    @property
    def has_changed(self) -> bool:
        """Whether two versions differ."""
        return len(set(self.amounts)) > 1


@dataclass(frozen=True, slots=True)
class History:
    """Every version of a period, the first one first, and every number of them."""

    period: Period
    versions: tuple[Version, ...]
    changes: tuple[Change, ...]


def history(county: str, period: Period, *, indicators: Iterable[Indicator]) -> History:
    """Return every version of a county's period with these indicators; without versions where nothing was reported."""
    rows = Submission.objects.filter(county=county, first_on=period.first, last_on=period.last).order_by("version")
    versions = tuple(Version(str(row.key), period, row.version, row.data_as_of, row.submitted_at) for row in rows)
    wanted = {one.code for one in indicators}
    found = _figures(version.key for version in versions)
    places = {place for numbers in found.values() for place in numbers if place[0] in wanted}
    return History(
        period=period,
        versions=versions,
        changes=tuple(
            Change(
                indicator=indicator,
                channel=channel,
                amounts=tuple(found[version.key].get((indicator.code, channel.value)) for version in versions),
            )
            for indicator in INDICATORS.values()
            for channel in ReportedChannel
            if (indicator.code, channel.value) in places
        ),
    )


def _figures(keys: Iterable[str]) -> Mapping[str, Mapping[Place, Amount]]:
    found: defaultdict[str, dict[Place, Amount]] = defaultdict(dict)
    rows = Figure.objects.filter(submission_key__in=list(keys))
    for key, indicator, channel, part, whole in rows.values_list(
        "submission_key", "indicator", "channel", "part", "whole"
    ):
        found[str(key)][indicator, channel] = Amount(part, whole)
    return found
