"""异议、告知、进展、延期 by API: each once per key, refused with code and words, another unit's not there."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.unit_models import Extension, Notice, Objection, Progress
from huiyin.county.journal.models import Entry
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State

SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"


@pytest.fixture
def given(program: Any, people: Any, received: Any) -> Assignment:
    """What 县水务局 was given today."""
    clerk, came = program(people.clerk), received()
    pk = clerk.post(f"/receipts/{came}/register", {"summary": "反映上松村断水", "name": "马长根"}).json()["id"]
    clerk.upload(f"/petitions/{pk}/attachments", "信.pdf", SCAN, kind="original")
    clerk.post(f"/petitions/{pk}/read", {"note": "已阅"})
    clerk.post(f"/petitions/{pk}/classify", {"purpose": "claim", "category_code": "01", "recurrence": "first"})
    body = {"unit_code": "water", "handler_name": "何立群", "redaction_confirmed": True}
    assert clerk.post(f"/petitions/{pk}/assign", body).status_code == 200
    return Assignment.objects.get(petition_id=pk)


@pytest.fixture
def signed(given: Assignment, program: Any, people: Any) -> Assignment:
    body = {"handler_name": "何立群", "handler_phone": "0199-5550111"}
    assert program(people.unit_clerk).post(f"/assignments/{given.pk}/sign", body).status_code == 200
    return given


def test_a_unit_objects_once_and_the_office_gives_the_matter_on(given: Assignment, program: Any, people: Any) -> None:
    he, body = program(people.unit_clerk), {"reasons": "不属本局职责", "competent": "县农业农村局"}
    answers = [he.post(f"/assignments/{given.pk}/objections", body, key="the-same-key-twice") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    pk = answers[0].json()["id"]
    assert answers[1].json()["id"] == pk
    assert he.get("/objections/", pending="true").json()[0]["state"] == "pending"
    to = {"unit_code": "agriculture", "handler_name": "田有禾"}
    unconfirmed = program(people.clerk).post(f"/objections/{pk}/uphold", {"words": "同意", "to": to})
    assert (unconfirmed.status_code, unconfirmed.json()["code"]) == (409, "assignment.redaction_unconfirmed")
    agreed = {"words": "同意", "to": to, "redaction_confirmed": True}
    assert program(people.clerk).post(f"/objections/{pk}/uphold", agreed).status_code == 200
    assert Petition.objects.get(pk=given.petition_id).state == State.ASSIGNED.value
    own = he.get("/objections/").json()[0]
    assert (own["state"], own["given_to"]) == ("upheld", ""), "a unit is not told to whom it went"
    assert program(people.clerk).get("/objections/").json()[0]["given_to"] == "agriculture"


def test_the_office_does_not_agree_and_a_second_one_goes_to_a_leader(
    given: Assignment, program: Any, people: Any
) -> None:
    clerk = program(people.clerk)
    pk = clerk.post(f"/assignments/{given.pk}/objections", {"reasons": "不属职责"}).json()["id"]
    assert clerk.post(f"/objections/{pk}/refuse", {"words": "属本单位职责"}).status_code == 200
    Objection.objects.filter(pk=pk).delete()
    second = Objection.objects.create(
        petition=given.petition,
        assignment=given,
        round=2,
        state="pending",
        reasons="不属职责",
        stood="issued",
        petition_stood="assigned",
        raised_at=timezone.now(),
        raised_by=people.unit_clerk,
    )
    Assignment.objects.filter(pk=given.pk).update(state="disputed")
    refused = clerk.post(f"/objections/{second.pk}/refuse", {"words": "属本单位职责"})
    assert refused.json()["code"] == "objection.needs_adjudicator"
    named = clerk.post(f"/objections/{second.pk}/adjudicator", {"adjudicator_id": people.leader.pk})
    assert named.status_code == 200
    other = program(people.group_head).post(f"/objections/{second.pk}/adjudicate", {"words": "由水务局办理"})
    assert (other.status_code, other.json()["code"]) == (409, "objection.not_the_adjudicator")
    decided = program(people.leader).post(f"/objections/{second.pk}/adjudicate", {"words": "由水务局办理"})
    assert decided.json()["state"] == "refused"


def test_a_unit_tells_and_reports_progress(signed: Assignment, program: Any, people: Any) -> None:
    he, now = program(people.unit_clerk), timezone.now()
    body = {"told_at": now.isoformat(), "method": "phone", "words": "已受理"}
    assert he.post(f"/assignments/{signed.pk}/notice", body).status_code == 200
    later = {**body, "told_at": (now + timedelta(days=1)).isoformat()}
    assert he.post(f"/assignments/{signed.pk}/notice", later).json()["code"] == "notice.told_already"
    assert he.post(f"/assignments/{signed.pk}/progress", {"words": "已核对"}).status_code == 200
    drafted = he.post(f"/assignments/{signed.pk}/draft", {"values": {"facts": "经查"}})
    assert drafted.status_code == 200
    assert (Notice.objects.count(), Progress.objects.count()) == (1, 1)


def test_more_time_is_asked_approved_and_told(signed: Assignment, program: Any, people: Any) -> None:
    he, head = program(people.unit_clerk), program(people.unit_head)
    beyond = he.post(f"/assignments/{signed.pk}/extensions", {"amount": 31, "reason": "测量"})
    assert (beyond.status_code, beyond.json()["code"]) == (409, "deadline.extension_beyond_cap")
    assert Entry.objects.filter(event="act.refused").count() == 1
    pk = he.post(f"/assignments/{signed.pk}/extensions", {"amount": 15, "reason": "测量"}).json()["id"]
    assert he.post(f"/extensions/{pk}/approve", {}).status_code == 403
    assert head.post(f"/extensions/{pk}/approve", {}).json()["state"] == "approved"
    told = {"told_at": timezone.now().isoformat(), "method": "written", "words": "延期十五日"}
    assert he.post(f"/extensions/{pk}/tell", told).status_code == 200
    assert Extension.objects.get().told_at is not None
    assert he.get("/extensions/").json()[0]["approver"] == "水局长"


def test_the_office_asks_what_to_look_at_again(signed: Assignment, program: Any, people: Any) -> None:
    claim = signed.petition.claims.get()
    answers = [{"claim_id": claim.pk, "outcome": "supported", "words": ""}]
    body = {"facts": "属实", "basis": "《水法》", "handler_name": "何立群", "answers": answers}
    clerks = program(people.unit_clerk).post(f"/assignments/{signed.pk}/report", body)
    assert clerks.json()["code"] == "report.head_reports"
    assert program(people.unit_head).post(f"/assignments/{signed.pk}/report", body).status_code == 200
    found = {one["finding"] for one in program(people.clerk).get(f"/assignments/{signed.pk}/checks").json()}
    assert found == {"unanswered", "mismatch", "reply_missing", "proof_missing", "not_told", "too_short"}
    assert program(people.unit_clerk).get(f"/assignments/{signed.pk}/checks").status_code == 403


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("objections", {"reasons": "不属职责"}),
        ("progress", {"words": "已核对"}),
        ("extensions", {"amount": 10, "reason": "测量"}),
        ("draft", {"values": {}}),
        ("notice", {"told_at": "2026-03-02T09:00:00+08:00", "method": "phone", "words": "已受理"}),
    ],
)
def test_what_is_another_units_is_not_there(
    path: str, body: dict[str, object], signed: Assignment, program: Any, people: Any
) -> None:
    assert program(people.other_unit_clerk).post(f"/assignments/{signed.pk}/{path}", body).status_code == 404
