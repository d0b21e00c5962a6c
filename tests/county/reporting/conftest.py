"""Letters of 青岚县 in March 2026, the desk that closes the month, and the moments of April on which it does so."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiyin.county.assignment.actions import dispositions
from huiyin.county.assignment.rules.dispositions import Ending
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import NEEDED_ORIGINAL, Classification, Registration
from huiyin.county.registry.states import Channel, Confidentiality, Purpose, Recurrence
from huiyin.county.reply.actions import replies
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.county.reporting.actions import periods
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.kernel.periods import Period, month

SHANGHAI = ZoneInfo("Asia/Shanghai")
MARCH = month("2026-03")
SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"


def moment(of_month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, of_month, day, hour, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Desk:
    """One office's desk: letters come in, go some of their way, and a month is closed over them."""

    people: Any

    def receipt(self, day: int = 2, channel: Channel = Channel.LETTER) -> Receipt:
        return receipts.take_receipt(
            channel=channel, received_on=date(2026, 3, day), by=self.people.mail_room, at=moment(3, day, 8)
        )

    def registered(self, receipt: Receipt, *, on: datetime | None = None, **values: Any) -> Petition:
        facts: dict[str, Any] = {"summary": "反映上湾村农业水费重复收取", "name": "马长根"} | values
        is_sealed = facts.get("confidentiality") is Confidentiality.SEALED
        by, at = self.people.restricted if is_sealed else self.people.clerk, on or moment(3, receipt.received_on.day)
        petition = petitions.register(receipt_id=receipt.pk, registration=Registration(**facts), by=by, at=at).petition
        kind = NEEDED_ORIGINAL.get(Channel(receipt.channel))
        if kind is not None:
            attachments.attach(petition_id=petition.pk, kind=kind, name="信.pdf", data=SCAN, by=by, at=at)
            attachments.recheck(attachment_id=petition.attachments.get().pk, at=at)
        return petition

    def classified(self, petition: Petition, category: str = "01", day: int = 4) -> Petition:
        petitions.read(petition_id=petition.pk, note="已阅", by=self.people.clerk, at=moment(3, day - 1))
        told = Classification(
            purpose=Purpose.CLAIM, category_code=category, category_path="农村农业", recurrence=Recurrence.FIRST
        )
        return petitions.classify(petition_id=petition.pk, classification=told, by=self.people.clerk, at=moment(3, day))

    def guided(self, petition: Petition) -> Petition:
        ending = Ending(
            reason="属法院管辖",
            basis="《信访工作条例》第三十一条",
            competent_organ="县人民法院",
            procedure="向人民法院提起诉讼",
        )
        dispositions.decide_here(
            petition_id=petition.pk,
            kind=DispositionKind.GUIDANCE,
            approver=self.people.head,
            by=self.people.clerk,
            at=moment(3, 5),
            **{one.name: getattr(ending, one.name) for one in fields(ending)},
        )
        return petition

    def answered(self, petition: Petition, at: datetime) -> None:
        answer = replies.reply(
            petition_id=petition.pk, kind=ReplyKind.GUIDANCE, text="已告知", by=self.people.clerk, at=at
        )
        replies.deliver(
            reply_id=answer.pk, method=Method.POST, delivered_at=at, proof="挂号信1", by=self.people.clerk, at=at
        )

    def prepared(self, at: datetime | None = None, period: Period = MARCH) -> ReportedPeriod:
        return periods.prepare(period=period, by=self.people.clerk, at=at or moment(4, 3))

    def locked(self, at: datetime | None = None, period: Period = MARCH) -> ReportedPeriod:
        row = self.prepared(at, period)
        return periods.approve(period_id=row.pk, by=self.people.head, at=at or moment(4, 3, 15))

    def reopened(self, row: ReportedPeriod, at: datetime | None = None) -> ReportedPeriod:
        return periods.reopen(period_id=row.pk, reason="补登一件来信", by=self.people.head, at=at or moment(4, 8))


@pytest.fixture
def desk(people: Any) -> Desk:
    return Desk(people)
