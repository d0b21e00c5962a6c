"""From finding to answer: each act writes its row and its event, and nothing in it tells who petitioned."""

import json
from dataclasses import replace
from datetime import date

import pytest

from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.journal.actions import plain
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.registry.actions import secrecy
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.supervision import opinion_reminders
from huiyin.county.supervision.actions import findings, opinions, reports, responses
from huiyin.county.supervision.finding_models import FindingMatter, InspectionReport
from huiyin.county.supervision.opinion_models import FollowUp, Opinion, Rating
from huiyin.county.supervision.opinion_replay import replay
from huiyin.county.supervision.opinion_states import (
    FollowUpKind,
    OpinionState,
    RatingResult,
    ReportState,
    ResponseDecision,
)
from huiyin.county.supervision.queries import findings as finding_queries
from huiyin.county.supervision.rules.findings import FindingEntry
from huiyin.county.supervision.rules.opinions import OpinionEntry
from huiyin.county.supervision.rules.responses import FollowUpEntry, RatingEntry, ReviewEntry
from huiyin.county.supervision.states import ActivityState
from huiyin.documents import writing
from huiyin.kernel.deadlines import Due
from huiyin.kernel.refusal import Refusal

from .opinion_steps import FINDING, ITEMS, REPORT, Following, moment


@pytest.fixture
def following(desk, people) -> Following:
    """The inspection is over, the directors met on 20 July."""
    activity = desk.activity(ActivityState.FINISHED)
    return Following(people, activity, desk.meeting(44, date(2026, 7, 20)))


def refused(act, **values: object) -> str:
    with pytest.raises(Refusal) as caught:
        act(**values)
    return caught.value.code


def events() -> list[str]:
    return [entry.event for entry in Entry.objects.order_by("number")]


def test_findings_stand_in_their_order_and_one_taken_off_stands_behind(following, people):
    first, second, third = (
        following.finding(),
        following.finding(fact="没有计量设施。"),
        following.finding(fact="误记。"),
    )
    way = {"by": people.clerk, "at": moment(6, 17)}
    findings.withdraw(finding_id=third.pk, reason="重复登记", **way)
    findings.put_in_order(activity_id=following.activity.pk, finding_ids=[second.pk, first.pk], **way)
    lines = finding_queries.list_of(following.activity.pk)
    assert [(line.position, line.fact) for line in lines] == [(1, "没有计量设施。"), (2, FINDING.fact)]
    again = {"activity_id": following.activity.pk, "finding_ids": [third.pk, first.pk, second.pk]}
    assert refused(findings.put_in_order, **again, **way) == "finding.bad_order"
    assert lines[1].basis == "《中华人民共和国水法》第五十五条"


def test_the_view_of_a_unit_is_asked_and_written_down_before_the_report(following, people):
    finding = following.finding()
    way = {"finding_id": finding.pk, "by": people.clerk, "at": moment(6, 18)}
    assert refused(findings.record_view, view="无意见", **way) == "finding.view_not_asked"
    findings.ask_view(**way)
    findings.record_view(view="标准已张贴于水管站", **way)
    (line,) = finding_queries.list_of(following.activity.pk)
    assert (line.view_asked, line.view) == (True, "标准已张贴于水管站")
    report = following.report()
    assert report.findings[0]["view"] == "标准已张贴于水管站"


def test_a_linked_matter_goes_outward_as_number_class_and_place_only(following, desk, people):
    finding = following.finding()
    one, two = desk.letter("马大山", 2, place="上松村"), desk.letter("石大川", 3, place="上松村")
    following.link(finding, one, two)
    (line,) = finding_queries.list_of(following.activity.pk)
    assert line.behind.words == "涉及信访事项2件（农村农业/水利水电2件；上松村2件）"
    seen = finding_queries.matters_of(finding.pk, by=people.clerk)
    assert [found.petitions for found in seen] == [((one.pk, one.number),), ((two.pk, two.number),)]
    assert refused(
        findings.link, finding_id=finding.pk, petition_number=one.number, by=people.clerk, at=moment(6, 17)
    ) == ("finding.linked_already")
    findings.unlink(finding_id=finding.pk, matter_id=one.matter_id, by=people.clerk, at=moment(6, 18))
    assert finding_queries.list_of(following.activity.pk)[0].behind.matters == 1


def test_sealed_unknown_and_recused_petitions_stand_behind_no_finding(following, desk, people):
    finding = following.finding()
    sealed = desk.letter("高小河", 4, sealed=True)
    way = {"finding_id": finding.pk, "by": people.clerk, "at": moment(6, 17)}
    assert refused(findings.link, petition_number=sealed.number, **way) == "finding.sealed_matter"
    assert refused(findings.link, petition_number="青人信〔2026〕999号", **way) == "petition.unknown"
    own = desk.letter("田有水", 5)
    secrecy.recuse(petition_id=own.pk, staff=people.head, reason="亲属", by=people.clerk, at=moment(6, 1))
    assert refused(findings.link, petition_number=own.number, **{**way, "by": people.head}) == "petition.unknown"
    assert not FindingMatter.objects.exists()


def test_a_matter_sealed_after_it_was_linked_counts_no_more(following, desk, people):
    finding, letter = following.finding(), desk.letter("马大山", 2)
    following.link(finding, letter)
    secrecy.seal(
        petition_id=letter.pk,
        accused=(AccusedEntry("高站长"),),
        keeper=people.restricted,
        by=people.clerk,
        at=moment(6, 20),
    )
    assert finding_queries.list_of(following.activity.pk)[0].behind.matters == 0
    assert finding_queries.matters_of(finding.pk, by=people.restricted) == ()


@pytest.mark.parametrize(
    "fact",
    [
        "马大山多次反映水费重复收取。",
        "农户（13912340001）反映水费重复收取。",
        "反映上松村三组农业水费一年之内重复收取两次要求退还",
    ],
    ids=["姓名", "电话", "照抄概况"],
)
def test_a_fact_that_tells_who_petitioned_is_refused_before_and_after_linking(following, desk, people, fact):
    summary = "反映上松村三组农业水费一年之内重复收取两次要求退还"
    letter = desk.letter("马大山", 2, phone="13912340001", summary=summary)
    other = following.finding(fact="计量设施缺失。")
    following.link(other, letter)
    entry = FindingEntry(fact, "water", FINDING.severity)
    told = {"activity_id": following.activity.pk, "entry": entry, "by": people.clerk, "at": moment(6, 17)}
    assert refused(findings.write, **told).startswith("finding.")
    findings.unlink(finding_id=other.pk, matter_id=letter.matter_id, by=people.clerk, at=moment(6, 17))
    written = findings.write(**told)
    link = {"finding_id": written.pk, "petition_number": letter.number, "by": people.clerk, "at": moment(6, 18)}
    assert refused(findings.link, **link).startswith("finding.")


def test_a_report_goes_its_way_and_a_new_version_takes_the_place_of_the_last(following, people):
    way = {"activity_id": following.activity.pk, "entry": REPORT, "by": people.clerk, "at": moment(6, 30)}
    assert refused(reports.write, **way) == "inspection_report.no_finding"
    following.finding()
    first = reports.write(**way)
    assert refused(reports.approve, report_id=first.pk, by=people.clerk, at=moment(7, 1)) == "permission.role_missing"
    second = following.report(submitted=False)
    first.refresh_from_db()
    following.activity.refresh_from_db()
    assert (first.state, second.version, second.state) == ("replaced", 2, ReportState.APPROVED.value)
    assert following.activity.state == ActivityState.REPORTED.value
    third = following.report()
    assert (third.version, third.session, str(third.meeting)) == (3, "第三十二次会议", "第44次主任会议")
    assert refused(reports.write, **way) == "inspection_report.bad_move"
    assert refused(
        findings.write, activity_id=following.activity.pk, entry=FINDING, by=people.clerk, at=moment(8, 1)
    ) == ("finding.reported_already")


def test_no_report_while_the_team_is_out(desk, people):
    activity = desk.activity(ActivityState.UNDER_WAY)
    Following(people, activity, desk.meeting()).finding()
    values = {"activity_id": activity.pk, "entry": REPORT, "by": people.clerk, "at": moment(6, 10)}
    assert refused(reports.write, **values) == "inspection_report.not_now"


def test_an_opinion_is_sent_with_its_number_and_three_months_to_answer(following, people):
    values = {"activity_id": following.activity.pk, "entry": OpinionEntry("water", ITEMS), "by": people.clerk}
    assert refused(opinions.write, **values, at=moment(8, 1)) == "opinion.not_deliberated"
    following.deliberated()
    opinion = following.opinion()
    assert (opinion.number, opinion.due_on, opinion.session) == (
        "青人审〔2026〕1号",
        date(2026, 12, 1),
        "第三十二次会议",
    )
    assert Due.from_values(opinion.due).explain()[1] == "起算：2026年9月1日（收到审议意见之日，当日不计）"
    assert opinion.report == InspectionReport.objects.get(state=ReportState.SUBMITTED.value)
    assert refused(opinions.write, **values, at=moment(9, 2)) == "opinion.known"
    way = {"opinion_id": opinion.pk, "entry": OpinionEntry("water", ITEMS), "by": people.clerk, "at": moment(9, 2)}
    assert refused(opinions.change, **way) == "opinion.not_a_draft"


def test_a_draft_is_changed_and_its_items_with_it(following, people):
    following.deliberated()
    opinion = following.opinion(sent=False)
    entry = OpinionEntry("water", (*ITEMS, replace(ITEMS[1], text="计量设施缺失。")), date(2026, 11, 1))
    opinions.change(opinion_id=opinion.pk, entry=entry, by=people.head, at=moment(8, 29))
    opinion.refresh_from_db()
    assert (opinion.items.count(), opinion.answer_asked_on) == (4, date(2026, 11, 1))
    opinions.approve(opinion_id=opinion.pk, by=people.leader, at=moment(8, 31))
    sent = opinions.send(opinion_id=opinion.pk, received_on=date(2026, 9, 1), by=people.clerk, at=moment(9, 1))
    assert sent.due_on == date(2026, 11, 1)


def test_nobody_approves_his_own_opinion_and_none_is_sent_unapproved(following, people):
    following.deliberated()
    entry = OpinionEntry("water", ITEMS)
    own = opinions.write(activity_id=following.activity.pk, entry=entry, by=people.head, at=moment(8, 28))
    assert (
        refused(opinions.approve, opinion_id=own.pk, by=people.head, at=moment(8, 29)) == "opinion.needs_second_person"
    )
    send = {"opinion_id": own.pk, "received_on": date(2026, 8, 29), "by": people.clerk, "at": moment(8, 29)}
    assert refused(opinions.send, **send) == "opinion.bad_move"


def test_a_unit_sees_and_answers_what_was_sent_to_it_and_nothing_else(following, people):
    following.deliberated()
    opinion = following.opinion(sent=False)
    assert not Opinion.objects.visible_to(people.unit_clerk).exists()
    opinions.approve(opinion_id=opinion.pk, by=people.head, at=moment(8, 31))
    opinions.send(opinion_id=opinion.pk, received_on=date(2026, 9, 1), by=people.clerk, at=moment(9, 1))
    assert Opinion.objects.visible_to(people.unit_clerk).get() == opinion
    for stranger in (people.other_unit_clerk, people.mail_room, people.administrator):
        assert not Opinion.objects.visible_to(stranger).exists()
    assert Opinion.objects.visible_to(people.auditor).exists()
    with pytest.raises(Refusal, match="没有这份审议意见"):
        following.answer(opinion, by=people.other_unit_clerk)
    response = following.answer(opinion, by=people.unit_clerk)
    assert (response.round, response.items.count()) == (1, 2)
    with pytest.raises(Refusal, match="现在不需要反馈"):
        following.answer(opinion)


def test_an_answer_is_returned_with_reason_and_day_then_tabled_rated_and_accepted(following, people):
    following.deliberated()
    opinion = following.opinion()
    following.answer(opinion)
    way = {"opinion_id": opinion.pk, "by": people.head}
    returned = ReviewEntry(ResponseDecision.RETURNED, "第二条没有说明", date(2026, 11, 15))
    assert refused(responses.review, opinion_id=opinion.pk, entry=returned, by=people.clerk, at=moment(10, 15)) == (
        "permission.role_missing"
    )
    responses.review(**way, entry=returned, at=moment(10, 15))
    opinion.refresh_from_db()
    assert (opinion.state, opinion.due_on) == (OpinionState.RETURNED.value, date(2026, 11, 15))
    assert any("退回重新研究处理" in line for line in Due.from_values(opinion.due).explain())
    following.answer(opinion, at=moment(11, 10))
    responses.review(**way, entry=ReviewEntry(ResponseDecision.TABLED, "提请审议"), at=moment(11, 12))
    accept = ReviewEntry(ResponseDecision.ACCEPTED)
    assert refused(responses.review, **way, entry=accept, at=moment(11, 13)) == "response.not_rated"
    votes = RatingEntry("第三十四次会议", date(2026, 11, 26), 27, 12, 11, 3)
    rating = responses.rate(opinion_id=opinion.pk, entry=votes, by=people.clerk, at=moment(11, 27))
    assert responses.result_of(rating) is RatingResult.MOSTLY
    responses.review(**way, entry=accept, at=moment(11, 28))
    opinion.refresh_from_db()
    assert (opinion.state, Rating.objects.count()) == (OpinionState.ACCEPTED.value, 1)


def test_what_follows_is_recorded_and_concluded_once(following, people):
    following.deliberated()
    opinion = following.opinion()
    entry = FollowUpEntry(FollowUpKind.RESOLUTION, date(2026, 11, 26), "作出决议", date(2027, 3, 31))
    row = responses.follow_up(opinion_id=opinion.pk, entry=entry, by=people.leader, at=moment(11, 27))
    way = {"follow_up_id": row.pk, "by": people.clerk, "at": moment(3, 1, year=2027)}
    assert refused(responses.conclude_follow_up, outcome=" ", **way) == "follow_up.outcome_missing"
    responses.conclude_follow_up(outcome="决议事项已执行", **way)
    assert refused(responses.conclude_follow_up, outcome="再报", **way) == "follow_up.concluded_already"
    assert FollowUp.objects.get().outcome == "决议事项已执行"


def test_what_is_published_tells_nothing_of_the_petitioners_though_a_unit_wrote_it(following, desk, people):
    letter = desk.letter("马大山", 2)
    following.deliberated()
    finding = following.activity.findings.get()
    FindingMatter.objects.create(finding=finding, matter=letter.matter, linked_at=moment(6, 16), linked_by=people.clerk)
    opinion = following.opinion()
    response = following.accepted(opinion)
    response.items.update(words="马大山的水费已退还")
    way = {"opinion_id": opinion.pk, "by": people.clerk, "at": moment(10, 20)}
    assert refused(opinions.publish, **way) == "finding.names_petitioner"
    response.items.update(words="多收水费已退还")
    assert opinions.publish(**way).published_at is not None
    assert refused(opinions.publish, **way) == "opinion.published_already"


def test_papers_events_and_rows_hold_no_name_and_no_number_of_a_petitioner(following, desk, people):
    letter = desk.letter("马大山", 2, phone="13912340001", place="上松村")
    finding = following.finding()
    following.link(finding, letter)
    following.report()
    following.activity.refresh_from_db()
    for entry in Entry.objects.filter(event__in=["inspection_report.approved"]):
        writing.write_after(entry, at=moment(7, 3))
    paper = Document.objects.of_kind(DocumentKind.INSPECTION_REPORT).get()
    text = json.dumps(paper.values, ensure_ascii=False)
    assert "涉及信访事项1件" in text
    told = [
        entry for entry in Entry.objects.all() if entry.event.startswith(("finding", "inspection_report", "document"))
    ]
    spoken = text + json.dumps([entry.values for entry in told], ensure_ascii=False)
    for secret in ("马大山", "13912340001", letter.number, letter.summary):
        assert secret not in spoken


def test_the_opinion_paper_goes_to_its_unit_with_the_day_and_why(following, people):
    following.deliberated()
    opinion = following.opinion()
    writing.write_after(Entry.objects.get(event="opinion.sent"), at=moment(9, 1))
    paper = Document.objects.visible_to(people.unit_clerk).of_kind(DocumentKind.OPINION).get()
    text = writing.paper_of(paper).text
    for words in (
        opinion.number,
        "县水务局",
        "总体评价",
        "水费标准不公开",
        "2026年12月1日前",
        "3个月",
        "研究处理情况反馈表",
    ):
        assert words in text
    assert not Document.objects.visible_to(people.other_unit_clerk).exists()


def test_a_late_answer_is_reminded_of_each_week_and_the_office_with_the_unit(following, people):
    following.deliberated()
    opinion = following.opinion()
    href = "/supervision/opinions/{opinion_id}/"
    assert opinion_reminders.remind(at=moment(11, 20), href=href) == 0
    assert opinion_reminders.remind(at=moment(11, 21), href=href) == 2
    assert opinion_reminders.remind(at=moment(12, 1), href=href) == 0
    assert opinion_reminders.remind(at=moment(12, 2), href=href) == 4
    assert opinion_reminders.remind(at=moment(12, 8), href=href) == 0
    assert opinion_reminders.remind(at=moment(12, 9), href=href) == 4
    told = Notification.objects.to(people.unit_clerk).latest("created_at")
    assert told.words == "审议意见青人审〔2026〕1号（县水务局）研究处理情况未反馈，已逾期8天"
    assert told.href == f"/supervision/opinions/{opinion.pk}/"
    following.answer(opinion, at=moment(12, 10))
    assert opinion_reminders.remind(at=moment(12, 20), href=href) == 0


def test_each_act_records_one_event_and_replaying_them_gives_the_rows(following, people):
    before = len(events())
    following.deliberated()
    opinion = following.opinion()
    following.accepted(opinion)
    opinions.publish(opinion_id=opinion.pk, by=people.clerk, at=moment(10, 20))
    entry = FollowUpEntry(FollowUpKind.FOLLOW_UP_CHECK, date(2026, 11, 3), "到松林镇回头看")
    row = responses.follow_up(opinion_id=opinion.pk, entry=entry, by=people.clerk, at=moment(11, 4))
    assert events()[before:] == [
        "finding.written",
        "inspection_report.written",
        "inspection_report.approved",
        "inspection_report.submitted",
        "activity.deliberated",
        "opinion.written",
        "opinion.approved",
        "opinion.sent",
        "opinion.answered",
        "opinion.reviewed",
        "opinion.published",
        "follow_up.recorded",
    ]
    rows = replay(Entry.objects.order_by("number"))
    opinion.refresh_from_db()
    told = rows["opinion", opinion.pk]
    for name in ("state", "number", "received_on", "due_on"):
        assert told[name] == plain(getattr(opinion, name))
    items = json.dumps(told["items"], ensure_ascii=False)
    assert all(one.text in items for one in opinion.items.order_by("position"))
    report = opinion.report
    assert rows["inspectionreport", report.pk]["session"] == report.session
    assert rows["followup", row.pk]["words"] == row.words
    finding = following.activity.findings.get()
    assert rows["finding", finding.pk]["fact"] == finding.fact
