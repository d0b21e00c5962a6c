"""The daily sweep reminds of activities; the message leads to the activity's page."""

from datetime import UTC, date, datetime

from django.urls import reverse

from huiyin.county.office.models import Notification
from huiyin.county.supervision.actions import activities
from huiyin.county.supervision.rules.activities import SchemeEntry
from huiyin.county.supervision.states import ActivityKind, Method
from huiyin.jobs import supervision
from huiyin.jobs.schedule import DAILY


def test_the_sweep_tells_clerk_and_head_that_a_scheme_is_not_approved_a_week_before_its_start(people):
    entry = SchemeEntry(
        ActivityKind.FIELD_VISIT,
        "灌区视察",
        "县人大法制委员会",
        "了解灌区",
        "渠系维护",
        (Method.ON_SITE,),
        "6月8日视察",
        date(2026, 6, 8),
        date(2026, 6, 9),
        ("water",),
        ground="主任会议决定",
    )
    row = activities.prepare(entry=entry, by=people.clerk, at=datetime(2026, 5, 6, 1, tzinfo=UTC))
    for day in (1, 2):
        supervision.remind(county="qinglan", at=datetime(2026, 6, day, 1, tzinfo=UTC).isoformat())
    told = list(Notification.objects.filter(kind="supervision").order_by("to_staff__username"))
    assert [one.to_staff for one in told] == [people.clerk, people.head]
    assert told[0].words == "青人监〔2026〕1号 灌区视察：定于2026年6月8日开始，方案还没有批准"
    assert told[0].href == reverse("activity", args=[row.pk], urlconf="huiyin.project.urls_county")


def test_the_sweep_is_one_of_every_day():
    assert supervision.remind in DAILY
