"""问题清单、检查报告、审议意见、研究处理情况：what each must say, by which day, and who says so."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from huiyin.accounts.roles import Role
from huiyin.county.supervision.opinion_states import (
    OPINION_MOVES,
    REPORT_MOVES,
    FollowUpKind,
    ItemKind,
    ItemResult,
    OpinionState,
    RatingResult,
    ReportState,
    ResponseDecision,
    Severity,
)
from huiyin.county.supervision.rules import findings, opinions, reports, responses
from huiyin.county.supervision.rules.findings import Confidences, FindingEntry
from huiyin.county.supervision.rules.opinions import ItemEntry, OpinionEntry
from huiyin.county.supervision.rules.reports import ReportEntry, Submission
from huiyin.county.supervision.rules.responses import (
    FollowUpEntry,
    ItemAnswer,
    RatingEntry,
    ResponseEntry,
    ReviewEntry,
)
from huiyin.county.supervision.states import ActivityState
from huiyin.kernel.calendar import Calendar
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import load

SESSION = date(2026, 8, 27)
TODAY = date(2026, 9, 10)


@dataclass(frozen=True)
class Somebody:
    """A person with roles."""

    roles: tuple[Role, ...]
    unit_code: str = ""

    @property
    def role_set(self) -> frozenset[Role]:
        return frozenset(self.roles)


def code_of(call, *args: object, **values: object) -> str:
    try:
        call(*args, **values)
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar.of((), ())


def test_every_state_has_its_moves_and_every_end_is_reached():
    assert set(OPINION_MOVES) == set(OpinionState)
    assert set(REPORT_MOVES) == set(ReportState)
    assert not OPINION_MOVES[OpinionState.ACCEPTED]


KNOWN = Confidences(
    names=frozenset({"马长根", "田"}),
    numbers=frozenset({"13912340001", "青人信〔2026〕12号"}),
    texts=("我家三口人承包地十二亩，水费收了两次，收据编号都在，请求退还。",),
)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("上湾村农业水费存在重复收取，收费标准未公示。", ""),
        ("据马长根反映，水费重复收取。", "finding.names_petitioner"),
        ("据马 长根反映", "finding.names_petitioner"),
        ("农田灌溉用水计量设施缺失", ""),
        ("联系电话139-1234-0001的农户", "finding.names_number"),
        ("见青人信（2026）12号", "finding.names_number"),
        ("群众称家里承包地十二亩，水费收了两次，收据编号都在。", "finding.copies_petition"),
        ("水费收了两次", ""),
    ],
    ids=["可以写", "写了姓名", "姓名中间空格", "单字姓名不误报", "写了电话", "写了编号", "照抄来信", "短语不算照抄"],
)
def test_nothing_in_a_finding_tells_who_petitioned(words, code):
    assert code_of(findings.check_confidential_free, words, KNOWN) == code


@pytest.mark.parametrize(
    ("kinds", "already", "code"),
    [
        (["ordinary"], False, ""),
        (["ordinary", "sealed"], False, "finding.sealed_matter"),
        (["number_only"], False, "finding.sealed_matter"),
        (["ordinary"], True, "finding.linked_already"),
    ],
    ids=["普通件", "事项中有检举控告件", "密件", "重复关联"],
)
def test_only_ordinary_matters_stand_behind_a_finding(kinds, already, code):
    assert code_of(findings.check_linkable, kinds, already=already) == code


def test_a_finding_names_fact_unit_and_an_article_of_a_law():
    entry = FindingEntry("收费标准未公示", "water", Severity.SERIOUS, "shuifa", "第四十九条")
    assert code_of(findings.check_entry, entry) == ""
    assert code_of(findings.check_entry, replace(entry, fact=" ")) == "finding.fact_missing"
    assert code_of(findings.check_entry, replace(entry, unit_code="")) == "finding.unit_missing"
    assert code_of(findings.check_entry, replace(entry, statute_code="")) == "finding.statute_missing"


def test_a_view_is_asked_once_and_recorded_once():
    assert code_of(findings.check_view, "无意见", is_asked=False, is_known=False) == "finding.view_not_asked"
    assert code_of(findings.check_view, " ", is_asked=True, is_known=False) == "finding.view_missing"
    assert code_of(findings.check_view, "无意见", is_asked=True, is_known=True) == "finding.view_known"
    assert code_of(findings.check_may_ask_view, is_asked=True, is_withdrawn=False) == "finding.view_asked_already"


@pytest.mark.parametrize(
    ("given", "code"),
    [([2, 1], ""), ([1], "finding.bad_order"), ([1, 2, 3], "finding.bad_order"), ([1, 1], "finding.bad_order")],
)
def test_an_order_holds_every_finding_once(given, code):
    assert code_of(findings.check_order, given, {1, 2}) == code


REPORT = ReportEntry("总体较好", "收费不公开", "公开标准")


@pytest.mark.parametrize(
    ("entry", "count", "code"),
    [
        (REPORT, 1, ""),
        (replace(REPORT, law_suggestions="细化计量规定"), 1, ""),
        (replace(REPORT, evaluation=""), 1, "inspection_report.part_missing"),
        (replace(REPORT, suggestions=" "), 1, "inspection_report.part_missing"),
        (REPORT, 0, "inspection_report.no_finding"),
    ],
    ids=["齐全", "另有修法建议", "缺评价", "缺改进建议", "没有问题清单"],
)
def test_a_report_has_the_parts_that_the_law_asks_for(entry, count, code):
    assert code_of(reports.check_entry, entry, findings=count) == code


@pytest.mark.parametrize(
    ("meeting_on", "session_on", "code"),
    [
        (date(2026, 8, 3), SESSION, ""),
        (date(2026, 8, 2), SESSION, "inspection_report.meeting_day"),
        (TODAY, SESSION, "inspection_report.session_before_meeting"),
        (date(2026, 9, 11), SESSION, "inspection_report.meeting_day"),
    ],
    ids=["审定当日开会", "审定以前", "常委会会议早于主任会议", "主任会议还没开"],
)
def test_a_report_comes_before_a_session_by_a_meeting_after_its_approval(meeting_on, session_on, code):
    entry = Submission(1, "第三十二次会议", session_on)
    found = code_of(reports.check_submission, entry, meeting_on=meeting_on, approved_on=date(2026, 8, 3), today=TODAY)
    assert found == code


def test_nobody_approves_what_he_wrote_and_a_report_waits_for_the_end_of_the_inspection():
    assert code_of(reports.check_second_person, by_id=1, writer_id=1) == "inspection_report.needs_second_person"
    assert code_of(opinions.check_second_person, by_id=1, writer_id=1) == "opinion.needs_second_person"
    assert code_of(reports.check_takes_report, ActivityState.UNDER_WAY) == "inspection_report.not_now"
    assert code_of(reports.check_takes_report, ActivityState.FINISHED) == ""


ITEMS = (
    ItemEntry(ItemKind.OVERALL, "水法实施总体较好"),
    ItemEntry(ItemKind.PROBLEM, "收费不公开"),
    ItemEntry(ItemKind.SUGGESTION, "十月底前公开标准", date(2026, 10, 31)),
)
OPINION = OpinionEntry("water", ITEMS)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (OPINION, ""),
        (replace(OPINION, unit_code=""), "opinion.unit_missing"),
        (replace(OPINION, items=ITEMS[1:]), "opinion.part_missing"),
        (replace(OPINION, items=(*ITEMS, ItemEntry(ItemKind.OVERALL, "再评价"))), "opinion.two_overall"),
        (replace(OPINION, items=(*ITEMS, ItemEntry(ItemKind.PROBLEM, " "))), "opinion.item_empty"),
        (replace(OPINION, answer_asked_on=SESSION), "opinion.day_before_session"),
        (replace(OPINION, answer_asked_on=date(2026, 8, 28)), ""),
        (
            replace(OPINION, items=(replace(ITEMS[0], due_on=date(2026, 10, 1)), *ITEMS[1:])),
            "opinion.overall_without_day",
        ),
    ],
    ids=["齐全", "没有单位", "缺总体评价", "两条总体评价", "空条", "期限在会议当日", "会议次日", "总体评价设期限"],
)
def test_an_opinion_has_its_unit_and_all_three_parts(entry, code):
    assert code_of(opinions.check_entry, entry, session_on=SESSION) == code


def test_only_what_a_session_deliberated_on_has_an_opinion():
    refused = "opinion.not_deliberated"
    assert code_of(opinions.check_deliberated, ActivityState.REPORTED, session="") == refused
    assert code_of(opinions.check_deliberated, ActivityState.DELIBERATED, session="第三十二次会议") == ""


@pytest.mark.parametrize(
    ("file", "due_on"),
    [("r22", None), ("henan", date(2026, 9, 7)), ("zhejiang", date(2026, 9, 3))],
    ids=["全国规则没有送交期限", "河南十日遇周日顺延", "浙江七日"],
)
def test_an_opinion_is_sent_within_the_days_of_the_rule_set(file, due_on, rulesets_folder, calendar):
    due = opinions.send_due(SESSION, ruleset=load(rulesets_folder / f"{file}.toml"), calendar=calendar)
    assert (due.due_on if due else None) == due_on


@pytest.fixture(scope="module")
def rulesets_folder(pytestconfig):
    return pytestconfig.rootpath / "tenants" / "rulesets"


@pytest.mark.parametrize(
    ("received_on", "asked_on", "due_on"),
    [
        (date(2026, 9, 1), None, date(2026, 12, 1)),
        (date(2026, 8, 31), None, date(2026, 11, 30)),
        (date(2025, 11, 30), None, date(2026, 3, 2)),
        (date(2026, 9, 1), date(2026, 11, 1), date(2026, 11, 1)),
        (date(2026, 9, 1), date(2027, 1, 15), date(2027, 1, 15)),
    ],
    ids=["三个月", "月末对月末", "二月末遇周六顺延", "载明更早的日期", "载明更晚的日期，经审定"],
)
def test_three_months_for_the_answer_unless_the_paper_names_a_day(
    received_on, asked_on, due_on, rulesets_folder, calendar
):
    due = opinions.answer_due(
        received_on,
        asked_on=asked_on,
        approver="王主任",
        number="青人审〔2026〕1号",
        ruleset=load(rulesets_folder / "r22.toml"),
        calendar=calendar,
    )
    assert due.due_on == due_on
    assert any("审议意见研究处理期限" in line for line in due.explain())


@pytest.mark.parametrize(
    ("today", "key"),
    [
        (date(2026, 11, 20), None),
        (date(2026, 11, 21), "soon"),
        (date(2026, 12, 1), "soon"),
        (date(2026, 12, 2), "late-0"),
        (date(2026, 12, 8), "late-0"),
        (date(2026, 12, 9), "late-1"),
    ],
    ids=["提前十一天", "提前十天", "最后一天", "逾期一天", "逾期七天", "逾期八天"],
)
def test_a_unit_is_reminded_ten_days_before_and_each_week_after(today, key):
    assert opinions.reminder_key(date(2026, 12, 1), today=today) == key


ANSWER = ResponseEntry(
    "已研究处理",
    "水局长",
    TODAY,
    (ItemAnswer(2, ItemResult.DONE, "已公开"), ItemAnswer(3, ItemResult.UNDER_WAY, "正在办")),
)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (ANSWER, ""),
        (replace(ANSWER, items=ANSWER.items[:1]), "response.item_missing"),
        (replace(ANSWER, items=(*ANSWER.items, ItemAnswer(1, ItemResult.DONE, "谢谢"))), "response.strange_item"),
        (replace(ANSWER, items=(ANSWER.items[0], replace(ANSWER.items[1], words=" "))), "response.item_missing"),
        (replace(ANSWER, signed_by=""), "response.signature_missing"),
        (replace(ANSWER, words=""), "response.words_missing"),
        (replace(ANSWER, answered_on=date(2026, 8, 31)), "response.before_receipt"),
        (replace(ANSWER, answered_on=date(2026, 9, 1)), ""),
        (replace(ANSWER, answered_on=date(2026, 9, 11)), "response.in_the_future"),
    ],
    ids=["齐全", "漏一条", "答复总体评价", "一条空白", "没有签发人", "没有总体情况", "早于收到", "收到当日", "明天"],
)
def test_every_problem_and_suggestion_is_answered(entry, code):
    found = code_of(responses.check_entry, entry, wanted=[2, 3], received_on=date(2026, 9, 1), today=TODAY)
    assert found == code


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (Somebody((Role.UNIT_CLERK,), "water"), ""),
        (Somebody((Role.UNIT_HEAD,), "water"), ""),
        (Somebody((Role.UNIT_CLERK,), "agriculture"), "response.other_unit"),
        (Somebody((Role.CLERK,)), ""),
        (Somebody((Role.AUDITOR,)), "permission.role_missing"),
        (Somebody((Role.LEADER,)), "permission.role_missing"),
    ],
    ids=["本单位经办人", "本单位负责人", "别的单位", "信访专干代登记", "县内只读", "常委会领导"],
)
def test_the_unit_answers_or_the_office_takes_its_paper_down(who, code):
    assert code_of(responses.check_may_answer, who, "water") == code


RETURN = ReviewEntry(ResponseDecision.RETURNED, "第二条没有说明", date(2026, 9, 30))
ACCEPT = ReviewEntry(ResponseDecision.ACCEPTED)


@pytest.mark.parametrize(
    ("entry", "rating", "is_tabled", "code"),
    [
        (RETURN, None, False, ""),
        (replace(RETURN, words=""), None, False, "response.return_reason_missing"),
        (replace(RETURN, return_due_on=None), None, False, "response.return_day_missing"),
        (replace(RETURN, return_due_on=TODAY), None, False, "response.return_day_missing"),
        (ACCEPT, None, False, ""),
        (replace(ACCEPT, return_due_on=date(2026, 9, 30)), None, False, "response.day_without_return"),
        (ACCEPT, None, True, "response.not_rated"),
        (ACCEPT, RatingResult.DISSATISFIED, True, "response.found_wanting"),
        (ACCEPT, RatingResult.MOSTLY, True, ""),
        (ReviewEntry(ResponseDecision.TABLED), None, False, ""),
    ],
    ids=[
        "退回", "退回没有原因", "退回没有期限", "期限是今天", "认可", "认可却设期限",
        "提请审议未测评", "测评不满意", "测评基本满意", "提请审议",
    ],
)  # fmt: skip
def test_a_return_says_why_and_until_when_and_what_was_found_wanting_is_not_accepted(entry, rating, is_tabled, code):
    assert code_of(responses.check_review, entry, rating=rating, is_tabled=is_tabled, today=TODAY) == code


@pytest.mark.parametrize(
    ("members", "satisfied", "mostly", "result"),
    [
        (27, 14, 10, RatingResult.SATISFIED),
        (27, 13, 1, RatingResult.MOSTLY),
        (28, 14, 0, RatingResult.DISSATISFIED),
        (28, 14, 1, RatingResult.MOSTLY),
        (27, 6, 7, RatingResult.DISSATISFIED),
    ],
    ids=["满意过半", "合计过半", "正好一半不是过半", "正好一半加基本满意", "合计不过半"],
)
def test_more_than_half_of_all_members_decide(members, satisfied, mostly, result):
    assert responses.rating_result(members=members, satisfied=satisfied, mostly=mostly) is result


RATING = RatingEntry("第三十五次会议", TODAY, 27, 14, 10, 3)


@pytest.mark.parametrize(
    ("entry", "is_rated", "code"),
    [
        (RATING, False, ""),
        (RATING, True, "response.rated_already"),
        (replace(RATING, dissatisfied=4), False, "response.too_many_votes"),
        (replace(RATING, members=0, satisfied=0, mostly=0, dissatisfied=0), False, "response.rating_counts"),
        (replace(RATING, session=""), False, "session.name_missing"),
        (replace(RATING, rated_on=date(2026, 9, 4)), False, "response.rating_day"),
        (replace(RATING, rated_on=date(2026, 9, 11)), False, "response.rating_day"),
    ],
)
def test_votes_add_up_to_no_more_than_the_members(entry, is_rated, code):
    assert code_of(responses.check_rating, entry, tabled_on=date(2026, 9, 5), today=TODAY, is_rated=is_rated) == code


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (FollowUpEntry(FollowUpKind.FOLLOW_UP_CHECK, TODAY, "到松林镇回头看"), ""),
        (FollowUpEntry(FollowUpKind.FOLLOW_UP_CHECK, TODAY, ""), "follow_up.words_missing"),
        (FollowUpEntry(FollowUpKind.RESOLUTION, TODAY, "作出决议"), "follow_up.due_missing"),
        (FollowUpEntry(FollowUpKind.RESOLUTION, TODAY, "作出决议", TODAY), "follow_up.due_before"),
        (FollowUpEntry(FollowUpKind.SPECIAL_INQUIRY, date(2026, 8, 31), "专题询问"), "follow_up.bad_day"),
    ],
    ids=["跟踪检查", "没有内容", "决议没有期限", "决议期限在当日", "早于送交"],
)
def test_what_follows_says_what_and_a_resolution_sets_a_day(entry, code):
    assert code_of(responses.check_follow_up, entry, sent_on=date(2026, 9, 1), today=TODAY) == code


@pytest.mark.parametrize(
    ("state", "is_published", "code"),
    [
        (OpinionState.ACCEPTED, False, ""),
        (OpinionState.ACCEPTED, True, "opinion.published_already"),
        (OpinionState.ANSWERED, False, "opinion.not_accepted"),
        (OpinionState.RETURNED, False, "opinion.not_accepted"),
    ],
)
def test_only_an_accepted_answer_is_published(state, is_published, code):
    assert code_of(responses.check_publishable, state, is_published=is_published) == code
