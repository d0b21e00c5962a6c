"""Writers of dispositions: 交办, 转送, 直接办理 and what ends here."""

from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.assignment import rules
from huiyin.county.assignment.models import Assignment, Disposition
from huiyin.county.assignment.states import REPORTS_BACK, AssignmentState, DispositionKind
from huiyin.county.journal import actions as journal
from huiyin.county.office.models import Unit
from huiyin.county.office.states import Branch
from huiyin.county.registry import clocks, holding, numbers
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Explicit, Source
from huiyin.kernel.refusal import Refusal
from huiyin.platform.calendar.queries import working_calendar

SERIES = {
    DispositionKind.ASSIGNMENT: "交",
    DispositionKind.REFERRAL: "转",
    DispositionKind.INTERNAL: "办",
    DispositionKind.SEALED_TRANSFER: "移",
}
STATE_OF = {
    DispositionKind.ASSIGNMENT: State.ASSIGNED,
    DispositionKind.REFERRAL: State.REFERRED,
    DispositionKind.INTERNAL: State.INTERNAL,
    DispositionKind.GUIDANCE: State.GUIDED,
    DispositionKind.NOT_REACCEPTED: State.NOT_REACCEPTED,
    DispositionKind.FILED: State.FILED,
    DispositionKind.MERGED: State.MERGED,
}


@transaction.atomic
def assign(
    *,
    petition_id: int,
    kind: DispositionKind,
    unit_code: str,
    handler_name: str,
    by: Staff,
    at: datetime,
    handler_phone: str = "",
    instruction: str = "",
    reason: str = "",
    due_on: date | None = None,
    due_approver: Staff | None = None,
    version: int | None = None,
) -> Assignment:
    """交办/转送/直接办理: give a petition to a unit and a named person, with a letter number and a day."""
    petition = petitions.locked(petition_id, by=by, version=version)
    unit = _unit(unit_code)
    rules.check_may_dispose(by)
    rules.check_goes_to_a_unit(kind)
    rules.check_unit(
        kind,
        branch=Branch(unit.branch),
        is_active=unit.is_active,
        intake_mode=clocks.rules_of(petition).intake_mode,
        taken_over=petition.source_number is not None,
    )
    rules.check_handler(handler_name)
    rules.check_due_on(due_on, at=at)
    if kind not in STATE_OF:
        raise Refusal("assignment.kind_closed", f"{kind.label}由保密专人另行办理")
    petitions.move(petition, STATE_OF[kind])
    Disposition.objects.create(petition=petition, kind=kind.value, reason=reason.strip(), decided_at=at, decided_by=by)
    number = numbers.take(SERIES[kind], at=at)
    assignment = Assignment(
        petition=petition,
        kind=kind.value,
        unit=unit,
        number=number.text,
        state=AssignmentState.ISSUED.value,
        instruction=instruction.strip(),
        handler_name=handler_name.strip(),
        handler_phone=handler_phone.strip(),
        issued_at=at,
        issued_by=by,
    )
    if kind in REPORTS_BACK:
        printed = None
        if due_on is not None:
            if due_approver is not None:
                rules.check_may_approve(due_approver)
            printed = Explicit(due_on, Source.LETTER, number.text, approver=due_approver.name if due_approver else None)
        assignment.due_on = _start_unit_clocks(petition, unit, printed=printed, at=at)
    assignment.save(force_insert=True)
    holding.keep(assignment, by=by)
    clocks.meet(petition, Clock.DISPOSITION, at=at)
    journal.record(
        "assignment.issued",
        subject=assignment,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=kind.value,
        number=number.text,
        unit=unit.code,
        unit_name=unit.name,
        handler=assignment.handler_name,
        due_on=assignment.due_on,
        state=petition.state,
    )
    return assignment


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Refusal("assignment.unit_unknown", "没有这个承办单位")
    return unit


def _start_unit_clocks(petition: Petition, unit: Unit, *, printed: Explicit | None, at: datetime) -> date:
    """Start signing and reporting: the unit cannot stop its clock by not signing (DOMAIN §5).

    A date printed on the letter wins when it is earlier; a later one needs an approver.
    """
    ruleset, calendar, today = clocks.rules_of(petition), working_calendar(), local_day(at)
    clocks.start(petition, Clock.SIGN, start_on=today, at=at, unit=unit)
    deemed_on = deadlines.deemed_received_on(today, ruleset, calendar)
    due = deadlines.compute(clock=Clock.REPORT, start_on=deemed_on, ruleset=ruleset, calendar=calendar)
    if printed is not None:
        due = deadlines.explicit_date(due, explicit=printed, calendar=calendar)
    clocks.put(petition, due, at=at, unit=unit)
    return due.due_on


@transaction.atomic
def decide_here(
    *,
    petition_id: int,
    kind: DispositionKind,
    reason: str,
    basis: str,
    approver: Staff,
    by: Staff,
    at: datetime,
    competent_organ: str = "",
    merged_into_id: int | None = None,
    version: int | None = None,
) -> Disposition:
    """引导告知/不再受理/存查/并入: decide what ends here, with basis and a second person."""
    petition = petitions.locked(petition_id, by=by, version=version)
    rules.check_may_dispose(by)
    rules.check_decision_here(kind, basis=basis, reason=reason, by_id=by.pk, approver_id=approver.pk)
    rules.check_guidance(kind, competent_organ)
    if kind is not DispositionKind.MERGED:
        rules.check_may_approve(approver)
    main = _main_petition(petition, merged_into_id, by=by) if kind is DispositionKind.MERGED else None
    petitions.move(petition, STATE_OF[kind])
    disposition = Disposition.objects.create(
        petition=petition,
        kind=kind.value,
        reason=reason.strip(),
        basis=basis.strip(),
        decided_at=at,
        decided_by=by,
        approved_at=at,
        approved_by=approver,
        merged_into=main,
        competent_organ=competent_organ.strip(),
    )
    if main is not None:
        petition.matter = main.matter
        petitions.save(petition, "matter")
    clocks.meet(petition, Clock.DISPOSITION, at=at)
    journal.record(
        "petition.disposed",
        subject=petition,
        petition_id=petition.pk,
        by=by,
        at=at,
        kind=kind.value,
        reason=disposition.reason,
        basis=disposition.basis,
        approver=approver.name,
        merged_into=main.number if main else None,
        state=petition.state,
    )
    return disposition


def _main_petition(petition: Petition, merged_into_id: int | None, *, by: Staff) -> Petition:
    main = Petition.objects.visible_to(by).counted().filter(pk=merged_into_id or 0).exclude(pk=petition.pk).first()
    if main is None:
        raise Refusal("disposition.main_petition_unknown", "并入须指明主件")
    if main.state == State.MERGED.value:
        raise Refusal("disposition.main_petition_is_merged", "主件本身已并入他件，请选最终的主件")
    return main
