"""今日的办公室: a petition in every standing, each told by its acts in their order; a second telling adds nothing."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model

from huiyin.county.assignment.models import Assignment, Proposal, Report
from huiyin.county.assignment.queries.report_checks import checks_of_latest
from huiyin.county.assignment.states import AssignmentState, ProposalState
from huiyin.county.assignment.unit_models import Extension, Notice, Objection, Progress, ReportDraft
from huiyin.county.document.models import Document
from huiyin.county.journal.models import Entry
from huiyin.county.journal.queries import chain
from huiyin.county.office.actions import units
from huiyin.county.office.models import Hearing, Notification, ReceptionDay, Regulation, Training, Unit
from huiyin.county.office.rules import UnitEntry
from huiyin.county.oversight.models import Oversight
from huiyin.county.reception.models import Booking, Instruction, Reception
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Confidentiality
from huiyin.county.registry.web_models import Supplement, WebSubmission
from huiyin.county.reply.models import Delivery, Evaluation, ReopenRequest, Reply
from huiyin.documents.events import PAPERS
from huiyin.kernel.calendar import SHANGHAI, local_day, seed
from huiyin.kernel.clocks import Clock
from huiyin.platform.calendar.queries import working_calendar
from huiyin.project.demo import living
from huiyin.project.demo.days import Days
from huiyin.project.demo.items import YEAR
from huiyin.project.demo.office import Office

ROOT = Path(__file__).parents[3]
SECRET = "only-for-tests"
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
TABLES: tuple[type[Model], ...] = (
    *(Receipt, WebSubmission, Petition, Deadline, Supplement, Assignment, Proposal, Report, ReportDraft),
    *(Notice, Progress, Objection, Extension, Oversight, Instruction, Reception, ReceptionDay, Booking),
    *(Reply, Delivery, Evaluation, ReopenRequest, Document, Training, Hearing, Regulation, Unit, Notification, Entry),
)
STATES = {
    "registered": 2,
    "read": 1,
    "classified": 4,
    "proposed": 1,
    "assigned": 1,
    "guided": 1,
    "merged": 1,
    "disputed": 1,
    "in_progress": 6,
    "reported": 1,
    "returned": 1,
    "verified": 1,
    "replied": 1,
    "closed": 2,
}


def ignore(done: int, total: int) -> None:
    """Follow nothing."""


@pytest.fixture
def told(people: Any) -> Callable[[datetime], int]:
    """Give the teller of the living year, in an office with all the units of the demonstration's county."""
    office = Office.read(ROOT / "tenants" / "qinglan.toml")
    for unit in office.units:
        if not Unit.objects.filter(code=unit.code).exists():
            entry = UnitEntry(unit.name, unit.branch, handlers=tuple(unit.handlers))
            units.add(code=unit.code, entry=entry, by=people.administrator, at=NOW)
    return lambda now: living.tell(office=office, now=now, secret=SECRET, follow=ignore)


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in TABLES}


def of_state(state: str) -> Petition:
    return Petition.objects.get(state=state)


def test_a_petition_stands_in_every_standing_and_a_second_telling_adds_nothing(
    people: Any, told: Callable[[datetime], int]
) -> None:
    assert told(NOW) > 150
    before = rows()
    assert Counter(Petition.objects.values_list("state", flat=True)) == STATES
    check_the_desk(people)
    check_the_units(people)
    check_the_leaders(people)
    check_the_petitioners()
    check_the_office()
    check_the_journal()
    assert told(NOW) == 0
    assert rows() == before


def check_the_desk(people: Any) -> None:
    """Two receipts wait, one of them urgent and reported; accusation and 密件 are for the restricted officer alone."""
    waiting = Receipt.objects.filter(petitions=None)
    assert {(one.channel, one.is_urgent) for one in waiting} == {("letter", False), ("phone", True)}
    urgent = waiting.get(is_urgent=True)
    assert urgent.urgent_reported_at is not None
    assert urgent.urgent_reports.count() == 2
    assert all(one.taken_by == people.mail_room for one in waiting.filter(channel="letter"))
    secret = Petition.objects.exclude(confidentiality=Confidentiality.ORDINARY.value)
    assert {one.confidentiality for one in secret} == {"sealed", "number_only"}
    assert not secret.filter(pk__in=Petition.objects.visible_to(people.clerk)).exists()
    assert secret.filter(pk__in=Petition.objects.visible_to(people.restricted)).count() == 2
    merged = of_state("merged")
    assert Oversight.objects.get(repeat=merged).petition == merged.repeats


def check_the_units(people: Any) -> None:
    """One is unsigned and late, one is nearly due, and each thing that a unit may do waits for its decision."""
    unsigned = Assignment.objects.get(state=AssignmentState.ISSUED.value)
    late = Deadline.objects.overdue(today=TODAY).filter(petition=unsigned.petition)
    assert [one.clock for one in late] == [Clock.SIGN.value]
    near = Assignment.objects.get(due_on__range=(TODAY, date(2026, 11, 30)), reported_at=None)
    assert ReportDraft.objects.get().assignment == near
    assert Objection.objects.pending().get().petition == of_state("disputed")
    assert Extension.objects.pending().visible_to(people.unit_head).count() == 1
    assert Progress.objects.count() == 4
    weak = of_state("reported").assignments.get()
    assert any("只有结果，没有说明" in one.words for one in checks_of_latest(weak))
    overseen = Oversight.objects.filter(repeat=None).order_by("pk")
    assert [one.level for one in overseen] == ["reminder", "letter"]
    assert Assignment.objects.overdue(today=TODAY).get() == overseen[0].assignment


def check_the_leaders(people: Any) -> None:
    """The head has a group visit to decide, a leader an item from above; two instructions were carried out."""
    proposal = Proposal.objects.get(state=ProposalState.PENDING.value)
    assert proposal.petition.is_group
    put = Instruction.objects.before(people.leader).unread().get()
    assert put.petition.origin == "superior"
    assert Instruction.objects.before(people.group_head).unread().get().petition == proposal.petition
    assert Instruction.objects.to_carry_out().get().leader == people.group_head
    carried_out = Instruction.objects.filter(state="carried_out")
    assert carried_out.count() == 2
    assert all(one.assignment_id for one in carried_out)
    received = Reception.objects.get()
    assert received.state == "received"
    assert received.lines.count() == 3
    assert received.petition is not None
    assert received.petition.read_by_leader
    assert Notification.objects.filter(read_at=None, to_staff=people.leader).exists()


def check_the_petitioners() -> None:
    """One is satisfied, one asks to have the matter taken up again; one answer waits for its delivery."""
    assert set(Evaluation.objects.values_list("satisfaction", flat=True)) == {"satisfied", "dissatisfied"}
    assert ReopenRequest.objects.get().state == "asked"
    assert not Delivery.objects.filter(reply__petition=of_state("replied")).exists()
    assert Supplement.objects.get().passed_on_at is None
    booking = Booking.objects.get()
    assert booking.day.on > TODAY
    followed = living.followed(SECRET)
    assert followed is not None
    assert followed.petitioner.phone.endswith("0455")
    assert living.query_code(SECRET) != living.query_code("another")
    assert ReceptionDay.objects.filter(on__gt=TODAY).count() == 3


def check_the_office() -> None:
    """The office's own year is that of DOMAIN §1: two classes, 120 officials, one hearing; this year has begun."""
    of_the_year = Training.objects.filter(held_on__year=YEAR)
    assert of_the_year.count() == 2
    assert sum(one.head_count for one in of_the_year) == 120
    assert Training.objects.get(held_on__year=TODAY.year).held_on < TODAY
    assert Hearing.objects.get().heard_on.year == YEAR
    assert Regulation.objects.count() == 2


def check_the_journal() -> None:
    """The acts are told in the order of their moments, on working days, and every letter was written with its act."""
    assert chain().holds
    told = Entry.objects.filter(at__lt=NOW).exclude(event="unit.added").order_by("number")
    moments = [one.at for one in told]
    assert moments == sorted(moments)
    calendar = working_calendar()
    assert all(calendar.is_working_day(local_day(moment)) for moment in moments if local_day(moment).year > YEAR)
    wanted = set(Entry.objects.filter(event__in=PAPERS).exclude(event="petition.disposed").values_list("pk", flat=True))
    assert wanted == set(Document.objects.filter(source_entry_id__in=wanted).values_list("source_entry_id", flat=True))
    moments_of = dict(Entry.objects.values_list("pk", "at"))
    for paper in Document.objects.exclude(source_entry_id=None):
        assert paper.written_at == moments_of[paper.source_entry_id or 0]


@pytest.mark.parametrize(
    ("now", "today"),
    [
        (datetime(2026, 11, 24, 15, tzinfo=SHANGHAI), date(2026, 11, 24)),  # a Tuesday afternoon
        (datetime(2026, 11, 24, 8, 29, tzinfo=SHANGHAI), date(2026, 11, 23)),  # before the office opens
        (datetime(2026, 11, 23, 3, tzinfo=SHANGHAI), date(2026, 11, 20)),  # a Monday night: still Friday's office
        (datetime(2026, 10, 4, 12, tzinfo=SHANGHAI), date(2026, 9, 30)),  # National Day
        (datetime(2026, 9, 20, 12, tzinfo=SHANGHAI), date(2026, 9, 20)),  # a Sunday on which the office works
    ],
)
def test_today_is_the_last_day_on_which_the_office_was_open(now: datetime, today: date) -> None:
    days = Days.seen_at(now, seed())
    assert days.today == today
    assert days.moment(0, time(23, 59)) <= now
    assert all(seed().is_working_day(days.back(amount)) for amount in range(60))


@pytest.mark.slow
@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 10, 5, 4, tzinfo=UTC),  # in the holidays of National Day
        datetime(2027, 1, 4, 0, 31, tzinfo=UTC),  # one minute after the first opening of a year not yet announced
        datetime(2027, 3, 6, 20, tzinfo=UTC),  # on a Saturday night
    ],
)
def test_the_year_is_alive_whenever_it_is_told(told: Callable[[datetime], int], now: datetime) -> None:
    told(now)
    assert Counter(Petition.objects.values_list("state", flat=True)) == STATES
    overdue = Deadline.objects.overdue(today=local_day(now)).filter(clock=Clock.REPORT.value)
    assert overdue.count() == 1
    assert not Entry.objects.filter(at__gt=now).exclude(event="unit.added").exists()
