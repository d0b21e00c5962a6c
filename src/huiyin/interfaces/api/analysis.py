"""指标 by API: every number of a period as of an instant, and what one of them is made of."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import ConfigDict

from huiyin.county.analysis import breakdowns
from huiyin.county.analysis.dividing import dimensions_of
from huiyin.county.analysis.overviews import overview
from huiyin.county.analysis.rules import same_moment_last_year
from huiyin.county.analysis.states import Dimension
from huiyin.county.supervision.queries.funnel import funnel
from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics.indicators import ChannelGroup, Indicator, indicator_of

from .access import office_reader

router = Router(tags=["分析"])


class NumbersIn(Schema):
    """Of which days and channels, and as of when; now where no instant is named."""

    model_config = ConfigDict(extra="forbid")

    first: date
    last: date
    at: datetime | None = None
    channels: ChannelGroup = ChannelGroup.OWN


class BreakdownIn(NumbersIn):
    """The same, and by what the number is divided."""

    by: Dimension = Dimension.FIELD


class AmountOut(Schema):
    """Part, whole and percentage; ``—`` for nothing of nothing."""

    part: int
    whole: int
    percent: str

    @classmethod
    def of(cls, part: int, whole: int) -> "AmountOut":
        """Return the amount with its percentage."""
        return cls(part=part, whole=whole, percent=percent_words(part, whole))


class IndicatorOut(Schema):
    """What a number says: its sentence, what is counted of what, and by which day."""

    code: str
    label: str
    sentence: str
    part_words: str
    whole_words: str
    basis: str
    unit: str
    has_channel: bool
    dimensions: list[str]

    @classmethod
    def of(cls, one: Indicator) -> "IndicatorOut":
        """Return the definition of a number."""
        return cls(
            code=one.code,
            label=one.label,
            sentence=one.sentence,
            part_words=one.part,
            whole_words=one.whole,
            basis=one.basis.value,
            unit=one.unit,
            has_channel=one.has_channel,
            dimensions=[dimension.value for dimension in dimensions_of(one)],
        )


class NumberOut(Schema):
    """One number now and at the same moment of the year before."""

    indicator: IndicatorOut
    now: AmountOut
    before: AmountOut


class NumbersOut(Schema):
    """All numbers of a period for one group of channels, as of an instant."""

    first: date
    last: date
    at: datetime
    channels: str
    before_first: date
    before_last: date
    before_at: datetime
    numbers: list[NumberOut]


class DivisionOut(Schema):
    """One line of a breakdown."""

    key: str
    label: str
    now: AmountOut
    before: AmountOut


class BreakdownOut(Schema):
    """One number divided by a dimension."""

    indicator: IndicatorOut
    by: str
    first: date
    last: date
    at: datetime
    channels: str
    before_first: date
    before_last: date
    before_at: datetime
    total: DivisionOut
    divisions: list[DivisionOut]


@router.get("/indicators", response=NumbersOut, summary="指标")
def indicators(request: HttpRequest, asked: Query[NumbersIn]) -> NumbersOut:
    """Return every number of the days from first to last as it stood at an instant, beside the year before."""
    office_reader(request, act="查看指标")
    period, at = Period(asked.first, asked.last), asked.at or timezone.now()
    linked = (funnel(period, at=at), funnel(period.previous_year(), at=same_moment_last_year(at)))
    found = overview(period, at=at, group=asked.channels, linked=linked)
    return NumbersOut(
        first=asked.first,
        last=asked.last,
        at=found.at,
        channels=found.group.value,
        before_first=found.before.first,
        before_last=found.before.last,
        before_at=found.at_before,
        numbers=[
            NumberOut(
                indicator=IndicatorOut.of(one.indicator),
                now=AmountOut.of(one.part, one.whole),
                before=AmountOut.of(one.part_before, one.whole_before),
            )
            for one in found.numbers
        ],
    )


@router.get("/indicators/{code}", response=BreakdownOut, summary="指标分布")
def indicator(request: HttpRequest, code: str, asked: Query[BreakdownIn]) -> BreakdownOut:
    """Return one number divided by field, unit, place, channel and the rest, beside the year before."""
    reader = office_reader(request, act="查看指标")
    if asked.by not in dimensions_of(indicator_of(code)):
        raise Refusal("analysis.not_divided_so", f"{indicator_of(code).label}不能按{asked.by.label}分")
    period, at = Period(asked.first, asked.last), asked.at or timezone.now()
    whole = breakdowns.breakdown(code, period, at=at, by=asked.by, group=asked.channels)
    found = breakdowns.for_reader(whole, reader)
    return BreakdownOut(
        indicator=IndicatorOut.of(found.indicator),
        by=found.dimension.value,
        first=asked.first,
        last=asked.last,
        at=found.at,
        channels=found.group.value,
        before_first=found.before.first,
        before_last=found.before.last,
        before_at=found.at_before,
        total=_division(found.total),
        divisions=[_division(one) for one in found.divisions],
    )


def _division(one: breakdowns.Division) -> DivisionOut:
    return DivisionOut(
        key=one.key,
        label=one.label,
        now=AmountOut.of(one.part, one.whole),
        before=AmountOut.of(one.part_before, one.whole_before),
    )
