"""Who gets an answer from the API at all: tokens, sessions, other counties, other units."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from huiyin.accounts.models import ApiToken
from huiyin.county.assignment.models import Assignment

HOST = "qinglan.localhost"
READS = ("/petitions/", "/petitions/1", "/assignments/", "/promises/?first=2026-01-01&last=2026-01-31")
REGISTERED = {"summary": "反映上松村断水", "name": "马长根"}


def registered(program: Any, people: Any, receipt: int) -> int:
    pk: int = program(people.clerk).post(f"/receipts/{receipt}/register", REGISTERED).json()["id"]
    return pk


def assigned(program: Any, people: Any, receipt: int) -> int:
    clerk, pk = program(people.clerk), registered(program, people, receipt)
    clerk.upload(f"/petitions/{pk}/attachments", "信.pdf", b"%PDF-1.4\n1\n%%EOF", kind="original")
    clerk.post(f"/petitions/{pk}/read", {"note": "已阅"})
    decided = {"purpose": "claim", "category_code": "0110", "recurrence": "first"}
    clerk.post(f"/petitions/{pk}/classify", decided)
    given = clerk.post(
        f"/petitions/{pk}/assign", {"unit_code": "water", "handler_name": "何立群", "redaction_confirmed": True}
    )
    assert given.status_code == 200, given.content.decode()
    number: int = given.json()["id"]
    return number


@pytest.mark.parametrize("path", READS)
def test_nobody_reads_without_a_token(path: str, program: Any) -> None:
    assert program().get(path).status_code == 401


@pytest.mark.parametrize("token", ["hy_invented", "", "hy_ "])
def test_an_invented_token_opens_nothing(token: str, county: Any) -> None:
    answer = Client().get("/api/petitions/", headers={"Authorization": f"Bearer {token}"}, HTTP_HOST=HOST)
    assert answer.status_code == 401


def test_a_revoked_token_and_a_closed_account_open_nothing(program: Any, people: Any) -> None:
    clerk, head = program(people.clerk), program(people.head)
    assert clerk.get("/petitions/").status_code == 200
    ApiToken.objects.filter(staff=people.clerk).update(revoked_at=timezone.now())
    people.head.is_active = False
    people.head.save(update_fields=["is_active"])
    assert clerk.get("/petitions/").status_code == head.get("/petitions/").status_code == 401


def test_another_countys_token_is_no_token_here(program: Any, people: Any, foreign: Any) -> None:
    assert foreign.get("/petitions/").status_code == 200
    answer = program().client.get(
        "/api/petitions/", headers={"Authorization": f"Bearer {foreign.token}"}, HTTP_HOST=HOST
    )
    assert answer.status_code == 401


def test_another_countys_petition_answers_like_one_that_never_was(
    program: Any, people: Any, received: Any, foreign: Any
) -> None:
    pk = registered(program, people, received())
    there, never = foreign.get(f"/petitions/{pk}"), foreign.get("/petitions/987654321")
    assert there.status_code == never.status_code == 404
    assert there.content == never.content
    assert foreign.post(f"/petitions/{pk}/read", {"note": "已阅"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/petitions/987654321/close", None),
        ("/petitions/987654321/reply", {"text": "已办。"}),
        ("/assignments/987654321/verify", None),
        ("/replies/987654321/deliver", {"method": "post", "delivered_at": "2026-03-02T09:00:00Z", "proof": "挂号"}),
        ("/receipts/987654321/register", REGISTERED),
    ],
)
def test_what_is_not_there_is_404_in_words(path: str, body: object, program: Any, people: Any) -> None:
    answer = program(people.clerk).post(path, body)
    assert answer.status_code == 404
    assert answer.json()["words"]


def test_another_units_assignment_is_not_there(program: Any, people: Any, received: Any) -> None:
    given, other = assigned(program, people, received()), program(people.other_unit_clerk)
    signing = {"handler_name": "田有禾", "handler_phone": "0199-5550112"}
    answer = other.post(f"/assignments/{given}/sign", signing)
    assert (answer.status_code, answer.json()["code"]) == (404, "assignment.unknown")
    assert other.get("/assignments/").json() == []
    assert other.get(f"/petitions/{Assignment.objects.get(pk=given).petition_id}").status_code == 404
    assert Assignment.objects.get(pk=given).signed_at is None


def test_a_role_that_may_not_is_refused_in_words(program: Any, people: Any) -> None:
    body = {"channel": "letter", "received_on": timezone.localdate().isoformat()}
    answer = program(people.unit_clerk).post("/receipts/", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "permission.role_missing")


@pytest.mark.parametrize("role", ["mail_room", "administrator"])
def test_neither_mail_room_nor_administrator_reads_petitions(
    role: str, program: Any, people: Any, received: Any
) -> None:
    pk = registered(program, people, received())
    by = program(getattr(people, role))
    assert by.get(f"/petitions/{pk}").status_code == 404
    assert by.get("/petitions/").status_code == 403


def test_a_signed_in_page_writes_only_with_its_csrf_token(people: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.clerk, backend="huiyin.accounts.backend.StaffBackend")
    assert client.get("/api/petitions/", HTTP_HOST=HOST).status_code == 200
    client.get("/portal/", HTTP_HOST=HOST)
    body = json.dumps({"channel": "letter", "received_on": timezone.localdate().isoformat()})
    page = client.get("/receipts/new", HTTP_HOST=HOST)
    token = str(page.context["csrf_token"])
    headers = {"Idempotency-Key": "page-call-000000001"}

    def sent(**more: str) -> int:
        answer = client.post(
            "/api/receipts/", body, content_type="application/json", headers={**headers, **more}, HTTP_HOST=HOST
        )
        return answer.status_code

    assert (sent(), sent(**{"X-CSRFToken": token})) == (403, 200)


@pytest.mark.parametrize("path", ["/receipts/", "/petitions/1/read", "/imports/", "/imports/1/carry-out"])
def test_a_stranger_who_writes_is_told_to_sign_in(path: str, program: Any) -> None:
    answer = program().post(path, {})
    assert (answer.status_code, answer.json()["code"]) == (401, "permission.not_signed_in")
    assert answer.json()["words"]


def test_the_province_has_no_such_api(province: Any) -> None:
    for path in ("/api/petitions/", "/api/receipts/", "/api/status/", "/api/imports/"):
        assert Client().get(path, HTTP_HOST="province.localhost").status_code == 404
