"""Writers of assignments: 交办, 转送, 引导告知, 存查, 并入, 签收, 反馈, 退回, 审核通过."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office.models import Unit
from huiyin.county.office.states import Branch
from huiyin.county.registry import actions as registry
from huiyin.county.registry import clocks, holding, numbers
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due, Explicit, Source
from huiyin.kernel.refusal import Refusal
from huiyin.platform.calendar.queries import working_calendar

from . import rules
from .models import Assignment, ClaimOutcome, Disposition, Report
from .states import REPORTS_BACK, AssignmentState, DispositionKind, ReturnReason

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
    petition = registry.locked(petition_id, by=by, version=version)
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
    registry.move(petition, STATE_OF[kind])
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
    petition = registry.locked(petition_id, by=by, version=version)
    rules.check_may_dispose(by)
    rules.check_decision_here(kind, basis=basis, reason=reason, by_id=by.pk, approver_id=approver.pk)
    rules.check_guidance(kind, competent_organ)
    if kind is not DispositionKind.MERGED:
        rules.check_may_approve(approver)
    main = _main_petition(petition, merged_into_id, by=by) if kind is DispositionKind.MERGED else None
    registry.move(petition, STATE_OF[kind])
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
        registry.save(petition, "matter")
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


def _locked(assignment_id: int, *, by: Staff) -> tuple[Assignment, Petition]:
    held = holding.held_row(Assignment, assignment_id, by=by)
    if held is not None:
        return held, registry.locked(held.petition_id, by=by)
    found = Assignment.objects.visible_to(by).filter(pk=assignment_id).values("pk", "petition_id").first()
    if found is None:
        raise Refusal("assignment.unknown", "没有这件交办件，或您无权查看")
    petition = registry.locked(found["petition_id"], by=by)
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=assignment_id)
    return assignment, petition


def _move(assignment: Assignment, then: AssignmentState, *fields: str) -> None:
    rules.check_move(AssignmentState(assignment.state), then)
    assignment.state = then.value
    assignment.version += 1
    holding.save(assignment, ["state", "version", *fields])


@transaction.atomic
def sign(*, assignment_id: int, handler_name: str, handler_phone: str, by: Staff, at: datetime) -> Assignment:
    """签收: the unit takes what it was given and names who handles it, with a phone."""
    assignment, petition = _locked(assignment_id, by=by)
    rules.check_may_sign(by, assignment.unit.code)
    rules.check_handler(handler_name)
    rules.check_handler_phone(handler_phone, taken_over=petition.source_number is not None)
    assignment.handler_name, assignment.handler_phone = handler_name.strip(), handler_phone.strip()
    assignment.signed_at, assignment.signed_by = at, by
    fields = ["signed_at", "signed_by", "handler_name", "handler_phone"]
    if DispositionKind(assignment.kind) in REPORTS_BACK:
        assignment.due_on = _recount_from_signing(assignment, petition, at=at)
        fields.append("due_on")
        registry.move(petition, State.IN_PROGRESS)
    _move(assignment, AssignmentState.SIGNED, *fields)
    clocks.meet(petition, Clock.SIGN, at=at, unit=assignment.unit)
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


def _recount_from_signing(assignment: Assignment, petition: Petition, *, at: datetime) -> date | None:
    """Count the report from the day of signing when that is before the deemed day; a printed date stays."""
    running = petition.deadlines.filter(clock=Clock.REPORT.value, unit=assignment.unit, met_at=None, superseded_at=None)
    stored = running.first()
    if stored is None:
        return assignment.due_on
    due = Due.from_values(stored.explanation)
    signed_on = local_day(at)
    if due.explicit is not None or signed_on >= due.start_on:
        return stored.due_on
    earlier = deadlines.compute(
        clock=Clock.REPORT, start_on=signed_on, ruleset=clocks.rules_of(petition), calendar=working_calendar()
    )
    clocks.put(petition, earlier, at=at, unit=assignment.unit)
    return earlier.due_on


@transaction.atomic
def report(*, assignment_id: int, entry: rules.ReportEntry, by: Staff, at: datetime) -> Report:
    """反馈: the unit reports facts, basis and an outcome for each claim."""
    assignment, petition = _locked(assignment_id, by=by)
    rules.check_may_report(by, assignment.unit.code)
    rules.check_report(entry, claim_ids=list(petition.claims.values_list("pk", flat=True)))
    written = Report.objects.create(
        assignment=assignment,
        round=assignment.reports.count() + 1,
        facts=entry.facts.strip(),
        basis=entry.basis.strip(),
        measures=entry.measures.strip(),
        handler_name=entry.handler_name.strip(),
        reported_at=at,
        reported_by=by,
    )
    ClaimOutcome.objects.bulk_create(
        ClaimOutcome(report=written, claim_id=answer.claim_id, outcome=answer.outcome.value, words=answer.words.strip())
        for answer in entry.answers
    )
    assignment.reported_at, assignment.reported_by = at, by
    _move(assignment, AssignmentState.REPORTED, "reported_at", "reported_by")
    registry.move(petition, State.REPORTED)
    clocks.meet(petition, Clock.REPORT, at=at, unit=assignment.unit)
    clocks.meet(petition, Clock.RECTIFICATION, at=at, unit=assignment.unit)
    journal.record(
        "assignment.reported",
        subject=assignment,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        round=written.round,
        handler=written.handler_name,
        facts=written.facts,
        state=petition.state,
    )
    return written


@transaction.atomic
def return_report(
    *, assignment_id: int, reasons: Sequence[ReturnReason], words: str, by: Staff, at: datetime
) -> Report:
    """退回: send a report back with reason codes; the period of rectification begins."""
    assignment, petition = _locked(assignment_id, by=by)
    rules.check_may_verify(by)
    rules.check_return(reasons, words)
    latest = assignment.reports.select_for_update().order_by("-round").first()
    if latest is None:
        raise Refusal("report.missing", "还没有反馈可以退回")
    latest.return_reasons, latest.return_words = [reason.value for reason in reasons], words.strip()
    latest.returned_at, latest.returned_by = at, by
    latest.save(update_fields=["return_reasons", "return_words", "returned_at", "returned_by"])
    _move(assignment, AssignmentState.RETURNED)
    registry.move(petition, State.RETURNED)
    clocks.start(petition, Clock.RECTIFICATION, start_on=local_day(at), at=at, unit=assignment.unit)
    journal.record(
        "assignment.returned",
        subject=assignment,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        round=latest.round,
        reasons=latest.return_reasons,
        words=latest.return_words,
        state=petition.state,
    )
    return latest


@transaction.atomic
def verify(*, assignment_id: int, by: Staff, at: datetime) -> Assignment:
    """审核通过: accept the unit's report."""
    assignment, petition = _locked(assignment_id, by=by)
    rules.check_may_verify(by)
    assignment.verified_at, assignment.verified_by = at, by
    _move(assignment, AssignmentState.VERIFIED, "verified_at", "verified_by")
    registry.move(petition, State.VERIFIED)
    journal.record(
        "assignment.verified",
        subject=assignment,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        state=petition.state,
    )
    return assignment
