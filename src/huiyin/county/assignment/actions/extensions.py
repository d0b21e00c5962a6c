"""Writers of extensions: 申请延期, 批准, 不批准, 延期告知."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules import extensions as rules
from huiyin.county.assignment.rules import progress as telling_rules
from huiyin.county.assignment.rules.progress import Telling
from huiyin.county.assignment.states import AssignmentState, ExtensionState
from huiyin.county.assignment.unit_models import Extension
from huiyin.county.journal import actions as journal
from huiyin.county.office.states import NotificationKind
from huiyin.county.registry import clocks, standing
from huiyin.county.registry.models import Petition
from huiyin.kernel import deadlines
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.deadlines import Due
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import Approver, ExtensionRule
from huiyin.platform.calendar.queries import working_calendar

from .assignments import UNIT_CLOCKS, locked, move_due
from .telling import tell_office, tell_unit, unit_people


def running_due(assignment: Assignment, petition: Petition) -> Due:
    """Return the unit's own limit as it stands, with everything that made it."""
    for clock in UNIT_CLOCKS:
        for stored in clocks.running(petition, unit=assignment.unit, clock=clock):
            return Due.from_values(stored.explanation)
    raise Refusal("extension.no_limit", "这件交办件没有办理期限，不用延期")


def rule_of(due: Due) -> ExtensionRule:
    """Return what the rule set says about extending this limit."""
    if due.step is None or due.step.extension is None:
        raise Refusal("deadline.no_extension", f"“{due.clock.label}”的期限不能延期", clock=due.clock.value)
    return due.step.extension


def _extended(due: Due, petition: Petition, *, amount: int, asked_at: datetime, approver: str, at: datetime) -> Due:
    return deadlines.extend(
        due,
        amount=amount,
        asked_on=local_day(asked_at),
        approver=approver,
        approved_on=local_day(at),
        ruleset=clocks.rules_of(petition),
        calendar=working_calendar(),
    )


@transaction.atomic
def ask(*, assignment_id: int, amount: int, reason: str, by: Staff, at: datetime) -> Extension:
    """申请延期: ask for more time before the last day and within the cap (R22 §34)."""
    assignment, petition = locked(assignment_id, by=by)
    rules.check_may_ask(by, assignment.unit.code)
    is_pending = assignment.extensions.filter(state=ExtensionState.PENDING.value).exists()
    rules.check_wish(AssignmentState(assignment.state), reason, is_pending=is_pending)
    due = running_due(assignment, petition)
    rule = rule_of(due)
    _extended(due, petition, amount=amount, asked_at=at, approver=rule.approver.label, at=at)
    extension = Extension.objects.create(
        assignment=assignment,
        state=ExtensionState.PENDING.value,
        amount=amount,
        time_unit=rule.unit.value,
        reason=reason.strip(),
        due_on_before=due.due_on,
        basis=clocks.rules_of(petition).cite(rule),
        asked_at=at,
        asked_by=by,
    )
    words = f"{assignment.number} 申请延期{amount}{rule.unit.label}，请审批"
    if rule.approver is Approver.UNIT_HEAD:
        heads = [one for one in unit_people(assignment, besides=by) if Role.UNIT_HEAD in one.role_set]
        tell_unit(
            f"extension:{extension.pk}:asked", assignment, kind=NotificationKind.DUE, words=words, at=at, to=heads
        )
    else:
        key = f"extension:{extension.pk}:asked"
        tell_office(key, petition, [petition.keeper, *Staff.objects.holding(Role.HEAD)], words=words, at=at)
    journal.record(
        "extension.asked",
        subject=extension,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        unit_name=assignment.unit.name,
        number=assignment.number,
        amount=amount,
        length=f"{amount}{rule.unit.label}",
        reason=extension.reason,
        due_on_before=due.due_on,
    )
    return extension


def _held(extension_id: int, *, by: Staff) -> tuple[Extension, Assignment, Petition]:
    """Lock an extension that this person may see, its petition first."""
    found = Extension.objects.visible_to(by).filter(pk=extension_id).values("assignment_id").first()
    if found is None:
        raise Refusal("extension.unknown", "没有这项延期申请，或您无权办理")
    assignment, petition = locked(found["assignment_id"], by=by)
    return Extension.objects.select_for_update(of=("self",)).get(pk=extension_id), assignment, petition


def _check_may_decide(assignment: Assignment, approver: Approver, *, name: str, by: Staff) -> None:
    rules.check_may_decide(by, assignment.unit.code, approver)
    has_head = Staff.objects.of_unit(assignment.unit.code).filter(roles__contains=[Role.UNIT_HEAD.value]).exists()
    rules.check_approver(by, approver, name=name, has_head=has_head)


@transaction.atomic
def approve(*, extension_id: int, by: Staff, at: datetime, approver_name: str = "") -> Extension:
    """批准延期: the unit's head, or the assigner, gives more time; it counts on from the day before any move.

    ``approver_name`` is the head who signed the paper, where the office writes it down for a unit without accounts.
    """
    extension, assignment, petition = _held(extension_id, by=by)
    due = running_due(assignment, petition)
    approver = rule_of(due).approver
    _check_may_decide(assignment, approver, name=approver_name, by=by)
    rules.check_pending(ExtensionState(extension.state))
    rules.check_still_in_work(AssignmentState(assignment.state))
    name = approver_name.strip() or by.name
    longer = _extended(due, petition, amount=extension.amount, asked_at=extension.asked_at, approver=name, at=at)
    clocks.put(petition, longer, at=at, unit=assignment.unit)
    move_due(assignment, longer.due_on)
    extension.state, extension.due_on_after = ExtensionState.APPROVED.value, longer.due_on
    extension.approver_name, extension.decided_at, extension.decided_by = name, at, by
    extension.save(update_fields=["state", "due_on_after", "approver_name", "decided_at", "decided_by"])
    standing.settle(petition, at=at)
    words = f"{assignment.number} 延期至{show_day(longer.due_on)}，请告知信访人"
    tell_unit(f"extension:{extension.pk}:decided", assignment, kind=NotificationKind.DECIDED, words=words, at=at)
    tell_office(f"extension:{extension.pk}:decided", petition, [petition.keeper], words=words, at=at)
    journal.record(
        "extension.approved",
        subject=extension,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        unit_name=assignment.unit.name,
        number=assignment.number,
        approver=name,
        due_on_before=due.due_on,
        due_on=longer.due_on,
        reason=extension.reason,
    )
    return extension


@transaction.atomic
def refuse(*, extension_id: int, words: str, by: Staff, at: datetime) -> Extension:
    """不批准延期: the limit stays."""
    extension, assignment, petition = _held(extension_id, by=by)
    approver = rule_of(running_due(assignment, petition)).approver
    _check_may_decide(assignment, approver, name=words, by=by)
    rules.check_pending(ExtensionState(extension.state))
    rules.check_refusal(words)
    extension.state, extension.words = ExtensionState.REFUSED.value, words.strip()
    extension.decided_at, extension.decided_by = at, by
    extension.save(update_fields=["state", "words", "decided_at", "decided_by"])
    said = f"{assignment.number} 的延期申请未获批准"
    tell_unit(f"extension:{extension.pk}:decided", assignment, kind=NotificationKind.DECIDED, words=said, at=at)
    journal.record(
        "extension.refused",
        subject=extension,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        number=assignment.number,
        words=extension.words,
    )
    return extension


@transaction.atomic
def tell_petitioner(*, extension_id: int, telling: Telling, by: Staff, at: datetime) -> Extension:
    """延期告知: the petitioner was told of the new day and why (R22 §34)."""
    extension, assignment, petition = _held(extension_id, by=by)
    telling_rules.check_may_tell(by, assignment.unit.code)
    rules.check_told_once(ExtensionState(extension.state), is_told_already=extension.told_at is not None)
    assert extension.decided_at is not None
    telling_rules.check_telling(telling, since=extension.decided_at, at=at)
    extension.told_at, extension.told_by = telling.told_at, by
    extension.told_method, extension.told_words = telling.method.value, telling.words.strip()
    extension.save(update_fields=["told_at", "told_by", "told_method", "told_words"])
    journal.record(
        "extension.told",
        subject=extension,
        petition_id=petition.pk,
        by=by,
        at=at,
        unit=assignment.unit.code,
        method=telling.method.value,
        method_label=telling.method.label,
        told_on=local_day(telling.told_at),
    )
    return extension
