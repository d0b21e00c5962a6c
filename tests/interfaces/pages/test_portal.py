"""The petitioner's own question: number and code, the same answer for what is unknown and what is wrong."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from huiyin.accounts.models import SignInFailure
from huiyin.county.office.models import ReceptionDay
from huiyin.county.registry.states import Confidentiality, State
from huiyin.interfaces.portal.progress import PLAIN
from huiyin.interfaces.portal.question import written_number
from huiyin.kernel.calendar import local_day
from huiyin.kernel.tenant import Tenant

CODE = "ABCDEFGHJKMN"


def asked(browser: Any, number: str, code: str) -> Any:
    return browser().post("/portal/status/", number=number, code=code)


@pytest.mark.parametrize("code", [CODE, CODE.lower(), "ABCD EFGH JKMN", "abcd-efgh-jkmn"])
def test_number_and_code_tell_the_state_in_plain_words(code: str, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.IN_PROGRESS)
    page = asked(browser, petition.number, code).content.decode()
    assert "承办单位已经签收，正在办理" in page
    assert "何立群" not in page


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "()", "【】", "（）", "\uff3b\uff3d"])
def test_brackets_may_be_written_in_any_way(brackets: str) -> None:
    assert written_number(f" 青人信 {brackets[0]}2026{brackets[1]}17号 ") == "青人信〔2026〕17号"


def test_the_answer_given_to_the_petitioner_is_there(browser: Any, a_petition: Any) -> None:
    page = asked(browser, a_petition(State.CLOSED).number, CODE).content.decode()
    assert "多收部分已退还" in page
    assert "邮寄" in page


def test_unknown_and_wrong_get_the_same_answer(browser: Any, a_petition: Any) -> None:
    wrong = asked(browser, a_petition().number, "ZZZZZZZZZZZZ")
    unknown = asked(browser, "青人信〔2026〕999号", CODE)
    assert wrong.status_code == unknown.status_code == 422
    told = [answer.context["screen"].form.non_field_errors() for answer in (wrong, unknown)]
    assert told[0] == told[1] == ["编号或查询码不正确，请核对后再试"]


def test_after_five_failures_even_the_right_code_waits_and_the_offices_own_sign_in_does_not(
    browser: Any, a_petition: Any
) -> None:
    petition = a_petition()
    for _ in range(5):
        asked(browser, petition.number, "ZZZZZZZZZZZZ")
    locked = asked(browser, petition.number, CODE)
    assert locked.status_code == 422
    assert "15分钟" in locked.content.decode()
    assert not SignInFailure.objects.exclude(source=None).exists()


def test_a_sealed_item_tells_only_that_it_arrived(browser: Any, a_petition: Any) -> None:
    petition = a_petition(summary="检举某人", confidentiality=Confidentiality.SEALED)
    page = asked(browser, petition.number, CODE).content.decode()
    assert "由专人按规定办理" in page
    assert "检举某人" not in page


def test_every_state_has_its_plain_words() -> None:
    assert set(PLAIN) == set(State)


def test_the_answer_is_kept_nowhere_on_the_way(browser: Any, a_petition: Any) -> None:
    assert "no-store" in asked(browser, a_petition().number, CODE)["Cache-Control"]


def test_the_next_reception_days_are_announced(browser: Any, county: Tenant) -> None:
    today = local_day(timezone.now())
    ReceptionDay.objects.create(on=today, leader_name="苏静文", place="一楼接待室")
    ReceptionDay.objects.create(on=date(2020, 1, 6), leader_name="秦老主任", place="旧楼")
    page = browser().get("/portal/").content.decode()
    assert "苏静文" in page
    assert "秦老主任" not in page
