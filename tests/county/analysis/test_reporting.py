"""报送: a month's numbers are frozen as a version; the same numbers again are no new one."""

import pytest

from huiyin.county.analysis import actions, queries
from huiyin.county.analysis.models import ReportedPeriod
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.journal.models import Entry
from huiyin.county.reply.states import ReplyKind
from huiyin.kernel.refusal import Refusal

from .conftest import MARCH, Desk, moment


def events() -> int:
    return Entry.objects.filter(event="period.reported").count()


def test_a_month_is_frozen_as_its_first_version(desk: Desk):
    desk.registered(desk.receipt(2))
    reported = actions.report_period(period=MARCH, by=desk.people.head, at=moment(4, 3))
    assert (reported.version, reported.reported_by) == (1, desk.people.head)
    assert reported.figures == [one.as_values() for one in queries.figures(MARCH, at=moment(4, 3))]
    entry = Entry.objects.get(event="period.reported")
    assert {name: entry.values[name] for name in ("first_on", "last_on", "version")} == {
        "first_on": "2026-03-01",
        "last_on": "2026-03-31",
        "version": 1,
    }
    assert "马长根" not in str(reported.figures)


def test_the_same_numbers_again_are_the_version_that_stands(desk: Desk):
    desk.registered(desk.receipt(2))
    first = actions.report_period(period=MARCH, by=desk.people.head, at=moment(4, 3))
    again = actions.report_period(period=MARCH, by=desk.people.clerk, at=moment(4, 9))
    assert (again.pk, events()) == (first.pk, 1)


def test_numbers_that_changed_are_the_next_version(desk: Desk):
    letter = desk.through(desk.registered(desk.receipt(2)))
    desk.decided(letter, DispositionKind.GUIDANCE)
    first = actions.report_period(period=MARCH, by=desk.people.head, at=moment(4, 3))
    desk.answered(letter, ReplyKind.GUIDANCE, written=10, told=11)
    second = actions.report_period(period=MARCH, by=desk.people.head, at=moment(4, 9))
    assert (second.version, second.key != first.key, events()) == (2, True, 2)
    assert ReportedPeriod.objects.get(pk=first.pk).figures == first.figures


@pytest.mark.parametrize("role", ["leader", "restricted", "mail_room", "auditor", "unit_head", "administrator"])
def test_others_do_not_report(desk: Desk, role):
    with pytest.raises(Refusal) as refused:
        actions.report_period(period=MARCH, by=getattr(desk.people, role), at=moment(4, 3))
    assert refused.value.code == "permission.role_missing"
    assert not ReportedPeriod.objects.exists()


def test_a_month_that_runs_is_not_reported(desk: Desk):
    with pytest.raises(Refusal, match="尚未结束"):
        actions.report_period(period=MARCH, by=desk.people.head, at=moment(3, 31))
