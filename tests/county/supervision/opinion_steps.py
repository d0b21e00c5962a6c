"""From the end of the inspection of 8 to 12 June 2026 to the answer of 县水务局, each step by its own act."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from huiyin.county.registry.models import Petition
from huiyin.county.supervision.actions import activities, findings, opinions, reports, responses
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.finding_models import Finding, InspectionReport
from huiyin.county.supervision.models import DirectorsMeeting
from huiyin.county.supervision.opinion_models import Opinion, Response
from huiyin.county.supervision.opinion_states import (
    ItemKind,
    ItemResult,
    ResponseDecision,
    Severity,
)
from huiyin.county.supervision.rules.findings import FindingEntry
from huiyin.county.supervision.rules.opinions import ItemEntry, OpinionEntry
from huiyin.county.supervision.rules.reports import ReportEntry, Submission
from huiyin.county.supervision.rules.responses import ItemAnswer, ResponseEntry, ReviewEntry
from huiyin.kernel.calendar import SHANGHAI

FINDING = FindingEntry("灌区末级渠系水费标准没有公示。", "water", Severity.SERIOUS, "water_law", "第五十五条")
REPORT = ReportEntry(
    "《水法》在本县实施总体较好。", "水费标准不公开，计量设施缺失。", "公开标准，逐户计量。", "细化末级渠系计量规定。"
)
ITEMS = (
    ItemEntry(ItemKind.OVERALL, "《水法》实施总体较好。"),
    ItemEntry(ItemKind.PROBLEM, "水费标准不公开。"),
    ItemEntry(ItemKind.SUGGESTION, "十月底前公开水费标准。", date(2026, 10, 31)),
)
SESSION, SESSION_ON = "第三十二次会议", date(2026, 8, 27)


def moment(month: int, day: int, hour: int = 9, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Following:
    """What follows the inspection, step by step, each on its own day."""

    people: Any
    activity: Activity
    meeting: DirectorsMeeting

    def finding(self, **changed: Any) -> Finding:
        entry = replace(FINDING, **changed)
        return findings.write(activity_id=self.activity.pk, entry=entry, by=self.people.clerk, at=moment(6, 15))

    def link(self, finding: Finding, *petitions: Petition) -> None:
        for one in petitions:
            findings.link(finding_id=finding.pk, petition_number=one.number, by=self.people.clerk, at=moment(6, 16))

    def report(self, *, approved: bool = True, submitted: bool = True) -> InspectionReport:
        report = reports.write(activity_id=self.activity.pk, entry=REPORT, by=self.people.clerk, at=moment(7, 1))
        if approved:
            report = reports.approve(report_id=report.pk, by=self.people.head, at=moment(7, 3))
        if approved and submitted:
            entry = Submission(self.meeting.pk, SESSION, SESSION_ON)
            report = reports.submit(report_id=report.pk, entry=entry, by=self.people.clerk, at=moment(7, 21))
        return report

    def deliberated(self) -> Activity:
        self.finding()
        self.report()
        return activities.deliberate(
            activity_id=self.activity.pk, session=SESSION, held_on=SESSION_ON, by=self.people.clerk, at=moment(8, 28)
        )

    def opinion(self, *, sent: bool = True, items: tuple[ItemEntry, ...] = ITEMS, **facts: Any) -> Opinion:
        entry = OpinionEntry("water", items, **facts)
        row = opinions.write(activity_id=self.activity.pk, entry=entry, by=self.people.clerk, at=moment(8, 28))
        if sent:
            opinions.approve(opinion_id=row.pk, by=self.people.head, at=moment(8, 31))
            received_on = date(2026, 9, 1)
            row = opinions.send(opinion_id=row.pk, received_on=received_on, by=self.people.clerk, at=moment(9, 1))
        return row

    def answer(self, opinion: Opinion, *, at: datetime | None = None, by: Any = None) -> Response:
        moment_ = at or moment(10, 12)
        wanted = opinion.items.exclude(kind=ItemKind.OVERALL.value).order_by("position")
        entry = ResponseEntry(
            "已研究处理，标准全部公开。",
            "水局长",
            moment_.date(),
            tuple(ItemAnswer(item.pk, ItemResult.DONE, f"第{item.position}条已办理") for item in wanted),
        )
        return responses.answer(opinion_id=opinion.pk, entry=entry, by=by or self.people.unit_head, at=moment_)

    def accepted(self, opinion: Opinion, *, at: datetime | None = None) -> Response:
        self.answer(opinion)
        entry = ReviewEntry(ResponseDecision.ACCEPTED, "同意")
        return responses.review(opinion_id=opinion.pk, entry=entry, by=self.people.head, at=at or moment(10, 15))
