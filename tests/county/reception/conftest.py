"""Petitions before a leader, reception days, and the parties that come: made by the acts that lead there."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest

from huiyin.accounts.models import Staff
from huiyin.county.office.models import ReceptionDay
from huiyin.county.reception.actions import bookings, days, receptions
from huiyin.county.reception.actions.receptions import SignedRecord
from huiyin.county.reception.models import Booking, Reception
from huiyin.county.reception.rules import ArrivalEntry, BookingEntry, DayEntry, Exchange
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality, Purpose, Recurrence
from huiyin.kernel.calendar import local_day

AT = datetime(2026, 3, 9, 1, tzinfo=UTC)  # a Monday, 09:00 in China
CODE = "ABCDEFGHJKMN"
SCAN = b"%PDF-1.4\n1\n%%EOF"


@pytest.fixture
def a_letter(people: Any) -> Callable[..., Petition]:
    """Register a letter with its scan; ``read`` and ``classified`` take it further."""
    letters = count(1)

    def made(
        *,
        summary: str = "反映上松村农业水费收缴标准不公开",
        name: str = "马大山",
        phone: str = "13912340001",
        confidentiality: Confidentiality = Confidentiality.ORDINARY,
        is_read: bool = False,
        is_classified: bool = False,
        is_litigation: bool = False,
        at: datetime = AT,
    ) -> Petition:
        by = people.clerk if confidentiality is Confidentiality.ORDINARY else people.restricted
        receipt = receipts.take_receipt(channel=Channel.LETTER, received_on=local_day(at), by=by, at=at)
        registration = Registration(summary=summary, name=name, phone=phone, confidentiality=confidentiality)
        petition = petitions.register(
            receipt_id=receipt.pk, registration=registration, by=by, at=at, query_code=CODE
        ).petition
        data = b"%%PDF-1.4\n%d\n%%%%EOF" % next(letters)
        attachments.attach(
            petition_id=petition.pk, kind=AttachmentKind.ORIGINAL, name="来信.pdf", data=data, by=by, at=at
        )
        if is_read or is_classified:
            petitions.read(petition_id=petition.pk, note="已阅，拟交水务局", by=by, at=at)
        if is_classified:
            classify(petition, by=by, at=at, is_litigation=is_litigation)
        petition.refresh_from_db()
        return petition

    return made


def classify(petition: Petition, *, by: Staff, at: datetime, is_litigation: bool = False) -> None:
    """Classify a petition as a claim about irrigation fees."""
    decided = Classification(
        purpose=Purpose.CLAIM,
        category_code="0110",
        category_path="农业农村/农业水费",
        recurrence=Recurrence.FIRST,
        is_litigation=is_litigation,
    )
    petitions.classify(petition_id=petition.pk, classification=decided, by=by, at=at)


@pytest.fixture
def a_day(people: Any) -> Callable[..., ReceptionDay]:
    """Put a reception day of 李副主任 on the roster, today if nothing else is said."""

    def made(*, in_days: int = 0, capacity: int = 4, leader: Staff | None = None, at: datetime = AT) -> ReceptionDay:
        who = leader or people.leader
        entry = DayEntry(
            on=local_day(at) + timedelta(days=in_days),
            leader_name=who.name,
            place="一楼接待室",
            from_time=time(9),
            until_time=time(11),
            capacity=capacity,
        )
        return days.add(entry=entry, leader=who, by=people.clerk, at=at)

    return made


@pytest.fixture
def a_booking(people: Any) -> Callable[..., Booking]:
    """Book a party on a day from the portal."""
    phones = count(1)

    def made(day: ReceptionDay, *, name: str = "马大山", source: str = "portal", at: datetime = AT) -> Booking:
        entry = BookingEntry(name=name, phone=f"1391234{next(phones):04d}", subject="水费收了两次")
        return bookings.book(day_id=day.pk, entry=entry, code=CODE, source=source, at=at).booking

    return made


@pytest.fixture
def a_party(people: Any) -> Callable[..., Reception]:
    """Sign a party in, and call it when asked."""

    def made(
        day: ReceptionDay,
        *,
        name: str = "马大山",
        phone: str = "13912340001",
        head_count: int = 1,
        representatives: tuple[str, ...] = (),
        booking: Booking | None = None,
        is_called: bool = False,
        at: datetime = AT,
    ) -> Reception:
        entry = ArrivalEntry(
            name=name, phone=phone, subject="水费收了两次", head_count=head_count, representatives=representatives
        )
        party = receptions.sign_in(
            day_id=day.pk, entry=entry, booking_id=booking.pk if booking else None, by=people.clerk, at=at
        )
        if is_called:
            receptions.call(reception_id=party.pk, by=people.clerk, at=at)
        party.refresh_from_db()
        return party

    return made


@pytest.fixture
def received(people: Any) -> Callable[..., petitions.Registered]:
    """Take the record of a party that was called, and register it with the signed scan."""

    def made(
        party: Reception, *, promised: str = "十日内答复", at: datetime = AT, **values: Any
    ) -> petitions.Registered:
        exchanges = [Exchange("反映什么事？", "今年水费收了两次。"), Exchange("要求怎样解决？", "退还多收的水费。")]
        receptions.interview(reception_id=party.pk, exchanges=exchanges, promised=promised, by=people.clerk, at=at)
        registration = Registration(
            summary="反映上松村水费重复收取，要求退还",
            name=party.name,
            phone=party.phone,
            head_count=party.head_count,
            **values,
        )
        signed = SignedRecord(signed_by=party.name, note="当面听取，要求退还水费", scan=SCAN, was_read_back=True)
        return receptions.register(
            reception_id=party.pk, registration=registration, signed=signed, query_code=CODE, by=people.clerk, at=at
        )

    return made
