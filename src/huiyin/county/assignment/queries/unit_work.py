"""Where a unit stands with one assignment: what it may still do, and what waits for a decision."""

from dataclasses import dataclass
from datetime import date

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules import objections as objection_rules
from huiyin.county.assignment.rules.extensions import EXTENDABLE
from huiyin.county.assignment.rules.progress import TELLING
from huiyin.county.assignment.states import REPORTS_BACK, AssignmentState, DispositionKind, ExtensionState
from huiyin.county.assignment.unit_models import Extension, Notice
from huiyin.county.registry import clocks
from huiyin.county.registry.models import Deadline
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import Approver

LIMITS = [Clock.REPORT.value, Clock.SIMPLE_REPLY.value]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the unit may do now with one assignment, as yes or no, and the rows that wait."""

    state: AssignmentState
    reports_back: bool
    may_object: bool
    may_tell: bool
    may_extend: bool
    extension_days: int
    approver: Approver | None
    pending: Extension | None
    untold: Extension | None
    has_head: bool

    @property
    def is_in_work(self) -> bool:
        """Whether the unit has signed and has not reported."""
        return self.state is AssignmentState.SIGNED

    @property
    def owes_report(self) -> bool:
        """Whether a report is asked for now."""
        return self.reports_back and self.state in {AssignmentState.SIGNED, AssignmentState.RETURNED}


def standing_of(given: Assignment, *, today: date) -> Standing:
    """Return where the unit stands with an assignment on a day."""
    state = AssignmentState(given.state)
    limit = _limit(given)
    extension = limit.step.extension if limit is not None and limit.step is not None else None
    used = sum(one.amount for one in limit.extensions) if limit is not None else 0
    left = extension.at_most - used if extension is not None else 0
    rows = list(given.extensions.order_by("pk"))
    pending = next((one for one in rows if one.state == ExtensionState.PENDING.value), None)
    is_open = state in EXTENDABLE
    in_time = limit is not None and today <= limit.due_on
    told = Notice.objects.filter(assignment=given).exists()
    return Standing(
        state=state,
        reports_back=DispositionKind(given.kind) in REPORTS_BACK,
        may_object=may_still_object(given, today=today),
        may_tell=given.is_lead
        and not told
        and state in TELLING
        and given.kind != DispositionKind.SEALED_TRANSFER.value,
        may_extend=is_open and in_time and left > 0 and pending is None,
        extension_days=left,
        approver=extension.approver if extension is not None else None,
        pending=pending if is_open else None,
        untold=next((one for one in rows if one.state == ExtensionState.APPROVED.value and one.told_at is None), None),
        has_head=Staff.objects.of_unit(given.unit.code).filter(roles__contains=[Role.UNIT_HEAD.value]).exists(),
    )


def _limit(given: Assignment) -> Due | None:
    running = Deadline.objects.running().filter(petition=given.petition, unit=given.unit, clock__in=LIMITS).first()
    return Due.from_values(running.explanation) if running is not None else None


def may_still_object(given: Assignment, *, today: date) -> bool:
    """Return whether an objection is open to the unit on this day."""
    state = AssignmentState(given.state)
    if state not in {AssignmentState.ISSUED, AssignmentState.SIGNED}:
        return False
    petition = given.petition
    decided = petition.objections.filter(round__gte=objection_rules.ADJUDICATED_FROM, decided_at__isnull=False)
    running = clocks.running(petition, unit=given.unit, clock=Clock.OBJECTION)
    try:
        objection_rules.check_open(DispositionKind(given.kind), is_decided_for_good=decided.exists())
        objection_rules.check_in_time(
            state,
            has_limit=clocks.rules_of(petition).has(Clock.OBJECTION),
            last_on=running[0].due_on if running else None,
            today=today,
        )
    except Refusal:
        return False
    return True
