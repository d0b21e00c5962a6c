"""账号 in the administrator's browser: opened, changed, closed, reset; the person's own: password and tokens."""

import re
from typing import Any

import pytest

from huiyin.accounts.actions import staff_of_token
from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.office.actions import accounts
from huiyin.county.office.actions.accounts import AccountEntry
from huiyin.county.registry.states import State

HOST = "qinglan.localhost"
PASSWORD = "only-for-tests-2026"
ZHAO = {
    "username": "zhao",
    "name": "赵文清",
    "title": "科员",
    "phone": "0199-5550120",
    "roles": ["clerk"],
    "unit_code": "",
}


def code_shown(answer: Any) -> str:
    box = answer.context["screen"].token
    return str(box.value) if box else ""


def test_an_account_is_opened_its_code_shown_once_and_its_person_signs_in(people: Any, browser: Any) -> None:
    keeper = browser(people.administrator)
    answer = keeper.post("/staff/new", **ZHAO, form_token="open-zhao-0000001")
    code = code_shown(answer)
    assert answer.status_code == 200
    assert code in answer.content.decode()
    again = keeper.post("/staff/new", **ZHAO, form_token="open-zhao-0000001")
    assert (again.status_code, code_shown(again)) == (200, "")
    assert code not in again.content.decode()
    assert Staff.objects.filter(username="zhao").count() == 1
    person = browser()
    assert person.post("/activate/", token=code, password="zhao-chose-2026").status_code == 302
    assert person.post("/sign-in/", username="zhao", password="zhao-chose-2026").status_code == 302
    assert person.get("/petitions/").status_code == 200


def test_what_is_wrong_with_an_account_is_said_and_the_form_stays_filled(people: Any, browser: Any) -> None:
    answer = browser(people.administrator).post("/staff/new", **{**ZHAO, "roles": ["clerk", "unit_clerk"]})
    assert answer.status_code == 422
    assert "承办单位的账号不能兼信访办的角色" in answer.content.decode()
    assert 'value="赵文清"' in answer.content.decode()


def test_from_a_unit_the_form_begins_with_the_unit(people: Any, browser: Any) -> None:
    form = browser(people.administrator).get("/staff/new", unit="water").context["screen"].form
    assert (form["unit_code"].value(), form["roles"].value()) == ("water", ["unit_clerk"])


def test_the_list_is_narrowed_by_words_and_by_whose_they_are(people: Any, browser: Any) -> None:
    keeper = browser(people.administrator)

    def names(**query: str) -> set[str]:
        return {row.cells[0].text for row in keeper.get("/staff/", **query).context["screen"].table.rows}

    assert {"马会计", "何立群", "王主任"} <= names()
    assert names(q="县水务局") == {"何立群", "水局长"}
    assert names(group="units") == {"何立群", "水局长", "田有禾"}
    assert "何立群" not in names(group="office")
    assert names(group="closed") == set()


def test_a_changed_role_opens_its_pages_at_once(people: Any, browser: Any) -> None:
    auditor, keeper = browser(people.auditor), browser(people.administrator)
    assert auditor.get("/imports/").status_code == 403
    values = {"name": "沈审", "title": "", "phone": "", "roles": ["clerk"], "unit_code": ""}
    answer = keeper.post(f"/staff/{people.auditor.pk}/change", **values)
    assert (answer.status_code, answer["Location"]) == (302, f"/staff/{people.auditor.pk}/")
    assert auditor.get("/imports/").status_code == 200


def test_a_closed_account_is_out_at_once_and_comes_back(people: Any, browser: Any) -> None:
    head, keeper = browser(people.head), browser(people.administrator)
    assert head.get("/petitions/").status_code == 200
    assert keeper.post(f"/staff/{people.head.pk}/disable").status_code == 302
    assert head.get("/petitions/").status_code == 302
    assert head.post("/sign-in/", username="wang", password=PASSWORD).status_code == 422
    assert keeper.post(f"/staff/{people.head.pk}/enable").status_code == 302
    assert head.post("/sign-in/", username="wang", password=PASSWORD).status_code == 302


def test_whoever_answers_for_an_open_petition_is_handed_over_first(people: Any, browser: Any, a_petition: Any) -> None:
    a_petition(State.REGISTERED)
    answer = browser(people.administrator).post(f"/staff/{people.clerk.pk}/disable")
    assert answer.status_code == 409
    assert "1 件未办结" in answer.content.decode()
    assert Staff.objects.get(pk=people.clerk.pk).is_active


def test_a_reset_ends_the_session_and_the_password(people: Any, browser: Any) -> None:
    clerk, keeper = browser(people.clerk), browser(people.administrator)
    answer = keeper.post(f"/staff/{people.clerk.pk}/reset", form_token="reset-ma-00000001")
    code = code_shown(answer)
    assert clerk.get("/petitions/").status_code == 302
    assert clerk.post("/sign-in/", username="ma", password=PASSWORD).status_code == 422
    again = keeper.post(f"/staff/{people.clerk.pk}/reset", form_token="reset-ma-00000001")
    assert code_shown(again) == ""
    assert browser().post("/activate/", token=code, password="ma-chose-2026").status_code == 302


def test_signing_a_person_out_ends_their_session_and_leaves_their_password(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    assert clerk.get("/petitions/").status_code == 200
    browser(people.administrator).post(f"/staff/{people.clerk.pk}/sign-out")
    assert clerk.get("/petitions/").status_code == 302
    assert clerk.post("/sign-in/", username="ma", password=PASSWORD).status_code == 302


def test_an_administrators_own_page_offers_nothing_against_themselves(people: Any, browser: Any) -> None:
    keeper = browser(people.administrator)
    assert keeper.get(f"/staff/{people.administrator.pk}/").context["screen"].buttons == ()
    assert keeper.post(f"/staff/{people.administrator.pk}/disable").status_code == 409


def test_an_account_that_is_not_there_answers_404(people: Any, browser: Any) -> None:
    keeper = browser(people.administrator)
    for path in ("", "change"):
        assert keeper.get(f"/staff/987654321/{path}").status_code == 404
    for path in ("disable", "enable", "reset", "sign-out"):
        assert keeper.post(f"/staff/987654321/{path}").status_code == 404


def test_two_administrators_and_the_one_left_cannot_go(people: Any, browser: Any) -> None:
    entry = AccountEntry(name="郑明", roles=frozenset({Role.ADMINISTRATOR}))
    other = accounts.open_account(
        username="zheng", entry=entry, by=people.administrator, at=people.administrator.created_at
    ).staff
    keeper = browser(other)
    assert keeper.post(f"/staff/{people.administrator.pk}/disable").status_code == 302
    assert keeper.post(f"/staff/{other.pk}/disable").status_code == 409


@pytest.mark.parametrize("role", ["clerk", "unit_clerk", "administrator"])
def test_a_person_changes_their_own_password_and_stays_signed_in_here(role: str, people: Any, browser: Any) -> None:
    person = getattr(people, role)
    if role == "administrator":
        person.password = people.clerk.password
        person.save(update_fields=["password"])
    here, elsewhere = browser(person), browser(person)
    values = {"current": PASSWORD, "password": "another-one-2026", "again": "another-one-2026"}
    assert here.post("/account/password", **values).status_code == 302
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"current": "wrong", "password": "another-one-2026", "again": "another-one-2026"}, "现在的密码不正确"),
        ({"current": PASSWORD, "password": "another-one-2026", "again": "another-two-2026"}, "两次输入的新密码不同"),
        ({"current": PASSWORD, "password": "short", "again": "short"}, "密码"),
    ],
)
def test_a_password_that_does_not_do_is_refused_in_words(
    values: dict[str, str], words: str, people: Any, browser: Any
) -> None:
    answer = browser(people.clerk).post("/account/password", **values)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert "another-one-2026" not in text


def test_guessing_the_present_password_is_stopped_like_at_the_door(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    wrong = {"current": "a-guess-2026", "password": "another-one-2026", "again": "another-one-2026"}
    for _ in range(5):
        assert "现在的密码不正确" in clerk.post("/account/password", **wrong).content.decode()
    answer = clerk.post("/account/password", **{**wrong, "current": PASSWORD})
    assert "登录失败次数过多" in answer.content.decode()
    assert Staff.objects.get(pk=people.clerk.pk).password == people.clerk.password


def test_a_token_is_shown_once_works_and_is_revoked(people: Any, browser: Any) -> None:
    clerk = browser(people.clerk)
    answer = clerk.post("/account/tokens", name="月报程序", form_token="token-ma-00000001")
    secret = answer.context["screen"].made.value
    assert staff_of_token(secret) == people.clerk
    again = clerk.post("/account/tokens", name="月报程序", form_token="token-ma-00000001")
    assert secret not in again.content.decode()
    assert "只显示一次" in again.content.decode()
    assert secret not in clerk.get("/account/").content.decode()
    revoke = re.search(r'action="(/account/tokens/\d+/revoke)"', again.content.decode())
    assert revoke is not None
    assert browser(people.head).post(revoke[1]).status_code == 404
    assert clerk.post(revoke[1]).status_code == 302
    assert staff_of_token(secret) is None


def test_the_frame_leads_to_ones_own_account(people: Any, browser: Any) -> None:
    for person in (people.unit_clerk, people.clerk, people.administrator):
        assert browser(person).get("/help/").context["office"].account_href == "/account/"
