"""The papers of one row of supervision, as a block of its page."""

from django.db import models

from huiyin.accounts.models import Staff
from huiyin.county.document.models import Document
from huiyin.county.document.queries import line_of
from huiyin.interfaces.components.tables import DataTable

from .documents import COLUMNS, row_of
from .section import Section


def papers_of(row: models.Model, by: Staff) -> Section | None:
    """文书: what was written of this row, or nothing where nothing was."""
    name = row._meta.model_name or ""
    found = Document.objects.visible_to(by).filter(subject=name, subject_id=row.pk).select_related("written_by")
    lines = [line_of(one) for one in found.defer("values").order_by("pk")]
    if not lines:
        return None
    table = DataTable(caption="文书", columns=COLUMNS, rows=tuple(row_of(line) for line in lines))
    return Section("文书", (table,), lead="内容在制作时固定；PDF 用于打印存档，Word 可以编辑")
