"""Every disposition by API, one call each."""

from typing import Any

import pytest

from huiyin.county.assignment.models import Assignment
from huiyin.county.registry.models import Petition

GIVEN = {"unit_code": "water", "handler_name": "何立群", "redaction_confirmed": True}
GROUNDS = {"reason": "涉及面广", "basis": "《信访工作条例》第二十三条"}
PDF = b"%PDF-1.4\n% invented scan\n%%EOF\n"


@pytest.fixture
def classified(program: Any, people: Any, received: Any) -> Any:
    """Bring a letter to 已归类 by the calls that lead there."""

    def made(**about: object) -> int:
        clerk, receipt = program(people.clerk), received()
        pk: int = clerk.post(f"/receipts/{receipt}/register", {"summary": "反映断水", "name": "马长根"}).json()["id"]
        clerk.upload(f"/petitions/{pk}/attachments", "信.pdf", PDF + str(pk).encode() + b"\n%%EOF\n", kind="original")
        clerk.post(f"/petitions/{pk}/read", {"note": "已阅"})
        decided = {"purpose": "claim", "category_code": "0110", "recurrence": "first", **about}
        assert clerk.post(f"/petitions/{pk}/classify", decided).status_code == 200
        return pk

    return made


def state_of(pk: int) -> str:
    return Petition.objects.get(pk=pk).state


def test_lead_co_handler_change_of_lead_and_withdrawal(program: Any, people: Any, classified: Any) -> None:
    pk, clerk = classified(), program(people.clerk)
    further = {"unit_code": "agriculture", "handler_name": "田有禾"}
    lead = clerk.post(f"/petitions/{pk}/assign", {**GIVEN, "co_handlers": [further]}).json()
    co = Assignment.objects.get(unit__code="agriculture")
    assert clerk.post(f"/assignments/{co.pk}/lead", {"reason": "职责调整"}).json()["id"] == co.pk
    joined = {"unit_code": "songlin", "handler_name": "马所长", "redaction_confirmed": True}
    third = clerk.post(f"/petitions/{pk}/co-handlers", joined)
    assert third.status_code == 200, third.content.decode()
    for row in (lead["id"], third.json()["id"], co.pk):
        taken = clerk.post(f"/assignments/{row}/withdraw", {"reason": "重新研究"})
        assert taken.json()["state"] == "withdrawn", taken.content.decode()
    assert state_of(pk) == "classified"


def test_what_is_important_is_proposed_and_approved(program: Any, people: Any, classified: Any) -> None:
    pk, clerk, leader = classified(wants_leader=True), program(people.clerk), program(people.leader)
    refused = clerk.post(f"/petitions/{pk}/assign", GIVEN)
    assert (refused.status_code, refused.json()["code"]) == (409, "disposition.needs_proposal")
    both = {"kind": "assignment", "giving": GIVEN | GROUNDS, "ending": GROUNDS}
    assert clerk.post(f"/petitions/{pk}/propose", both).json()["code"] == "proposal.incomplete"
    first = clerk.post(f"/petitions/{pk}/propose", {"kind": "assignment", "giving": GIVEN | GROUNDS}).json()
    assert leader.post(f"/proposals/{first['id']}/send-back", {"words": "请补充"}).status_code == 200
    second = clerk.post(f"/petitions/{pk}/propose", {"kind": "assignment", "giving": GIVEN | GROUNDS}).json()
    assert clerk.post(f"/proposals/{second['id']}/approve", {}).json()["code"] == "permission.role_missing"
    assert leader.post(f"/proposals/{second['id']}/approve", {"words": "同意"}).status_code == 200
    assert state_of(pk) == "assigned"
    assert leader.post("/proposals/987654321/approve", {}).status_code == 404


def test_a_mixed_letter_is_split_and_its_sealed_part_sent_on(program: Any, people: Any, classified: Any) -> None:
    pk, officer = classified(), program(people.restricted)
    told = {
        "summary": "要求退还水费",
        "excerpt": "多交水费四百元",
        "accusation": "反映站长收受好处",
        "accused": [{"name": "高站长", "unit_code": "irrigation_station"}],
        "checked_by_id": people.head.pk,
    }
    part = officer.post(f"/petitions/{pk}/split", told).json()
    assert program(people.clerk).get(f"/petitions/{part['id']}").status_code == 404
    officer.post(
        f"/petitions/{part['id']}/classify",
        {"purpose": "accusation", "category_code": "0110", "recurrence": "first"},
    )
    sent = officer.post(
        f"/petitions/{part['id']}/transfer-sealed",
        {"unit_code": "supervision", "handler_name": "信访室", "approver_id": people.head.pk},
    )
    assert (sent.status_code, state_of(part["id"])) == (200, "transferred_sealed"), sent.content.decode()
    barred = program(people.clerk).post(f"/petitions/{pk}/assign", {**GIVEN, "unit_code": "irrigation_station"})
    assert barred.json()["code"] == "assignment.unit_accused"


def test_what_another_edited_meanwhile_is_not_decided(program: Any, people: Any, classified: Any) -> None:
    pk, clerk = classified(), program(people.clerk)
    answer = clerk.post(f"/petitions/{pk}/assign", GIVEN, If_Match='"1"')
    assert (answer.status_code, answer.json()["code"]) == (409, "petition.edited_meanwhile")
    assert state_of(pk) == "classified"


def test_the_simple_procedure_by_call(program: Any, people: Any, classified: Any) -> None:
    pk, clerk = classified(), program(people.clerk)
    refused = clerk.post(f"/petitions/{pk}/assign", {**GIVEN, "is_simple": True, "is_refusal_likely": True})
    assert refused.json()["code"] == "assignment.not_simple"
    assert clerk.post(f"/petitions/{pk}/assign", {**GIVEN, "is_simple": True}).status_code == 200
    assert Assignment.objects.get(petition_id=pk).is_simple
