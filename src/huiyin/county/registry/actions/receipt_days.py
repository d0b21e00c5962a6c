"""Writers of a receipt's day: 更正收件日期, with both days kept."""

from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import clocks, intake_rules, receipt_days, rules, standing
from huiyin.county.registry.intake_rules import ReceiptDetails
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.queries.barred import unknown
from huiyin.county.registry.receipt_models import Receipt, ReceiptCorrection
from huiyin.county.registry.states import Origin, State
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.clocks import STARTS, Clock
from huiyin.kernel.deadlines import Due
from huiyin.kernel.refusal import Refusal
from huiyin.platform.directory import rulesets

from . import petitions, web
from .receipts import locked_receipt

FROM_RECEIPT = frozenset(clock for clock, start in STARTS.items() if start == STARTS[Clock.REGISTER])


@transaction.atomic
def correct(
    *, receipt_id: int, received_on: date, reason: str, by: Staff, at: datetime, approver: Staff | None = None
) -> ReceiptCorrection:
    """更正收件日期: give a receipt the day on which it really came; the day that stood is kept beside it.

    An earlier day takes a second person. What still runs from that day is counted anew: the old dates stay in the
    history.
    """
    receipt = locked_receipt(receipt_id, by=by)
    found = _petitions_of(receipt, by=by)
    receipt_days.check_may_correct(by)
    web.check_may_open(receipt, by=by)
    stood = receipt.received_on
    rules.check_received_on(received_on, at=at)
    receipt_days.check_new_day(
        received_on, stood=stood, taken_on=local_day(receipt.taken_at), postmarked_on=receipt.postmarked_on
    )
    details = ReceiptDetails(
        origin_name=receipt.origin_name, origin_words=receipt.origin_words, origin_due_on=receipt.origin_due_on
    )
    intake_rules.check_origin(details, origin=Origin(receipt.origin), received_on=received_on)
    receipt_days.check_correction(
        reason, is_earlier=received_on < stood, by_id=by.pk, approver_id=approver.pk if approver else None
    )
    _check_approver(approver, found)
    name = tenant.current().ruleset
    receipt_days.check_same_rules(
        rulesets.in_force(name, received_on=stood).code, rulesets.in_force(name, received_on=received_on).code
    )
    correction = ReceiptCorrection.objects.create(
        receipt=receipt,
        received_on_before=stood,
        received_on=received_on,
        reason=reason.strip(),
        corrected_at=at,
        corrected_by=by,
        approved_by=approver,
    )
    receipt.received_on = received_on
    if not receipt.is_urgent:
        due = clocks.of_receipt(Clock.REGISTER, received_on=received_on, start_on=received_on)
        receipt.register_due_on, receipt.register_due = (due.due_on, due.as_values()) if due else (None, {})
    receipt.save(update_fields=["received_on", "register_due_on", "register_due"])
    for petition in found:
        _follow(petition, received_on, stood=stood, at=at)
    journal.record(
        "receipt.corrected",
        subject=receipt,
        by=by,
        at=at,
        number=receipt.number,
        received_on_before=stood,
        received_on=received_on,
        reason=correction.reason,
        approver=approver.name if approver else "无须批准",
    )
    return correction


def _petitions_of(receipt: Receipt, *, by: Staff) -> list[Petition]:
    """Lock what came of a receipt; refuse where a part of it is not for this person, or is in the archive."""
    ids = list(Petition.objects.filter(receipt=receipt).order_by("pk").values_list("pk", flat=True))
    hidden = Petition.objects.filter(pk__in=ids).exclude(pk__in=Petition.objects.visible_to(by).values("pk")).first()
    if hidden is not None:
        raise unknown(hidden.pk, by=by)
    found = [petitions.locked(pk, by=by) for pk in ids]
    if any(one.state == State.ARCHIVED.value for one in found):
        raise Refusal("receipt.archived", "本件已经归档，收件日期不能再更正")
    return found


def _check_approver(approver: Staff | None, found: list[Petition]) -> None:
    if approver is None:
        return
    rules.check_may_approve(approver)
    for petition in found:
        petitions.check_not_barred(petition, approver)


def _follow(petition: Petition, received_on: date, *, stood: date, at: datetime) -> None:
    """Let a petition bear the corrected day, and count what still runs from the receipt anew."""
    petition.received_on = received_on
    petitions.save(petition, "received_on")
    wanted = sorted(clock.value for clock in FROM_RECEIPT)
    running = Deadline.objects.running().filter(petition=petition, clock__in=wanted).select_related("unit")
    for row in running.order_by("pk"):
        if Due.from_values(row.explanation).start_on == stood:
            clocks.start(petition, Clock(row.clock), start_on=received_on, at=at, unit=row.unit)
    standing.settle(petition, at=at)
