"""What goes in and out of the API of leaders and receptions."""

from datetime import date, datetime, time
from typing import Annotated, Self

from ninja import Schema
from pydantic import Base64Bytes, Field

from huiyin.county.office.models import ReceptionDay
from huiyin.county.reception.models import Booking, Instruction, Reception
from huiyin.county.reception.queries import CameOf
from huiyin.county.reception.states import LegalRoute, PutReason
from huiyin.kernel.text import mask_phone

from .schemas import In, Name, RegistrationIn, Short

Line = Annotated[str, Field(max_length=60)]
Words = Annotated[str, Field(max_length=500)]


class PutIn(In):
    """送阅."""

    petition_id: int
    leader_id: int
    reason: PutReason = PutReason.IMPORTANT
    note: Short = ""


class WishIn(In):
    """批示; ``route`` only, and nothing else, of a petition in litigation."""

    words: Words = ""
    wanted_unit: Annotated[str, Field(max_length=40)] = ""
    due_on: date | None = None
    route: LegalRoute | None = None


class RecordIn(WishIn):
    """登记批示: whose words they are."""

    petition_id: int
    leader_id: int | None = None
    leader_name: Annotated[str, Field(max_length=40)] = ""


class InstructionOut(Schema):
    """One instruction on a petition that the caller may see."""

    id: int
    petition_id: int
    petition: str
    leader: str
    state: str
    reason: str
    number: str
    words: str
    route: str
    wanted_unit: str
    due_on: date | None
    put_at: datetime | None
    read_at: datetime | None
    written_at: datetime | None
    carried_out_at: datetime | None
    assignment_id: int | None
    outcome: str

    @classmethod
    def of(cls, row: Instruction) -> Self:
        """Return an instruction with its petition's number."""
        return cls(
            id=row.pk,
            petition_id=row.petition_id,
            petition=row.petition.number,
            leader=row.leader_name,
            state=row.state,
            reason=row.reason,
            number=row.number or "",
            words=row.words,
            route=row.route,
            wanted_unit=row.wanted_unit.code if row.wanted_unit else "",
            due_on=row.due_on,
            put_at=row.put_at,
            read_at=row.read_at,
            written_at=row.written_at,
            carried_out_at=row.carried_out_at,
            assignment_id=row.assignment_id,
            outcome=row.outcome,
        )


class DayIn(In):
    """接待日."""

    on: date
    leader_id: int | None = None
    leader_name: Annotated[str, Field(max_length=40)] = ""
    place: Annotated[str, Field(max_length=80)]
    from_time: time | None = None
    until_time: time | None = None
    capacity: Annotated[int, Field(ge=0, le=60)] = 0


class DayChangeIn(DayIn):
    """改动接待日."""

    reason: Short


class ReasonIn(In):
    """A reason."""

    reason: Short


class DayOut(Schema):
    """One day of the roster."""

    id: int
    on: date
    leader: str
    place: str
    from_time: time | None
    until_time: time | None
    capacity: int
    booked: int
    is_cancelled: bool
    cancel_reason: str

    @classmethod
    def of(cls, row: ReceptionDay, *, booked: int) -> Self:
        """Return a day with how many booked."""
        return cls(
            id=row.pk,
            on=row.on,
            leader=row.leader_name,
            place=row.place,
            from_time=row.from_time,
            until_time=row.until_time,
            capacity=row.capacity,
            booked=booked,
            is_cancelled=row.cancelled_at is not None,
            cancel_reason=row.cancel_reason,
        )


class BookingIn(In):
    """预约."""

    name: Name
    phone: Annotated[str, Field(max_length=30)]
    subject: Line
    head_count: Annotated[int, Field(ge=1, le=99)] = 1


class BookingOut(Schema):
    """One booking for the desk; the phone is masked as on screen."""

    id: int
    number: str
    state: str
    name: str
    phone: str
    subject: str
    head_count: int
    at_time: time | None

    @classmethod
    def of(cls, row: Booking) -> Self:
        """Return a booking."""
        return cls(
            id=row.pk,
            number=row.number,
            state=row.state,
            name=row.name,
            phone=mask_phone(row.phone),
            subject=row.subject,
            head_count=row.head_count,
            at_time=row.at_time,
        )


class ArrivalIn(In):
    """签到."""

    booking_id: int | None = None
    name: Name
    phone: Annotated[str, Field(max_length=30)] = ""
    subject: Line
    head_count: Annotated[int, Field(ge=1, le=9999)] = 1
    representatives: list[Name] = []


class ExchangeIn(In):
    """One question and its answer."""

    question: Annotated[str, Field(max_length=300)]
    answer: Annotated[str, Field(max_length=5000)]


class InterviewIn(In):
    """接谈笔录."""

    exchanges: list[ExchangeIn]
    promised: Words = ""


class ReceivedIn(In):
    """接访登记: the registration, the signed record (its scan in base64), the leader's words on the spot."""

    registration: RegistrationIn
    note: str
    signed_by: Short
    was_read_back: bool
    scan: Base64Bytes
    wish: WishIn | None = None


class ReceptionOut(Schema):
    """One party of a reception day; the phone is masked as on screen."""

    id: int
    day_id: int
    position: int
    state: str
    name: str
    phone: str
    subject: str
    head_count: int
    representatives: list[str]
    booking: str
    petition_id: int | None
    promised: str

    @classmethod
    def of(cls, row: Reception) -> Self:
        """Return a party."""
        return cls(
            id=row.pk,
            day_id=row.day_id,
            position=row.position,
            state=row.state,
            name=row.name,
            phone=mask_phone(row.phone) if row.phone else "",
            subject=row.subject,
            head_count=row.head_count,
            representatives=row.representatives,
            booking=row.booking.number if row.booking else "",
            petition_id=row.petition_id,
            promised=row.promised,
        )


class EarlierOut(Schema):
    """One earlier petition in the brief."""

    petition_id: int
    number: str
    received_on: date
    summary: str
    state: str
    owner: str
    next_due_on: date | None
    promised: str
    oversight_steps: int
    same_phone: bool


class CameOfOut(Schema):
    """What came of one petition that a leader received or instructed on."""

    petition_id: int
    number: str
    summary: str
    on: date
    how: str
    words: str
    state: str
    owner: str
    next_due_on: date | None
    evaluation: str

    @classmethod
    def from_line(cls, line: CameOf) -> Self:
        """Return one line."""
        return cls(**{name: getattr(line, name) for name in cls.model_fields})
