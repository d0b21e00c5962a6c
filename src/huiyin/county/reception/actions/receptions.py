"""Writers of receptions: 签到, 叫号, 转信访办, 离开, 笔录, 登记."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.reception import rules
from huiyin.county.reception.models import Booking, Reception, RecordLine
from huiyin.county.reception.states import BookingState, ReceptionState
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.intake_rules import ReceiptDetails
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import AttachmentKind, Channel
from huiyin.kernel import tenant
from huiyin.kernel.identity import read_phone
from huiyin.kernel.refusal import Refusal
from huiyin.platform.directory import rulesets

from .days import locked as locked_day


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """The record as it was read back and signed, with its scan and what came of the talk."""

    signed_by: str
    note: str
    scan: bytes
    scan_name: str = "接谈笔录"
    was_read_back: bool = False


def _locked(reception_id: int, *, by: Staff) -> Reception:
    """Lock a reception with its day, which is locked first."""
    found = Reception.objects.visible_to(by).filter(pk=reception_id).values("day_id").first()
    if found is None:
        raise Refusal("reception.unknown", "没有这批来访，或您无权查看")
    locked_day(found["day_id"])
    return Reception.objects.select_for_update(of=("self",)).select_related("day").get(pk=reception_id)


def _move(reception: Reception, then: ReceptionState, *fields: str) -> None:
    rules.check_reception_move(ReceptionState(reception.state), then)
    reception.state = then.value
    reception.save(update_fields=["state", *fields])


@transaction.atomic
def sign_in(
    *, day_id: int, entry: rules.ArrivalEntry, by: Staff, at: datetime, booking_id: int | None = None
) -> Reception:
    """来访签到: a party has come; it gets its turn, with head-count and representatives."""
    day = locked_day(day_id)
    rules.check_may_receive(by)
    rules.check_day_stands(is_cancelled=day.cancelled_at is not None)
    rules.check_arrival(entry, on=day.on, at=at)
    ruleset = rulesets.in_force(tenant.current().ruleset, received_on=day.on)
    ruleset.representatives.check(representatives=len(entry.representatives), people=entry.head_count)
    booking = _arrived(booking_id, day_id=day.pk) if booking_id is not None else None
    last = day.receptions.aggregate(last=Max("position"))["last"] or 0
    reception = Reception.objects.create(
        day=day,
        booking=booking,
        position=last + 1,
        state=ReceptionState.WAITING.value,
        name=entry.name.strip(),
        phone=read_phone(entry.phone) if entry.phone else "",
        subject=entry.subject.strip(),
        head_count=entry.head_count,
        representatives=[name.strip() for name in entry.representatives],
        signed_in_at=at,
        signed_in_by=by,
    )
    journal.record(
        "reception.signed_in",
        subject=reception,
        by=by,
        at=at,
        on=day.on,
        position=reception.position,
        head_count=reception.head_count,
        representatives=len(reception.representatives),
        booking=booking.number if booking else None,
        reception_state=reception.state,
    )
    return reception


def _arrived(booking_id: int, *, day_id: int) -> Booking:
    booking = Booking.objects.select_for_update(of=("self",)).filter(pk=booking_id, day_id=day_id).first()
    if booking is None:
        raise Refusal("booking.unknown", "这一天没有这个预约")
    rules.check_booking_move(BookingState(booking.state), BookingState.ARRIVED)
    booking.state = BookingState.ARRIVED.value
    booking.save(update_fields=["state"])
    return booking


@transaction.atomic
def call(*, reception_id: int, by: Staff, at: datetime) -> Reception:
    """叫号: the party goes in to the leader; one party at a time."""
    reception = _locked(reception_id, by=by)
    rules.check_may_receive(by)
    is_someone_called = reception.day.receptions.filter(state=ReceptionState.CALLED.value).exists()
    rules.check_nobody_is_in(is_someone_called=is_someone_called)
    reception.called_at, reception.called_by = at, by
    _move(reception, ReceptionState.CALLED, "called_at", "called_by")
    journal.record(
        "reception.called",
        subject=reception,
        by=by,
        at=at,
        on=reception.day.on,
        position=reception.position,
        reception_state=reception.state,
    )
    return reception


@transaction.atomic
def put_back(*, reception_id: int, by: Staff, at: datetime) -> Reception:
    """退回候访: who was called did not come in; the turn stays, and another may be called."""
    reception = _locked(reception_id, by=by)
    rules.check_may_receive(by)
    reception.called_at, reception.called_by = None, None
    _move(reception, ReceptionState.WAITING, "called_at", "called_by")
    journal.record(
        "reception.put_back",
        subject=reception,
        by=by,
        at=at,
        on=reception.day.on,
        position=reception.position,
        reception_state=reception.state,
    )
    return reception


@transaction.atomic
def hand_over(*, reception_id: int, reason: str, by: Staff, at: datetime) -> Reception:
    """转信访办接谈: the leader cannot receive the party; the office does, and it is not counted as the leader's."""
    reception = _locked(reception_id, by=by)
    rules.check_may_receive(by)
    rules.check_end(reason)
    reception.end_reason = reason.strip()
    _move(reception, ReceptionState.HANDED_OVER, "end_reason")
    journal.record(
        "reception.handed_over",
        subject=reception,
        by=by,
        at=at,
        on=reception.day.on,
        position=reception.position,
        reason=reception.end_reason,
        reception_state=reception.state,
    )
    return reception


@transaction.atomic
def leave(*, reception_id: int, reason: str, by: Staff, at: datetime) -> Reception:
    """离开: the party went without being received."""
    reception = _locked(reception_id, by=by)
    rules.check_may_receive(by)
    rules.check_end(reason)
    reception.end_reason, reception.ended_at, reception.ended_by = reason.strip(), at, by
    _move(reception, ReceptionState.LEFT, "end_reason", "ended_at", "ended_by")
    journal.record(
        "reception.left",
        subject=reception,
        by=by,
        at=at,
        on=reception.day.on,
        position=reception.position,
        reason=reception.end_reason,
        reception_state=reception.state,
    )
    return reception


@transaction.atomic
def interview(
    *, reception_id: int, exchanges: Sequence[rules.Exchange], by: Staff, at: datetime, promised: str = ""
) -> Reception:
    """接谈笔录: write down questions and answers and what was promised, to be printed, read back and signed."""
    reception = _locked(reception_id, by=by)
    rules.check_may_receive(by)
    rules.outcome_of(ReceptionState(reception.state))
    rules.check_interview(exchanges)
    reception.lines.all().delete()
    RecordLine.objects.bulk_create(
        RecordLine(reception=reception, position=position, question=one.question.strip(), answer=one.answer.strip())
        for position, one in enumerate(exchanges, start=1)
    )
    reception.promised, reception.interviewed_at, reception.interviewed_by = promised.strip(), at, by
    reception.save(update_fields=["promised", "interviewed_at", "interviewed_by"])
    journal.record(
        "reception.interviewed",
        subject=reception,
        by=by,
        at=at,
        on=reception.day.on,
        position=reception.position,
        lines=len(exchanges),
        is_promised=bool(reception.promised),
    )
    return reception


@transaction.atomic
def register(
    *,
    reception_id: int,
    registration: Registration,
    signed: SignedRecord,
    by: Staff,
    at: datetime,
    query_code: str = "",
) -> petitions.Registered:
    """接访登记: make receipt and petition of a party that was received, with its signed record as the original.

    Whoever the leader received himself counts as read by a leader; whom the office took over from him does not.
    """
    reception = _locked(reception_id, by=by)
    rules.check_may_receive(by)
    then = rules.outcome_of(ReceptionState(reception.state))
    rules.check_not_number_only(registration.confidentiality)
    rules.check_signed(
        exchanges=reception.lines.count(),
        was_read_back=signed.was_read_back,
        signed_by=signed.signed_by,
        note=signed.note,
    )
    is_by_leader = then is ReceptionState.RECEIVED
    done = _registered(reception, registration, signed, by=by, at=at, query_code=query_code)
    petition = petitions.read(
        petition_id=done.petition.pk,
        note=signed.note,
        reader_name=reception.day.leader_name if is_by_leader else by.name,
        read_by_leader=is_by_leader,
        by=by,
        at=at,
    )
    reception.petition, reception.was_read_back = petition, signed.was_read_back
    reception.signed_by, reception.ended_at, reception.ended_by = signed.signed_by.strip(), at, by
    _move(reception, then, "petition", "was_read_back", "signed_by", "ended_at", "ended_by")
    journal.record(
        "reception.registered",
        subject=reception,
        petition_id=petition.pk,
        by=by,
        at=at,
        on=reception.day.on,
        position=reception.position,
        leader=reception.day.leader_name if is_by_leader else "信访办",
        reception_state=reception.state,
    )
    return petitions.Registered(petition=petition, query_code=done.query_code)


def _registered(
    reception: Reception,
    registration: Registration,
    signed: SignedRecord,
    *,
    by: Staff,
    at: datetime,
    query_code: str,
) -> petitions.Registered:
    """Take the receipt, register the petition and keep the signed record with it."""
    receipt = receipts.take_receipt(
        channel=Channel.WALK_IN,
        received_on=reception.day.on,
        sender=reception.name,
        head_count=reception.head_count,
        note=f"接待日{reception.position}号",
        details=ReceiptDetails(representatives=tuple(reception.representatives)),
        by=by,
        at=at,
    )
    done = petitions.register(receipt_id=receipt.pk, registration=registration, by=by, at=at, query_code=query_code)
    attachments.attach(
        petition_id=done.petition.pk,
        kind=AttachmentKind.RECORD,
        name=signed.scan_name,
        data=signed.scan,
        by=by,
        at=at,
    )
    return done
