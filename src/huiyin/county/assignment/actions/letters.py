"""One letter to one unit: who may get it, its number, its clocks. What every writer of assignments shares."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules import assignments as rules
from huiyin.county.assignment.rules.dispositions import (
    Nature,
    check_person_is_not_accused,
    check_unit,
    check_unit_is_not_accused,
)
from huiyin.county.assignment.states import REPORTS_BACK, AssignmentState, DispatchMethod, DispositionKind
from huiyin.county.office.models import Unit
from huiyin.county.office.states import Branch, NotificationKind
from huiyin.county.registry import clocks, holding, importance, numbers
from huiyin.county.registry.models import Attachment, Petition
from huiyin.county.registry.secrecy_models import Accused
from huiyin.county.registry.states import Channel, Confidentiality, Jurisdiction, Recurrence
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due, Explicit, Source
from huiyin.kernel.refusal import Refusal
from huiyin.platform.calendar.queries import working_calendar

from . import duties
from .telling import tell_unit

SERIES = {
    DispositionKind.ASSIGNMENT: "交",
    DispositionKind.REFERRAL: "转",
    DispositionKind.INTERNAL: "办",
    DispositionKind.SEALED_TRANSFER: "移",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """What one letter says, who confirmed that it is redacted, and how it goes out."""

    unit_code: str
    handler_name: str
    handler_phone: str = ""
    instruction: str = ""
    is_lead: bool = True
    is_simple: bool = False
    printed_on: date | None = None
    due_approver: Staff | None = None
    redacted_by: Staff | None = None
    redacted_at: datetime | None = None
    sent_by: DispatchMethod = DispatchMethod.SYSTEM


def nature_of(petition: Petition) -> Nature:
    """Return what of a petition decides which ways are open to it."""
    return Nature(
        channel=Channel(petition.channel),
        confidentiality=Confidentiality(petition.confidentiality),
        jurisdiction=Jurisdiction(petition.jurisdiction) if petition.jurisdiction else None,
        is_litigation=petition.is_litigation,
        is_important=importance.is_important(petition),
        is_from_above=importance.is_from_above(petition),
        is_many=petition.is_group or petition.is_joint,
        recurrence=Recurrence(petition.recurrence) if petition.recurrence else None,
        intake_mode=clocks.rules_of(petition).intake_mode,
        taken_over=petition.source_number is not None,
    )


def unit_of(code: str) -> Unit:
    """Return a unit of this county by its code; another county's is not known here."""
    unit = holding.once(lambda: Unit.objects.filter(code=code).first(), Unit, code)
    if unit is None:
        raise Refusal("assignment.unit_unknown", "没有这个承办单位；不能交外县单位办理")
    return unit


def unit_and_superiors(unit: Unit) -> Iterator[str]:
    """Yield the codes of a unit and of everything above it."""
    above: Unit | None = unit
    while above is not None:
        yield above.code
        above = above.superior


def check_receiver(petition: Petition, unit: Unit, *people: str) -> None:
    """Refuse a unit or person that stands accused in the petition, or is subordinate to one that does (R22 §30)."""
    accused = holding.belonging(petition, Accused.objects.filter(petition=petition).select_related("unit"))
    if not accused:
        return
    check_unit_is_not_accused(list(unit_and_superiors(unit)), [one.unit.code for one in accused if one.unit])
    for person in people:
        check_person_is_not_accused(person, [one.name for one in accused])


def issue(petition: Petition, kind: DispositionKind, letter: Letter, *, by: Staff, at: datetime) -> Assignment:
    """Write one letter with the next number of its series, and start the unit's clocks where it has to report."""
    nature, unit = nature_of(petition), unit_of(letter.unit_code)
    if kind is not DispositionKind.SEALED_TRANSFER:
        check_unit(
            kind,
            branch=Branch(unit.branch),
            is_active=unit.is_active,
            intake_mode=nature.intake_mode,
            taken_over=nature.taken_over,
        )
        rules.check_redacted(is_confirmed=letter.redacted_by is not None, taken_over=nature.taken_over)
    rules.check_handler(letter.handler_name)
    check_receiver(petition, unit, letter.handler_name)
    number = numbers.take(SERIES[kind], at=at)
    assignment = Assignment(
        petition=petition,
        kind=kind.value,
        unit=unit,
        is_lead=letter.is_lead,
        is_simple=letter.is_simple,
        number=number.text,
        state=AssignmentState.ISSUED.value,
        instruction=letter.instruction.strip(),
        handler_name=letter.handler_name.strip(),
        handler_phone=letter.handler_phone.strip(),
        issued_at=at,
        issued_by=by,
        redacted_at=letter.redacted_at if letter.redacted_by else None,
        redacted_by=letter.redacted_by,
    )
    if not nature.taken_over:
        assignment.dispatch_method = letter.sent_by.value
        assignment.dispatched_at, assignment.dispatched_by = at, by
    if kind in REPORTS_BACK:
        assignment.due_on = _start_clocks(petition, unit, letter, number=number.text, at=at)
    if not nature.taken_over:
        duties.begin(petition, unit, kind, is_lead=letter.is_lead, is_simple=letter.is_simple, at=at)
    assignment.save(force_insert=True)
    holding.keep(assignment, by=by, is_new=True)
    holding.made(assignment, of=petition)
    if not nature.taken_over:
        words = f"新的{kind.label}件 {number.text}，请签收"
        tell_unit(f"assignment.issued:{assignment.pk}", assignment, kind=NotificationKind.ASSIGNED, words=words, at=at)
    return assignment


def _start_clocks(petition: Petition, unit: Unit, letter: Letter, *, number: str, at: datetime) -> date:
    """Start accepting and answering: the unit cannot stop its clock by not signing (DOMAIN §5).

    The earliest of the rule's day, the one printed on the letter and the one demanded from above is the due date; a
    printed day that is later needs an approver.
    """
    demanded_on = petition.receipt.origin_due_on
    rules.check_demanded_day(demanded_on, printed=letter.printed_on, at=at)
    due = _simple_due(petition, unit, at=at) if letter.is_simple else _regular_due(petition, unit, at=at)
    if demanded_on is not None and local_day(at) <= demanded_on < due.due_on:
        due = _named(petition, due, Explicit(demanded_on, Source.SUPERIOR, _reference(petition)), at=at)
    if letter.printed_on is not None:
        approver = letter.due_approver.name if letter.due_approver else None
        due = _named(petition, due, Explicit(letter.printed_on, Source.LETTER, number, approver=approver), at=at)
    clocks.put(petition, due, at=at, unit=unit)
    return due.due_on


def _reference(petition: Petition) -> str:
    """Return how the demand from above is cited: its own number, else whose it is."""
    return petition.receipt.origin_number or petition.receipt.origin_name


def _regular_due(petition: Petition, unit: Unit, *, at: datetime) -> Due:
    """Start the signing; the report counts from the day on which the letter counts as received."""
    today = local_day(at)
    clocks.start(petition, Clock.SIGN, start_on=today, at=at, unit=unit)
    received_on = deadlines.deemed_received_on(today, clocks.rules_of(petition), working_calendar())
    return clocks.due(petition, Clock.REPORT, start_on=received_on)


def _simple_due(petition: Petition, unit: Unit, *, at: datetime) -> Due:
    """Start the acceptance of 简易办理; the answer counts from the last day of it, or from the signing before."""
    if not clocks.rules_of(petition).has(Clock.SIMPLE_ACCEPT):
        raise Refusal("assignment.no_simple_procedure", "本件适用的规则没有简易办理程序")
    accept = clocks.due(petition, Clock.SIMPLE_ACCEPT, start_on=petition.received_on)
    if accept.due_on < local_day(at):
        raise Refusal("assignment.simple_too_late", "已过简易办理的受理期限，请按一般程序交办")
    clocks.put(petition, accept, at=at, unit=unit)
    return clocks.due(petition, Clock.SIMPLE_REPLY, start_on=accept.due_on)


def _named(petition: Petition, due: Due, explicit: Explicit, *, at: datetime) -> Due:
    """Return the due date with a named day; one before the letter counts as received counts from today."""
    if explicit.due_on < due.start_on:
        due = clocks.due(petition, due.clock, start_on=local_day(at))
    return deadlines.explicit_date(due, explicit=explicit, calendar=working_calendar())


def mark_for_unit(petition: Petition, attachment_ids: tuple[int, ...]) -> None:
    """Let the units of a petition open these of its files; what is kept back goes to nobody (DOMAIN §4)."""
    if not attachment_ids:
        return
    chosen = Attachment.objects.filter(petition=petition, pk__in=attachment_ids)
    if chosen.count() != len(set(attachment_ids)):
        raise Refusal("attachment.unknown", "所选附件不属于本件")
    if chosen.filter(is_kept_back=True).exists():
        raise Refusal("attachment.kept_back", "混合信件的原件不出机关，只发摘抄件")
    chosen.update(is_for_unit=True)
