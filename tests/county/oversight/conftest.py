"""A petition that 县水务局 was given on Thursday 5 March 2026 and never reported on."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from huiyin.county.assignment.actions import dispositions
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Purpose, Recurrence

SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"


def moment(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour - 8, tzinfo=UTC)


@pytest.fixture
def registered(people: Any) -> Petition:
    receipt = receipts.take_receipt(
        channel=Channel.LETTER, received_on=date(2026, 3, 2), sender="马长根", by=people.clerk, at=moment(3, 2)
    )
    return petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(summary="反映上湾村农业水费重复收取", name="马长根"),
        by=people.clerk,
        at=moment(3, 2),
    ).petition


@pytest.fixture
def assignment(people: Any, registered: Petition) -> Assignment:
    clerk, pk = people.clerk, registered.pk
    attachments.attach(
        petition_id=pk, kind=AttachmentKind.ORIGINAL, name="信.pdf", data=SCAN, by=clerk, at=moment(3, 2)
    )
    petitions.read(petition_id=pk, note="拟交水务局", by=clerk, at=moment(3, 3))
    classification = Classification(Purpose.CLAIM, "01", "农村农业", Recurrence.FIRST)
    petitions.classify(petition_id=pk, classification=classification, by=clerk, at=moment(3, 4))
    return dispositions.assign(
        petition_id=pk,
        kind=DispositionKind.ASSIGNMENT,
        unit_code="water",
        handler_name="何立群",
        redaction_confirmed=True,
        by=clerk,
        at=moment(3, 5),
    )
