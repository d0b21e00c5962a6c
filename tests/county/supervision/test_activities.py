"""监督活动: its scheme, its team, its course; what a team brings home; what it looks into."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.supervision import reminders
from huiyin.county.supervision.actions import activities, teams
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.models import SupervisionPlan, TopicProposal
from huiyin.county.supervision.queries import funnel, standing
from huiyin.county.supervision.replay import replay
from huiyin.county.supervision.rules.activities import MemberEntry
from huiyin.county.supervision.states import (
    ActivityKind,
    ActivityState,
    Decision,
    MemberBasis,
    ProposalState,
    TeamRole,
)
from huiyin.kernel.periods import month, year

from .conftest import moment, refusal_of, scheme, water_item

MEMBER = MemberEntry("田有禾", TeamRole.MEMBER, MemberBasis.DEPUTY, "村支书", "上湾村", "无")


def member(**changed: Any) -> MemberEntry:
    return replace(MEMBER, **changed)


def test_an_inspection_goes_its_way_and_every_step_is_told(desk):
    activity = desk.activity(ActivityState.FINISHED)
    assert (activity.number, activity.state) == ("青人监〔2026〕1号", "finished")
    told = [entry.event for entry in Entry.objects.filter(subject="activity").order_by("number")]
    assert told == [
        "activity.prepared",
        "activity.member_added",
        "activity.member_added",
        "activity.approved",
        "activity.begun",
        "activity.finished",
    ]
    assert (activity.begun_at, activity.finished_at) == (moment(6, 8), moment(6, 12, 17))


@pytest.mark.parametrize("kind", list(ActivityKind), ids=[kind.label for kind in ActivityKind])
def test_every_kind_of_activity_is_prepared_approved_and_carried_out(desk, kind):
    title = f"农业水费{kind.label}"
    assert desk.activity(ActivityState.FINISHED, kind=kind, title=title).kind == kind.value


@pytest.mark.parametrize(
    ("kind", "then", "code"),
    [
        (ActivityKind.LAW_INSPECTION, "conclude", "activity.report_owed"),
        (ActivityKind.APPRAISAL, "deliberate", "activity.report_owed"),
        (ActivityKind.DELIBERATION, "conclude", "activity.deliberation_owed"),
        (ActivityKind.DELIBERATION, "deliberate", None),
        (ActivityKind.FIELD_VISIT, "conclude", None),
    ],
    ids=["执法检查须先有报告", "评议须先有报告", "专题审议须经审议", "专题审议登记审议", "视察可以办结"],
)
def test_an_activity_ends_when_nothing_is_owed_any_more(desk, kind, then, code):
    activity = desk.activity(ActivityState.FINISHED, kind=kind)
    values = {"activity_id": activity.pk, "by": desk.people.clerk, "at": moment(7, 1)}
    values |= (
        {"outcome": "已转送意见"} if then == "conclude" else {"session": "第三十二次会议", "held_on": date(2026, 6, 30)}
    )
    act = getattr(activities, then)
    if code:
        assert refusal_of(act, **values) == code
    else:
        assert act(**values).state == {"conclude": "concluded", "deliberate": "deliberated"}[then]


def test_a_deliberation_carries_a_field_visit_and_waits_for_it(desk):
    whole = desk.activity(ActivityState.FINISHED, kind=ActivityKind.DELIBERATION)
    part = desk.activity(ActivityState.FINISHED, kind=ActivityKind.FIELD_VISIT, part_of_id=whole.pk)
    by = desk.people.clerk
    activities.deliberate(
        activity_id=whole.pk, session="第三十二次会议", held_on=date(2026, 6, 30), by=by, at=moment(7, 1)
    )
    end = {"activity_id": whole.pk, "outcome": "审议意见已交县政府", "by": by, "at": moment(7, 2)}
    assert refusal_of(activities.conclude, **end) == "activity.part_open"
    activities.conclude(activity_id=part.pk, outcome="视察情况已汇总", by=by, at=moment(7, 2))
    assert activities.conclude(**end).state == "concluded"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": ActivityKind.LAW_INSPECTION, "part_of": True}, "activity.part_is_a_field_visit"),
        ({"kind": ActivityKind.FIELD_VISIT, "part_of": True}, "activity.carries_no_field_visit"),
    ],
)
def test_only_a_field_visit_is_part_of_what_carries_one(desk, facts, code):
    inspection = desk.activity()
    entry = scheme(kind=facts["kind"], part_of_id=inspection.pk)
    assert refusal_of(activities.prepare, entry=entry, by=desk.people.clerk, at=moment(5, 6)) == code


def test_a_commission_of_inquiry_needs_the_standing_committees_resolution(desk):
    clerk, head = desk.people.clerk, desk.people.head
    entry = scheme(kind=ActivityKind.SPECIAL_COMMITTEE, title="水库渗漏特定问题调查")
    activity = activities.prepare(entry=entry, by=clerk, at=moment(5, 6))
    leader = member(role=TeamRole.LEADER)
    teams.add_member(activity_id=activity.pk, entry=leader, by=clerk, at=moment(5, 6))
    approve = {"activity_id": activity.pk, "by": head, "at": moment(5, 8)}
    assert refusal_of(activities.approve, **approve) == "activity.not_resolved"
    resolved = {"activity_id": activity.pk, "resolution": "关于组织调查委员会的决议", "by": clerk, "at": moment(5, 7)}
    late = refusal_of(activities.record_resolution, resolved_on=date(2026, 5, 8), **resolved)
    assert late == "activity.resolution_to_come"
    activities.record_resolution(resolved_on=date(2026, 5, 7), **resolved)
    assert activities.approve(**approve).state == "approved"


def test_an_inspection_needs_no_resolution(desk):
    values = {"activity_id": desk.activity().pk, "resolution": "决议", "resolved_on": date(2026, 5, 1)}
    code = refusal_of(activities.record_resolution, **values, by=desk.people.clerk, at=moment(5, 7))
    assert code == "activity.needs_no_resolution"


def test_a_scheme_is_approved_by_another_person_and_with_a_leader_of_the_team(desk):
    head = desk.people.head
    activity = activities.prepare(entry=scheme(), by=head, at=moment(5, 6))
    values = {"activity_id": activity.pk, "at": moment(5, 8)}
    assert refusal_of(activities.approve, by=head, **values) == "activity.needs_second_person"
    assert refusal_of(activities.approve, by=desk.people.leader, **values) == "activity.leader_missing"
    assert refusal_of(activities.approve, by=desk.people.clerk, **values) == "permission.role_missing"


def test_an_approved_scheme_is_changed_only_after_it_was_sent_back(desk):
    activity = desk.activity(ActivityState.APPROVED)
    change = {
        "activity_id": activity.pk,
        "entry": scheme(focus="计量收费"),
        "by": desk.people.clerk,
        "at": moment(5, 9),
    }
    assert refusal_of(activities.change, **change) == "activity.scheme_stands"
    back = {"activity_id": activity.pk, "by": desk.people.head, "at": moment(5, 9)}
    assert refusal_of(activities.revise, words=" ", **back) == "activity.words_missing"
    assert activities.revise(words="日程太紧", **back).approved_by is None
    assert activities.change(**change).focus == "计量收费"


def test_an_activity_begins_on_its_first_day(desk):
    activity = desk.activity(ActivityState.APPROVED)
    values = {"activity_id": activity.pk, "by": desk.people.clerk}
    assert refusal_of(activities.begin, **values, at=moment(6, 7, 23)) == "activity.too_early"
    assert activities.begin(**values, at=moment(6, 8, 0)).state == "under_way"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"organ": "县水务局"}, "activity.member_of_inspected_unit"),
        ({"unit_code": "water", "organ": "水务局机关"}, "activity.member_of_inspected_unit"),
        ({"unit_code": "irrigation_station"}, "activity.member_of_inspected_unit"),
        ({"unit_code": "government"}, "activity.member_of_inspected_unit"),
        ({"unit_code": "agriculture"}, None),
        ({"former_posts": " "}, "activity.member_missing"),
        ({"former_posts": "县水务局副局长", "former_units": ("water",)}, "activity.former_post_unexplained"),
        (
            {"former_posts": "县水务局副局长", "former_units": ("water",), "fairness_words": "离任十二年，不分管水费"},
            None,
        ),
        ({"basis": MemberBasis.EXPERT}, "activity.experts_advise"),
        ({"basis": MemberBasis.EXPERT, "role": TeamRole.ADVISER}, None),
        ({"role": TeamRole.LEADER}, "activity.two_leaders"),
        ({"name": "秦岳", "organ": "县人大常委会"}, "activity.member_known"),
    ],
    ids=[
        "受检单位的人",
        "名单中的受检单位",
        "下级单位",
        "上级单位",
        "其他单位",
        "没有申报原任职务",
        "曾任职未说明",
        "曾任职已说明",
        "专家不作成员",
        "专家作为专家",
        "第二位组长",
        "已在名单中",
    ],
)
def test_nobody_of_the_inspected_organ_is_in_the_team_and_former_posts_are_declared(desk, changed, code):
    activity = desk.activity()
    values = {"activity_id": activity.pk, "entry": member(**changed), "by": desk.people.clerk, "at": moment(5, 7)}
    if code:
        assert refusal_of(teams.add_member, **values) == code
        assert activity.members.count() == 2
    else:
        assert teams.add_member(**values).former_posts == member(**changed).former_posts


def test_an_account_of_the_inspected_unit_is_not_in_the_team_under_any_name(desk):
    entry = member(staff_id=desk.people.unit_clerk.pk)
    values = {"activity_id": desk.activity().pk, "entry": entry, "by": desk.people.clerk, "at": moment(5, 7)}
    assert refusal_of(teams.add_member, **values) == "activity.member_of_inspected_unit"


def test_whoever_has_an_interest_is_in_no_commission_of_inquiry(desk):
    activity = desk.activity(kind=ActivityKind.SPECIAL_COMMITTEE)
    by, at = desk.people.clerk, moment(5, 7)
    once = member(former_posts="县水务局副局长", former_units=("water",), fairness_words="离任十二年")
    code = refusal_of(teams.add_member, activity_id=activity.pk, entry=once, by=by, at=at)
    assert code == "activity.member_has_interest"
    official = member(basis=MemberBasis.WORKING_BODY)
    code = refusal_of(teams.add_member, activity_id=activity.pk, entry=official, by=by, at=at)
    assert code == "activity.not_a_commissioner"


def test_who_was_recused_does_not_come_back_and_stays_on_record(desk):
    activity = desk.activity(ActivityState.UNDER_WAY)
    row = activity.members.get(name="苏静文")
    values = {"member_id": row.pk, "by": desk.people.clerk, "at": moment(6, 9)}
    assert refusal_of(teams.recuse, reason="", **values) == "activity.recusal_reason_missing"
    assert teams.recuse(reason="其兄在县灌区管理站任职", **values).recused_by == desk.people.clerk
    assert refusal_of(teams.recuse, reason="其兄", **values) == "activity.recused_already"
    again = member(name="苏静文", organ="县第一中学")
    code = refusal_of(teams.add_member, activity_id=activity.pk, entry=again, by=desk.people.clerk, at=moment(6, 9))
    assert code == "activity.member_recused"
    assert activity.members.count() == 2


def test_a_team_leader_who_is_recused_leaves_the_place_to_another(desk):
    activity = desk.activity()
    by, at = desk.people.clerk, moment(5, 7)
    teams.recuse(member_id=activity.members.get(role="leader").pk, reason="亲属", by=by, at=at)
    code = refusal_of(activities.approve, activity_id=activity.pk, by=desk.people.head, at=at)
    assert code == "activity.leader_missing"
    teams.add_member(activity_id=activity.pk, entry=member(role=TeamRole.LEADER), by=by, at=at)
    assert activities.approve(activity_id=activity.pk, by=desk.people.head, at=at).state == "approved"


def test_new_units_are_checked_against_the_team_that_is_there(desk):
    activity = desk.activity()
    teams.add_member(
        activity_id=activity.pk, entry=member(unit_code="agriculture"), by=desk.people.clerk, at=moment(5, 7)
    )
    values = {"activity_id": activity.pk, "entry": scheme(unit_codes=("water", "agriculture"))}
    code = refusal_of(activities.change, **values, by=desk.people.clerk, at=moment(5, 7))
    assert code == "activity.member_of_inspected_unit"
    assert list(activity.units.values_list("unit__code", flat=True)) == ["water"]


@pytest.mark.parametrize("role", ["leader", "auditor", "mail_room", "restricted", "unit_head", "administrator"])
def test_clerk_and_head_keep_activities_and_nobody_else(desk, role):
    values = {"entry": scheme(), "by": getattr(desk.people, role), "at": moment(5, 6)}
    assert refusal_of(activities.prepare, **values) == "permission.role_missing"


def test_what_was_cancelled_says_why_and_frees_its_item_of_the_plan(desk):
    plan = desk.plan(water_item())
    item = plan.items.get()
    activity = desk.activity(ActivityState.APPROVED, plan_item_id=item.pk, ground="")
    values = {"activity_id": activity.pk, "by": desk.people.head, "at": moment(5, 20)}
    assert refusal_of(activities.cancel, reason=" ", **values) == "activity.cancel_reason_missing"
    assert activities.cancel(reason="并入省里的联动检查", **values).outcome == "并入省里的联动检查"
    assert [one.activity for one in standing.items_of(plan)] == [None]


def test_replaying_the_journal_gives_the_rows(desk):
    desk.five_letters()
    adopted = desk.topic(ProposalState.ADOPTED)
    desk.decide(desk.topic(ProposalState.WAITING), Decision.NEXT_TIME)
    plan = desk.plan(water_item(proposal_id=adopted.pk))
    desk.activity(ActivityState.FINISHED, plan_item_id=plan.items.get().pk, ground="")
    desk.activity(ActivityState.APPROVED, kind=ActivityKind.FIELD_VISIT)
    rows = {
        (model._meta.model_name, row.pk): row.state
        for model in (TopicProposal, SupervisionPlan, Activity)
        for row in model.objects.order_by("pk")
    }
    assert len(rows) == 5
    assert replay(Entry.objects.order_by("number")) == rows


@pytest.mark.parametrize(
    ("at", "activities_told", "topics_told"),
    [
        (datetime(2026, 6, 7, 1, tzinfo=UTC), (0, 0), (1, 2)),
        (datetime(2026, 6, 30, 1, tzinfo=UTC), (0, 1), (1, 2)),
        (datetime(2026, 7, 31, 1, tzinfo=UTC), (1, 1), (1, 2)),
    ],
    ids=["活动开始之前", "活动结束未办结", "活动办结以后"],
)
def test_the_funnel_counts_what_stood_at_the_moment(desk, at, activities_told, topics_told):
    desk.five_letters()
    desk.topic(ProposalState.ADOPTED)
    desk.topic(ProposalState.WAITING)
    visit = desk.activity(ActivityState.FINISHED, kind=ActivityKind.FIELD_VISIT)
    activities.conclude(activity_id=visit.pk, outcome="已汇总", by=desk.people.clerk, at=moment(7, 20))
    told = {one.indicator: (one.part, one.whole, one.channel) for one in funnel.funnel(year(2026), at=at)}
    assert told["activities"] == (*activities_told, "none")
    assert told["topic_proposals"] == (*topics_told, "none")
    assert told["hotspots"] == (1, 2, "none")


def test_a_hotspot_without_a_proposal_is_only_in_the_whole(desk):
    desk.five_letters()
    assert funnel.hotspots_followed(month("2026-03"), at=moment(4, 1)) == (0, 2)
    desk.topic(ProposalState.WAITING)
    assert funnel.hotspots_followed(month("2026-03"), at=moment(4, 30)) == (1, 2)


def test_the_office_is_reminded_once_however_often_it_is_looked(desk):
    activity = desk.activity(ActivityState.APPROVED)
    href = "/supervision/activities/{activity_id}/"
    assert reminders.remind(at=moment(5, 31), href=href) == 0
    assert reminders.remind(at=moment(6, 1), href=href) == 2
    assert reminders.remind(at=moment(6, 2), href=href) == 0
    row = Notification.objects.filter(to_staff=desk.people.clerk, kind="supervision").get()
    assert (row.href, activity.number in row.words) == (f"/supervision/activities/{activity.pk}/", True)
