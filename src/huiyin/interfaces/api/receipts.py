"""收件 and 登记 by API."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from huiyin.county.registry import rules
from huiyin.county.registry.actions import petitions, receipt_days, receipts, urgency
from huiyin.county.registry.intake_rules import ReceiptDetails, UrgentEntry
from huiyin.interfaces import submissions

from .access import caller
from .intake_schemas import ReceiptDayIn, UrgentMarkIn, UrgentReportIn
from .petitions import colleague
from .schemas import Done, ReceiptIn, RegistrationIn
from .writes import carried_out

DETAILS = frozenset(ReceiptDetails.__slots__)
router = Router(tags=["收件"])


@router.post("/", response=Done, summary="收件")
def take_receipt(request: HttpRequest, body: ReceiptIn) -> Done:
    """收件: write down that something arrived."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        values = dict(body)
        told = {name: values.pop(name) for name in DETAILS}
        details = ReceiptDetails(**{**told, "representatives": tuple(body.representatives)})
        receipt = receipts.take_receipt(**values, details=details, by=by, at=at)
        return Done(id=receipt.pk, number=receipt.number)

    return carried_out(request, body, at, act)


@router.post("/{int:receipt_id}/register", response=Done, summary="登记")
def register(request: HttpRequest, receipt_id: int, body: RegistrationIn) -> Done:
    """登记: make a petition of a receipt; answers its number and query code."""
    by, at = caller(request), timezone.now()
    code = submissions.query_code_of(request.headers.get("Idempotency-Key", ""))

    def act() -> Done:
        done = petitions.register(
            receipt_id=receipt_id, registration=registration_of(body), by=by, at=at, query_code=code
        )
        return Done(id=done.petition.pk, number=done.petition.number, state=done.petition.state)

    return carried_out(request, body, at, act).model_copy(update={"query_code": code})


def registration_of(body: RegistrationIn) -> rules.Registration:
    """Return the body as the rules take it."""
    values = dict(body)
    people = tuple(rules.RepresentativeEntry(name=one.name, phone=one.phone) for one in body.representatives)
    lists = {"representatives": people, "claims": tuple(body.claims), "signers": tuple(body.signers)}
    return rules.Registration(**{**values, **lists})


@router.post("/{int:receipt_id}/day", response=Done, summary="更正收件日期")
def correct_day(request: HttpRequest, receipt_id: int, body: ReceiptDayIn) -> Done:
    """更正收件日期: both days are kept; an earlier one names who agreed."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        approver = colleague(body.approver_id) if body.approver_id else None
        row = receipt_days.correct(
            receipt_id=receipt_id, received_on=body.received_on, reason=body.reason, approver=approver, by=by, at=at
        )
        return Done(id=row.pk, number=row.receipt.number)

    return carried_out(request, body, at, act)


@router.post("/{int:receipt_id}/urgent", response=Done, summary="标记重大紧急")
def mark_urgent(request: HttpRequest, receipt_id: int, body: UrgentMarkIn) -> Done:
    """标记重大紧急: it is reported by telephone now, and registered by the next working day."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = urgency.mark_urgent(receipt_id=receipt_id, reason=body.reason, by=by, at=at)
        return Done(id=row.pk, number=row.number)

    return carried_out(request, body, at, act)


@router.post("/{int:receipt_id}/urgent/reports", response=Done, summary="记录紧急报告")
def report_urgent(request: HttpRequest, receipt_id: int, body: UrgentReportIn) -> Done:
    """记录紧急报告: one call; answers the report."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = urgency.report_urgent(receipt_id=receipt_id, entry=UrgentEntry(**dict(body)), by=by, at=at)
        return Done(id=row.pk, number=row.receipt.number)

    return carried_out(request, body, at, act)


@router.post("/{int:receipt_id}/urgent/finish", response=Done, summary="完成紧急报告")
def finish_urgent(request: HttpRequest, receipt_id: int) -> Done:
    """完成紧急报告: the duty leader was told; now it is registered."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = urgency.finish_urgent(receipt_id=receipt_id, by=by, at=at)
        return Done(id=row.pk, number=row.number)

    return carried_out(request, None, at, act)
