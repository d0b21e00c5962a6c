"""Deadlines as the office's rule book counts them; every row is a date somebody could ask about."""

import json
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from huiyin.kernel.calendar import Calendar, DayEntry, DayKind, seed
from huiyin.kernel.clocks import STARTS, Clock, TimeUnit
from huiyin.kernel.deadlines import (
    Due,
    Explicit,
    Source,
    WarningDay,
    add_months,
    compute,
    deemed_received_on,
    explicit_date,
    extend,
    recompute,
    set_by_letter,
    warning_days,
)
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import RuleSet, load_folder

FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None)
DAYS = st.dates(date(2005, 5, 1), date(2040, 12, 31))
RULESETS = Path(__file__).parents[2] / "tenants" / "rulesets"


@cache
def rules(code: str = "R22") -> RuleSet:
    return next(ruleset for ruleset in load_folder(RULESETS) if ruleset.code == code)


def due(clock: Clock, start_on: date, code: str = "R22") -> Due:
    return compute(clock=clock, start_on=start_on, ruleset=rules(code), calendar=seed())


def extended(before: Due, amount: int, asked_on: date, approver: str = "王主任", code: str = "R22") -> Due:
    return extend(
        before,
        amount=amount,
        asked_on=asked_on,
        approver=approver,
        approved_on=asked_on,
        ruleset=rules(code),
        calendar=seed(),
    )


def letter(due_on: date, approver: str | None = None) -> Explicit:
    return Explicit(due_on=due_on, source=Source.LETTER, reference="青人信〔2026〕交7号", approver=approver)


@pytest.mark.parametrize(
    ("code", "clock", "start_on", "unmoved_on", "due_on"),
    [
        # registration: the same day, or the next working day after a weekend
        ("R22", Clock.REGISTER, date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 2)),
        ("R22", Clock.REGISTER, date(2026, 3, 7), date(2026, 3, 7), date(2026, 3, 9)),
        ("R22", Clock.REGISTER, date(2026, 9, 20), date(2026, 9, 20), date(2026, 9, 20)),  # a Sunday made up for
        ("R22", Clock.URGENT_REGISTER, date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 8)),
        # working days
        ("R22", Clock.CLASSIFY, date(2026, 3, 4), date(2026, 3, 9), date(2026, 3, 9)),
        ("R22", Clock.OBJECTION, date(2026, 2, 12), date(2026, 2, 26), date(2026, 2, 26)),
        ("R22", Clock.OBJECTION, date(2026, 9, 17), date(2026, 9, 23), date(2026, 9, 23)),  # Sunday 20th counts
        ("R22", Clock.OBJECTION, date(2026, 12, 30), date(2027, 1, 7), date(2027, 1, 7)),  # into 2027, provisional
        ("HENAN", Clock.OBJECTION, date(2026, 3, 2), date(2026, 3, 7), date(2026, 3, 9)),  # 河南: five days, no 工作日
        (
            "ZHEJIANG",
            Clock.DISPOSITION,
            date(2026, 4, 29),
            date(2026, 5, 9),
            date(2026, 5, 9),
        ),  # a Saturday made up for
        # days
        ("R22", Clock.DISPOSITION, date(2026, 3, 2), date(2026, 3, 17), date(2026, 3, 17)),
        ("R22", Clock.DISPOSITION, date(2026, 9, 20), date(2026, 10, 5), date(2026, 10, 8)),  # out of the golden week
        ("R22", Clock.DISPOSITION, date(2026, 1, 30), date(2026, 2, 14), date(2026, 2, 14)),  # a Saturday that works
        ("R22", Clock.DISPOSITION, date(2026, 12, 17), date(2027, 1, 1), date(2027, 1, 4)),  # New Year
        ("HENAN", Clock.DISPOSITION, date(2026, 3, 2), date(2026, 3, 7), date(2026, 3, 9)),
        ("SHANGHAI", Clock.NOTICE, date(2026, 3, 2), date(2026, 3, 17), date(2026, 3, 17)),
        ("R05", Clock.DISPOSITION, date(2022, 4, 30), date(2022, 5, 15), date(2022, 5, 16)),
        ("R05", Clock.FINISH, date(2019, 12, 31), date(2020, 2, 29), date(2020, 3, 2)),  # leap day, a Saturday
        ("R22", Clock.FINISH, date(2026, 3, 2), date(2026, 5, 1), date(2026, 5, 6)),
        ("HENAN", Clock.FINISH, date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 1)),
        ("HENAN", Clock.REPORT, date(2026, 3, 2), date(2026, 5, 31), date(2026, 6, 1)),
        ("ZHEJIANG", Clock.FINISH, date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 1)),
        ("R22", Clock.PROGRESS, date(2026, 1, 31), date(2026, 3, 2), date(2026, 3, 2)),
        ("R22", Clock.RECTIFICATION, date(2026, 3, 4), date(2026, 3, 14), date(2026, 3, 16)),
        ("R22", Clock.SIMPLE_REPLY, date(2026, 9, 28), date(2026, 10, 16), date(2026, 10, 16)),  # Saturday 10th counts
        # months: the same-numbered day, or the month's last
        ("R22", Clock.OPINION_ANSWER, date(2026, 3, 9), date(2026, 6, 9), date(2026, 6, 9)),
        ("R22", Clock.OPINION_ANSWER, date(2025, 11, 30), date(2026, 2, 28), date(2026, 2, 28)),  # a working Saturday
        ("R22", Clock.OPINION_ANSWER, date(2023, 11, 30), date(2024, 2, 29), date(2024, 2, 29)),
        ("R22", Clock.OPINION_ANSWER, date(2026, 3, 31), date(2026, 6, 30), date(2026, 6, 30)),
        ("R22", Clock.OPINION_ANSWER, date(2026, 10, 31), date(2027, 1, 31), date(2027, 2, 1)),
    ],
)
def test_a_step_is_due(code: str, clock: Clock, start_on: date, unmoved_on: date, due_on: date) -> None:
    found = due(clock, start_on, code)
    assert (found.unmoved_on, found.due_on) == (unmoved_on, due_on)


@pytest.mark.parametrize(
    ("due_on", "done_on", "overdue"),
    [
        (date(2026, 4, 1), None, True),  # never reported, and today is 2 April
        (date(2026, 4, 1), date(2026, 4, 1), False),  # the last day is in time
        (date(2026, 4, 1), date(2026, 4, 2), True),
        (date(2026, 4, 2), None, False),  # today is the last day
    ],
)
def test_a_step_is_overdue_after_its_last_day(due_on: date, done_on: date | None, overdue: bool) -> None:
    step = replace(due(Clock.REPORT, date(2026, 1, 30)), due_on=due_on)
    assert step.is_overdue(done_on=done_on, today=date(2026, 4, 2)) is overdue


@pytest.mark.parametrize(
    ("code", "clock"),
    [("R05", Clock.OBJECTION), ("R05", Clock.SIMPLE_ACCEPT), ("HENAN", Clock.NOTICE), ("R22", Clock.OVERSIGHT)],
)
def test_a_step_the_rule_set_does_not_know_is_refused(code: str, clock: Clock) -> None:
    with pytest.raises(Refusal, match=f"没有规定“{clock.label}”的期限"):
        due(clock, date(2026, 3, 2), code)


def test_every_clock_says_what_it_is_counted_from() -> None:
    assert set(STARTS) == set(Clock)


# the explanation


def test_a_date_explains_start_rule_skipped_days_and_make_up_days() -> None:
    assert due(Clock.OBJECTION, date(2026, 9, 17)).explain() == (
        "提出异议期限：2026年9月23日（周三）",
        "起算：2026年9月17日（承办单位收到之日，当日不计）",
        "依据：《信访工作条例》第二十三条第三款，5个工作日",
        "不计入：2026年9月19日（周六，休息日）",
        "计入：2026年9月20日（周日，国庆节调休上班）",
    )


def test_a_date_explains_move_and_extension() -> None:
    found = extended(due(Clock.FINISH, date(2026, 8, 3)), 30, date(2026, 9, 30))
    assert found.explain() == (
        "转办办结期限：2026年11月2日（周一）",
        "起算：2026年8月3日（受理之日，当日不计）",
        "依据：《信访工作条例》第三十四条，60日",
        "延期：2026年9月30日申请，王主任于2026年9月30日批准，延长30日（《信访工作条例》第三十四条）",
        "顺延：2026年11月1日（周日，休息日），顺延至2026年11月2日",
    )
    assert found.sentence() == (
        "转办办结：截至2026年11月2日（周一），自2026年8月3日起60日（《信访工作条例》第三十四条，延长30日，遇休息日顺延）"
    )


def test_a_provisional_date_says_so() -> None:
    found = due(Clock.DISPOSITION, date(2026, 12, 17))
    assert found.provisional
    assert found.explain()[-1] == "暂定：所涉年份的放假安排尚未公布，按星期和法定假日推算，公布后重新计算"
    assert "暂定" in found.sentence()


@FEW
@given(start_on=DAYS, clock=st.sampled_from(sorted(rules().steps)))
def test_every_date_survives_its_json_column(start_on: date, clock: Clock) -> None:
    found = due(clock, start_on)
    assert Due.from_values(json.loads(json.dumps(found.as_values()))) == found


def test_a_date_with_everything_survives_its_json_column() -> None:
    found = extended(due(Clock.FINISH, date(2026, 8, 3)), 30, date(2026, 9, 30))
    found = explicit_date(found, explicit=letter(date(2026, 10, 15)), calendar=seed())
    read = Due.from_values(json.loads(json.dumps(found.as_values(), ensure_ascii=False)))
    assert read == found
    assert read.explain() == found.explain()


# extensions


@pytest.mark.parametrize(
    ("code", "clock", "amounts", "refused"),
    [
        ("R22", Clock.FINISH, [30], None),
        ("R22", Clock.FINISH, [31], "deadline.extension_beyond_cap"),
        ("R22", Clock.FINISH, [20, 10], None),
        ("R22", Clock.FINISH, [20, 11], "deadline.extension_beyond_cap"),  # all extensions together
        ("R22", Clock.FINISH, [0], "deadline.extension_beyond_cap"),
        ("R22", Clock.FINISH, [-5], "deadline.extension_beyond_cap"),
        ("R05", Clock.FINISH, [30], None),
        ("HENAN", Clock.REPORT, [90], None),
        ("HENAN", Clock.REPORT, [91], "deadline.extension_beyond_cap"),
        ("ZHEJIANG", Clock.FINISH, [60], None),
        ("ZHEJIANG", Clock.FINISH, [61], "deadline.extension_beyond_cap"),
        ("R22", Clock.DISPOSITION, [1], "deadline.no_extension"),
    ],
)
def test_an_extension_stays_within_the_cap(code: str, clock: Clock, amounts: list[int], refused: str | None) -> None:
    found = due(clock, date(2026, 3, 2), code)
    codes = None
    try:
        for amount in amounts:
            found = extended(found, amount, date(2026, 3, 10), code=code)
    except Refusal as refusal:
        codes = refusal.code
    assert codes == refused
    if refused is None:
        assert found.unmoved_on == due(clock, date(2026, 3, 2), code).unmoved_on + timedelta(days=sum(amounts))


@pytest.mark.parametrize(
    ("asked_on", "refused"),
    [(date(2026, 5, 6), None), (date(2026, 5, 7), "deadline.extension_after_due")],  # the last day is in time
)
def test_an_extension_is_asked_before_the_due_date_is_over(asked_on: date, refused: str | None) -> None:
    found = due(Clock.FINISH, date(2026, 3, 2))
    assert (found.unmoved_on, found.due_on) == (date(2026, 5, 1), date(2026, 5, 6))
    if refused is None:
        assert extended(found, 10, asked_on).due_on == date(2026, 5, 11)
    else:
        with pytest.raises(Refusal) as refusal:
            extended(found, 10, asked_on)
        assert refusal.value.code == refused


def test_an_extension_names_its_approver_and_is_approved_after_it_was_asked() -> None:
    found = due(Clock.FINISH, date(2026, 3, 2))
    with pytest.raises(Refusal, match="批准人"):
        extended(found, 10, date(2026, 4, 1), approver=" ")
    with pytest.raises(Refusal, match="批准日期早于申请日期"):
        extend(
            found,
            amount=10,
            asked_on=date(2026, 4, 2),
            approver="王主任",
            approved_on=date(2026, 4, 1),
            ruleset=rules(),
            calendar=seed(),
        )


# explicit dates


@pytest.mark.parametrize(
    ("named_on", "approver", "due_on"),
    [
        (date(2026, 4, 10), None, date(2026, 4, 10)),  # earlier wins
        (date(2026, 4, 11), None, date(2026, 4, 11)),  # and stands as written, though a Saturday
        (date(2026, 5, 1), None, date(2026, 5, 1)),  # on the day before the move
        (date(2026, 5, 6), None, date(2026, 5, 6)),  # the computed day itself
        (date(2026, 6, 1), "王主任", date(2026, 6, 1)),  # later, approved
    ],
)
def test_a_named_date_wins_when_it_is_earlier_or_approved(named_on: date, approver: str | None, due_on: date) -> None:
    before = due(Clock.FINISH, date(2026, 3, 2))
    found = explicit_date(before, explicit=letter(named_on, approver), calendar=seed())
    assert found.due_on == due_on
    assert found.explicit == letter(named_on, approver)
    assert any(line.startswith("指定：文书载明（青人信〔2026〕交7号）") for line in found.explain())


def test_a_later_named_date_without_approval_is_refused() -> None:
    with pytest.raises(Refusal, match="2026年5月7日晚于规定的2026年5月6日，须经批准"):
        explicit_date(due(Clock.FINISH, date(2026, 3, 2)), explicit=letter(date(2026, 5, 7)), calendar=seed())


def test_a_named_date_before_the_start_is_refused() -> None:
    with pytest.raises(Refusal, match="早于起算之日"):
        explicit_date(due(Clock.FINISH, date(2026, 3, 2)), explicit=letter(date(2026, 3, 1)), calendar=seed())


def test_an_extension_goes_on_from_a_named_date() -> None:
    found = explicit_date(due(Clock.FINISH, date(2026, 3, 2)), explicit=letter(date(2026, 4, 11)), calendar=seed())
    assert extended(found, 7, date(2026, 4, 1)).unmoved_on == date(2026, 4, 18)


def test_oversight_has_only_the_date_of_its_letter() -> None:
    found = set_by_letter(
        clock=Clock.OVERSIGHT,
        start_on=date(2026, 3, 2),
        explicit=letter(date(2026, 3, 20)),
        ruleset=rules(),
        calendar=seed(),
    )
    assert (found.due_on, found.step, found.provisional) == (date(2026, 3, 20), None, False)
    assert Due.from_values(json.loads(json.dumps(found.as_values()))) == found
    with pytest.raises(Refusal, match="不能延期"):
        extended(found, 3, date(2026, 3, 3))


# the calendar arrives

CALENDAR_OF_2027 = Calendar.of(
    [
        *seed().entries(),
        DayEntry(date(2027, 1, 1), DayKind.REST, "元旦"),
        DayEntry(date(2027, 1, 4), DayKind.REST, "元旦"),
        DayEntry(date(2027, 1, 9), DayKind.WORK, "元旦"),
    ],
    seed().announced_years | {2027},
)


@pytest.mark.parametrize(
    ("clock", "start_on", "before", "after"),
    [
        (Clock.DISPOSITION, date(2026, 12, 17), date(2027, 1, 4), date(2027, 1, 5)),  # the move goes a day farther
        (Clock.OBJECTION, date(2026, 12, 30), date(2027, 1, 7), date(2027, 1, 8)),  # one working day fewer
        (Clock.OBJECTION, date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 9)),  # a Saturday came to work
        (Clock.FINISH, date(2026, 12, 17), date(2027, 2, 15), date(2027, 2, 15)),  # untouched, now certain
    ],
)
def test_a_provisional_date_is_recomputed_when_its_year_is_announced(
    clock: Clock, start_on: date, before: date, after: date
) -> None:
    provisional = due(clock, start_on)
    certain = recompute(provisional, CALENDAR_OF_2027)
    assert (provisional.due_on, provisional.provisional) == (before, True)
    assert (certain.due_on, certain.provisional) == (after, False)
    assert (certain.start_on, certain.step) == (provisional.start_on, provisional.step)


def test_extensions_and_named_dates_are_kept_when_a_date_is_recomputed() -> None:
    found = extended(due(Clock.FINISH, date(2026, 11, 2)), 30, date(2026, 12, 1))
    assert found.provisional
    certain = recompute(found, CALENDAR_OF_2027)
    assert certain.changes == found.changes
    assert certain.unmoved_on == date(2026, 11, 2) + timedelta(days=90)
    named = explicit_date(found, explicit=letter(date(2027, 1, 4)), calendar=seed())
    assert recompute(named, CALENDAR_OF_2027).due_on == date(2027, 1, 4)


def test_recomputing_by_the_same_calendar_changes_nothing() -> None:
    found = extended(due(Clock.FINISH, date(2026, 8, 3)), 30, date(2026, 9, 30))
    assert recompute(found, seed()) == found


# receipt and warnings


@pytest.mark.parametrize(
    ("delivered_on", "deemed_on"),
    [
        (date(2026, 3, 2), date(2026, 3, 5)),
        (date(2026, 3, 5), date(2026, 3, 10)),
        (date(2026, 2, 13), date(2026, 2, 25)),  # one make-up Saturday, then the Spring Festival
    ],
)
def test_an_assignment_not_signed_is_deemed_received(delivered_on: date, deemed_on: date) -> None:
    assert deemed_received_on(delivered_on, rules(), seed()) == deemed_on


def test_warnings_use_the_date_before_the_move() -> None:
    assert warning_days(due(Clock.FINISH, date(2026, 3, 2))) == (
        WarningDay(date(2026, 4, 21), 10),
        WarningDay(date(2026, 4, 28), 3),
        WarningDay(date(2026, 5, 1), 0),
    )


def test_nobody_is_warned_before_the_clock_runs() -> None:
    assert warning_days(due(Clock.CLASSIFY, date(2026, 3, 2))) == (WarningDay(date(2026, 3, 5), 0),)


# against a brute-force counter


def counted_by_hand(start: date, amount: int, unit: TimeUnit) -> date:
    """Walk day by day, knowing nothing but which days are worked."""
    day, left = start, amount
    if unit is TimeUnit.MONTHS:
        year, month = start.year, start.month
        for _ in range(amount):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return date(year, month, min(start.day, monthrange(year, month)[1]))
    while left:
        day += timedelta(days=1)
        left -= 1 if unit is TimeUnit.DAYS or seed().is_working_day(day) else 0
    return day


@FEW
@given(
    start_on=DAYS, code=st.sampled_from(["R05", "R22", "HENAN", "SHANGHAI", "ZHEJIANG"]), clock=st.sampled_from(Clock)
)
def test_a_date_agrees_with_counting_day_by_day(start_on: date, code: str, clock: Clock) -> None:
    ruleset = rules(code)
    assume(ruleset.has(clock))
    found = due(clock, start_on, code)
    unmoved = counted_by_hand(start_on, ruleset.step(clock).amount, ruleset.step(clock).unit)
    moved = unmoved
    while not seed().is_working_day(moved):
        moved += timedelta(days=1)
    assert (found.unmoved_on, found.due_on) == (unmoved, moved)
    span = [start_on + timedelta(days=offset + 1) for offset in range((unmoved - start_on).days)]
    if ruleset.step(clock).unit is TimeUnit.WORKING_DAYS:
        assert [note.day for note in found.skipped] == [day for day in span if not seed().is_working_day(day)]
    else:
        assert found.skipped == ()
    assert [note.day for note in found.moved_over] == [
        unmoved + timedelta(days=offset) for offset in range((moved - unmoved).days)
    ]
    assert found.provisional == (moved.year > 2026 or (found.skipped != () and found.skipped[-1].day.year > 2026))


@FEW
@given(start_on=DAYS, later=st.integers(0, 30), clock=st.sampled_from(sorted(rules().steps)))
def test_who_starts_later_is_never_due_earlier(start_on: date, later: int, clock: Clock) -> None:
    assert due(clock, start_on).due_on <= due(clock, start_on + timedelta(days=later)).due_on


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),  # the same-numbered day, not the month's end
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_months_end_on_the_same_numbered_day_or_the_months_last(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then
