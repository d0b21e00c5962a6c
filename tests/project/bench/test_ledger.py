"""The ledger that an import is measured with: as many invented rows as asked for, all of them possible."""

from pathlib import Path

from python_calamine import load_workbook

from huiyin.county.ledger.headings import guess_mapping
from huiyin.project.bench.ledger import county, items
from huiyin.project.demo.ledger import HEADING_LINE, HEADINGS, write_items
from huiyin.project.demo.office import Office

OFFICE = Office.of(county())


def test_there_are_as_many_rows_as_asked_for_each_with_its_own_number() -> None:
    found = items(300, OFFICE)
    assert len({item.number for item in found}) == len(found) == 300
    assert {item.unit for item in found} <= {unit.name for unit in OFFICE.units}


def test_the_sheet_has_the_real_headings_and_every_row_once(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    write_items(path, items(150, OFFICE))
    rows = load_workbook(str(path)).get_sheet_by_index(0).to_python()
    assert tuple(rows[HEADING_LINE]) == HEADINGS
    assert guess_mapping(HEADINGS).unmapped == ()
    assert len([row for row in rows[HEADING_LINE + 1 :] if row[0]]) == 150
