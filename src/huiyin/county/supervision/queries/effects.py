"""成效 counted: the same numbers in equal windows before an activity began and after its answer was accepted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from huiyin.county.analysis import hotspots
from huiyin.county.analysis.hotspot_rules import Letter, tally
from huiyin.county.analysis.hotspot_states import HotspotKind
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.effect_models import EffectRecord
from huiyin.county.supervision.opinion_models import Opinion
from huiyin.county.supervision.opinion_states import OpinionState
from huiyin.county.supervision.rules.effects import MONTHS, Counts, Effect
from huiyin.county.supervision.states import Dimension
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.windows import Change, Windows, around


@dataclass(frozen=True, slots=True)
class Topic:
    """By what the petitions of an effect belong together, and what that is called."""

    dimension: Dimension
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Span:
    """When an activity began, which opinion's answer was accepted, and when; nothing where that is still to come."""

    began_on: date | None
    opinion: Opinion | None
    accepted_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one topic stands in windows of one length: counted, concluded, or still to be waited for."""

    topic: Topic
    months: int
    windows: Windows
    is_over: bool
    effect: Effect | None
    record: EffectRecord | None


def topics_of(activity: Activity) -> tuple[Topic, ...]:
    """Return what an activity's effect is counted of: the topic it came from, and each unit it was about."""
    item = activity.plan_item
    proposal = item.proposal if item else None
    found = []
    if proposal is not None:
        found.append(Topic(Dimension(proposal.dimension), proposal.key, proposal.key_label))
    units = [row.unit for row in activity.units.select_related("unit").order_by("pk")]
    found += [Topic(Dimension.UNIT, unit.code, unit.name) for unit in units]
    return tuple(dict.fromkeys(found))


def topic_of(activity: Activity, dimension: Dimension, key: str) -> Topic:
    """Return one of an activity's topics, or refuse."""
    found = next((one for one in topics_of(activity) if (one.dimension, one.key) == (dimension, key)), None)
    if found is None:
        raise Refusal("effect.unknown_topic", "这项活动不按这个范围对比成效")
    return found


def span_of(activity: Activity, topic: Topic) -> Span:
    """Return from which days the windows of a topic are counted: of a unit its own opinion, else the last accepted."""
    began_on = local_day(activity.begun_at) if activity.begun_at else None
    opinions = list(activity.opinions.select_related("unit").order_by("pk"))
    if topic.dimension is Dimension.UNIT:
        opinions = [one for one in opinions if one.unit.code == topic.key] or opinions
    if not opinions or any(one.state != OpinionState.ACCEPTED.value for one in opinions):
        return Span(began_on, None, None)
    last = {one.pk: one.responses.order_by("-round").values_list("decided_at", flat=True).first() for one in opinions}
    accepted = [(moment, one) for one in opinions if (moment := last[one.pk]) is not None]
    moment, opinion = max(accepted, key=lambda pair: (pair[0], pair[1].pk))
    return Span(began_on, opinion, local_day(moment))


def letters_between(first: date, last: date, *, at: datetime) -> list[Letter]:
    """Return the petitions received between two days as they stood at an instant."""
    return hotspots.letters_of(Period(first, last), at=at, names=hotspots.names_of())


def of_topic(letters: Sequence[Letter], topic: Topic) -> list[Letter]:
    """Keep the petitions of a topic, told apart as the hotspots tell them apart."""
    return [one for one in letters if topic.key in one.keys[HotspotKind(topic.dimension.value)]]


def counts(letters: Sequence[Letter], window: Period) -> Counts:
    """Return the numbers of a window: what is not the first of its matter is a repeat."""
    found = tally([one for one in letters if window.contains(one.received_on)], window)
    return Counts(
        first_matters=found.first,
        repeats=found.petitions - found.first,
        people=found.people,
        group_visits=found.group_visits,
    )


def measure(topic: Topic, windows: Windows, *, at: datetime) -> Effect:
    """Count a topic in both windows, and the whole county beside it."""
    before = letters_between(windows.before.first, windows.before.last, at=at)
    after = letters_between(windows.after.first, windows.after.last, at=at)
    return Effect(
        windows=windows,
        before=counts(of_topic(before, topic), windows.before),
        after=counts(of_topic(after, topic), windows.after),
        all_before=counts(before, windows.before),
        all_after=counts(after, windows.after),
    )


def standings(activity: Activity, *, at: datetime) -> tuple[Standing, ...]:
    """Return every topic of an activity in windows of 3, 6 and 12 months, from the day the answer was accepted."""
    found = []
    for topic in topics_of(activity):
        span = span_of(activity, topic)
        if span.began_on is None or span.accepted_on is None:
            continue
        found += [_standing(activity, topic, span, months, at=at) for months in MONTHS]
    return tuple(found)


def _standing(activity: Activity, topic: Topic, span: Span, months: int, *, at: datetime) -> Standing:
    record = record_of(activity, topic, months)
    windows = windows_of(span, months)
    is_over = windows.is_over(today=local_day(at))
    if record is not None:
        windows, effect = windows_recorded(record), effect_recorded(record)
        return Standing(topic, months, windows, is_over=True, effect=effect, record=record)
    counted = measure(topic, windows, at=at) if is_over else None
    return Standing(topic, months, windows, is_over=is_over, effect=counted, record=None)


def windows_of(span: Span, months: int) -> Windows:
    """Return the windows around an activity, or refuse while there is nothing to count from."""
    if span.began_on is None or span.accepted_on is None:
        raise Refusal("effect.not_accepted", "研究处理情况审查认可以后才对比成效")
    return around(began_on=span.began_on, ended_on=span.accepted_on, months=months)


def to_conclude(activity: Activity, *, today: date) -> tuple[tuple[Topic, int], ...]:
    """Return the topics and lengths whose window is over and that nobody concluded: nothing is counted for it."""
    found = []
    for topic in topics_of(activity):
        span = span_of(activity, topic)
        if span.began_on is None or span.accepted_on is None:
            continue
        over = [months for months in MONTHS if windows_of(span, months).is_over(today=today)]
        found += [(topic, months) for months in over if record_of(activity, topic, months) is None]
    return tuple(found)


def record_of(activity: Activity, topic: Topic, months: int) -> EffectRecord | None:
    """Return what was concluded on a topic for this length, if it was."""
    rows = EffectRecord.objects.filter(activity=activity, dimension=topic.dimension.value, key=topic.key)
    return rows.filter(months=months).first()


def windows_recorded(record: EffectRecord) -> Windows:
    """Return the windows of a record."""
    return Windows(
        months=record.months,
        before=Period(record.before_first_on, record.before_last_on),
        after=Period(record.after_first_on, record.after_last_on),
    )


def effect_recorded(record: EffectRecord) -> Effect:
    """Return the numbers of a record as they stood when it was concluded."""
    return Effect(
        windows=windows_recorded(record),
        before=Counts(**record.before),
        after=Counts(**record.after),
        all_before=Counts(**record.all_before),
        all_after=Counts(**record.all_after),
    )


def frozen(effect: Effect) -> dict[str, object]:
    """Return the columns that keep an effect as it was counted."""
    return {
        "months": effect.windows.months,
        "before_first_on": effect.windows.before.first,
        "before_last_on": effect.windows.before.last,
        "after_first_on": effect.windows.after.first,
        "after_last_on": effect.windows.after.last,
        "before": asdict(effect.before),
        "after": asdict(effect.after),
        "all_before": asdict(effect.all_before),
        "all_after": asdict(effect.all_after),
        "change": Change(effect.change).value,
    }
