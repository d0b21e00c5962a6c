"""Letters that arrive, are registered, and are brought to a unit."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest

from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Purpose, Recurrence

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def came(people) -> Callable[..., Receipt]:
    """Take a letter of 2 March 2026."""

    def taken(channel: Channel = Channel.LETTER, **values: Any) -> Receipt:
        return receipts.take_receipt(
            channel=channel, **{"received_on": date(2026, 3, 2), "by": people.clerk, "at": AT, **values}
        )

    return taken


@pytest.fixture
def registered(people, came) -> Callable[..., Petition]:
    """Register a letter of 2 March 2026."""

    def made(receipt: Receipt | None = None, *, by=None, **values: Any) -> Petition:
        told: dict[str, Any] = {"summary": "反映上湾村农业水费重复收取", "name": "马长根", **values}
        registration = Registration(**told)
        found = receipt or came()
        return petitions.register(receipt_id=found.pk, registration=registration, by=by or people.clerk, at=AT).petition

    return made


@pytest.fixture
def classified(people) -> Callable[..., Petition]:
    """Read and classify a petition."""
    letters = count(1)

    def made(petition: Petition, *, by=None, **values: Any) -> Petition:
        clerk = by or people.clerk
        data = b"%%PDF-1.4\n%d\n%%%%EOF" % next(letters)
        attachments.attach(
            petition_id=petition.pk, kind=AttachmentKind.ORIGINAL, name="信.pdf", data=data, by=clerk, at=AT
        )
        petitions.read(petition_id=petition.pk, note="已阅", by=clerk, at=AT)
        told: dict[str, Any] = {
            "purpose": Purpose.CLAIM,
            "category_code": "0110",
            "category_path": "农村农业/水利水电",
            "recurrence": Recurrence.FIRST,
            **values,
        }
        decided = Classification(**told)
        return petitions.classify(petition_id=petition.pk, classification=decided, by=clerk, at=AT)

    return made
