"""When the office may step in, how far, and what each step must say (DOMAIN §4, 督办)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.kernel.calendar import SHANGHAI, Calendar, local_day, show_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

from .states import COMES_AFTER, GRAVE, NEEDS_APPROVAL, SETS_A_LIMIT, Instrument, Level, Manner, Trigger

OVERSEERS = (Role.CLERK, Role.HEAD)
APPROVERS = {
    Level.LETTER: (Role.HEAD, Role.LEADER, Role.GROUP_HEAD),
    Level.INTERVIEW: (Role.HEAD, Role.LEADER, Role.GROUP_HEAD),
    Level.DIRECTORS_MEETING: (Role.LEADER, Role.GROUP_HEAD),
    Level.INSTRUMENT: (Role.LEADER, Role.GROUP_HEAD),
}
REMINDER_TIME = timedelta(days=7)
REMINDER_WORDS = (
    "本件{clock}期限已于{day}届满，至今未收到贵单位反馈。请于期限内办结并反馈结果；确有理由不能按期办结的，书面说明。"
)
OPENS_AT, CLOSES_AT = time(9), time(17, 30)


@dataclass(frozen=True, slots=True)
class OversightEntry:
    """督办: one step as it is taken; ``due_on`` is the new limit, ``held_on`` the day of the talk or meeting."""

    level: Level
    trigger: Trigger
    words: str
    due_on: date | None = None
    manner: Manner | None = None
    held_on: date | None = None
    attendees: str = ""
    instrument: Instrument | None = None


def check_may_oversee(by: Person) -> None:
    """Refuse whoever does not oversee units."""
    check_has_role(by, *OVERSEERS, act="督办")


may_oversee = may(check_may_oversee)


def check_is_open(*, is_with_unit: bool) -> None:
    """Refuse oversight of a unit that owes nothing at the moment."""
    if not is_with_unit:
        raise Refusal("oversight.nothing_owed", "承办单位已经反馈或不再承办，不需要督办")


def is_in_order(level: Level, taken: Collection[Level], *, is_grave: bool) -> bool:
    """Return whether a step may follow those taken; grave conduct may go to a letter at once."""
    before = COMES_AFTER[level]
    return before is None or before in taken or (level is Level.LETTER and is_grave)


def check_order(level: Level, trigger: Trigger, taken: Collection[Level]) -> None:
    """Refuse a step whose forerunner was not taken."""
    before = COMES_AFTER[level]
    if before is not None and not is_in_order(level, taken, is_grave=trigger in GRAVE):
        raise Refusal("oversight.step_skipped", f"请先{before.label}，再{level.label}", needed=before.value)


def check_approval(level: Level, approver: Person | None, *, by_id: int, approver_id: int | None) -> None:
    """Refuse a step that counts against the unit without the second person that it needs."""
    if level not in NEEDS_APPROVAL:
        return
    if approver is None:
        raise Refusal("oversight.approver_missing", f"{level.label}须经批准，请选择批准人")
    if by_id == approver_id:
        raise Refusal("oversight.needs_second_person", f"{level.label}须由另一人批准")
    check_has_role(approver, *APPROVERS[level], act=f"批准{level.label}")


def check_entry(entry: OversightEntry, *, at: datetime) -> None:
    """Refuse a step that lacks what its letter or record must say."""
    today = local_day(at)
    if entry.trigger is Trigger.REPEATED:
        raise Refusal("oversight.repeat_reminds_itself", "重复信访的催办由系统自动发出")
    if not entry.words.strip():
        raise Refusal("oversight.words_missing", f"请写明{entry.level.label}的事由和要求")
    if entry.level in SETS_A_LIMIT and entry.due_on is None:
        raise Refusal("oversight.due_missing", f"请写明{entry.level.label}的期限")
    if entry.due_on is not None and entry.due_on <= today:
        raise Refusal("oversight.due_in_the_past", f"期限{show_day(entry.due_on)}须晚于今天")
    if entry.level is Level.INTERVIEW and entry.manner is None:
        raise Refusal("oversight.manner_missing", "请选择约谈、听取汇报或现场督办")
    if entry.level in {Level.INTERVIEW, Level.DIRECTORS_MEETING} and entry.held_on is None:
        raise Refusal("oversight.held_on_missing", f"请填写{entry.level.label}的日期")
    if entry.level is Level.INTERVIEW and not entry.attendees.strip():
        raise Refusal("oversight.attendees_missing", "请填写参加人员")
    if entry.level is Level.INSTRUMENT and entry.instrument is None:
        raise Refusal("oversight.instrument_missing", "请选择采用的监督手段或建议")


def reminder(trigger: Trigger, *, clock: Clock, due_on: date, today: date) -> OversightEntry:
    """Return the reminder that tells a unit what it is late with and gives it the office's usual time."""
    words = REMINDER_WORDS.format(clock=clock.label, day=show_day(due_on))
    return OversightEntry(Level.REMINDER, trigger, words, due_on=today + REMINDER_TIME)


def check_outcome(outcome: str) -> None:
    """Refuse to end a step without what came of it."""
    if not outcome.strip():
        raise Refusal("oversight.outcome_missing", "请写明督办结果")


def is_working_time(at: datetime, calendar: Calendar) -> bool:
    """Return whether the office works at this moment: warnings are told in working hours only."""
    local = at.astimezone(SHANGHAI)
    return calendar.is_working_day(local.date()) and OPENS_AT <= local.time() < CLOSES_AT


def next_level(taken: Collection[Level]) -> Level | None:
    """Return the step that follows the highest one taken; None after the last."""
    order = list(Level)
    reached = max((order.index(level) for level in taken), default=-1)
    return order[reached + 1] if reached + 1 < len(order) else None
