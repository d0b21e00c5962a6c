"""From 青岚县's four hotspots to three inspections, one deliberation and the effect of the first, step by step in 2026.

3月20日起草四项议题建议，3月25日主任会议全部列入，4月1日三项执法检查、一项专题审议开始。水费：4月28日审议，5月6日送达
审议意见，8月3日反馈，9月30日审查认可，10月8日办结。土地承包：5月6日送达，未反馈。草原：检查结束。乱收费：已审议。
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from huiyin.county.supervision.actions import (
    activities,
    findings,
    meetings,
    opinions,
    plans,
    proposals,
    reports,
    responses,
    teams,
)
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.models import DirectorsMeeting, TopicProposal
from huiyin.county.supervision.opinion_models import Opinion
from huiyin.county.supervision.opinion_states import ItemKind, ItemResult, ResponseDecision, Severity
from huiyin.county.supervision.rules.activities import MemberEntry, SchemeEntry
from huiyin.county.supervision.rules.findings import FindingEntry
from huiyin.county.supervision.rules.opinions import ItemEntry, OpinionEntry
from huiyin.county.supervision.rules.plans import ItemEntry as PlanEntry
from huiyin.county.supervision.rules.proposals import DecisionEntry, MeetingEntry, ProposalEntry
from huiyin.county.supervision.rules.reports import ReportEntry, Submission
from huiyin.county.supervision.rules.responses import ItemAnswer, ResponseEntry, ReviewEntry
from huiyin.county.supervision.states import (
    ActivityKind,
    Decision,
    Dimension,
    MemberBasis,
    Method,
    TeamRole,
    TopicSource,
)
from huiyin.kernel.calendar import SHANGHAI

from .counties import Place
from .paper import CHARGES, GRASS, LAND, WATER

INSPECTION, DELIBERATION = ActivityKind.LAW_INSPECTION, ActivityKind.DELIBERATION


class Topic(NamedTuple):
    """One topic: its class, title, instrument, law and unit."""

    code: str
    title: str
    kind: ActivityKind
    law: str
    unit: str


TOPICS = (
    Topic(WATER, "农业水费收缴", INSPECTION, "water_law", "water"),
    Topic(LAND, "土地承包经营权保护", INSPECTION, "land_contract_law", "agriculture"),
    Topic(GRASS, "草原保护", INSPECTION, "grassland_law", "agriculture"),
    Topic(CHARGES, "治理乱收费", DELIBERATION, "", "government"),
)
COMMITTEE = "县人大法制委员会"
SESSION, SESSION_ON = "第三十次会议", date(2026, 4, 28)
LEADER = MemberEntry("秦岳", TeamRole.LEADER, MemberBasis.STANDING_COMMITTEE, "主任", "县人大常委会", "无")


def moment(of_month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, of_month, day, hour, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Story:
    """What 青岚县 does about its hotspots."""

    place: Place

    def played(self) -> None:
        adopted = [self.proposed(topic) for topic in TOPICS]
        plan = plans.begin(year=2026, by=self.place.clerk, at=moment(3, 24))
        meeting = self.met(45, date(2026, 3, 25))
        for row in adopted:
            decision = DecisionEntry(Decision.ADOPT)
            way = {"meeting_id": meeting.pk, "proposal_id": row.pk}
            meetings.decide(**way, entry=decision, by=self.place.head, at=moment(3, 25, 18))
        for row, topic in zip(adopted, TOPICS, strict=True):
            item = PlanEntry(topic.title, topic.kind, TopicSource.PETITIONS, COMMITTEE, "4月", row.pk, topic.law)
            plans.add_item(plan_id=plan.pk, entry=item, by=self.place.clerk, at=moment(3, 26))
        plans.publish(plan_id=plan.pk, meeting_id=meeting.pk, by=self.place.leader, at=moment(3, 27))
        items = plan.items.order_by("pk")
        water, land, grass, charges = [self.out(topic, item.pk) for topic, item in zip(TOPICS, items, strict=True)]
        later = self.met(46, date(2026, 4, 20))
        for one, unit in ((water, "water"), (land, "agriculture")):
            self.reported(one, unit, later)
        for one in (water, land, charges):
            by, at = self.place.clerk, moment(4, 29)
            activities.deliberate(activity_id=one.pk, session=SESSION, held_on=SESSION_ON, by=by, at=at)
        self.sent(land, "agriculture")
        self.accepted(self.sent(water, "water"))
        activities.conclude(activity_id=water.pk, outcome="水费标准已公示", by=self.place.clerk, at=moment(10, 8))
        assert grass.plan_item is not None

    def proposed(self, topic: Topic) -> TopicProposal:
        entry = ProposalEntry(
            title=topic.title,
            dimension=Dimension.CATEGORY,
            key=topic.code,
            window_first_on=date(2026, 1, 1),
            window_last_on=date(2026, 3, 20),
            source=TopicSource.PETITIONS,
            instrument=topic.kind,
            reason="来信来访集中反映",
            focus="标准公开、依法收取",
            timing="第二季度",
            organiser=COMMITTEE,
            statute_code=topic.law,
        )
        row = proposals.write(entry=entry, by=self.place.clerk, at=moment(3, 20, 18))
        proposals.submit(proposal_id=row.pk, by=self.place.clerk, at=moment(3, 21))
        return proposals.approve(proposal_id=row.pk, by=self.place.head, at=moment(3, 23))

    def met(self, ordinal: int, on: date) -> DirectorsMeeting:
        entry = MeetingEntry(ordinal, on, "秦岳", "研究议题建议")
        return meetings.record(entry=entry, by=self.place.clerk, at=moment(on.month, on.day, 17))

    def out(self, topic: Topic, item_id: int) -> Activity:
        entry = SchemeEntry(
            kind=topic.kind,
            title=topic.title,
            organiser=COMMITTEE,
            aim=f"了解{topic.title}的情况",
            focus="标准公开、依法收取",
            methods=(Method.SEMINAR, Method.ON_SITE),
            agenda="4月1日至10日",
            starts_on=date(2026, 4, 1),
            ends_on=date(2026, 4, 10),
            unit_codes=(topic.unit,),
            plan_item_id=item_id,
            statute_code=topic.law,
        )
        row = activities.prepare(entry=entry, by=self.place.clerk, at=moment(3, 28))
        teams.add_member(activity_id=row.pk, entry=LEADER, by=self.place.clerk, at=moment(3, 28))
        activities.approve(activity_id=row.pk, by=self.place.head, at=moment(3, 30))
        activities.begin(activity_id=row.pk, by=self.place.clerk, at=moment(4, 1))
        return activities.finish(activity_id=row.pk, by=self.place.clerk, at=moment(4, 10, 17))

    def reported(self, activity: Activity, unit: str, meeting: DirectorsMeeting) -> None:
        way, by = {"activity_id": activity.pk}, self.place.clerk
        law = activity.statute_code
        findings.write(
            **way, entry=FindingEntry("标准没有公示。", unit, Severity.SERIOUS, law, ""), by=by, at=moment(4, 13)
        )
        entry = ReportEntry("实施总体较好。", "标准不公开。", "公开标准。")
        row = reports.write(**way, entry=entry, by=by, at=moment(4, 15))
        reports.approve(report_id=row.pk, by=self.place.head, at=moment(4, 16))
        to = Submission(meeting.pk, SESSION, SESSION_ON)
        reports.submit(report_id=row.pk, entry=to, by=by, at=moment(4, 21))

    def sent(self, activity: Activity, unit: str) -> Opinion:
        items = (
            ItemEntry(ItemKind.OVERALL, "总体较好。"),
            ItemEntry(ItemKind.PROBLEM, "标准不公开。"),
            ItemEntry(ItemKind.SUGGESTION, "公开标准。"),
        )
        by = self.place.clerk
        row = opinions.write(activity_id=activity.pk, entry=OpinionEntry(unit, items), by=by, at=moment(4, 29))
        opinions.approve(opinion_id=row.pk, by=self.place.head, at=moment(4, 30))
        return opinions.send(opinion_id=row.pk, received_on=date(2026, 5, 6), by=by, at=moment(5, 6))

    def accepted(self, opinion: Opinion) -> None:
        wanted = opinion.items.exclude(kind=ItemKind.OVERALL.value).order_by("position")
        answers = tuple(ItemAnswer(item.pk, ItemResult.DONE, "已办理") for item in wanted)
        entry = ResponseEntry("标准全部公开。", "水局长", date(2026, 8, 3), answers)
        responses.answer(opinion_id=opinion.pk, entry=entry, by=self.place.clerk, at=moment(8, 3))
        review = ReviewEntry(ResponseDecision.ACCEPTED, "同意")
        responses.review(opinion_id=opinion.pk, entry=review, by=self.place.head, at=moment(9, 30))


def played(place: Place) -> None:
    """Play it."""
    Story(place).played()
