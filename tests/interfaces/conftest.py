"""Petitions that went their way to a state, for the pages and for the programs that call the API."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import assignments, dispositions, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import DispositionKind, Outcome
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality, Purpose, Recurrence, State
from huiyin.county.reply.actions import replies
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.kernel.calendar import local_day

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
            redaction_confirmed=True,
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
        written = replies.reply(petition_id=petition.pk, kind=ReplyKind.OUTCOME, text="多收部分已退还。", by=by, at=at)
        replies.deliver(reply_id=written.pk, method=Method.POST, delivered_at=at, proof="挂号信 XA0001", by=by, at=at)
    elif step is State.CLOSED:
        replies.close(petition_id=petition.pk, by=by, at=at)
