"""台账导入: rows that share a transaction become exactly what the office's acts make of them one by one."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.apps import apps
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.journal.models import ChainHead, Entry
from huiyin.county.journal.queries import chain
from huiyin.county.ledger import actions, queries, rules
from huiyin.county.ledger.headings import Field, guess_mapping
from huiyin.county.ledger.models import ImportRow, ImportRun
from huiyin.county.ledger.passage import carry
from huiyin.county.ledger.sheets import read_sheet
from huiyin.county.ledger.states import RowFate, RunState
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.receipt_models import Counter, Receipt
from huiyin.kernel.calendar import local_day
from huiyin.kernel.tenant import Tenant
from huiyin.project.demo.ledger import write_ledger
from huiyin.project.demo.office import Office

AT = datetime(2026, 9, 1, 1, tzinfo=UTC)
OFFICE = Office.read(Path(__file__).parents[2] / "tenants" / "qinglan.toml")
SOLVED = {
    Field.SOURCE_NUMBER: "XF0001", Field.NAME: "张三", Field.ADDRESS: "上松村3组", Field.PHONE: "13900001234",
    Field.PURPOSE: "求决", Field.CATEGORY: "农村农业/水利水电", Field.CHANNEL: "来信", Field.SUMMARY: "反映水费多收",
    Field.RECEIVED_ON: "2025-03-05", Field.REGISTERED_ON: "2025-03-06", Field.REGISTRAR: "马晓棠",
    Field.IS_SOLVED: "是", Field.IS_FIRST: "是", Field.UNIT: "县水务局", Field.HANDLER: "何立群",
    Field.HANDLER_PHONE: "0199-5550111", Field.ASSIGNED_ON: "2025-03-10", Field.DUE_ON: "2025-04-20",
    Field.REPORTED_ON: "2025-04-10", Field.OUTCOME: "多收水费已全部退还", Field.REPLIED_ON: "2025-04-15",
    Field.REPLY_METHOD: "邮寄", Field.PROOF: "挂号信回执", Field.SATISFACTION: "满意",
}  # fmt: skip
AGAIN = {Field.IS_FIRST: "否", Field.SATISFACTION: ""}
MERGED = AGAIN | {Field.DISPOSITION: "并入", Field.IS_SOLVED: "否", Field.REPORTED_ON: "", Field.REPLIED_ON: ""}
BASIS = {Field.BASIS: "信访工作条例第二十二条", Field.APPROVER: "王主任", Field.SATISFACTION: ""}
COURSES: tuple[dict[Field, str], ...] = (
    {},
    {Field.DUE_ON: "2025-12-31"},
    {Field.DUE_ON: "2025-12-31", Field.APPROVER: "王主任"},
    {Field.DUE_ON: "2025-03-11"},
    {Field.SIGNED_ON: "2025-03-11", Field.REPORTED_ON: ""},
    {Field.DISPOSITION: "转送", Field.REPORTED_ON: "", Field.OUTCOME: ""},
    {Field.DISPOSITION: "存查", **BASIS},
    {Field.DISPOSITION: "引导告知", **BASIS},
    {Field.UNIT: "县人大法制委员会"},
    {Field.CHANNEL: "来访", Field.PEOPLE: "9", Field.REPRESENTATIVES: "甲一、乙二、丙三"},
    {Field.REPLIED_ON: "", Field.SATISFACTION: ""},
    AGAIN,
    MERGED,
)
# What no two imports have in common, and what only tells of the import itself.
OF_CHANCE = {"query_code_digest", "query_code_key", "recorded_at", "previous_hash", "hash"}
OF_THE_RUN = (ImportRun, ImportRow, ChainHead)


def numbered(*changes: dict[Field, str]) -> list[dict[Field, str]]:
    """Return a solved row for each of the changes, each with a number of its own."""
    return [SOLVED | {Field.SOURCE_NUMBER: f"XF{line:04d}"} | change for line, change in enumerate(changes, start=1)]


def a_sheet(rows: list[dict[Field, str]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for column, field in enumerate(Field):
            sheet.write_string(0, column, field.label)
            for line, row in enumerate(rows, start=1):
                sheet.write_string(line, column, row.get(field, ""))
    return target.getvalue()


def imported(data: bytes, by: Staff) -> queries.ImportReport:
    run = actions.start_run(name="台账.xlsx", data=data, by=by, at=AT)
    return actions.carry_out(run_id=run.pk, by=by, at=AT)


def carried_one_by_one(data: bytes, by: Staff, *, order: list[str]) -> None:
    """Let rows go through the acts in this order, each act locking, reading and writing for itself."""
    sheet = read_sheet(data, "台账.xlsx")
    mapping, reference = guess_mapping(sheet.headings), queries.reference_for(by)
    readings = [
        rules.read_row(queries.cells_of(row.cells, mapping), reference=reference, today=local_day(AT))
        for row in sheet.rows
    ]
    rows = {reading.source_number: reading.row for reading in readings if reading.row is not None}
    with journal.importing(0):
        for number in order:
            carry(rows[number], by=by, at=AT, scan=None)


def everything() -> dict[str, list[dict[str, object]]]:
    """Return all rows of the county, the row that a key names told by its place among the rows of its table."""
    kept = [model for model in apps.get_app_config("county").get_models() if model not in OF_THE_RUN]
    places = {model: {pk: place for place, pk in enumerate(row.pk for row in rows_of(model))} for model in kept}
    named = {model._meta.model_name: model for model in kept}
    return {model.__name__: [told(row, places, named) for row in rows_of(model)] for model in kept}


def rows_of(model: type[models.Model]) -> list[models.Model]:
    table: models.QuerySet[models.Model] = models.QuerySet(model)
    return list(table.order_by("pk"))


def told(
    row: models.Model,
    places: Mapping[type[models.Model], Mapping[int, int]],
    named: Mapping[str | None, type[models.Model]],
) -> dict[str, object]:
    values: dict[str, object] = {}
    for field in row._meta.concrete_fields:
        value, related = getattr(row, field.attname), field.related_model
        if field.primary_key or field.name in OF_CHANCE:
            continue
        is_key = isinstance(related, type) and related in places and value is not None
        values[field.name] = places[related][value] if is_key and isinstance(related, type) else value
    if isinstance(row, Entry):
        subject = named.get(row.subject)
        values["subject_id"] = places[subject].get(row.subject_id) if subject is not None else None
        values["petition_id"] = places[Petition].get(row.petition_id or 0)
        # The ids of people and units are the same in both; those of rows that were made again are not.
        values["values"] = {
            name: value for name, value in row.values.items() if name != "import_run" and not name.endswith("_id")
        }
    return values


def of_rows_only(found: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """Leave out the entries about the run, and the numbers that entries have because of them."""
    entries = [entry for entry in found["Entry"] if not str(entry["event"]).startswith("ledger.")]
    return found | {"Entry": [{**entry, "number": place} for place, entry in enumerate(entries)]}


@pytest.mark.parametrize("of_what", ["the year of the demonstration", "every course a row can take"])
def test_rows_of_one_transaction_are_what_the_acts_make_one_by_one(
    county: Tenant, people: Any, tmp_path: Path, of_what: str
) -> None:
    data = a_sheet(numbered(*COURSES))
    if of_what == "the year of the demonstration":
        write_ledger(tmp_path / "ledger.xlsx", office=OFFICE, every=3)
        data = (tmp_path / "ledger.xlsx").read_bytes()
    before = transaction.savepoint()
    imported(data, people.restricted)
    order = [str(number) for number in Petition.objects.order_by("pk").values_list("source_number", flat=True)]
    together = of_rows_only(everything())
    transaction.savepoint_rollback(before)
    assert not Receipt.objects.exists()
    carried_one_by_one(data, people.restricted, order=order)
    one_by_one = of_rows_only(everything())
    assert len(order) >= len(COURSES)
    assert together.keys() == one_by_one.keys()
    for name, rows in together.items():
        assert rows == one_by_one[name], name


def test_a_row_takes_few_statements(county: Tenant, people: Any) -> None:
    run = actions.start_run(name="台账.xlsx", data=a_sheet(numbered(*[{}] * actions.TOGETHER)), by=people.clerk, at=AT)
    with CaptureQueriesContext(connection) as captured:
        report = actions.carry_out(run_id=run.pk, by=people.clerk, at=AT)
    assert report.counts[RowFate.IMPORTED] == actions.TOGETHER
    assert len(captured) / actions.TOGETHER <= 24


def test_a_row_that_an_act_refuses_leaves_nothing_behind(county: Tenant, people: Any) -> None:
    # The third is to be merged into the second, which was itself merged: it is refused when it is half carried.
    report = imported(a_sheet(numbered({}, MERGED, MERGED, {Field.NAME: "李四"})), people.clerk)
    assert [(row.source_number, row.reasons) for row in report.refused] == [
        ("XF0003", ("主件本身已并入他件，请选最终的主件（青人信〔2025〕1号）",))
    ]
    taken = list(Petition.objects.order_by("number_value").values_list("source_number", "number_value"))
    assert taken == [("XF0001", 1), ("XF0002", 2), ("XF0004", 3)]
    assert list(Receipt.objects.order_by("pk").values_list("number_value", flat=True)) == [1, 2, 3]
    assert set(Counter.objects.filter(series__in=["收", "信"]).values_list("value", flat=True)) == {3}
    assert set(Entry.objects.exclude(petition_id=None).values_list("petition_id", flat=True)) == set(
        Petition.objects.values_list("pk", flat=True)
    )
    assert chain().holds
    refused = ImportRow.objects.get(fate=RowFate.REFUSED.value)
    assert refused.cells["cells"]["name"] == "张三"


def test_a_number_given_to_an_earlier_row_of_the_transaction_is_known(county: Tenant, people: Any) -> None:
    given = {Field.SOURCE_NUMBER: "青人信〔2025〕1号", Field.RECEIVED_ON: "2025-03-06"}
    report = imported(a_sheet(numbered({}, given)), people.clerk)
    assert (report.counts[RowFate.IMPORTED], report.counts[RowFate.KNOWN]) == (1, 1)
    assert Petition.objects.get().number == "青人信〔2025〕1号"


def test_every_clock_of_an_imported_row_is_written_with_its_end(county: Tenant, people: Any) -> None:
    with CaptureQueriesContext(connection) as captured:
        imported(a_sheet(numbered({})), people.clerk)
    changed = [query["sql"] for query in captured if 'UPDATE "county_deadline"' in query["sql"]]
    assert not changed
    assert Deadline.objects.exists()
    assert not Deadline.objects.running().exists()


@transaction.atomic
def cut_off(run: ImportRun, by: Staff) -> None:
    waiting = list(run.rows.order_by("line").values_list("pk", flat=True))
    actions.import_rows(run_id=run.pk, row_ids=waiting, reference=queries.reference_for(by), by=by, at=AT)
    raise ConnectionError("the machine failed before the commit")


def test_a_transaction_that_was_cut_off_leaves_none_of_its_rows(county: Tenant, people: Any) -> None:
    run = actions.start_run(name="台账.xlsx", data=a_sheet(numbered(*[{}] * 3)), by=people.clerk, at=AT)
    with pytest.raises(ConnectionError):
        cut_off(run, people.clerk)
    assert not Receipt.objects.exists()
    assert not Counter.objects.exists()
    report = actions.carry_out(run_id=run.pk, at=AT)
    assert (report.state, report.counts[RowFate.IMPORTED]) == (RunState.FINISHED, 3)
    assert chain().holds
