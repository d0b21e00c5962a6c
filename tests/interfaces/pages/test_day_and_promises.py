"""今日, 四个百分之百 and 帮助: each number leads to its list, and the lists agree with the numbers."""

import re
from typing import Any

import pytest

from huiyin.county.registry.states import Confidentiality, State
from huiyin.interfaces.pages.help import releases, releases_in

QUERIES = 18  # one of them asks for the receipts that wait, two for the periods to be closed
WAITING = {
    "read": State.REGISTERED,
    "classify": State.READ,
    "assign": State.CLASSIFIED,
    "reply": State.VERIFIED,
    "close": State.REPLIED,
}


def strips(answer: Any) -> dict[str, tuple[int, str]]:
    screen = answer.context["screen"]
    stats = [stat for strip in (screen.dues, screen.office, screen.units) if strip for stat in strip.items]
    return {stat.label: (stat.value, stat.href) for stat in stats}


def test_every_number_of_the_day_is_the_length_of_the_list_it_opens(people: Any, browser: Any, a_petition: Any) -> None:
    for state in (*WAITING.values(), State.ASSIGNED, State.IN_PROGRESS, State.REPORTED, State.CLOSED):
        a_petition(state, days_ago=40)
    clerk = browser(people.clerk)
    found = strips(clerk.get("/"))
    assert sum(value for value, _ in found.values()) > len(WAITING)
    for label, (value, href) in found.items():
        assert len(clerk.client.get(href, HTTP_HOST="qinglan.localhost").context["screen"].table.rows) == value, label


@pytest.mark.parametrize(("waiting", "state"), WAITING.items())
def test_a_petition_waits_for_its_next_step(
    waiting: str, state: State, people: Any, browser: Any, a_petition: Any
) -> None:
    petition = a_petition(state)
    rows = browser(people.clerk).get("/petitions/", waiting=waiting).context["screen"].table.rows
    assert [row.cells[0].text for row in rows] == [petition.number]


def test_the_cost_of_the_day_does_not_grow(people: Any, browser: Any, a_petition: Any, queries_of: Any) -> None:
    clerk = browser(people.clerk)
    a_petition(State.IN_PROGRESS)
    few = queries_of(lambda: clerk.get("/"))
    for _ in range(5):
        a_petition(State.IN_PROGRESS)
    assert queries_of(lambda: clerk.get("/")) == few <= QUERIES


def test_a_sealed_item_is_in_nobodys_day_but_the_restricted_officers(
    people: Any, browser: Any, a_petition: Any
) -> None:
    a_petition(confidentiality=Confidentiality.SEALED)
    assert strips(browser(people.clerk).get("/"))["待阅信接谈"][0] == 0
    assert strips(browser(people.restricted).get("/"))["待阅信接谈"][0] == 1


def test_the_promises_stand_with_part_and_whole_and_open_what_is_missing(
    people: Any, browser: Any, a_petition: Any
) -> None:
    a_petition(State.CLOSED)
    missing = a_petition(State.READ)
    clerk = browser(people.clerk)
    page = clerk.get("/promises/")
    cards = {card.code: card for card in page.context["screen"].cards}
    assert (cards["M4"].part, cards["M4"].whole) == (1, 2)
    rows = clerk.client.get(cards["M4"].missing_href, HTTP_HOST="qinglan.localhost").context["screen"].table.rows
    assert [row.cells[0].text for row in rows] == [missing.number]


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ({"year": "2025"}, False),
        ({"quarter": "2026-1"}, False),
        ({"month": "2026-03"}, False),
        ({"first": "2026-01-01", "last": "2026-02-03"}, False),
        ({"at": "2026-03-01T12:00"}, False),
        ({"month": "2026-13"}, True),
        ({"quarter": "2026-9"}, True),
        ({"year": "千年"}, True),
        ({"first": "2026-01-01"}, True),
        ({"first": "2026-02-01", "last": "2026-01-01"}, True),
        ({"at": "gestern"}, True),
    ],
)
def test_a_period_is_understood_or_the_page_says_why_not(
    query: dict[str, str], fault: bool, people: Any, browser: Any
) -> None:
    answer = browser(people.clerk).get("/promises/", **query)
    assert answer.status_code == 200
    assert any("没有采用" in alert.title for alert in answer.context["screen"].alerts) is fault


def test_a_sealed_item_in_a_list_of_what_is_missing_is_its_number(people: Any, browser: Any, a_petition: Any) -> None:
    sealed = a_petition(confidentiality=Confidentiality.SEALED)
    rows = browser(people.clerk).get("/promises/M2/missing").context["screen"].table.rows
    assert [cell.text for cell in rows[0].cells] == [sealed.number, "", "", "检举控告件", ""]
    assert rows[0].href == ""


def test_the_changelog_is_told_on_the_page_of_help(people: Any, browser: Any) -> None:
    page = browser(people.clerk).get("/help/").content.decode()
    assert all(line in page for release in releases() for line in release.lines)
    assert re.search("第一版", page)


def test_a_changelog_is_headings_and_lines() -> None:
    (release,) = releases_in("# 更新\n说明\n- 无主\n## 0.1\n- 一\n- 二\n")
    assert (release.heading, release.lines) == ("0.1", ("一", "二"))
