"""每个指标一本账: small stories of March 2026, counted on paper first, and the figures that must come out."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from huiyin.county.analysis import queries
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.oversight.actions import recommendations, steps
from huiyin.county.oversight.recommendation_rules import AnswerEntry, RecommendationEntry
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Adoption, Level, RecommendationKind, Trigger
from huiyin.county.registry.actions import classifications
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.states import Channel, Purpose, Recurrence
from huiyin.county.reply.actions import evaluations, replies
from huiyin.county.reply.states import Method, ReplyKind, Satisfaction
from huiyin.kernel.periods import month
from huiyin.platform.statistics.indicators import FUNNEL, INDICATORS, PROMISES

from .conftest import MARCH, Desk, moment

Figures = dict[tuple[str, str], tuple[int, int]]


def figures(at, period=MARCH) -> Figures:
    return {(one.indicator, one.channel): (one.part, one.whole) for one in queries.figures(period, at=at)}


def timely_disposition(desk: Desk) -> None:
    desk.assigned(desk.through(desk.registered(desk.receipt(2))), day=17)  # 15日期限3月17日，当日作出
    desk.assigned(desk.through(desk.registered(desk.receipt(3))), day=19)  # 3月18日到期，迟一日
    desk.through(desk.registered(desk.receipt(4)))  # 3月19日到期，尚未作出
    desk.classified(desk.read(desk.registered(desk.receipt(4))), is_litigation=True)  # 涉法涉诉，不计
    desk.through(desk.registered(desk.receipt(20)))  # 4月7日到期，属4月


def timely_reply(desk: Desk) -> None:
    desk.guided(desk.registered(desk.receipt(2)), told=17)  # 3月17日到期，当日送达
    desk.guided(desk.registered(desk.receipt(2)), told=18)  # 迟一日
    filed = desk.through(desk.anonymous(desk.receipt(3)))
    desk.decided(filed, DispositionKind.FILED)  # 存查，不计
    nobody = desk.through(desk.anonymous(desk.receipt(3)))
    desk.decided(nobody, DispositionKind.GUIDANCE)  # 无从答复，不计
    given = desk.assigned(desk.through(desk.registered(desk.receipt(2))), due_on=date(2026, 3, 20))
    desk.reported(given, 18)  # 按期报结，但到3月20日没有答复送达


def timely_report(desk: Desk) -> None:
    for due, reported in ((20, 20), (20, 23), (24, 0)):
        given = desk.assigned(desk.through(desk.registered(desk.receipt(2))), due_on=date(2026, 3, due))
        if reported:
            desk.reported(given, reported, 23)


def returned(desk: Desk) -> None:
    first = desk.assigned(desk.through(desk.registered(desk.receipt(2))), due_on=date(2026, 3, 20))
    desk.reported(first, 18)
    desk.returned(first, 19)
    desk.reported(first, 24)  # 补正：以首次报结为准，仍算按期
    second = desk.assigned(desk.through(desk.registered(desk.receipt(2))), due_on=date(2026, 3, 20))
    desk.reported(second, 19)
    desk.assigned(desk.through(desk.registered(desk.receipt(2))), due_on=date(2026, 3, 20))  # 未报结，不在分母


def oversight_steps(desk: Desk) -> None:
    given = desk.assigned(desk.through(desk.registered(desk.receipt(2))), due_on=date(2026, 3, 10))
    for day, level in ((11, Level.REMINDER), (16, Level.LETTER)):
        steps.issue(
            assignment_id=given.pk,
            entry=OversightEntry(level, Trigger.OVERDUE, "请抓紧办理", due_on=date(2026, 3, day + 4)),
            approver=None if level is Level.REMINDER else desk.people.head,
            by=desk.people.clerk,
            at=moment(3, day),
        )


def evaluated(desk: Desk) -> None:
    answers = (Satisfaction.SATISFIED, Satisfaction.MOSTLY, Satisfaction.DISSATISFIED)
    for day, satisfaction in zip((2, 3, 4), answers, strict=True):
        letter = desk.guided(desk.registered(desk.receipt(day)), told=10)
        evaluations.evaluate(
            petition_id=letter.pk, satisfaction=satisfaction, reason="没有解决", by=desk.people.clerk, at=moment(3, 12)
        )
    desk.guided(desk.registered(desk.receipt(2)), told=6)  # 办结满30日未评价
    desk.guided(desk.registered(desk.receipt(2)), told=31)  # 未满30日，不计


def repeated(desk: Desk) -> None:
    first = desk.through(desk.registered(desk.receipt(2)))
    for day in (6, 9):
        again = desk.read(desk.registered(desk.receipt(day)), day)
        desk.classified(again, day, recurrence=Recurrence.REPEAT, repeats_id=first.pk)
    desk.classified(desk.read(desk.registered(desk.receipt(3))), is_litigation=True)
    desk.registered(desk.receipt(10))  # 未归类


def group_visits(desk: Desk) -> None:
    for day, people in ((3, 5), (4, 4), (5, 12)):
        desk.registered(desk.receipt(day, Channel.WALK_IN, head_count=people))


def read_by_leader(desk: Desk) -> None:
    desk.read(desk.registered(desk.receipt(2)), read_by_leader=True)
    desk.read(desk.registered(desk.receipt(2)))
    desk.registered(desk.receipt(3, Channel.WEB))


def recommended(desk: Desk) -> None:
    for day, adoption in ((10, Adoption.PARTLY), (11, Adoption.NO), (12, None)):
        entry = RecommendationEntry(
            kind=RecommendationKind.IMPROVE_WORK,
            subject="规范农业水费收缴",
            facts="水费收缴不公示",
            words="公示水价和收费依据",
            basis="《信访工作条例》第四十条",
            due_on=date(2026, 4, 30),
        )
        drafted = recommendations.draft(unit_code="water", entry=entry, by=desk.people.clerk, at=moment(3, day))
        recommendations.make(recommendation_id=drafted.pk, by=desk.people.head, at=moment(3, day, 15))
        if adoption is not None:
            answer = AnswerEntry(adoption=adoption, answer="已研究", answered_on=date(2026, 3, 20))
            recommendations.answer(recommendation_id=drafted.pk, entry=answer, by=desk.people.clerk, at=moment(3, 20))


def promises(desk: Desk) -> None:
    desk.guided(desk.registered(desk.receipt(2)), told=10)
    desk.assigned(desk.through(desk.registered(desk.receipt(3))))
    desk.receipt(4)
    desk.checked(moment(4, 1))


Story = Callable[[Desk], None]
TABLE: tuple[tuple[str, Story, Figures], ...] = (
    (
        "四个百分之百",
        promises,
        {
            ("M1", "letter"): (2, 3),
            ("M2", "letter"): (2, 3),
            ("M3a", "letter"): (1, 3),
            ("M3b", "letter"): (2, 3),
            ("M4", "letter"): (1, 3),
            ("M4x", "letter"): (1, 3),
        },
    ),
    ("及时受理率", timely_disposition, {("timely_disposition", "letter"): (1, 3)}),
    ("按期答复率", timely_reply, {("timely_reply", "letter"): (1, 3)}),
    ("按期办结率", timely_report, {("timely_report", "letter"): (1, 3)}),
    ("退回率", returned, {("returned", "letter"): (1, 2), ("timely_report", "letter"): (2, 3)}),
    ("督办次数", oversight_steps, {("oversight_steps", "letter"): (1, 2)}),
    ("满意率与参评率", evaluated, {("satisfied", "letter"): (2, 3), ("evaluated", "letter"): (3, 4)}),
    ("重复率与初次信访事项", repeated, {("repeated", "letter"): (2, 3), ("first_matters", "letter"): (3, 5)}),
    ("集体访批次人次", group_visits, {("group_visits", "walk_in"): (2, 3), ("group_people", "walk_in"): (17, 21)}),
    (
        "领导接访阅批率",
        read_by_leader,
        {("read_by_leader", "letter"): (1, 2), ("read_by_leader", "web"): (0, 1)},
    ),
    (
        "建议答复率与采纳率",
        recommended,
        {("recommendations_answered", "none"): (2, 3), ("recommendations_adopted", "none"): (1, 3)},
    ),
)


@pytest.mark.parametrize(("story", "expected"), [pytest.param(*row[1:], id=row[0]) for row in TABLE])
def test_an_indicator_counted_on_paper(story: Story, expected: Figures, desk: Desk):
    story(desk)
    found = figures(moment(4, 12))
    codes = {code for code, _ in expected}
    assert {key: found[key] for key in found if key[0] in codes and found[key][1]} == expected


def test_every_indicator_of_the_county_stands_in_a_counted_row():
    counted = {code for _, _, expected in TABLE for code, _ in expected}
    assert counted == set(INDICATORS) - {one.code for one in FUNNEL}


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (moment(3, 17, 16), {}),  # 期限当日送达之前：未到期又未答复，不计
        (moment(3, 17, 17), {("timely_reply", "letter"): (1, 1)}),
        (moment(3, 18, 0), {("timely_reply", "letter"): (1, 2)}),  # 期限过后，没有答复的也在分母
        (moment(3, 18, 17), {("timely_reply", "letter"): (1, 2)}),
        (moment(3, 21), {("timely_reply", "letter"): (1, 3)}),  # 交办件以承办期限3月20日为准
    ],
)
def test_timely_reply_at_an_earlier_moment_is_the_earlier_figure(at, expected: Figures, desk: Desk):
    timely_reply(desk)
    found = figures(at)
    assert {key: found[key] for key in found if key[0] == "timely_reply"} == expected


@pytest.mark.parametrize(
    ("hour", "minute", "part"), [(23, 59, 1), (0, 0, 0)], ids=["末日23时59分送达算按期", "次日零时送达算逾期"]
)
def test_the_last_day_is_in_time_to_its_last_minute(hour: int, minute: int, part: int, desk: Desk):
    letter = desk.through(desk.registered(desk.receipt(2)))
    desk.decided(letter, DispositionKind.GUIDANCE)
    written = replies.reply(
        petition_id=letter.pk, kind=ReplyKind.GUIDANCE, text="已告知", by=desk.people.clerk, at=moment(3, 10)
    )
    told = moment(3, 17 if part else 18, hour).replace(minute=minute)
    replies.deliver(
        reply_id=written.pk, method=Method.PHONE, delivered_at=told, proof="通话3分钟", by=desk.people.clerk, at=told
    )
    assert figures(moment(4, 1))["timely_reply", "letter"] == (part, 1)


@pytest.mark.parametrize(
    ("code", "story", "at", "expected"),
    [
        ("timely_report", timely_report, moment(3, 20, 22), {}),
        ("timely_report", timely_report, moment(3, 21), {("timely_report", "letter"): (1, 2)}),
        ("returned", returned, moment(3, 18, 12), {("returned", "letter"): (0, 1)}),
        ("returned", returned, moment(3, 19, 12), {("returned", "letter"): (1, 2)}),
        ("oversight_steps", oversight_steps, moment(3, 12), {("oversight_steps", "letter"): (0, 1)}),
        ("satisfied", evaluated, moment(3, 11), {}),
        ("evaluated", evaluated, moment(4, 5, 17), {("evaluated", "letter"): (3, 3)}),  # 3月6日18时办结，满30日前
        ("evaluated", evaluated, moment(4, 5, 18), {("evaluated", "letter"): (3, 4)}),
        ("first_matters", repeated, moment(3, 6, 8), {("first_matters", "letter"): (2, 2)}),
        ("repeated", repeated, moment(3, 6, 12), {("repeated", "letter"): (1, 2)}),
        ("read_by_leader", read_by_leader, moment(3, 2, 23), {("read_by_leader", "letter"): (0, 2)}),
        (
            "recommendations_answered",
            recommended,
            moment(3, 19),
            {("recommendations_answered", "none"): (0, 3)},
        ),
        ("recommendations_adopted", recommended, moment(3, 11), {("recommendations_adopted", "none"): (0, 1)}),
    ],
)
def test_an_instant_before_the_evidence_shows_the_earlier_figure(code, story: Story, at, expected, desk: Desk):
    story(desk)
    found = figures(at)
    assert {key: found[key] for key in found if key[0] == code and found[key][1]} == expected


def test_the_due_basis_puts_an_item_into_the_month_in_which_its_date_falls(desk: Desk):
    timely_disposition(desk)
    april = figures(moment(5, 1), month("2026-04"))
    assert april["timely_disposition", "letter"] == (0, 1)
    assert ("repeated", "letter") not in april


def test_a_repeat_that_was_recognised_later_was_a_first_before(desk: Desk):
    first = desk.through(desk.registered(desk.receipt(2)))
    again = desk.read(desk.registered(desk.receipt(6)), 6)
    desk.classified(again, 9, recurrence=Recurrence.REPEAT, repeats_id=first.pk)
    assert figures(moment(3, 9, 8))["first_matters", "letter"] == (2, 2)
    assert figures(moment(3, 9, 10))["first_matters", "letter"] == (1, 2)


def test_a_reviewed_class_counts_from_the_review_on(desk: Desk):
    letter = desk.through(desk.registered(desk.receipt(2)))
    changed = Classification(
        purpose=Purpose.APPEAL, category_code="02", category_path="自然资源", recurrence=Recurrence.FIRST
    )
    classifications.review(petition_id=letter.pk, classification=changed, by=desk.people.head, at=moment(3, 9))

    def place(at: datetime) -> set[tuple[str, str]]:
        return {(one.purpose, one.category) for one in queries.cells(MARCH, at=at) if one.indicator == "M2"}

    assert place(moment(3, 3, 12)) == {("", "")}
    assert place(moment(3, 8)) == {("claim", "01")}
    assert place(moment(3, 10)) == {("appeal", "02")}
    assert figures(moment(3, 8))["M2", "letter"] == (1, 1)


def test_what_is_classified_anew_was_classified_before(desk: Desk):
    letter = desk.through(desk.registered(desk.receipt(2)))
    desk.classified(letter, 9)
    assert [figures(moment(3, day))["M2", "letter"] for day in (3, 5, 10)] == [(0, 1), (1, 1), (1, 1)]


def test_cells_add_up_to_their_margins(desk: Desk):
    for story in (timely_disposition, timely_reply, returned, evaluated, repeated, group_visits, oversight_steps):
        story(desk)
    recommended(desk)
    split = desk.receipt(5)
    desk.classified(desk.read(desk.registered(split), 5), 6)
    desk.registered(split, summary="建议修路", is_split=True)
    for at in (moment(3, 5), moment(3, 20), moment(4, 12)):
        margins, cells = queries.numbers(MARCH, at=at)
        sums: Figures = {}
        for one in cells:
            part, whole = sums.get((one.indicator, one.channel), (0, 0))
            sums[one.indicator, one.channel] = (part + one.part, whole + one.whole)
        expected = {
            (one.indicator, one.channel): (one.part, one.whole)
            for one in margins
            if INDICATORS[one.indicator].has_channel and (one.whole or one.indicator not in {p.code for p in PROMISES})
        }
        assert sums == expected
        assert margins == queries.figures(MARCH, at=at)
        assert cells == queries.cells(MARCH, at=at)


def test_the_number_of_statements_for_margins_and_cells_is_fixed(desk: Desk, django_assert_num_queries):
    for _ in range(3):
        desk.assigned(desk.through(desk.registered(desk.receipt(2))))
    with django_assert_num_queries(5):
        queries.numbers(MARCH, at=moment(4, 1))
