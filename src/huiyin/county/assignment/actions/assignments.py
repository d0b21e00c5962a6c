"""Writers of assignments: 签收, and how one is locked and moved."""

from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.assignment import rules
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.states import REPORTS_BACK, AssignmentState, DispositionKind
from huiyin.county.journal import actions as journal
from huiyin.county.registry import clocks, holding
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due
from huiyin.kernel.refusal import Refusal
from huiyin.platform.calendar.queries import working_calendar


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


@transaction.atomic
def sign(*, assignment_id: int, handler_name: str, handler_phone: str, by: Staff, at: datetime) -> Assignment:
    """签收: the unit takes what it was given and names who handles it, with a phone."""
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_sign(by, assignment.unit.code)
    rules.check_handler(handler_name)
    rules.check_handler_phone(handler_phone, taken_over=petition.source_number is not None)
    assignment.handler_name, assignment.handler_phone = handler_name.strip(), handler_phone.strip()
    assignment.signed_at, assignment.signed_by = at, by
    fields = ["signed_at", "signed_by", "handler_name", "handler_phone"]
    if DispositionKind(assignment.kind) in REPORTS_BACK:
        assignment.due_on = _recount_from_signing(assignment, petition, at=at)
        fields.append("due_on")
        petitions.move(petition, State.IN_PROGRESS)
    move(assignment, AssignmentState.SIGNED, *fields)
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
