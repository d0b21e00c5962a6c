"""Questions for an analysis report: a version's frozen numbers, and what else there was to tell at its moment."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count as RowCount
from django.db.models import Q

from huiyin.county.analysis import hotspots, scorecards
from huiyin.county.analysis.breakdowns import breakdown
from huiyin.county.analysis.hotspot_states import HotspotKind
from huiyin.county.analysis.rules import same_moment_last_year
from huiyin.county.analysis.scorecard_rules import Measure, Share
from huiyin.county.analysis.states import Dimension
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.oversight.states import Adoption, Level, RecommendationKind
from huiyin.county.registry.states import Channel
from huiyin.county.reporting.contents import (
    ActivityLine,
    Amount,
    Basis,
    Contents,
    Count,
    Line,
    Problem,
    Proposed,
    RecommendationLine,
    UnitLine,
    Values,
    amount_of,
    counts_of,
    wholes_by,
)
from huiyin.county.reporting.models import Priority, ReportedPeriod
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.states import ActivityKind, ActivityState
from huiyin.kernel.calendar import SHANGHAI, local_day
from huiyin.kernel.periods import Period
from huiyin.platform.statistics.indicators import CHAPTERS, REGISTERED

from .periods import amounts_of

PROBLEMS_SHOWN = 10
FOUND_BY = (HotspotKind.TAG, HotspotKind.CATEGORY)


def contents_of(row: ReportedPeriod) -> Contents:
    """Return everything a report tells of a version, all of it as of the moment at which the version was frozen.

    By purpose and field sealed items stand on a line of their own, as on the page of numbers.
    """
    period, at, before = row.period, row.prepared_at, _year_before(row)
    code = REGISTERED.code
    return Contents(
        basis=Basis(period, row.version, at, before.period, before.words),
        received=Count("", "收件", amount_of(row.figures, code)[1], amount_of(before.figures, code)[1]),
        channels=counts_of(
            dict(Channel.choices()),
            wholes_by(row.figures, code, "channel"),
            wholes_by(before.figures, code, "channel"),
        ),
        purposes=_divided(row, before, by=Dimension.PURPOSE),
        classes=_divided(row, before, by=Dimension.FIELD),
        chapters={
            title: tuple(
                Line(one, amount_of(row.figures, one.code), amount_of(before.figures, one.code)) for one in indicators
            )
            for title, indicators in CHAPTERS.items()
        },
        units=tuple(_units(period, at, before)),
        steps=tuple(_steps(period, at, before)),
        problems=tuple(_problems(period, at)),
        recommendations=tuple(_recommendations(period, at)),
        activities=tuple(_activities(period, at)),
        proposed=proposed_of(period),
    )


@dataclass(frozen=True, slots=True)
class YearBefore:
    """With what a report is compared: the period a year before, its numbers, and of which moment they are."""

    period: Period
    at: datetime
    figures: Values
    words: str


def _year_before(row: ReportedPeriod) -> YearBefore:
    """Return the year before as it was reported, or as it stood on the same day where it was never closed."""
    before, at = row.period.previous_year(), row.prepared_at
    known = ReportedPeriod.objects.of(before).reported().filter(prepared_at__lte=at).by_version().first()
    if known is not None:
        return YearBefore(before, known.prepared_at, known.figures, f"{before.label}第{known.version}版")
    moment = same_moment_last_year(at)
    figures = [one.as_values() for one in amounts_of(before, at=moment)[0]]
    return YearBefore(before, moment, figures, f"{before.label}没有结账，按上年同一时点统计")


def _divided(row: ReportedPeriod, before: YearBefore, *, by: Dimension) -> tuple[Count, ...]:
    code = REGISTERED.code
    now = breakdown(code, row.period, at=row.prepared_at, by=by).divisions
    past = breakdown(code, before.period, at=before.at, by=by).divisions
    labels = {one.key: one.label for one in (*past, *now)}
    return counts_of(labels, {one.key: one.whole for one in now}, {one.key: one.whole for one in past})


def proposed_of(period: Period) -> tuple[Proposed, ...]:
    """Return the paragraphs on the work ahead that stand of a period."""
    rows = Priority.objects.of(period).select_related("added_by")
    return tuple(Proposed(row.pk, row.words, tuple(row.petition_numbers), row.added_by.name) for row in rows)


def _within(period: Period, at: datetime, field: str) -> Q:
    """Return that a moment lies in the period and not after the report's."""
    first = datetime.combine(period.first, time(), SHANGHAI)
    after = datetime.combine(period.last + timedelta(days=1), time(), SHANGHAI)
    return Q(**{f"{field}__gte": first, f"{field}__lt": after, f"{field}__lte": at})


def _units(period: Period, at: datetime, past: YearBefore) -> Iterator[UnitLine]:
    """Yield the units that petitions went to, who was given most first; accusations are in none of it."""
    now = scorecards.board(period, at=at)
    before = scorecards.board(past.period, at=past.at)
    earlier = {card.unit_code: len(card.given) for card in before.cards}
    for card in sorted(now.cards, key=lambda one: (-len(one.given), one.unit_code)):
        yield UnitLine(
            code=card.unit_code,
            name=card.unit_name,
            given=len(card.given),
            given_before=earlier.get(card.unit_code, 0),
            on_time=_amount(card.shares[Measure.ON_TIME]),
            returned=_amount(card.shares[Measure.RETURNED]),
            grave_steps=card.grave_steps,
        )


def _amount(share: Share) -> Amount:
    return share.part, share.whole


def _steps(period: Period, at: datetime, past: YearBefore) -> Iterator[Count]:
    now, before = _by_level(period, at), _by_level(past.period, past.at)
    for level in Level:
        yield Count(level.value, level.label, now[level.value], before[level.value])


def _by_level(period: Period, at: datetime) -> Counter[str]:
    standing = Q(petition__voided_at=None) | Q(petition__voided_at__gt=at)
    rows = Oversight.objects.filter(_within(period, at, "issued_at"), standing).order_by().values_list("level")
    return Counter(dict(rows.annotate(number=RowCount("pk"))))


def _problems(period: Period, at: datetime) -> Iterator[Problem]:
    """Yield what petitions concentrate on: the office's own tags first, then the classes, the greatest first."""
    for kind in FOUND_BY:
        for one in hotspots.hotspots(period, at=at, by=kind)[:PROBLEMS_SHOWN]:
            yield Problem(
                key=one.key,
                label=one.label,
                matters=one.now.matters,
                before=one.past.matters,
                petitions=one.now.petitions,
                group_visits=one.now.group_visits,
                words=one.verdict.label,
            )


def _recommendations(period: Period, at: datetime) -> Iterator[RecommendationLine]:
    rows = Recommendation.objects.made().filter(_within(period, at, "made_at"))
    answered = Q(answered_at__lte=at)
    adopted = answered & Q(adoption__in=[Adoption.YES.value, Adoption.PARTLY.value])
    by_kind = {
        kind: (made, known, taken)
        for kind, made, known, taken in rows.order_by()
        .values_list("kind")
        .annotate(made=RowCount("pk"), known=RowCount("pk", filter=answered), taken=RowCount("pk", filter=adopted))
    }
    for kind in RecommendationKind:
        yield RecommendationLine(kind.label, *by_kind.get(kind.value, (0, 0, 0)))


def _activities(period: Period, at: datetime) -> Iterator[ActivityLine]:
    for row in Activity.objects.filter(_within(period, at, "begun_at")).order_by("begun_at", "pk"):
        assert row.begun_at is not None
        yield ActivityLine(
            pk=row.pk,
            title=row.title,
            kind=ActivityKind(row.kind).label,
            begun_on=local_day(row.begun_at),
            state=_state_at(row, at).label,
        )


def _state_at(row: Activity, at: datetime) -> ActivityState:
    """Return how far an activity had come at the report's moment."""
    if row.ended_at is not None and row.ended_at <= at:
        return ActivityState(row.state)
    if row.finished_at is not None and row.finished_at <= at:
        return ActivityState.FINISHED
    return ActivityState.UNDER_WAY
