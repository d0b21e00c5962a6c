"""导出: the tables of a page as a workbook, with the very rows, columns and words that the page shows."""

import io
from collections.abc import Sequence

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from huiyin.kernel import tenant

from .grid import Grid

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME_LIMIT = 31
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
FIRST_WIDTH, WIDTH = 26, 16


def workbook(grids: Sequence[Grid], *, notes: Sequence[str]) -> bytes:
    """Return an .xlsx with one sheet for each table and one for what has to be known to read them; only texts."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        for grid in grids:
            sheet = book.add_worksheet(grid.caption.translate(NOT_IN_NAMES)[:NAME_LIMIT])
            sheet.set_column(0, 0, FIRST_WIDTH)
            sheet.set_column(1, max(1, len(grid.heads) - 1), WIDTH)
            for column, head in enumerate(grid.heads):
                sheet.write_string(0, column, head.label, bold)
            for row, words in enumerate(grid.rows, start=1):
                for column, text in enumerate(words):
                    sheet.write_string(row, column, text)
            sheet.freeze_panes(1, 1)
        sheet = book.add_worksheet("说明")
        for row, note in enumerate(notes):
            sheet.write_string(row, 0, note)
    return target.getvalue()


def exported(name: str, grids: Sequence[Grid], *, notes: Sequence[str]) -> HttpResponse:
    """导出: return the tables as a file named after the province and the page."""
    response = HttpResponse(workbook(grids, notes=notes), content_type=XLSX)
    file = f"{tenant.current().name}{name}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file) or ""
    return response
