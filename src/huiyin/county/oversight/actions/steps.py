"""Writers of oversight: 催办, 督办函, 约谈, 提请主任会议, 监督手段, 了结."""

from datetime import date, datetime
from typing import TypedDict

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions.assignments import locked
from huiyin.county.assignment.actions.telling import tell_unit
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.states import OWES
from huiyin.county.journal import actions as journal
from huiyin.county.office.states import NotificationKind
from huiyin.county.oversight import rules
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.states import NEEDS_APPROVAL, SETS_A_LIMIT, Level, Trigger
from huiyin.county.registry import clocks, numbers, standing
from huiyin.county.registry.actions import repeats
from huiyin.county.registry.actions.petitions import check_not_barred
from huiyin.county.registry.actions.petitions import locked as locked_petition
from huiyin.county.registry.models import Petition
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Explicit, Source
from huiyin.kernel.refusal import Refusal
from huiyin.platform.calendar.queries import working_calendar

SERIES = {
    Level.REMINDER: "催",
    Level.LETTER: "督",
    Level.INTERVIEW: "约",
    Level.DIRECTORS_MEETING: "提",
    Level.INSTRUMENT: "建",
}
REPEAT_WORDS = "信访人在办理期限内再次反映同一事项（{number}），请抓紧办理，并将办理情况一并反馈。"


@transaction.atomic
def issue(
    *, assignment_id: int, entry: rules.OversightEntry, by: Staff, at: datetime, approver: Staff | None = None
) -> Oversight:
    """督办: take the next step towards a unit that owes a report; a new limit runs as a clock of its own."""
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_oversee(by)
    rules.check_is_open(is_with_unit=assignment.state in OWES)
    rules.check_entry(entry, at=at)
    taken = {Level(level) for level in assignment.oversight.values_list("level", flat=True)}
    rules.check_order(entry.level, entry.trigger, taken)
    rules.check_approval(entry.level, approver, by_id=by.pk, approver_id=approver.pk if approver else None)
    if approver is not None:
        check_not_barred(petition, approver)
    number = numbers.take(SERIES[entry.level], at=at)
    step = Oversight.objects.create(
        petition=petition,
        assignment=assignment,
        level=entry.level.value,
        trigger=entry.trigger.value,
        number=number.text,
        words=entry.words.strip(),
        due_on=entry.due_on,
        manner=entry.manner.value if entry.manner else "",
        held_on=entry.held_on,
        attendees=entry.attendees.strip(),
        instrument=entry.instrument.value if entry.instrument else "",
        issued_at=at,
        issued_by=by,
        approved_by=approver if entry.level in NEEDS_APPROVAL else None,
    )
    if entry.due_on is not None and entry.level is not Level.REMINDER:
        _set_limit(petition, assignment, step, entry.due_on, at=at)
    _tell_unit(step, assignment, at=at)
    journal.record("oversight.issued", subject=step, petition_id=petition.pk, by=by, at=at, **_told(step, assignment))
    return step


@transaction.atomic
def remind_of_repeat(*, repeat_id: int, at: datetime) -> tuple[Oversight, ...]:
    """催办: a repeat inside the handling period reminds every unit that still owes the main petition's report.

    A job calls it and it may run twice: one repeat reminds one unit once.
    """
    repeat = Petition.objects.select_related("repeats").get(pk=repeat_id)
    if repeat.repeats_id is None:
        raise Refusal("oversight.repeats_nothing", "本件不是重复件")
    in_handling = repeats.main_in_handling(repeat)
    main = Petition.objects.select_for_update(of=("self",)).get(pk=in_handling.pk if in_handling else repeat.repeats_id)
    known = Oversight.objects.filter(repeat=repeat).values("assignment")
    waiting = Assignment.objects.filter(petition=main, state__in=OWES).exclude(pk__in=known).select_related("unit")
    steps = tuple(_reminder(assignment, main, repeat, at=at) for assignment in waiting.order_by("pk"))
    for step in steps:
        _tell_unit(step, step.assignment, at=at)
        journal.record(
            "oversight.issued", subject=step, petition_id=main.pk, by=None, at=at, **_told(step, step.assignment)
        )
    return steps


def _reminder(assignment: Assignment, main: Petition, repeat: Petition, *, at: datetime) -> Oversight:
    number = numbers.take(SERIES[Level.REMINDER], at=at)
    return Oversight.objects.create(
        petition=main,
        assignment=assignment,
        level=Level.REMINDER.value,
        trigger=Trigger.REPEATED.value,
        number=number.text,
        words=REPEAT_WORDS.format(number=repeat.number),
        due_on=assignment.due_on,
        repeat=repeat,
        issued_at=at,
    )


def _set_limit(petition: Petition, assignment: Assignment, step: Oversight, due_on: date, *, at: datetime) -> None:
    due = deadlines.set_by_letter(
        clock=Clock.OVERSIGHT,
        start_on=local_day(at),
        explicit=Explicit(due_on, Source.LETTER, step.number),
        ruleset=clocks.rules_of(petition),
        calendar=working_calendar(),
    )
    clocks.put(petition, due, at=at, unit=assignment.unit)
    standing.settle(petition, at=at)


def _tell_unit(step: Oversight, assignment: Assignment, *, at: datetime) -> None:
    """Tell the unit of a step that is written to it; what goes to the directors' meeting is no letter to the unit."""
    if Level(step.level) not in SETS_A_LIMIT:
        return
    words = f"{Level(step.level).label}：{assignment.number}，文号 {step.number}，请按要求办理"
    tell_unit(f"oversight:{step.pk}", assignment, kind=NotificationKind.OVERSIGHT, words=words, at=at)


class Told(TypedDict):
    """What the journal tells of a step."""

    level: str
    level_words: str
    trigger: str
    unit: str
    unit_name: str
    number: str
    words: str
    due_on: date | None


def _told(step: Oversight, assignment: Assignment) -> Told:
    return {
        "level": step.level,
        "level_words": Level(step.level).label,
        "trigger": step.trigger,
        "unit": assignment.unit.code,
        "unit_name": assignment.unit.name,
        "number": step.number,
        "words": step.words,
        "due_on": step.due_on,
    }


@transaction.atomic
def conclude(*, oversight_id: int, outcome: str, by: Staff, at: datetime) -> Oversight:
    """了结: write down what came of a step."""
    found = Oversight.objects.visible_to(by).filter(pk=oversight_id).values("petition_id").first()
    if found is None or by.is_of_unit:
        raise Refusal("oversight.unknown", "没有这项督办，或您无权办理")
    locked_petition(found["petition_id"], by=by)
    step = Oversight.objects.select_for_update().get(pk=oversight_id)
    rules.check_may_oversee(by)
    rules.check_outcome(outcome)
    if step.concluded_at is not None:
        raise Refusal("oversight.concluded_already", "这项督办已经了结")
    step.outcome, step.concluded_at, step.concluded_by = outcome.strip(), at, by
    step.save(update_fields=["outcome", "concluded_at", "concluded_by"])
    journal.record(
        "oversight.concluded",
        subject=step,
        petition_id=step.petition_id,
        by=by,
        at=at,
        level_words=Level(step.level).label,
        number=step.number,
        outcome=step.outcome,
    )
    return step
