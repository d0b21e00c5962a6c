"""收件、重大紧急、草稿、相似、内容分类、复核 by API."""

from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt

WATER = "反映上松村农业水费重复收取，要求退还多收部分"
LETTER = {"summary": WATER, "name": "马长根", "phone": "13900001234"}


def good(answer: Any) -> Any:
    """The JSON of an answer that must be a good one."""
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def refused(answer: Any, status: int) -> str:
    """The code of a refusal."""
    assert answer.status_code == status, answer.content.decode()
    code: str = answer.json()["code"]
    return code


def test_an_item_from_above_keeps_its_source_and_its_day(program: Any, people: Any, received: Any) -> None:
    today = timezone.localdate().isoformat()
    above = {"origin": "superior", "origin_name": "省人大常委会", "origin_number": "7号", "origin_due_on": today}
    receipt = Receipt.objects.get(pk=received(mail_number="xa1", addressed_to="congress", **above))
    assert (receipt.origin_name, receipt.mail_number, str(receipt.origin_due_on)) == (
        "省人大常委会",
        "XA1",
        today,
    )
    made = good(program(people.clerk).post(f"/receipts/{receipt.pk}/register", LETTER))
    clocks = good(program(people.clerk).get(f"/petitions/{made['id']}"))
    assert any(today in str(clock) for clock in clocks["deadlines"] if "disposition" in str(clock))
    body = {"channel": "letter", "received_on": today, "origin": "leader"}
    assert refused(program(people.clerk).post("/receipts/", body), 409) == "receipt.origin_name_missing"


def test_the_urgent_way_before_registration(program: Any, people: Any, received: Any) -> None:
    pk, clerk = received(), program(people.clerk)
    call = {
        "to": "party_office", "person": "秦岳", "phone": "5550101", "words": "聚集",
        "reported_at": timezone.now().isoformat(),
    }  # fmt: skip
    assert refused(clerk.post(f"/receipts/{pk}/urgent/reports", call), 409) == "receipt.not_urgent"
    good(clerk.post(f"/receipts/{pk}/urgent", {"reason": "二十余人聚集"}))
    assert refused(clerk.post(f"/receipts/{pk}/register", LETTER), 409) == "receipt.urgent_not_reported"
    good(clerk.post(f"/receipts/{pk}/urgent/reports", call))
    assert refused(clerk.post(f"/receipts/{pk}/urgent/finish"), 409) == "receipt.duty_leader_not_told"
    good(clerk.post(f"/receipts/{pk}/urgent/reports", {**call, "to": "duty_leader"}))
    good(clerk.post(f"/receipts/{pk}/urgent/finish"))
    made = good(clerk.post(f"/receipts/{pk}/register", LETTER))
    assert Petition.objects.get(pk=made["id"]).is_urgent


def test_a_call_without_its_time_zone_is_misshapen(program: Any, people: Any, received: Any) -> None:
    call = {"to": "duty_leader", "person": "秦岳", "phone": "1", "words": "急", "reported_at": "2026-03-02T09:00:00"}
    answer = program(people.clerk).post(f"/receipts/{received()}/urgent/reports", call)
    assert refused(answer, 422) == "request.misshapen"


def test_a_repeat_a_joining_and_a_split(program: Any, people: Any, received: Any) -> None:
    clerk, came = program(people.clerk), received()
    first = good(clerk.post(f"/receipts/{came}/register", LETTER))
    repeat = {**LETTER, "relation": "repeat", "earlier_id": first["id"]}
    again = Petition.objects.get(pk=good(clerk.post(f"/receipts/{received()}/register", repeat))["id"])
    assert (again.repeats_id, again.recurrence) == (first["id"], "repeat")
    assert refused(clerk.post(f"/receipts/{came}/register", LETTER), 409) == "receipt.registered_already"
    split = good(clerk.post(f"/receipts/{came}/register", {**LETTER, "summary": "要求修路", "is_split": True}))
    assert split["number"] != first["number"]
    nowhere = {**LETTER, "relation": "joins", "earlier_id": 987654321}
    assert refused(clerk.post(f"/receipts/{received()}/register", nowhere), 409) == "petition.repeated_unknown"


def test_similar_petitions_with_their_reasons(program: Any, people: Any, received: Any) -> None:
    clerk = program(people.clerk)
    first = good(clerk.post(f"/receipts/{received()}/register", {**LETTER, "signer_count": 2, "signers": ["牛得水"]}))
    found = good(clerk.post("/petitions/similar", {"phone": "139-0000-1234", "summary": WATER}, key=None))
    assert [one["petition_id"] for one in found] == [first["id"]]
    assert found[0]["reasons"] == ["同人：电话相同", "概况相似100%"]
    assert good(clerk.post("/petitions/similar", {"signers": ["牛得水"], "summary": WATER}, key=None))
    assert good(clerk.post("/petitions/similar", {"name": "无名"}, key=None)) == []
    assert refused(program(people.leader).post("/petitions/similar", {}, key=None), 403) == "permission.role_missing"


def test_a_draft_is_kept_in_place_of_the_one_before(program: Any, people: Any, received: Any) -> None:
    clerk, path = program(people.clerk), f"/receipts/{received()}/draft"
    assert good(clerk.get(path)) == {"values": {}, "saved_at": None}

    def put(values: dict[str, str]) -> Any:
        return clerk.put(path, {"values": values})

    assert good(put({"summary": "一半"}))["saved_at"]
    good(put({"summary": "全部"}))
    assert good(clerk.get(path))["values"] == {"summary": "全部"}
    assert refused(put({"content": "长" * 20_001}), 409) == "draft.too_large"
    assert good(program(people.head).get(path))["values"] == {}


@pytest.mark.parametrize(("q", "code"), [("slsd", "0110"), ("草原", "0206")])
def test_a_class_is_found_by_letters_and_words(program: Any, people: Any, q: str, code: str) -> None:
    assert good(program(people.clerk).get("/categories/", q=q))[0]["code"] == code


def test_a_class_is_suggested_never_applied_and_reviewed(program: Any, people: Any, received: Any) -> None:
    clerk, head = program(people.clerk), program(people.head)
    pk = good(clerk.post(f"/receipts/{received()}/register", LETTER))["id"]
    suggested = good(clerk.get(f"/petitions/{pk}/class-suggestion"))
    assert (suggested["is_enough"], suggested["code"]) == (False, "")
    assert suggested["words"].startswith("样本不足")
    assert refused(head.post(f"/petitions/{pk}/review", {}), 409) == "petition.not_classified"
    clerk.upload(f"/petitions/{pk}/attachments", "信.pdf", b"%PDF-1.4\n1\n%%EOF", kind="original")
    good(clerk.post(f"/petitions/{pk}/read", {"note": "已阅"}))
    decided = {"purpose": "claim", "category_code": "0110", "recurrence": "first", "jurisdiction": "superior"}
    without_law = {**decided, "article": "第四十九条"}
    assert refused(clerk.post(f"/petitions/{pk}/classify", without_law), 409) == "petition.article_without_statute"
    good(clerk.post(f"/petitions/{pk}/classify", decided))
    assert refused(clerk.post(f"/petitions/{pk}/review", {}), 403) == "permission.role_missing"
    version = Petition.objects.get(pk=pk).version
    assert refused(head.post(f"/petitions/{pk}/review", {}, If_Match="1"), 409) == "petition.edited_meanwhile"
    good(
        head.post(
            f"/petitions/{pk}/review", {"classification": {**decided, "category_code": "0206"}}, If_Match=str(version)
        )
    )
    petition = Petition.objects.get(pk=pk)
    assert (petition.category_path, petition.jurisdiction) == ("自然资源/草原管理", "superior")
    assert petition.classification_reviewed_by == people.head
