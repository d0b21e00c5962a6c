"""信访情况分析报告: frozen of a locked version; produced again it is the same, whatever became of the petitions."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.registry import files
from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Channel, Confidentiality
from huiyin.county.reporting.actions import periods, priorities
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.documents.reports import reports_of, write_report
from huiyin.documents.writing import handed_out_pdf, handed_out_word, paper_of, pdf_of
from huiyin.kernel.periods import Period, month, quarter, year
from huiyin.kernel.refusal import Refusal

MARCH = month("2026-03")
AT = datetime(2026, 4, 3, 1, tzinfo=UTC)


@pytest.fixture
def letters(people: Any) -> list[Petition]:
    """Three letters of March, one of them sealed, and one of the year before."""
    told = (
        (date(2026, 3, 2), "反映上湾村农业水费重复收取", Confidentiality.ORDINARY),
        (date(2026, 3, 9), "反映下湾村断水", Confidentiality.ORDINARY),
        (date(2026, 3, 20), "反映收费站长收礼", Confidentiality.SEALED),
        (date(2025, 3, 9), "反映渠道漏水", Confidentiality.ORDINARY),
    )
    return [registered(people, *one) for one in told]


def registered(people: Any, day: date, summary: str, confidentiality: Confidentiality) -> Petition:
    at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    by = people.clerk if confidentiality is Confidentiality.ORDINARY else people.restricted
    receipt = receipts.take_receipt(channel=Channel.LETTER, received_on=day, by=people.mail_room, at=at)
    entry = Registration(summary=summary, name="马长根", confidentiality=confidentiality)
    return petitions.register(receipt_id=receipt.pk, registration=entry, by=by, at=at).petition


def locked(people: Any, period: Period = MARCH, at: datetime = AT) -> ReportedPeriod:
    row = periods.prepare(period=period, by=people.clerk, at=at)
    return periods.approve(period_id=row.pk, by=people.head, at=at + timedelta(hours=1))


def document_xml(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml")


def test_a_report_tells_the_locked_numbers_with_period_moment_and_version(people: Any, letters: Any) -> None:
    locked(people)
    document = write_report(period=MARCH, by=people.clerk, at=AT + timedelta(days=2))
    text = paper_of(document).text
    assert (document.kind, document.number, document.subject) == (
        DocumentKind.ANALYSIS_REPORT.value,
        "青人析〔2026〕1号",
        "reportedperiod",
    )
    assert text.splitlines()[:3] == ["青岚县人大常委会信访办公室", "青人析〔2026〕1号", "2026年3月信访情况分析报告"]
    assert "共收到信访件3件，比上年同期增加2件，其中来信3件。" in text
    assert "上年同期：2025年3月没有结账，按上年同一时点统计" in text
    tables = [block for block in paper_of(document).sheets[0].blocks if block.block == "grid"]
    basis = "（2026年3月第1版，截至2026年4月3日09:00）"
    assert tables
    assert text.count(basis) == len(tables)
    assert text.rstrip().endswith("2026年4月5日")
    assert not any(word in text for word in ("马长根", "收礼", "上湾村"))


def test_a_year_before_that_was_closed_is_told_as_it_was_reported(people: Any, letters: Any) -> None:
    locked(people, month("2025-03"), AT - timedelta(days=1))
    locked(people)
    text = paper_of(write_report(period=MARCH, by=people.head, at=AT + timedelta(days=2))).text
    assert "上年同期：2025年3月第1版" in text


def test_produced_again_it_is_the_same_after_everything_changed(people: Any, letters: Any) -> None:
    """同一份报告：数据变动以后重新打印，PDF 逐字节相同，Word 正文相同。"""
    row = locked(people)
    document = write_report(period=MARCH, by=people.clerk, at=AT + timedelta(days=2))
    later = AT + timedelta(days=40)
    kept, words = files.path_of(document.pdf_sha256).read_bytes(), handed_out_word(document, by=people.head, at=later)
    petitions.void(petition_id=letters[0].pk, reason="重复登记", approver=people.head, by=people.clerk, at=later)
    registered(people, date(2026, 3, 30), "反映补登的一件", Confidentiality.ORDINARY)
    priorities.add(period=MARCH, words="列入执法检查", petition_numbers=(letters[1].number,), by=people.head, at=later)
    periods.reopen(period_id=row.pk, reason="补登来信", by=people.head, at=later)
    locked(people, at=later + timedelta(days=1))

    again = Document.objects.get(pk=document.pk)
    assert hashlib.sha256(pdf_of(again)).hexdigest() == again.pdf_sha256
    assert handed_out_pdf(again, by=people.leader, at=later) == kept == pdf_of(again)
    assert document_xml(handed_out_word(again, by=people.leader, at=later)) == document_xml(words)
    fresh = write_report(period=MARCH, by=people.clerk, at=later + timedelta(days=2))
    assert fresh.number == "青人析〔2026〕2号"
    assert pdf_of(fresh) != kept
    assert "第2版" in paper_of(fresh).text


def test_while_nothing_changed_it_is_the_one_written_last(people: Any, letters: Any) -> None:
    row = locked(people)
    first = write_report(period=MARCH, by=people.clerk, at=AT + timedelta(days=2))
    assert write_report(period=MARCH, by=people.head, at=AT + timedelta(days=3)).pk == first.pk
    priorities.add(period=MARCH, words="列入执法检查", petition_numbers=(letters[1].number,), by=people.head, at=AT)
    second = write_report(period=MARCH, by=people.head, at=AT + timedelta(days=3))
    assert list(reports_of(row.pk)) == [first, second]
    assert f"1．列入执法检查。\n依据：{letters[1].number}" in paper_of(second).text


@pytest.mark.parametrize(
    ("period", "title", "ahead"),
    [
        (quarter(2026, 1), "2026年第一季度信访情况分析报告", "七、下一步工作建议"),
        (year(2025), "2025年信访情况分析报告", "七、2026年工作重点建议"),
    ],
    ids=["季度", "年度"],
)
def test_quarters_and_years_have_their_report(
    people: Any, letters: Any, period: Period, title: str, ahead: str
) -> None:
    locked(people, period)
    text = paper_of(write_report(period=period, by=people.clerk, at=AT + timedelta(days=2))).text
    assert title in text
    headings = [line for line in text.splitlines() if line[1:2] == "、"]
    assert [line[0] for line in headings] == list("一二三四五六七")
    assert headings[-1] == ahead


def test_no_report_is_written_of_numbers_that_two_people_did_not_sign(people: Any, letters: Any) -> None:
    with pytest.raises(Refusal, match="还没有审定锁定"):
        write_report(period=MARCH, by=people.clerk, at=AT)
    periods.prepare(period=MARCH, by=people.clerk, at=AT)
    with pytest.raises(Refusal, match="还没有审定锁定"):
        write_report(period=MARCH, by=people.clerk, at=AT)


@pytest.mark.parametrize("role", ["leader", "restricted", "auditor", "mail_room", "administrator", "unit_head"])
def test_others_write_no_report(people: Any, role: str) -> None:
    with pytest.raises(Refusal) as refused:
        write_report(period=MARCH, by=getattr(people, role), at=AT)
    assert refused.value.code == "permission.role_missing"


def test_the_office_reads_it_and_a_unit_does_not(people: Any, letters: Any) -> None:
    locked(people)
    document = write_report(period=MARCH, by=people.clerk, at=AT)

    def sees(person: Any) -> bool:
        return Document.objects.visible_to(person).filter(pk=document.pk).exists()

    assert [sees(getattr(people, role)) for role in ("clerk", "head", "leader", "auditor")] == [True] * 4
    assert [sees(getattr(people, role)) for role in ("unit_head", "administrator", "mail_room")] == [False] * 3


def test_pdf_and_word_hold_the_same_tables(people: Any, letters: Any, opened: Callable[[bytes], Any]) -> None:
    locked(people)
    document = write_report(period=MARCH, by=people.clerk, at=AT)
    words = opened(handed_out_word(document, by=people.clerk, at=AT))
    grids = [block for block in paper_of(document).sheets[0].blocks if block.block == "grid"]
    assert len(words.tables) == len(grids)
    assert [cell.text for cell in words.tables[0].rows[0].cells] == list(grids[0].headings)
