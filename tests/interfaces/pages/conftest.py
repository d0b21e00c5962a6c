"""People at their browsers, and petitions that were brought to a state by the steps that lead there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import assignments, dispositions, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import DispositionKind, Outcome
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality, Purpose, Recurrence, State
from huiyin.county.reply import actions as reply
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.kernel.calendar import local_day
from huiyin.kernel.tenant import Tenant

HOST = "qinglan.localhost"
CODE = "ABCDEFGHJKMN"
WAY = (
    State.REGISTERED,
    State.READ,
    State.CLASSIFIED,
    State.ASSIGNED,
    State.IN_PROGRESS,
    State.REPORTED,
    State.VERIFIED,
    State.REPLIED,
    State.CLOSED,
)


@dataclass(frozen=True)
class Browser:
    """A client of the office's host."""

    client: Client
    token: Iterator[int]

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(path, query, HTTP_HOST=HOST)

    def post(self, path: str, **values: object) -> Any:
        values.setdefault("form_token", f"form-token-{next(self.token):08d}")
        return self.client.post(path, values, HTTP_HOST=HOST)


@pytest.fixture
def browser(county: Tenant) -> Callable[[Staff | None], Browser]:
    """Open a browser for a person who is signed in, or for nobody."""
    tokens = count(1)

    def opened(person: Staff | None = None) -> Browser:
        client = Client()
        if person is not None:
            client.force_login(person, backend="huiyin.accounts.backend.StaffBackend")
        return Browser(client, tokens)

    return opened


@pytest.fixture
def queries_of() -> Callable[[Callable[[], object]], int]:
    """Count the queries of a request, without the one that now and then asks whose host it is."""

    def counted(ask: Callable[[], object]) -> int:
        ask()
        with CaptureQueriesContext(connection) as captured:
            ask()
        return sum("platform_domain" not in query["sql"] for query in captured.captured_queries)

    return counted


@pytest.fixture
def a_petition(people: Any) -> Callable[..., Petition]:
    """Make a petition that went the way to a state, registered some days ago."""
    letters = count(1)

    def made(
        state: State = State.REGISTERED,
        *,
        summary: str = "反映上松村农业水费收缴标准不公开",
        name: str = "马大山",
        channel: Channel = Channel.LETTER,
        unit: str = "water",
        days_ago: int = 1,
        confidentiality: Confidentiality = Confidentiality.ORDINARY,
    ) -> Petition:
        by = people.clerk if confidentiality is Confidentiality.ORDINARY else people.restricted
        at = datetime.now(UTC) - timedelta(days=days_ago)
        receipt = receipts.take_receipt(channel=channel, received_on=local_day(at), by=by, at=at, sender=name)
        registration = Registration(
            summary=summary, name=name, phone="13912340001", address="松林镇上松村三组", confidentiality=confidentiality
        )
        petition = petitions.register(
            receipt_id=receipt.pk, registration=registration, by=by, at=at, query_code=CODE
        ).petition
        for step in WAY[1 : WAY.index(state) + 1]:
            take(step, petition, by=by, at=at, unit=unit, letter=next(letters))
        petition.refresh_from_db()
        return petition

    return made


def take(step: State, petition: Petition, *, by: Staff, at: datetime, unit: str, letter: int) -> None:
    """Carry out the one step that leads to a state."""
    given = Assignment.objects.filter(petition=petition).first()
    if step is State.READ:
        data = b"%%PDF-1.4\n%d\n%%%%EOF" % letter
        attachments.attach(
            petition_id=petition.pk, kind=AttachmentKind.ORIGINAL, name="来信.pdf", data=data, by=by, at=at
        )
        petitions.read(petition_id=petition.pk, note="已阅", by=by, at=at)
    elif step is State.CLASSIFIED:
        decided = Classification(
            purpose=Purpose.CLAIM, category_code="0110", category_path="农业农村/农业水费", recurrence=Recurrence.FIRST
        )
        petitions.classify(petition_id=petition.pk, classification=decided, by=by, at=at)
    elif step is State.ASSIGNED:
        dispositions.assign(
            petition_id=petition.pk,
            kind=DispositionKind.ASSIGNMENT,
            unit_code=unit,
            handler_name="何立群",
            by=by,
            at=at,
        )
    elif step is State.IN_PROGRESS and given:
        assignments.sign(assignment_id=given.pk, handler_name="何立群", handler_phone="0199-5550111", by=by, at=at)
    elif step is State.REPORTED and given:
        answers = tuple(ClaimAnswer(claim.pk, Outcome.SUPPORTED, "已办") for claim in petition.claims.all())
        entry = ReportEntry(facts="查明属实", basis="水法", measures="", handler_name="何立群", answers=answers)
        reports.report(assignment_id=given.pk, entry=entry, by=by, at=at)
    elif step is State.VERIFIED and given:
        reports.verify(assignment_id=given.pk, by=by, at=at)
    elif step is State.REPLIED:
        written = reply.reply(petition_id=petition.pk, kind=ReplyKind.OUTCOME, text="多收部分已退还。", by=by, at=at)
        reply.deliver(reply_id=written.pk, method=Method.POST, delivered_at=at, proof="挂号信 XA0001", by=by, at=at)
    elif step is State.CLOSED:
        reply.close(petition_id=petition.pk, by=by, at=at)
