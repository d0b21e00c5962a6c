"""信访登记表, 卷内目录 and the whole file of a petition."""

from typing import Any

import pytest

from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.registry.states import Channel
from huiyin.documents import pdf, writing
from huiyin.documents.sheets import Grid
from huiyin.documents.values.files import petition_file
from huiyin.documents.writing import paper_of
from huiyin.kernel.refusal import Refusal


def assert_holds(text: str, *words: str) -> None:
    assert [word for word in words if word not in text] == []


def asked(story: Any, kind: DocumentKind = DocumentKind.REGISTRATION_FORM) -> Document:
    return writing.write_on_demand(kind=kind, petition_id=story.petition.pk, by=story.people.clerk, at=story.later())


def closed(story: Any) -> None:
    story.register()
    story.classify()
    given = story.assign()
    story.report(given)
    story.verify(given)
    story.deliver(story.answer())
    story.work()


def test_a_registration_form_tells_the_whole_course(story: Any) -> None:
    closed(story)
    text = paper_of(asked(story)).text
    assert_holds(
        text,
        "信访登记表",
        story.petition.number,
        story.petition.receipt.number,
        "信访形式：来信",
        "来源：群众直接反映",
        "收件日期：2026年3月2日",
        "登记人：马会计",
        "信访人：马大山",
        "署名情况：实名",
        "问题属地：松林镇上松村",
        "信访目的：求决",
        "内容分类：农村农业/农业水费",
        "初次或重复：初次",
        "反映的问题：反映上松村农业水费收缴标准不公开",
        "1．公开水费标准\n2．退还多收的水费",
        "已阅，水费问题\n马会计",
        "处理意见：交办",
        "承办单位：县水务局",
        "何立群",
        "审核通过",
        "办理结果答复：青人复〔2026〕1号",
        "邮寄",
        "当前状态：已答复",
    )


def test_personal_numbers_stand_masked_on_the_form_and_in_its_frozen_values(story: Any) -> None:
    story.register()
    row = asked(story)
    for secret in ("13912340001", "11010519491231002X", "上松村三组"):
        assert secret not in str(row.values)
    assert_holds(paper_of(row).text, "139****0001", "110***********002X")


def test_a_form_is_written_anew_only_when_something_has_changed(story: Any) -> None:
    story.register()
    first = asked(story)
    assert asked(story) == first
    story.classify()
    assert asked(story) != first


def test_a_receipt_notice_on_demand_tells_until_when_it_is_decided(story: Any) -> None:
    story.register(channel=Channel.WEB)
    row = asked(story, DocumentKind.RECEIPT_NOTICE)
    assert row.number == "青人告〔2026〕1号"
    assert_holds(paper_of(row).text, "受理告知书", "通过网上信访", "2026年3月17日前决定处理方式")


@pytest.mark.parametrize("role", ["leader", "auditor", "unit_clerk"])
def test_whoever_writes_no_papers_asks_for_none(role: str, story: Any) -> None:
    story.register()
    by = getattr(story.people, role)
    with pytest.raises(Refusal) as refused:
        writing.write_on_demand(
            kind=DocumentKind.REGISTRATION_FORM, petition_id=story.petition.pk, by=by, at=story.later()
        )
    assert refused.value.code == "permission.role_missing"


def test_the_contents_list_every_paper_in_order(story: Any) -> None:
    closed(story)
    text = paper_of(asked(story, DocumentKind.FILE_CONTENTS)).text
    wanted = [
        "1　交办函　青人交〔2026〕1号",
        "2　办结报告　—",
        "3　答复函　青人复〔2026〕1号",
        "4　送达回证　青人送〔2026〕1号",
    ]
    assert_holds(text, *wanted, "2026年3月2日", "附件清单", "来信原件")
    assert [text.index(line) for line in wanted] == sorted(text.index(line) for line in wanted)
    assert "马大山来信.pdf" not in text


def test_the_file_holds_cover_contents_papers_and_attachments_with_the_right_pages(story: Any) -> None:
    closed(story)
    rows = tuple(Document.objects.valid().filter(petition=story.petition).order_by("id"))
    sheets = petition_file(story.petition, rows, at=story.at)
    titles = [sheet.title for sheet in sheets]
    assert titles[:2] == ["信访案卷", "卷内目录"]
    assert titles[-1] == "附件清单"
    starts = dict(zip(titles, pdf.pages_of(sheets), strict=True))
    contents = sheets[1].blocks[0]
    assert isinstance(contents, Grid)
    listed = [row[4] for row in contents.rows]
    wanted = ["关于交办信访事项的函", "关于信访事项办理情况的报告", "关于信访事项办理结果的答复", "送达回证"]
    assert listed == [str(starts[title]) for title in wanted]
    made = writing.petition_file(petition_id=story.petition.pk, by=story.people.clerk, at=story.at)
    assert made.startswith(b"%PDF-")
    assert made != writing.petition_file(petition_id=story.petition.pk, by=story.people.head, at=story.at)


def test_a_unit_gets_no_file(story: Any) -> None:
    closed(story)
    with pytest.raises(Refusal) as refused:
        writing.petition_file(petition_id=story.petition.pk, by=story.people.unit_clerk, at=story.at)
    assert refused.value.code == "petition.unknown"
