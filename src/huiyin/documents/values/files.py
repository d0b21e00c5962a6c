"""卷内目录 and the whole file of a petition: cover, contents, every paper, the list of attachments."""

from datetime import datetime

from huiyin.county.document.models import Document
from huiyin.county.document.states import DocumentKind
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import AttachmentKind, State
from huiyin.documents.pdf import pages_of
from huiyin.documents.sheets import Facts, Form, Grid, Paper, Sheet, Signing, Text
from huiyin.kernel.calendar import local_day

from .letterhead import day_of, office, person_of

HEADINGS = ("序号", "文书名称", "文号", "日期", "页号", "备注")
WIDTHS = (2, 5, 6, 5, 2, 2)


def file_contents(petition: Petition, documents: tuple[Document, ...]) -> Paper:
    """卷内目录: the papers of a petition in order, then its attachments."""
    return Paper(sheets=(contents_of(petition, documents, pages=()), attachments_of(petition)))


def petition_file(petition: Petition, documents: tuple[Document, ...], *, at: datetime) -> tuple[Sheet, ...]:
    """Return the sheets of a whole file in order; the contents name the page on which each paper begins."""
    papers = tuple(Paper.from_values(row.values).numbered(row.number) for row in documents)
    inner = tuple(sheet for paper in papers for sheet in paper.sheets)
    last = attachments_of(petition)
    blank = contents_of(petition, documents, pages=tuple(0 for _ in documents))
    head = cover(petition, documents, at=at)
    starts = pages_of((head, blank, *inner, last))
    pages, position = [], 2
    for paper in papers:
        pages.append(starts[position])
        position += len(paper.sheets)
    return (head, contents_of(petition, documents, pages=tuple(pages)), *inner, last)


def cover(petition: Petition, documents: tuple[Document, ...], *, at: datetime) -> Sheet:
    """Return the cover of a file."""
    ended = f"{day_of(petition.closed_at)}" if petition.closed_at else "未办结"
    return Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="信访案卷",
        number=petition.number,
        blocks=(
            Facts(
                rows=(
                    (("案卷题名", petition.summary),),
                    (("信访编号", petition.number), ("信访人", person_of(petition))),
                    (("收件日期", day_of(petition.received_on)), ("办结日期", ended)),
                    (("当前状态", State(petition.state).label), ("文书件数", f"{len(documents)}件")),
                    (("附件件数", f"{petition.attachments.count()}件"), ("立卷日期", day_of(at))),
                )
            ),
            Signing(labels=("立卷人", "检查人")),
        ),
    )


def contents_of(petition: Petition, documents: tuple[Document, ...], *, pages: tuple[int, ...]) -> Sheet:
    """Return the list of the papers; without pages their column stays empty."""
    rows = tuple(
        (
            str(position),
            DocumentKind(row.kind).label,
            row.number or "—",
            dated(row),
            str(pages[position - 1]) if pages else "",
            "",
        )
        for position, row in enumerate(documents, start=1)
    )
    return Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="卷内目录",
        number=petition.number,
        blocks=(Grid(headings=HEADINGS, widths=WIDTHS, rows=rows or (("—",) * len(HEADINGS),)),),
    )


def dated(document: Document) -> str:
    """Return the day that stands on a paper; of a form without one the day on which it was written."""
    return Paper.from_values(document.values).sheets[0].signed_on or day_of(document.written_at)


def attachments_of(petition: Petition) -> Sheet:
    """Return the list of the attachments: by kind and hash, never by the name they were uploaded under."""
    rows = tuple(
        (
            str(position),
            AttachmentKind(row.kind).label,
            row.media_type,
            f"{row.size}字节",
            row.sha256[:16],
            local_day(row.added_at).isoformat(),
        )
        for position, row in enumerate(petition.attachments.order_by("id"), start=1)
    )
    headings = ("序号", "类别", "格式", "大小", "校验值", "上传日期")
    return Sheet(
        form=Form.PLAIN,
        organ=office(),
        title="附件清单",
        number=petition.number,
        blocks=(
            Grid(headings=headings, widths=(2, 4, 5, 4, 6, 4), rows=rows or (("—",) * len(headings),)),
            Text("校验值为文件 SHA-256 的前十六位，可与系统中的附件核对。", "note"),
        ),
    )
