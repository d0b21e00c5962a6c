"""导出: writing rows as a workbook that nobody's formulas can hide in."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

SHEET_NAME_LIMIT = 31
WIDTHS = {"概况": 48, "内容分类": 24, "承办单位": 24, "期限": 26, "编号": 24}
USUAL_WIDTH = 14


def write_sheet(*, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return an .xlsx with one sheet: the headings, frozen and filterable, and every cell as plain text."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        sheet = workbook.add_worksheet(name[:SHEET_NAME_LIMIT])
        bold = workbook.add_format({"bold": True, "bottom": 1})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, WIDTHS.get(heading, USUAL_WIDTH))
            sheet.write_string(0, column, heading, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(last, column, text, wrapped)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(headings) - 1)
    return target.getvalue()
