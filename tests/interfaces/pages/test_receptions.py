"""The roster, the queue of a day and the petitioners' booking: what the pages show and to whom."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.office.models import ReceptionDay
from huiyin.county.reception.actions import bookings, days, receptions
from huiyin.county.reception.models import Booking, Reception
from huiyin.county.reception.rules import ArrivalEntry, BookingEntry, DayEntry
from huiyin.kernel.calendar import local_day

CODE = "ABCDEFGHJKMN"


@pytest.fixture
def a_day(people: Any) -> Any:
    """Put a day of 李副主任 on the roster."""

    def made(*, in_days: int = 0, capacity: int = 3) -> ReceptionDay:
        at = timezone.now()
        entry = DayEntry(
            on=local_day(at) + timedelta(days=in_days),
            leader_name="李副主任",
            place="一楼接待室",
            from_time=time(0, 1),
            until_time=time(23, 59),
            capacity=capacity,
        )
        return days.add(entry=entry, leader=people.leader, by=people.clerk, at=at)

    return made


@pytest.fixture
def a_party(people: Any, a_day: Any) -> Any:
    """Sign a party in today."""

    def made(day: ReceptionDay | None = None) -> Reception:
        entry = ArrivalEntry(name="马大山", subject="水费收了两次", phone="13912340001", head_count=2)
        return receptions.sign_in(day_id=(day or a_day()).pk, entry=entry, by=people.clerk, at=timezone.now())

    return made


def test_the_desk_and_the_leader_of_the_day_see_who_comes_and_another_leader_does_not(
    people: Any, browser: Any, a_party: Any
) -> None:
    party = a_party()
    for path in (f"/receptions/days/{party.day_id}/", f"/receptions/{party.pk}/"):
        for role, status in (
            ("clerk", 200),
            ("leader", 200),
            ("auditor", 200),
            ("group_head", 404),
            ("unit_clerk", 403),
        ):
            assert browser(getattr(people, role)).get(path).status_code == status, (path, role)
        page = browser(people.leader).get(path).content.decode()
        assert "139****0001" in page
        assert "13912340001" not in page


@pytest.mark.parametrize("role", ["leader", "auditor", "mail_room", "unit_clerk"])
@pytest.mark.parametrize("act", ["call", "leave", "hand-over", "interview", "register", "record"])
def test_only_the_desk_acts(role: str, act: str, people: Any, browser: Any, a_party: Any) -> None:
    party, by = a_party(), browser(getattr(people, role))
    answer = by.get(f"/receptions/{party.pk}/record") if act == "record" else by.post(f"/receptions/{party.pk}/{act}")
    assert answer.status_code == 403


def test_the_roster_of_a_month_leads_only_where_one_may_look(people: Any, browser: Any, a_day: Any) -> None:
    day = a_day()
    for role, leads in (("clerk", True), ("leader", True), ("group_head", False)):
        page = browser(getattr(people, role)).get("/receptions/").content.decode()
        assert "李副主任" in page
        assert (f"/receptions/days/{day.pk}/" in page) is leads


def test_a_change_without_reason_and_a_double_day_stay_on_the_form(people: Any, browser: Any, a_day: Any) -> None:
    day, clerk = a_day(in_days=3), browser(people.clerk)
    values = {"on": day.on.isoformat(), "leader": people.leader.pk, "place": "二楼", "capacity": 3}
    assert clerk.post(f"/receptions/days/{day.pk}/change", **values).status_code == 422
    again = clerk.post("/receptions/days/new", **values)
    assert again.status_code == 422
    assert "已有接待安排" in again.content.decode()
    assert clerk.post(f"/receptions/days/{day.pk}/change", **values, reason="检修").status_code == 302
    day.refresh_from_db()
    assert day.place == "二楼"


def test_a_cancelled_day_is_announced_as_cancelled_and_the_booked_are_to_be_told(
    people: Any, browser: Any, a_day: Any
) -> None:
    day = a_day(in_days=1)
    entry = BookingEntry(name="马长根", phone="13912340002", subject="道路不平")
    booking = bookings.book(day_id=day.pk, entry=entry, code=CODE, source="x", at=timezone.now()).booking
    clerk = browser(people.clerk)
    assert clerk.post(f"/receptions/days/{day.pk}/cancel", reason="县里开会").status_code == 302
    notice = browser().get("/portal/receptions/", month=f"{day.on:%Y-%m}").content.decode()
    assert "已取消" in notice
    assert f"/portal/receptions/{day.pk}/book" not in notice
    assert browser().get(f"/portal/receptions/{day.pk}/book").status_code == 404
    assert "需电话通知的预约" in clerk.get(f"/receptions/days/{day.pk}/").content.decode()
    assert clerk.post(f"/receptions/bookings/{booking.pk}/tell").status_code == 302
    assert "需电话通知的预约" not in clerk.get(f"/receptions/days/{day.pk}/").content.decode()


def test_a_petitioner_books_by_day_and_the_same_form_books_once(browser: Any, a_day: Any) -> None:
    day, petitioner = a_day(in_days=2), browser()
    values = {"name": "马长根", "phone": "13912340002", "subject": "道路不平", "head_count": 2}
    answers = [
        petitioner.post(f"/portal/receptions/{day.pk}/book", **values, form_token="one-and-the-same") for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].context["screen"].code == answers[1].context["screen"].code
    row = Booking.objects.get(day=day)
    assert (row.name, row.head_count, row.booked_by) == ("马长根", 2, None)
    assert "127.0.0.1" not in row.source
    assert "no-store" in answers[0]["Cache-Control"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"phone": "12"}, "手机号码"),
        ({"head_count": 6}, "不超过5人"),
        ({"subject": ""}, "必填"),
        ({"name": ""}, "必填"),
    ],
)
def test_a_booking_that_lacks_something_says_what(
    changed: dict[str, Any], words: str, browser: Any, a_day: Any
) -> None:
    values = {"name": "马长根", "phone": "13912340002", "subject": "道路不平", "head_count": 2, **changed}
    answer = browser().post(f"/portal/receptions/{a_day(in_days=2).pk}/book", **values)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_after_three_bookings_a_source_waits_until_tomorrow(browser: Any, a_day: Any) -> None:
    petitioner = browser()
    statuses = [
        petitioner.post(
            f"/portal/receptions/{a_day(in_days=ahead).pk}/book",
            name="马长根",
            phone="13912340002",
            subject="道路不平",
            head_count=1,
        ).status_code
        for ahead in range(1, 5)
    ]
    assert statuses == [200, 200, 200, 422]


def test_wrong_codes_are_counted_and_the_source_waits(browser: Any, a_day: Any) -> None:
    entry = BookingEntry(name="马长根", phone="13912340002", subject="道路不平")
    booking = bookings.book(day_id=a_day(in_days=1).pk, entry=entry, code=CODE, source="x", at=timezone.now()).booking
    petitioner = browser()
    for _ in range(5):
        answer = petitioner.post("/portal/bookings/cancel", number=booking.number, code="ZZZZZZZZZZZZ")
        assert "预约号或取消码不正确" in answer.content.decode()
    assert "15分钟" in petitioner.post("/portal/bookings/cancel", number=booking.number, code=CODE).content.decode()
    booking.refresh_from_db()
    assert booking.state == "booked"


@pytest.mark.parametrize("month", ["", "2026-13", "abc", "2026-03"])
def test_the_notice_opens_for_everybody_and_every_month(month: str, browser: Any, a_day: Any) -> None:
    a_day()
    page = browser().get("/portal/receptions/", month=month)
    assert page.status_code == 200
    today = local_day(timezone.now())
    assert ("李副主任" in page.content.decode()) is (month != "2026-03" or today.replace(day=1) == date(2026, 3, 1))


def test_the_notice_shows_nobody_who_booked(browser: Any, a_day: Any) -> None:
    day = a_day(in_days=1)
    entry = BookingEntry(name="马长根", phone="13912340002", subject="道路不平")
    bookings.book(day_id=day.pk, entry=entry, code=CODE, source="x", at=timezone.now())
    page = browser().get("/portal/receptions/", month=f"{day.on:%Y-%m}").content.decode()
    assert "余2批" in page
    assert "马长根" not in page


def test_the_desk_books_for_whoever_phones_and_cancels_with_a_reason(people: Any, browser: Any, a_day: Any) -> None:
    day, clerk = a_day(in_days=1), browser(people.clerk)
    values = {"name": "马长根", "phone": "13912340002", "subject": "道路不平", "head_count": 1}
    answer = clerk.post(f"/receptions/days/{day.pk}/book", **{f"booking-{name}": one for name, one in values.items()})
    assert answer.status_code == 200, answer.content.decode()
    row = Booking.objects.get(day=day)
    assert (row.booked_by, row.source) == (people.clerk, "")
    assert clerk.post(f"/receptions/bookings/{row.pk}/cancel", reason="").status_code == 422
    assert clerk.post(f"/receptions/bookings/{row.pk}/cancel", reason="本人来电").status_code == 302


def test_the_printed_record_has_questions_answers_and_where_to_sign(people: Any, browser: Any, a_party: Any) -> None:
    party, clerk = a_party(), browser(people.clerk)
    clerk.post(f"/receptions/{party.pk}/call")
    empty = clerk.post(f"/receptions/{party.pk}/interview", question_0="反映什么事？", answer_0="")
    assert empty.status_code == 409
    clerk.post(f"/receptions/{party.pk}/interview", question_0="反映什么事？", answer_0="水费收了两次。", promised="")
    page = clerk.get(f"/receptions/{party.pk}/record").content.decode()
    assert "答：水费收了两次。" in page
    assert "签名" in page


def test_another_countys_day_is_not_there(people: Any, browser: Any, a_day: Any, other_county: Any) -> None:
    day = a_day(in_days=1)
    answer = browser().client.get(f"/portal/receptions/{day.pk}/book", HTTP_HOST=other_county.domain)
    assert answer.status_code == 404
