"""Papers of petitions: a story told by actions, and the jobs that write what follows."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import docx
import dramatiq
import pytest
from django.db import connection
from docx.document import Document as WordDocument

from huiyin.county.assignment.actions import assignments, dispositions, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import DispositionKind, Outcome, ReturnReason
from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality, Purpose, Recurrence
from huiyin.county.reply.actions import replies
from huiyin.county.reply.models import Delivery, Reply
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.documents.sheets import Paper
from huiyin.documents.writing import paper_of
from huiyin.kernel.tenant import PUBLIC, entered

BEGIN = datetime(2026, 3, 2, 1, tzinfo=UTC)
CLAIMS = ("公开水费标准", "退还多收的水费")


def waiting() -> list[dict[str, Any]]:
    with entered(PUBLIC), connection.cursor() as cursor:
        cursor.execute("SELECT message::text FROM dramatiq.queue ORDER BY position")
        return [json.loads(text) for (text,) in cursor.fetchall()]


@dataclass
class Story:
    """One petition and everything that is done with it, an hour apart."""

    people: Any
    before: set[str]
    at: datetime = BEGIN
    done: set[str] = field(default_factory=set)
    petition: Petition = field(default_factory=Petition)

    def later(self) -> datetime:
        self.at += timedelta(hours=1)
        return self.at

    def register(self, **values: object) -> Petition:
        confidentiality = values.get("confidentiality", Confidentiality.ORDINARY)
        by = self.people.clerk if confidentiality is Confidentiality.ORDINARY else self.people.restricted
        channel = values.pop("channel", Channel.LETTER)
        assert isinstance(channel, Channel)
        receipt = receipts.take_receipt(
            channel=channel, received_on=date(2026, 3, 2), sender="马大山", by=by, at=self.later()
        )
        told: dict[str, Any] = {
            "summary": "反映上松村农业水费收缴标准不公开",
            "name": "马大山",
            "phone": "13912340001",
            "address": "松林镇上松村三组",
            "identity_number": "11010519491231002X",
            "place": "松林镇上松村",
            "claims": CLAIMS,
            **values,
        }
        made = petitions.register(receipt_id=receipt.pk, registration=Registration(**told), by=by, at=self.later())
        self.petition = made.petition
        return self.petition

    def classify(self) -> None:
        pk, by = self.petition.pk, self.people.clerk
        kinds = {Channel.LETTER.value: AttachmentKind.ORIGINAL, Channel.WALK_IN.value: AttachmentKind.RECORD}
        kind = kinds.get(self.petition.channel, AttachmentKind.OTHER)
        data = b"%PDF-1.4\n% invented scan\n%%EOF\n"
        attachments.attach(petition_id=pk, kind=kind, name="马大山来信.pdf", data=data, by=by, at=self.later())
        petitions.read(petition_id=pk, note="已阅，水费问题", by=by, at=self.later())
        decided = Classification(
            purpose=Purpose.CLAIM, category_code="0110", category_path="农村农业/农业水费", recurrence=Recurrence.FIRST
        )
        petitions.classify(petition_id=pk, classification=decided, by=by, at=self.later())

    def assign(self, kind: DispositionKind = DispositionKind.ASSIGNMENT, **values: Any) -> Assignment:
        return dispositions.assign(
            petition_id=self.petition.pk,
            kind=kind,
            by=self.people.head,
            at=self.later(),
            **{
                "unit_code": "water",
                "handler_name": "何立群",
                "instruction": "请逐户核对",
                "redaction_confirmed": True,
                **values,
            },
        )

    def report(self, assignment: Assignment, *, is_signed: bool = False) -> None:
        by = self.people.unit_clerk
        if not is_signed:
            assignments.sign(
                assignment_id=assignment.pk, handler_name="何立群", handler_phone="0199-5550111", by=by, at=self.later()
            )
        claims = list(self.petition.claims.order_by("position"))
        answers = (
            ClaimAnswer(claims[0].pk, Outcome.SUPPORTED, "已在村务栏公开"),
            ClaimAnswer(claims[1].pk, Outcome.EXPLAINED, "按定额收取，未多收"),
        )
        entry = ReportEntry(
            facts="经查，2025年未公开收费标准。",
            basis="《水法》第五十五条",
            measures="公开标准。",
            handler_name="何立群",
            answers=answers,
        )
        reports.report(assignment_id=assignment.pk, entry=entry, by=self.people.unit_head, at=self.later())

    def send_back(self, assignment: Assignment) -> None:
        reports.return_report(
            assignment_id=assignment.pk,
            reasons=[ReturnReason.FACTS_UNCLEAR, ReturnReason.PROOF_MISSING],
            words="请补充收费台账",
            by=self.people.head,
            at=self.later(),
        )

    def verify(self, assignment: Assignment) -> None:
        reports.verify(assignment_id=assignment.pk, by=self.people.head, at=self.later())

    def decide(self, kind: DispositionKind) -> None:
        dispositions.decide_here(
            petition_id=self.petition.pk,
            kind=kind,
            reason="反映的是法院正在审理的案件",
            basis="《信访工作条例》第三十一条",
            competent_organ="县人民法院",
            procedure="持判决书向县人民法院申诉",
            second_note="同意存查",
            conclusion="青府复核〔2025〕3号复核意见",
            approver=self.people.leader,
            by=self.people.head,
            at=self.later(),
        )

    def answer(self, kind: ReplyKind = ReplyKind.OUTCOME, text: str = "水费标准已公开。\n多收部分已退还。") -> Reply:
        return replies.reply(petition_id=self.petition.pk, kind=kind, text=text, by=self.people.clerk, at=self.later())

    def deliver(self, reply: Reply, method: Method = Method.POST) -> Delivery:
        return replies.deliver(
            reply_id=reply.pk,
            method=method,
            delivered_at=self.at,
            recipient="马大山",
            proof="挂号信 XA0001" if method is not Method.IMPOSSIBLE else "挂号信 XA0001 退回，上门两次未遇",
            by=self.people.clerk,
            at=self.later(),
        )

    def work(self) -> None:
        """Do the jobs that wait, each once."""
        for message in waiting():
            known = self.before | self.done
            if message["actor_name"] == "documents.write" and message["message_id"] not in known:
                self.done.add(message["message_id"])
                dramatiq.get_broker().get_actor("documents.write")(**message["kwargs"])

    def again(self) -> None:
        """Do every job of the story once more, as a queue may."""
        for message in waiting():
            if message["message_id"] in self.done:
                dramatiq.get_broker().get_actor("documents.write")(**message["kwargs"])

    def papers(self) -> list[Document]:
        return list(Document.objects.filter(petition=self.petition).order_by("id"))

    def paper(self, kind: DocumentKind) -> tuple[Document, Paper]:
        self.work()
        row = Document.objects.valid().get(petition=self.petition, kind=kind.value)
        return row, paper_of(row)


@pytest.fixture
def story(people: Any) -> Story:
    return Story(people, {message["message_id"] for message in waiting()})


@pytest.fixture
def opened() -> Callable[[bytes], WordDocument]:
    """Open a .docx."""
    return lambda data: docx.Document(io.BytesIO(data))


def words_of(document: WordDocument) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield from dict.fromkeys(cell.text for cell in row.cells)
        else:
            yield block.text


@pytest.fixture
def letters() -> Iterator[int]:
    return count(1)
