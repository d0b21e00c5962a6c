"""预警: everybody is told ten days, three days and on the last day before a clock ends, once each."""

from datetime import date

import pytest

from huiyin.county.office.models import Notification
from huiyin.county.office.states import NotificationKind
from huiyin.county.oversight import warnings
from huiyin.county.oversight.models import Warned
from huiyin.county.registry.models import Deadline
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due

from .conftest import moment

HREFS = {"office_href": "/board/", "unit_href": "/assignments/"}


@pytest.fixture
def report_clock(assignment) -> Deadline:
    Deadline.objects.running().exclude(clock=Clock.REPORT.value).update(superseded_at=moment(3, 5))
    return Deadline.objects.running().get()


@pytest.mark.parametrize(
    ("today", "mark"),
    [
        (date(2026, 4, 28), None),
        (date(2026, 4, 29), 10),
        (date(2026, 5, 5), 10),
        (date(2026, 5, 6), 3),
        (date(2026, 5, 8), 3),
        (date(2026, 5, 9), 0),
    ],
)
def test_the_mark_is_the_nearest_that_was_reached_before_the_move_off_a_rest_day(today, mark):
    due = Due(
        clock=Clock.REPORT,
        start_on=date(2026, 3, 10),
        due_on=date(2026, 5, 11),
        unmoved_on=date(2026, 5, 9),
        provisional=False,
        rule="R22",
        basis="§34",
        step=None,
    )
    assert warnings.mark_of(due, today=today) == mark


def test_the_unit_is_told_once_at_each_mark_in_one_message(report_clock, people):
    assert report_clock.warn_from_on == date(2026, 5, 9), "sixty days from the day it counts as received, a Saturday"
    told = [warnings.warn(at=moment(*day), **HREFS) for day in ((4, 28), (4, 29), (4, 30), (5, 6), (5, 7), (5, 9))]
    assert told == [0, 1, 0, 1, 0, 1]
    words = list(
        Notification.objects.filter(to_staff=people.unit_clerk, kind=NotificationKind.DUE.value)
        .order_by("pk")
        .values_list("words", flat=True)
    )
    assert len(words) == 3
    assert all("青人交〔2026〕1号交办报结" in one for one in words)
    assert not Notification.objects.filter(to_staff=people.other_unit_clerk).exists()


def test_what_was_missed_is_told_once_and_not_three_times(report_clock, people):
    assert warnings.warn(at=moment(5, 9), **HREFS) == 1
    assert list(Warned.objects.values_list("mark", flat=True)) == [0]
    assert Notification.objects.filter(to_staff=people.unit_head, kind=NotificationKind.DUE.value).count() == 1


def test_the_offices_own_clocks_are_told_to_their_keeper(registered, people):
    assert warnings.warn(at=moment(3, 2), **HREFS) == 0, "a clock of three days gives no warning on its first"
    assert warnings.warn(at=moment(3, 5), **HREFS) == 1
    message = Notification.objects.get(to_staff=people.clerk)
    assert message.href == "/board/"
    assert "归类" in message.words
    assert "马长根" not in message.words
