"""议题建议书, 年度监督工作计划 and the scheme of each kind: what they must hold, and that they name no petition."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest

from huiyin.county.document.models import Document
from huiyin.county.journal.models import Entry
from huiyin.county.supervision.actions import activities, meetings, plans, proposals, teams
from huiyin.county.supervision.rules.activities import MemberEntry, SchemeEntry
from huiyin.county.supervision.rules.plans import ItemEntry
from huiyin.county.supervision.rules.proposals import MeetingEntry, ProposalEntry
from huiyin.county.supervision.states import (
    ActivityKind,
    Dimension,
    MemberBasis,
    Method,
    TeamRole,
    TopicSource,
)
from huiyin.documents import writing
from huiyin.kernel.calendar import SHANGHAI

TOPIC = ProposalEntry(
    title="农业水费收缴",
    dimension=Dimension.TAG,
    key="irrigation_fee",
    window_first_on=date(2026, 1, 1),
    window_last_on=date(2026, 3, 31),
    source=TopicSource.DEPUTIES,
    instrument=ActivityKind.LAW_INSPECTION,
    reason="水费问题集中",
    focus="水费标准公开",
    timing="第二季度",
    organiser="县人大法制委员会",
    statute_code="water_law",
    articles=("第四十九条",),
)
ITEM = ItemEntry(
    "水费收缴执法检查", ActivityKind.LAW_INSPECTION, TopicSource.PETITIONS, "县人大法制委员会", "6月", None, "water_law"
)
SCHEME = SchemeEntry(
    kind=ActivityKind.LAW_INSPECTION,
    title="水费收缴",
    organiser="县人大法制委员会",
    aim="检查水费收缴",
    focus="水费标准公开",
    methods=(Method.SEMINAR, Method.ON_SITE),
    agenda="6月8日听取汇报",
    starts_on=date(2026, 6, 8),
    ends_on=date(2026, 6, 12),
    unit_codes=("water",),
    ground="主任会议决定",
    statute_code="water_law",
)
LEADER = MemberEntry("秦岳", TeamRole.LEADER, MemberBasis.STANDING_COMMITTEE, "主任", "县人大常委会", "无")


def moment(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Papers:
    """Writes what the last event asks for, and reads it."""

    people: Any

    def written(self) -> tuple[Document, str]:
        entry = Entry.objects.order_by("number").last()
        assert entry is not None
        (document,) = writing.write_after(entry, at=entry.at)
        return document, writing.paper_of(document).text

    def scheme(self, **changed: Any) -> tuple[Document, str]:
        entry = replace(SCHEME, **changed)
        activity = activities.prepare(entry=entry, by=self.people.clerk, at=moment(5, 6))
        way: dict[str, Any] = {"activity_id": activity.pk}
        teams.add_member(**way, entry=LEADER, by=self.people.clerk, at=moment(5, 6))
        if entry.kind is ActivityKind.SPECIAL_COMMITTEE:
            words, on = "关于组织调查委员会的决议", date(2026, 5, 6)
            activities.record_resolution(**way, resolution=words, resolved_on=on, by=self.people.clerk, at=moment(5, 6))
        activities.approve(**way, by=self.people.head, at=moment(5, 8))
        return self.written()


@pytest.fixture
def papers(people: Any) -> Papers:
    return Papers(people)


def assert_holds(text: str, *words: str) -> None:
    assert [word for word in words if word not in text] == []


def test_a_topic_that_goes_before_the_directors_has_its_paper_with_the_seal_of_its_evidence(papers, people):
    topic = proposals.write(entry=TOPIC, by=people.clerk, at=moment(4, 1))
    proposals.submit(proposal_id=topic.pk, by=people.clerk, at=moment(4, 2))
    proposals.approve(proposal_id=topic.pk, by=people.head, at=moment(4, 3))
    document, text = papers.written()
    assert (document.kind, document.number) == ("topic_proposal", topic.number)
    assert_holds(
        text,
        "主任会议",
        "关于“农业水费收缴”的议题建议",
        topic.number,
        "第十二条（二）代表建议",
        "2026年1月1日至2026年3月31日",
        "信访事项：0件",
        "监督方式：执法检查",
        "《中华人民共和国水法》第四十九条",
        "统计截至2026年4月1日",
        topic.evidence_hash,
        "2026年4月3日",
    )


def test_a_published_plan_has_its_paper_and_an_adjustment_leaves_the_one_before(papers, people):
    meeting = meetings.record(
        entry=MeetingEntry(41, date(2026, 4, 20), "秦岳", "年度计划"), by=people.clerk, at=moment(4, 20)
    )
    plan = plans.begin(year=2026, by=people.clerk, at=moment(4, 10))
    plans.add_item(plan_id=plan.pk, entry=ITEM, by=people.clerk, at=moment(4, 10))
    plans.publish(plan_id=plan.pk, meeting_id=meeting.pk, by=people.leader, at=moment(4, 21))
    first, text = papers.written()
    assert_holds(
        text,
        "青岚县人大常委会",
        "2026年度监督工作计划",
        "2026年4月20日第41次主任会议通过",
        "第六十三条",
        "水费收缴执法检查（《中华人民共和国水法》）",
        "县人大法制委员会",
        "6月",
    )
    again = plans.begin(year=2026, change_words="机构改革", by=people.clerk, at=moment(4, 20))
    plans.publish(plan_id=again.pk, meeting_id=meeting.pk, by=people.leader, at=moment(4, 22))
    _, text = papers.written()
    assert "（第2版）调整原因：机构改革。" in text
    first.refresh_from_db()
    assert first.voided_at is None


@pytest.mark.parametrize("kind", list(ActivityKind), ids=[kind.label for kind in ActivityKind])
def test_every_kind_has_a_scheme_under_its_own_title(papers, kind):
    document, text = papers.scheme(kind=kind)
    assert (document.kind, document.number) == ("inspection_plan", "青人监〔2026〕1号")
    assert_holds(
        text,
        f"水费收缴{kind.label}方案",
        "依据：主任会议决定。",
        "对象：县水务局",
        "方式：座谈会、实地检查",
        "2026年6月8日至2026年6月12日",
        "组长　秦岳　县人大常委会主任",
        "应当回避",
        "组成人员不自行处理",
    )


def test_a_scheme_that_is_approved_again_stands_for_the_one_before(papers, people):
    first, _ = papers.scheme()
    way = {"activity_id": first.subject_id}
    activities.revise(**way, words="日程太紧", by=people.head, at=moment(5, 9))
    activities.change(**way, entry=replace(SCHEME, focus="计量收费"), by=people.clerk, at=moment(5, 10))
    activities.approve(**way, by=people.head, at=moment(5, 11))
    second, text = papers.written()
    first.refresh_from_db()
    assert (first.void_reason, second.voided_at) == ("已重新制作", None)
    assert "计量收费" in text


def test_a_title_that_names_the_kind_does_not_name_it_twice(papers):
    _, text = papers.scheme(title="水费收缴执法检查")
    assert "水费收缴执法检查方案" in text
    assert "执法检查执法检查" not in text
