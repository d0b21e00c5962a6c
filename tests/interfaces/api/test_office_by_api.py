"""机关事务 by API: messages, accounts, units, leading group, trainings, hearings, regulations."""

from datetime import UTC, datetime
from typing import Any

import pytest

from huiyin.accounts.models import Staff
from huiyin.county.journal.models import Submission
from huiyin.county.office import notifications
from huiyin.county.office.models import LeadingGroupMember, Notification, Regulation, Training, Unit
from huiyin.county.office.states import NotificationKind

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
PDF = b"%PDF-1.4\n% invented\n%%EOF\n"
PASSWORD = "only-for-tests-2026"
ZHAO = {"username": "zhao", "name": "赵文清", "roles": ["clerk"]}
CLASS = {
    "held_on": "2026-02-26",
    "topic": "信访工作条例",
    "teacher": "王主任",
    "participants": "各乡镇信访工作人员",
    "head_count": 62,
}
HEARD = {
    "heard_on": "2026-02-20",
    "heard_by": "directors",
    "meeting": "第四十一次主任会议",
    "resolution": "同意报告",
}
RULE = {"title": "信访工作办法", "kind": "own", "issued_on": "2025-06-01", "text": "件件有回音。"}


def told(person: Staff, key: str) -> int:
    notifications.notify(key=key, to=[person], kind=NotificationKind.DUE, words="3日后到期", at=AT, petition_id=7)
    return Notification.objects.get(key=key, to_staff=person).pk


def test_messages_are_the_callers_own_and_are_marked_read(program: Any, people: Any) -> None:
    first, second = told(people.unit_clerk, "one"), told(people.unit_clerk, "two")
    other = told(people.head, "one")
    unit = program(people.unit_clerk)
    page = unit.get("/notifications/").json()
    assert (page["total"], page["unread"]) == (2, 2)
    assert {one["id"] for one in page["items"]} == {first, second}
    assert page["items"][0]["petition_id"] == 7
    assert unit.post(f"/notifications/{first}/read").status_code == 200
    assert unit.post(f"/notifications/{other}/read").status_code == 404
    assert [one["id"] for one in unit.get("/notifications/").json()["items"]] == [second, first]
    assert unit.post("/notifications/read-all").status_code == 200
    assert unit.get("/notifications/").json()["unread"] == 0
    assert Notification.objects.get(pk=other).read_at is None


def test_an_account_is_opened_once_and_its_token_told_once(program: Any, people: Any) -> None:
    keeper = program(people.administrator)
    answer = keeper.post("/staff/", ZHAO, key="open-zhao-000000001")
    secret = answer.json()["secret"]
    assert len(secret) > 20
    again = keeper.post("/staff/", ZHAO, key="open-zhao-000000001")
    assert again.json() == {"id": answer.json()["id"], "secret": ""}
    assert secret not in str(list(Submission.objects.values_list("answer", flat=True)))
    assert keeper.post("/staff/", ZHAO).json()["code"] == "account.name_taken"
    assert "password" not in str(keeper.get("/staff/").json())


def test_an_account_is_changed_closed_opened_and_reset(program: Any, people: Any) -> None:
    keeper, head = program(people.administrator), people.head
    body = {"name": "王主任", "roles": ["head", "restricted"], "title": "法制委主任"}
    assert keeper.post(f"/staff/{head.pk}/change", body).status_code == 200
    assert keeper.post(f"/staff/{head.pk}/disable").status_code == 200
    assert keeper.post(f"/staff/{head.pk}/enable").status_code == 200
    assert keeper.post(f"/staff/{head.pk}/reset").json()["secret"]
    assert keeper.post(f"/staff/{head.pk}/sign-out").status_code == 200
    assert keeper.post(f"/staff/{people.administrator.pk}/disable").json()["code"] == "account.own"
    assert keeper.post("/staff/987654321/disable").status_code == 404


def test_whoever_answers_for_a_petition_is_not_closed_by_api_either(program: Any, people: Any, received: Any) -> None:
    clerk = program(people.clerk)
    clerk.post(f"/receipts/{received()}/register", {"summary": "反映上松村断水", "name": "马长根"})
    answer = program(people.administrator).post(f"/staff/{people.clerk.pk}/disable")
    assert (answer.status_code, answer.json()["code"]) == (409, "account.answers_for_petitions")


def test_a_persons_own_password_and_tokens(program: Any, people: Any) -> None:
    unit = program(people.unit_clerk)
    assert unit.get("/account/").json()["unit_code"] == "water"
    body = {"current": PASSWORD, "password": "another-one-2026"}
    assert unit.post("/account/password", body).status_code == 200
    assert unit.post("/account/password", body).json()["code"] == "account.wrong_password"
    made = unit.post("/account/tokens", {"name": "报表"}, key="token-000000000001")
    again = unit.post("/account/tokens", {"name": "报表"}, key="token-000000000001")
    assert (made.json()["secret"] != "", again.json()["secret"]) == (True, "")
    assert {one["name"] for one in unit.get("/account/tokens").json()} == {"报表", "试验"}
    assert program(people.head).post(f"/account/tokens/{made.json()['id']}/revoke").status_code == 404
    assert unit.post(f"/account/tokens/{made.json()['id']}/revoke").status_code == 200
    assert {one["name"] for one in unit.get("/account/tokens").json()} == {"试验"}


def test_guessing_the_present_password_by_api_is_stopped_too(program: Any, people: Any) -> None:
    clerk = program(people.clerk)
    codes = [
        clerk.post("/account/password", {"current": "a-guess-2026", "password": "another-one-2026"}).json()["code"]
        for _ in range(6)
    ]
    assert codes == ["account.wrong_password"] * 5 + ["account.locked"]


def test_a_unit_is_added_changed_and_goes(program: Any, people: Any) -> None:
    keeper = program(people.administrator)
    body = {"code": "forestry", "name": "县林草局", "branch": "government", "superior_code": "government"}
    pk = keeper.post("/units/", body).json()["id"]
    changed = {"name": "县林业和草原局", "branch": "government", "handlers": ["林森"]}
    assert keeper.post(f"/units/{pk}/change", changed).status_code == 200
    unit = Unit.objects.get(pk=pk)
    assert (unit.name, unit.superior, unit.handlers) == ("县林业和草原局", None, ["林森"])
    assert keeper.post(f"/units/{pk}/deactivate").status_code == 200
    assert keeper.post(f"/units/{pk}/reactivate").status_code == 200
    listed = {one["code"]: one for one in program(people.clerk).get("/units/").json()}
    assert listed["forestry"]["is_active"]
    assert listed["irrigation_station"]["superior_code"] == "water"


def test_a_unit_with_open_work_stays(program: Any, people: Any) -> None:
    agriculture = Unit.objects.get(code="agriculture")
    answer = program(people.administrator).post(f"/units/{agriculture.pk}/deactivate")
    assert (answer.status_code, answer.json()["code"]) == (409, "unit.has_accounts")


def test_the_leading_group_by_api(program: Any, people: Any) -> None:
    clerk = program(people.clerk)
    member = {"name": "李明远", "title": "副主任", "duty": "组长", "from_on": "2026-03-01"}
    assert clerk.post("/office/leading-group", member).json()["code"] == "leading_group.two_heads"
    head = LeadingGroupMember.objects.get(duty="组长")
    assert clerk.post(f"/office/leading-group/{head.pk}/end", {"until_on": "2026-02-28"}).status_code == 200
    assert clerk.post("/office/leading-group", member).status_code == 200
    assert [one["until_on"] for one in clerk.get("/office/leading-group").json()] == ["2026-02-28", None]


@pytest.mark.parametrize(
    ("noun", "body", "change"),
    [
        ("trainings", CLASS, {"head_count": 64}),
        ("hearings", HEARD, {"resolution": "同意报告；研究农业水费收缴公开"}),
        ("regulations", RULE, {"text": "件件登记，件件有回音。"}),
    ],
)
def test_a_record_is_made_once_corrected_and_listed(
    noun: str, body: dict[str, object], change: dict[str, object], program: Any, people: Any
) -> None:
    clerk = program(people.clerk)
    made = clerk.post(f"/office/{noun}", body, key="record-000000000001")
    assert made.status_code == 200, made.content.decode()
    assert clerk.post(f"/office/{noun}", body, key="record-000000000001").json() == made.json()
    pk = made.json()["id"]
    assert clerk.post(f"/office/{noun}/{pk}/correct", {**body, **change}).status_code == 200
    again = clerk.post(f"/office/{noun}/{pk}/correct", {**body, **change})
    assert (again.status_code, again.json()["code"]) == (409, "office.unchanged")
    assert [one["id"] for one in program(people.auditor).get(f"/office/{noun}").json()] == [pk]
    assert clerk.post(f"/office/{noun}/987654321/correct", body).status_code == 404
    assert clerk.post(f"/office/{noun}", {**body, "unasked": 1}).status_code == 422


def test_a_regulation_is_uploaded_named_and_found(program: Any, people: Any) -> None:
    clerk = program(people.clerk)
    file = clerk.upload("/office/regulations/files", "办法.pdf", PDF).json()
    assert (file["media_type"], file["size"]) == ("application/pdf", len(PDF))
    pk = clerk.post("/office/regulations", {**RULE, "text": "", "file": file["file"]}).json()["id"]
    regulation = Regulation.objects.get(pk=pk)
    assert (regulation.file_name, regulation.size) == ("办法.pdf", len(PDF))
    auditor = program(people.auditor)
    assert auditor.get("/office/regulations", q="工作办法").json()[0]["file_name"] == "办法.pdf"
    assert auditor.get("/office/regulations", q="水库").json() == []
    assert auditor.get(f"/office/regulations/{pk}").json()["text"] == ""


@pytest.mark.parametrize("file", ["ab" * 32, "invented:ticket"])
def test_a_hash_alone_gives_nobody_a_file(file: str, program: Any, people: Any) -> None:
    answer = program(people.clerk).post("/office/regulations", {**RULE, "file": file})
    assert (answer.status_code, answer.json()["code"]) == (404, "regulation.unknown_file")
    assert not Regulation.objects.exists()


def test_another_countys_ticket_is_no_file_here(program: Any, people: Any, foreign: Any) -> None:
    ticket = foreign.upload("/office/regulations/files", "办法.pdf", PDF).json()["file"]
    answer = program(people.clerk).post("/office/regulations", {**RULE, "file": ticket})
    assert answer.json()["code"] == "regulation.unknown_file"


@pytest.mark.parametrize("role", ["leader", "auditor", "unit_clerk"])
def test_whoever_does_not_keep_the_records_changes_nothing(role: str, program: Any, people: Any) -> None:
    by = program(getattr(people, role))
    for path, body in (
        ("/office/trainings", CLASS),
        ("/office/hearings", HEARD),
        ("/office/regulations", RULE),
        ("/staff/", ZHAO),
        ("/units/", {"code": "forestry", "name": "县林草局", "branch": "government"}),
    ):
        answer = by.post(path, body)
        assert (answer.status_code, answer.json()["code"]) == (403, "permission.role_missing"), path
    assert not Training.objects.exists()
