"""From the envelope to the number by the keyboard alone: counted keys, counted page loads."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SUMMARY = "反映上松村农业水费重复收取，要求退还多收部分"
KEYS_PER_SECOND = 4
KEYS_PER_CHARACTER = 4  # of a Chinese word, by pinyin, with the choice
MEASURED_KEYS = 53
CHINESE = re.compile(r"[一-鿿]")


@dataclass
class Hands:
    """Ten fingers: whatever they do is counted, and so is every page that is loaded for it."""

    page: Any
    keys: int = 0
    loads: int = 0

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        self.loads += request.is_navigation_request()

    def press(self, keys: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(keys)
            self.keys += keys.count("+") + 1

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)
        chinese = len(CHINESE.findall(text))
        self.keys += chinese * KEYS_PER_CHARACTER + len(text) - chinese

    def tabs_to(self, name: str) -> None:
        for _ in range(20):
            self.press("Tab")
            if self.page.evaluate("() => document.activeElement.name") == name:
                return
        raise AssertionError(f"{name} is far from where the hands were")

    def waits_for(self, name: str) -> None:
        self.page.wait_for_function(f"() => document.activeElement && document.activeElement.name === '{name}'")

    @property
    def seconds(self) -> float:
        return self.keys / KEYS_PER_SECOND


def test_a_letter_is_registered_within_a_minute_of_keys_and_two_page_loads(
    desk: Callable[[str], Any], tmp_path: Path
) -> None:
    scan = tmp_path / "信.pdf"
    scan.write_bytes(b"%PDF-1.4\n% invented scan\n%%EOF\n")
    clerk = desk("linshi")
    clerk.sign_in("ma")
    hands = Hands(clerk.page)
    with clerk.page.expect_navigation():
        hands.press("n")
    hands.waits_for("sender")
    hands.types("马长根")
    hands.press("Control+Enter")
    hands.waits_for("name")
    assert clerk.page.locator("[name=name]").input_value() == "马长根"
    hands.tabs_to("phone")
    hands.types("13900001234")
    hands.tabs_to("place")
    hands.types("上松村")
    hands.tabs_to("summary")
    clerk.page.keyboard.type(SUMMARY)
    hands.tabs_to("scan")
    hands.press("Enter")
    clerk.page.locator("[name=scan]").set_input_files(str(scan))  # the dialog that opens is the system's, not ours
    with clerk.page.expect_navigation():
        hands.press("Control+Enter")
    assert re.search(r"临人信〔\d{4}〕\d+号", clerk.text())
    assert (hands.loads, hands.keys) == (2, MEASURED_KEYS)
    assert hands.seconds < 60
    assert not clerk.complaints


def test_an_envelope_of_a_stack_takes_its_sender_and_one_key(desk: Callable[[str], Any]) -> None:
    room = desk("linshi")
    room.sign_in("shou")
    room.go("/receipts/mail-room")
    hands = Hands(room.page)
    hands.waits_for("sender")
    for number, sender in enumerate(("马长根", "牛得水", "周桂兰"), start=1):
        hands.types(sender)
        hands.press("Enter")
        room.page.wait_for_function(f"() => document.body.innerText.includes('今天已收 {number} 封')")
        hands.waits_for("sender")
    assert (hands.keys, hands.loads) == (3 * (3 * KEYS_PER_CHARACTER + 1), 0)
    room.looks("mail-room")


def test_similar_petitions_are_shown_while_the_clerk_types_and_chosen_by_a_key(desk: Callable[[str], Any]) -> None:
    clerk = desk("linshi")
    clerk.sign_in("ma")
    clerk.go("/receipts/new")
    clerk.types("sender", "周桂兰")
    clerk.page.keyboard.press("Control+Enter")
    clerk.page.wait_for_selector("#registration")
    clerk.types("summary", "松林镇上松村农业水费收缴标准不公开，要求公示账目")
    clerk.page.wait_for_selector(".hy-similar")
    assert "同人：姓名相同；概况相似" in clerk.text()
    clerk.looks("similar")
    clerk.reach("是重复件：" + clerk.page.locator(".hy-similar a").first.inner_text()).keyboard.press("Enter")
    assert clerk.page.locator("[name=relation]:checked").get_attribute("value") == "repeat"
    assert clerk.page.locator("[name=earlier]").input_value().startswith("临人访")


def test_what_was_typed_is_there_again_after_the_browser_was_closed(desk: Callable[[str], Any]) -> None:
    clerk = desk("linshi")
    clerk.sign_in("ma")
    clerk.go("/receipts/new")
    clerk.types("sender", "马长根")
    clerk.page.keyboard.press("Control+Enter")
    clerk.page.wait_for_selector("#registration")
    address = clerk.page.url
    clerk.types("summary", SUMMARY)
    clerk.page.wait_for_function("() => document.body.innerText.includes('已自动保存')")
    again = desk("linshi")
    again.sign_in("ma")
    again.go(address[len(again.origin) :])
    assert again.page.locator("[name=summary]").input_value() == SUMMARY
    assert "自动保存的内容" in again.text()


def test_a_class_is_found_by_its_initials_and_the_list_follows(desk: Callable[[str], Any], tmp_path: Path) -> None:
    scan = tmp_path / "信.pdf"
    scan.write_bytes(b"%PDF-1.4\n% another invented scan\n%%EOF\n")
    clerk = desk("linshi")
    clerk.sign_in("ma")
    clerk.go("/petitions/?q=承包地")
    clerk.page.keyboard.press("j")
    clerk.sends("Enter")
    clerk.page.locator("#id_attach-scan").set_input_files(str(scan))
    clerk.presses("上传")
    clerk.types("note", "已阅")
    clerk.sends()
    clerk.page.locator(".hy-combo-search").focus()
    clerk.page.keyboard.type("tdcb")
    clerk.page.wait_for_function("() => document.querySelector('[name=classify-category]').options.length < 25")
    assert "样本不足" in clerk.text()
    clerk.looks("classify")
    chosen = clerk.page.locator("[name=classify-category] option:checked").inner_text()
    assert chosen == "农村农业/土地承包经营"
    clerk.reach("purpose").keyboard.press("1")
    clerk.sends()
    assert "农村农业/土地承包经营" in clerk.text()


def test_groups_of_fields_follow_the_channel(desk: Callable[[str], Any]) -> None:
    clerk = desk("linshi")
    clerk.sign_in("ma")
    clerk.go("/receipts/new")
    assert clerk.page.locator("[name=postmarked_on]").is_visible()
    assert not clerk.page.locator("[name=caller_phone]").is_visible()
    clerk.reach("channel").keyboard.press("3")
    assert clerk.page.locator("[name=caller_phone]").is_visible()
    assert not clerk.page.locator("[name=postmarked_on]").is_visible()
    clerk.looks("receipt-phone")
