"""导出: the rows of the list in its own columns and order as a workbook, for the screen and for programs."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from huiyin.accounts.models import Staff
from huiyin.county.ledger.exports import write_sheet
from huiyin.county.registry.models import Petition
from huiyin.kernel import tenant

from .petition_filters import Chosen, petitions_of
from .petition_lines import COLUMNS, TELLING, Order, line_of, sorted_petitions, with_parts

CHUNK = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listed(chosen: Chosen, order: Order, *, by: Staff, today: date) -> QuerySet[Petition]:
    """Return the petitions of the list, all pages of it, with what a line shows."""
    found = petitions_of(chosen, by=by, today=today)
    if order.sort in TELLING:
        found = found.filter(pk__in=Petition.objects.visible_to(by).values("pk"))
    return with_parts(sorted_petitions(found, order), by=by)


def exported(chosen: Chosen, order: Order, *, by: Staff, today: date) -> HttpResponse:
    """导出: return the list as .xlsx, named after the office and the day."""
    rows = _texts(listed(chosen, order, by=by, today=today))
    data = write_sheet(name="信访件清单", headings=COLUMNS, rows=rows)
    response = HttpResponse(data, content_type=XLSX)
    name = f"{tenant.current().name}信访件清单{today:%Y%m%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _texts(found: QuerySet[Petition]) -> Iterator[tuple[str, ...]]:
    return (line_of(petition).texts for petition in found.iterator(chunk_size=CHUNK))
