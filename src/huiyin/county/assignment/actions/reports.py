"""Writers of reports: 反馈, 退回, 审核通过."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.assignment import rules
from huiyin.county.assignment.models import Assignment, ClaimOutcome, Report
from huiyin.county.assignment.states import AssignmentState, ReturnReason
from huiyin.county.journal import actions as journal
from huiyin.county.registry import clocks
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.states import State
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

from .assignments import locked, move


@transaction.atomic
def report(*, assignment_id: int, entry: rules.ReportEntry, by: Staff, at: datetime) -> Report:
    """反馈: the unit reports facts, basis and an outcome for each claim."""
    assignment, petition = locked(assignment_id, by=by)
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
    move(assignment, AssignmentState.REPORTED, "reported_at", "reported_by")
    petitions.move(petition, State.REPORTED)
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
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_verify(by)
    rules.check_return(reasons, words)
    latest = assignment.reports.select_for_update().order_by("-round").first()
    if latest is None:
        raise Refusal("report.missing", "还没有反馈可以退回")
    latest.return_reasons, latest.return_words = [reason.value for reason in reasons], words.strip()
    latest.returned_at, latest.returned_by = at, by
    latest.save(update_fields=["return_reasons", "return_words", "returned_at", "returned_by"])
    move(assignment, AssignmentState.RETURNED)
    petitions.move(petition, State.RETURNED)
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
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_verify(by)
    assignment.verified_at, assignment.verified_by = at, by
    move(assignment, AssignmentState.VERIFIED, "verified_at", "verified_by")
    petitions.move(petition, State.VERIFIED)
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
