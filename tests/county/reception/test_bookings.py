"""The roster of reception days, and the places people book on them."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification, ReceptionDay
from huiyin.county.reception import queries
from huiyin.county.reception.actions import bookings, days
from huiyin.county.reception.models import Booking
from huiyin.county.reception.rules import BookingEntry, DayEntry
from huiyin.county.reception.states import BookingState
from huiyin.kernel.refusal import Refusal

from .conftest import AT, CODE

MAKER = BookingEntry(name="马大山", phone="13912340001", subject="水费收了两次", head_count=2)


def test_a_day_is_put_on_the_roster_and_its_leader_is_told(people: Any, a_day: Any) -> None:
    day = a_day(in_days=1)
    assert (day.leader, day.leader_name, day.capacity) == (people.leader, "李副主任", 4)
    assert Notification.objects.filter(to_staff=people.leader, words__contains="2026年3月10日").exists()
    assert Entry.objects.latest("number").event == "reception_day.added"


def test_a_leader_receives_once_a_day_and_a_cancelled_day_may_be_put_anew(people: Any, a_day: Any) -> None:
    day = a_day(in_days=1)
    with pytest.raises(Refusal, match="已有接待安排"):
        a_day(in_days=1)
    days.cancel(day_id=day.pk, reason="开会", by=people.clerk, at=AT)
    assert a_day(in_days=1).pk != day.pk


def test_a_change_keeps_both_versions_in_the_journal(people: Any, a_day: Any) -> None:
    day = a_day(in_days=2)
    entry = DayEntry(
        on=day.on, leader_name="秦岳", place="二楼会议室", from_time=time(14), until_time=time(16), capacity=6
    )
    days.change(day_id=day.pk, entry=entry, leader=people.group_head, reason="李副主任出差", by=people.clerk, at=AT)
    day.refresh_from_db()
    assert (day.leader, day.place, day.from_time) == (people.group_head, "二楼会议室", time(14))
    told = Entry.objects.latest("number").values
    assert (told["before"][1], told["leader"], told["reason"]) == ("李副主任", "秦岳", "李副主任出差")


def test_only_the_desk_arranges_the_roster(people: Any, a_day: Any) -> None:
    day = a_day(in_days=1)
    for by in (people.leader, people.auditor, people.mail_room):
        with pytest.raises(Refusal) as refused:
            days.cancel(day_id=day.pk, reason="开会", by=by, at=AT)
        assert refused.value.code == "permission.role_missing"


def test_a_booking_has_a_number_a_time_and_a_code_kept_as_its_digest(a_day: Any) -> None:
    day = a_day(in_days=1)
    done = bookings.book(day_id=day.pk, entry=MAKER, code=CODE, source="here", at=AT)
    row = done.booking
    assert (row.number, row.at_time, row.state) == ("青人约〔2026〕1号", time(9), BookingState.BOOKED.value)
    assert CODE not in row.code_digest
    told = Entry.objects.latest("number")
    assert (told.event, told.by_id) == ("booking.made", None)
    assert not {"马大山", "13912340001"} & {str(value) for value in told.values.values()}


def test_a_day_is_full_when_its_places_are_taken_and_a_cancelled_place_is_free_again(
    a_day: Any, a_booking: Any
) -> None:
    day = a_day(in_days=1, capacity=2)
    first, _ = a_booking(day, source="a"), a_booking(day, source="b")
    with pytest.raises(Refusal, match="约满"):
        a_booking(day, source="c")
    bookings.cancel(number=first.number, code=CODE, at=AT)
    assert a_booking(day, source="c").at_time == first.at_time


def test_one_source_books_three_times_a_day_and_the_desk_is_not_counted(
    people: Any, a_day: Any, a_booking: Any
) -> None:
    days_ahead = [a_day(in_days=ahead) for ahead in range(1, 6)]
    for day in days_ahead[:3]:
        a_booking(day, source="one")
    with pytest.raises(Refusal, match="次数已满"):
        a_booking(days_ahead[3], source="one")
    assert a_booking(days_ahead[3], source="other").pk
    assert bookings.book(day_id=days_ahead[4].pk, entry=MAKER, code=CODE, by=people.clerk, at=AT).booking.source == ""
    tomorrow = AT + timedelta(days=1)
    assert a_booking(days_ahead[3], source="one", at=tomorrow).booked_on == date(2026, 3, 10)


def test_the_same_phone_books_a_day_once(people: Any, a_day: Any) -> None:
    day = a_day(in_days=1)
    bookings.book(day_id=day.pk, entry=MAKER, code=CODE, source="a", at=AT)
    with pytest.raises(Refusal, match="已经约了"):
        bookings.book(day_id=day.pk, entry=MAKER, code=CODE, source="b", at=AT)


@pytest.mark.parametrize(("number", "code"), [(None, "ZZZZZZZZZZZZ"), ("青人约〔2026〕99号", CODE)])
def test_only_number_and_code_together_cancel(number: str | None, code: str, a_day: Any, a_booking: Any) -> None:
    row = a_booking(a_day(in_days=1))
    with pytest.raises(Refusal) as refused:
        bookings.cancel(number=number or row.number, code=code, at=AT)
    assert (refused.value.code, refused.value.words) == ("booking.no_such_pair", bookings.NO_SUCH_PAIR)
    row.refresh_from_db()
    assert row.state == BookingState.BOOKED.value


def test_a_cancelled_booking_is_not_cancelled_twice(a_day: Any, a_booking: Any) -> None:
    row = a_booking(a_day(in_days=1))
    bookings.cancel(number=row.number, code=CODE, at=AT)
    with pytest.raises(Refusal, match="已取消"):
        bookings.cancel(number=row.number, code=CODE, at=AT)


def test_with_its_day_a_booking_is_cancelled_and_the_desk_tells_each_by_phone(
    people: Any, a_day: Any, a_booking: Any
) -> None:
    day = a_day(in_days=1)
    row = a_booking(day)
    with pytest.raises(Refusal, match="没有取消"):
        bookings.tell(booking_id=row.pk, by=people.clerk, at=AT)
    days.cancel(day_id=day.pk, reason="县里开会", by=people.clerk, at=AT)
    row.refresh_from_db()
    assert (row.state, row.cancel_reason) == (BookingState.CANCELLED.value, "接待日取消")
    bookings.tell(booking_id=row.pk, by=people.clerk, at=AT)
    row.refresh_from_db()
    assert row.told_by == people.clerk
    with pytest.raises(Refusal, match="已经取消"):
        a_booking(day, source="later")


def test_a_day_on_which_somebody_signed_in_is_not_cancelled(people: Any, a_day: Any, a_party: Any) -> None:
    day = a_day()
    a_party(day)
    with pytest.raises(Refusal, match="已有来访人签到"):
        days.cancel(day_id=day.pk, reason="开会", by=people.clerk, at=AT)


def test_the_roster_counts_who_booked_and_who_came(a_day: Any, a_booking: Any, a_party: Any, received: Any) -> None:
    day = a_day(in_days=1)
    kept, gone = a_booking(day, source="a"), a_booking(day, source="b")
    bookings.cancel(number=gone.number, code=CODE, at=AT)
    on_the_day = AT + timedelta(days=1)
    party = a_party(day, booking=kept, is_called=True, at=on_the_day)
    a_party(day, name="马长根", at=on_the_day)
    received(party, at=on_the_day)
    [line] = queries.roster(ReceptionDay.objects.filter(pk=day.pk))
    assert (line.booked, line.came, line.received) == (1, 2, 1)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "cancelled"},
        {"cancelled_at": AT},
        {"name": ""},
        {"told_at": AT},
    ],
)
def test_the_database_knows_the_rule_too(values: dict[str, Any], a_day: Any, a_booking: Any) -> None:
    row = a_booking(a_day(in_days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=row.pk).update(**values)


def test_a_cancelled_day_without_its_reason_is_no_row(a_day: Any) -> None:
    day = a_day(in_days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReceptionDay.objects.filter(pk=day.pk).update(cancelled_at=AT)
