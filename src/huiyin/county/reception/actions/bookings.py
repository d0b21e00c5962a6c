"""Writers of bookings: 预约, 取消预约, 通知."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.reception import rules
from huiyin.county.reception.models import Booking
from huiyin.county.reception.states import BookingState
from huiyin.county.registry import numbers
from huiyin.county.registry.query_codes import digest_of_code
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.identity import read_phone
from huiyin.kernel.refusal import Refusal
from huiyin.platform.directory import rulesets

from .days import entry_of, locked

SERIES = "约"
NO_SUCH_PAIR = "预约号或取消码不正确，请核对后再试"


@dataclass(frozen=True, slots=True)
class Booked:
    """A new booking with the code that cancels it, which is shown once and stored as its digest."""

    booking: Booking
    code: str


@transaction.atomic
def book(
    *,
    day_id: int,
    entry: rules.BookingEntry,
    code: str,
    at: datetime,
    by: Staff | None = None,
    source: str = "",
) -> Booked:
    """预约: keep a place on a reception day for a party; nobody signed in is the petitioner on the portal."""
    day = locked(day_id)
    if by is not None:
        rules.check_may_receive(by)
    rules.check_day_stands(is_cancelled=day.cancelled_at is not None)
    standing = day.bookings.standing()
    wanted = entry_of(day)
    rules.check_bookable(wanted, booked=standing.count(), is_at_desk=by is not None, at=at)
    allowed = rulesets.in_force(tenant.current().ruleset, received_on=day.on).representatives.at_most
    rules.check_booking(entry, allowed=allowed)
    phone, today = read_phone(entry.phone), local_day(at)
    rules.check_phone_is_free(is_booked=standing.filter(phone=phone).exists())
    if by is None:
        rules.check_source(Booking.objects.filter(source=source, booked_on=today).count())
    number = numbers.take(SERIES, at=at)
    booking = Booking.objects.create(
        day=day,
        number=number.text,
        year=number.year,
        series=number.series,
        number_value=number.value,
        code_digest=digest_of_code(number.text, code),
        state=BookingState.BOOKED.value,
        name=entry.name.strip(),
        phone=phone,
        subject=entry.subject.strip(),
        head_count=entry.head_count,
        at_time=rules.free_slot(wanted, set(standing.values_list("at_time", flat=True))),
        source=source,
        booked_on=today,
        booked_at=at,
        booked_by=by,
    )
    journal.record(
        "booking.made",
        subject=booking,
        by=by,
        at=at,
        number=booking.number,
        on=day.on,
        leader=day.leader_name,
        head_count=booking.head_count,
        booking_state=booking.state,
    )
    return Booked(booking=booking, code=code)


def _cancelled(booking: Booking, reason: str, *, at: datetime) -> Booking:
    rules.check_booking_move(BookingState(booking.state), BookingState.CANCELLED)
    booking.state, booking.cancelled_at, booking.cancel_reason = BookingState.CANCELLED.value, at, reason
    return booking


@transaction.atomic
def cancel(*, number: str, code: str, at: datetime) -> Booking:
    """取消预约: by the petitioner with number and code; an unknown number and a wrong code get the same answer."""
    booking = Booking.objects.select_for_update(of=("self",)).filter(number=number).first()
    kept = booking.code_digest if booking else digest_of_code("", "")
    if not hmac.compare_digest(digest_of_code(number, code), kept) or booking is None:
        raise Refusal("booking.no_such_pair", NO_SUCH_PAIR)
    _cancelled(booking, "本人取消", at=at).save(update_fields=["state", "cancelled_at", "cancel_reason"])
    journal.record(
        "booking.cancelled",
        subject=booking,
        by=None,
        at=at,
        number=booking.number,
        reason=booking.cancel_reason,
        booking_state=booking.state,
    )
    return booking


@transaction.atomic
def cancel_at_desk(*, booking_id: int, reason: str, by: Staff, at: datetime) -> Booking:
    """取消预约: by the office, as the petitioner asked by phone."""
    rules.check_may_receive(by)
    booking = _locked(booking_id)
    rules.check_cancellation(reason)
    _cancelled(booking, reason.strip(), at=at).save(update_fields=["state", "cancelled_at", "cancel_reason"])
    journal.record(
        "booking.cancelled",
        subject=booking,
        by=by,
        at=at,
        number=booking.number,
        reason=booking.cancel_reason,
        booking_state=booking.state,
    )
    return booking


def _locked(booking_id: int) -> Booking:
    booking = Booking.objects.select_for_update(of=("self",)).select_related("day").filter(pk=booking_id).first()
    if booking is None:
        raise Refusal("booking.unknown", "没有这个预约")
    return booking


@transaction.atomic
def tell(*, booking_id: int, by: Staff, at: datetime) -> Booking:
    """通知: write down that whoever had booked was told by phone that the day is cancelled."""
    rules.check_may_receive(by)
    booking = _locked(booking_id)
    if booking.day.cancelled_at is None:
        raise Refusal("booking.day_stands", "这个接待日没有取消，不需要通知")
    booking.told_at, booking.told_by = at, by
    booking.save(update_fields=["told_at", "told_by"])
    journal.record("booking.told", subject=booking, by=by, at=at, number=booking.number)
    return booking
