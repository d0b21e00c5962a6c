"""Rules of 审议意见: its items, who approves it, when it is sent and by which day it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.supervision.opinion_states import OPINION_MOVES, OWES_ANSWER, WANTS_ANSWER, ItemKind, OpinionState
from huiyin.county.supervision.states import ActivityState
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import Calendar, show_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due, Explicit, Source
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import RuleSet

WRITERS = (Role.CLERK, Role.HEAD)
APPROVERS = (Role.HEAD, Role.LEADER, Role.GROUP_HEAD)
# What was deliberated has opinions; an activity may be concluded before its opinion is answered.
DELIBERATED = frozenset({ActivityState.DELIBERATED, ActivityState.CONCLUDED})
# A unit is reminded so many days before its last day, on the day after it, and then every week.
REMIND_BEFORE = 10
REMIND_EVERY = 7


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """One item as it is written down."""

    kind: ItemKind
    text: str
    due_on: date | None = None
    finding_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpinionEntry:
    """审议意见 as it is written down; ``answer_asked_on`` where the session named a day for the whole answer."""

    unit_code: str
    items: tuple[ItemEntry, ...]
    answer_asked_on: date | None = None


def check_may_write(by: Person) -> None:
    """Refuse whoever writes and sends no opinions."""
    check_has_role(by, *WRITERS, act="起草、送交审议意见")


def check_may_approve(by: Person) -> None:
    """Refuse whoever approves no opinions."""
    check_has_role(by, *APPROVERS, act="审定审议意见")


may_write = may(check_may_write)
may_approve = may(check_may_approve)


def check_deliberated(state: ActivityState, *, session: str) -> None:
    """Refuse an opinion on what no session deliberated on (JD24 §17, §37)."""
    if state not in DELIBERATED or not session:
        raise Refusal("opinion.not_deliberated", "常委会会议审议以后才有审议意见，请先登记审议的会议")


def check_entry(entry: OpinionEntry, *, session_on: date) -> None:
    """Refuse an opinion without its unit or its parts, and a day that lies before the session."""
    if not entry.unit_code:
        raise Refusal("opinion.unit_missing", "请选择研究处理的单位")
    check_items(entry.items)
    days = (entry.answer_asked_on, *(item.due_on for item in entry.items))
    if any(day is not None and day <= session_on for day in days):
        raise Refusal("opinion.day_before_session", f"期限须晚于会议之日{show_day(session_on)}")


def check_items(items: Sequence[ItemEntry]) -> None:
    """Refuse items that say nothing, and an opinion without overall view, problem or suggestion."""
    if any(not item.text.strip() for item in items):
        raise Refusal("opinion.item_empty", "每一条都要写明内容")
    kinds = [item.kind for item in items]
    missing = [kind.label for kind in ItemKind if kind not in kinds]
    if missing:
        raise Refusal("opinion.part_missing", f"审议意见还缺{'、'.join(missing)}")
    if kinds.count(ItemKind.OVERALL) > 1:
        raise Refusal("opinion.two_overall", "总体评价只写一条")
    if any(item.due_on is not None and item.kind not in WANTS_ANSWER for item in items):
        raise Refusal("opinion.overall_without_day", "总体评价不设期限")


def check_move(now: OpinionState, then: OpinionState) -> None:
    """Refuse a step that the opinion cannot take from where it stands."""
    if then not in OPINION_MOVES[now]:
        raise Refusal("opinion.bad_move", f"{now.label}的审议意见不能转为{then.label}")


def check_second_person(*, by_id: int, writer_id: int) -> None:
    """Refuse that whoever wrote it approves it."""
    if by_id == writer_id:
        raise Refusal("opinion.needs_second_person", "审议意见须由起草人以外的人审定")


def check_received(received_on: date, *, session_on: date, today: date) -> None:
    """Refuse a day of receipt before the session or still to come."""
    if received_on < session_on:
        raise Refusal("opinion.received_before_session", f"送达日期早于会议之日{show_day(session_on)}，请核对")
    if received_on > today:
        raise Refusal("opinion.received_in_the_future", "送达日期还没有到")


def send_due(session_on: date, *, ruleset: RuleSet, calendar: Calendar) -> Due | None:
    """Return by when the opinion is sent, counted from the session; None where the rule set has no such limit."""
    if not ruleset.has(Clock.OPINION_SENT):
        return None
    return deadlines.compute(clock=Clock.OPINION_SENT, start_on=session_on, ruleset=ruleset, calendar=calendar)


def answer_due(
    received_on: date, *, asked_on: date | None, approver: str, number: str, ruleset: RuleSet, calendar: Calendar
) -> Due:
    """Return by when the unit answers: three months by default, or the day that the opinion itself names.

    An earlier named day counts; a later one stands on whoever approved the opinion.
    """
    due = deadlines.compute(clock=Clock.OPINION_ANSWER, start_on=received_on, ruleset=ruleset, calendar=calendar)
    if asked_on is None:
        return due
    explicit = Explicit(asked_on, Source.LETTER, f"审议意见书{number}", approver=approver)
    return deadlines.explicit_date(due, explicit=explicit, calendar=calendar)


def due_after_return(due: Due, asked_on: date, *, approver: str, calendar: Calendar) -> Due:
    """Return the due date that a return sets: the day that was named, earlier or later than the one before."""
    explicit = Explicit(asked_on, Source.LETTER, "退回重新研究处理", approver=approver)
    return deadlines.explicit_date(due, explicit=explicit, calendar=calendar)


def reminder_key(due_on: date, *, today: date) -> str | None:
    """Return under which name a unit is reminded today, or None where it is not: ten days before, then when late.

    A sweep that did not run on the day makes up for it: the name stands for the span until the next one.
    """
    days = (today - due_on).days
    if days < -REMIND_BEFORE:
        return None
    if days <= 0:
        return "soon"
    return f"late-{(days - 1) // REMIND_EVERY}"


def owes_answer(state: OpinionState) -> bool:
    """Whether the unit has the opinion before it and owes an answer."""
    return state in OWES_ANSWER
