"""Every act of a county leaves one event, and every event has its sentence and its reaction."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from huiyin.county.journal.sentences import SENTENCES
from huiyin.jobs.reactions import REACTIONS

PLACEHOLDER = re.compile(r"{(\w+)}")
# Which writer tells nothing of its own, and why.
NO_EVENT = {"county/ledger/actions.py:import_rows": "a row goes the steps of a petition, each of which tells its own"}


@dataclass(frozen=True)
class Record:
    """One call of journal.record: the events it may write and the values it names (None: not all are written out)."""

    events: frozenset[str]
    values: frozenset[str] | None


def writers(module: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and "transaction.atomic" in map(ast.unparse, node.decorator_list):
            yield node


def texts(node: ast.AST | None) -> frozenset[str]:
    return frozenset(
        inner.value
        for inner in (ast.walk(node) if node is not None else ())
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and "." in inner.value
    )


def records_of(function: ast.FunctionDef) -> Iterator[Record]:
    named = {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "journal.record":
            event = node.args[0]
            told = {keyword.arg for keyword in node.keywords}
            values = None if None in told else frozenset(name for name in told if name)
            yield Record(texts(named.get(event.id) if isinstance(event, ast.Name) else event), values)


@pytest.fixture(scope="session")
def records(modules: dict[str, ast.Module]) -> list[Record]:
    """Every call of journal.record in the package."""
    return [
        record
        for module in modules.values()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef)
        for record in records_of(node)
    ]


@pytest.fixture(scope="session")
def events(records: list[Record]) -> frozenset[str]:
    """Every event that some act writes."""
    return frozenset[str]().union(*(record.events for record in records))


def test_every_writer_of_a_county_records_one_event(modules: dict[str, ast.Module]) -> None:
    counted = {
        f"{path}:{function.name}": len(list(records_of(function)))
        for path, module in modules.items()
        if path.startswith("county/") and (path.endswith("/actions.py") or "/actions/" in path)
        for function in writers(module)
    }
    assert len(counted) > 15
    assert {name for name, count in counted.items() if count != 1} == set(NO_EVENT)


def test_a_writer_that_records_nothing_would_be_found() -> None:
    silent = ast.parse("@transaction.atomic\ndef void():\n    petition.save()")
    assert [len(list(records_of(function))) for function in writers(silent)] == [0]


def test_every_record_names_its_event(records: list[Record]) -> None:
    assert all(record.events for record in records)


def test_every_event_has_its_sentence(events: frozenset[str]) -> None:
    assert set(SENTENCES) == events


def test_every_event_has_its_line_of_reactions(events: frozenset[str]) -> None:
    assert set(REACTIONS) == events


def test_a_sentence_shows_only_what_its_event_tells(records: list[Record]) -> None:
    wrong = {
        f"{event}: {name}"
        for record in records
        if record.values is not None
        for event in record.events
        if event in SENTENCES
        for name in {*PLACEHOLDER.findall(SENTENCES[event].words), *filter(None, [SENTENCES[event].note])}
        if name not in record.values
    }
    assert not wrong
