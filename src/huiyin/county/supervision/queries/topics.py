"""The whole story of one topic, from its petitions by month to the findings, the opinions and what came after."""

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.accounts.models import Staff
from huiyin.county.analysis.hotspot_rules import Letter, tally
from huiyin.county.registry.models import Petition
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.finding_models import InspectionReport
from huiyin.county.supervision.models import MeetingDecision, PlanItem, TopicProposal
from huiyin.county.supervision.opinion_models import Opinion
from huiyin.county.supervision.opinion_states import ReportState
from huiyin.county.supervision.states import ActivityState, Dimension, PlanState
from huiyin.kernel.calendar import local_day
from huiyin.kernel.deadlines import add_months
from huiyin.kernel.periods import Period, month_of

from .effects import Standing, Topic, letters_between, of_topic, standings
from .findings import FindingLine, list_of

MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a topic: how many petitions, how many matters that came for the first time."""

    period: Period
    petitions: int
    first_matters: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one activity did about the topic, from its findings to what came after."""

    activity: Activity
    findings: tuple[FindingLine, ...]
    report: InspectionReport | None
    opinions: tuple[Opinion, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything of one topic, in its order."""

    proposal: TopicProposal
    topic: Topic
    months: tuple[Month, ...]
    decisions: tuple[MeetingDecision, ...]
    items: tuple[PlanItem, ...]
    chapters: tuple[Chapter, ...]


def topic_of(proposal: TopicProposal) -> Topic:
    """Return by what the petitions of a proposal belong together."""
    return Topic(Dimension(proposal.dimension), proposal.key, proposal.key_label)


def story(proposal: TopicProposal, *, at: datetime) -> Story:
    """Tell a topic as it stands at this instant."""
    items = PlanItem.objects.filter(proposal=proposal, plan__state=PlanState.PUBLISHED.value).select_related("plan")
    carried = Activity.objects.filter(plan_item__proposal=proposal).exclude(state=ActivityState.CANCELLED.value)
    rows = carried.select_related("plan_item__proposal", "plan_item__plan").order_by("starts_on", "pk")
    decisions = proposal.decisions.select_related("meeting").order_by("meeting__held_on", "pk")
    return Story(
        proposal=proposal,
        topic=topic_of(proposal),
        months=months_of(proposal, at=at),
        decisions=tuple(decisions),
        items=tuple(items.order_by("plan__year", "code")),
        chapters=tuple(_chapter(activity, at=at) for activity in rows),
    )


def _chapter(activity: Activity, *, at: datetime) -> Chapter:
    versions = activity.reports.exclude(state=ReportState.REPLACED.value)
    return Chapter(
        activity=activity,
        findings=list_of(activity.pk),
        report=versions.select_related("meeting").first(),
        opinions=tuple(activity.opinions.select_related("unit", "activity").order_by("pk")),
        standings=standings(activity, at=at),
    )


def span_of(proposal: TopicProposal, *, today: date) -> Period:
    """Return which months are shown: from the evidence's window, or a year before the proposal, up to this month."""
    written_on = local_day(proposal.written_at)
    begin = min(proposal.window_first_on, add_months(written_on, -12))
    earliest = add_months(today, -(MONTHS_SHOWN - 1))
    return Period(month_of(max(begin, earliest)).first, month_of(today).last)


def months_of(proposal: TopicProposal, *, at: datetime) -> tuple[Month, ...]:
    """Return the petitions of a topic month by month, sealed ones as numbers only."""
    span = span_of(proposal, today=local_day(at))
    letters = of_topic(letters_between(span.first, span.last, at=at), topic_of(proposal))
    return tuple(_month(letters, one) for one in span.months())


def _month(letters: list[Letter], period: Period) -> Month:
    found = tally([one for one in letters if period.contains(one.received_on)], period)
    return Month(period=period, petitions=found.petitions, first_matters=found.first)


def petitions_between(topic: Topic, period: Period, *, by: Staff, at: datetime) -> tuple[list[int], int]:
    """Return the petitions of a topic in a period that this person may see, and how many there are in all.

    What is sealed is a count here even for whoever sees its number in the ledger: the list would tell what it is about.
    """
    letters = of_topic(letters_between(period.first, period.last, at=at), topic)
    seen = Petition.objects.visible_to(by).filter(pk__in=[one.petition_id for one in letters])
    return list(seen.values_list("pk", flat=True)), len(letters)
