"""The map of the background half names every event, and an entry's messages stand or fall with it."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import dramatiq
import pytest

import huiyin
from huiyin.county.journal import actions as journal
from huiyin.county.registry.actions import receipts
from huiyin.county.registry.states import Channel
from huiyin.jobs.reactions import REACTIONS

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
SOURCES = sorted(Path(huiyin.__file__).parent.rglob("*.py"))


def events_of(text: str) -> set[str]:
    """Every event that a module's calls of journal.record can be made with."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    calls = [
        call
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "record"
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "journal"
    ]
    named = {id(call): [one for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant)] for call in calls}
    assert all(named.values()), "an event is written where it is recorded"
    return {str(one.value) for constants in named.values() for one in constants}


EVENTS = sorted(set().union(*(events_of(path.read_text(encoding="utf-8")) for path in SOURCES)))


def test_events_are_found_in_the_code() -> None:
    assert {"petition.registered", "assignment.issued", "deadline.recomputed", "deadline.confirmed"} <= set(EVENTS)
    assert events_of('journal.record("a.b" if x else "a.c")') == {"a.b", "a.c"}


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_a_line(event: str) -> None:
    assert event in REACTIONS


@pytest.mark.parametrize("event", sorted(REACTIONS))
def test_every_line_is_an_event_of_the_code(event: str) -> None:
    assert event in EVENTS


def test_every_job_of_the_table_is_declared_and_told_ids_only() -> None:
    declared = dramatiq.get_broker().get_declared_actors()
    for actor in {actor for actors in REACTIONS.values() for actor in actors}:
        assert actor.actor_name in declared
        assert set(actor.fn.__annotations__) == {"county", "key", "at", "entry_id", "_later", "return"}


def test_what_an_import_takes_over_notifies_nobody(people, sent):
    with journal.importing(7):
        receipt = receipts.take_receipt(
            channel=Channel.LETTER, received_on=date(2026, 3, 1), sender="马长根", by=people.clerk, at=AT
        )
        journal.record("attachment.added", subject=receipt, by=people.clerk, at=AT)
    assert sent() == []
    journal.record("attachment.added", subject=receipt, by=people.clerk, at=AT)
    assert [message["actor_name"] for message in sent()] == ["attachments.check"]
