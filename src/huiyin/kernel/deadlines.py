"""Deadlines: the one place that computes a due date, together with the explanation of how it came about.

Counting: the day of the event is day 0; months end on the same-numbered day or on the month's last;
a due date on a rest day moves to the next working day, while warnings use the date before that move.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from pydantic import TypeAdapter

from .calendar import Calendar, days_after, show_day, show_weekday
from .clocks import STARTS, Clock, TimeUnit
from .refusal import Refusal
from .rulesets import RuleSet, Step
from .words import Word

WARN_BEFORE = (10, 3, 0)
MONTHS_IN_YEAR = 12


class Source(Word):
    """Who named an explicit date."""

    LETTER = "letter", "文书载明"
    SUPERIOR = "superior", "上级要求"


@dataclass(frozen=True, slots=True)
class DayNote:
    """A day that was skipped, or counted although it is a weekend, and why."""

    day: date
    reason: str

    def __str__(self) -> str:
        """Say the day, its weekday and the reason."""
        return f"{show_day(self.day)}（{show_weekday(self.day)}，{self.reason}）"


@dataclass(frozen=True, slots=True)
class Extension:
    """延期: time added by someone who may add it; asked for before the due date."""

    amount: int
    unit: TimeUnit
    approver: str
    asked_on: date
    approved_on: date
    basis: str


@dataclass(frozen=True, slots=True)
class Explicit:
    """A date named outright, by a letter or from above; a later one than computed carries its approver."""

    due_on: date
    source: Source
    reference: str
    approver: str | None = None


Change = Extension | Explicit


@dataclass(frozen=True, slots=True)
class Due:
    """A due date that explains itself.

    ``unmoved_on`` is the day before the move off a rest day: warnings use it. ``step`` is the rule's own
    entry; it is None where only a letter set the date. ``changes`` are the extensions and explicit dates
    in the order in which they were made.
    """

    clock: Clock
    start_on: date
    due_on: date
    unmoved_on: date
    provisional: bool
    rule: str
    basis: str
    step: Step | None
    skipped: tuple[DayNote, ...] = ()
    made_up: tuple[DayNote, ...] = ()
    moved_over: tuple[DayNote, ...] = ()
    changes: tuple[Change, ...] = ()
    named: bool = False

    @property
    def moved(self) -> bool:
        """Whether the date was moved off a rest day."""
        return self.due_on != self.unmoved_on

    @property
    def extensions(self) -> tuple[Extension, ...]:
        """Return the extensions in order."""
        return tuple(change for change in self.changes if isinstance(change, Extension))

    @property
    def explicit(self) -> Explicit | None:
        """Return the explicit date named last, or None."""
        return next((change for change in reversed(self.changes) if isinstance(change, Explicit)), None)

    def is_overdue(self, *, done_on: date | None, today: date) -> bool:
        """Whether it was done late, or is not done and the last day is over; the last day is in time."""
        return (done_on or today) > self.due_on

    def explain(self) -> tuple[str, ...]:
        """Return the whole explanation, a line for each thing that made the date."""
        return tuple(explanation(self))

    def sentence(self) -> str:
        """Return the explanation in one line, for a table or a letter."""
        length = "" if self.step is None else f"起{self.step.length}"
        marks = [
            *(f"延长{one.amount}{one.unit.label}" for one in self.extensions),
            *([self.explicit.source.label] if self.named and self.explicit is not None else []),
            *(["遇休息日顺延"] if self.moved else []),
            *(["暂定"] if self.provisional else []),
        ]
        return (
            f"{self.clock.label}：截至{show_day(self.due_on)}（{show_weekday(self.due_on)}），"
            f"自{show_day(self.start_on)}{length}（{'，'.join([self.basis, *marks])}）"
        )

    def as_values(self) -> dict[str, object]:
        """Return the due date as plain values for a JSON column."""
        values: dict[str, object] = ADAPTER.dump_python(self, mode="json")
        return values

    @classmethod
    def from_values(cls, values: Mapping[str, object]) -> Self:
        """Read back what ``as_values`` wrote."""
        due = ADAPTER.validate_python(values, strict=False)
        return cls(**{name: getattr(due, name) for name in cls.__slots__})


ADAPTER: TypeAdapter[Due] = TypeAdapter(Due)


@dataclass(frozen=True, slots=True)
class WarningDay:
    """A day on which the owner is warned, and how many days are then left."""

    on: date
    days_left: int


def compute(*, clock: Clock, start_on: date, ruleset: RuleSet, calendar: Calendar) -> Due:
    """Compute when a step is due, counted from the day of its event, by the rule set."""
    step = ruleset.step(clock)
    blank = Due(
        clock=clock, start_on=start_on, due_on=start_on, unmoved_on=start_on, provisional=False,
        rule=ruleset.code, basis=ruleset.cite(step), step=step,
    )  # fmt: skip
    return recompute(blank, calendar)


def set_by_letter(*, clock: Clock, start_on: date, explicit: Explicit, ruleset: RuleSet, calendar: Calendar) -> Due:
    """Return the due date of a step to which only a letter gives a limit, such as 督办函 or 指定办理期限."""
    check_not_before_start(explicit, start_on)
    blank = Due(
        clock=clock, start_on=start_on, due_on=explicit.due_on, unmoved_on=explicit.due_on, provisional=False,
        rule=ruleset.code, basis=explicit.reference, step=None, changes=(explicit,),
    )  # fmt: skip
    return recompute(blank, calendar)


def extend(
    due: Due, *, amount: int, asked_on: date, approver: str, approved_on: date, ruleset: RuleSet, calendar: Calendar
) -> Due:
    """延期: return the due date with time added, counted on from the day before any move (R22 §34).

    This function will refuse an extension the rule set does not know, one asked after the due date,
    one without an approver, and one that makes all extensions together longer than the cap.
    """
    rule = None if due.step is None else due.step.extension
    if rule is None:
        raise Refusal("deadline.no_extension", f"“{due.clock.label}”的期限不能延期", clock=due.clock.value)
    if asked_on > due.due_on:
        raise Refusal(
            "deadline.extension_after_due", f"期限已于{show_day(due.due_on)}届满，{show_day(asked_on)}不能再申请延期"
        )
    if not approver.strip():
        raise Refusal("deadline.extension_without_approver", f"延期须写明批准人（{rule.approver.label}）")
    if approved_on < asked_on:
        raise Refusal("deadline.approved_before_asked", "批准日期早于申请日期，请核对")
    used = sum(one.amount for one in due.extensions)
    if amount <= 0 or used + amount > rule.at_most:
        raise Refusal(
            "deadline.extension_beyond_cap",
            f"延长期限累计不得超过{rule.at_most}{rule.unit.label}（{rule.article}），已延长{used}{rule.unit.label}，"
            f"现申请{amount}{rule.unit.label}",
            cap=rule.at_most, used=used, asked=amount,
        )  # fmt: skip
    added = Extension(amount, rule.unit, approver.strip(), asked_on, approved_on, ruleset.cite(rule))
    return recompute(replace(due, changes=(*due.changes, added)), calendar)


def explicit_date(due: Due, *, explicit: Explicit, calendar: Calendar) -> Due:
    """Return the due date with a date named on a letter or demanded from above.

    An earlier one wins and stands as written, rest day or not; a later one needs an approver.
    """
    check_not_before_start(explicit, due.start_on)
    if explicit.due_on > due.due_on and not (explicit.approver or "").strip():
        raise Refusal(
            "deadline.later_needs_approval",
            f"{explicit.source.label}的日期{show_day(explicit.due_on)}晚于规定的{show_day(due.due_on)}，须经批准并写明批准人",
        )
    return recompute(replace(due, changes=(*due.changes, explicit)), calendar)


def recompute(due: Due, calendar: Calendar) -> Due:
    """Compute the same due date again by this calendar: same start, same rule, same changes in order.

    Used when a year's calendar is announced; the caller keeps the old date in the history.
    """
    counting = Counting(calendar)
    reached, named = due.start_on, False
    if due.step is not None:
        reached = counting.add(due.start_on, due.step.amount, due.step.unit)
    for change in due.changes:
        if isinstance(change, Extension):
            reached, named = counting.add(reached, change.amount, change.unit), False
        elif due.step is None or change.approver or change.due_on < counting.settle(reached, named=named):
            reached, named = change.due_on, True
    settled = counting.settle(reached, named=named)
    skipped, made_up = counting.notes_until(reached)
    return replace(
        due, due_on=settled, unmoved_on=reached, named=named, skipped=skipped, made_up=made_up,
        provisional=counting.is_provisional(reached, settled, named=named),
        moved_over=tuple(counting.note(day) for day in days_between(reached, settled)),
    )  # fmt: skip


class Counting:
    """Counts days by one calendar and remembers the working-day counts it made, to explain them."""

    def __init__(self, calendar: Calendar) -> None:
        """Begin with nothing counted."""
        self.calendar = calendar
        self.counted: list[tuple[date, date]] = []

    def add(self, start: date, amount: int, unit: TimeUnit) -> date:
        """Return the last day of a limit; the start is day 0."""
        if unit is TimeUnit.WORKING_DAYS:
            end = self.calendar.add_working_days(start, amount)
            self.counted.append((start, end))
            return end
        next(days_after(start))
        return add_months(start, amount) if unit is TimeUnit.MONTHS else start + timedelta(days=amount)

    def settle(self, day: date, *, named: bool) -> date:
        """Return the day itself if it was named outright, else the working day it moves to."""
        return day if named else self.calendar.working_day_from(day)

    def notes_until(self, last: date) -> tuple[tuple[DayNote, ...], tuple[DayNote, ...]]:
        """Return the days skipped and the make-up days counted, up to the last day."""
        days = [day for day in self.days_consulted() if day <= last and self.calendar.describe(day) is not None]
        skipped = tuple(self.note(day) for day in days if not self.calendar.is_working_day(day))
        made_up = tuple(self.note(day) for day in days if self.calendar.is_working_day(day))
        return skipped, made_up

    def note(self, day: date) -> DayNote:
        """Return the day with the reason the calendar gives for it."""
        return DayNote(day, self.calendar.describe(day) or "工作日")

    def days_consulted(self) -> Iterator[date]:
        """Yield every day after a start and up to its end that was looked up as a working day."""
        for start, end in self.counted:
            day = start
            while day < end:
                day += timedelta(days=1)
                yield day

    def is_provisional(self, reached: date, settled: date, *, named: bool) -> bool:
        """Whether any day that decided the date lies in a year not yet announced."""
        if named:
            return False
        looked_at: Iterable[date] = (*self.days_consulted(), *days_between(reached, settled), settled)
        return any(self.calendar.is_provisional(day) for day in looked_at)


def days_between(first: date, stop: date) -> Iterator[date]:
    """Yield the days from the first up to but without the last."""
    return (first + timedelta(days=offset) for offset in range((stop - first).days))


def add_months(day: date, months: int) -> date:
    """Return the same-numbered day that many months later, or the month's last day where there is none."""
    years, month = divmod(day.month - 1 + months, MONTHS_IN_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def check_not_before_start(explicit: Explicit, start_on: date) -> None:
    """Refuse a named date that lies before its own start."""
    if explicit.due_on < start_on:
        raise Refusal(
            "deadline.explicit_before_start",
            f"{explicit.source.label}的日期{show_day(explicit.due_on)}早于起算之日{show_day(start_on)}，请核对",
        )


def deemed_received_on(delivered_on: date, ruleset: RuleSet, calendar: Calendar) -> date:
    """Return the day an assignment delivered and never signed counts as received: a unit cannot stop its clock."""
    return compute(clock=Clock.SIGN, start_on=delivered_on, ruleset=ruleset, calendar=calendar).due_on


def warning_days(due: Due) -> tuple[WarningDay, ...]:
    """Return the days of warning T-10, T-3 and T-0, counted from the date before its move.

    Those on or before the start are left out: nobody is warned before the clock runs.
    """
    days = (WarningDay(due.unmoved_on - timedelta(days=left), left) for left in WARN_BEFORE)
    return tuple(day for day in days if day.days_left == 0 or day.on > due.start_on)


def explanation(due: Due) -> Iterator[str]:
    """Yield the lines of the explanation in the order of the computation."""
    yield f"{due.clock.label}期限：{show_day(due.due_on)}（{show_weekday(due.due_on)}）"
    yield f"起算：{show_day(due.start_on)}（{STARTS[due.clock]}，当日不计）"
    yield f"依据：{due.basis}" + ("" if due.step is None else f"，{due.step.length}")
    if due.skipped:
        yield f"不计入：{'、'.join(str(note) for note in due.skipped)}"
    if due.made_up:
        yield f"计入：{'、'.join(str(note) for note in due.made_up)}"
    for change in due.changes:
        yield extension_line(change) if isinstance(change, Extension) else explicit_line(change)
    if due.moved:
        yield f"顺延：{'、'.join(str(note) for note in due.moved_over)}，顺延至{show_day(due.due_on)}"
    if due.provisional:
        yield "暂定：所涉年份的放假安排尚未公布，按星期和法定假日推算，公布后重新计算"


def extension_line(change: Extension) -> str:
    """Say an extension: how long, by whom, when and by which article."""
    return (
        f"延期：{show_day(change.asked_on)}申请，{change.approver}于{show_day(change.approved_on)}批准，"
        f"延长{change.amount}{change.unit.label}（{change.basis}）"
    )


def explicit_line(change: Explicit) -> str:
    """Say a named date: who named it, where, and who approved it."""
    approval = f"，{change.approver}批准" if change.approver else "，以较早者为准"
    return f"指定：{change.source.label}（{change.reference}）{show_day(change.due_on)}{approval}"
