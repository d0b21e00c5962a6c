"""Writers of receipts: 收件, 非信访件."""

from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import clocks, files, holding, intake_rules, numbers, rules, web_rules
from huiyin.county.registry.intake_rules import ReceiptDetails
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Channel, Origin
from huiyin.kernel.clocks import Clock
from huiyin.kernel.identity import read_phone
from huiyin.kernel.refusal import Refusal

RECEIPT_SERIES = "收"
NO_DETAILS = ReceiptDetails()


@transaction.atomic
def take_receipt(
    *,
    channel: Channel,
    received_on: date,
    by: Staff,
    at: datetime,
    origin: Origin = Origin.DIRECT,
    sender: str = "",
    head_count: int = 1,
    postmarked_on: date | None = None,
    note: str = "",
    details: ReceiptDetails = NO_DETAILS,
    envelope: bytes = b"",
) -> Receipt:
    """收件: write down that something arrived, before anything else is known of it; its registration is due from now.

    What leaders, deputies, superiors and inspection teams hand in keeps its source and the day they demand.
    """
    rules.check_may_take_receipt(by)
    rules.check_received_on(received_on, at=at)
    rules.check_head_count(head_count)
    intake_rules.check_details(
        details, channel=channel, origin=origin, received_on=received_on, postmarked_on=postmarked_on
    )
    due = clocks.of_receipt(Clock.REGISTER, received_on=received_on, start_on=received_on)
    media_type = rules.media_type_of(envelope) if envelope else ""
    number = numbers.take(RECEIPT_SERIES, at=at)
    receipt = Receipt.objects.create(
        year=number.year,
        number_value=number.value,
        number=number.text,
        channel=channel.value,
        origin=origin.value,
        received_on=received_on,
        postmarked_on=postmarked_on,
        sender=sender.strip(),
        head_count=head_count,
        note=note.strip(),
        addressed_to=details.addressed_to.value if details.addressed_to else "",
        recipient=details.recipient.strip(),
        mail_number=details.mail_number.strip().upper(),
        caller_phone=read_phone(details.caller_phone) if details.caller_phone else "",
        representatives=[one.strip() for one in details.representatives if one.strip()],
        origin_name=details.origin_name.strip(),
        origin_number=details.origin_number.strip(),
        origin_due_on=details.origin_due_on,
        origin_words=details.origin_words.strip(),
        envelope_sha256=files.store(envelope) if envelope else "",
        envelope_media_type=media_type,
        register_due_on=due.due_on if due else None,
        register_due=due.as_values() if due else {},
        taken_at=at,
        taken_by=by,
    )
    holding.keep(receipt, by=by, is_new=True)
    journal.record(
        "receipt.taken",
        subject=receipt,
        by=by,
        at=at,
        number=receipt.number,
        channel=channel.value,
        origin=origin.value,
        received_on=received_on,
        head_count=head_count,
        origin_due_on=details.origin_due_on,
        register_due_on=receipt.register_due_on,
    )
    return receipt


def locked_receipt(receipt_id: int, *, by: Staff) -> Receipt:
    """Lock a receipt, or refuse when there is none."""
    receipt = (
        holding.held_row(Receipt, receipt_id, by=by)
        or Receipt.objects.select_for_update(of=("self",)).filter(pk=receipt_id).first()
    )
    if receipt is None:
        raise Refusal("receipt.unknown", "没有这份收件")
    return receipt


@transaction.atomic
def mark_not_petition(*, receipt_id: int, reason: str, by: Staff, at: datetime) -> Receipt:
    """标记非信访件: say that a receipt is no petition; it counts only when a second person agrees."""
    receipt = locked_receipt(receipt_id, by=by)
    rules.check_may_register(by)
    if receipt.is_sealed:
        web_rules.check_may_open_sealed(by)
    if not reason.strip():
        raise Refusal("receipt.reason_missing", "标记非信访件须写明原因")
    if receipt.petitions.exists():
        raise Refusal("receipt.registered_already", "已登记的收件不能标记为非信访件")
    receipt.not_petition_reason, receipt.not_petition_by, receipt.not_petition_at = reason.strip(), by, at
    receipt.not_petition_seconded_by = None
    receipt.save()
    journal.record("receipt.marked_not_petition", subject=receipt, by=by, at=at, reason=reason.strip())
    return receipt


@transaction.atomic
def second_not_petition(*, receipt_id: int, by: Staff, at: datetime) -> Receipt:
    """复核非信访件: the second person agrees; the receipt leaves the denominator and is listed under the table."""
    receipt = locked_receipt(receipt_id, by=by)
    rules.check_may_approve(by)
    if receipt.not_petition_by_id is None:
        raise Refusal("receipt.not_marked", "尚未标记为非信访件")
    if receipt.not_petition_by_id == by.pk:
        raise Refusal("receipt.needs_second_person", "须由另一人复核")
    receipt.not_petition_seconded_by = by
    receipt.save(update_fields=["not_petition_seconded_by"])
    journal.record("receipt.seconded_not_petition", subject=receipt, by=by, at=at)
    return receipt
