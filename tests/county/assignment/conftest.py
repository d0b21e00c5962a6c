"""Petitions on the desk of the office, brought to 已归类 by the acts that lead there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiyin.county.assignment.actions import assignments, dispositions, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import DispositionKind, Outcome
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality, Purpose, Recurrence
from huiyin.kernel.refusal import Refusal

KINDS = {Channel.LETTER: AttachmentKind.ORIGINAL, Channel.WALK_IN: AttachmentKind.RECORD}
GIVEN = {"unit_code": "water", "handler_name": "何立群", "redaction_confirmed": True}
ENDED = {
    "reason": "属人民法院管辖",
    "basis": "《信访工作条例》第三十一条",
    "competent_organ": "县人民法院",
    "procedure": "向县人民法院提起诉讼",
    "conclusion": "青府复核〔2025〕3号复核意见",
    "second_note": "同意",
}


def moment(month: int, day: int, hour: int = 9) -> datetime:
    """A moment of 2026 in the office's own time."""
    return datetime(2026, month, day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


def refused(act: Callable[[], object]) -> str:
    """The code with which an act is refused."""
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


@dataclass
class Desk:
    """The office's desk: what comes in is registered on 2 March and classified on 3 March."""

    people: Any
    letters: Any = field(default_factory=count)

    def registered(self, channel: Channel = Channel.LETTER, *, receipt: Any = None, **values: Any) -> Petition:
        by = self.people.clerk
        if values.get("confidentiality", Confidentiality.ORDINARY) is not Confidentiality.ORDINARY:
            by = self.people.restricted
        taken = receipts.take_receipt(
            channel=channel, received_on=date(2026, 3, 2), by=by, at=moment(3, 2), **(receipt or {})
        )
        registration = Registration(**{"summary": "反映上松村水费重复收取", "name": "马大山", **values})
        return petitions.register(receipt_id=taken.pk, registration=registration, by=by, at=moment(3, 2)).petition

    def read(self, petition: Petition) -> Petition:
        by = self.people.restricted if petition.confidentiality == "sealed" else self.people.clerk
        kind = KINDS.get(Channel(petition.channel))
        if kind is not None:
            data = b"%%PDF-1.4\n%d\n%%%%EOF" % next(self.letters)
            attachments.attach(petition_id=petition.pk, kind=kind, name="原件.pdf", data=data, by=by, at=moment(3, 2))
        petitions.read(petition_id=petition.pk, note="已阅", by=by, at=moment(3, 2, 15))
        petition.refresh_from_db()
        return petition

    def classified(
        self, channel: Channel = Channel.LETTER, *, about: Any = None, receipt: Any = None, **values: Any
    ) -> Petition:
        petition = self.read(self.registered(channel, receipt=receipt, **values))
        by = self.people.restricted if petition.confidentiality == "sealed" else self.people.clerk
        decided: dict[str, Any] = {
            "purpose": Purpose.CLAIM,
            "category_code": "0110",
            "category_path": "农业农村/农业水费",
        }
        decided |= {"recurrence": Recurrence.FIRST, **(about or {})}
        petitions.classify(petition_id=petition.pk, classification=Classification(**decided), by=by, at=moment(3, 3))
        petition.refresh_from_db()
        return petition

    def assign(self, petition: Petition, **values: Any) -> Assignment:
        told = {"kind": DispositionKind.ASSIGNMENT, "by": self.people.clerk, "at": moment(3, 4), **GIVEN, **values}
        return dispositions.assign(petition_id=petition.pk, **told)

    def decide(self, petition: Petition, kind: DispositionKind, **values: Any) -> Any:
        told = {"approver": self.people.head, "by": self.people.clerk, "at": moment(3, 4), **ENDED, **values}
        return dispositions.decide_here(petition_id=petition.pk, kind=kind, **told)

    def sign(self, given: Assignment, **values: Any) -> Assignment:
        told = {"handler_name": "何立群", "handler_phone": "0199-5550111", "by": self.people.clerk, "at": moment(3, 5)}
        return assignments.sign(assignment_id=given.pk, **{**told, **values})

    def report(self, given: Assignment, **values: Any) -> None:
        claims = given.petition.claims.order_by("position").values_list("pk", flat=True)
        entry = ReportEntry(
            facts="经查，2025年多收水费420元，已逐户核对。",
            basis="《水法》第五十五条",
            measures="退还并公示",
            handler_name="何立群",
            answers=tuple(ClaimAnswer(pk, Outcome.SUPPORTED, "已经退还多收的水费") for pk in claims),
        )
        told = {"by": self.people.clerk, "at": moment(4, 1), **values}
        reports.report(assignment_id=given.pk, entry=entry, **told)

    def verify(self, given: Assignment, **values: Any) -> None:
        reports.verify(assignment_id=given.pk, **{"by": self.people.clerk, "at": moment(4, 2), **values})


@pytest.fixture
def desk(people: Any) -> Desk:
    """The desk of 青岚县's petition office."""
    return Desk(people)
