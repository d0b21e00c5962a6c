"""成效：the water fee before the inspection of 8 June 2026 and after the answer accepted on 15 October."""

from datetime import date

import pytest

from huiyin.county.journal.models import Entry
from huiyin.county.supervision.actions import activities, effects
from huiyin.county.supervision.effect_models import EffectRecord
from huiyin.county.supervision.opinion_replay import replay
from huiyin.county.supervision.queries import effects as queries
from huiyin.county.supervision.queries.funnel import funnel
from huiyin.county.supervision.rules.effects import Counts
from huiyin.county.supervision.states import ActivityState, Dimension, ProposalState
from huiyin.kernel.periods import year
from huiyin.kernel.refusal import Refusal

from .conftest import water_item
from .opinion_steps import Following, moment

LATER = moment(1, 16, year=2027)


@pytest.fixture
def accepted(desk, people) -> Following:
    """Five matters in March, one on the eve of the inspection and one on its first day; then one before, one after."""
    desk.five_letters()
    desk.letter("沈山", 7, month=6)
    desk.letter("江川", 8, month=6)
    topic = desk.topic(ProposalState.ADOPTED)
    plan = desk.plan(water_item(proposal_id=topic.pk))
    item = plan.items.get()
    activity = desk.activity(ActivityState.FINISHED, plan_item_id=item.pk, ground="")
    following = Following(people, activity, desk.meeting(44, date(2026, 7, 20)))
    following.deliberated()
    following.accepted(following.opinion())
    desk.letter("何田", 15, month=10)
    desk.letter("梁树", 16, month=10)
    following.activity.refresh_from_db()
    return following


@pytest.mark.parametrize(
    ("three", "six"), [((1, 1), 6)], ids=["农业水费：三个月之前1件之后1件，六个月之前6件，开始当天和认可当天都不算"]
)
def test_neither_the_first_day_nor_the_day_of_acceptance_is_counted(accepted, three, six):
    (topic, unit) = queries.topics_of(accepted.activity)
    assert (topic.dimension, topic.key, topic.label) == (Dimension.TAG, "irrigation_fee", "农业水费")
    assert (unit.dimension, unit.key) == (Dimension.UNIT, "water")
    standing = queries.standings(accepted.activity, at=LATER)[0]
    assert (standing.windows.before.first, standing.windows.before.last) == (date(2026, 3, 8), date(2026, 6, 7))
    assert (standing.windows.after.first, standing.windows.after.last) == (date(2026, 10, 16), date(2027, 1, 15))
    # Of the five letters of 2 to 6 March none lies in the window; 沈山 wrote on its last day, 梁树 on the first after.
    assert standing.effect is not None
    assert (standing.effect.before, standing.effect.after) == tuple(Counts(count, 0, count, 0) for count in three)
    longer = queries.measure(topic, queries.windows_of(queries.span_of(accepted.activity, topic), 6), at=LATER)
    assert (longer.before.first_matters, longer.all_before.first_matters) == (six, six)


def test_a_window_that_is_not_over_waits_and_says_until_when(accepted, people):
    last_day = moment(1, 15, year=2027)
    standing = queries.standings(accepted.activity, at=last_day)[0]
    assert (standing.is_over, standing.effect, standing.windows.complete_on) == (False, None, date(2027, 1, 16))
    values = {"activity_id": accepted.activity.pk, "dimension": Dimension.TAG, "key": "irrigation_fee", "months": 3}
    with pytest.raises(Refusal, match="2027年1月16日起可以登记成效"):
        effects.conclude(**values, by=people.clerk, at=last_day)
    with pytest.raises(Refusal, match="需要由信访专干、法制委负责人"):
        effects.conclude(**values, by=people.auditor, at=LATER)


def test_what_was_concluded_stays_as_it_was_counted(accepted, desk, people):
    values = {"activity_id": accepted.activity.pk, "dimension": Dimension.TAG, "key": "irrigation_fee", "months": 3}
    record = effects.conclude(**values, by=people.clerk, at=LATER)
    desk.letter("晚登", 20, month=10)
    with pytest.raises(Refusal, match="已经登记"):
        effects.conclude(**values, by=people.head, at=LATER)
    (standing, *_) = queries.standings(accepted.activity, at=LATER)
    assert standing.effect is not None
    assert (standing.record, standing.effect.after.first_matters) == (record, 1)
    assert queries.measure(queries.topics_of(accepted.activity)[0], standing.windows, at=LATER).after.first_matters == 2
    told = replay(Entry.objects.order_by("number"))["effectrecord", record.pk]
    row = EffectRecord.objects.get()
    assert (told["after"], told["all_before"], told["change"]) == (row.after, row.all_before, row.change)


def test_before_the_answer_is_accepted_there_is_no_effect_to_measure(desk, people):
    activity = desk.activity(ActivityState.FINISHED)
    following = Following(people, activity, desk.meeting(44, date(2026, 7, 20)))
    following.deliberated()
    following.answer(following.opinion())
    assert queries.standings(activity, at=LATER) == ()
    values = {"activity_id": activity.pk, "dimension": Dimension.UNIT, "key": "water", "months": 3}
    with pytest.raises(Refusal, match="审查认可以后才对比成效"):
        effects.conclude(**values, by=people.clerk, at=LATER)
    with pytest.raises(Refusal, match="不按这个范围"):
        effects.conclude(**values | {"key": "court"}, by=people.clerk, at=LATER)


@pytest.mark.parametrize(
    ("at", "opinions_", "effects_"),
    [
        (moment(8, 31), (0, 0), (0, 0)),
        (moment(9, 1), (0, 1), (0, 0)),
        (moment(10, 12), (1, 1), (0, 0)),
        (LATER, (1, 1), (0, 0)),
    ],
    ids=["送交前一天", "送交当日", "反馈当日", "年度结束后"],
)
def test_the_funnel_counts_what_was_sent_and_answered_by_then(accepted, at, opinions_, effects_):
    found = {one.indicator: (one.part, one.whole) for one in funnel(year(2026), at=at)}
    assert (found["opinions"], found["effects"]) == (opinions_, effects_)


def test_the_funnel_counts_effects_with_fewer_after(accepted, people):
    values = {"activity_id": accepted.activity.pk, "dimension": Dimension.TAG, "key": "irrigation_fee"}
    effects.conclude(**values, months=3, by=people.clerk, at=LATER)
    effects.conclude(**values, months=6, by=people.clerk, at=moment(4, 16, year=2027))
    found = {one.indicator: (one.part, one.whole) for one in funnel(year(2027), at=moment(4, 17, year=2027))}
    assert found["effects"] == (1, 2)


def test_concluding_the_activity_closes_no_petition(accepted, desk, people):
    letter = desk.letter("后来", 20, month=10)
    activities.conclude(activity_id=accepted.activity.pk, outcome="已落实", by=people.clerk, at=moment(10, 21))
    letter.refresh_from_db()
    assert letter.closed_at is None
