"""A locked period reaches the province's intake once, as it was reconciled."""

from datetime import UTC, datetime, timedelta

import pytest

from huiyin.county.reporting.actions import periods
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.kernel.periods import month
from huiyin.platform.statistics.indicators import REGISTERED
from huiyin.platform.statistics.models import Figure, Submission

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
FEBRUARY = month("2026-02")


@pytest.fixture
def prepared(people) -> ReportedPeriod:
    """A month that the clerk reconciled; nine of ten receipts are registered."""
    row = periods.prepare(period=FEBRUARY, by=people.clerk, at=AT)
    row.figures = [{"indicator": REGISTERED.code, "channel": "letter", "part": 9, "whole": 10}]
    row.cells = []
    row.save(update_fields=["figures", "cells"])
    return row


def test_what_is_only_reconciled_is_not_pushed(sent, prepared):
    assert sent() == []


def test_the_numbers_are_pushed_once_when_the_head_locks_them(sent, deliver, prepared, people):
    reported = periods.approve(period_id=prepared.pk, by=people.head, at=AT + timedelta(hours=5))
    (message,) = sent()
    assert message["actor_name"] == "numbers.push"
    deliver(message)
    deliver(message)
    submission = Submission.objects.get(key=reported.key)
    assert (submission.county, submission.version, submission.data_as_of) == ("qinglan", 1, AT)
    assert [(one.part, one.whole) for one in Figure.objects.filter(submission_key=reported.key)] == [(9, 10)]
