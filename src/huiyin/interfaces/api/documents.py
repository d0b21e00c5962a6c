"""文书 by API: the papers of a petition, their download, and those a clerk asks for."""

from datetime import datetime
from typing import Annotated, Self

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from huiyin.accounts.permissions import check_has_role
from huiyin.county.document import actions
from huiyin.county.document.models import Document
from huiyin.county.document.queries import Line, line_of
from huiyin.county.document.rules import check_may_write
from huiyin.county.document.states import DocumentKind
from huiyin.documents import writing
from huiyin.interfaces.pages.access import OFFICE_READERS
from huiyin.interfaces.pages.documents import PDF, WORD, file_answer, pdf_answer, readable, word_answer

from .access import caller, reader
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["文书"])
LIMIT = 200


def binary(media_type: str) -> dict[str, object]:
    """Return what the document of the API says of a download."""
    return {"responses": {200: {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}}}


class DocumentOut(Schema):
    """文书."""

    id: int
    kind: DocumentKind
    label: str
    reader: str
    number: str
    written_at: datetime
    void_reason: str

    @classmethod
    def of(cls, line: Line) -> Self:
        """Return one paper."""
        return cls(
            id=line.pk,
            kind=line.kind,
            label=line.kind.label,
            reader=line.reader.value,
            number=line.number,
            written_at=line.written_at,
            void_reason=line.void_reason,
        )


class WrittenIn(In):
    """制作文书."""

    kind: DocumentKind


class VoidIn(In):
    """作废文书."""

    reason: Annotated[str, Field(max_length=200)]


@router.get("/documents/", response=list[DocumentOut], summary="文书")
def find(
    request: HttpRequest,
    petition_id: int | None = None,
    kind: DocumentKind | None = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[DocumentOut]:
    """Return the papers the caller may read, the newest first; a unit sees the letters to it."""
    by = reader(request, act="查看文书")
    rows = Document.objects.visible_to(by).select_related("written_by").defer("values").order_by("-id")
    if petition_id is not None:
        rows = rows.filter(petition_id=petition_id)
    if kind is not None:
        rows = rows.of_kind(kind)
    return [DocumentOut.of(line_of(row)) for row in rows[offset : offset + limit]]


@router.get("/documents/{int:document_id}.pdf", summary="文书 PDF", openapi_extra=binary(PDF))
def pdf(request: HttpRequest, document_id: int) -> HttpResponse:
    """Return a paper for printing."""
    return pdf_answer(document_id, by=caller(request))


@router.get("/documents/{int:document_id}.docx", summary="文书 Word", openapi_extra=binary(WORD))
def word(request: HttpRequest, document_id: int) -> HttpResponse:
    """Return a paper for editing."""
    return word_answer(document_id, by=caller(request))


@router.get("/petitions/{int:petition_id}/file.pdf", summary="信访案卷", openapi_extra=binary(PDF))
def whole_file(request: HttpRequest, petition_id: int) -> HttpResponse:
    """Return the whole file of a petition as one PDF, marked with its reader."""
    by = caller(request)
    check_has_role(by, *sorted(OFFICE_READERS), act="打印案卷")
    return file_answer(petition_id, by=by)


@router.post("/petitions/{int:petition_id}/documents", response=Done, summary="制作文书")
def write(request: HttpRequest, petition_id: int, body: WrittenIn) -> Done:
    """制作文书: one that a clerk asks for; answers the paper."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = writing.write_on_demand(kind=body.kind, petition_id=petition_id, by=by, at=at)
        return Done(id=row.pk, number=row.number)

    return carried_out(request, body, at, act)


@router.post("/documents/{int:document_id}/void", response=Done, summary="作废文书")
def void(request: HttpRequest, document_id: int, body: VoidIn) -> Done:
    """作废文书: its number stays in the register."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        check_may_write(by)
        row = actions.void(document_id=readable(document_id, by=by).pk, reason=body.reason, by=by, at=at)
        return Done(id=row.pk, number=row.number)

    return carried_out(request, body, at, act)
