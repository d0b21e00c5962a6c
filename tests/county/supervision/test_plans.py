"""年度监督工作计划: from adopted topics, passed by the directors, published, adjusted as a new version."""

from datetime import date

import pytest

from huiyin.county.journal.models import Entry
from huiyin.county.supervision.actions import activities, plans
from huiyin.county.supervision.models import PlanItem
from huiyin.county.supervision.queries import standing
from huiyin.county.supervision.states import ActivityKind, ProposalState, TopicSource

from .conftest import moment, refusal_of, scheme, water_item


def test_adopted_topics_enter_the_plan_and_it_is_published(desk):
    desk.five_letters()
    topic = desk.topic(ProposalState.ADOPTED)
    assert list(standing.to_be_planned(year=2026)) == [topic]
    plan = desk.plan(
        water_item(proposal_id=topic.pk),
        water_item(title="乱收费专题审议", kind=ActivityKind.DELIBERATION, source=TopicSource.PUBLIC, statute_code=""),
    )
    assert (plan.state, plan.version, plan.meeting.held_on) == ("published", 1, date(2026, 4, 20))
    assert [item.code for item in plan.items.order_by("code")] == [1, 2]
    assert not standing.to_be_planned(year=2026).exists()
    told = [entry.event for entry in Entry.objects.filter(subject="supervisionplan").order_by("number")]
    assert told == ["supervision_plan.begun", *["supervision_plan.item_added"] * 2, "supervision_plan.published"]


@pytest.mark.parametrize(
    "state", [ProposalState.WAITING, ProposalState.DECLINED], ids=["主任会议还没有决定", "主任会议不列入"]
)
def test_what_the_directors_did_not_adopt_does_not_enter(desk, state):
    desk.five_letters()
    topic = desk.topic(state)
    plan = plans.begin(year=2026, by=desk.people.clerk, at=moment(4, 21))
    values = {"plan_id": plan.pk, "entry": water_item(proposal_id=topic.pk), "by": desk.people.clerk}
    assert refusal_of(plans.add_item, **values, at=moment(4, 21)) == "supervision_plan.topic_not_adopted"


def test_a_topic_enters_a_plan_once(desk):
    desk.five_letters()
    topic = desk.topic(ProposalState.ADOPTED)
    plan = desk.plan(water_item(proposal_id=topic.pk), published=False)
    values = {"plan_id": plan.pk, "entry": water_item(proposal_id=topic.pk), "by": desk.people.clerk}
    assert refusal_of(plans.add_item, **values, at=moment(4, 21)) == "supervision_plan.topic_in_plan"


@pytest.mark.parametrize(
    ("role", "code"),
    [("clerk", "permission.role_missing"), ("head", "permission.role_missing"), ("leader", None), ("group_head", None)],
)
def test_a_leader_approves_the_publication(desk, role, code):
    plan = desk.plan(published=False)
    values = {
        "plan_id": plan.pk,
        "meeting_id": desk.meeting().pk,
        "by": getattr(desk.people, role),
        "at": moment(4, 21),
    }
    if code:
        assert refusal_of(plans.publish, **values) == code
    else:
        assert plans.publish(**values).published_by == values["by"]


@pytest.mark.parametrize(
    ("held_on", "code"),
    [
        (date(2026, 4, 9), "supervision_plan.meeting_before_draft"),
        (date(2026, 4, 10), None),
        (date(2026, 4, 21), None),
        (date(2026, 4, 22), "supervision_plan.meeting_to_come"),
    ],
    ids=["会早于编制", "编制当天", "公布当天", "会还没有开"],
)
def test_a_plan_is_passed_by_a_meeting_between_its_draft_and_its_publication(desk, held_on, code):
    plan = desk.plan(published=False)
    meeting = desk.meeting(40, held_on)
    values = {"plan_id": plan.pk, "meeting_id": meeting.pk, "by": desk.people.leader, "at": moment(4, 21)}
    if code:
        assert refusal_of(plans.publish, **values) == code
    else:
        assert plans.publish(**values).state == "published"


def test_an_empty_plan_is_not_published(desk):
    plan = plans.begin(year=2026, by=desk.people.clerk, at=moment(4, 10))
    values = {"plan_id": plan.pk, "meeting_id": desk.meeting().pk, "by": desk.people.leader, "at": moment(4, 21)}
    assert refusal_of(plans.publish, **values) == "supervision_plan.empty"


def test_an_adjustment_is_a_new_version_that_says_why_and_keeps_the_one_before(desk):
    first = desk.plan()
    by = desk.people.clerk
    assert refusal_of(plans.begin, year=2026, by=by, at=moment(7, 1)) == "supervision_plan.change_words_missing"
    second = plans.begin(year=2026, change_words="县政府机构改革", by=by, at=moment(7, 1))
    assert [item.title for item in second.items.all()] == ["《水法》实施情况执法检查"]
    again = {"year": 2026, "change_words": "再次调整", "by": by, "at": moment(7, 1)}
    assert refusal_of(plans.begin, **again) == "supervision_plan.draft_exists"
    item = second.items.get()
    plans.change_item(item_id=item.pk, entry=water_item(timing="9月"), by=by, at=moment(7, 1))
    plans.publish(
        plan_id=second.pk,
        meeting_id=desk.meeting(45, date(2026, 7, 6)).pk,
        by=desk.people.group_head,
        at=moment(7, 7),
    )
    first.refresh_from_db()
    assert (first.state, first.items.get().timing) == ("superseded", "6月")
    assert standing.plan_of(2026) == second


def test_a_published_plan_is_not_changed(desk):
    plan = desk.plan()
    by, at = desk.people.clerk, moment(5, 1)
    item = plan.items.get()
    assert refusal_of(plans.add_item, plan_id=plan.pk, entry=water_item(), by=by, at=at) == "supervision_plan.published"
    change = {"item_id": item.pk, "entry": water_item(timing="9月"), "by": by, "at": at}
    assert refusal_of(plans.change_item, **change) == "supervision_plan.published"
    assert refusal_of(plans.drop_item, item_id=item.pk, by=by, at=at) == "supervision_plan.published"


def test_what_is_dropped_leaves_the_numbers_of_the_others_alone(desk):
    by = desk.people.clerk
    plan = desk.plan(water_item(), water_item(title="草原法执法检查"), published=False)
    plans.drop_item(item_id=plan.items.get(code=1).pk, by=by, at=moment(4, 12))
    added = plans.add_item(plan_id=plan.pk, entry=water_item(title="评议"), by=by, at=moment(4, 12))
    assert sorted(plan.items.values_list("code", flat=True)) == [2, 3]
    assert added.code == 3


def test_what_is_under_way_is_not_dropped_from_the_next_version(desk):
    plan = desk.plan()
    desk.activity(plan_item_id=plan.items.get().pk, ground="")
    second = plans.begin(year=2026, change_words="调整", by=desk.people.clerk, at=moment(7, 1))
    item = PlanItem.objects.get(plan=second)
    values = {"item_id": item.pk, "by": desk.people.clerk, "at": moment(7, 1)}
    assert refusal_of(plans.drop_item, **values) == "supervision_plan.item_under_way"


def test_an_item_shows_its_activity_under_every_version(desk):
    plan = desk.plan()
    activity = desk.activity(plan_item_id=plan.items.get().pk, ground="")
    second = plans.begin(year=2026, change_words="调整", by=desk.people.clerk, at=moment(7, 1))
    assert [one.activity for one in standing.items_of(second)] == [activity]
    assert standing.open_items(year=2026) == ()


def test_an_activity_is_what_the_plan_in_force_says(desk):
    draft = desk.plan(published=False)
    item = draft.items.get()
    by, at = desk.people.clerk, moment(5, 6)
    entry = scheme(plan_item_id=item.pk, ground="")
    assert refusal_of(activities.prepare, entry=entry, by=by, at=at) == "activity.plan_not_in_force"
    plans.publish(plan_id=draft.pk, meeting_id=desk.meeting().pk, by=desk.people.leader, at=moment(4, 21))
    other = scheme(plan_item_id=item.pk, kind=ActivityKind.APPRAISAL)
    assert refusal_of(activities.prepare, entry=other, by=by, at=at) == "activity.other_than_planned"
    activities.prepare(entry=entry, by=by, at=at)
    assert refusal_of(activities.prepare, entry=entry, by=by, at=at) == "activity.item_carried_out"
