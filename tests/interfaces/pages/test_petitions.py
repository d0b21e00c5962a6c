"""The list: what it finds, what it hides, in what order, at what cost, and that the export is the list."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Channel, Confidentiality, State
from huiyin.kernel.calendar import local_day

QUERIES = 10  # one counts the messages that were not read, one lists the laws to filter by


def numbers(answer: Any) -> list[str]:
    """Return the first cell of each row of the list."""
    return [row.cells[0].text for row in answer.context["screen"].table.rows]


@pytest.mark.parametrize("words", ["水", "水费", "上松村", "马大山", "马 水费", "信"])
def test_the_search_finds_one_two_and_three_characters_and_names(
    words: str, people: Any, browser: Any, a_petition: Any
) -> None:
    wanted = a_petition()
    a_petition(summary="要求落实承包地经营权证", name="周桂兰", channel=Channel.PHONE)
    assert numbers(browser(people.clerk).get("/petitions/", q=words)) == [wanted.number]


def test_the_search_finds_a_number(people: Any, browser: Any, a_petition: Any) -> None:
    wanted, _ = a_petition(), a_petition()
    assert numbers(browser(people.clerk).get("/petitions/", q=wanted.number)) == [wanted.number]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"letter", "phone"}),
        ({"state": "registered"}, {"phone"}),
        ({"waiting": "read"}, {"phone"}),
        ({"channel": "letter"}, {"letter"}),
        ({"unit": "water"}, {"letter"}),
        ({"category": "01"}, {"letter"}),
        ({"purpose": "claim"}, {"letter"}),
        ({"recurrence": "first"}, {"letter"}),
        ({"group": "group"}, set()),
        ({"whose": "mine"}, {"letter", "phone"}),
        ({"whose": "leader"}, set()),
        ({"due": "overdue"}, {"letter"}),
        ({"due": "none"}, set()),
        ({"state": "nonsense"}, {"letter", "phone"}),
    ],
)
def test_each_condition_narrows_the_list(
    query: dict[str, str], expected: set[str], people: Any, browser: Any, a_petition: Any
) -> None:
    made = {
        "letter": a_petition(State.IN_PROGRESS, days_ago=300),
        "phone": a_petition(channel=Channel.PHONE, days_ago=0),
    }
    found = numbers(browser(people.clerk).get("/petitions/", **query))
    assert set(found) == {made[name].number for name in expected}


def test_a_span_of_days_keeps_its_first_and_last_day(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(days_ago=5)
    day = local_day(datetime.now(UTC) - timedelta(days=5)).isoformat()
    assert numbers(browser(people.clerk).get("/petitions/", first=day, last=day)) == [petition.number]


def test_a_condition_that_cannot_be_understood_is_told_and_not_in_force(
    people: Any, browser: Any, a_petition: Any
) -> None:
    a_petition()
    answer = browser(people.clerk).get("/petitions/", first="2019.13.45")
    assert len(numbers(answer)) == 1
    assert "没有采用" in answer.content.decode()


@pytest.mark.parametrize("sort", ["received", "-received", "number", "-number", "due", "-due", "state", "-state", "x"])
def test_every_order_lists_everything(sort: str, people: Any, browser: Any, a_petition: Any) -> None:
    made = {a_petition(State.READ, days_ago=3).number, a_petition(days_ago=2).number}
    assert set(numbers(browser(people.clerk).get("/petitions/", sort=sort))) == made


def test_sorting_by_due_date_puts_the_next_one_first(people: Any, browser: Any, a_petition: Any) -> None:
    late, early = a_petition(days_ago=1), a_petition(days_ago=20)
    assert numbers(browser(people.clerk).get("/petitions/", sort="due")) == [early.number, late.number]


def test_a_sealed_item_is_a_number_and_nothing_else(people: Any, browser: Any, a_petition: Any) -> None:
    sealed = a_petition(summary="检举某人", name="李二牛", confidentiality=Confidentiality.SEALED)
    page = browser(people.clerk).get("/petitions/")
    assert [cell.text for cell in page.context["screen"].table.rows[0].cells] == [
        sealed.number, "", "", "", "检举控告件", "", "", "",
    ]  # fmt: skip
    assert page.context["screen"].table.rows[0].href == ""
    for query in ({"q": "检举"}, {"state": "registered"}, {"sort": "due"}, {"channel": "letter"}):
        assert numbers(browser(people.clerk).get("/petitions/", **query)) == []
    assert numbers(browser(people.restricted).get("/petitions/", q="检举")) == [sealed.number]


def test_the_number_of_queries_does_not_depend_on_the_rows(
    people: Any, browser: Any, a_petition: Any, queries_of: Any
) -> None:
    page = browser(people.clerk)
    a_petition(State.IN_PROGRESS)
    few = queries_of(lambda: page.get("/petitions/"))
    for _ in range(8):
        a_petition(State.IN_PROGRESS)
    assert queries_of(lambda: page.get("/petitions/", q="水费", sort="due")) == few == QUERIES


def test_the_export_is_the_list_over_all_pages(
    people: Any, browser: Any, a_petition: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huiyin.interfaces.pages.petitions.PAGE_SIZE", 2)
    for days in range(5):
        a_petition(State.IN_PROGRESS, days_ago=days + 1)
    a_petition(confidentiality=Confidentiality.SEALED)
    clerk = browser(people.clerk)
    for query in ({}, {"q": "水费", "sort": "number"}, {"sort": "due"}):
        pages = [clerk.get("/petitions/", page=str(page), **query).context["screen"].table for page in (1, 2, 3)]
        headings = [column.label for column in pages[0].columns]
        shown = [text for table in pages for text in first_cells(table)]
        data = io.BytesIO(clerk.get("/petitions/export.xlsx", **query).content)
        rows = list(openpyxl.load_workbook(data).active.iter_rows(values_only=True))
        assert list(rows[0]) == headings
        assert [row[0] for row in rows[1:]] == list(dict.fromkeys(shown))
        assert rows[1][headings.index("概况")]


def first_cells(table: Any) -> list[str]:
    return [row.cells[0].text for row in table.rows]


def test_a_formula_in_a_letter_stays_text(people: Any, browser: Any, a_petition: Any) -> None:
    a_petition(summary="=1+1")
    data = io.BytesIO(browser(people.clerk).get("/petitions/export.xlsx").content)
    sheet = openpyxl.load_workbook(data).active
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=1+1", "s")


def test_the_staff_of_the_county_and_its_petitions_are_what_the_test_made(people: Any, a_petition: Any) -> None:
    assert Petition.objects.count() == 0
    assert Staff.objects.filter(username="ma").exists()
