"""消息, 账号, 机关事务 and 帮助 in a real browser: by the keyboard, wide and on a phone, without a complaint of axe."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from huiyin.accounts.models import Staff
from huiyin.county.office import notifications
from huiyin.county.office.states import NotificationKind
from huiyin.kernel.tenant import Tenant, entered

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "only-for-tests-2026"


@pytest.fixture
def three_messages(committed_county: Tenant) -> None:
    """Three messages that 马会计 has not read."""
    with entered(committed_county):
        clerk = Staff.objects.get(username="ma")
        for number in range(1, 4):
            notifications.notify(
                key=f"browser-{number}",
                to=[clerk],
                kind=NotificationKind.FROM_UNIT,
                words=f"第{number}件交办件已签收",
                at=datetime.now(UTC),
                href="/petitions/",
            )


@pytest.fixture
def known_password(committed_county: Tenant) -> None:
    """The administrator of 临时县 has the password of everyone else."""
    with entered(committed_county):
        password = Staff.objects.get(username="ma").password
        Staff.objects.filter(username="administrator").update(password=password)


def test_messages_are_marked_in_place_and_the_number_follows(three_messages: None, desk: Any) -> None:
    clerk = desk("linshi")
    clerk.sign_in("ma")
    clerk.go("/notifications/")
    clerk.looks("messages")
    count = clerk.page.locator(".hy-nav-count")
    assert count.inner_text().startswith("3")
    address = clerk.page.url
    clerk.page.locator(".hy-message-mark button").first.press("Enter")
    clerk.page.locator(".hy-message-new").nth(2).wait_for(state="detached")
    assert count.inner_text().startswith("2")
    assert clerk.page.url == address
    with clerk.page.expect_navigation():
        clerk.page.locator(".hy-message-new .hy-message-open").first.press("Enter")
    assert clerk.page.url.endswith("/petitions/")
    assert count.inner_text().startswith("1")
    assert not clerk.complaints


def test_an_account_is_opened_by_the_keyboard_and_its_person_signs_in(known_password: None, desk: Any) -> None:
    keeper = desk("linshi")
    keeper.sign_in("administrator")
    keeper.go("/staff/")
    keeper.looks("accounts")
    keeper.presses("开户")
    keeper.looks("open-account")
    keeper.types("username", "zhao")
    keeper.types("name", "赵文清")
    keeper.reach("roles").keyboard.press("1")
    keeper.sends()
    keeper.looks("one-time-token")
    code = re.search(r"激活码\s+(\S{20,})", keeper.text())
    assert code, keeper.text()
    person = desk("linshi")
    person.go("/activate/")
    person.types("token", code[1])
    person.types("password", PASSWORD)
    person.sends("Enter")
    person.sign_in("zhao")
    person.go("/account/")
    person.looks("own-account")
    person.types("name", "月报程序")
    person.sends()
    assert re.search(r"hy_\S{30,}", person.text())
    person.looks("own-token")


@pytest.mark.parametrize(
    ("name", "path", "shown"),
    [
        ("group", "/office/", "秦岳"),
        ("group-new", "/office/leading-group/new", "组内职责"),
        ("units", "/office/units/", "县水务局"),
        ("trainings", "/office/trainings/", "培训班"),
        ("training-new", "/office/trainings/new", "参训人数"),
        ("hearings", "/office/hearings/", "年度听取"),
        ("hearing-new", "/office/hearings/new", "审议意见"),
        ("regulations", "/office/regulations/", "制度汇编"),
        ("regulation-new", "/office/regulations/new", "正文"),
        ("help", "/help/", "按事情查"),
        ("help-found", "/help/?q=密件", "保密回避"),
        ("help-page", "/help/accounts/", "激活码"),
        ("help-promises", "/help/promises/", "M1"),
    ],
)
def test_each_page_of_the_office_is_whole_wide_and_on_a_phone(name: str, path: str, shown: str, desk: Any) -> None:
    clerk = desk("linshi")
    clerk.sign_in("ma")
    clerk.go(path)
    assert shown in clerk.text()
    clerk.looks(name)
