"""The demonstration's ledger: exactly the figures of the office's year, and as untidy as a real one."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook as calamine

from huiyin.project.demo.items import BEFORE, YEAR, Item, items_of_the_year
from huiyin.project.demo.ledger import HEADING_LINE, HEADINGS, IMPOSSIBLE_DATE, write_ledger
from huiyin.project.demo.office import Office
from huiyin.project.demo.scans import picture, write_scans

TENANTS = Path(__file__).parents[3] / "tenants"
OFFICE = Office.read(TENANTS / "qinglan.toml")


@pytest.fixture(scope="module", params=[141, 990121, 990122, 990123])
def items(request: pytest.FixtureRequest) -> list[Item]:
    """Give the year's items: whatever the dice say, its figures are the office's."""
    return items_of_the_year(OFFICE, seed=request.param)


@pytest.fixture
def sheet(tmp_path: Path) -> Worksheet:
    """Give the written sheet."""
    path = tmp_path / "ledger.xlsx"
    write_ledger(path, office=OFFICE)
    active = load_workbook(path).active
    assert isinstance(active, Worksheet)
    return active


def rows_below_the_headings(path: Path) -> list[list[object]]:
    """Read the sheet as the import does."""
    rows = calamine(str(path)).get_sheet_by_index(0).to_python()
    return [list(row) for row in rows[HEADING_LINE + 1 :]]


def test_the_year_has_the_figures_of_the_office(items: list[Item]) -> None:
    assert len(items) == 141
    assert sum(item.solved for item in items) == 91
    assert sum(not item.solved for item in items) == 50
    assert sum(bool(item.leader) for item in items) == 53
    opinions = Counter(item.satisfaction for item in items if item.satisfaction)
    satisfied = opinions["满意"] + opinions["基本满意"]
    assert satisfied / opinions.total() >= 0.9
    assert {item.received_on.year for item in items} == {YEAR}


@pytest.mark.parametrize("seed", [141, 990121])
def test_the_year_before_has_fewer_of_what_concentrates_in_the_year(seed: int) -> None:
    before, now = items_of_the_year(OFFICE, seed=seed, season=BEFORE), items_of_the_year(OFFICE, seed=seed)
    assert len(before) == 126
    assert {item.received_on.year for item in before} == {YEAR - 1}
    assert {item.number for item in before}.isdisjoint(item.number for item in now)
    for words in ("水利水电", "土地承包经营", "草原管理", "市场秩序"):
        assert count_of(before, words) < count_of(now, words)


def count_of(items: list[Item], words: str) -> int:
    """Return how many items are of a class."""
    return sum(item.category.split("/")[1] == words for item in items)


def test_every_item_has_a_unit_a_person_and_its_days_in_order(items: list[Item]) -> None:
    for item in items:
        assert item.unit
        assert item.handler
        assert item.received_on <= item.registered_on <= item.assigned_on
        assert item.reported_on is None or item.reported_on > item.assigned_on
        assert item.replied_on is None or item.replied_on > (item.reported_on or item.assigned_on)
        assert item.solved is bool(item.outcome)


def test_only_those_who_cannot_be_answered_have_no_reply(items: list[Item]) -> None:
    unanswered = [item for item in items if item.replied_on is None]
    assert len(unanswered) == 3
    assert all(not item.name and not item.phone and not item.address for item in unanswered)


def test_nobody_works_on_a_rest_day(items: list[Item]) -> None:
    days = {day for item in items for day in (item.received_on, item.assigned_on, item.replied_on) if day}
    assert all(day.weekday() < 5 for day in days)
    assert date(2025, 10, 1) not in days


def test_a_repeat_is_the_same_person_with_the_same_matter(items: list[Item]) -> None:
    repeats = [item for item in items if not item.is_first]
    assert len(repeats) == 6
    for item in repeats:
        earlier = [other for other in items if other.name == item.name and other.phone == item.phone and other.is_first]
        assert any(other.received_on < item.received_on and other.category == item.category for other in earlier)


def test_groups_come_with_five_or_more(items: list[Item]) -> None:
    words = Counter(item.gathering for item in items)
    assert words == {"否": 123, "集体访": 11, "联名信": 7}
    assert all((item.people >= 5) is (item.gathering != "否") for item in items)


def test_every_telephone_number_is_an_invented_one(items: list[Item]) -> None:
    assert all(item.phone.startswith("1390000") for item in items if item.phone)


def test_the_same_seed_writes_the_same_file(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    write_ledger(first, office=OFFICE)
    write_ledger(second, office=OFFICE)
    assert first.read_bytes() == second.read_bytes()


def test_the_sheet_has_titles_above_its_headings_and_merged_cells(sheet: Worksheet) -> None:
    assert tuple(cell.value for cell in sheet[HEADING_LINE + 1]) == HEADINGS
    assert len(sheet.merged_cells.ranges) == 6


def test_days_are_written_in_three_ways(sheet: Worksheet) -> None:
    column = HEADINGS.index("信访日期") + 1
    values = [sheet.cell(row, column).value for row in range(HEADING_LINE + 2, sheet.max_row + 1)]
    styles = Counter(
        "date" if hasattr(value, "year") else "dots" if "." in str(value) else "chinese" for value in values if value
    )
    assert min(styles["date"], styles["dots"], styles["chinese"]) > 20


def test_of_all_rows_one_is_double_and_two_are_impossible(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    write_ledger(path, office=OFFICE)
    rows = [row for row in rows_below_the_headings(path) if any(row)]
    numbers = Counter(row[0] for row in rows)
    assert len(rows) == 141 + 1 + 2
    assert [count for count in numbers.values() if count > 1] == [2]
    impossible = [row for row in rows if row[HEADINGS.index("信访日期")] == IMPOSSIBLE_DATE]
    silent = [row for row in rows if not row[HEADINGS.index("概况")]]
    assert len(impossible) == len(silent) == 1
    assert any(not row[HEADINGS.index("住址")] for row in rows)
    assert any(not row[HEADINGS.index("登记部门")] for row in rows)


def test_every_item_has_a_scan_of_its_own(tmp_path: Path) -> None:
    items = items_of_the_year(OFFICE)
    assert write_scans(tmp_path, office=OFFICE) == 141
    assert {path.stem for path in tmp_path.iterdir()} == {item.number for item in items}
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 141
    assert picture("XF202500001").startswith(b"\x89PNG")


def test_scans_that_are_there_are_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "XF202500001.png"
    kept.write_bytes(b"kept")
    write_scans(tmp_path, office=OFFICE)
    assert kept.read_bytes() == b"kept"


def test_units_people_and_places_are_those_of_the_countys_own_file(items: list[Item]) -> None:
    units = {unit.name: unit.handlers for unit in OFFICE.units}
    assert all(item.handler in units[item.unit] for item in items)
    assert {item.leader for item in items} - {""} <= set(OFFICE.leaders)
    assert {item.place for item in items} <= set(OFFICE.places)
    assert {item.unit for item in items if not item.solved} <= {
        unit.name for unit in OFFICE.units if unit.branch not in {"township", "congress"}
    }


@pytest.mark.parametrize("file", ["luoxia.toml", "baiyun.toml"])
def test_a_smaller_county_has_a_smaller_year_of_its_own(tmp_path: Path, file: str) -> None:
    office = Office.read(TENANTS / file)
    write_ledger(tmp_path / "ledger.xlsx", office=office, seed=7, every=4)
    rows = [row for row in rows_below_the_headings(tmp_path / "ledger.xlsx") if any(row)]
    assert len(rows) == 36 + 1 + 2
    assert {row[HEADINGS.index("承办单位")] for row in rows} <= {unit.name for unit in office.units}
