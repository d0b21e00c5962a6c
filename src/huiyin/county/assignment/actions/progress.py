"""Writers of what a unit tells while it works: 告知信访人, 进展."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.assignment.rules import progress as rules
from huiyin.county.assignment.rules.progress import Telling
from huiyin.county.assignment.states import AssignmentState
from huiyin.county.assignment.unit_models import Notice, Progress
from huiyin.county.journal import actions as journal
from huiyin.county.registry import clocks, standing
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock

from .assignments import locked
from .telling import tell_office


@transaction.atomic
def tell_petitioner(*, assignment_id: int, telling: Telling, by: Staff, at: datetime) -> Notice:
    """告知信访人: the lead told the petitioner of receipt and route; the limit is met at the moment it was told."""
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_tell(by, assignment.unit.code)
    told = Notice.objects.filter(assignment=assignment).exists()
    rules.check_notice(AssignmentState(assignment.state), is_lead=assignment.is_lead, is_told_already=told)
    rules.check_telling(telling, since=assignment.issued_at, at=at)
    notice = Notice.objects.create(
        assignment=assignment,
        told_at=telling.told_at,
        method=telling.method.value,
        words=telling.words.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    clocks.meet(petition, Clock.NOTICE, at=telling.told_at, unit=assignment.unit)
    standing.settle(petition, at=at)
    journal.record(
        "notice.given",
        subject=notice,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        unit_name=assignment.unit.name,
        method=telling.method.value,
        method_label=telling.method.label,
        told_at=telling.told_at,
        told_on=local_day(telling.told_at),
    )
    return notice


@transaction.atomic
def report_progress(*, assignment_id: int, words: str, by: Staff, at: datetime) -> Progress:
    """反馈进展: the unit tells how far it is; the next period begins."""
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_tell(by, assignment.unit.code)
    rules.check_progress(AssignmentState(assignment.state), words)
    progress = Progress.objects.create(
        assignment=assignment,
        round=assignment.progress.count() + 1,
        words=words.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    clocks.meet(petition, Clock.PROGRESS, at=at, unit=assignment.unit)
    if not assignment.is_simple:
        clocks.start(petition, Clock.PROGRESS, start_on=local_day(at), at=at, unit=assignment.unit)
    standing.settle(petition, at=at)
    said = f"{assignment.unit.name}反馈 {assignment.number} 的第{progress.round}次进展"
    tell_office(f"progress:{progress.pk}", petition, [petition.keeper], words=said, at=at)
    journal.record(
        "progress.reported",
        subject=progress,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        unit_name=assignment.unit.name,
        round=progress.round,
        words=progress.words,
    )
    return progress
