"""来信 in a real browser: registered by the keyboard, handled by a unit, answered, closed, and looked up."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from huiyin.accounts.actions import open_account
from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.kernel.tenant import entered

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def registers(clerk: Any, tmp_path: Path) -> tuple[str, str]:
    """Take and register a letter by the keyboard; return the number and the query code that are shown."""
    scan = tmp_path / "信.pdf"
    scan.write_bytes(b"%PDF-1.4\n% invented scan\n%%EOF\n")
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("n")
    clerk.looks("receipt")
    clerk.reach("channel").keyboard.press("1")
    clerk.types("sender", "马长根")
    clerk.sends()
    clerk.types("phone", "13900001234")
    clerk.types("summary", "反映上松村农业水费重复收取，要求退还多收部分")
    clerk.types("claims", "退还多收的水费")
    clerk.reach("scan")
    clerk.page.locator(":focus").set_input_files(str(scan))  # the dialog that opens is the system's, not ours
    clerk.looks("register")
    clerk.sends()
    shown = clerk.text()
    number = re.search(r"临人信〔\d{4}〕\d+号", shown)
    code = re.search(r"\b[2-9A-HJ-NP-Z]{12}\b", shown)
    assert number, shown
    assert code, shown
    clerk.looks("registered")
    return number.group(), code.group()


def test_a_letter_goes_its_way_by_the_keyboard(  # noqa: PLR0915  # the whole way is one way
    desk: Callable[[str], Any], tmp_path: Path
) -> None:
    clerk, unit, petitioner = desk("linshi"), desk("linshi"), desk("linshi")
    clerk.go("/sign-in/")
    clerk.looks("sign-in")
    clerk.sign_in("ma")
    clerk.looks("today")
    number, code = registers(clerk, tmp_path)

    clerk.presses("打开这件信访件")
    clerk.types("note", "水费收据两张，拟交县水务局")
    clerk.sends()
    clerk.reach("purpose").keyboard.press("1")
    clerk.picks("category", "农业")
    clerk.reach("recurrence").keyboard.press("1")
    clerk.sends()
    clerk.picks("unit", "县水务局")
    clerk.types("handler_name", "何立群")
    clerk.reach("redaction_confirmed").keyboard.press("Space")
    clerk.sends()
    clerk.looks("petition")

    unit.sign_in("shui")
    unit.looks("unit-today")
    unit.go("/assignments/")
    unit.looks("unit-list")
    unit.page.keyboard.press("j")
    unit.sends("Enter")
    unit.types("handler_phone", "0199-5550111")
    unit.sends()
    unit.looks("unit-assignment")
    unit.types("facts", "经核查，上松村2025年多收水费420元")
    unit.types("basis", "《中华人民共和国水法》第四十九条")
    unit.page.keyboard.press("Tab")
    chosen = unit.page.locator("[name^=outcome_]").first.get_attribute("name")
    unit.page.keyboard.press("Shift+Tab")
    unit.reach(chosen).keyboard.press("1")
    unit.sends()

    clerk.page.reload()
    clerk.presses("审核通过")
    clerk.types("text", "您反映的水费问题已查实，多收的420元已退还。")
    clerk.sends()
    clerk.reach("method").keyboard.press("1")
    clerk.types("proof", "挂号信 XA0001，本人签收")
    clerk.sends()
    clerk.presses("办结")
    assert "办结" in clerk.text()
    clerk.looks("petition-closed")

    petitioner.go("/portal/")
    petitioner.looks("portal")
    petitioner.go("/portal/status/")
    petitioner.types("number", number)
    petitioner.types("code", code.lower())
    petitioner.sends("Enter")
    assert "办结" in petitioner.text()
    assert "多收的420元已退还" in petitioner.text()
    petitioner.looks("portal-status")


@pytest.mark.parametrize(
    ("name", "path", "shown"),
    [
        ("list", "/petitions/", "周桂兰"),
        ("search", "/petitions/?q=水", "灌溉"),
        ("receipts", "/receipts/", "收件"),
        ("promises", "/promises/", "件件"),
        ("import", "/imports/", "台账"),
        ("help", "/help/", "按事情查"),
    ],
)
def test_each_page_is_whole_wide_and_on_a_phone(name: str, path: str, shown: str, desk: Any) -> None:
    clerk = desk("linshi")
    clerk.sign_in("ma")
    clerk.go(path)
    assert shown in clerk.text()
    clerk.looks(name)


def test_a_fault_is_said_where_it_stands_and_keeps_what_was_typed(desk: Any) -> None:
    clerk = desk("linshi")
    clerk.sign_in("ma")
    clerk.go("/receipts/new")
    clerk.reach("channel").keyboard.press("2")
    clerk.types("sender", "马长根")
    clerk.reach("head_count").keyboard.press("Control+A")
    clerk.page.keyboard.type("0")
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("Control+Enter")
    assert "尚未保存" in clerk.text()
    assert clerk.page.locator("[name=sender]").input_value() == "马长根"
    clerk.complaints.clear()  # the browser itself tells of every answer 422
    clerk.looks("fault")


@pytest.fixture
def viewer(committed_county: Any, provisioned: Any) -> Iterator[str]:
    """An account of the province that opens the board, taken away afterwards."""
    province = provisioned.offices["province"]
    with entered(province):
        staff = open_account(
            username="sheng",
            name="省级查看员",
            roles=frozenset({Role.PROVINCE_VIEWER}),
            at=datetime.now(UTC),
            password="only-for-tests-2026",
        )
    yield staff.username
    with entered(province):
        rows = Staff.objects.filter(pk=staff.pk)
        rows._raw_delete(rows.db)  # the province has no tables of a county that Django would look through


def test_the_board_of_the_province_opens(viewer: str, desk: Any) -> None:
    board = desk("province")
    board.sign_in(viewer)
    board.go("/")
    assert "青岚县" in board.text()
    assert "数据截至" in board.text()
    board.looks("board")
