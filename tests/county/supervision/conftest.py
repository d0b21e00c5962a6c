"""青岚县 in 2026: five families write about the water fee; from that to a topic, a plan, an inspection."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest

from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality, Purpose, Recurrence
from huiyin.county.supervision.actions import activities, meetings, plans, proposals, teams
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.models import DirectorsMeeting, SupervisionPlan, TopicProposal
from huiyin.county.supervision.rules.activities import MemberEntry, SchemeEntry
from huiyin.county.supervision.rules.plans import ItemEntry
from huiyin.county.supervision.rules.proposals import DecisionEntry, MeetingEntry, ProposalEntry
from huiyin.county.supervision.states import (
    ActivityKind,
    ActivityState,
    Decision,
    Dimension,
    MemberBasis,
    Method,
    ProposalState,
    TeamRole,
    TopicSource,
)
from huiyin.kernel.calendar import SHANGHAI
from huiyin.kernel.refusal import Refusal

SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"
WRITERS = ("马大山", "石大川", "田有水", "高小河", "白长水")
MEMBERS = (
    MemberEntry("秦岳", TeamRole.LEADER, MemberBasis.STANDING_COMMITTEE, "主任", "县人大常委会", "无"),
    MemberEntry("苏静文", TeamRole.MEMBER, MemberBasis.DEPUTY, "教师", "县第一中学", "无"),
)


def moment(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def refusal_of(act: Callable[..., object], **values: Any) -> str:
    """Return the code with which an act is refused."""
    with pytest.raises(Refusal) as refused:
        act(**values)
    return refused.value.code


@dataclass(frozen=True)
class Desk:
    """The office's desk in 2026: every step by its own act, on its own day."""

    people: Any

    def letter(self, name: str, day: int = 2, *, month: int = 3, sealed: bool = False, **facts: Any) -> Petition:
        by = self.people.restricted if sealed else self.people.clerk
        kind = Confidentiality.SEALED if sealed else Confidentiality.ORDINARY
        on, at = date(2026, month, day), moment(month, day)
        receipt = receipts.take_receipt(channel=Channel.LETTER, received_on=on, by=by, at=at)
        told = {"summary": f"{name}反映农业水费重复收取", "name": name} | facts
        registration = Registration(confidentiality=kind, **told)
        pk = petitions.register(receipt_id=receipt.pk, registration=registration, by=by, at=at).petition.pk
        scan = SCAN + f"{name}{day}".encode()
        attachments.attach(petition_id=pk, kind=AttachmentKind.ORIGINAL, name="信", data=scan, by=by, at=at)
        petitions.read(petition_id=pk, note="已阅", by=by, at=at)
        purpose = Purpose.ACCUSATION if sealed else Purpose.CLAIM
        classes = Classification(purpose, "0110", "农村农业/水利水电", Recurrence.FIRST, tags=("irrigation_fee",))
        return petitions.classify(petition_id=pk, classification=classes, by=by, at=at)

    def five_letters(self) -> list[Petition]:
        return [self.letter(name, day) for day, name in enumerate(WRITERS, start=2)]

    def topic(self, state: ProposalState = ProposalState.DRAFT, *, entry: ProposalEntry | None = None) -> TopicProposal:
        """Bring a topic about the water fee to a state; ADOPTED goes through the meeting of 20 April."""
        clerk, head = self.people.clerk, self.people.head
        row = proposals.write(entry=entry or water_topic(), by=clerk, at=moment(4, 1))
        way = {"proposal_id": row.pk}
        if state is not ProposalState.DRAFT:
            row = proposals.submit(**way, by=clerk, at=moment(4, 2))
        if state not in {ProposalState.DRAFT, ProposalState.SUBMITTED}:
            row = proposals.approve(**way, by=head, at=moment(4, 3))
        if state in {ProposalState.ADOPTED, ProposalState.DECLINED, ProposalState.IN_COMMITTEE}:
            self.decide(row, {v: k for k, v in OUTCOMES.items()}[state])
            row.refresh_from_db()
        return row

    def meeting(self, ordinal: int = 41, on: date = date(2026, 4, 20)) -> DirectorsMeeting:
        known = DirectorsMeeting.objects.filter(ordinal=ordinal, held_on=on).first()
        entry = MeetingEntry(ordinal, on, "秦岳", "研究议题建议和年度监督工作计划")
        return known or meetings.record(entry=entry, by=self.people.clerk, at=moment(4, 20, 17))

    def decide(self, topic: TopicProposal, decision: Decision, meeting: DirectorsMeeting | None = None) -> None:
        held = meeting or self.meeting()
        why = "" if decision is Decision.ADOPT else "待县政府专项报告后再议"
        entry = DecisionEntry(decision, why, "县人大法制委员会" if decision is Decision.TO_COMMITTEE else "")
        at = datetime(held.held_on.year, held.held_on.month, held.held_on.day, 18, tzinfo=SHANGHAI)
        meetings.decide(meeting_id=held.pk, proposal_id=topic.pk, entry=entry, by=self.people.head, at=at)

    def plan(self, *items: ItemEntry, published: bool = True) -> SupervisionPlan:
        plan = plans.begin(year=2026, by=self.people.clerk, at=moment(4, 10))
        for item in items or (water_item(),):
            plans.add_item(plan_id=plan.pk, entry=item, by=self.people.clerk, at=moment(4, 10))
        if published:
            plan = plans.publish(plan_id=plan.pk, meeting_id=self.meeting().pk, by=self.people.leader, at=moment(4, 21))
        return plan

    def activity(self, state: ActivityState = ActivityState.PREPARING, **facts: Any) -> Activity:
        """Bring an activity with its team to a state: prepared in April, out from 8 to 12 June."""
        clerk, head = self.people.clerk, self.people.head
        row = activities.prepare(entry=scheme(**facts), by=clerk, at=moment(5, 6))
        for member in MEMBERS:
            teams.add_member(activity_id=row.pk, entry=member, by=clerk, at=moment(5, 6))
        way: dict[str, Any] = {"activity_id": row.pk}
        if row.kind == ActivityKind.SPECIAL_COMMITTEE.value:
            activities.record_resolution(
                **way, resolution="组织调查委员会的决议", resolved_on=date(2026, 4, 30), by=clerk, at=moment(5, 7)
            )
        steps = (
            (ActivityState.APPROVED, lambda: activities.approve(**way, by=head, at=moment(5, 8))),
            (ActivityState.UNDER_WAY, lambda: activities.begin(**way, by=clerk, at=moment(6, 8))),
            (ActivityState.FINISHED, lambda: activities.finish(**way, by=clerk, at=moment(6, 12, 17))),
        )
        order = [step for step, _ in steps]
        for step, act in steps[: order.index(state) + 1] if state in order else ():
            row = act()
            assert row.state == step.value
        return row


OUTCOMES = {
    Decision.ADOPT: ProposalState.ADOPTED,
    Decision.DECLINE: ProposalState.DECLINED,
    Decision.TO_COMMITTEE: ProposalState.IN_COMMITTEE,
}


def water_topic(**changed: Any) -> ProposalEntry:
    """关于农业水费的议题建议, on the letters of the first quarter of 2026."""
    entry = ProposalEntry(
        title="农业水费收缴",
        dimension=Dimension.TAG,
        key="irrigation_fee",
        window_first_on=date(2026, 1, 1),
        window_last_on=date(2026, 3, 31),
        source=TopicSource.PETITIONS,
        instrument=ActivityKind.LAW_INSPECTION,
        reason="水费问题集中，涉及多个村",
        focus="水费标准公开、计量收费",
        timing="第二季度",
        organiser="县人大法制委员会",
        statute_code="water_law",
        articles=("第四十九条", "第五十五条"),
    )
    return replace(entry, **changed)


def water_item(**changed: Any) -> ItemEntry:
    """《水法》执法检查 as an item of the plan."""
    entry = ItemEntry(
        title="《水法》实施情况执法检查",
        kind=ActivityKind.LAW_INSPECTION,
        source=TopicSource.PETITIONS,
        organiser="县人大法制委员会",
        timing="6月",
        statute_code="water_law",
    )
    return replace(entry, **changed)


def scheme(**changed: Any) -> SchemeEntry:
    """《水法》执法检查方案, not in the plan unless told so."""
    entry = SchemeEntry(
        kind=ActivityKind.LAW_INSPECTION,
        title="《水法》实施情况执法检查",
        organiser="县人大法制委员会",
        aim="检查水费收缴是否依法公开",
        focus="水费标准公开、计量收费、多收退还",
        methods=(Method.SEMINAR, Method.ON_SITE),
        agenda="6月8日听取汇报，9日至11日实地检查，12日汇总",
        starts_on=date(2026, 6, 8),
        ends_on=date(2026, 6, 12),
        unit_codes=("water",),
        ground="第四十一次主任会议决定",
        statute_code="water_law",
    )
    return replace(entry, **changed)


@pytest.fixture
def desk(people: Any) -> Desk:
    """The office's desk."""
    return Desk(people)
