"""台账导入 in the browser: upload, columns, dry run, carrying out, report; the second time changes nothing."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.county.ledger.models import ImportRun
from huiyin.county.ledger.states import RowFate, RunState
from huiyin.county.registry.models import Petition
from huiyin.jobs import ledger as jobs
from huiyin.kernel.tenant import Tenant

HEADINGS = ("信访件编号", "姓名", "信访日期", "登记日期", "信访形式", "概况", "登记人")
GOOD = (
    ("旧2025-1", "马大山", "2025-03-03", "2025-03-03", "来信", "反映上松村农业水费收缴标准不公开", "马会计"),
    ("旧2025-2", "周桂兰", "2025.3.5", "2025年3月5日", "来访", "要求落实承包地经营权证", "马会计"),
)
BAD = ("旧2025-3", "刘春生", "2019.13.45", "", "来信", "日期写错的一件", "马会计")


def a_sheet(rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in (headings, *rows):
        book.active.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("二〇二五年台账.xlsx", target.getvalue())


def uploaded(clerk: Any, sheet: SimpleUploadedFile) -> str:
    answer = clerk.post("/imports/", sheet=sheet)
    assert answer.status_code == 302
    return str(answer["Location"])


def tried(clerk: Any, sheet: SimpleUploadedFile) -> ImportRun:
    """Upload and try with the columns as guessed."""
    mapping = uploaded(clerk, sheet)
    form = clerk.client.get(mapping, HTTP_HOST="qinglan.localhost").context["screen"].form
    values = {name: field.initial for name, field in form.fields.items()}
    answer = clerk.post(mapping, **values)
    assert answer.status_code == 302
    return ImportRun.objects.latest("pk")


def carried_out(clerk: Any, run: ImportRun, county: Tenant) -> ImportRun:
    """Ask for the import and do what the worker would."""
    answer = clerk.post(f"/imports/{run.pk}/carry-out")
    assert answer.status_code == 302
    jobs.carry_out.fn(
        county=county.schema, key="test", at=run.started_at.isoformat(), run_id=run.pk, by_id=run.started_by_id
    )
    run.refresh_from_db()
    return run


def fates(clerk: Any, run: ImportRun) -> dict[str, int]:
    counts = clerk.get(f"/imports/{run.pk}/").context["screen"].counts
    return {stat.label: stat.value for stat in counts.items if stat.value}


def test_a_ledger_goes_from_the_file_to_the_report(people: Any, browser: Any, county: Tenant) -> None:
    clerk = browser(people.clerk)
    run = tried(clerk, a_sheet((*GOOD, BAD)))
    assert fates(clerk, run) == {RowFate.ACCEPTED.label: 2, RowFate.REFUSED.label: 1}
    assert not Petition.objects.exists()
    refused = clerk.get(f"/imports/{run.pk}/", fate="refused").context["screen"].table.rows
    assert [row.cells[1].text for row in refused] == ["旧2025-3"]
    assert refused[0].cells[4].text
    run = carried_out(clerk, run, county)
    assert run.state == RunState.FINISHED.value
    assert fates(clerk, run) == {RowFate.IMPORTED.label: 2, RowFate.REFUSED.label: 1}
    assert set(Petition.objects.values_list("source_number", flat=True)) == {"旧2025-1", "旧2025-2"}


def test_the_second_import_of_the_same_ledger_changes_nothing(people: Any, browser: Any, county: Tenant) -> None:
    clerk = browser(people.clerk)
    carried_out(clerk, tried(clerk, a_sheet(GOOD)), county)
    again = tried(clerk, a_sheet(GOOD))
    assert fates(clerk, again) == {RowFate.KNOWN.label: 2}
    assert clerk.get(f"/imports/{again.pk}/").context["screen"].carry_out is None
    assert Petition.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("照片.png", b"\x89PNG\r\n\x1a\n"),
        ("空.xlsx", b""),
        ("名单.csv", "一,二\n三,四\n".encode()),
        ("坏.xlsx", b"PK\x03\x04x"),
    ],
)
def test_what_is_no_ledger_is_refused_in_words(name: str, data: bytes, people: Any, browser: Any) -> None:
    answer = browser(people.clerk).post("/imports/", sheet=SimpleUploadedFile(name, data))
    assert answer.status_code == 422
    assert answer.context["screen"].form.errors["sheet"]
    assert not ImportRun.objects.exists()


def test_a_column_that_every_row_needs_is_asked_for(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    mapping = uploaded(clerk, a_sheet(GOOD))
    answer = clerk.post(mapping, column_0="source_number")
    assert answer.status_code == 422
    assert "概况" in answer.context["screen"].form.non_field_errors()[0]


def test_an_upload_that_was_changed_on_the_way_is_not_there(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    mapping = uploaded(clerk, a_sheet(GOOD))
    assert clerk.client.get(mapping, HTTP_HOST="qinglan.localhost").status_code == 200
    assert clerk.client.get(f"{mapping}x", HTTP_HOST="qinglan.localhost").status_code == 404
    assert clerk.get("/imports/mapping", file="nonsense").status_code == 404


def test_an_import_of_nobody_is_not_there(people: Any, browser: Any) -> None:
    assert browser(people.clerk).get("/imports/999999/").status_code == 404


def test_while_the_worker_is_at_it_the_page_follows(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    run = tried(clerk, a_sheet(GOOD))
    assert not clerk.get(f"/imports/{run.pk}/").context["screen"].is_running
    page = clerk.get(f"/imports/{run.pk}/", sent="1")
    assert page.context["screen"].is_running
    assert "every 2s" in page.content.decode()
