"""Sheets: reading what an office hands in, .xlsx or .csv, into plain text cells below one row of headings."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huiyin.kernel.refusal import Refusal

from . import workbooks
from .headings import known_headings
from .workbooks import MOST_ROWS

MOST_BYTES = 30 * 1024 * 1024
HEADING_WITHIN = 15
# One known word can be chance (姓名 in a list of people); a ledger has several.
FEWEST_HEADINGS = 2
DELIMITERS = (",", "\t", ";", "|", "，")
OLD_OFFICE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_FILE = b"PK\x03\x04"
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with the line it stands on, as the office's own program counts lines."""

    line: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read: its headings, the rows below them and the line of the headings."""

    headings: Cells
    rows: tuple[SheetRow, ...]
    heading_line: int


def read_sheet(data: bytes, name: str) -> Sheet:
    """Read a ledger; refuse in plain words what is not one, is empty, too large or has no heading we know."""
    if not data.strip():
        raise Refusal("ledger.empty", f"“{name}”是空文件，请重新选择", name=name)
    if len(data) > MOST_BYTES:
        raise Refusal("ledger.file_too_large", f"文件超过{MOST_BYTES // 1024 // 1024}MB，请分成几个文件导入")
    if data.startswith(OLD_OFFICE_FILE):
        raise Refusal(
            "ledger.old_format", f"“{name}”是旧版格式或设有密码，请另存为不加密的 .xlsx 或 .csv 再导入", name=name
        )
    if data.startswith(ZIP_FILE):
        return below_headings(workbooks.sheets_of(data, name, most_rows=MOST_ROWS + HEADING_WITHIN), name)
    return below_headings(delimited_sheets(text_of(data, name)), name)


def below_headings(sheets: Iterator[list[Cells]], name: str) -> Sheet:
    """Return the first sheet that has a row of known headings, with the rows below it that hold anything."""
    is_empty = True
    for table in sheets:
        is_empty = is_empty and not any(any(cells) for cells in table)
        position = heading_row(table)
        if position is None:
            continue
        rows = tuple(
            SheetRow(line=line, cells=cells)
            for line, cells in enumerate(table[position + 1 :], start=position + 2)
            if any(cells)
        )
        if len(rows) > MOST_ROWS:
            raise too_many_rows(len(rows))
        if not rows:
            raise Refusal("ledger.no_rows", f"“{name}”只有表头，没有数据行", name=name)
        return Sheet(headings=table[position], rows=rows, heading_line=position + 1)
    if is_empty:
        raise Refusal("ledger.empty", f"“{name}”是空表，没有可以导入的内容", name=name)
    raise Refusal(
        "ledger.no_headings",
        f"在“{name}”的前{HEADING_WITHIN}行没有找到认识的表头，表头应当有信访件编号、信访日期、信访形式、概况等列",
        name=name,
    )


def heading_row(table: Sequence[Cells]) -> int | None:
    """Return the position of the row with most known headings, within the first lines; None where none has enough."""
    scores = [known_headings(cells) for cells in table[:HEADING_WITHIN]]
    best = max(scores, default=0)
    return scores.index(best) if best >= FEWEST_HEADINGS else None


def text_of(data: bytes, name: str) -> str:
    """Return a text file's content by the encodings that offices use; refuse what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in data[:65536] or data.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")):
        raise not_a_sheet(name)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise not_a_sheet(name)


def delimited_sheets(text: str) -> Iterator[list[Cells]]:
    """Yield the one table of a text file, by the delimiter under which most headings are known."""
    beginning = "".join(text.splitlines(keepends=True)[: HEADING_WITHIN * 2])
    best = max(DELIMITERS, key=lambda mark: max((known_headings(row) for row in cut(beginning, mark)), default=0))
    table: list[Cells] = []
    for cells in cut(text, best):
        if len(table) >= MOST_ROWS + HEADING_WITHIN:
            raise too_many_rows(None)
        table.append(cells)
    yield table


def cut(text: str, delimiter: str) -> Iterator[Cells]:
    """Yield the rows of a delimited text; what no program could have written is refused."""
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield tuple(cell.strip() for cell in row)
    except csv.Error as error:
        raise Refusal("ledger.broken_text", "文件内容不完整或引号不成对，请在表格软件中重新另存为 .csv") from error


def too_many_rows(found: int | None) -> Refusal:
    """Return the refusal of a sheet with too many rows."""
    seen = f"这张表有{found}行，" if found else "这张表的行数过多，"
    return Refusal("ledger.too_many_rows", f"{seen}一次最多导入{MOST_ROWS}行，请分成几个文件导入", most=MOST_ROWS)


def not_a_sheet(name: str) -> Refusal:
    """Return the refusal of a file that is no sheet."""
    return Refusal("ledger.not_a_sheet", f"“{name}”不是表格文件，请选择 .xlsx 或 .csv 台账", name=name)
