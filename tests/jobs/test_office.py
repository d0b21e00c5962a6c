"""The daily sweep reminds the head of the year's hearing, once a month, however often it runs."""

from datetime import UTC, datetime

from django.urls import reverse

from huiyin.county.office.models import Notification
from huiyin.jobs import office


def told_at(moment: datetime) -> None:
    office.remind_of_hearing(county="qinglan", at=moment.isoformat())


def test_the_sweep_tells_the_head_once_a_month_from_october_on(people):
    told_at(datetime(2026, 9, 30, 1, tzinfo=UTC))
    assert not Notification.objects.exists()
    for day in (1, 2, 31):
        told_at(datetime(2026, 10, day, 1, tzinfo=UTC))
    row = Notification.objects.get()
    assert (row.to_staff, row.href) == (people.head, "/office/hearings/")
    told_at(datetime(2026, 11, 1, 1, tzinfo=UTC))
    assert Notification.objects.count() == 2


def test_the_message_leads_to_the_page_of_hearings(county):
    assert reverse("hearings", urlconf="huiyin.project.urls_county") == office.HEARINGS
