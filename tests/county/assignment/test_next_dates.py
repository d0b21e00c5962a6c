"""下一期限: a day that has passed stays the next one only while it asks for something (DOMAIN §4, §5)."""

from datetime import date
from typing import Any

from huiyin.county.assignment import unsigned
from huiyin.county.assignment.models import Assignment
from huiyin.county.oversight.actions import steps
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Level, Trigger
from huiyin.county.registry.models import Petition

from .conftest import moment


def next_of(petition: Petition) -> tuple[date | None, str]:
    petition.refresh_from_db()
    return petition.next_due_on, petition.next_clock


def overseen(given: Assignment, people: Any, level: Level, due_on: date, *, at: Any) -> None:
    entry = OversightEntry(level, Trigger.OVERDUE, "请抓紧办理", due_on=due_on)
    approver = people.leader if level is Level.LETTER else None
    steps.issue(assignment_id=given.pk, entry=entry, approver=approver, by=people.clerk, at=at)


def test_after_it_counts_as_received_the_unit_is_asked_to_tell_the_petitioner(desk: Any) -> None:
    petition = desk.classified()
    desk.assign(petition)
    assert next_of(petition) == (date(2026, 3, 9), "sign")
    assert unsigned.note(at=moment(3, 9, 23)) == 0
    assert next_of(petition) == (date(2026, 3, 9), "sign")
    assert unsigned.note(at=moment(3, 10, 1)) == 1
    assert next_of(petition) == (date(2026, 3, 24), "notice")


def test_signing_late_leaves_the_next_date_where_it_is(desk: Any) -> None:
    petition = desk.classified()
    given = desk.assign(petition)
    unsigned.note(at=moment(3, 10, 1))
    desk.sign(given, at=moment(3, 11))
    assert next_of(petition) == (date(2026, 3, 24), "notice")


def test_a_letter_of_oversight_gives_the_late_report_its_new_day(desk: Any, people: Any) -> None:
    petition = desk.classified()
    given = desk.assign(petition, due_on=date(2026, 3, 13))
    desk.sign(given)
    assert next_of(petition) == (date(2026, 3, 13), "report")
    overseen(given, people, Level.REMINDER, date(2026, 3, 20), at=moment(3, 16))
    assert next_of(petition) == (date(2026, 3, 13), "report")
    overseen(given, people, Level.LETTER, date(2026, 3, 18), at=moment(3, 17))
    assert next_of(petition) == (date(2026, 3, 18), "oversight")


def test_a_letter_that_came_before_the_last_day_takes_no_day_away(desk: Any, people: Any) -> None:
    petition = desk.classified()
    given = desk.assign(petition, due_on=date(2026, 3, 13))
    desk.sign(given)
    overseen(given, people, Level.REMINDER, date(2026, 3, 11), at=moment(3, 9))
    overseen(given, people, Level.LETTER, date(2026, 3, 18), at=moment(3, 13))
    assert next_of(petition) == (date(2026, 3, 13), "report")


def test_a_letter_that_was_answered_asks_for_nothing_after_a_return(desk: Any, people: Any) -> None:
    petition = desk.classified()
    given = desk.assign(petition, due_on=date(2026, 3, 13))
    desk.sign(given)
    overseen(given, people, Level.REMINDER, date(2026, 3, 20), at=moment(3, 16))
    overseen(given, people, Level.LETTER, date(2026, 3, 18), at=moment(3, 17))
    desk.report(given, at=moment(3, 18))
    clock = petition.deadlines.get(clock="oversight")
    assert clock.met_at == moment(3, 18)
