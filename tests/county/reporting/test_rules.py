"""Closing a period as a rule book: what, by whom, in which state, with which gaps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiyin.accounts.roles import Role
from huiyin.county.analysis.rules import Missing
from huiyin.county.registry.states import Channel, Confidentiality
from huiyin.county.reporting import rules
from huiyin.county.reporting.changes import Drift, changes_of
from huiyin.county.reporting.states import MOVES, ChangeKind, GapStep, PeriodKind, PeriodState
from huiyin.kernel.periods import Period, month, quarter, year
from huiyin.kernel.refusal import Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Person:
    def __init__(self, *roles: Role) -> None:
        self.role_set = frozenset(roles)


def refused(code: str, check: Callable[..., object], *args: object, **values: object) -> str:
    with pytest.raises(Refusal) as told:
        check(*args, **values)
    assert told.value.code == code
    return told.value.words


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        (rules.may_prepare, {Role.CLERK}),
        (rules.may_approve, {Role.HEAD}),
        (rules.may_reopen, {Role.HEAD}),
        (rules.may_give_up, {Role.CLERK, Role.HEAD}),
        (
            rules.may_see_periods,
            {Role.CLERK, Role.HEAD, Role.LEADER, Role.GROUP_HEAD, Role.RESTRICTED, Role.AUDITOR},
        ),
    ],
    ids=["核对", "审定", "重新打开", "放弃", "查看"],
)
def test_each_part_of_the_closing_has_its_people(question, roles):
    assert {role for role in Role if question(Person(role))} == roles


@pytest.mark.parametrize(
    ("period", "kind", "written"),
    [
        (month("2026-03"), PeriodKind.MONTH, "2026-03"),
        (quarter(2026, 1), PeriodKind.QUARTER, "2026-Q1"),
        (quarter(2026, 4), PeriodKind.QUARTER, "2026-Q4"),
        (year(2026), PeriodKind.YEAR, "2026"),
    ],
    ids=["月", "一季度", "四季度", "年"],
)
def test_months_quarters_and_years_are_closed_and_written_in_addresses(period, kind, written):
    assert (rules.kind_of(period), rules.written(period), rules.period_written(written)) == (kind, written, period)


@pytest.mark.parametrize("written", ["2026-13", "2026-Q5", "2026-Q0", "年", "26", "2026-3", "0001"])
def test_what_is_no_period_is_refused(written):
    with pytest.raises(Refusal):
        rules.period_written(written)


@pytest.mark.parametrize(
    ("period", "on", "code"),
    [
        (month("2026-02"), date(2026, 3, 1), None),  # the day after its last
        (month("2026-03"), date(2026, 3, 31), "period.not_over"),  # the last day itself is not over
        (quarter(2026, 1), date(2026, 4, 1), None),
        (quarter(2026, 1), date(2026, 3, 31), "period.not_over"),
        (year(2025), date(2026, 1, 1), None),
        (year(2026), date(2026, 12, 31), "period.not_over"),
        (Period(date(2026, 2, 1), date(2026, 2, 27)), date(2026, 3, 1), "period.not_reportable"),
        (Period(date(2026, 2, 1), date(2026, 4, 30)), date(2026, 5, 1), "period.not_reportable"),  # no quarter
    ],
)
def test_a_whole_period_is_closed_once_it_is_over(period, on, code):
    at = datetime(on.year, on.month, on.day, 0, 0, tzinfo=SHANGHAI)
    assert rules.is_closable(period, at=at) is (code is None)
    if code is not None:
        refused(code, rules.check_closable, period, at=at)


@pytest.mark.parametrize(
    ("standing", "code"),
    [
        (PeriodState.PREPARED, "period.prepared_already"),
        (PeriodState.LOCKED, "period.locked"),
        (PeriodState.REOPENED, None),
        (PeriodState.GIVEN_UP, None),
        (None, None),
    ],
)
def test_nobody_reconciles_what_waits_or_is_locked(standing, code):
    if code is None:
        rules.check_preparable(standing, label="2026年3月", version=1)
    else:
        words = refused(code, rules.check_preparable, standing, label="2026年3月", version=1)
        assert words.startswith("2026年3月第1版")
    assert rules.is_standing(standing or PeriodState.REOPENED) is (code is not None)


@pytest.mark.parametrize("now", PeriodState)
@pytest.mark.parametrize("then", PeriodState)
def test_a_version_takes_the_steps_of_the_table_and_no_others(now, then):
    allowed = {
        (PeriodState.PREPARED, PeriodState.LOCKED),
        (PeriodState.PREPARED, PeriodState.GIVEN_UP),
        (PeriodState.LOCKED, PeriodState.REOPENED),
    }
    if (now, then) in allowed:
        rules.check_move(now, then)
    else:
        refused("period.bad_move", rules.check_move, now, then)


def test_every_state_stands_in_the_table():
    assert set(MOVES) == set(PeriodState)


def test_a_period_is_closed_by_two_people():
    rules.check_second_person(approver_id=2, preparer_id=1)
    refused("period.same_person", rules.check_second_person, approver_id=1, preparer_id=1)


@pytest.mark.parametrize(("reason", "is_enough"), [("", False), (" 补 ", False), ("补登", True), ("补" * 301, False)])
def test_what_leaves_a_trace_says_why(reason, is_enough):
    if is_enough:
        rules.check_reason(reason, act="重新打开")
    else:
        assert "重新打开须写明原因" in refused("period.reason_missing", rules.check_reason, reason, act="重新打开")


LINE = Missing(
    receipt_id=1,
    receipt_number="收1",
    petition_id=11,
    petition_number="信1",
    channel=Channel.LETTER,
    received_on=date(2026, 3, 2),
    confidentiality=Confidentiality.ORDINARY,
    what="",
    owner="马会计",
)


def lacking(what: str, **values: Any) -> Missing:
    return replace(LINE, what=what, **values)


UNREGISTERED = {"petition_id": None, "petition_number": "", "owner": "收发老周"}


@pytest.mark.parametrize(
    ("missing", "gaps"),
    [
        ({}, []),
        (  # 未登记的，后面各环节不再列
            {step: [lacking("尚未登记", **UNREGISTERED)] for step in GapStep},
            [(GapStep.REGISTER, "收1", "收发老周")],
        ),
        (  # 未归类的，等归类以后才谈交办和答复
            {
                GapStep.CLASSIFY: [lacking("尚未归类")],
                GapStep.ASSIGN: [lacking("尚未作出处理决定")],
                GapStep.ANSWER: [lacking("尚未答复")],
            },
            [(GapStep.CLASSIFY, "信1", "马会计")],
        ),
        (  # 原件校验值不符，另列；不妨碍下一步
            {
                GapStep.REGISTER: [lacking("原件与校验值不符")],
                GapStep.ANSWER: [lacking("承办单位尚未办结", owner="县水务局·何立群")],
            },
            [(GapStep.REGISTER, "信1", "马会计"), (GapStep.ANSWER, "信1", "县水务局·何立群")],
        ),
        (  # 一信两件：各列各的
            {
                GapStep.ASSIGN: [lacking("尚未作出处理决定")],
                GapStep.ANSWER: [
                    lacking("尚未作出处理决定"),
                    lacking("尚未答复", petition_id=12, petition_number="信2"),
                ],
            },
            [(GapStep.ASSIGN, "信1", "马会计"), (GapStep.ANSWER, "信2", "马会计")],
        ),
    ],
    ids=["没有缺漏", "未登记", "未归类", "原件不符", "一信两件"],
)
def test_each_gap_is_the_next_step_with_its_owner(missing, gaps):
    found = rules.gaps_of(missing)
    assert [(gap.step, gap.number, gap.owner) for gap in found] == gaps
    assert [rules.Gap.from_values(gap.as_values()) for gap in found] == list(found)


def figure(indicator: str, part: int, whole: int, channel: str = "letter") -> dict[str, object]:
    return {"indicator": indicator, "channel": channel, "part": part, "whole": whole}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (figure("M4", 3, 10), figure("M4", 8, 10), ChangeKind.PROGRESS),
        (figure("satisfied", 2, 3), figure("satisfied", 4, 6), ChangeKind.PROGRESS),
        (figure("M1", 10, 10), figure("M1", 11, 11), ChangeKind.CORRECTION),
        (figure("M1", 9, 10), figure("M1", 10, 10), ChangeKind.CORRECTION),
        (figure("M4", 8, 10), figure("M4", 7, 10), ChangeKind.CORRECTION),
        (figure("repeated", 3, 10), figure("repeated", 2, 10), ChangeKind.CORRECTION),
        (figure("timely_report", 3, 5), figure("timely_report", 4, 5), ChangeKind.CORRECTION),
        (figure("M4", 3, 10), figure("M4", 3, 11), ChangeKind.CORRECTION),
        (figure("M4x", 3, 10), figure("M4x", 3, 9), ChangeKind.PROGRESS),
        (figure("M4x", 3, 10), figure("M4x", 2, 10), ChangeKind.CORRECTION),
    ],
    ids=[
        "后来答复",
        "后来评价",
        "补登一件",
        "补办登记",
        "撤销送达",
        "改为初次",
        "更正报结",
        "多一件收件",
        "联系不上",
        "撤销答复",
    ],
)
def test_later_work_is_told_from_what_was_registered_late_or_corrected(before, after, kind):
    (change,) = changes_of([before], [after])
    assert (change.kind, Drift((change,), ()).is_correction) == (kind, kind is ChangeKind.CORRECTION)


def test_a_number_that_stands_on_one_side_only_was_nothing_on_the_other():
    found = changes_of([figure("M1", 1, 1)], [figure("M1", 1, 1), figure("M1", 2, 2, "web")])
    assert [(one.channel, one.before, one.after) for one in found] == [("web", (0, 0), (2, 2))]
    assert Drift((), ()).is_still


def cell(category: str, part: int, whole: int) -> dict[str, object]:
    return {**figure("M1", part, whole), "purpose": "claim" if category else "", "category": category}


@pytest.mark.parametrize(
    ("before", "after", "is_correction"),
    [
        ([cell("01", 1, 1)], [cell("02", 1, 1)], True),
        ([cell("", 1, 1)], [cell("02", 1, 1)], False),
        ([cell("01", 1, 1)], [cell("", 1, 1)], True),
    ],
    ids=["改了分类", "后来归类", "撤销归类"],
)
def test_items_that_moved_to_another_class_are_a_correction(before, after, is_correction):
    drift = Drift((), changes_of(before, after, divided=True))
    assert (len(drift.cells), drift.is_correction, drift.is_still) == (2, is_correction, False)
