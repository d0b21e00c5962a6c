"""What befalls letters and visitors of 青岚县 in March 2026, step by step through the office's own actions."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiyin.county.analysis import actions
from huiyin.county.assignment.actions import assignments, dispositions, proposals, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules.dispositions import Ending
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import DispositionKind, Outcome, ReturnReason
from huiyin.county.registry import importance
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import NEEDED_ORIGINAL, Classification, Registration
from huiyin.county.registry.states import Channel, PetitionerKind, Purpose, Recurrence
from huiyin.county.reply.actions import replies
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.kernel.periods import Period, month

SHANGHAI = ZoneInfo("Asia/Shanghai")
MARCH = month("2026-03")
SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"


def moment(of_month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, of_month, day, hour, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Desk:
    """One clerk's desk: every step takes the day on which it is done."""

    people: Any

    def receipt(self, day: int = 2, channel: Channel = Channel.LETTER, head_count: int = 1) -> Receipt:
        return receipts.take_receipt(
            channel=channel,
            received_on=date(2026, 3, day),
            head_count=head_count,
            by=self.people.mail_room,
            at=moment(3, day, 8),
        )

    def registered(self, receipt: Receipt, *, scanned: bool = True, **values: Any) -> Petition:
        facts: dict[str, Any] = {
            "summary": "反映上湾村农业水费重复收取",
            "name": "马长根",
            "phone": "13900001234",
        } | values
        petition = petitions.register(
            receipt_id=receipt.pk,
            registration=Registration(head_count=receipt.head_count, **facts),
            by=self.people.clerk,
            at=moment(3, receipt.received_on.day, 9),
        ).petition
        kind = NEEDED_ORIGINAL.get(Channel(receipt.channel))
        if scanned and kind is not None:
            attachments.attach(
                petition_id=petition.pk,
                kind=kind,
                name="信.pdf",
                data=SCAN,
                by=self.people.clerk,
                at=moment(3, receipt.received_on.day, 10),
            )
        return petition

    def read(self, petition: Petition, day: int = 3, **values: Any) -> Petition:
        return petitions.read(
            petition_id=petition.pk, note="拟交水务局", by=self.people.clerk, at=moment(3, day), **values
        )

    def classified(self, petition: Petition, day: int = 4, **values: Any) -> Petition:
        facts: dict[str, Any] = {"recurrence": Recurrence.FIRST} | values
        return petitions.classify(
            petition_id=petition.pk,
            classification=Classification(purpose=Purpose.CLAIM, category_code="01", category_path="农村农业", **facts),
            by=self.people.clerk,
            at=moment(3, day),
        )

    def anonymous(self, receipt: Receipt, **values: Any) -> Petition:
        return self.registered(
            receipt, petitioner_kind=PetitionerKind.ANONYMOUS, **({"name": "", "phone": ""} | values)
        )

    def assigned(self, petition: Petition, day: int = 5, **values: Any) -> Assignment:
        return dispositions.assign(
            petition_id=petition.pk,
            kind=DispositionKind.ASSIGNMENT,
            unit_code="water",
            handler_name="何立群",
            redaction_confirmed=True,
            by=self.people.clerk,
            at=moment(3, day),
            **values,
        )

    def reported(self, given: Assignment, day: int, hour: int = 9) -> None:
        if given.signed_at is None:
            assignments.sign(
                assignment_id=given.pk,
                handler_name="何立群",
                handler_phone="0199-5550111",
                by=self.people.clerk,
                at=moment(3, day, hour - 1),
            )
        answers = tuple(ClaimAnswer(one.pk, Outcome.SUPPORTED, "已退还") for one in given.petition.claims.all())
        entry = ReportEntry(facts="查明属实", basis="水法", measures="", handler_name="何立群", answers=answers)
        reports.report(assignment_id=given.pk, entry=entry, by=self.people.clerk, at=moment(3, day, hour))
        given.refresh_from_db()

    def returned(self, given: Assignment, day: int) -> None:
        reasons = (ReturnReason.FACTS_UNCLEAR,)
        reports.return_report(
            assignment_id=given.pk, reasons=reasons, words="请查清", by=self.people.clerk, at=moment(3, day)
        )

    def guided(self, petition: Petition, *, told: int, hour: int = 17) -> Petition:
        """Guide the petitioner elsewhere, tell it on a day, and close."""
        self.decided(self.through(petition), DispositionKind.GUIDANCE)
        self.answered(petition, ReplyKind.GUIDANCE, written=5, told=told, hour=hour)
        return replies.close(petition_id=petition.pk, by=self.people.clerk, at=moment(3, told, 18))

    def decided(self, petition: Petition, kind: DispositionKind, day: int = 5, **values: Any) -> None:
        is_merged, at = kind is DispositionKind.MERGED, moment(3, day)
        ending = Ending(
            reason="同一事项" if is_merged else "属法院管辖",
            basis="《信访工作条例》第三十一条",
            competent_organ="" if is_merged else "县人民法院",
            procedure="向人民法院提起诉讼",
            conclusion="市政府复核意见〔2025〕3号",
            second_note="已核对，同意存查",
            **values,
        )
        if importance.is_important(petition):
            proposal = proposals.propose(petition_id=petition.pk, kind=kind, what=ending, by=self.people.clerk, at=at)
            proposals.approve(proposal_id=proposal.pk, words="同意", by=self.people.head, at=at)
            return
        dispositions.decide_here(
            petition_id=petition.pk,
            kind=kind,
            approver=self.people.head,
            by=self.people.clerk,
            at=at,
            **{one.name: getattr(ending, one.name) for one in fields(ending)},
        )

    def answered(
        self,
        petition: Petition,
        kind: ReplyKind,
        *,
        written: int,
        told: int,
        method: Method = Method.POST,
        hour: int = 17,
    ) -> None:
        answer = replies.reply(
            petition_id=petition.pk, kind=kind, text="已告知", by=self.people.clerk, at=moment(3, written)
        )
        replies.deliver(
            reply_id=answer.pk,
            method=method,
            delivered_at=moment(3, told),
            proof="挂号信XA00000001，退件2次" if method is Method.IMPOSSIBLE else "挂号信XA00000001",
            by=self.people.clerk,
            at=moment(3, told, hour),
        )

    def through(self, petition: Petition) -> Petition:
        return self.classified(self.read(petition))

    def checked(self, at: datetime, period: Period = MARCH) -> int:
        return actions.recheck_originals(period=period, at=at)


@pytest.fixture
def desk(people: Any) -> Desk:
    return Desk(people)
