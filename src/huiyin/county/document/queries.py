"""Questions about the papers of a petition."""

from dataclasses import dataclass
from datetime import datetime

from huiyin.accounts.models import Staff

from .models import Document
from .states import READERS, DocumentKind, Reader


@dataclass(frozen=True, slots=True)
class Line:
    """One paper in a list."""

    pk: int
    kind: DocumentKind
    reader: Reader
    number: str
    written_at: datetime
    written_by: str
    void_reason: str


def papers_of(petition_id: int, *, by: Staff) -> tuple[Line, ...]:
    """Return the papers of a petition that this person may read, in the order in which they were written."""
    rows = (
        Document.objects.visible_to(by)
        .filter(petition_id=petition_id)
        .select_related("written_by")
        .defer("values")
        .order_by("id")
    )
    return tuple(line_of(row) for row in rows)


def line_of(row: Document) -> Line:
    """Return one paper as a list shows it."""
    kind = DocumentKind(row.kind)
    return Line(
        pk=row.pk,
        kind=kind,
        reader=READERS[kind],
        number=row.number,
        written_at=row.written_at,
        written_by=row.written_by.name if row.written_by else "系统",
        void_reason=row.void_reason,
    )
