"""Writers of reports: 起草, 反馈, 退回, 审核通过."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.assignment.models import Assignment, ClaimOutcome, Report
from huiyin.county.assignment.rules import reports as rules
from huiyin.county.assignment.states import AssignmentState, ReturnReason
from huiyin.county.assignment.unit_models import ReportDraft
from huiyin.county.journal import actions as journal
from huiyin.county.office.states import NotificationKind
from huiyin.county.registry import clocks, holding, importance, standing
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import AttachmentKind, State
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

from .assignments import follow_verified, locked, move
from .duties import ENDS_WITH_REPORT
from .telling import tell_office, tell_unit, unit_people


@transaction.atomic
def draft(*, assignment_id: int, values: Mapping[str, str], by: Staff, at: datetime) -> ReportDraft:
    """起草反馈: the unit's clerk writes the report down for the head, who reports it; nobody else reads it."""
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_draft(by, assignment.unit.code)
    rules.check_draft(AssignmentState(assignment.state))
    written, _is_new = ReportDraft.objects.update_or_create(
        assignment=assignment, defaults={"values": dict(values), "drafted_at": at, "drafted_by": by}
    )
    heads = [one for one in unit_people(assignment, besides=by) if Role.UNIT_HEAD in one.role_set]
    words = f"{assignment.number} 的办结报告已起草，请审核报出"
    key = f"report.drafted:{written.pk}:{at.isoformat()}"
    tell_unit(key, assignment, kind=NotificationKind.FROM_UNIT, words=words, at=at, to=heads)
    journal.record(
        "report.drafted",
        subject=written,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        unit_name=assignment.unit.name,
    )
    return written


def has_head(assignment: Assignment) -> bool:
    """Return whether the head of the unit has an account."""
    return any(Role.UNIT_HEAD in one.role_set for one in Staff.objects.of_unit(assignment.unit.code))


def _check_reporter(assignment: Assignment, petition: Petition, entry: rules.ReportEntry, *, by: Staff) -> None:
    if not by.is_of_unit:
        return
    paper = petition.attachments.filter(
        kind=AttachmentKind.REPORT.value, added_by__unit_code=assignment.unit.code, added_at__gte=assignment.issued_at
    )
    rules.check_reporter(by, head_name=entry.head_name, has_head=has_head(assignment), has_paper=paper.exists())


@transaction.atomic
def report(*, assignment_id: int, entry: rules.ReportEntry, by: Staff, at: datetime) -> Report:
    """反馈: the unit reports facts, basis and an outcome for each claim."""
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_report(by, assignment.unit.code)
    _check_reporter(assignment, petition, entry, by=by)
    rules.check_report(entry, claim_ids=[claim.pk for claim in holding.belonging(petition, petition.claims.all())])
    written = Report.objects.create(
        assignment=assignment,
        round=len(holding.belonging(assignment, assignment.reports.all())) + 1,
        facts=entry.facts.strip(),
        basis=entry.basis.strip(),
        measures=entry.measures.strip(),
        handler_name=entry.handler_name.strip(),
        head_name=entry.head_name.strip() or (by.name if Role.UNIT_HEAD in by.role_set else ""),
        reported_at=at,
        reported_by=by,
    )
    ClaimOutcome.objects.bulk_create(
        ClaimOutcome(report=written, claim_id=answer.claim_id, outcome=answer.outcome.value, words=answer.words.strip())
        for answer in entry.answers
    )
    holding.made(written, of=assignment)
    assignment.reported_at, assignment.reported_by = at, by
    move(assignment, AssignmentState.REPORTED, "reported_at", "reported_by")
    if assignment.is_lead:
        petitions.move(petition, State.REPORTED, at=at)
    for clock in (Clock.REPORT, Clock.SIMPLE_REPLY, Clock.RECTIFICATION, Clock.OVERSIGHT):
        clocks.meet(petition, clock, at=at, unit=assignment.unit)
    for clock in ENDS_WITH_REPORT:
        clocks.stop(petition, clock, at=at, unit=assignment.unit)
    if petition.source_number is None:
        ReportDraft.objects.filter(assignment=assignment).delete()
        words = f"{assignment.unit.name}反馈 {assignment.number}，请审核"
        tell_office(f"report:{written.pk}", petition, [petition.keeper], words=words, at=at)
    standing.settle(petition, at=at)
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
    returned = assignment.reports.filter(returned_at__isnull=False).count()
    move(assignment, AssignmentState.RETURNED)
    if assignment.is_lead:
        standing.give_to_unit(petition, assignment.unit, assignment.handler_name)
        petitions.move(petition, State.RETURNED, at=at)
    clocks.start(petition, Clock.RECTIFICATION, start_on=local_day(at), at=at, unit=assignment.unit)
    standing.settle(petition, at=at)
    said = f"{assignment.number} 第{returned}次退回，请限期补正"
    tell_unit(f"report:{latest.pk}:returned", assignment, kind=NotificationKind.DECIDED, words=said, at=at)
    journal.record(
        "assignment.returned",
        subject=assignment,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        round=latest.round,
        returned=returned,
        reasons=latest.return_reasons,
        words=latest.return_words,
        state=petition.state,
    )
    return latest


@transaction.atomic
def verify(*, assignment_id: int, by: Staff, at: datetime) -> Assignment:
    """审核通过: accept a unit's report; the petition follows once every unit's is accepted."""
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_verify(by)
    importance.check_may_settle(by, petition, act="审核通过")
    assignment.verified_at, assignment.verified_by = at, by
    move(assignment, AssignmentState.VERIFIED, "verified_at", "verified_by")
    clocks.stop_unit(petition, assignment.unit, at=at)
    follow_verified(petition, at=at)
    standing.settle(petition, at=at)
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
