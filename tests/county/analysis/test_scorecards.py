"""承办单位评价: hand-computed for two units, and what small numbers may not say."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiyin.county.analysis import scorecards
from huiyin.county.analysis.scorecard_rules import (
    Item,
    Measure,
    Scorecard,
    Share,
    Standing,
    Written,
    board_of,
    near_copies,
)
from huiyin.county.assignment.actions import assignments, dispositions, objections, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import DispositionKind, Outcome, ReturnReason
from huiyin.county.oversight.actions import steps
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Level, Trigger
from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import Channel, Purpose, Recurrence
from huiyin.county.reply.actions import evaluations, replies
from huiyin.county.reply.states import Method, ReplyKind, Satisfaction
from huiyin.kernel.periods import year
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 12, 31, 12, tzinfo=UTC)
YEAR = year(2026)
# (part, whole) of each measure, counted by hand from the story below.
HAND_COMPUTED = {
    "县水务局": {
        Measure.ON_TIME: (1, 3),
        Measure.RETURNED: (1, 2),
        Measure.OBJECTION_REFUSED: (0, 0),
        Measure.REPEATED: (1, 1),
        Measure.SATISFIED: (1, 1),
        Measure.NEAR_COPY: (1, 2),
    },
    "县农业农村局": {
        Measure.ON_TIME: (1, 1),
        Measure.RETURNED: (0, 1),
        Measure.OBJECTION_REFUSED: (1, 1),
        Measure.REPEATED: (0, 0),
        Measure.SATISFIED: (0, 0),
        Measure.NEAR_COPY: (0, 1),
    },
}
SAME_WORDS = "经现场查看和查阅账册，该灌区2025年水费按面积收取，已逐户核对并公示，群众没有异议，请予审核。"
OTHER_WORDS = "村委会调解后双方按1998年承包合同的四至重新立界，签订协议，相邻两户已经恢复耕种。"


def moment(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass
class Year:
    """What two units were given in 2026 and what they made of it."""

    people: Any
    given: dict[str, Assignment] = field(default_factory=dict)

    def call(self, name: str, month: int, day: int, *, repeats: Petition | None = None) -> Petition:
        by, at = self.people.clerk, moment(month, day)
        receipt = receipts.take_receipt(channel=Channel.PHONE, received_on=date(2026, month, day), by=by, at=at)
        registration = Registration(summary=f"{name}来电反映", name=name, phone="13912340001")
        row = petitions.register(receipt_id=receipt.pk, registration=registration, by=by, at=at).petition
        petitions.read(petition_id=row.pk, note="已听", by=by, at=at)
        recurrence = Recurrence.REPEAT if repeats else Recurrence.FIRST
        decided = Classification(
            Purpose.CLAIM, "0110", "农村农业/水利水电", recurrence, repeats_id=repeats.pk if repeats else None
        )
        return petitions.classify(petition_id=row.pk, classification=decided, by=by, at=at)

    def assign(self, name: str, unit: str, day: int) -> Assignment:
        petition = self.call(name, 3, day)
        self.given[name] = dispositions.assign(
            petition_id=petition.pk,
            kind=DispositionKind.ASSIGNMENT,
            unit_code=unit,
            handler_name="经办人",
            redaction_confirmed=True,
            by=self.people.clerk,
            at=moment(3, day, 10),
        )
        return self.given[name]

    def sign(self, name: str, day: int) -> None:
        assignments.sign(
            assignment_id=self.given[name].pk,
            handler_name="经办人",
            handler_phone="0199-5550111",
            by=self.people.clerk,
            at=moment(3, day, 11),
        )

    def report(self, name: str, month: int, day: int, facts: str) -> None:
        given = self.given[name]
        answers = tuple(ClaimAnswer(one.pk, Outcome.SUPPORTED, "已办") for one in given.petition.claims.all())
        entry = ReportEntry(facts=facts, basis="水法", measures="公示", handler_name="经办人", answers=answers)
        reports.report(assignment_id=given.pk, entry=entry, by=self.people.clerk, at=moment(month, day))

    def finish(self, name: str) -> None:
        by, petition = self.people.clerk, self.given[name].petition
        reports.verify(assignment_id=self.given[name].pk, by=by, at=moment(4, 12))
        told = replies.reply(petition_id=petition.pk, kind=ReplyKind.OUTCOME, text="已退还。", by=by, at=moment(4, 13))
        replies.deliver(
            reply_id=told.pk, method=Method.PHONE, delivered_at=moment(4, 13), proof="通话记录", by=by, at=moment(4, 13)
        )
        replies.close(petition_id=petition.pk, by=by, at=moment(4, 14))
        evaluations.evaluate(petition_id=petition.pk, satisfaction=Satisfaction.SATISFIED, by=by, at=moment(4, 20))


@pytest.fixture
def story(people: Any) -> Year:
    """A 马一 is done in time and comes again; 马二 is reported late and returned; 马三 is never reported.

    田四: the farm bureau says it is not its own, is refused, and reports in time.
    """
    told = Year(people)
    for name, day in (("马一", 2), ("马二", 3), ("马三", 4)):
        told.assign(name, "water", day)
        told.sign(name, day)
    told.assign("田四", "agriculture", 5)
    raised = objections.raise_objection(
        assignment_id=told.given["田四"].pk, reasons="应由县水务局办理", by=people.other_unit_clerk, at=moment(3, 6)
    )
    objections.refuse(objection_id=raised.pk, words="属承包地纠纷，由你局承办", by=people.clerk, at=moment(3, 9))
    told.sign("田四", 10)
    told.report("马一", 4, 10, SAME_WORDS)
    told.finish("马一")
    told.report("田四", 4, 11, OTHER_WORDS)
    told.report("马二", 6, 30, SAME_WORDS.replace("2025", "2024"))
    reports.return_report(
        assignment_id=told.given["马二"].pk,
        reasons=[ReturnReason.NEAR_COPY],
        words="照搬以往反馈",
        by=people.clerk,
        at=moment(7, 1),
    )
    reminder = OversightEntry(Level.REMINDER, Trigger.OVERDUE, "请抓紧", due_on=date(2026, 7, 10))
    steps.issue(assignment_id=told.given["马三"].pk, entry=reminder, by=people.clerk, at=moment(7, 1))
    letter = OversightEntry(Level.LETTER, Trigger.OVERDUE, "仍未反馈", due_on=date(2026, 7, 30))
    steps.issue(
        assignment_id=told.given["马三"].pk, entry=letter, approver=people.head, by=people.clerk, at=moment(7, 13)
    )
    told.call("马一", 9, 1, repeats=told.given["马一"].petition)
    return told


def test_every_figure_of_both_units_is_the_hand_computed_one(story):
    board = scorecards.board(YEAR, at=AT)
    found = {
        card.unit_name: {one: (card.shares[one].part, card.shares[one].whole) for one in Measure}
        for card in board.cards
    }
    assert found == HAND_COMPUTED
    water = board.card("water")
    assert water is not None
    assert (len(water.given), len(water.steps[Level.REMINDER]), water.grave_steps) == (3, 1, 1)
    late = {item.petition_number for item in water.overdue}
    assert late == {story.given["马二"].petition.number, story.given["马三"].petition.number}
    assert board.total(Measure.ON_TIME) == (2, 4)


def test_each_figure_knows_its_petitions_and_small_numbers_are_compared_with_nobody(story):
    board, card = scorecards.scorecard("water", YEAR, at=AT)
    numbers = {name: one.petition.number for name, one in story.given.items()}
    on_time = card.shares[Measure.ON_TIME]
    assert [item.petition_number for item in on_time.parts] == [numbers["马一"]]
    assert {item.petition_number for item in on_time.items} == {numbers["马一"], numbers["马二"], numbers["马三"]}
    assert [item.petition_number for item in card.shares[Measure.NEAR_COPY].parts] == [numbers["马二"]]
    assert [item.note for item in card.shares[Measure.REPEATED].parts] == ["办结后又来"]
    standings = {one.standing for each in board.cards for one in board.of_unit(each.unit_code)}
    assert standings == {Standing.TOO_FEW, Standing.NOTHING}
    for unknown, code in (("court", "scorecard.nothing"), ("nobody", "unit.unknown")):
        with pytest.raises(Refusal) as refused:
            scorecards.scorecard(unknown, YEAR, at=AT)
        assert refused.value.code == code


def test_a_moment_before_sees_what_was_so_then(story):
    """反馈以前 · 马一反馈以后 · 马二逾期未报 · 年底."""
    for at, on_time, overdue in (
        (moment(4, 9), (0, 0), 0),
        (moment(4, 30), (1, 1), 0),
        (moment(6, 29), (1, 3), 2),
        (AT, (1, 3), 2),
    ):
        card = scorecards.board(YEAR, at=at).card("water")
        assert card is not None
        share = card.shares[Measure.ON_TIME]
        assert ((share.part, share.whole), len(card.overdue)) == (on_time, overdue)


def items(count: int, *, start: int = 0) -> tuple[Item, ...]:
    return tuple(Item(date(2026, 3, 1), f"信{place}", place) for place in range(start, start + count))


def card(code: str, part: int, whole: int) -> Scorecard:
    behind = items(whole)
    shares = {measure: Share(measure) for measure in Measure}
    shares[Measure.ON_TIME] = Share(Measure.ON_TIME, behind, behind[:part])
    return Scorecard(code, code, YEAR, AT, behind, shares, {}, {}, ())


@pytest.mark.parametrize(
    ("counts", "standings"),
    [
        ({"甲": (2, 20), "乙": (19, 20), "丙": (10, 20)}, ["worse", "better", "alike"]),
        ({"甲": (30, 40), "乙": (32, 40)}, ["alike", "alike"]),
        ({"甲": (9, 10), "乙": (10, 10), "丙": (9, 10)}, ["too_few", "too_few", "too_few"]),
        ({"甲": (0, 1), "乙": (30, 30)}, ["too_few", "too_few"]),
        ({"甲": (0, 0), "乙": (30, 40)}, ["nothing", "too_few"]),
    ],
    ids=["差别明显", "差别不大", "各十件", "只有一件", "一个单位没有"],
)
def test_what_two_shares_allow_to_be_said(counts, standings):
    board = board_of([card(code, *count) for code, count in counts.items()], period=YEAR, at=AT)
    found = [board.compared[code, Measure.ON_TIME].standing.value for code in counts]
    assert found == standings


def test_a_near_copy_is_of_another_petition_and_of_the_same_unit_before():
    reports_of_one_unit = [
        Written(1, 10, SAME_WORDS),
        Written(2, 10, SAME_WORDS),  # the same petition once more: no copy
        Written(3, 11, OTHER_WORDS),
        Written(4, 12, SAME_WORDS.replace("2025", "2023")),
    ]
    assert near_copies(reports_of_one_unit) == {4}
    assert near_copies(reversed(reports_of_one_unit)) == {1, 2}
    assert near_copies([]) == frozenset()
