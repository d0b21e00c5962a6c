"""在办总表 and 督办 in the browser: who answers for what, and reminders sent to all that are late at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.county.assignment.models import Assignment
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.states import Level
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.states import State


@pytest.fixture
def late(a_petition) -> Assignment:
    """An assignment whose signing is over since yesterday."""
    assigned: Assignment = a_petition(State.ASSIGNED).assignments.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    Deadline.objects.running().filter(petition=assigned.petition, clock="sign").update(due_on=yesterday)
    Petition.objects.filter(pk=assigned.petition_id).update(next_due_on=yesterday)
    return assigned


def test_the_board_names_owner_and_next_date_and_narrows(browser, people, late):
    clerk = browser(people.clerk)
    page = clerk.get("/board/").content.decode()
    assert "县水务局" in page
    assert "在办 1 件" in page
    assert late.petition.number in clerk.get("/board/", when="overdue", unit="water").content.decode()
    assert "没有符合条件的在办件" in clerk.get("/board/", when="today").content.decode()


def test_whoever_is_late_is_proposed_and_reminded_at_a_click(browser, people, late):
    clerk = browser(people.clerk)
    page = clerk.get("/oversight/").content.decode()
    assert "签收已逾期1天" in page
    assert "下一步：催办" in page
    values = {"assignment": [str(late.pk)], "form_token": "remind-once-000001"}
    assert [clerk.post("/oversight/remind", **values).status_code for _ in range(2)] == [302, 302]
    assert Oversight.objects.get().level == Level.REMINDER.value
    assert "没有需要督办的逾期件" in clerk.get("/oversight/").content.decode()


def test_an_auditor_looks_and_reminds_nobody(browser, people, late):
    auditor = browser(people.auditor)
    assert "催办勾选的单位" not in auditor.get("/oversight/").content.decode()
    assert auditor.post("/oversight/remind", assignment=[str(late.pk)]).status_code == 403
    assert not Oversight.objects.exists()


def test_a_unit_has_neither_board_nor_ledger(browser, people):
    he = browser(people.unit_clerk)
    assert [he.get(path).status_code for path in ("/board/", "/oversight/")] == [403, 403]


def test_each_step_is_taken_on_the_petitions_page_and_shown_there(browser, people, late):
    clerk, path = browser(people.clerk), f"/petitions/{late.petition_id}"
    due = (timezone.localdate() + timedelta(days=7)).isoformat()
    asked = {"assignment": str(late.pk), "trigger": "overdue", "words": "请尽快签收办理", "due_on": due}
    sent = {f"remind-{name}": value for name, value in asked.items()}
    assert clerk.post(f"{path}/remind", **sent).status_code == 302
    page = clerk.get(f"{path}/").content.decode()
    assert "请尽快签收办理" in page
    assert "发督办函" in page
    concluded = {
        "conclude-oversight-oversight": str(Oversight.objects.get().pk),
        "conclude-oversight-outcome": "已签收",
    }
    assert clerk.post(f"{path}/conclude-oversight", **concluded).status_code == 302
    assert Oversight.objects.get().outcome == "已签收"
