"""查询 by program: number and code, no account, the same answer for what is unknown and what is wrong."""

from typing import Any

import pytest
from django.test import Client

from huiyin.accounts.models import SignInFailure

LETTER = {"summary": "反映上松村断水", "name": "马长根"}
HOST = "qinglan.localhost"


@pytest.fixture
def letter(program: Any, people: Any, received: Any) -> dict[str, str]:
    """A registered letter: its number and its query code."""
    found: dict[str, str] = program(people.clerk).post(f"/receipts/{received()}/register", LETTER).json()
    return {"number": found["number"], "code": found["query_code"]}


def test_number_and_code_tell_how_the_petition_stands(program: Any, letter: dict[str, str]) -> None:
    answer = program().post("/status/", letter, key=None)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["number"], told["words"]) == (letter["number"], "您的来信来访已经登记，正在等待阅办。")
    assert [step["state"] for step in told["steps"]] == ["done", "now", "todo", "todo", "todo"]
    assert [fact["label"] for fact in told["facts"]] == ["收到", "登记"]
    assert answer["Cache-Control"] == "no-store"
    assert not {"马长根", "马会计"} & set(answer.content.decode())


def test_the_code_may_be_written_as_it_was_read_out(program: Any, letter: dict[str, str]) -> None:
    code = letter["code"].lower()
    written = {"number": letter["number"].replace("〔", "[").replace("〕", "]"), "code": f"{code[:4]}-{code[4:]}"}
    assert program().post("/status/", written, key=None).status_code == 200


def test_unknown_and_wrong_get_the_same_answer(program: Any, letter: dict[str, str]) -> None:
    wrong = program().post("/status/", {**letter, "code": "ZZZZZZZZZZZZ"}, key=None)
    unknown = program().post("/status/", {**letter, "number": "青人信〔2026〕999号"}, key=None)
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.content == unknown.content
    assert wrong.json()["code"] == "status.no_such_pair"


def test_page_and_program_count_the_same_failures(program: Any, letter: dict[str, str]) -> None:
    wrong = {**letter, "code": "ZZZZZZZZZZZZ"}
    for _ in range(3):
        Client().post("/portal/status/", wrong, HTTP_HOST=HOST)
    for _ in range(2):
        program().post("/status/", wrong, key=None)
    locked = program().post("/status/", letter, key=None)
    assert (locked.status_code, locked.json()["code"]) == (409, "status.locked")
    assert "15分钟" in locked.json()["words"]
    assert "15分钟" in Client().post("/portal/status/", letter, HTTP_HOST=HOST).content.decode()
    assert not SignInFailure.objects.exclude(source=None).exists(), "the office's own sign-in is not locked"


@pytest.mark.parametrize(
    "body",
    [
        {"number": "青人信〔2026〕1号"},
        {"number": "", "code": "ABCDEFGHJKMN"},
        {"number": "青人信〔2026〕1号", "code": "A" * 31},
        {"number": "青人信\x00", "code": "ABCDEFGHJKMN"},
        {"number": "青人信〔2026〕1号", "code": "ABCDEFGHJKMN", "name": "马长根"},
    ],
)
def test_a_question_of_the_wrong_shape_is_not_counted(body: dict[str, str], program: Any) -> None:
    answer = program().post("/status/", body, key=None)
    assert (answer.status_code, answer.json()["code"]) == (422, "request.misshapen")
    assert not SignInFailure.objects.exists()


def test_a_code_of_another_county_tells_nothing_here(letter: dict[str, str], other_county: Any) -> None:
    answer = Client().post("/api/status/", letter, content_type="application/json", HTTP_HOST=other_county.domain)
    assert answer.json()["code"] == "status.no_such_pair"
