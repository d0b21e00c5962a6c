"""A topic on everything that was written in, one on what was chosen, and an activity that looks into two petitions."""

from datetime import timedelta
from typing import Any

from huiyin.county.supervision.actions import activities, letters, meetings, plans, proposals, teams
from huiyin.county.supervision.rules.activities import MemberEntry, SchemeEntry
from huiyin.county.supervision.rules.plans import ItemEntry
from huiyin.county.supervision.rules.proposals import MeetingEntry, ProposalEntry
from huiyin.county.supervision.states import ActivityKind, Dimension, MemberBasis, Method, TeamRole, TopicSource
from huiyin.kernel.calendar import local_day


def supervised(story: Any) -> None:
    """Written by the head, who is recused from nothing; the clerk and the leader are recused from one of these."""
    people, today = story.people, local_day(story.at)
    numbers = tuple(story.petitions[kind].number for kind in ("ordinary", "recused"))
    for chosen in ((), numbers):
        topic = ProposalEntry(
            title="农业水费收缴",
            dimension=Dimension.CATEGORY,
            key="0110",
            window_first_on=today - timedelta(days=30),
            window_last_on=today,
            source=TopicSource.PETITIONS,
            instrument=ActivityKind.FIELD_VISIT,
            reason="反映集中",
            focus="收费公开",
            timing="6月",
            organiser="法制委员会",
            numbers=chosen,
        )
        proposals.write(entry=topic, by=people.head, at=story.later())
    planned(story)
    activity = activities.prepare(entry=scheme(story), by=people.head, at=story.later())
    leader = MemberEntry("秦岳", TeamRole.LEADER, MemberBasis.STANDING_COMMITTEE, "主任", "常委会", "无")
    teams.add_member(activity_id=activity.pk, entry=leader, by=people.head, at=story.later())
    for kind in ("ordinary", "recused"):
        petition = story.petitions[kind].pk
        letters.link(activity_id=activity.pk, petition_id=petition, reason="反映集中", by=people.head, at=story.later())


def planned(story: Any) -> None:
    """A meeting, and a plan in preparation."""
    people, today = story.people, local_day(story.at)
    meetings.record(entry=MeetingEntry(41, today, "秦岳", "研究议题"), by=people.clerk, at=story.later())
    plan = plans.begin(year=today.year, by=people.clerk, at=story.later())
    item = ItemEntry("灌区视察", ActivityKind.FIELD_VISIT, TopicSource.PETITIONS, "法制委员会", "6月")
    plans.add_item(plan_id=plan.pk, entry=item, by=people.clerk, at=story.later())


def scheme(story: Any) -> SchemeEntry:
    """Return the scheme of a field visit."""
    today = local_day(story.at)
    return SchemeEntry(
        ActivityKind.FIELD_VISIT,
        "灌区视察",
        "法制委员会",
        "了解情况",
        "收费公开",
        (Method.ON_SITE,),
        "实地视察",
        today,
        today + timedelta(days=2),
        ("agriculture",),
        ground="主任会议决定",
    )
