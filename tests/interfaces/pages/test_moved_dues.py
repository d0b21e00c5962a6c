"""日期有变: whoever owns a clock that an announcement moved reads it on their own first page, for seven days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.assignment.models import Assignment
from huiyin.county.journal import actions as journal
from huiyin.county.journal.models import Entry
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.states import Confidentiality, State
from huiyin.kernel.clocks import Clock

DAY_QUERIES = 2
LIST_QUERIES = 2


@pytest.fixture
def move() -> Callable[..., Entry]:
    """Record that a running clock of a petition is three days later, as the recount does."""

    def recorded(petition: Petition, *, unit: bool = False, at: datetime | None = None) -> Entry:
        clock = Deadline.objects.running().filter(petition=petition, unit__isnull=not unit).order_by("pk")[0]
        return journal.record(
            "deadline.recomputed",
            subject=clock,
            petition_id=petition.pk,
            by=None,
            at=at or timezone.now(),
            clock=clock.clock,
            unit=clock.unit.code if clock.unit else None,
            owner_id=None if clock.unit else petition.registered_by_id,
            due_on_before=clock.due_on,
            due_on=clock.due_on + timedelta(days=3),
            warn_from_on=clock.warn_from_on,
            provisional=False,
        )

    return recorded


def moved(answer: Any) -> list[list[str]]:
    table = answer.context["screen"].moved
    return [] if table is None else [[cell.text for cell in row.cells] for row in table.rows]


def test_the_owner_reads_petition_clock_old_and_new_day(people: Any, browser: Any, a_petition: Any, move: Any) -> None:
    petition = a_petition()
    entry = move(petition)
    page = browser(people.clerk).get("/")
    label = Clock(str(entry.values["clock"])).label
    before, after = entry.values["due_on_before"], entry.values["due_on"]
    assert moved(page) == [[petition.number, petition.summary, label, before, after]]
    assert page.context["screen"].moved.rows[0].href == f"/petitions/{petition.pk}/"
    assert "日期有变" in page.content.decode()


def test_nobody_else_is_told(people: Any, browser: Any, a_petition: Any, move: Any) -> None:
    move(a_petition())
    for other in (people.head, people.auditor, people.leader):
        page = browser(other).get("/")
        assert moved(page) == []
        assert "日期有变" not in page.content.decode()


@pytest.mark.parametrize(("hours", "told"), [(0, True), (24 * 7 - 1, True), (24 * 7 + 1, False)])
def test_it_is_told_for_seven_days(  # noqa: PLR0917  # a table's columns and the people
    hours: int, told: bool, people: Any, browser: Any, a_petition: Any, move: Any
) -> None:
    move(a_petition(days_ago=9), at=timezone.now() - timedelta(hours=hours))
    assert bool(moved(browser(people.clerk).get("/"))) is told


def test_a_date_that_was_only_confirmed_is_not_told(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition()
    clock = Deadline.objects.running().filter(petition=petition).order_by("pk")[0]
    journal.record(
        "deadline.confirmed",
        subject=clock,
        petition_id=petition.pk,
        by=None,
        at=timezone.now(),
        owner_id=petition.registered_by_id,
        clock=clock.clock,
    )
    assert moved(browser(people.clerk).get("/")) == []


def test_what_the_owner_may_no_longer_read_is_not_told(people: Any, browser: Any, a_petition: Any, move: Any) -> None:
    petition = a_petition()
    move(petition)
    Petition.objects.filter(pk=petition.pk).update(confidentiality=Confidentiality.SEALED.value)
    assert moved(browser(people.clerk).get("/")) == []


def test_a_unit_reads_its_own_clock_in_its_list_and_another_unit_does_not(
    people: Any, browser: Any, a_petition: Any, move: Any
) -> None:
    petition = a_petition(State.ASSIGNED)
    entry = move(petition, unit=True)
    given = Assignment.objects.get(petition=petition)
    page = browser(people.unit_clerk).get("/assignments/")
    assert [row[3:] for row in moved(page)] == [
        [moved(page)[0][3], entry.values["due_on_before"], entry.values["due_on"]]
    ]
    assert page.context["screen"].moved.rows[0].href == f"/assignments/{given.pk}/"
    assert moved(browser(people.other_unit_clerk).get("/assignments/")) == []
    assert moved(browser(people.clerk).get("/")) == [], "the clock is the unit's, not the clerk's"


def test_the_office_reads_in_the_list_whom_to_tell(people: Any, browser: Any, a_petition: Any, move: Any) -> None:
    petition = a_petition(State.ASSIGNED)
    move(petition, unit=True)
    (row,) = moved(browser(people.clerk).get("/assignments/"))
    assert row[2] == Assignment.objects.get(petition=petition).unit.name


def test_of_many_the_last_fifty_are_listed_and_all_are_counted(
    people: Any, browser: Any, a_petition: Any, move: Any
) -> None:
    petition = a_petition()
    for _ in range(51):
        move(petition)
    table = browser(people.clerk).get("/").context["screen"].moved
    assert (len(table.rows), table.caption, table.caption_visible) == (50, "日期有变，共 51 项，列出最近 50 项", True)


@pytest.mark.parametrize(
    ("path", "state", "most"),
    [("/", State.REGISTERED, DAY_QUERIES), ("/assignments/", State.ASSIGNED, LIST_QUERIES)],
)
def test_what_it_costs_does_not_grow(  # noqa: PLR0917  # a table's columns and the people
    path: str, state: State, most: int, people: Any, browser: Any, a_petition: Any, move: Any, queries_of: Any
) -> None:
    clerk = browser(people.clerk)
    petitions, unit = [a_petition(state) for _ in range(4)], state is State.ASSIGNED
    none = queries_of(lambda: clerk.get(path))
    move(petitions[0], unit=unit)
    one = queries_of(lambda: clerk.get(path))
    for petition in petitions[1:]:
        move(petition, unit=unit)
    assert queries_of(lambda: clerk.get(path)) == one <= none + most - 1
