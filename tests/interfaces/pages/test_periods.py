"""结账与报送 on the page: the list, the reconciliation by owner, and each act by whom it is meant for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Channel, Confidentiality
from huiyin.county.reporting.actions import periods
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries import periods as queries
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period, month_of

QUERIES_OF_A_LIST = 60  # each locked period is compared with today's numbers; nothing depends on the petitions


@pytest.fixture
def last_month() -> Period:
    """The month that is over; the tests run on the real day."""
    return month_of(month_of(local_day(datetime.now(UTC))).first - timedelta(days=1))


@pytest.fixture
def letters(people: Any, last_month: Period) -> dict[str, Any]:
    """Of last month: a letter that nobody registered, one that nobody read, and an accusation."""
    at = datetime.now(UTC) - timedelta(hours=1)

    def received() -> Any:
        return receipts.take_receipt(channel=Channel.LETTER, received_on=last_month.last, by=people.mail_room, at=at)

    unread = petitions.register(
        receipt_id=received().pk, registration=Registration(summary="反映水费", name="马大山"), by=people.clerk, at=at
    ).petition
    told = Registration(summary="反映站长收礼", name="马小山", confidentiality=Confidentiality.SEALED)
    sealed = petitions.register(receipt_id=received().pk, registration=told, by=people.restricted, at=at).petition
    return {"unregistered": received(), "unread": unread, "sealed": sealed}


def address(period: Period) -> str:
    return f"/periods/{period.first:%Y-%m}/"


def groups(answer: Any) -> dict[str, list[list[str]]]:
    return {
        group.owner: [[cell.text for cell in row.cells] for row in group.table.rows]
        for group in answer.context["screen"].groups
    }


def labels(answer: Any) -> list[str]:
    return [act.label for act in answer.context["screen"].acts]


def test_before_anybody_reconciled_the_page_shows_how_it_is_now(
    people: Any, browser: Any, letters: Any, last_month: Period
) -> None:
    answer = browser(people.clerk).get(address(last_month))
    assert labels(answer) == ["核对结账"]
    found = groups(answer)
    assert found["收发老周"][0][3:] == ["未登记或登记不全", "尚未登记"]
    assert [row[0] for row in found["马会计"]] == [letters["unread"].number] * 2
    assert found["保密专人"] == [[letters["sealed"].number, "", "", "", "检举控告件"]]


def test_the_restricted_officer_opens_the_sealed_gap_and_the_clerk_does_not(
    people: Any, browser: Any, letters: Any, last_month: Period
) -> None:
    mine = browser(people.restricted).get(address(last_month))
    opened = {row.href for group in mine.context["screen"].groups for row in group.table.rows}
    assert f"/petitions/{letters['sealed'].pk}/" in opened
    page = browser(people.clerk).get(address(last_month)).content.decode()
    assert f"/petitions/{letters['sealed'].pk}/" not in page
    assert "反映站长收礼" not in page


def test_the_clerk_reconciles_and_the_head_approves_each_once(
    people: Any, browser: Any, letters: Any, last_month: Period
) -> None:
    clerk, head, where = browser(people.clerk), browser(people.head), address(last_month)
    assert head.post(f"{where}prepare", form_token="the-head-prepares").status_code == 403
    for token in ("the-first-form-of-march", "the-first-form-of-march"):
        assert clerk.post(f"{where}prepare", form_token=token).status_code == 302
    row = ReportedPeriod.objects.get()
    assert labels(clerk.get(where)) == ["放弃这一版"]
    assert labels(head.get(where)) == ["审定并锁定", "放弃这一版"]
    assert "等待审定" in clerk.get(where).content.decode()
    assert clerk.post(f"/periods/versions/{row.pk}/approve", form_token="the-clerk-approves").status_code == 403
    assert head.post(f"/periods/versions/{row.pk}/approve", form_token="the-head-approves-it").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.prepared_by, row.approved_by) == ("locked", people.clerk, people.head)
    assert labels(clerk.get(where)) == []
    assert labels(head.get(where)) == ["重新打开"]


def test_a_second_reconciliation_is_refused_in_words(
    people: Any, browser: Any, letters: Any, last_month: Period
) -> None:
    clerk, where = browser(people.clerk), address(last_month)
    clerk.post(f"{where}prepare", form_token="the-first-form-of-march")
    answer = clerk.post(f"{where}prepare", form_token="the-second-form-of-march")
    assert answer.status_code == 409
    assert "等待审定" in answer.content.decode()


def test_reopening_says_why_and_both_versions_stay_to_be_looked_at(
    people: Any, browser: Any, letters: Any, last_month: Period
) -> None:
    at = datetime.now(UTC)
    head, where = browser(people.head), address(last_month)
    row = periods.prepare(period=last_month, by=people.clerk, at=at)
    periods.approve(period_id=row.pk, by=people.head, at=at)
    form = f"/periods/versions/{row.pk}/reopen"
    assert head.get(form).status_code == 200
    assert head.post(form, reason="补", form_token="a-reason-too-short").status_code == 422
    assert head.post(form, reason="补登来信", form_token="a-reason-that-says-why").status_code == 302
    assert labels(browser(people.clerk).get(where)) == ["重新核对（第2版）"]
    petitions.register(
        receipt_id=letters["unregistered"].pk,
        registration=Registration(summary="反映断水", name="马三"),
        by=people.clerk,
        at=datetime.now(UTC),
    )
    periods.prepare(period=last_month, by=people.clerk, at=datetime.now(UTC))
    screen = head.get(where).context["screen"]
    assert [row.cells[0].text for row in screen.versions.rows] == ["第2版", "第1版"]
    assert screen.since_lead == "第1版"
    moved = {row.cells[0].text: [cell.text for cell in row.cells[2:4]] for row in screen.since[0].rows}
    assert moved["初次信访事项"] == ["2/2", "3/3"]
    earlier = head.get(where, version="1").context["screen"]
    assert (earlier.lead[:3], earlier.acts, "补登来信" in head.get(where).content.decode()) == ("第1版", (), True)


def test_a_version_that_was_given_up_keeps_its_line(
    people: Any, browser: Any, letters: Any, last_month: Period
) -> None:
    row = periods.prepare(period=last_month, by=people.clerk, at=datetime.now(UTC))
    clerk = browser(people.clerk)
    where = f"/periods/versions/{row.pk}/give-up"
    assert clerk.post(where, reason="还有一件未登记", form_token="the-clerk-gives-up").status_code == 302
    screen = clerk.get(address(last_month)).context["screen"]
    assert [cell.text for cell in screen.versions.rows[0].cells][-1] == "马会计：还有一件未登记"
    assert labels(clerk.get(address(last_month))) == ["核对结账"]


def test_a_locked_month_says_what_moved_and_whether_to_reopen(
    people: Any, browser: Any, letters: Any, last_month: Period
) -> None:
    at = datetime.now(UTC)
    row = periods.prepare(period=last_month, by=people.clerk, at=at)
    periods.approve(period_id=row.pk, by=people.head, at=at)
    head = browser(people.head)
    assert head.get(address(last_month)).context["screen"].drift == ()
    receipts.take_receipt(channel=Channel.LETTER, received_on=last_month.first, by=people.mail_room, at=at)
    screen = head.get(address(last_month)).context["screen"]
    assert [alert.title for alert in screen.alerts] == ["建议重新打开"]
    listed = head.get("/periods/", year=str(last_month.first.year)).context["screen"].table
    (line,) = [row for row in listed.rows if row.cells[0].text == last_month.label]
    assert line.cells[5].sub == "建议重新打开"


def test_a_month_that_runs_tells_when_it_ends(people: Any, browser: Any) -> None:
    now = month_of(local_day(datetime.now(UTC)))
    answer = browser(people.clerk).get(address(now))
    assert labels(answer) == []
    assert "结束后可以核对结账" in answer.content.decode()


@pytest.mark.parametrize("written", ["2026-13", "2026-Q5", "abc", "20266"])
def test_what_is_no_period_is_no_page(people: Any, browser: Any, written: str) -> None:
    assert browser(people.clerk).get(f"/periods/{written}/").status_code == 404


def test_the_list_shows_a_year_by_months_quarters_and_itself(
    people: Any, browser: Any, letters: Any, queries_of: Any
) -> None:
    clerk = browser(people.clerk)
    assert queries_of(lambda: clerk.get("/periods/")) <= QUERIES_OF_A_LIST
    rows = clerk.get("/periods/", year="2025").context["screen"].table.rows
    assert [row.cells[0].text for row in rows][2:5] == ["2025年3月", "2025年第一季度", "2025年4月"]
    assert len(rows) == 17
    assert clerk.get("/periods/", year="年").context["screen"].table.rows


def test_today_tells_clerk_and_head_of_what_waits(people: Any, browser: Any) -> None:
    def told(person: Any) -> str:
        alert = browser(person).get("/").context["screen"].closing
        return alert.words if alert else ""

    oldest, *_others = queries.open_periods(at=datetime.now(UTC))
    assert told(people.clerk).startswith(f"{oldest.period.label}待核对（")
    assert told(people.leader) == ""
    periods.prepare(period=oldest.period, by=people.clerk, at=datetime.now(UTC))
    assert told(people.head).startswith(f"{oldest.period.label}待审定（")


def test_the_first_day_after_a_month_it_can_be_closed(people: Any, browser: Any) -> None:
    closed = browser(people.clerk).post("/periods/2025-12/prepare", form_token="december-of-last-year")
    assert closed.status_code == 302
    assert ReportedPeriod.objects.get().first_on == date(2025, 12, 1)
