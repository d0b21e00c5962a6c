"""A petitioner at the portal: writes, keeps the receipt, asks, evaluates; in large print and without JavaScript."""

import threading
from typing import Any

from django.db import connections
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.county.reply.actions import replies
from huiyin.county.reply.states import ReplyKind
from huiyin.kernel.tenant import Tenant, entered


def write(petitioner: Any) -> tuple[str, str]:
    """Fill the form in and return the number and the code of the receipt."""
    petitioner.go("/portal/petition/")
    petitioner.types("name", "马大山")
    petitioner.types("phone", "13912340001")
    petitioner.types("place_words", "上松村三组")
    petitioner.types("content", "水费收了两次。今年三月交过，六月又来收，找过村委会，没有结果。")
    petitioner.types("claims", "退还多收的水费")
    petitioner.reach("has_consented").keyboard.press("Space")
    petitioner.presses("提交")
    number, code = petitioner.page.locator(".hy-code-value").all_inner_texts()
    return number.strip(), code.strip()


def answer(county: Tenant, number: str) -> None:
    """Let the office answer what came of a receipt; beside the browser's own loop, so in a thread."""
    with entered(county):
        petition = Petition.objects.get(receipt__number=number)
        Petition.objects.filter(pk=petition.pk).update(state=State.VERIFIED.value)
        by = Staff.objects.get(username="ma")
        text = "多收的120元已退还，收费标准已在村务栏公示。"
        replies.reply(petition_id=petition.pk, kind=ReplyKind.OUTCOME, text=text, by=by, at=timezone.now())
    connections.close_all()


def test_the_pages_are_whole_in_both_sizes_of_print(desk: Any) -> None:
    petitioner = desk("linshi")
    for name, path in (
        ("home", "/portal/"),
        ("questions", "/portal/questions/"),
        ("form", "/portal/petition/"),
        ("status", "/portal/status/"),
    ):
        petitioner.go(path)
        petitioner.looks(f"portal-{name}")
    petitioner.presses("大字版")
    assert petitioner.page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "22.5px"
    for name, path in (("home", "/portal/"), ("form", "/portal/petition/"), ("status", "/portal/status/")):
        petitioner.go(path)
        petitioner.looks(f"portal-{name}-large")


def test_a_petition_is_written_asked_for_and_evaluated(desk: Any, committed_county: Tenant) -> None:
    petitioner, clerk = desk("linshi"), desk("linshi")
    number, code = write(petitioner)
    petitioner.looks("portal-receipt")
    clerk.sign_in("ma")
    clerk.go("/receipts/?waiting=1")
    clerk.page.get_by_role("link", name=number).click()
    assert clerk.page.locator("[name=name]").input_value() == "马大山"
    clerk.reach("summary")
    clerk.sends()
    clerk.looks("web-registered")
    thread = threading.Thread(target=answer, args=(committed_county, number))
    thread.start()
    thread.join()
    petitioner.page.get_by_role("link", name="去查询").click()
    assert petitioner.page.locator("[name=number]").input_value() == number
    petitioner.types("code", code.lower())
    petitioner.sends("Enter")
    petitioner.looks("portal-own")
    petitioner.presses("打开答复")
    assert "多收的120元已退还" in petitioner.text()
    petitioner.presses("补充材料")
    petitioner.looks("portal-supplement")
    petitioner.types("words", "又找到一张收据")
    petitioner.presses("提交")
    petitioner.reach("satisfaction").keyboard.press("3")
    petitioner.types("reason", "渠道还没有修")
    petitioner.presses("提交评价")
    assert "由信访办公室决定是否重新办理" in petitioner.text()
    petitioner.looks("portal-evaluated")
    clerk.go("/petitions/")
    clerk.page.get_by_role("link", name="网").first.click()
    assert "又找到一张收据" in clerk.text()
    clerk.looks("petition-from-the-web")
    petitioner.presses("结束查询")
    petitioner.go("/portal/status/own/")
    assert "请重新输入编号和查询码" in petitioner.text()


def test_everything_works_without_javascript(desk: Any) -> None:
    petitioner = desk("linshi")
    context = petitioner.page.context.browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{petitioner.origin}/portal/")
    page.get_by_role("button", name="大字版").click()
    page.get_by_role("button", name="标准字").wait_for()
    page.get_by_role("link", name="写网上信访").click()
    page.locator("[name=name]").fill("马大山")
    page.locator("[name=phone]").fill("13912340001")
    page.locator("[name=content]").fill("路灯坏了三个月没人修。")
    page.locator("[name=has_consented]").check()
    page.get_by_role("button", name="提交").click()
    assert "已经收到" in page.inner_text("body")
    context.close()
