"""Many acts in one transaction: each row locked, read and written once, and a refused attempt leaves no trace."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.county.journal import actions as journal
from huiyin.county.journal.models import Entry
from huiyin.county.journal.queries import chain
from huiyin.county.registry import clocks, holding, numbers
from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.receipt_models import Counter, Receipt
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Channel, State
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 1, tzinfo=UTC)


def registered(people: Any) -> Petition:
    receipt = receipts.take_receipt(channel=Channel.PHONE, received_on=date(2026, 3, 1), by=people.clerk, at=AT)
    what = Registration(summary="反映水费重复收取", name="马长根")
    return petitions.register(receipt_id=receipt.pk, registration=what, by=people.clerk, at=AT).petition


def test_outside_a_block_every_clock_stands_at_once(people: Any) -> None:
    petition = registered(people)
    assert {row.clock for row in Deadline.objects.running()} == {
        row.clock for row in clocks.running(petition, unit=None)
    }
    clocks.meet(petition, Clock.CLASSIFY, at=LATER)
    assert Deadline.objects.get(clock=Clock.CLASSIFY.value).met_at == LATER


def test_in_a_block_a_clock_is_written_once_with_its_end(people: Any) -> None:
    with CaptureQueriesContext(connection) as captured, holding.holding():
        petition = registered(people)
        clocks.meet(petition, Clock.CLASSIFY, at=LATER)
        assert not Deadline.objects.exists()
        assert Clock.CLASSIFY.value not in {row.clock for row in clocks.running(petition, unit=None)}
    assert Deadline.objects.get(clock=Clock.CLASSIFY.value).met_at == LATER
    assert Deadline.objects.get(clock=Clock.DISPOSITION.value).met_at is None
    assert not [one["sql"] for one in captured if one["sql"].startswith(("SAVEPOINT", 'UPDATE "county_deadline"'))]


def test_clocks_of_a_petition_that_stood_before_the_block_are_asked_for(people: Any) -> None:
    petition = registered(people)
    with holding.holding():
        locked = petitions.locked(petition.pk, by=people.clerk)
        clocks.meet(locked, Clock.CLASSIFY, at=LATER)
        assert Deadline.objects.get(clock=Clock.CLASSIFY.value).met_at == LATER


def test_a_row_is_held_for_whom_it_was_locked(people: Any) -> None:
    with holding.holding():
        petition = registered(people)
        assert holding.held_row(Petition, petition.pk, by=people.clerk) is petition
        assert holding.held_row(Petition, petition.pk, by=people.head) is None
        assert holding.held_row(Receipt, petition.pk, by=people.head) is None
    assert holding.held_row(Petition, petition.pk, by=people.clerk) is None


def test_a_changed_row_is_written_once_when_it_is_let_go(people: Any) -> None:
    petition = registered(people)
    with holding.holding() as block:
        petitions.read(petition_id=petition.pk, note="已阅", by=people.clerk, at=LATER)
        assert Petition.objects.get().state == State.REGISTERED
        block.let_go()
        assert Petition.objects.get().state == State.READ


def test_numbers_of_a_block_have_no_gap_and_the_counter_stands_at_the_last(people: Any) -> None:
    assert numbers.take("信", at=AT).value == 1
    with holding.holding():
        assert [numbers.take("信", at=AT).value for _ in range(3)] == [2, 3, 4]
    assert Counter.objects.get(series="信").value == 4
    assert numbers.take("信", at=AT).value == 5


def refused_attempt(people: Any, petition: Petition) -> None:
    with holding.attempt():
        petitions.read(petition_id=petition.pk, note="已阅", by=people.clerk, at=LATER)
        clocks.meet(petition, Clock.DISPOSITION, at=LATER)
        numbers.take("收", at=AT)
        numbers.take("复", at=AT)
        petitions.read(petition_id=petition.pk, note="再阅", by=people.clerk, at=LATER)


def test_what_a_refused_attempt_did_is_as_if_it_had_never_begun(people: Any) -> None:
    with journal.importing(7), holding.holding():
        petition = registered(people)
        with pytest.raises(Refusal):
            refused_attempt(people, petition)
        assert (petition.state, petition.version, petition.reading_note) == (State.REGISTERED, 1, "")
        assert {row.clock for row in clocks.running(petition, unit=None)} >= {Clock.CLASSIFY, Clock.DISPOSITION}
        assert numbers.take("收", at=AT).value == 2
        petitions.read(petition_id=petition.pk, note="已阅", by=people.clerk, at=LATER)
    assert Petition.objects.get().state == State.READ
    assert Deadline.objects.get(clock=Clock.DISPOSITION.value).met_at is None
    assert dict(Counter.objects.values_list("series", "value")) == {"收": 2, "电": 1}
    events = list(Entry.objects.order_by("number").values_list("event", flat=True))
    assert events == ["receipt.taken", "petition.registered", "petition.read"]
    assert chain().holds


def test_a_refused_attempt_outside_a_block_is_rolled_back_too(people: Any) -> None:
    petition = registered(people)
    with pytest.raises(Refusal):
        refused_attempt(people, petition)
    assert Petition.objects.get().state == State.REGISTERED
    assert set(Counter.objects.values_list("series", flat=True)) == {"收", "电"}


def test_after_a_block_acts_have_their_savepoints_again(people: Any) -> None:
    with holding.holding():
        assert not connection.features.uses_savepoints
        with holding.attempt():
            assert not connection.features.uses_savepoints
        assert not connection.features.uses_savepoints
    assert connection.features.uses_savepoints


def test_what_a_block_asks_many_times_is_read_once(people: Any) -> None:
    asked: list[int] = []

    def read() -> int:
        asked.append(1)
        return 42

    with holding.holding():
        assert [holding.once(read, "unit", "water") for _ in range(3)] == [42, 42, 42]
    assert len(asked) == 1
    assert [holding.once(read, "unit", "water") for _ in range(2)] == [42, 42]
    assert len(asked) == 3
