"""Ledger: the year's register as a real office hands it in, an .xlsx sheet with all its disorder."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huiyin.county.ledger.headings import Field
from huiyin.project.demo.items import YEAR, Item, items_of_the_year
from huiyin.project.demo.office import Office
from huiyin.project.demo.topics import DEPARTMENT

# The columns of this office, in its order: the national ones and those it added; others it does not keep.
COLUMNS = (
    Field.SOURCE_NUMBER, Field.NAME, Field.PEOPLE, Field.ADDRESS, Field.PHONE, Field.PLACE, Field.PURPOSE,
    Field.CATEGORY, Field.RECEIVED_ON, Field.REGISTERED_ON, Field.DUE_ON, Field.CHANNEL, Field.SUMMARY,
    Field.IS_SOLVED, Field.IS_FIRST, Field.GATHERING, Field.STATUS, Field.DEPARTMENT, Field.REGISTRAR, Field.UNIT,
    Field.HANDLER, Field.HANDLER_PHONE, Field.ASSIGNED_ON, Field.REPORTED_ON, Field.OUTCOME, Field.REPLIED_ON,
    Field.REPLY_METHOD, Field.PROOF, Field.LEADER, Field.SATISFACTION, Field.DISSATISFACTION,
)  # fmt: skip
HEADINGS = tuple(field.label for field in COLUMNS)
DUPLICATED = 56
IMPOSSIBLE_DATE = "2025.13.45"
HEADING_LINE = 2
Cell = str | int | date


def write_ledger(path: Path, *, office: Office, seed: int = 141, every: int = 1) -> None:
    """Write the year's ledger: every item once, one of them twice, and two rows that no import can take."""
    items = items_of_the_year(office, seed=seed, every=every)
    dice = Random(seed + 1)  # noqa: S311  # disorder, not secrets
    rows = [_cells(item) for item in items]
    rows = [_with_blanks(row, dice) for row in rows]
    rows.insert(97, rows[DUPLICATED % len(rows)])
    impossible = {Field.SOURCE_NUMBER: f"XF{YEAR}90001", Field.RECEIVED_ON: IMPOSSIBLE_DATE}
    silent = {Field.SOURCE_NUMBER: f"XF{YEAR}90002", Field.SUMMARY: ""}
    rows.insert(33, _changed(rows[20 % len(rows)], impossible))
    rows.insert(120, _changed(rows[60 % len(rows)], silent))
    rows.insert(72, [""] * len(HEADINGS))
    _write(path, rows, dice, year=YEAR)


def write_items(path: Path, items: Iterable[Item], *, seed: int = 141, year: int = YEAR) -> None:
    """Write a ledger of these items, each once, complete and possible."""
    dice = Random(seed)  # noqa: S311  # disorder, not secrets
    _write(path, [_cells(item) for item in items], dice, year=year)


def _write(path: Path, rows: list[list[Cell]], dice: Random, *, year: int) -> None:
    with Workbook(str(path)) as workbook:
        workbook.set_properties({"title": f"{year}年度来信来访登记台账", "created": datetime(year, 12, 31, tzinfo=UTC)})
        _write_sheet(workbook, rows, dice, year=year)


def _cells(item: Item) -> list[Cell]:
    """Return one row's cells under the headings."""
    return [
        item.number, item.name, item.people, item.address, item.phone, item.place, item.purpose, item.category,
        item.received_on, item.registered_on, item.due_on or "", item.channel, item.summary,
        "是" if item.solved else "否", "是" if item.is_first else "否", item.gathering,
        "已办结" if item.solved else "已转送", DEPARTMENT, item.registrar, item.unit, item.handler, item.handler_phone,
        item.assigned_on, item.reported_on or "", item.outcome, item.replied_on or "", item.reply_method, item.proof,
        item.leader, item.satisfaction, item.dissatisfaction,
    ]  # fmt: skip


def _with_blanks(row: list[Cell], dice: Random) -> list[Cell]:
    """Leave out, here and there, what a busy clerk does not write down."""
    blanks = [field for field in (Field.ADDRESS, Field.DUE_ON, Field.HANDLER_PHONE) if dice.random() < 0.06]  # noqa: PLR2004  # about one in sixteen
    return _changed(row, dict.fromkeys(blanks, ""))


def _changed(row: Sequence[Cell], cells: dict[Field, str]) -> list[Cell]:
    """Return the row with other values in the given columns."""
    return [cells.get(field, value) for field, value in zip(COLUMNS, row, strict=True)]


def _write_sheet(workbook: Workbook, rows: list[list[Cell]], dice: Random, *, year: int) -> None:
    """Write title, headings and rows, with merged cells and three ways to write a day."""
    sheet = workbook.add_worksheet(f"{year}年台账")
    title = workbook.add_format({"bold": True, "align": "center", "font_size": 16})
    heading = workbook.add_format({"bold": True, "align": "center", "text_wrap": True, "border": 1})
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    last = len(HEADINGS) - 1
    sheet.merge_range(0, 0, 0, last, f"{year}年度来信来访登记台账", title)
    sheet.merge_range(1, 0, 1, 5, f"填报单位：{DEPARTMENT}")
    sheet.merge_range(1, last - 3, 1, last, f"填报日期：{year}年12月31日")
    for column, word in enumerate(HEADINGS):
        sheet.write_string(HEADING_LINE, column, word, heading)
    for line, row in enumerate(rows, start=HEADING_LINE + 1):
        for column, value in enumerate(row):
            _write_cell(sheet, (line, column), value, day=day, dice=dice)
    # One department all year: some clerks merge the column downwards, and only the first row keeps the word.
    department = COLUMNS.index(Field.DEPARTMENT)
    for first in (line for line in (10, 40, 100) if line + 3 < len(rows)):
        sheet.merge_range(first, department, first + 3, department, DEPARTMENT, workbook.add_format({"valign": "top"}))
    sheet.set_column(COLUMNS.index(Field.SUMMARY), COLUMNS.index(Field.SUMMARY), 60)
    sheet.freeze_panes(HEADING_LINE + 1, 1)


def _write_cell(sheet: Worksheet, place: tuple[int, int], value: Cell, *, day: Format, dice: Random) -> None:
    """Write one cell; a day as a date, as 2025.3.5 or as 2025年3月5日."""
    line, column = place
    if isinstance(value, date):
        style = dice.randrange(3)
        if style == 0:
            sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001  # a sheet's days have no zone
        elif style == 1:
            sheet.write_string(line, column, f"{value.year}.{value.month}.{value.day}")
        else:
            sheet.write_string(line, column, f"{value.year}年{value.month}月{value.day}日")
    elif isinstance(value, int):
        sheet.write_number(line, column, value)
    elif value:
        sheet.write_string(line, column, value)
