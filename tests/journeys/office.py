"""The petition office as the stories know it: what arrives, its doors, its jobs, and everything on its shelves."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from typing import Any

import dramatiq
import pytest
from django.db import connection
from django.test import Client

from huiyin.accounts.actions import issue_api_token
from huiyin.accounts.models import Staff
from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.intake_rules import ReceiptDetails
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import Registration, RepresentativeEntry
from huiyin.county.registry.states import Channel, Confidentiality, Origin
from huiyin.jobs import assignments as night_jobs
from huiyin.jobs import oversight as oversight_jobs
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC, Tenant, entered

from .course import Course
from .language import Time

BACKEND = "huiyin.accounts.backend.StaffBackend"
ORDINARY = Confidentiality.ORDINARY
SHELVES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname LIKE 'county\\_%%' ORDER BY c.relname
"""
# What a door writes down of its own, whatever became of the act: the journal, and forms that were sent.
OF_THE_DOOR = frozenset({"county_journal_entry", "county_journal_head", "county_submission"})
WAITING = "SELECT position, message::text FROM dramatiq.queue WHERE position > %s ORDER BY position"


def last_message() -> int:
    """Return the place of the newest job in the queue."""
    with entered(PUBLIC), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(position), 0) FROM dramatiq.queue")
        place: int = cursor.fetchone()[0]
        return place


class Door:
    """A way into the office over the network: a browser or a program of one person, or of nobody."""

    def __init__(self, host: str, person: Staff | None, token: str = "") -> None:
        self.host, self.client, self.calls = host, Client(), count(1)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        if person is not None and not token:
            self.client.force_login(person, backend=BACKEND)

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(path, query, headers=self.headers, HTTP_HOST=self.host)

    def sends(self, path: str, **values: object) -> Any:
        """Send a form of a page."""
        values.setdefault("form_token", f"a-form-of-a-story-{id(self)}-{next(self.calls):06d}")
        return self.client.post(path, values, HTTP_HOST=self.host)

    def asks(self, path: str, body: object = None) -> Any:
        """Call the API."""
        headers = {**self.headers, "Idempotency-Key": f"a-call-of-a-story-{id(self)}-{next(self.calls):06d}"}
        sent = "" if body is None else json.dumps(body, ensure_ascii=False)
        return self.client.post(
            f"/api{path}", sent, content_type="application/json", headers=headers, HTTP_HOST=self.host
        )


class Office:
    """A county's petition office, its people, and the clock on its wall."""

    def __init__(self, tenant: Tenant, people: Any, time: Time, neighbour: "Office | None" = None) -> None:
        self.tenant, self.people, self.time, self.neighbour = tenant, people, time, neighbour
        self.done = last_message()

    @property
    def now(self) -> datetime:
        return self.time.now

    @property
    def today(self) -> date:
        return local_day(self.time.now)

    def later(self) -> datetime:
        return self.time.later()

    @contextmanager
    def over_there(self) -> Iterator["Office"]:
        """Be in the neighbouring county's office for a while."""
        assert self.neighbour is not None
        with entered(self.neighbour.tenant):
            yield self.neighbour

    # What arrives.

    def receives(
        self, channel: Channel, sender: str = "", *, by: Staff | None = None, head_count: int = 1, **values: Any
    ) -> Receipt:
        """Take something in today: the mail room letters, the clerk everything else."""
        taker = by or (self.people.mail_room if channel is Channel.LETTER else self.people.clerk)
        return receipts.take_receipt(
            channel=channel,
            received_on=values.pop("received_on", self.today),
            sender=sender,
            head_count=head_count,
            by=taker,
            at=self.later(),
            **values,
        )

    def registers(
        self, receipt: Receipt, summary: str, *, name: str = "", by: Staff | None = None, **values: Any
    ) -> Course:
        """Register a receipt and begin to follow it."""
        confidentiality = values.get("confidentiality", ORDINARY)
        clerk = by or (self.people.clerk if confidentiality is ORDINARY else self.people.restricted)
        representatives = tuple(RepresentativeEntry(one) for one in values.pop("representatives", ()))
        registration = Registration(
            summary=summary,
            name=name,
            head_count=receipt.head_count,
            representatives=representatives,
            **values,
        )
        made = petitions.register(receipt_id=receipt.pk, registration=registration, by=clerk, at=self.later())
        return Course(self, made.petition, made.query_code, by=clerk)

    def letter(self, name: str, summary: str, *, origin: Origin = Origin.DIRECT, **values: Any) -> Course:
        """来信: an envelope of today, registered and scanned."""
        details = values.pop("details", ReceiptDetails())
        receipt = self.receives(Channel.LETTER, name, origin=origin, details=details)
        return self.registers(receipt, summary, name=name, **values).scanned()

    def visit(self, name: str, summary: str, *, head_count: int = 1, **values: Any) -> Course:
        """来访: somebody comes in today; the signed record is scanned."""
        receipt = self.receives(Channel.WALK_IN, name, head_count=head_count)
        return self.registers(receipt, summary, name=name, **values).scanned()

    def call(self, name: str, summary: str, **values: Any) -> Course:
        """来电: somebody telephones today."""
        return self.registers(self.receives(Channel.PHONE, name), summary, name=name, **values)

    # Its doors.

    def page(self, person: Staff | None = None) -> Door:
        return Door(f"{self.tenant.schema}.localhost", person)

    def program(self, person: Staff) -> Door:
        token = issue_api_token(staff=person, name="记录一年", at=self.now)
        return Door(f"{self.tenant.schema}.localhost", person, token)

    # Its jobs.

    def works(self) -> None:
        """Do every job that waits: papers are written, scans checked, units reminded, numbers pushed."""
        with entered(PUBLIC), connection.cursor() as cursor:
            cursor.execute(WAITING, [self.done])
            waiting = cursor.fetchall()
        for position, text in waiting:
            self.done = position
            message = json.loads(text)
            if message["kwargs"]["county"] == self.tenant.schema:
                dramatiq.get_broker().get_actor(message["actor_name"])(**message["kwargs"])

    def passes_a_night(self) -> None:
        """Do what is done once a day: note what counts as received, let rights lapse, warn of what comes near."""
        told = {"county": self.tenant.schema, "at": self.later().isoformat()}
        night_jobs.deem_received(**told)
        oversight_jobs.warn(**told)

    # What stands on its shelves, and what it refuses.

    def shelves(self, *, without: frozenset[str] = frozenset()) -> dict[str, str]:
        """Return a digest of every table of the office."""
        with connection.cursor() as cursor:
            cursor.execute(SHELVES)
            tables = [name for (name,) in cursor.fetchall() if name not in without]
            digest = "(SELECT coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') FROM {} t)"
            cursor.execute(f"SELECT {', '.join(digest.format(name) for name in tables)}")
            return dict(zip(tables, cursor.fetchone(), strict=True))

    def refuses(self, words: str, act: Callable[[], object]) -> None:
        """Refuse an act in these words, and find everything as it was."""
        before = self.shelves()
        with pytest.raises(Refusal) as refused:
            act()
        assert words in refused.value.words
        assert self.shelves() == before

    def refuses_at_the_door(self, code: str, words: str, path: str, body: object = None, *, by: Staff) -> None:
        """Refuse a call of the API, change nothing, and write the attempt into the audit log (DOMAIN §4)."""
        before, attempts = self.shelves(without=OF_THE_DOOR), self.audited()
        answer = self.program(by).asks(path, body)
        assert (answer.status_code // 100, answer.json()["code"]) == (4, code), answer.content.decode()
        assert words in answer.json()["words"]
        assert self.shelves(without=OF_THE_DOOR) == before
        assert self.audited() == [*attempts, (code, by.name)]

    def audited(self) -> list[tuple[str, str]]:
        rows = Entry.objects.filter(event__in=["act.refused", "instruction.refused"]).order_by("number")
        return [(str(row.values["code"]), row.by_name) for row in rows]
