"""The province's tables follow the counties' versions by a job of the province's own."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from huiyin.jobs import schedule
from huiyin.kernel.periods import month
from huiyin.kernel.tenant import entered
from huiyin.platform.statistics import intake
from huiyin.province.models import Release

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
FEBRUARY = month("2026-02")


@pytest.fixture
def reported(county):
    """青岚县 reported nine petitions of February."""
    number = {"indicator": "first_matters", "channel": "letter", "part": 5, "whole": 9}
    with entered(county):
        intake.accept(
            county=county,
            key=uuid4(),
            first_on=FEBRUARY.first,
            last_on=FEBRUARY.last,
            version=1,
            data_as_of=AT,
            figures=[number],
            cells=[number | {"purpose": "claim", "category": "01"}],
            at=AT,
        )


def test_the_province_is_sent_the_job_once_a_day_in_its_own_name(county, sent):
    schedule.publish_releases(at=AT)
    schedule.publish_releases(at=AT + timedelta(hours=2))
    assert [(one["actor_name"], one["kwargs"]["county"]) for one in sent()] == [("releases.publish", "province")]


def test_the_job_publishes_what_was_reported_and_may_run_twice(county, province, reported, sent, deliver):
    schedule.publish_releases(at=AT)
    (message,) = sent()
    deliver(message)
    deliver(message)
    with entered(province):
        found = Release.objects.order_by("kind").values_list("kind", "first_on", "version", "made_at")
        assert list(found) == [("category", FEBRUARY.first, 1, AT), ("purpose", FEBRUARY.first, 1, AT)]
