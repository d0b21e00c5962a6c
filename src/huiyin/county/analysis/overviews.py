"""Overviews: every number of a period for one group of channels, beside the same days of the year before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from huiyin.county.journal.models import ChainHead, Entry
from huiyin.county.journal.rules import GENESIS
from huiyin.kernel.calendar import local_day
from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import Period
from huiyin.platform.statistics.indicators import (
    CHANNELS_OF,
    INDICATORS,
    ChannelGroup,
    FigureEntry,
    Indicator,
    ReportedChannel,
)

from . import queries, rules

REMEMBERED_FOR = 10 * 60


@dataclass(frozen=True, slots=True)
class Number:
    """One indicator: part and whole now, and as they stood at the same moment of the year before."""

    indicator: Indicator
    part: int
    whole: int
    part_before: int
    whole_before: int

    @property
    def percent(self) -> str:
        """Return the percentage as it is printed beside part and whole."""
        return percent_words(self.part, self.whole)

    @property
    def percent_before(self) -> str:
        """Return the percentage of the year before."""
        return percent_words(self.part_before, self.whole_before)


@dataclass(frozen=True, slots=True)
class Overview:
    """All numbers of a period as of a moment, and with what they are compared."""

    period: Period
    at: datetime
    group: ChannelGroup
    before: Period
    at_before: datetime
    numbers: tuple[Number, ...]

    def number(self, indicator: Indicator) -> Number:
        """Return one of the numbers."""
        return next(one for one in self.numbers if one.indicator is indicator)


def overview(
    period: Period,
    *,
    at: datetime,
    group: ChannelGroup = ChannelGroup.OWN,
    linked: tuple[Iterable[FigureEntry], Iterable[FigureEntry]] = ((), ()),
) -> Overview:
    """Return every number of the group's channels; what has no channel stands beside them as it is.

    ``linked`` are the numbers of the linkage with supervision, now and a year before: they are counted above.
    """
    before, at_before = period.previous_year(), rules.same_moment_last_year(at)
    now, then = (
        added_up((*remembered(days, at=moment), *others), group)
        for days, moment, others in ((period, at, linked[0]), (before, at_before, linked[1]))
    )
    numbers = tuple(Number(one, *now.get(code, (0, 0)), *then.get(code, (0, 0))) for code, one in INDICATORS.items())
    return Overview(period=period, at=at, group=group, before=before, at_before=at_before, numbers=numbers)


def added_up(entries: Iterable[FigureEntry], group: ChannelGroup) -> dict[str, tuple[int, int]]:
    """Return part and whole of each indicator over the group's channels; 不分渠道 is added to none of them."""
    wanted = {*CHANNELS_OF[group], ReportedChannel.NONE.value}
    parts: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    for one in entries:
        if one.channel in wanted:
            parts[one.indicator] += one.part
            wholes[one.indicator] += one.whole
    return {code: (parts[code], wholes[code]) for code in wholes}


def remembered(period: Period, *, at: datetime) -> tuple[FigureEntry, ...]:
    """Return the numbers of a period, remembered until anything happens in the office.

    An instant after the last act of the office is remembered for its day, because dates run out at its end.
    """
    head = ChainHead.objects.filter(pk=1).values_list("number", "hash").first() or (0, GENESIS)
    last_act = Entry.objects.filter(number=head[0]).values_list("at", flat=True).first()
    is_now = last_act is not None and at >= last_act
    moment = str(local_day(at)) if is_now else at.isoformat()
    key = f"figures:{period.first}:{period.last}:{moment}:{head[1]}"
    known: tuple[FigureEntry, ...] | None = cache.get(key)
    if known is None:
        known = queries.figures(period, at=at)
        cache.set(key, known, REMEMBERED_FOR)
    return known
