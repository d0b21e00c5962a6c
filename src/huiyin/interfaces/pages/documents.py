"""文书: the papers of a petition as a block of its page, the list of what one may read, and their download."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.county.document.models import Document
from huiyin.county.document.queries import Line, line_of, papers_of
from huiyin.county.document.rules import file_name, may_be_written, may_write
from huiyin.county.document.states import DocumentKind
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality
from huiyin.documents import writing
from huiyin.interfaces import submissions
from huiyin.interfaces.components.contract import Component
from huiyin.interfaces.components.links import Button, ButtonForm
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel.refusal import Refusal

from .access import OFFICE_READERS, READERS_AND_UNITS, needs, staff_of
from .paging import pagination_of
from .section import Section

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE_SIZE = 50
FILE = "信访案卷"
COLUMNS = (
    Column(label="文书", width="normal"),
    Column(label="文号", width="fit"),
    Column(label="收文", width="fit", phone="hide"),
    Column(label="制作", width="fit"),
    Column(label="打印", width="fit"),
    Column(label="编辑", width="fit"),
)


@dataclass(frozen=True, slots=True)
class DocumentsScreen:
    """The list of the papers that a person may read."""

    title: str
    lead: str
    table: DataTable


def section_of(petition: Petition, by: Staff, today: date) -> Section | None:
    """文书: what was written of this petition, what may be written now, and the whole file."""
    del today
    lines = papers_of(petition.pk, by=by)
    table = DataTable(
        caption="本件文书",
        columns=COLUMNS,
        rows=tuple(row_of(line) for line in lines),
        empty=EmptyState(title="还没有文书", words="交办、告知、答复、送达等文书随办理步骤自动制作。"),
    )
    parts: list[Component] = [table, *_buttons(petition, by)]
    return Section("文书", tuple(parts), lead="内容在制作时固定；PDF 用于打印存档，Word 可以编辑")


def _buttons(petition: Petition, by: Staff) -> list[Component]:
    confidentiality = Confidentiality(petition.confidentiality)
    buttons: list[Component] = [
        ButtonForm(
            label=f"制作{kind.label}",
            action=reverse("document_write", args=[petition.pk, kind.value]),
            icon="file",
        )
        for kind in writing.ON_DEMAND
        if may_write(by) and may_be_written(kind, confidentiality)
    ]
    if confidentiality is Confidentiality.ORDINARY:
        href = reverse("petition_file", args=[petition.pk])
        buttons.append(Button(label=f"{FILE}（PDF）", href=href, icon="print", download=True))
    return buttons


def row_of(line: Line) -> Row:
    """Return one paper as the tables show it."""
    is_valid = not line.void_reason
    return Row(
        tone="plain" if is_valid else "warn",
        cells=(
            Cell(text=line.kind.label, sub="" if is_valid else f"作废：{line.void_reason}"),
            Cell(text=line.number or "—"),
            Cell(text=line.reader.label),
            Cell(text=moment_words(line.written_at), sub=line.written_by),
            Cell(text="PDF", href=reverse("document_pdf", args=[line.pk])),
            Cell(text="Word", href=reverse("document_word", args=[line.pk])),
        ),
    )


@needs(READERS_AND_UNITS)
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """文书: the papers that a person may read, the newest first; a unit sees the letters to it."""
    by = staff_of(request)
    rows = Document.objects.visible_to(by).select_related("written_by").defer("values").order_by("-id")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    screen = DocumentsScreen(
        title="来文" if by.is_of_unit else "文书",
        lead="发给本单位的函件和本单位的办结报告。" if by.is_of_unit else "本办制作的全部文书，最新的在前。",
        table=DataTable(
            caption="文书清单",
            columns=COLUMNS,
            rows=tuple(row_of(line_of(row)) for row in page.object_list),
            empty=EmptyState(title="还没有文书"),
            pagination=pagination_of(request, page),
        ),
    )
    return render(request, "documents.html", {"screen": screen})


def readable(document_id: int, *, by: Staff) -> Document:
    """Return a paper this person may read; another unit's, a sealed and a made-up one look alike."""
    found = Document.objects.visible_to(by).filter(pk=document_id).first()
    if found is None:
        raise Refusal("document.unknown", "没有这份文书，或您无权查看")
    return found


def handed_out(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Return a file as a download that runs nothing and is kept nowhere on the way."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def pdf_answer(document_id: int, *, by: Staff) -> HttpResponse:
    """Return a paper as PDF for this reader."""
    found = readable(document_id, by=by)
    data = writing.handed_out_pdf(found, by=by, at=timezone.now())
    name = file_name(DocumentKind(found.kind), found.number, ending="pdf")
    return handed_out(data, name=name, media_type=PDF)


def word_answer(document_id: int, *, by: Staff) -> HttpResponse:
    """Return a paper as .docx for this reader."""
    found = readable(document_id, by=by)
    data = writing.handed_out_word(found, by=by, at=timezone.now())
    name = file_name(DocumentKind(found.kind), found.number, ending="docx")
    return handed_out(data, name=name, media_type=WORD)


@needs(READERS_AND_UNITS)
@require_safe
def document_pdf(request: HttpRequest, document_id: int) -> HttpResponse:
    """Hand out a paper for printing."""
    return pdf_answer(document_id, by=staff_of(request))


@needs(READERS_AND_UNITS)
@require_safe
def document_word(request: HttpRequest, document_id: int) -> HttpResponse:
    """Hand out a paper for editing."""
    return word_answer(document_id, by=staff_of(request))


def file_answer(petition_id: int, *, by: Staff) -> HttpResponse:
    """Return the whole file of a petition as one PDF, marked with its reader."""
    number = Petition.objects.visible_to(by).filter(pk=petition_id).values_list("number", flat=True).first()
    data = writing.petition_file(petition_id=petition_id, by=by, at=timezone.now())
    return handed_out(data, name=f"{FILE}{number}.pdf", media_type=PDF)


@needs(OFFICE_READERS)
@require_safe
def petition_file(request: HttpRequest, petition_id: int) -> HttpResponse:
    """案卷: the whole file of a petition."""
    return file_answer(petition_id, by=staff_of(request))


@needs(OFFICE_READERS)
@require_POST
def document_write(request: HttpRequest, petition_id: int, kind: str) -> HttpResponse:
    """制作文书: write one that the clerk asks for, once per form, and come back to the petition."""
    if kind not in {one.value for one in writing.ON_DEMAND}:
        raise Http404
    by, at, wanted = staff_of(request), timezone.now(), DocumentKind(kind)

    def act() -> dict[str, str | int | None]:
        return {"document": writing.write_on_demand(kind=wanted, petition_id=petition_id, by=by, at=at).pk}

    submissions.once(key=request.POST.get("form_token", ""), sent=[petition_id, kind], at=at, act=act)
    messages.success(request, f"{wanted.label}已制作")
    return redirect("petition", petition_id)
