"""A reported period reaches the province's intake once, as it was reported."""

import uuid
from datetime import UTC, date, datetime

import pytest

from huiyin.county.analysis.models import ReportedPeriod
from huiyin.county.journal import actions as journal
from huiyin.platform.statistics.indicators import REGISTERED
from huiyin.platform.statistics.models import Figure, Submission

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def reported(people) -> ReportedPeriod:
    period = ReportedPeriod.objects.create(
        first_on=date(2026, 2, 1),
        last_on=date(2026, 2, 28),
        version=1,
        key=uuid.uuid4(),
        figures=[{"indicator": REGISTERED.code, "channel": "letter", "part": 9, "whole": 10}],
        reported_at=AT,
        reported_by=people.head,
    )
    journal.record("period.reported", subject=period, by=people.head, at=AT)
    return period


def test_the_numbers_are_pushed_once(sent, deliver, reported):
    (message,) = sent()
    assert message["actor_name"] == "numbers.push"
    deliver(message)
    deliver(message)
    submission = Submission.objects.get(key=reported.key)
    assert (submission.county, submission.version) == ("qinglan", 1)
    assert [(one.part, one.whole) for one in Figure.objects.filter(submission_key=reported.key)] == [(9, 10)]
