"""What is wrong with a call is said in words, and nothing of it is half-written."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.journal.models import Entry
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt

LETTER = {"summary": "反映上松村断水", "name": "马长根"}
KEY = "the-same-key-0000001"
SIX = [{"name": f"代表{one}"} for one in "一二三四五六"]


def test_the_same_key_gets_the_same_answer_with_its_query_code(program: Any, people: Any, received: Any) -> None:
    clerk, receipt = program(people.clerk), received()
    first, again = (clerk.post(f"/receipts/{receipt}/register", LETTER, key=KEY).json() for _ in range(2))
    assert first == again
    assert len(first["query_code"]) == 12
    assert Petition.objects.count() == Entry.objects.filter(event="petition.registered").count() == 1


def test_the_same_key_with_another_body_is_refused(program: Any, people: Any, received: Any) -> None:
    clerk, receipt = program(people.clerk), received()
    clerk.post(f"/receipts/{receipt}/register", LETTER, key=KEY)
    other = clerk.post(f"/receipts/{receipt}/register", {**LETTER, "summary": "另一件事"}, key=KEY)
    assert (other.status_code, other.json()["code"]) == (422, "submission.other_body")
    assert "query_code" not in other.json()
    assert Petition.objects.count() == 1


def test_the_key_of_one_account_shows_another_nothing(program: Any, people: Any, received: Any) -> None:
    receipt = received()
    program(people.clerk).post(f"/receipts/{receipt}/register", LETTER, key=KEY)
    other = program(people.head).post(f"/receipts/{receipt}/register", LETTER, key=KEY)
    assert (other.status_code, "query_code" in other.json()) == (422, False)


@pytest.mark.parametrize(
    ("key", "code"),
    [(None, "submission.key_missing"), ("short", "submission.bad_key"), ("x" * 81, "submission.bad_key")],
)
def test_a_write_without_a_proper_key_is_refused(key: str | None, code: str, program: Any, people: Any) -> None:
    body = {"channel": "letter", "received_on": timezone.localdate().isoformat()}
    answer = program(people.clerk).post("/receipts/", body, key=key)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"sumary": "错字"}, "sumary"),
        ({"summary": None}, "summary"),
        ({"summary": 7}, "summary"),
        ({"petitioner_kind": "ghost"}, "petitioner_kind"),
        ({"representatives": [{"name": "代表", "role": "lead"}]}, "role"),
        ({"claims": "退费"}, "claims"),
    ],
)
def test_a_body_of_the_wrong_shape_names_the_place(  # noqa: PLR0917  # a table's columns and the people
    change: dict[str, object], where: str, program: Any, people: Any, received: Any, tables: Any
) -> None:
    receipt, before = received(), None
    before = tables()
    answer = program(people.clerk).post(f"/receipts/{receipt}/register", {**LETTER, **change})
    assert (answer.status_code, answer.json()["code"]) == (422, "request.misshapen")
    assert any(where in fault["where"] for fault in answer.json()["faults"])
    assert tables() == before


def test_a_body_that_is_no_json_is_refused(program: Any, people: Any) -> None:
    by = program(people.clerk)
    answer = by.client.post(
        "/api/receipts/",
        "{",
        content_type="application/json",
        headers=by.headers({"Idempotency-Key": KEY}),
        HTTP_HOST=by.host,
    )
    assert answer.status_code in {400, 422}
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize(
    ("channel", "change", "code", "words"),
    [
        ("letter", {"summary": "  "}, "petition.summary_missing", "请填写概况"),
        ("letter", {"summary": "长" * 501}, "petition.summary_too_long", "500字"),
        ("letter", {"name": ""}, "petition.name_missing", "姓名"),
        ("walk_in", {"head_count": 9, "representatives": SIX}, "", "代表"),
        ("walk_in", {"head_count": 1, "representatives": SIX[:2]}, "petition.more_representatives_than_people", "多于"),
        ("letter", {"identity_number": "990121197001011230"}, "", "校验码|身份证"),
        ("letter", {"phone": "1391234"}, "", "电话|号码"),
        ("letter", {"head_count": 0}, "receipt.nobody_came", "至少"),
    ],
)
def test_a_registration_that_cannot_be_is_refused_and_leaves_nothing(  # noqa: PLR0917  # a table's columns
    channel: str,
    change: dict[str, object],
    code: str,
    words: str,
    program: Any,
    people: Any,
    received: Any,
    tables: Any,
) -> None:
    clerk, receipt = program(people.clerk), received(channel, head_count=9 if channel == "walk_in" else 1)
    before = tables()
    refused = clerk.post(f"/receipts/{receipt}/register", {**LETTER, **change}, key=KEY)
    assert refused.status_code == 409, refused.content.decode()
    answer = refused.json()
    assert set(answer) == {"code", "words"}
    assert not code or answer["code"] == code
    assert any(word in answer["words"] for word in words.split("|")), answer
    assert tables() == before
    right = clerk.post(f"/receipts/{receipt}/register", LETTER, key=KEY)
    assert right.json()["number"].endswith("1号"), "the refused call used neither the number nor the key"


def test_a_receipt_from_the_future_is_refused_and_leaves_nothing(program: Any, people: Any, tables: Any) -> None:
    before = tables()
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = program(people.clerk).post("/receipts/", {"channel": "letter", "received_on": tomorrow.isoformat()})
    assert (answer.status_code, answer.json()["code"]) == (409, "receipt.from_the_future")
    assert "晚于今天" in answer.json()["words"]
    assert tables() == before


def test_an_edit_of_an_older_version_is_refused(program: Any, people: Any, received: Any, tables: Any) -> None:
    clerk = program(people.clerk)
    pk = clerk.post(f"/receipts/{received('phone')}/register", LETTER).json()["id"]
    seen = str(clerk.get(f"/petitions/{pk}").json()["version"])
    assert clerk.post(f"/petitions/{pk}/read", {"note": "已阅"}, If_Match=f'"{seen}"').status_code == 200
    before = tables()
    body = {"purpose": "claim", "category_code": "0110", "recurrence": "first"}
    late = clerk.post(f"/petitions/{pk}/classify", body, If_Match=seen)
    assert (late.status_code, late.json()["code"]) == (409, "petition.edited_meanwhile")
    assert clerk.post(f"/petitions/{pk}/classify", body, If_Match="latest").status_code == 422
    assert tables() == before


def test_a_step_out_of_order_is_refused_in_words(program: Any, people: Any, received: Any, tables: Any) -> None:
    clerk = program(people.clerk)
    pk = clerk.post(f"/receipts/{received()}/register", LETTER).json()["id"]
    before = tables()
    for step, body in (
        ("read", {"note": "已阅"}),
        ("close", None),
        ("assign", {"unit_code": "water", "handler_name": "何", "redaction_confirmed": True}),
    ):
        answer = clerk.post(f"/petitions/{pk}/{step}", body)
        assert (answer.status_code, bool(answer.json()["words"])) == (409, True)
    assert tables() == before


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='x'/>", b"%PDF-1.4 cut off", b"PK\x03\x04"])
def test_an_upload_that_is_no_scan_is_refused(
    data: bytes, program: Any, people: Any, received: Any, tables: Any
) -> None:
    clerk = program(people.clerk)
    pk = clerk.post(f"/receipts/{received()}/register", LETTER).json()["id"]
    before = tables()
    answer = clerk.upload(f"/petitions/{pk}/attachments", "信.pdf", data, kind="original")
    assert (answer.status_code, answer.json()["code"].partition(".")[0]) == (409, "attachment")
    assert tables() == before


def test_an_unknown_unit_class_or_colleague_is_refused_in_words(program: Any, people: Any, received: Any) -> None:
    clerk = program(people.clerk)
    pk = clerk.post(f"/receipts/{received('phone')}/register", LETTER).json()["id"]
    clerk.post(f"/petitions/{pk}/read", {"note": "已阅"})
    wrong = {"purpose": "claim", "category_code": "9999", "recurrence": "first"}
    for path, body in (
        ("classify", wrong),
        ("void", {"reason": "错登", "approver_id": 987654321}),
        ("assign", {"unit_code": "nowhere", "handler_name": "何立群", "redaction_confirmed": True}),
    ):
        answer = clerk.post(f"/petitions/{pk}/{path}", body)
        assert (answer.status_code, bool(answer.json()["words"])) == (409, True), path
