"""网上信访, 评价, 补充材料, 打开答复 by program, without an account: the same rules as the pages."""

import base64
from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.office.contact_models import Contact
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import State
from huiyin.county.reply.actions import replies
from huiyin.county.reply.models import Delivery, Evaluation
from huiyin.county.reply.states import ReplyKind

CODE = "ABCDEFGHJKMN"
PDF = b"%PDF-1.4\n% invented receipt\n%%EOF\n"
WRITTEN = {
    "content": "水费收了两次。今年三月交过，六月又来收。",
    "name": "马大山",
    "phone": "13912340001",
    "has_consented": True,
    "files": [{"name": "收据.pdf", "data": base64.b64encode(PDF).decode()}],
}


def test_a_petition_is_sent_once_under_its_key_and_asked_for_at_once(program: Any) -> None:
    first, second = (program().post("/web-petitions/", WRITTEN, key="one-web-petition-1") for _ in range(2))
    assert first.status_code == 200
    assert first.json() == second.json()
    assert first["Cache-Control"] == "no-store"
    assert Receipt.objects.filter(channel="web").count() == 1
    told = first.json()
    for number in (told["number"], "0001"):
        answer = program().post("/status/", {"number": number, "code": told["query_code"]}, key=None).json()
        assert (answer["number"], answer["words"]) == (told["number"], "已经收到，信访办公室正在登记。")
    too_early = {"number": told["number"], "code": told["query_code"], "words": "又一张收据"}
    assert program().post("/status/supplement", too_early).json()["code"] == "status.not_registered"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"has_consented": False}, 422, "web.consent_missing"),
        ({"phone": ""}, 422, "web.phone_missing"),
        ({"taken_by": 1}, 422, "request.misshapen"),
        ({"files": [{"name": "a.pdf", "data": base64.b64encode(b"<html>").decode()}]}, 409, "attachment.unknown_type"),
    ],
)
def test_what_the_page_refuses_the_call_refuses(
    change: dict[str, object], status: int, code: str, program: Any, tables: Any
) -> None:
    before = tables()
    answer = program().post("/web-petitions/", {**WRITTEN, **change})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert tables() == before


@pytest.mark.parametrize(
    ("purpose", "is_accusation", "who"),
    [
        ("claim", False, ("clerk", "restricted")),
        ("accusation", False, ("restricted",)),
        ("claim", True, ("restricted",)),
    ],
)
def test_the_words_are_read_by_whoever_registers_them(
    purpose: str, is_accusation: bool, who: tuple[str, ...], program: Any, people: Any
) -> None:
    program().post("/web-petitions/", {**WRITTEN, "purpose": purpose, "is_accusation": is_accusation})
    receipt = Receipt.objects.get(channel="web")
    assert receipt.is_sealed is (who == ("restricted",))
    for role in ("clerk", "restricted", "mail_room", "leader", "unit_clerk", "auditor"):
        answer = program(getattr(people, role)).get(f"/receipts/{receipt.pk}/submission")
        assert (answer.status_code == 200) is (role in who), role
        assert ("水费" in str(answer.json())) is (role in who), role


def test_an_accusation_is_registered_by_nobody_else_by_program(program: Any, people: Any) -> None:
    program().post("/web-petitions/", {**WRITTEN, "is_accusation": True})
    receipt = Receipt.objects.get(channel="web")
    body = {"summary": "改成普通件", "name": "马大山"}
    assert program(people.clerk).post(f"/receipts/{receipt.pk}/register", body).status_code == 403
    assert not Petition.objects.filter(receipt=receipt).exists()


def test_an_answer_is_opened_and_evaluated_once(program: Any, people: Any, a_petition: Any) -> None:
    petition, asked = a_petition(State.VERIFIED), {}
    written = replies.reply(
        petition_id=petition.pk, kind=ReplyKind.OUTCOME, text="已退还。", by=people.clerk, at=timezone.now()
    )
    asked = {"number": petition.number, "code": CODE}
    told = program().post("/status/", asked, key=None).json()
    assert (told["answers"][0]["text"], told["may_evaluate"]) == ("", False)
    for _ in range(2):
        opened = program().post(f"/status/replies/{written.pk}/open", asked, key=None).json()
    assert opened["answers"][0]["text"] == "已退还。"
    assert Delivery.objects.get(reply=written).recorded_by is None
    judged = {**asked, "satisfaction": "mostly"}
    first, second = (program().post("/status/evaluate", judged, key="one-evaluation-01") for _ in range(2))
    assert first.json() == second.json()
    assert first.json()["evaluation"] == "基本满意"
    assert program().post("/status/evaluate", judged).json()["code"] == "evaluation.done_already"
    assert Evaluation.objects.count() == 1


def test_a_supplement_needs_the_code_and_is_passed_on_by_the_office(program: Any, people: Any, a_petition: Any) -> None:
    petition = a_petition(State.IN_PROGRESS)
    body = {"number": petition.number, "code": CODE, "words": "又一张收据", "files": WRITTEN["files"]}
    assert program().post("/status/supplement", {**body, "code": "ZZZZZZZZZZZZ"}).status_code == 422
    assert program().post("/status/supplement", body).json()["supplements"]
    row = petition.supplements.get()
    assert program(people.unit_clerk).post(f"/supplements/{row.pk}/pass-on").status_code == 403
    assert program(people.clerk).post(f"/supplements/{row.pk}/pass-on").status_code == 200
    assert program(people.clerk).post(f"/supplements/{row.pk}/pass-on").json()["code"] == (
        "supplement.passed_on_already"
    )


def test_every_call_counts_the_same_failures(program: Any, a_petition: Any) -> None:
    petition = a_petition(State.CLOSED)
    wrong, right = ({"number": petition.number, "code": code} for code in ("ZZZZZZZZZZZZ", CODE))
    for path, more in (("evaluate", {"satisfaction": "satisfied"}), ("supplement", {"words": "收据"})) * 3:
        program().post(f"/status/{path}", {**wrong, **more})
    answer = program().post("/status/", right, key=None)
    assert (answer.status_code, answer.json()["code"]) == (409, "status.locked")


def test_how_the_office_is_reached_is_published_by_its_keepers(program: Any, people: Any) -> None:
    assert program().get("/office/contact").json() == {"address": "", "phone": "", "hours": ""}
    body = {"address": "青岚县人民路1号", "phone": "0199-5550100", "hours": "工作日上午"}
    assert program(people.leader).post("/office/contact", body).status_code == 403
    assert program(people.clerk).post("/office/contact", {**body, "phone": "abc"}).status_code == 409
    assert program(people.clerk).post("/office/contact", body).status_code == 200
    assert program().get("/office/contact").json() == body
    page = program().client.get("/portal/", HTTP_HOST="qinglan.localhost").content.decode()
    assert all(words in page for words in body.values())
    program(people.head).post("/office/contact", {"phone": "0199-5550100"})
    page = program().client.get("/portal/", HTTP_HOST="qinglan.localhost").content.decode()
    assert "人民路" not in page
    assert Contact.objects.count() == 1
