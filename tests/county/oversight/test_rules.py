"""督办: which step may follow which, what each must say, and when the office works (DOMAIN §4)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from huiyin.accounts.roles import Role
from huiyin.county.oversight import rules
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import COMES_AFTER, COUNTS_AGAINST_UNIT, Instrument, Level, Manner, Trigger
from huiyin.kernel.calendar import seed
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
TOMORROW = date(2026, 3, 3)
TAKEN = list(Level)


class Person:
    def __init__(self, *roles: Role) -> None:
        self.role_set = frozenset(roles)


@pytest.mark.parametrize(
    ("level", "trigger", "taken", "refused"),
    [
        (Level.REMINDER, Trigger.OVERDUE, [], False),
        (Level.LETTER, Trigger.OVERDUE, [], True),
        (Level.LETTER, Trigger.OVERDUE, [Level.REMINDER], False),
        (Level.LETTER, Trigger.SHIRKING, [], False),
        (Level.LETTER, Trigger.FRAUD, [], False),
        (Level.LETTER, Trigger.PROCEDURE, [], True),
        (Level.INTERVIEW, Trigger.SHIRKING, [Level.REMINDER], True),
        (Level.INTERVIEW, Trigger.OVERDUE, [Level.REMINDER, Level.LETTER], False),
        (Level.DIRECTORS_MEETING, Trigger.OVERDUE, [Level.LETTER], True),
        (Level.DIRECTORS_MEETING, Trigger.OVERDUE, TAKEN[:3], False),
        (Level.INSTRUMENT, Trigger.FRAUD, TAKEN[:3], True),
        (Level.INSTRUMENT, Trigger.FRAUD, TAKEN[:4], False),
    ],
)
def test_a_step_follows_the_one_before_it_unless_the_conduct_is_grave(level, trigger, taken, refused):
    if not refused:
        rules.check_order(level, trigger, taken)
        return
    before = COMES_AFTER[level]
    assert before is not None
    with pytest.raises(Refusal, match=f"请先{before.label}"):
        rules.check_order(level, trigger, taken)


def test_from_the_letter_on_it_counts_against_the_unit():
    assert frozenset(Level) - {Level.REMINDER} == COUNTS_AGAINST_UNIT


@pytest.mark.parametrize(
    ("level", "approver", "words"),
    [
        (Level.REMINDER, None, None),
        (Level.LETTER, None, "须经批准"),
        (Level.LETTER, Person(Role.HEAD), None),
        (Level.LETTER, Person(Role.CLERK), "需要由法制委负责人"),
        (Level.INTERVIEW, Person(Role.LEADER), None),
        (Level.DIRECTORS_MEETING, Person(Role.HEAD), "需要由常委会领导"),
        (Level.DIRECTORS_MEETING, Person(Role.GROUP_HEAD), None),
    ],
)
def test_what_counts_against_a_unit_needs_who_may_approve_it(level, approver, words):
    if words is None:
        rules.check_approval(level, approver, by_id=1, approver_id=2)
        return
    with pytest.raises(Refusal, match=words):
        rules.check_approval(level, approver, by_id=1, approver_id=2)


def test_nobody_approves_what_is_their_own():
    with pytest.raises(Refusal, match="另一人"):
        rules.check_approval(Level.LETTER, Person(Role.HEAD), by_id=1, approver_id=1)


def entry(level: Level, **values: Any) -> OversightEntry:
    return OversightEntry(level, Trigger.OVERDUE, **{"words": "请尽快反馈", "due_on": TOMORROW, **values})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (entry(Level.REMINDER, words=" "), "请写明催办的事由和要求"),
        (entry(Level.REMINDER, due_on=None), "请写明催办的期限"),
        (entry(Level.LETTER, due_on=date(2026, 3, 2)), "须晚于今天"),
        (entry(Level.INTERVIEW, held_on=TOMORROW, attendees="水局长"), "请选择约谈"),
        (entry(Level.INTERVIEW, manner=Manner.TALK, attendees="水局长"), "请填写约谈督办的日期"),
        (entry(Level.INTERVIEW, manner=Manner.TALK, held_on=TOMORROW), "请填写参加人员"),
        (entry(Level.DIRECTORS_MEETING, due_on=None), "请填写提请主任会议的日期"),
        (entry(Level.INSTRUMENT, due_on=None), "请选择采用的监督手段"),
    ],
)
def test_a_step_says_what_its_letter_needs(given, words):
    with pytest.raises(Refusal, match=words):
        rules.check_entry(given, at=AT)


def test_the_reminder_of_a_repeat_is_sent_by_the_repeat_itself():
    entry = OversightEntry(Level.REMINDER, Trigger.REPEATED, "又来信", due_on=TOMORROW)
    with pytest.raises(Refusal, match="由系统自动发出"):
        rules.check_entry(entry, at=AT)


def test_the_offices_reminder_names_the_clock_the_day_and_a_week_to_mend_it():
    entry = rules.reminder(Trigger.OVERDUE, clock=Clock.REPORT, due_on=date(2026, 3, 1), today=date(2026, 3, 2))
    rules.check_entry(entry, at=AT)
    assert entry.due_on == date(2026, 3, 9)
    assert "报结期限已于2026年3月1日届满" in entry.words


def test_a_complete_step_passes():
    rules.check_entry(entry(Level.REMINDER), at=AT)
    rules.check_entry(entry(Level.INTERVIEW, manner=Manner.TALK, held_on=TOMORROW, attendees="水局长"), at=AT)
    rules.check_entry(entry(Level.INSTRUMENT, due_on=None, instrument=Instrument.APPRAISAL), at=AT)


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        (datetime(2026, 3, 2, 1, 0, tzinfo=UTC), True),  # Monday 09:00
        (datetime(2026, 3, 2, 0, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 9, 29, tzinfo=UTC), True),
        (datetime(2026, 3, 2, 9, 30, tzinfo=UTC), False),  # 17:30 is over
        (datetime(2026, 3, 1, 2, 0, tzinfo=UTC), False),  # Sunday
        (datetime(2026, 2, 14, 2, 0, tzinfo=UTC), True),  # a Saturday worked for the Spring Festival
    ],
)
def test_warnings_are_told_in_working_hours(moment, works):
    assert rules.is_working_time(moment, seed()) is works


@pytest.mark.parametrize(
    ("taken", "then"),
    [([], Level.REMINDER), ([Level.REMINDER], Level.LETTER), ([Level.LETTER], Level.INTERVIEW), (TAKEN, None)],
)
def test_the_next_step_follows_the_highest_one_taken(taken, then):
    assert rules.next_level(taken) is then
