"""Supervision desk: the steps from a topic to what came after an opinion, each by its own act and on its own day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality
from huiyin.county.supervision.actions import (
    activities,
    findings,
    meetings,
    opinions,
    proposals,
    reports,
    responses,
    teams,
)
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.models import DirectorsMeeting, PlanItem, TopicProposal
from huiyin.county.supervision.opinion_models import Opinion
from huiyin.county.supervision.opinion_states import WANTS_ANSWER, ItemKind, ItemResult, ResponseDecision
from huiyin.county.supervision.rules.activities import MemberEntry, SchemeEntry
from huiyin.county.supervision.rules.findings import FindingEntry
from huiyin.county.supervision.rules.opinions import ItemEntry, OpinionEntry
from huiyin.county.supervision.rules.plans import ItemEntry as PlanEntry
from huiyin.county.supervision.rules.proposals import DecisionEntry, MeetingEntry, ProposalEntry
from huiyin.county.supervision.rules.reports import ReportEntry, Submission
from huiyin.county.supervision.rules.responses import ItemAnswer, ResponseEntry, ReviewEntry
from huiyin.county.supervision.states import ActivityKind, Decision, Dimension, MemberBasis, TeamRole, TopicSource
from huiyin.kernel.calendar import SHANGHAI
from huiyin.project.demo import living
from huiyin.project.demo.cast import Cast
from huiyin.project.demo.days import Days
from huiyin.project.demo.inquiries import COMMITTEE, ON_THE_SPOT, Inquiry, Raised

CONGRESS = "县人大常委会"
LINKED = 2
WANTED = sorted(kind.value for kind in WANTS_ANSWER)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an opinion says to one unit: its overall view, then problems and suggestions."""

    unit: str
    overall: str
    problems: tuple[str, ...]
    suggestions: tuple[str, ...]

    def items(self) -> tuple[ItemEntry, ...]:
        """Return the items in the order in which they are written."""
        return (
            ItemEntry(ItemKind.OVERALL, self.overall),
            *(ItemEntry(ItemKind.PROBLEM, words) for words in self.problems),
            *(ItemEntry(ItemKind.SUGGESTION, words) for words in self.suggestions),
        )


@dataclass(slots=True)
class Desk:
    """The office's desk for supervision: who acts, which day it is, and which papers are written."""

    cast: Cast
    days: Days
    written: int
    done: int = 0

    def act(self, act: Callable[..., Result], on: date, hour: int, /, **values: object) -> Result:
        """Do one act at an hour of a day, never after now, and write its papers under that day."""
        at = min(datetime.combine(on, time(hour), SHANGHAI), self.days.now)
        result = act(at=at, **values)
        self.written = living.write_papers(self.written, at=at)
        self.done += 1
        return result

    def draft(self, raised: Raised, on: date, window: tuple[date, date]) -> TopicProposal:
        """起草议题建议: the evidence is counted and frozen that day."""
        entry = ProposalEntry(
            title=raised.title,
            dimension=Dimension.CATEGORY,
            key=raised.category,
            window_first_on=window[0],
            window_last_on=window[1],
            source=TopicSource.PETITIONS,
            instrument=raised.instrument,
            reason=raised.reason,
            focus=raised.focus,
            timing=raised.timing,
            organiser=COMMITTEE,
            statute_code=raised.statute,
            articles=raised.articles,
        )
        return self.act(proposals.write, on, 10, entry=entry, by=self.cast.clerk)

    def propose(self, raised: Raised, on: date, window: tuple[date, date]) -> TopicProposal:
        """提出议题建议: drafted by the clerk and approved by the head for the directors."""
        row = self.draft(raised, on, window)
        self.act(proposals.submit, on, 15, proposal_id=row.pk, by=self.cast.clerk)
        return self.act(proposals.approve, on, 16, proposal_id=row.pk, by=self.cast.head)

    def meet(self, ordinal: int, on: date, agenda: str) -> DirectorsMeeting:
        """登记主任会议."""
        entry = MeetingEntry(ordinal, on, self.cast.group_head.name, agenda)
        return self.act(meetings.record, on, 17, entry=entry, by=self.cast.clerk)

    def decide(
        self,
        meeting: DirectorsMeeting,
        topic: TopicProposal,
        decision: Decision = Decision.ADOPT,
        reason: str = "",
        committee: str = "",
    ) -> None:
        """登记主任会议决定."""
        entry = DecisionEntry(decision, reason, committee)
        values = {"meeting_id": meeting.pk, "proposal_id": topic.pk, "entry": entry}
        self.act(meetings.decide, meeting.held_on, 18, by=self.cast.head, **values)

    def planned(self, topic: TopicProposal, title: str) -> PlanEntry:
        """Return an adopted topic as an item of the yearly plan."""
        return PlanEntry(
            title=title,
            kind=ActivityKind(topic.instrument),
            source=TopicSource.PETITIONS,
            organiser=topic.organiser,
            timing=topic.timing,
            proposal_id=topic.pk,
            statute_code=topic.statute_code,
            articles=tuple(topic.articles),
        )

    def prepare(
        self, inquiry: Inquiry, on: date, *, item: PlanItem | None = None, part_of: Activity | None = None
    ) -> Activity:
        """制定方案、组成检查组、批准: the clerk prepares, the head approves."""
        entry = SchemeEntry(
            kind=inquiry.kind,
            title=inquiry.title,
            organiser=COMMITTEE,
            aim=inquiry.aim,
            focus=inquiry.focus,
            methods=ON_THE_SPOT,
            agenda=inquiry.agenda,
            starts_on=inquiry.first,
            ends_on=inquiry.last,
            unit_codes=inquiry.units,
            plan_item_id=item.pk if item else None,
            ground="" if item else "主任会议决定",
            part_of_id=part_of.pk if part_of else None,
            statute_code=inquiry.statute,
            articles=inquiry.articles,
        )
        row = self.act(activities.prepare, on, 10, entry=entry, by=self.cast.clerk)
        for member in self._team():
            self.act(teams.add_member, on, 11, activity_id=row.pk, entry=member, by=self.cast.clerk)
        return self.act(activities.approve, on, 16, activity_id=row.pk, by=self.cast.head)

    def _team(self) -> tuple[MemberEntry, ...]:
        leader, member = self.cast.leader.name, self.cast.head.name
        return (
            MemberEntry(leader, TeamRole.LEADER, MemberBasis.STANDING_COMMITTEE, "副主任", CONGRESS, "无"),
            MemberEntry(member, TeamRole.DEPUTY_LEADER, MemberBasis.SPECIAL_COMMITTEE, "主任委员", COMMITTEE, "无"),
            MemberEntry("阮知秋", TeamRole.MEMBER, MemberBasis.DEPUTY, "教师", "县第一中学", "无"),
            MemberEntry("闵向田", TeamRole.MEMBER, MemberBasis.DEPUTY, "种植户", "县农民合作社联合会", "无"),
            MemberEntry("池润物", TeamRole.ADVISER, MemberBasis.EXPERT, "律师", "县法律援助中心", "无"),
        )

    def carry_out(self, row: Activity, inquiry: Inquiry, *, category: str = "") -> Activity:
        """开始、结束、登记问题清单: the findings rest on petitions of the topic that came before the inspection."""
        by = self.cast.clerk
        self.act(activities.begin, inquiry.first, 9, activity_id=row.pk, by=by)
        done = self.act(activities.finish, inquiry.last, 17, activity_id=row.pk, by=by)
        behind = iter(numbers_behind(category, before=inquiry.first, amount=LINKED * len(inquiry.findings)))
        for found in inquiry.findings:
            entry = FindingEntry(
                fact=found.fact,
                unit_code=found.unit,
                severity=found.severity,
                statute_code=inquiry.statute if found.article else "",
                article=found.article,
            )
            finding = self.act(findings.write, inquiry.last, 17, activity_id=row.pk, entry=entry, by=by)
            for _, number in zip(range(LINKED), behind, strict=False):
                self.act(findings.link, inquiry.last, 17, finding_id=finding.pk, petition_number=number, by=by)
        return done

    def report(self, row: Activity, inquiry: Inquiry, on: date) -> int:
        """起草、审定检查报告; return the report."""
        written = inquiry.report
        assert written is not None
        entry = ReportEntry(written.evaluation, written.problems, written.suggestions, written.law_suggestions)
        found = self.act(reports.write, on, 10, activity_id=row.pk, entry=entry, by=self.cast.clerk)
        self.act(reports.approve, on, 16, report_id=found.pk, by=self.cast.head)
        return found.pk

    def submit(self, report_id: int, meeting: DirectorsMeeting, session: str, on: date) -> None:
        """提请审议: the directors decided on a session of the standing committee."""
        entry = Submission(meeting.pk, session, on)
        self.act(reports.submit, meeting.held_on, 18, report_id=report_id, entry=entry, by=self.cast.clerk)

    def deliberate(self, row: Activity, session: str, on: date) -> None:
        """登记审议."""
        values = {"activity_id": row.pk, "session": session, "held_on": on}
        self.act(activities.deliberate, on, 18, by=self.cast.clerk, **values)

    def opine(self, row: Activity, asked: Asked, *, written_on: date, sent_on: date) -> Opinion:
        """起草、审定、送交审议意见."""
        entry = OpinionEntry(asked.unit, asked.items())
        opinion = self.act(opinions.write, written_on, 10, activity_id=row.pk, entry=entry, by=self.cast.clerk)
        self.act(opinions.approve, written_on, 16, opinion_id=opinion.pk, by=self.cast.head)
        values = {"opinion_id": opinion.pk, "received_on": sent_on}
        return self.act(opinions.send, sent_on, 10, by=self.cast.clerk, **values)

    def answer(
        self, opinion: Opinion, on: date, words: str, told: tuple[str, ...], *, result: ItemResult = ItemResult.DONE
    ) -> None:
        """反馈研究处理情况: by the unit's own people, or taken down by the office; one sentence for each item."""
        wanted = opinion.items.filter(kind__in=WANTED).order_by("position")
        by = self.cast.head_of(opinion.unit.code)
        entry = ResponseEntry(
            words=words,
            signed_by=by.name if by.is_of_unit else f"{opinion.unit.name}主要负责人",
            answered_on=on,
            items=tuple(ItemAnswer(item.pk, result, text) for item, text in zip(wanted, told, strict=True)),
        )
        self.act(responses.answer, on, 10, opinion_id=opinion.pk, entry=entry, by=by)

    def review(
        self, opinion: Opinion, on: date, decision: ResponseDecision, words: str, *, again_by: date | None = None
    ) -> None:
        """审查研究处理情况."""
        entry = ReviewEntry(decision, words, again_by)
        self.act(responses.review, on, 15, opinion_id=opinion.pk, entry=entry, by=self.cast.head)

    def publish(self, opinion: Opinion, on: date) -> None:
        """公开审议意见和研究处理情况."""
        self.act(opinions.publish, on, 16, opinion_id=opinion.pk, by=self.cast.clerk)

    def conclude(self, row: Activity, inquiry: Inquiry, on: date) -> None:
        """办结监督活动."""
        values = {"activity_id": row.pk, "outcome": inquiry.outcome}
        self.act(activities.conclude, on, 17, by=self.cast.clerk, **values)


def numbers_behind(category: str, *, before: date, amount: int) -> list[str]:
    """Return numbers of ordinary petitions of a class, the latest before a day, each of another matter."""
    if not category:
        return []
    rows = Petition.objects.counted().filter(
        category_code__startswith=category,
        confidentiality=Confidentiality.ORDINARY.value,
        received_on__lt=before,
    )
    by_matter = dict(rows.order_by("pk").values_list("matter_id", "number"))
    return sorted(by_matter.values())[-amount:]
