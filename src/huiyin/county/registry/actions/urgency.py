"""Writers of urgent receipts: 重大紧急 is reported by telephone before it is registered (R22 §25)."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import clocks, intake_rules
from huiyin.county.registry.intake_models import UrgentReport
from huiyin.county.registry.intake_rules import UrgentEntry
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import UrgentReceiver
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

from .receipts import locked_receipt


@transaction.atomic
def mark_urgent(*, receipt_id: int, reason: str, by: Staff, at: datetime) -> Receipt:
    """标记重大紧急: from today the report runs, and the registration is due by the next working day."""
    receipt = _unregistered(receipt_id, by=by)
    intake_rules.check_may_report_urgent(by)
    intake_rules.check_urgent_reason(reason)
    if receipt.is_urgent:
        raise Refusal("receipt.urgent_already", "已经标记为重大紧急")
    due = clocks.of_receipt(Clock.URGENT_REGISTER, received_on=receipt.received_on, start_on=local_day(at))
    receipt.is_urgent = True
    if due is not None:
        receipt.register_due_on, receipt.register_due = due.due_on, due.as_values()
    receipt.save(update_fields=["is_urgent", "register_due_on", "register_due"])
    journal.record(
        "receipt.marked_urgent",
        subject=receipt,
        by=by,
        at=at,
        reason=reason.strip(),
        register_due_on=receipt.register_due_on,
    )
    return receipt


@transaction.atomic
def report_urgent(*, receipt_id: int, entry: UrgentEntry, by: Staff, at: datetime) -> UrgentReport:
    """记录紧急报告: one call: to whom, on which number, when, with which words."""
    receipt = _unregistered(receipt_id, by=by)
    intake_rules.check_may_report_urgent(by)
    if not receipt.is_urgent:
        raise Refusal("receipt.not_urgent", "请先标记重大紧急")
    intake_rules.check_urgent_entry(entry, received_on=receipt.received_on, at=at)
    report = UrgentReport.objects.create(
        receipt=receipt,
        to=entry.to.value,
        person=entry.person.strip(),
        phone=entry.phone.strip(),
        words=entry.words.strip(),
        reported_at=entry.reported_at,
        reported_by=by,
    )
    journal.record(
        "receipt.urgent_reported",
        subject=report,
        by=by,
        at=at,
        receipt=receipt.number,
        to=entry.to.label,
        reported_at=entry.reported_at,
    )
    return report


@transaction.atomic
def finish_urgent(*, receipt_id: int, by: Staff, at: datetime) -> Receipt:
    """完成紧急报告: whoever had to be told was told, the duty leader first of all; now it is registered."""
    receipt = _unregistered(receipt_id, by=by)
    intake_rules.check_may_report_urgent(by)
    if not receipt.is_urgent:
        raise Refusal("receipt.not_urgent", "请先标记重大紧急")
    told = set(receipt.urgent_reports.values_list("to", flat=True))
    intake_rules.check_urgent_reported(told)
    receipt.urgent_reported_at, receipt.urgent_reported_by = at, by
    receipt.save(update_fields=["urgent_reported_at", "urgent_reported_by"])
    journal.record(
        "receipt.urgent_report_finished",
        subject=receipt,
        by=by,
        at=at,
        number=receipt.number,
        told="、".join(one.label for one in UrgentReceiver if one.value in told),
    )
    return receipt


def _unregistered(receipt_id: int, *, by: Staff) -> Receipt:
    receipt = locked_receipt(receipt_id, by=by)
    if receipt.petitions.exists():
        raise Refusal("receipt.registered_already", "这份收件已经登记")
    return receipt
