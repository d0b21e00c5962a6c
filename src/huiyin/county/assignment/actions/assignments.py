"""Writers of assignments: 签收, 会办, 改定主办, 撤回, and how one is locked and moved."""

from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment, Proposal
from huiyin.county.assignment.querysets import AssignmentQuerySet
from huiyin.county.assignment.rules import assignments as rules
from huiyin.county.assignment.rules import dispositions as disposition_rules
from huiyin.county.assignment.rules import objections
from huiyin.county.assignment.rules.dispositions import CoHandler
from huiyin.county.assignment.states import FINISHED, REPORTS_BACK, AssignmentState, DispatchMethod, DispositionKind
from huiyin.county.journal import actions as journal
from huiyin.county.office.states import NotificationKind
from huiyin.county.registry import clocks, holding, standing
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due
from huiyin.kernel.refusal import Refusal
from huiyin.platform.calendar.queries import working_calendar

from . import duties
from .letters import Letter, check_receiver, issue
from .telling import tell_of_taking_back, tell_office, tell_unit, unit_people

UNIT_CLOCKS = (Clock.REPORT, Clock.SIMPLE_REPLY)
ACCEPTANCE = (Clock.SIGN, Clock.SIMPLE_ACCEPT)


def locked(assignment_id: int, *, by: Staff) -> tuple[Assignment, Petition]:
    """Lock an assignment that this person may see, with its petition, which is locked first."""
    held = holding.held_row(Assignment, assignment_id, by=by)
    if held is not None:
        return held, petitions.locked(held.petition_id, by=by)
    found = Assignment.objects.visible_to(by).filter(pk=assignment_id).values("pk", "petition_id").first()
    if found is None:
        raise Refusal("assignment.unknown", "没有这件交办件，或您无权查看")
    petition = petitions.locked(found["petition_id"], by=by)
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=assignment_id)
    return assignment, petition


def move(assignment: Assignment, then: AssignmentState, *fields: str) -> None:
    """Move a locked assignment to a state its own state allows, and count the edit."""
    rules.check_move(AssignmentState(assignment.state), then)
    assignment.state = then.value
    assignment.version += 1
    holding.save(assignment, ["state", "version", *fields])


def move_due(assignment: Assignment, due_on: date) -> None:
    """Let a locked assignment be due on another day, and count the edit."""
    assignment.due_on = due_on
    assignment.version += 1
    holding.save(assignment, ["due_on", "version"])


@transaction.atomic
def sign(*, assignment_id: int, handler_name: str, handler_phone: str, by: Staff, at: datetime) -> Assignment:
    """签收: the unit takes what it was given and names who handles it, with a phone."""
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_sign(by, assignment.unit.code)
    objections.check_not_disputed(AssignmentState(assignment.state), "签收")
    rules.check_handler(handler_name)
    is_slip = assignment.kind == DispositionKind.SEALED_TRANSFER.value
    rules.check_handler_phone(handler_phone, taken_over=is_slip or petition.source_number is not None)
    check_receiver(petition, assignment.unit, handler_name)
    assignment.handler_name, assignment.handler_phone = handler_name.strip(), handler_phone.strip()
    assignment.signed_at, assignment.signed_by = at, by
    fields = ["signed_at", "signed_by", "handler_name", "handler_phone"]
    if DispositionKind(assignment.kind) in REPORTS_BACK:
        assignment.due_on = _recount_from_signing(assignment, petition, at=at)
        fields.append("due_on")
        if assignment.is_lead:
            _begin_work(petition, assignment, at=at)
    move(assignment, AssignmentState.SIGNED, *fields)
    for clock in ACCEPTANCE:
        clocks.meet(petition, clock, at=at, unit=assignment.unit)
    duties.count_from_signing(petition, assignment.unit, at=at)
    standing.settle(petition, at=at)
    journal.record(
        "assignment.signed",
        subject=assignment,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        handler=assignment.handler_name,
        phone_known=True,
        due_on=assignment.due_on,
        state=petition.state,
    )
    return assignment


@transaction.atomic
def deem_received(*, assignment_id: int, on: date, at: datetime) -> Assignment:
    """视为收到: note once that a letter nobody signed counts as received since this day (DOMAIN §5)."""
    pk = Assignment.objects.values_list("petition_id", flat=True).get(pk=assignment_id)
    petition = Petition.objects.select_for_update(of=("self",)).select_related("ruleset", "owner_unit").get(pk=pk)
    found = Assignment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=assignment_id)
    rules.check_unsigned(AssignmentState(found.state), is_noted=found.deemed_received_on is not None)
    found.deemed_received_on = on
    found.save(update_fields=["deemed_received_on"])
    standing.settle(petition, at=at)
    words = f"{found.number} 逾期未签收，视为{show_day(on)}收到，期限照常计算"
    tell_unit(f"assignment.deemed:{found.pk}", found, kind=NotificationKind.DUE, words=words, at=at)
    tell_office(f"assignment.deemed:{found.pk}", petition, [petition.keeper], words=words, at=at)
    journal.record(
        "assignment.deemed_received",
        subject=found,
        petition_id=pk,
        by=None,
        at=at,
        number=found.number,
        unit=found.unit.code,
        unit_name=found.unit.name,
        on=on,
    )
    return found


def _begin_work(petition: Petition, lead: Assignment, *, at: datetime) -> None:
    """Let the lead's named person answer; the petition is 办理中 from the first signature of a lead on."""
    standing.give_to_unit(petition, lead.unit, lead.handler_name)
    if petition.state == State.IN_PROGRESS.value:
        petitions.save(petition, *standing.follow(petition))
    else:
        petitions.move(petition, State.IN_PROGRESS, at=at)


def _recount_from_signing(assignment: Assignment, petition: Petition, *, at: datetime) -> date | None:
    """Count the report from the day of signing when that is before the deemed day; a named date stays."""
    running = [one for clock in UNIT_CLOCKS for one in clocks.running(petition, unit=assignment.unit, clock=clock)]
    if not running:
        return assignment.due_on
    stored = running[0]
    due = Due.from_values(stored.explanation)
    signed_on = local_day(at)
    if due.explicit is not None or signed_on >= due.start_on:
        return stored.due_on
    earlier = deadlines.compute(
        clock=due.clock, start_on=signed_on, ruleset=clocks.rules_of(petition), calendar=working_calendar()
    )
    clocks.put(petition, earlier, at=at, unit=assignment.unit)
    return earlier.due_on


@transaction.atomic
def add_co_handler(
    *,
    petition_id: int,
    co_handler: CoHandler,
    by: Staff,
    at: datetime,
    due_on: date | None = None,
    due_approver: Staff | None = None,
    redaction_confirmed: bool = False,
    sent_by: DispatchMethod = DispatchMethod.SYSTEM,
    approved: Proposal | None = None,
    version: int | None = None,
) -> Assignment:
    """增加会办: a further unit handles the matter with the lead, by a letter, a person and clocks of its own."""
    petition = petitions.locked(petition_id, by=by, version=version)
    if approved is None:
        disposition_rules.check_may_dispose(by)
    lead = lead_of(petition)
    code = co_handler.unit_code
    rules.check_co_handler(
        DispositionKind(lead.kind),
        is_simple=lead.is_simple,
        is_given_already=in_work(petition).filter(unit__code=code).exists(),
        state=State(petition.state),
    )
    rules.check_due_on(due_on, at=at)
    if due_approver is not None:
        disposition_rules.check_may_approve(due_approver)
        rules.check_approver_is_another(by_id=by.pk, approver_id=due_approver.pk, taken_over=False)
    letter = Letter(
        unit_code=code,
        handler_name=co_handler.handler_name,
        handler_phone=co_handler.handler_phone,
        instruction=co_handler.instruction,
        is_lead=False,
        printed_on=due_on,
        due_approver=due_approver,
        redacted_by=(approved.proposed_by if approved else by) if redaction_confirmed else None,
        redacted_at=approved.proposed_at if approved else at,
        sent_by=sent_by,
    )
    assignment = issue(petition, DispositionKind(lead.kind), letter, by=by, at=at)
    standing.settle(petition, at=at)
    journal.record(
        "assignment.issued",
        subject=assignment,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=lead.kind,
        kind_label=DispositionKind(lead.kind).label,
        role="会办",
        is_lead=False,
        number=assignment.number,
        unit=assignment.unit.code,
        unit_name=assignment.unit.name,
        handler=assignment.handler_name,
        due_on=assignment.due_on,
        state=petition.state,
    )
    return assignment


def lead_of(petition: Petition) -> Assignment:
    """Return the assignment of the unit that has the lead."""
    withdrawn = AssignmentState.WITHDRAWN.value
    found = petition.assignments.select_for_update(of=("self",)).filter(is_lead=True).exclude(state=withdrawn)
    lead = found.select_related("unit").first()
    if lead is None:
        raise Refusal("assignment.no_lead", "本件还没有主办单位")
    return lead


def in_work(petition: Petition) -> AssignmentQuerySet:
    """Return the assignments of a petition that are neither accepted nor withdrawn."""
    finished = [state.value for state in FINISHED]
    return Assignment.objects.filter(petition=petition).exclude(state__in=finished)


@transaction.atomic
def change_lead(*, assignment_id: int, reason: str, by: Staff, at: datetime) -> Assignment:
    """改定主办: a co-handling unit takes the lead, and the petition follows it; the former lead handles on with it."""
    assignment, petition = locked(assignment_id, by=by)
    disposition_rules.check_may_dispose(by)
    former = lead_of(petition)
    now, then = AssignmentState(former.state), AssignmentState(assignment.state)
    rules.check_new_lead(is_lead=former.pk == assignment.pk, then=then, now=now, reason=reason)
    former.is_lead, assignment.is_lead = False, True
    for row in (former, assignment):
        row.version += 1
        row.save(update_fields=["is_lead", "version"])
    duties.pass_notice_on(petition, former, assignment, at=at)
    standing.give_to_unit(petition, assignment.unit, assignment.handler_name)
    begins = then is AssignmentState.SIGNED and petition.state in {State.ASSIGNED.value, State.INTERNAL.value}
    if begins:
        petitions.move(petition, State.IN_PROGRESS, at=at)
    else:
        petitions.save(petition, *standing.follow(petition))
    standing.settle(petition, at=at)
    journal.record(
        "assignment.lead_changed",
        subject=assignment,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        unit_name=assignment.unit.name,
        former=former.unit.code,
        former_name=former.unit.name,
        reason=reason.strip(),
        state=petition.state,
    )
    return assignment


@transaction.atomic
def withdraw(*, assignment_id: int, reason: str, by: Staff, at: datetime) -> Assignment:
    """撤回: take an assignment back before it was reported on; without its lead a petition is decided anew."""
    assignment, petition = locked(assignment_id, by=by)
    disposition_rules.check_may_dispose(by)
    objections.check_not_disputed(AssignmentState(assignment.state), "撤回")
    rules.check_withdrawal(reason)
    others = in_work(petition).exclude(pk=assignment.pk).count()
    rules.check_lead_may_go(is_lead=assignment.is_lead, co_handlers=others)
    people = unit_people(assignment)
    assignment.withdrawn_at, assignment.withdrawn_by = at, by
    assignment.withdraw_reason = reason.strip()
    move(assignment, AssignmentState.WITHDRAWN, "withdrawn_at", "withdrawn_by", "withdraw_reason")
    words = f"{assignment.number} 已撤回，不再由贵单位承办"
    tell_of_taking_back(f"assignment.withdrawn:{assignment.pk}", assignment, people, words=words, at=at)
    clocks.stop_unit(petition, assignment.unit, at=at)
    if assignment.is_lead:
        petition.dispositions.filter(withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by)
        petitions.move(petition, State.CLASSIFIED, at=at)
    else:
        follow_verified(petition, at=at)
    standing.settle(petition, at=at)
    journal.record(
        "assignment.withdrawn",
        subject=assignment,
        petition_id=petition.pk,
        by=by,
        at=at,
        number=assignment.number,
        unit=assignment.unit.code,
        unit_name=assignment.unit.name,
        reason=assignment.withdraw_reason,
        state=petition.state,
    )
    return assignment


def follow_verified(petition: Petition, *, at: datetime) -> None:
    """Move a reported petition on once nobody's report is still to come or to be accepted."""
    finished = {state.value for state in FINISHED}
    given = holding.belonging(petition, Assignment.objects.filter(petition=petition))
    if petition.state == State.REPORTED.value and all(one.state in finished for one in given):
        petitions.move(petition, State.VERIFIED, at=at)
