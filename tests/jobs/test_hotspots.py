"""The sweeps of hotspots and of answers lead to their pages and tell nobody of nothing."""

from datetime import UTC, datetime

from django.urls import reverse

from huiyin.county.office.models import Notification
from huiyin.jobs import hotspots, oversight
from huiyin.jobs.schedule import DAILY

AT = datetime(2026, 6, 30, 1, tzinfo=UTC).isoformat()


def test_an_empty_office_is_told_nothing_by_either_sweep(people):
    hotspots.give_early_notice(county="qinglan", at=AT)
    oversight.remind_of_answers(county="qinglan", at=AT)
    assert not Notification.objects.exists()


def test_both_sweep_every_day_and_lead_to_their_pages(county):
    assert {hotspots.give_early_notice, oversight.remind_of_answers} <= set(DAILY)
    assert reverse("hotspots", urlconf="huiyin.project.urls_county") == hotspots.HOTSPOTS
    assert reverse("recommendations", urlconf="huiyin.project.urls_county") == oversight.RECOMMENDATIONS
