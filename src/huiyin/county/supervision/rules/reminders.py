"""When the office is reminded of an activity: before its start and end, at month ends, after three months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from huiyin.county.supervision.states import ENDED, MUST_DELIBERATE, MUST_REPORT, ActivityKind, ActivityState
from huiyin.kernel.calendar import show_day
from huiyin.kernel.deadlines import add_months
from huiyin.kernel.periods import month_of
from huiyin.kernel.words import Word

AHEAD = timedelta(days=7)
LAST_DAYS_OF_MONTH = timedelta(days=2)
REPORT_MONTHS = 3


class Reminding(Word):
    """提醒事由: what an activity is waiting for."""

    SCHEME = "scheme", "方案待批准"
    START = "start", "即将开始"
    BEGIN = "begin", "应当开始"
    END = "end", "即将结束"
    FINISH = "finish", "应当结束"
    MONTH = "month", "月末进展"
    REPORT = "report", "三个月未提出报告"


@dataclass(frozen=True, slots=True)
class Dates:
    """What the clock needs to know of an activity."""

    kind: ActivityKind
    state: ActivityState
    starts_on: date
    ends_on: date
    finished_on: date | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: why, its words, and the key under which it is told once."""

    why: Reminding
    words: str
    key: str


def reminders(dates: Dates, *, today: date) -> Iterator[Reminder]:
    """Yield what is to be said of an activity on this day; a sweep that missed some days makes up for it."""
    if dates.state in ENDED:
        return
    if dates.state in {ActivityState.PREPARING, ActivityState.APPROVED}:
        yield from _before_it(dates, today)
    if dates.state is ActivityState.UNDER_WAY:
        yield from _during_it(dates, today)
    if dates.state is ActivityState.FINISHED and dates.finished_on is not None:
        yield from _after_it(dates, dates.finished_on, today)


def _before_it(dates: Dates, today: date) -> Iterator[Reminder]:
    day = show_day(dates.starts_on)
    if today >= dates.starts_on:
        yield Reminder(Reminding.BEGIN, f"定于{day}开始，至今未开始", f"begin:{dates.starts_on}")
    elif today >= dates.starts_on - AHEAD:
        if dates.state is ActivityState.PREPARING:
            yield Reminder(Reminding.SCHEME, f"定于{day}开始，方案还没有批准", f"scheme:{dates.starts_on}")
        else:
            yield Reminder(Reminding.START, f"将于{day}开始", f"start:{dates.starts_on}")


def _during_it(dates: Dates, today: date) -> Iterator[Reminder]:
    day = show_day(dates.ends_on)
    if today > dates.ends_on:
        yield Reminder(Reminding.FINISH, f"定于{day}结束，至今未结束", f"finish:{dates.ends_on}")
    elif today >= dates.ends_on - AHEAD:
        yield Reminder(Reminding.END, f"将于{day}结束", f"end:{dates.ends_on}")
    if today >= month_of(today).last - LAST_DAYS_OF_MONTH:
        yield Reminder(Reminding.MONTH, f"正在进行，{today.month}月将尽，请核对进展", f"month:{today:%Y-%m}")


def _after_it(dates: Dates, finished_on: date, today: date) -> Iterator[Reminder]:
    """Yield the word on a report that is still owed three months after: the same-numbered day or month's last."""
    owes = dates.kind in MUST_REPORT | MUST_DELIBERATE
    if owes and today >= add_months(finished_on, REPORT_MONTHS):
        words = f"{show_day(finished_on)}结束，满三个月仍未提出报告或提请审议"
        yield Reminder(Reminding.REPORT, words, f"report:{finished_on}")
