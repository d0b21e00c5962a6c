"""A step writes its letter, once, under its number; the letter holds all that its kind must hold."""

from typing import Any

import pytest

from huiyin.county.assignment.states import DispositionKind
from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.journal.models import Entry
from huiyin.county.registry.states import Channel
from huiyin.county.reply.states import Method, ReplyKind


def assert_holds(text: str, *words: str) -> None:
    assert [word for word in words if word not in text] == []


def test_an_assignment_writes_its_letter_with_what_to_report_by_when_and_why(story: Any) -> None:
    petition = story.register()
    story.classify()
    given = story.assign()
    row, paper = story.paper(DocumentKind.ASSIGNMENT_LETTER)
    assert (row.number, row.unit_code, row.subject, row.subject_id) == (given.number, "water", "assignment", given.pk)
    assert_holds(
        paper.text,
        "青岚县人大常委会信访办公室",
        "关于交办信访事项的函",
        given.number,
        petition.number,
        "县水务局",
        "主办",
        "马大山",
        "13912340001",
        "反映上松村农业水费收缴标准不公开",
        "1．公开水费标准\n2．退还多收的水费",
        "请逐户核对",
        "承办人：何立群",
        f"报结期限：{given.due_on.year}年{given.due_on.month}月{given.due_on.day}日",
        "起算：",
        "依据：",
        "调查核实的事实和证据",
        "支持、解释说明或者不支持",
        "送达凭证",
        "5个工作日内书面提出异议",
        "《信访工作条例》第二十三条第三款",
        "15日内将受理情况和办理途径书面告知信访人",
        "期限不因未签收而停止计算",
        "累计不超过30日",
        "《信访工作条例》第三十条",
        "联系人：王主任",
        "回　执",
        "是否属于本单位职权范围",
    )


def test_a_referral_asks_no_result_back(story: Any) -> None:
    story.register()
    story.classify()
    given = story.assign(DispositionKind.REFERRAL)
    _, paper = story.paper(DocumentKind.REFERRAL_LETTER)
    assert_holds(paper.text, given.number, "县水务局", "现予转送", "直接答复信访人，不要求报告办理结果", "第三十条")
    assert "回　执" not in paper.text
    assert "报结期限" not in paper.text


def test_a_report_and_its_return_are_on_paper(story: Any) -> None:
    petition = story.register()
    story.classify()
    given = story.assign()
    story.report(given)
    story.send_back(given)
    _, report = story.paper(DocumentKind.CONCLUSION_REPORT)
    assert_holds(
        report.text,
        "县水务局",
        given.number,
        "经查，2025年未公开收费标准。",
        "《水法》第五十五条",
        "1　公开水费标准　支持　已在村务栏公开",
        "2　退还多收的水费　解释说明　按定额收取，未多收",
        "公开标准。",
        "第1次报告；承办人：何立群；报告人：水局长",
    )
    slip, returned = story.paper(DocumentKind.RETURN_SLIP)
    assert slip.unit_code == "water"
    assert slip.number == "青人退〔2026〕1号"
    assert_holds(
        returned.text,
        petition.number,
        "事实不清、缺少送达凭证",
        "请补充收费台账",
        "补正期限：2026年3月",
        "补正",
        "起算：",
    )


@pytest.mark.parametrize(
    ("kind", "written", "words"),
    [
        (
            DispositionKind.GUIDANCE,
            DocumentKind.GUIDANCE_NOTICE,
            ("引导告知书", "《信访工作条例》第三十一条", "县人民法院", "持判决书向县人民法院申诉"),
        ),
        (
            DispositionKind.NOT_REACCEPTED,
            DocumentKind.NOT_REACCEPTED_NOTICE,
            ("不再受理告知书", "《信访工作条例》第三十一条", "仍然有效", "新的事实"),
        ),
    ],
)
def test_what_ends_here_is_told_with_basis_organ_and_procedure(
    kind: DispositionKind, written: DocumentKind, words: tuple[str, ...], story: Any
) -> None:
    petition = story.register()
    story.classify()
    story.decide(kind)
    row, paper = story.paper(written)
    assert row.number == "青人告〔2026〕1号"
    assert_holds(paper.text, "马大山", petition.number, "你于2026年3月2日通过来信", *words)


def test_a_matter_of_litigation_is_not_accepted(story: Any) -> None:
    petition = story.register()
    story.classify()
    petition.refresh_from_db()
    petition.is_litigation = True
    petition.save(update_fields=["is_litigation"])
    story.decide(DispositionKind.GUIDANCE)
    _, paper = story.paper(DocumentKind.NOT_ACCEPTED_NOTICE)
    assert_holds(paper.text, "不予受理告知书", "诉讼、仲裁、行政复议", "《信访工作条例》第三十一条", "县人民法院")


def test_what_is_filed_tells_nobody(story: Any) -> None:
    story.register()
    story.classify()
    story.decide(DispositionKind.FILED)
    story.work()
    assert story.papers() == []


def test_the_reply_that_is_the_notice_stands_for_the_earlier_one(story: Any) -> None:
    story.register()
    story.classify()
    story.decide(DispositionKind.GUIDANCE)
    story.work()
    reply = story.answer(ReplyKind.GUIDANCE, "请向县人民法院提出，电话 0199-5550140。")
    row, paper = story.paper(DocumentKind.GUIDANCE_NOTICE)
    assert row.number == reply.number
    assert_holds(paper.text, "县人民法院", "0199-5550140", "持判决书向县人民法院申诉。")
    (voided,) = [one for one in story.papers() if one.voided_at]
    assert voided.void_reason == f"已重新制作，以{reply.number}为准"
    assert voided.number == "青人告〔2026〕1号"


def test_an_answer_and_its_delivery_are_on_paper(story: Any) -> None:
    petition = story.register()
    story.classify()
    given = story.assign()
    story.report(given)
    story.verify(given)
    reply = story.answer()
    row, paper = story.paper(DocumentKind.REPLY_LETTER)
    assert row.number == reply.number
    assert_holds(
        paper.text,
        reply.number,
        "马大山",
        petition.number,
        "水费标准已公开。",
        "多收部分已退还。",
        "30日内，请求其上一级机关、单位复查",
        "《信访工作条例》第三十五条",
        "满意度评价",
    )
    story.deliver(reply)
    _, record = story.paper(DocumentKind.DELIVERY_RECORD)
    assert_holds(
        record.text,
        "送达回证",
        reply.number,
        "送达方式：邮寄",
        "受送达人：马大山",
        "挂号信 XA0001",
        "受送达人签名或盖章",
        "代收人签名及代收理由",
        "见证人",
        "送达人",
        "139****0001",
    )
    assert "13912340001" not in record.text


def test_a_delivery_that_was_impossible_says_why(story: Any) -> None:
    story.register()
    story.classify()
    story.decide(DispositionKind.GUIDANCE)
    story.deliver(story.answer(ReplyKind.GUIDANCE, "请向县人民法院提出。"), Method.IMPOSSIBLE)
    _, record = story.paper(DocumentKind.DELIVERY_RECORD)
    assert_holds(record.text, "无法送达的原因和核实情况：挂号信 XA0001 退回，上门两次未遇", "核实日期")


def test_a_receipt_notice_is_written_with_its_reply(story: Any) -> None:
    petition = story.register(channel=Channel.PHONE)
    story.classify()
    given = story.assign()
    reply = story.answer(ReplyKind.RECEIPT, "已经受理。")
    row, paper = story.paper(DocumentKind.RECEIPT_NOTICE)
    assert row.number == reply.number
    assert_holds(
        paper.text,
        "受理告知书",
        "通过来电",
        petition.number,
        "县水务局",
        "查询码",
        "已经受理。",
        f"{given.due_on.month}月{given.due_on.day}日",
    )


def test_a_job_that_runs_twice_writes_one_paper(story: Any) -> None:
    story.register()
    story.classify()
    story.assign()
    story.work()
    first = [(row.pk, row.pdf_sha256) for row in story.papers()]
    story.again()
    assert [(row.pk, row.pdf_sha256) for row in story.papers()] == first
    assert len(first) == 1
    assert Entry.objects.filter(event="document.written", petition_id=story.petition.pk).count() == 1


def test_control_without_the_inbox_the_event_still_writes_once(story: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    story.register()
    story.classify()
    story.assign()
    story.work()
    monkeypatch.setattr("huiyin.jobs.inbox.is_first", lambda _key, **_at: True)
    story.again()
    assert len(story.papers()) == 1


def test_numbers_of_notices_have_no_gap(story: Any) -> None:
    for _ in range(3):
        story.register()
        story.classify()
        story.decide(DispositionKind.GUIDANCE)
        story.work()
    numbers = Document.objects.filter(series="告").order_by("id").values_list("number", flat=True)
    assert list(numbers) == [f"青人告〔2026〕{number}号" for number in (1, 2, 3)]
