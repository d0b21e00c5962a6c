"""导出 by program: the rows, columns and order of the screen, no more and no fewer."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from huiyin.county.registry.states import Confidentiality

HOST = "qinglan.localhost"
SUMMARIES = ("反映上松村断水", "反映村道路灯", "反映水渠漏水")


def cells_of(data: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]


@pytest.fixture
def letters(program: Any, people: Any, received: Any) -> list[int]:
    """Three letters, registered."""
    clerk = program(people.clerk)
    values = [{"summary": one, "name": "马长根"} for one in SUMMARIES]
    return [clerk.post(f"/receipts/{received()}/register", body).json()["id"] for body in values]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "水"},
        {"state": "registered", "sort": "number"},
        {"state": "closed"},
        {"sort": "-due"},
        {"q": "马长根"},
    ],
)
def test_the_file_is_what_the_screen_exports(
    query: dict[str, str], program: Any, people: Any, letters: list[int]
) -> None:
    answer = program(people.clerk).get("/petitions/export.xlsx", **query)
    assert answer.status_code == 200
    assert "spreadsheetml" in answer["Content-Type"]
    page = Client()
    page.force_login(people.clerk, backend="huiyin.accounts.backend.StaffBackend")
    screen = page.get("/petitions/export.xlsx", query, HTTP_HOST=HOST)
    assert cells_of(answer.content) == cells_of(screen.content)
    assert answer["Content-Disposition"] == screen["Content-Disposition"]


def test_a_condition_keeps_only_its_rows(program: Any, people: Any, letters: list[int]) -> None:
    rows = cells_of(program(people.clerk).get("/petitions/export.xlsx", q="水", sort="number").content)
    assert [row[4] for row in rows] == ["概况", SUMMARIES[0], SUMMARIES[2]]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"state": "asleep"}, "request.misshapen"),
        ({"sort": "beauty"}, "request.misshapen"),
        ({"first": "gestern"}, "request.misshapen"),
        ({"q": "长" * 101}, "request.misshapen"),
        ({"unit": "no_such_unit"}, "request.bad_condition"),
        ({"category": "no_such_class"}, "request.bad_condition"),
        ({"first": "2026-02-01", "last": "2026-01-01"}, "request.bad_condition"),
        ({"page": "2"}, "request.bad_condition"),
    ],
)
def test_a_condition_that_is_not_understood_exports_nothing(
    query: dict[str, str], code: str, program: Any, people: Any
) -> None:
    answer = program(people.clerk).get("/petitions/export.xlsx", **query)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["words"]


def test_a_sealed_item_is_its_number_and_under_a_condition_nothing(
    program: Any, people: Any, received: Any, letters: list[int]
) -> None:
    sealed = {
        "summary": "检举某站长",
        "name": "马长根",
        "confidentiality": Confidentiality.SEALED.value,
    }
    restricted, clerk = program(people.restricted), program(people.clerk)
    number = restricted.post(f"/receipts/{received()}/register", sealed).json()["number"]
    assert number
    by_clerk = cells_of(clerk.get("/petitions/export.xlsx").content)
    assert [row[4] for row in by_clerk if row[0] == number] == [Confidentiality.SEALED.label]
    assert number not in {row[0] for row in cells_of(clerk.get("/petitions/export.xlsx", q="检举").content)}
    assert number in {row[0] for row in cells_of(restricted.get("/petitions/export.xlsx", q="检举").content)}


@pytest.mark.parametrize("role", ["mail_room", "administrator", "unit_clerk"])
def test_whoever_reads_no_list_exports_none(role: str, program: Any, people: Any) -> None:
    answer = program(getattr(people, role)).get("/petitions/export.xlsx")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission.role_missing")


def test_a_stranger_exports_nothing(program: Any) -> None:
    assert program().get("/petitions/export.xlsx").status_code == 401
