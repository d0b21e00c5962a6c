"""A provisional date is counted again when its year is announced: the old one stays, the owner is told."""

from datetime import UTC, date, datetime

import pytest

from huiyin.county.assignment.actions import dispositions
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.journal.models import Entry
from huiyin.county.registry import clocks
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Deadline
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Purpose, Recurrence
from huiyin.jobs import deadlines
from huiyin.kernel.calendar import Calendar, DayEntry, DayKind, seed
from huiyin.kernel.clocks import Clock

RECEIVED = date(2026, 12, 29)
AT = datetime(2026, 12, 29, 1, tzinfo=UTC)
ANNOUNCED = datetime(2026, 12, 30, 1, tzinfo=UTC)


@pytest.fixture
def petition(people):
    receipt = receipts.take_receipt(channel=Channel.LETTER, received_on=RECEIVED, by=people.clerk, at=AT)
    return petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(summary="反映水费重复收取", name="马长根"),
        by=people.clerk,
        at=AT,
    ).petition


@pytest.fixture
def announce(monkeypatch):
    """Let the calendar know 2027, with these days at rest."""

    def let(*rest: date) -> None:
        known = seed()
        days = [*known.entries(), *(DayEntry(day, DayKind.REST, "元旦") for day in rest)]
        calendar = Calendar.of(days, {*known.announced_years, 2027})
        monkeypatch.setattr(clocks, "working_calendar", lambda: calendar)

    return let


def running(petition, clock: Clock) -> Deadline:
    return Deadline.objects.running().get(petition=petition, clock=clock.value)


def recompute() -> None:
    deadlines.recompute(county="qinglan", at=ANNOUNCED.isoformat())


def events(name: str) -> list[Entry]:
    return list(Entry.objects.filter(event=name).order_by("number"))


def test_a_date_that_moves_is_replaced_and_the_owner_is_told(petition, announce):
    before = running(petition, Clock.CLASSIFY)
    assert before.provisional
    announce(date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 5))
    recompute()
    after = running(petition, Clock.CLASSIFY)
    before.refresh_from_db()
    assert (before.superseded_at, before.met_at) == (ANNOUNCED, None)
    assert after.due_on > before.due_on
    assert not after.provisional
    (entry,) = [one for one in events("deadline.recomputed") if one.values["clock"] == "classify"]
    assert entry.petition_id == petition.pk
    assert entry.values["owner_id"] == petition.registered_by_id
    assert entry.values["due_on_before"] == before.due_on.isoformat()
    assert entry.values["due_on"] == after.due_on.isoformat()


def test_a_date_that_stays_is_confirmed(petition, announce):
    before = running(petition, Clock.CLASSIFY)
    announce(date(2027, 1, 1))
    recompute()
    after = running(petition, Clock.CLASSIFY)
    assert (after.due_on, after.provisional) == (before.due_on, False)
    assert [one.values["clock"] for one in events("deadline.confirmed")].count("classify") == 1


def test_run_twice_it_changes_nothing_more(petition, announce):
    announce(date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 5))
    recompute()
    count = Entry.objects.count()
    recompute()
    assert Entry.objects.count() == count


def test_while_nothing_is_announced_nothing_changes(petition):
    count = Entry.objects.count()
    recompute()
    assert Entry.objects.count() == count
    assert running(petition, Clock.CLASSIFY).provisional


def test_a_clock_that_was_met_is_left_alone(petition, announce):
    clocks.meet(petition, Clock.CLASSIFY, at=AT)
    announce(date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 5))
    recompute()
    assert not Deadline.objects.running().filter(petition=petition, clock=Clock.CLASSIFY.value).exists()


def test_the_assignment_shows_the_new_day(petition, people, announce):
    attachments.attach(
        petition_id=petition.pk,
        kind=AttachmentKind.ORIGINAL,
        name="信.pdf",
        data=b"%PDF-1.4\n% invented\n%%EOF\n",
        by=people.clerk,
        at=AT,
    )
    petitions.read(petition_id=petition.pk, note="拟交水务局", by=people.clerk, at=AT)
    petitions.classify(
        petition_id=petition.pk,
        classification=Classification(Purpose.CLAIM, "01", "农村农业", Recurrence.FIRST),
        by=people.clerk,
        at=AT,
    )
    given = dispositions.assign(
        petition_id=petition.pk,
        kind=DispositionKind.ASSIGNMENT,
        unit_code="water",
        handler_name="何立群",
        redaction_confirmed=True,
        by=people.head,
        at=AT,
    )
    assert given.due_on is not None
    announce(date(2027, 1, 1), given.due_on)
    recompute()
    due_on = running(petition, Clock.REPORT).due_on
    assert due_on > given.due_on
    given.refresh_from_db()
    assert given.due_on == due_on
    told = [one for one in events("deadline.recomputed") if one.values["clock"] == "report"]
    assert [one.values["unit"] for one in told] == ["water"]
