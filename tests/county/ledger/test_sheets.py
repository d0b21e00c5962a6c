"""What an office hands in as a sheet, and what is said of what is none."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter

from huiyin.county.ledger.exports import write_sheet
from huiyin.county.ledger.sheets import read_sheet
from huiyin.county.ledger.workbooks import MOST_ROWS
from huiyin.kernel.refusal import Refusal

HEADINGS = ("信访件编号", "信访日期", "信访形式", "概况")


def a_workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        fill(workbook)
    return target.getvalue()


def a_ledger(*rows: tuple[object, ...]) -> bytes:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001  # a sheet's days have no zone
                else:
                    sheet.write(line, column, value)

    return a_workbook(fill)


def repacked(data: bytes, **parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, old.read(name)))
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


def test_cells_of_every_kind_become_text() -> None:
    sheet = read_sheet(a_ledger(("XF1", date(2025, 3, 5), 3, 13900001234.0, True)), "a.xlsx")
    assert sheet.headings[:4] == HEADINGS
    assert sheet.rows[0].cells == ("XF1", "2025-03-05", "3", "13900001234", "是")
    assert (sheet.heading_line, sheet.rows[0].line) == (1, 2)


def test_titles_above_blank_rows_and_other_sheets_are_skipped() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet("说明").write(0, 0, "填表说明")
        sheet = workbook.add_worksheet("台账")
        sheet.merge_range(0, 0, 0, 3, "2025年度来信来访登记台账")
        sheet.merge_range(1, 0, 1, 3, "填报单位")
        sheet.write_row(2, 0, HEADINGS)
        sheet.write_row(3, 0, ("XF1", "2025.3.5", "来信", "水费"))
        sheet.write_row(5, 0, ("XF2", "2025.3.6"))
        sheet.merge_range(5, 2, 6, 2, "来访")
        sheet.write_row(6, 0, ("XF3", "2025.3.7"))

    sheet = read_sheet(a_workbook(fill), "a.xlsx")
    assert sheet.heading_line == 3
    assert [(row.line, row.cells[0], row.cells[2]) for row in sheet.rows] == [
        (4, "XF1", "来信"), (6, "XF2", "来访"), (7, "XF3", "来访"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_text_is_read_in_the_encodings_and_delimiters_of_offices(encoding: str, mark: str) -> None:
    text = f'登记台账\r\n{mark.join(HEADINGS)}\r\nXF1{mark}2025.3.5{mark}来信{mark}"水费{mark}\n多收"\r\n'
    sheet = read_sheet(text.encode(encoding), "a.csv")
    assert sheet.rows[0].cells == ("XF1", "2025.3.5", "来信", f"水费{mark}\n多收")
    assert sheet.rows[0].line == 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空文件"),
        (b"  \n", "是空文件"),
        (b"%PDF-1.7\n1 0 obj", "不是表格文件"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "不是表格文件"),
        (b"\x00\x01\x02\x03", "不是表格文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "旧版格式或设有密码"),
        ("今天天气很好".encode(), "没有找到认识的表头"),
        (b"a,b,c\n1,2,3\n", "没有找到认识的表头"),
        ("姓名\n张三\n".encode(), "没有找到认识的表头"),
        (",".join(HEADINGS).encode(), "只有表头，没有数据行"),
        (b"PK\x03\x04broken", "已损坏"),
        (b",,,\n,,,\n", "是空表"),
    ],
)
def test_what_is_no_ledger_is_refused_in_plain_words(data: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        read_sheet(data, "a")


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(Refusal, match=r"不是 \.xlsx 表格"):
        read_sheet(target.getvalue(), "a.docx")


def test_a_workbook_with_macros_is_refused() -> None:
    data = repacked(a_ledger(("XF1",)), **{"xl/vbaProject.bin": b"macro"})
    with pytest.raises(Refusal, match="含有宏"):
        read_sheet(data, "a.xlsm")


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    data = repacked(a_ledger(("XF1",)), **{"xl/media/image1.bin": bytes(80 * 1024 * 1024)})
    tracemalloc.start()
    with pytest.raises(Refusal, match="异常庞大"):
        read_sheet(data, "a.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 1024 * 1024


def test_an_archive_that_lies_about_its_size_is_measured() -> None:
    data = bytearray(repacked(a_ledger(("XF1",)), **{"xl/media/image1.bin": bytes(80 * 1024 * 1024)}))
    size = (80 * 1024 * 1024).to_bytes(4, "little")
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Refusal, match="异常庞大"):
        read_sheet(bytes(data), "a.xlsx")


@pytest.mark.parametrize(
    ("place", "words"),
    [((1_048_575, 0), "写到了第1048576行"), ((3, 16_383), "有16384列"), ((MOST_ROWS + 99, 0), "一次最多导入50000行")],
)
def test_a_cell_in_the_last_corner_reserves_no_memory(place: tuple[int, int], words: str) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write(*place, "x")

    with pytest.raises(Refusal, match=words):
        read_sheet(a_workbook(fill), "a.xlsx")


def test_formats_far_below_the_ledger_do_no_harm() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ("XF1", "2025.3.5"))
        sheet.write_blank(1_048_575, 0, None, workbook.add_format({"bold": True}))

    assert len(read_sheet(a_workbook(fill), "a.xlsx").rows) == 1


def test_a_hundred_thousand_rows_are_too_many() -> None:
    text = ",".join(HEADINGS) + "\n" + "XF1,2025.3.5,来信,水费\n" * 100_000
    with pytest.raises(Refusal, match="一次最多导入50000行"):
        read_sheet(text.encode(), "a.csv")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "http://example.test", "0012"])
def test_what_is_written_stays_text_in_and_out(text: str) -> None:
    sheet = read_sheet(
        write_sheet(name="台账", headings=HEADINGS, rows=[("XF1", "2025-03-05", "来信", text)]), "a.xlsx"
    )
    assert sheet.rows[0].cells[3] == text.strip()


def test_a_formula_counts_by_the_value_it_showed() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_formula(1, 0, '=CONCATENATE("XF",1)', None, "XF1")

    assert read_sheet(a_workbook(fill), "a.xlsx").rows[0].cells[0] == "XF1"
