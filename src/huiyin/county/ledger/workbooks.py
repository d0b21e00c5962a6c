"""Workbooks: looking into an .xlsx before unpacking it, and reading its cells as text.

The archive's own figures are not believed: every part is inflated in small pieces and counted, and the
sheets' cells are measured, because one cell in the last corner makes a reader reserve the whole plane.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from huiyin.kernel.refusal import Refusal

MOST_ROWS = 50_000
MOST_ENTRIES = 500
MOST_INFLATED = 300 * 1024 * 1024
MOST_RATIO = 250
# Below this size even a very regular part is harmless, whatever its ratio.
RATIO_FROM = 4 * 1024 * 1024
MOST_COLUMNS = 300
PIECE = 256 * 1024
OVERLAP = 512
WORKBOOK = "xl/workbook.xml"
MACROS = "vbaproject.bin"
STORED, DEFLATED = 0, 8
LOCAL_HEADER = struct.Struct("<26xHH")
CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*?(/?)>')
Raw = str | int | float | bool | date | datetime | time | timedelta
Cells = tuple[str, ...]


def sheets_of(data: bytes, name: str, *, most_rows: int) -> Iterator[list[Cells]]:
    """Yield every visible sheet of a workbook as rows of text, after the file was found harmless."""
    check_archive(data, name, most_rows=most_rows)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for position, sheet in enumerate(workbook.sheets_metadata):
                if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible:
                    yield table_of(workbook, position)
    except CalamineError as error:
        raise broken(name) from error


def table_of(workbook: CalamineWorkbook, position: int) -> list[Cells]:
    """Return one sheet's rows; a cell merged downwards counts for every row it covers."""
    sheet = workbook.get_sheet_by_index(position)
    table = [[as_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right and bottom < len(table) and left < len(table[top]):
            for row in table[top + 1 : bottom + 1]:
                row[left] = table[top][left]
    return [tuple(row) for row in table]


def as_text(value: Raw) -> str:
    """Return a cell as the text a person reads; a day in ISO form, a whole number without its point."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date | time) else str(value)


def check_archive(data: bytes, name: str, *, most_rows: int) -> None:
    """Refuse an archive that is no workbook, carries macros, unpacks to too much or has cells too far out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise broken(name) from error
    names = [entry.filename.lower() for entry in entries]
    if WORKBOOK not in names:
        raise Refusal("ledger.not_a_sheet", f"“{name}”不是 .xlsx 表格，请选择 .xlsx 或 .csv 台账", name=name)
    if any(part.endswith(MACROS) for part in names):
        raise Refusal("ledger.has_macros", f"“{name}”含有宏，请另存为不含宏的 .xlsx 再导入", name=name)
    if len(entries) > MOST_ENTRIES or len(set(names)) != len(names):
        raise suspicious(name)
    total = 0
    for entry in entries:
        measure = Measure(most_rows) if entry.filename.lower().startswith("xl/worksheets/") else None
        size = 0
        for piece in inflated(data, entry, name):
            size += len(piece)
            if total + size > MOST_INFLATED or (size > RATIO_FROM and size > MOST_RATIO * max(entry.compress_size, 1)):
                raise suspicious(name)
            if measure is not None:
                measure.take(piece)
        total += size


def inflated(data: bytes, entry: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Yield what one part of the archive really unpacks to, piece by piece."""
    if entry.flag_bits & 1 or entry.compress_type not in {STORED, DEFLATED}:
        raise broken(name)
    header = data[entry.header_offset : entry.header_offset + 30]
    if len(header) < LOCAL_HEADER.size:
        raise broken(name)
    begin = entry.header_offset + LOCAL_HEADER.size + sum(LOCAL_HEADER.unpack(header[: LOCAL_HEADER.size]))
    packed = memoryview(data)[begin : begin + entry.compress_size]
    if entry.compress_type == STORED:
        yield bytes(packed)
        return
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        rest: bytes | memoryview = packed
        while rest and not engine.eof:
            yield engine.decompress(rest, PIECE)
            rest = engine.unconsumed_tail
    except zlib.error as error:
        raise broken(name) from error


class Measure:
    """How far out the cells of one sheet lie that hold something."""

    def __init__(self, most_rows: int) -> None:
        """Begin at the first cell."""
        self.most_rows = most_rows
        self.rest = b""

    def take(self, piece: bytes) -> None:
        """Look at the next piece of the sheet and refuse it when a cell lies too far down or to the right."""
        text = self.rest + piece
        columns, rows = set(), 0
        for column, row, is_blank in CELL.findall(text):
            if not is_blank:
                columns.add(column)
                rows = max(rows, int(row))
        self.check(columns, rows)
        self.rest = text[-OVERLAP:]

    def check(self, columns: set[bytes], rows: int) -> None:
        """Refuse more rows or columns than a ledger has."""
        if rows > self.most_rows:
            raise Refusal(
                "ledger.too_many_rows",
                f"这张表写到了第{rows}行，一次最多导入{MOST_ROWS}行，请分成几个文件导入，或删去台账下方多余的内容",
                found=rows,
            )
        widest = max((column_number(column) for column in columns), default=0)
        if widest > MOST_COLUMNS:
            raise Refusal(
                "ledger.too_many_columns",
                f"这张表有{widest}列，最多{MOST_COLUMNS}列，请删去台账右侧多余的内容",
                found=widest,
            )


def column_number(letters: bytes) -> int:
    """Return the number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def broken(name: str) -> Refusal:
    """Return the refusal of a workbook that cannot be read."""
    return Refusal("ledger.broken_file", f"“{name}”已损坏或设有密码，无法读取，请重新另存后再导入", name=name)


def suspicious(name: str) -> Refusal:
    """Return the refusal of an archive that unpacks to more than a ledger can be."""
    return Refusal(
        "ledger.suspicious_file", f"“{name}”展开后异常庞大，已拒绝读取；请在表格软件中重新另存后再导入", name=name
    )
