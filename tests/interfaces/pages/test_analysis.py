"""指标: every number opens its petitions, and the list is as long as the number says."""

from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.analysis.states import Dimension
from huiyin.county.registry.actions import receipts
from huiyin.county.registry.states import Channel, Confidentiality, State
from huiyin.kernel.calendar import local_day
from huiyin.platform.statistics.indicators import FUNNEL, INDICATORS

READERS = ("clerk", "head", "leader", "group_head", "restricted", "auditor")
OTHERS = ("mail_room", "administrator", "unit_clerk", "unit_head")
DIVIDED = [one.code for one in INDICATORS.values() if one not in FUNNEL]
THIS_YEAR = str(local_day(timezone.now()).year)


def rows_of(screen: Any) -> dict[str, Any]:
    return {row.cells[0].text: row for _, table in screen.chapters for row in table.rows}


@pytest.fixture
def some(a_petition: Any) -> None:
    """A closed one, one in hand, one read, a visit, and one that is sealed."""
    a_petition(State.CLOSED)
    a_petition(State.IN_PROGRESS)
    a_petition(State.READ)
    a_petition(channel=Channel.WALK_IN)
    a_petition(confidentiality=Confidentiality.SEALED, summary="举报高站长虚报冒领")


def test_every_number_stands_with_part_whole_and_the_year_before(some: Any, people: Any, browser: Any) -> None:
    screen = browser(people.clerk).get("/analysis/", year=THIS_YEAR).context["screen"]
    rows = rows_of(screen)
    assert set(rows) == {one.label for one in INDICATORS.values()}
    assert [cell.text for cell in rows["件件有人阅"].cells[1:5]] == ["2", "5", "40.00%", "3"]
    assert [cell.text for cell in rows["重复率"].cells[1:5]] == ["0", "2", "0.00%", "2"]
    assert rows["重复率"].cells[5].sub == "0 / 0"
    assert {fact.label for fact in screen.meanings.items} == set(rows)


def test_a_number_opens_as_many_petitions_as_it_counts(some: Any, people: Any, browser: Any) -> None:
    restricted = browser(people.restricted)
    rows = rows_of(restricted.get("/analysis/", year=THIS_YEAR).context["screen"])
    opened = 0
    for label, row in rows.items():
        for cell in (row.cells[1], row.cells[2], row.cells[4]):
            if cell.href.startswith("/petitions/"):
                page = restricted.client.get(cell.href, HTTP_HOST="qinglan.localhost").context["screen"]
                assert (len(page.table.rows), page.aside) == (int(cell.text), ""), f"{label}：{cell.href}"
                opened += 1
    assert opened > 10


def test_what_may_not_be_listed_is_told_as_a_count(some: Any, people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    href = rows_of(clerk.get("/analysis/", year=THIS_YEAR).context["screen"])["件件登记"].cells[2].href
    page = clerk.client.get(href, HTTP_HOST="qinglan.localhost")
    screen = page.context["screen"]
    assert len(screen.table.rows) == 4
    assert screen.aside == "另有1件检举控告件或密件，只计数，不列出"
    assert "高站长" not in page.content.decode()
    assert [one.label for one in screen.active] == [f"件件登记 · 分母全部 · {THIS_YEAR}年 · 来信来访"]


def test_a_receipt_that_nobody_registered_is_told_beside_the_list(
    some: Any, people: Any, browser: Any, receipt_of: Any
) -> None:
    receipt_of(people.mail_room)
    clerk = browser(people.clerk)
    href = rows_of(clerk.get("/analysis/", year=THIS_YEAR).context["screen"])["件件登记"].cells[2].href
    assert "另有1件收件尚未登记" in clerk.client.get(href, HTTP_HOST="qinglan.localhost").context["screen"].aside


@pytest.fixture
def receipt_of() -> Any:
    def taken(by: Any) -> Any:
        at = timezone.now()
        return receipts.take_receipt(channel=Channel.LETTER, received_on=local_day(at), by=by, at=at)

    return taken


def test_each_number_can_be_divided_and_its_lines_add_up(some: Any, people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    for code in DIVIDED:
        screen = clerk.get(f"/analysis/{code}/", year=THIS_YEAR).context["screen"]
        lines = screen.table.rows[:-1]
        part, whole = (int(screen.table.rows[-1].cells[place].text) if lines else 0 for place in (1, 2))
        assert sum(int(row.cells[1].text) for row in lines) == part, code
        assert sum(int(row.cells[2].text) for row in lines) == whole, code
        assert sum(value or 0 for value in screen.trend.series[1].values) == whole, code
        assert f"{part} / {whole}" in screen.strip.items[0].note or (screen.strip.items[0].whole == whole), code


def test_a_line_opens_its_petitions_and_a_sealed_one_is_only_counted(some: Any, people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    for by in Dimension:
        page = clerk.get("/analysis/M2/", year=THIS_YEAR, by=by.value)
        rows = page.context["screen"].table.rows
        for row in rows[:-1]:
            if href := row.cells[2].href:
                found = clerk.client.get(href, HTTP_HOST="qinglan.localhost").context["screen"]
                told = 1 if "另有1件检举控告件" in found.aside else 0
                assert len(found.table.rows) + told == int(row.cells[2].text), row.cells[0].text
        labels = [row.cells[0].text for row in rows]
        assert ("检举控告件、密件（不分列）" in labels) is (by not in {Dimension.CHANNEL, Dimension.MONTH})
        assert "高站长" not in page.content.decode()


def test_an_earlier_moment_shows_the_earlier_number(some: Any, people: Any, browser: Any) -> None:
    screen = browser(people.clerk).get("/analysis/", year=THIS_YEAR, at=f"{THIS_YEAR}-01-01T00:00").context["screen"]
    assert rows_of(screen)["件件登记"].cells[2].text == "0"
    assert any("的数字" in alert.words for alert in screen.alerts)


@pytest.mark.parametrize("path", ["/analysis/", "/analysis/M4/"])
def test_who_sees_the_numbers(path: str, people: Any, browser: Any, county: Any) -> None:
    assert {name: browser(getattr(people, name)).get(path).status_code for name in (*READERS, *OTHERS)} == {
        **dict.fromkeys(READERS, 200),
        **dict.fromkeys(OTHERS, 403),
    }


@pytest.mark.parametrize("code", ["effects", "opinions", "nothing", "M9"])
def test_there_is_no_breakdown_of_what_counts_no_petitions(code: str, people: Any, browser: Any) -> None:
    assert browser(people.clerk).get(f"/analysis/{code}/").status_code == 404


def test_the_cost_of_the_page_does_not_grow(people: Any, browser: Any, a_petition: Any, queries_of: Any) -> None:
    clerk = browser(people.clerk)
    a_petition(State.IN_PROGRESS)
    pages = ("/analysis/", "/analysis/timely_report/?by=unit", "/analysis/M4/?by=place")

    def cost() -> list[int]:
        return [queries_of(partial(clerk.get, path)) for path in pages]

    few = cost()
    for _ in range(4):
        a_petition(State.IN_PROGRESS)
    assert cost() == few


def test_the_places_of_analysis_are_one_entry_with_tabs(people: Any, browser: Any) -> None:
    for path in ("/analysis/", "/promises/"):
        context = browser(people.clerk).get(path).context
        assert [item.label for group in context["office"].nav.groups for item in group.items if item.active] == ["分析"]
    tabs = context["screen"].tabs
    assert [tab.label for tab in tabs.items] == ["四个百分之百", "指标", "热点", "承办单位", "分析报告", "结账报送"]
