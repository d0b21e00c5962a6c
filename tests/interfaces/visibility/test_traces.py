"""What is left behind: in the queue, in the logs, in the journal, in messages, and in the province's numbers."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sentry_sdk
from django.db import connection
from django.test import override_settings
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.reporting.actions import periods as reporting
from huiyin.kernel.periods import month
from huiyin.project import logs, sentry

from .conftest import KINDS, PERSONAL, SIGN_OF_FIELD, canary, do_jobs, waiting

SECRET = ("sealed", "sealed_for_leader", "sealed_on_head", "sealed_on_unit", "mixed_accusation")
EVERY_FIELD = (*SIGN_OF_FIELD, *PERSONAL)
CANARIES = tuple(canary(kind, what) for kind in KINDS for what in EVERY_FIELD)
# What was read before it was sealed or split keeps the note of its reading in the chain, which is never edited.
BEFORE_IT_WAS_SEALED = {kind: {"note"} for kind in SECRET if kind != "sealed"}


def left(text: str, words: tuple[str, ...] = CANARIES) -> list[str]:
    return [word for word in words if word in text]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Every log line of the test, as production writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.as_json())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


def plain(lines: str) -> str:
    return "\n".join(json.dumps(json.loads(line), ensure_ascii=False) for line in lines.splitlines())


def test_no_log_line_of_the_whole_story_holds_a_name_or_a_text(written: io.StringIO, tell: Any, reader: Any) -> None:
    story, clerk = tell(), reader("clerk")
    for petition in story.petitions.values():
        clerk.get(f"/petitions/{petition.pk}/")
        clerk.post(f"/petitions/{petition.pk}/reveal", reason="核对")
    for kind in KINDS:
        clerk.get("/petitions/", q=canary(kind, "name"))
        clerk.call("/api/petitions/", q=canary(kind, "phone"))
    lines = written.getvalue()
    assert "huiyin.requests" in lines
    assert left(plain(lines)) == []


def test_a_job_is_told_ids_and_no_words(story: Any) -> None:
    assert story.petitions
    messages = json.dumps(waiting(), ensure_ascii=False)
    assert "documents.write" in messages
    assert left(messages) == []
    assert not any(petition.number in messages for petition in story.petitions.values())


class Memory(Transport):
    """Keeps what would have been sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.append(envelope.serialize())


@pytest.fixture
def memory() -> Iterator[Memory]:
    transport = Memory()
    with override_settings(HUIYIN_SENTRY_DSN="http://key@127.0.0.1:9/1"):
        assert sentry.start("web", transport=transport)
        yield transport
    sentry_sdk.get_client().close(timeout=0)
    sentry_sdk.get_global_scope().set_client(None)
    sentry_sdk.get_isolation_scope().clear()
    sentry_sdk.get_global_scope().clear()


@pytest.mark.parametrize("kind", ["sealed", "recused", "mixed_accusation"])
def test_an_error_over_a_petition_is_reported_without_it(kind: str, memory: Memory, story: Any) -> None:
    petition = story.petitions[kind]
    petition.refresh_from_db()
    try:
        raise ValueError(f"cannot print {petition.summary} of {petition.petitioner.name}, {petition.petitioner.phone}")
    except ValueError as error:
        sentry_sdk.capture_exception(error)
    sentry_sdk.flush()
    sent = b"".join(memory.sent).decode("utf-8")
    assert "ValueError" in sent
    assert left(json.dumps(json.loads(sent.splitlines()[-1]), ensure_ascii=False)) == []


@pytest.mark.parametrize("kind", SECRET)
def test_the_journal_of_a_sealed_item_holds_no_word_of_it(kind: str, story: Any) -> None:
    petition = story.petitions[kind]
    values = json.dumps(list(Entry.objects.values_list("values", flat=True)), ensure_ascii=False)
    assert petition.number in values
    allowed = BEFORE_IT_WAS_SEALED.get(kind, set())
    assert left(values, tuple(canary(kind, what) for what in EVERY_FIELD if what not in allowed)) == []


def test_no_message_names_anybody_or_quotes_anything(story: Any) -> None:
    told = " ".join(Notification.objects.values_list("words", flat=True))
    assert story.petitions["ordinary"].number in told
    assert left(told) == []


def test_nobody_is_told_of_a_petition_that_is_not_for_them(story: Any, people: Any) -> None:
    sealed = [story.petitions[kind].pk for kind in SECRET]
    receivers = set(Notification.objects.filter(petition_id__in=sealed).values_list("to_staff__username", flat=True))
    assert receivers <= {people.restricted.username, people.leader.username}
    leader = Notification.objects.filter(petition_id__in=sealed, to_staff=people.leader)
    assert {row.petition_id for row in leader} <= {story.petitions["sealed_for_leader"].pk}


def test_what_goes_to_the_province_is_numbers(story: Any, people: Any) -> None:
    done = {message["message_id"] for message in waiting()}
    at = story.later() + timedelta(days=40)
    version = reporting.prepare(period=month(f"{story.at:%Y-%m}"), by=people.clerk, at=at)
    reporting.approve(period_id=version.pk, by=people.head, at=at)
    do_jobs(done)
    shared = []
    for table in ("platform_submission", "platform_figure"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")  # the two names above
            rows = [text for (text,) in cursor.fetchall()]
        assert rows, table
        shared += rows
    text = "\n".join(shared)
    assert left(text) == []
    assert not any(petition.number in text for petition in story.petitions.values())
