"""提醒结账: clerk and head are told once of what is late, the head of what waits, both of what moved."""

import pytest

from huiyin.county.office.models import Notification
from huiyin.county.registry.actions import receipts
from huiyin.county.registry.states import Channel
from huiyin.county.reporting import reminders
from huiyin.jobs import numbers
from huiyin.kernel.periods import quarter

from .conftest import MARCH, Desk, moment

HREF = "/periods/"


def told(person) -> list[str]:
    rows = Notification.objects.filter(to_staff=person, key__startswith="closing.").order_by("pk")
    return [row.words for row in rows if row.words.startswith("2026年3月")]


@pytest.mark.parametrize(("day", "count"), [(10, 0), (11, 1)])  # the tenth is in time
def test_what_is_not_closed_by_the_tenth_is_told_to_clerk_and_head(desk: Desk, day: int, count: int):
    for _ in range(2):
        reminders.remind_of_closing(at=moment(4, day), href=HREF)
    assert len(told(desk.people.clerk)) == len(told(desk.people.head)) == count
    assert told(desk.people.leader) == []
    if count:
        assert told(desk.people.clerk) == ["2026年3月的数字应在2026年4月10日前报送，还没有核对"]


def test_the_head_is_told_once_of_what_waits_for_the_approval(desk: Desk):
    desk.prepared()
    for hour in (9, 10):
        reminders.remind_of_closing(at=moment(4, 4, hour), href=HREF)
    assert told(desk.people.head) == ["2026年3月第1版已核对，请审定"]
    assert told(desk.people.clerk) == []


def test_what_is_locked_is_told_of_no_more_until_it_moved(desk: Desk):
    desk.locked()
    reminders.remind_of_closing(at=moment(4, 20), href=HREF)
    assert told(desk.people.clerk) == []
    receipts.take_receipt(
        channel=Channel.LETTER, received_on=MARCH.last, by=desk.people.mail_room, at=moment(4, 20, 10)
    )
    for hour in (11, 12):
        reminders.remind_of_closing(at=moment(4, 20, hour), href=HREF)
    expected = ["2026年3月第1版锁定后有补登或更正，请看是否重新打开"]
    assert told(desk.people.clerk) == told(desk.people.head) == expected


def test_a_reopened_month_is_told_of_anew_and_leads_to_its_page(desk: Desk):
    reminders.remind_of_closing(at=moment(4, 11), href=HREF)
    desk.reopened(desk.locked(moment(4, 12)), moment(4, 13))
    reminders.remind_of_closing(at=moment(4, 14), href=HREF)
    assert len(told(desk.people.head)) == 2
    row = Notification.objects.filter(to_staff=desk.people.head, words__startswith="2026年3月").latest("pk")
    assert row.href == "/periods/2026-03/"


def test_the_nights_job_tells_of_a_quarter_too_and_may_run_twice(desk: Desk):
    for _ in range(2):
        numbers.remind_of_closing(county="qinglan", at=moment(4, 11).isoformat())
    words = f"{quarter(2026, 1).label}的数字应在2026年4月10日前报送，还没有核对"
    assert Notification.objects.filter(to_staff=desk.people.clerk, words=words).count() == 1
