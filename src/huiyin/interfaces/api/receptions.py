"""接待日 by API: the roster, bookings, the queue of the day, the record, and what came of it."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from huiyin.accounts.models import Staff
from huiyin.accounts.permissions import check_has_role
from huiyin.county.office.models import ReceptionDay
from huiyin.county.reception import queries, rules
from huiyin.county.reception.actions import bookings, days, instructions, receptions
from huiyin.county.reception.actions.receptions import SignedRecord
from huiyin.county.reception.models import Booking, Reception
from huiyin.county.reception.querysets import READERS
from huiyin.interfaces import submissions
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import FIRST_YEAR, LAST_YEAR, month_of, year
from huiyin.kernel.refusal import Refusal

from .access import caller, reader_with
from .instructions import wish_of
from .petitions import colleague
from .receipts import registration_of
from .reception_schemas import (
    ArrivalIn,
    BookingIn,
    BookingOut,
    CameOfOut,
    DayChangeIn,
    DayIn,
    DayOut,
    EarlierOut,
    InterviewIn,
    ReasonIn,
    ReceivedIn,
    ReceptionOut,
)
from .schemas import Done
from .writes import carried_out

router = Router(tags=["接待"])
Year = Annotated[int, Query(ge=FIRST_YEAR, le=LAST_YEAR)]
Month = Annotated[int, Query(ge=1, le=12)]


def leader_of(leader_id: int | None) -> Staff | None:
    """Return the leader's account, where one was named."""
    return colleague(leader_id) if leader_id else None


def entry_of(body: DayIn) -> rules.DayEntry:
    """Return the body as the rules take it."""
    leader = leader_of(body.leader_id)
    return rules.DayEntry(
        on=body.on,
        leader_name=leader.name if leader else body.leader_name,
        place=body.place,
        from_time=body.from_time,
        until_time=body.until_time,
        capacity=body.capacity,
    )


def day_done(row: ReceptionDay) -> Done:
    """Return the day after an act."""
    return Done(id=row.pk, state="cancelled" if row.cancelled_at else "standing")


@router.get("/days", response=list[DayOut], summary="接待日")
def roster(request: HttpRequest, of_year: Year, of_month: Month) -> list[DayOut]:
    """Return the roster of a month, as the portal announces it."""
    del request
    month = month_of(date(of_year, of_month, 1))
    lines = queries.roster(ReceptionDay.objects.filter(on__range=(month.first, month.last)))
    return [DayOut.of(line.day, booked=line.booked) for line in lines]


@router.post("/days", response=Done, summary="安排接待日")
def add_day(request: HttpRequest, body: DayIn) -> Done:
    """安排接待日."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return day_done(days.add(entry=entry_of(body), leader=leader_of(body.leader_id), by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/days/{int:day_id}/change", response=Done, summary="改动接待日")
def change_day(request: HttpRequest, day_id: int, body: DayChangeIn) -> Done:
    """改动接待日, with the reason."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        leader = leader_of(body.leader_id)
        return day_done(
            days.change(day_id=day_id, entry=entry_of(body), leader=leader, reason=body.reason, by=by, at=at)
        )

    return carried_out(request, body, at, act)


@router.post("/days/{int:day_id}/cancel", response=Done, summary="取消接待日")
def cancel_day(request: HttpRequest, day_id: int, body: ReasonIn) -> Done:
    """取消接待日, with the reason."""
    by, at = caller(request), timezone.now()
    return carried_out(
        request, body, at, lambda: day_done(days.cancel(day_id=day_id, reason=body.reason, by=by, at=at))
    )


@router.get("/days/{int:day_id}/bookings", response=list[BookingOut], summary="一天的预约")
def booked(request: HttpRequest, day_id: int) -> list[BookingOut]:
    """Return the bookings of a day, for the desk and the leader who receives on it."""
    by = caller(request)
    day = ReceptionDay.objects.filter(pk=day_id).first()
    if day is None or not (rules.may_receive(by) or day.leader_id == by.pk):
        raise Refusal("reception_day.unknown", "没有这个接待日，或您无权查看")
    return [BookingOut.of(row) for row in day.bookings.order_by("at_time", "pk")]


@router.post("/days/{int:day_id}/bookings", response=Done, summary="代群众预约")
def book(request: HttpRequest, day_id: int, body: BookingIn) -> Done:
    """预约 at the desk; answers the number, and the code that cancels it."""
    by, at = caller(request), timezone.now()
    code = submissions.query_code_of(request.headers.get("Idempotency-Key", ""))

    def act() -> Done:
        row = bookings.book(day_id=day_id, entry=rules.BookingEntry(**dict(body)), code=code, by=by, at=at).booking
        return Done(id=row.pk, number=row.number, state=row.state)

    return carried_out(request, body, at, act).model_copy(update={"query_code": code})


def booking_done(row: Booking) -> Done:
    """Return a booking after an act."""
    return Done(id=row.pk, number=row.number, state=row.state)


@router.post("/bookings/{int:booking_id}/cancel", response=Done, summary="取消预约")
def cancel_booking(request: HttpRequest, booking_id: int, body: ReasonIn) -> Done:
    """取消预约 at the desk."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return booking_done(bookings.cancel_at_desk(booking_id=booking_id, reason=body.reason, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/bookings/{int:booking_id}/tell", response=Done, summary="已电话通知")
def tell(request: HttpRequest, booking_id: int) -> Done:
    """已电话通知 that the day is cancelled."""
    by, at = caller(request), timezone.now()
    return carried_out(request, None, at, lambda: booking_done(bookings.tell(booking_id=booking_id, by=by, at=at)))


def reception_done(row: Reception) -> Done:
    """Return a party after an act."""
    return Done(id=row.pk, number=str(row.position), state=row.state)


@router.post("/days/{int:day_id}/sign-in", response=Done, summary="来访签到")
def sign_in(request: HttpRequest, day_id: int, body: ArrivalIn) -> Done:
    """签到: answers the turn."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        entry = rules.ArrivalEntry(
            name=body.name,
            subject=body.subject,
            phone=body.phone,
            head_count=body.head_count,
            representatives=tuple(body.representatives),
        )
        return reception_done(receptions.sign_in(day_id=day_id, entry=entry, booking_id=body.booking_id, by=by, at=at))

    return carried_out(request, body, at, act)


@router.get("/days/{int:day_id}/queue", response=list[ReceptionOut], summary="当天来访")
def queue(request: HttpRequest, day_id: int) -> list[ReceptionOut]:
    """Return the parties of a day: who waits in the order of being called, then the others by their turn."""
    by, at = reader_with(request, READERS, act="查看当天来访"), timezone.now()
    rows = list(Reception.objects.visible_to(by).filter(day_id=day_id).select_related("booking").order_by("position"))
    waiting = queries.in_turn((row for row in rows if row.state == "waiting"), at=at)
    return [ReceptionOut.of(row) for row in (*waiting, *(row for row in rows if row not in waiting))]


def found(by: Staff, reception_id: int) -> Reception:
    """Return a party the caller may see, or refuse as if there were none."""
    row = Reception.objects.visible_to(by).select_related("day__leader", "booking").filter(pk=reception_id).first()
    if row is None:
        raise Refusal("reception.unknown", "没有这批来访，或您无权查看")
    return row


@router.get("/{int:reception_id}/brief", response=list[EarlierOut], summary="接访情况单")
def brief(request: HttpRequest, reception_id: int) -> list[EarlierOut]:
    """Return the earlier petitions of whoever comes, as far as the caller may see them."""
    by = caller(request)
    lines = queries.earlier_of(found(by, reception_id), by=by)
    return [EarlierOut(**{name: getattr(line, name) for name in EarlierOut.model_fields}) for line in lines]


@router.post("/{int:reception_id}/call", response=Done, summary="叫号")
def call(request: HttpRequest, reception_id: int) -> Done:
    """叫号."""
    by, at = caller(request), timezone.now()
    return carried_out(
        request, None, at, lambda: reception_done(receptions.call(reception_id=reception_id, by=by, at=at))
    )


@router.post("/{int:reception_id}/put-back", response=Done, summary="退回候访")
def put_back(request: HttpRequest, reception_id: int) -> Done:
    """退回候访."""
    by, at = caller(request), timezone.now()
    return carried_out(
        request, None, at, lambda: reception_done(receptions.put_back(reception_id=reception_id, by=by, at=at))
    )


@router.post("/{int:reception_id}/hand-over", response=Done, summary="转信访办接谈")
def hand_over(request: HttpRequest, reception_id: int, body: ReasonIn) -> Done:
    """转信访办接谈."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return reception_done(receptions.hand_over(reception_id=reception_id, reason=body.reason, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:reception_id}/leave", response=Done, summary="来访人离开")
def leave(request: HttpRequest, reception_id: int, body: ReasonIn) -> Done:
    """离开."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return reception_done(receptions.leave(reception_id=reception_id, reason=body.reason, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:reception_id}/interview", response=Done, summary="接谈笔录")
def interview(request: HttpRequest, reception_id: int, body: InterviewIn) -> Done:
    """接谈笔录: questions and answers; a new one replaces it until it is signed."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        exchanges = [rules.Exchange(one.question, one.answer) for one in body.exchanges]
        return reception_done(
            receptions.interview(reception_id=reception_id, exchanges=exchanges, promised=body.promised, by=by, at=at)
        )

    return carried_out(request, body, at, act)


@router.post("/{int:reception_id}/register", response=Done, summary="接访登记")
def register(request: HttpRequest, reception_id: int, body: ReceivedIn) -> Done:
    """接访登记: receipt, petition, record, reading and the leader's words in one go; answers the petition."""
    by, at = caller(request), timezone.now()
    code = submissions.query_code_of(request.headers.get("Idempotency-Key", ""))

    def act() -> Done:
        row = found(by, reception_id)
        signed = SignedRecord(
            signed_by=body.signed_by, note=body.note, scan=body.scan, was_read_back=body.was_read_back
        )
        done = receptions.register(
            reception_id=reception_id,
            registration=registration_of(body.registration),
            signed=signed,
            by=by,
            at=at,
            query_code=code,
        )
        if body.wish is not None:
            instructions.record(
                petition_id=done.petition.pk,
                wish=wish_of(body.wish),
                leader=row.day.leader,
                leader_name=row.day.leader_name,
                reception_id=reception_id,
                by=by,
                at=at,
            )
        return Done(id=done.petition.pk, number=done.petition.number, state=done.petition.state)

    return carried_out(request, body, at, act).model_copy(update={"query_code": code})


@router.get("/came-of", response=list[CameOfOut], summary="我的接访")
def came_of(request: HttpRequest, of_year: Year | None = None) -> list[CameOfOut]:
    """我的接访: what came of the petitions that the calling leader received or instructed on in a year."""
    by = caller(request)
    check_has_role(by, *rules.LEADERS, act="查看接访结果")
    period = year(of_year or local_day(timezone.now()).year)
    return [CameOfOut.from_line(line) for line in queries.came_of(by, first_on=period.first, last_on=period.last)]
