"""消息: what a person was told, in the browser, and the number beside it in every frame."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from huiyin.accounts.models import Staff
from huiyin.county.office import notifications
from huiyin.county.office.models import Notification
from huiyin.county.office.states import NotificationKind

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOST = "qinglan.localhost"


def told(person: Staff, words: str = "县水务局签收了交办件", *, key: str = "one", href: str = "") -> Notification:
    notifications.notify(key=key, to=[person], kind=NotificationKind.FROM_UNIT, words=words, at=AT, href=href)
    return Notification.objects.get(key=key, to_staff=person)


def badge_of(answer: Any) -> int | None:
    found = {item.label: item.count for group in answer.context["office"].nav.groups for item in group.items}
    count: int | None = found["消息"]
    return count


@pytest.mark.parametrize("role", ["clerk", "administrator", "mail_room", "auditor", "unit_clerk", "unit_head"])
def test_everyone_has_their_own_messages_and_their_number(role: str, people: Any, browser: Any) -> None:
    person = getattr(people, role)
    told(person, "给本人的消息")
    told(people.leader, "给别人的消息", key="other")
    answer = browser(person).get("/notifications/")
    assert "给本人的消息" in answer.content.decode()
    assert "给别人的消息" not in answer.content.decode()
    assert badge_of(answer) == 1


def test_the_number_stands_on_every_page_and_goes_with_the_last_message(people: Any, browser: Any) -> None:
    row, clerk = told(people.clerk), browser(people.clerk)
    page = clerk.get("/help/")
    assert badge_of(page) == 1
    assert re.search(r'hy-nav-count">1<span class="visually-hidden">条未读', page.content.decode())
    clerk.post(f"/notifications/{row.pk}/read")
    assert badge_of(clerk.get("/help/")) == 0
    assert "hy-nav-count" not in clerk.get("/help/").content.decode()


def test_opening_a_message_reads_it_and_leads_on(people: Any, browser: Any) -> None:
    row, clerk = told(people.clerk, href="/petitions/"), browser(people.clerk)
    answer = clerk.post(f"/notifications/{row.pk}/read", go="1")
    assert (answer.status_code, answer["Location"]) == (302, "/petitions/")
    row.refresh_from_db()
    assert row.read_at is not None


def test_marking_a_message_stays_on_the_page(people: Any, browser: Any) -> None:
    row, clerk = told(people.clerk, href="/petitions/"), browser(people.clerk)
    assert clerk.post(f"/notifications/{row.pk}/read")["Location"] == "/notifications/"


def test_another_persons_message_is_not_there(people: Any, browser: Any) -> None:
    row = told(people.head)
    assert browser(people.clerk).post(f"/notifications/{row.pk}/read").status_code == 404
    row.refresh_from_db()
    assert row.read_at is None


def test_all_are_read_at_once(people: Any, browser: Any) -> None:
    for number in range(3):
        told(people.clerk, key=str(number))
    clerk = browser(people.clerk)
    assert "全部标为已读" in clerk.get("/notifications/").content.decode()
    clerk.post("/notifications/read-all")
    assert not Notification.objects.to(people.clerk).unread().exists()
    assert "全部标为已读" not in clerk.get("/notifications/").content.decode()


def test_a_page_holds_fifty_messages_and_costs_the_same(people: Any, browser: Any, queries_of: Any) -> None:
    clerk = browser(people.clerk)
    told(people.clerk)
    few = queries_of(lambda: clerk.get("/notifications/"))
    for number in range(60):
        told(people.clerk, key=f"more-{number}")
    assert queries_of(lambda: clerk.get("/notifications/")) == few
    assert len(clerk.get("/notifications/").context["screen"].messages.items) == 50
    assert len(clerk.get("/notifications/", page="2").context["screen"].messages.items) == 11


def test_the_number_costs_one_query(people: Any, browser: Any, queries_of: Any) -> None:
    clerk, nobody = browser(people.clerk), browser()
    without = queries_of(lambda: nobody.get("/sign-in/"))
    # The page of help asks nothing itself: what is left is the session, the account and the number.
    assert queries_of(lambda: clerk.get("/help/")) - without == 3


def test_reading_is_a_post(people: Any, browser: Any) -> None:
    row, clerk = told(people.clerk), browser(people.clerk)
    for path in (f"/notifications/{row.pk}/read", "/notifications/read-all"):
        assert clerk.get(path).status_code == 405
    row.refresh_from_db()
    assert row.read_at is None
