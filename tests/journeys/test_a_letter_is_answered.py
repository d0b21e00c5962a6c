"""来信: from the envelope to the answer, as the office does it on an ordinary week."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from huiyin.county.assignment.actions import assignments, dispositions, reports
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import DispositionKind, Outcome, ReturnReason
from huiyin.county.journal.models import Entry
from huiyin.county.journal.queries import chain
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Purpose, Recurrence, State
from huiyin.county.reply.actions import replies
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")
SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"


def moment(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def test_a_letter_about_water_fees_gets_its_answer(people):
    clerk, unit_clerk, unit_head = people.clerk, people.unit_clerk, people.unit_head
    receipt = receipts.take_receipt(
        channel=Channel.LETTER, received_on=date(2026, 3, 2), sender="马长根", by=people.mail_room, at=moment(3, 2)
    )
    registered = petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(
            summary="反映柳溪镇上湾村农业水费重复收取，要求退还多收部分",
            name="马长根",
            phone="139 0000 1234",
            place="柳溪镇上湾村",
            claims=("退还2025年多收的水费", "公开水费收取标准"),
        ),
        by=clerk,
        at=moment(3, 2, 10),
    )
    petition = registered.petition
    assert petition.number == "青人信〔2026〕1号"
    with pytest.raises(Refusal, match="来信原件"):
        petitions.read(petition_id=petition.pk, note="拟交水务局", by=clerk, at=moment(3, 2, 11))

    attachments.attach(
        petition_id=petition.pk, kind=AttachmentKind.ORIGINAL, name="信.pdf", data=SCAN, by=clerk, at=moment(3, 2, 11)
    )
    petitions.read(petition_id=petition.pk, note="拟交水务局", by=clerk, at=moment(3, 2, 12))
    petitions.classify(
        petition_id=petition.pk,
        classification=Classification(Purpose.CLAIM, "01", "农村农业", Recurrence.FIRST),
        by=clerk,
        at=moment(3, 3),
    )
    given = dispositions.assign(
        petition_id=petition.pk,
        kind=DispositionKind.ASSIGNMENT,
        unit_code="water",
        handler_name="何立群",
        redaction_confirmed=True,
        by=clerk,
        at=moment(3, 4),
    )
    assignments.sign(
        assignment_id=given.pk, handler_name="何立群", handler_phone="13900001111", by=unit_clerk, at=moment(3, 5)
    )
    claims = list(petition.claims.order_by("position").values_list("pk", flat=True))
    entry = ReportEntry(
        facts="经核查，上湾村2025年多收水费420元",
        basis="《水法》第四十九条",
        measures="退还并公示",
        handler_name="何立群",
        answers=(ClaimAnswer(claims[0], Outcome.SUPPORTED, "已退还"),),
    )
    with pytest.raises(Refusal, match="还有1个诉求点没有答复"):
        reports.report(assignment_id=given.pk, entry=entry, by=unit_head, at=moment(4, 1))
    whole = ReportEntry(
        **{name: getattr(entry, name) for name in ("facts", "basis", "measures", "handler_name")},
        answers=(*entry.answers, ClaimAnswer(claims[1], Outcome.SUPPORTED, "已公示")),
    )
    reports.report(assignment_id=given.pk, entry=whole, by=unit_head, at=moment(4, 1))
    reports.return_report(
        assignment_id=given.pk, reasons=[ReturnReason.PROOF_MISSING], words="补退款收据", by=clerk, at=moment(4, 2)
    )
    reports.report(assignment_id=given.pk, entry=whole, by=unit_head, at=moment(4, 7))
    reports.verify(assignment_id=given.pk, by=clerk, at=moment(4, 8))

    with pytest.raises(Refusal, match=r"审核通过的信访件不能转为办结|没有送达凭证"):
        replies.close(petition_id=petition.pk, by=clerk, at=moment(4, 8))
    written = replies.reply(
        petition_id=petition.pk, kind=ReplyKind.OUTCOME, text="多收的420元已退还", by=clerk, at=moment(4, 9)
    )
    with pytest.raises(Refusal, match="没有送达凭证"):
        replies.close(petition_id=petition.pk, by=clerk, at=moment(4, 9, 10))
    replies.deliver(
        reply_id=written.pk,
        method=Method.POST,
        delivered_at=moment(4, 13),
        proof="挂号信XA00000001，本人签收",
        by=clerk,
        at=moment(4, 14),
    )
    replies.close(petition_id=petition.pk, by=clerk, at=moment(4, 14, 10))

    closed = Petition.objects.get(pk=petition.pk)
    assert State(closed.state) is State.CLOSED
    report_clock = Deadline.objects.get(petition=closed, clock=Clock.REPORT.value, met_at__isnull=False)
    # 3月5日签收起60日为5月4日，劳动节假期（5月1日至5日）顺延至5月6日
    assert report_clock.due_on == date(2026, 5, 6)
    assert not Deadline.objects.running().filter(petition=closed).exists()
    told = list(Entry.objects.filter(petition_id=closed.pk).order_by("number").values_list("event", flat=True))
    assert told == [
        "petition.registered",
        "attachment.added",
        "petition.read",
        "petition.classified",
        "assignment.issued",
        "assignment.signed",
        "assignment.reported",
        "assignment.returned",
        "assignment.reported",
        "assignment.verified",
        "reply.written",
        "reply.delivered",
        "petition.closed",
    ]
    assert chain().holds


def test_another_unit_neither_sees_nor_signs_it(people):
    receipt = receipts.take_receipt(
        channel=Channel.PHONE, received_on=date(2026, 3, 2), by=people.clerk, at=moment(3, 2)
    )
    petition = petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(summary="来电反映上湾村断水", name="马长根"),
        by=people.clerk,
        at=moment(3, 2),
    ).petition
    petitions.read(petition_id=petition.pk, note="急，先电话联系", by=people.clerk, at=moment(3, 2))
    petitions.classify(
        petition_id=petition.pk,
        classification=Classification(Purpose.CLAIM, "01", "农村农业", Recurrence.FIRST),
        by=people.clerk,
        at=moment(3, 2),
    )
    given = dispositions.assign(
        petition_id=petition.pk,
        kind=DispositionKind.ASSIGNMENT,
        unit_code="water",
        handler_name="何立群",
        redaction_confirmed=True,
        by=people.clerk,
        at=moment(3, 2),
    )
    with pytest.raises(Refusal) as refused:
        assignments.sign(
            assignment_id=given.pk,
            handler_name="田有禾",
            handler_phone="13900002222",
            by=people.other_unit_clerk,
            at=moment(3, 2) + timedelta(hours=1),
        )
    assert refused.value.code == "assignment.unknown"
    assert not Petition.objects.visible_to(people.other_unit_clerk).exists()
