"""The linkage as numbers, from hotspots to effects of a period, as they stood at an instant."""

from datetime import datetime, time

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.county.analysis import hotspots
from huiyin.county.analysis.hotspot_states import HotspotKind
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.effect_models import EffectRecord
from huiyin.county.supervision.models import TopicProposal
from huiyin.county.supervision.opinion_models import Opinion, Response
from huiyin.county.supervision.states import ActivityState, Decision
from huiyin.kernel.calendar import SHANGHAI
from huiyin.kernel.periods import Period
from huiyin.platform.statistics.indicators import (
    ACTIVITIES,
    EFFECTS,
    HOTSPOTS,
    OPINIONS,
    TOPIC_PROPOSALS,
    FigureEntry,
    ReportedChannel,
)

# The same petitions under place, unit or law would be the same hotspot again.
FOUND_BY = (HotspotKind.CATEGORY, HotspotKind.TAG)


def funnel(period: Period, *, at: datetime) -> tuple[FigureEntry, ...]:
    """Return how far the period's hotspots, proposals, activities, opinions and effects came by an instant."""
    return (
        _entry(HOTSPOTS.code, *hotspots_followed(period, at=at)),
        _entry(TOPIC_PROPOSALS.code, *topics_adopted(period, at=at)),
        _entry(ACTIVITIES.code, *activities_concluded(period, at=at)),
        _entry(OPINIONS.code, *opinions_answered(period, at=at)),
        _entry(EFFECTS.code, *effects_with_fewer(period, at=at)),
    )


def _entry(code: str, part: int, whole: int) -> FigureEntry:
    return FigureEntry(indicator=code, channel=ReportedChannel.NONE.value, part=part, whole=whole)


def moments(period: Period) -> tuple[datetime, datetime]:
    """Return the first and the last moment of a period in the office's own time."""
    first = datetime.combine(period.first, time.min, tzinfo=SHANGHAI)
    return first, datetime.combine(period.last, time.max, tzinfo=SHANGHAI)


def put_forward(*, at: datetime) -> QuerySet[TopicProposal]:
    """Return the proposals that had been approved to go before the directors by an instant."""
    return TopicProposal.objects.filter(approved_at__lte=at)


def hotspots_followed(period: Period, *, at: datetime) -> tuple[int, int]:
    """Return of how many hotspots the period had, and on how many of them a proposal stands whose window touches it."""
    found = [line for kind in FOUND_BY for line in hotspots.hotspots(period, at=at, by=kind)]
    overlapping = put_forward(at=at).filter(
        window_first_on__lte=period.last, window_last_on__gte=period.first, dimension__in=[k.value for k in FOUND_BY]
    )
    followed = set(overlapping.values_list("dimension", "key"))
    return sum((line.kind.value, line.code) in followed for line in found), len(found)


def topics_adopted(period: Period, *, at: datetime) -> tuple[int, int]:
    """Return how many proposals of the period the directors had adopted by an instant, and how many there were."""
    first, last = moments(period)
    whole = put_forward(at=at).filter(approved_at__gte=first, approved_at__lte=last)
    adopted = whole.filter(decisions__decision=Decision.ADOPT.value, decisions__recorded_at__lte=at)
    return adopted.count(), whole.count()


def activities_concluded(period: Period, *, at: datetime) -> tuple[int, int]:
    """Return how many activities begun in the period were concluded by an instant, and how many were begun."""
    first, last = moments(period)
    whole = Activity.objects.filter(begun_at__gte=first, begun_at__lte=min(last, at))
    concluded = whole.filter(state=ActivityState.CONCLUDED.value, ended_at__lte=at)
    return concluded.count(), whole.count()


def opinions_answered(period: Period, *, at: datetime) -> tuple[int, int]:
    """Return how many opinions sent in the period were answered by an instant, and how many were sent."""
    first, last = moments(period)
    whole = Opinion.objects.filter(sent_at__gte=first, sent_at__lte=min(last, at))
    answers = Response.objects.filter(opinion=OuterRef("pk"), answered_at__lte=at)
    return whole.filter(Exists(answers)).count(), whole.count()


def effects_with_fewer(period: Period, *, at: datetime) -> tuple[int, int]:
    """Return of how many effects measured in the period fewer matters came first after than before, and of how many."""
    first, last = moments(period)
    records = EffectRecord.objects.filter(concluded_at__gte=first, concluded_at__lte=min(last, at))
    counted = [(row.before["first_matters"], row.after["first_matters"]) for row in records.order_by("pk")]
    return sum(after < before for before, after in counted), len(counted)
