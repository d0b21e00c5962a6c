"""分析报告 on the page: numbers lead to their lists, the paper is made once, proposals are written and taken out."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from huiyin.county.document.models import Document
from huiyin.county.registry.states import State
from huiyin.county.reporting.actions import periods
from huiyin.county.reporting.models import Priority, ReportedPeriod
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period, month_of


@pytest.fixture
def last_month() -> Period:
    return month_of(month_of(local_day(datetime.now(UTC))).first - timedelta(days=1))


@pytest.fixture
def letter(a_petition: Any, last_month: Period) -> Any:
    """A letter of last month that a unit has in hand."""
    days = (local_day(datetime.now(UTC)) - last_month.last).days + 1
    return a_petition(State.IN_PROGRESS, days_ago=days)


@pytest.fixture
def locked(people: Any, letter: Any, last_month: Period) -> ReportedPeriod:
    row = periods.prepare(period=last_month, by=people.clerk, at=datetime.now(UTC))
    return periods.approve(period_id=row.pk, by=people.head, at=datetime.now(UTC))


def address(period: Period) -> str:
    return f"/reports/{period.first:%Y-%m}/"


def linked(answer: Any) -> list[tuple[str, str]]:
    """Return every number of the report that leads to a list."""
    tables = [table for chapter in answer.context["screen"].chapters for table in chapter.tables]
    return [(cell.text, cell.href) for table in tables for row in table.rows for cell in row.cells if cell.href]


def test_a_number_leads_to_the_list_that_has_as_many(
    people: Any, browser: Any, locked: Any, letter: Any, last_month: Period
) -> None:
    clerk = browser(people.clerk)
    found = linked(clerk.get(address(last_month)))
    lists = [(number, href) for number, href in found if href.startswith("/petitions/")]
    assert {parse_qs(urlsplit(href).query)["by"][0] for _, href in lists} == {"channel", "purpose", "field"}
    for number, href in lists:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}
        page = clerk.get("/petitions/", **asked)
        assert page.context["screen"].table.pagination.total == int(number)
    for _, href in found:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}
        assert clerk.get(urlsplit(href).path, **asked).status_code == 200


def test_the_paper_is_made_once_and_can_be_fetched(people: Any, browser: Any, locked: Any, last_month: Period) -> None:
    clerk = browser(people.clerk)
    for token in ("the-first-report-form", "the-second-report-form"):
        assert clerk.post(f"{address(last_month)}write", form_token=token).status_code == 302
    document = Document.objects.get(kind="analysis_report")
    page = clerk.get(address(last_month)).content.decode()
    assert document.number in page
    assert clerk.get(f"/documents/{document.pk}.pdf")["Content-Type"] == "application/pdf"
    assert document.number in clerk.get("/reports/").content.decode()


def test_before_it_is_locked_only_proposals_can_be_written(
    people: Any, browser: Any, letter: Any, last_month: Period
) -> None:
    clerk, where = browser(people.clerk), address(last_month)
    assert "还没有审定锁定" in clerk.get(where).content.decode()
    assert clerk.post(f"{where}write", form_token="too-early-for-a-report").status_code == 409
    form = {"words": "列入执法检查", "numbers": f"{letter.number}、没有的号"}
    refused = clerk.post(f"{where}priorities/new", form_token="a-proposal-on-nothing", **form)
    assert refused.status_code == 422
    assert "没有可以引用的信访件" in refused.content.decode()
    told = clerk.post(
        f"{where}priorities/new", form_token="a-proposal-on-a-letter", words="列入执法检查", numbers=letter.number
    )
    assert told.status_code == 302
    row = Priority.objects.get()
    assert "列入执法检查" in clerk.get(where).content.decode()
    assert browser(people.leader).post(f"/reports/priorities/{row.pk}/remove").status_code == 403
    assert clerk.post(f"/reports/priorities/{row.pk}/remove", form_token="taken-out-of-the-report").status_code == 302
    assert "列入执法检查" not in clerk.get(where).content.decode()


def test_readers_see_the_report_without_its_buttons(people: Any, browser: Any, locked: Any, last_month: Period) -> None:
    screen = browser(people.auditor).get(address(last_month)).context["screen"]
    assert ([act.label for act in screen.acts], screen.add, screen.removals) == (["结账与报送"], None, ())
    assert screen.chapters


def test_what_is_no_period_has_no_report(people: Any, browser: Any) -> None:
    assert browser(people.clerk).get("/reports/2026-13/").status_code == 404
    assert browser(people.clerk).post("/reports/priorities/987654321/remove").status_code == 404
