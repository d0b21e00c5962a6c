"""文书 by API: listed, made, taken and voided by the same rules as on the screen."""

from typing import Any

import pytest

from huiyin.county.document.models import Document

REGISTERED = {"summary": "反映上松村断水", "name": "马长根", "phone": "13912340001"}


@pytest.fixture
def petition(program: Any, people: Any, received: Any) -> int:
    pk: int = program(people.clerk).post(f"/receipts/{received()}/register", REGISTERED).json()["id"]
    return pk


def written(program: Any, by: Any, petition: int, kind: str = "registration_form", **more: Any) -> Any:
    return program(by).post(f"/petitions/{petition}/documents", {"kind": kind}, **more)


def test_a_program_makes_lists_and_takes_a_paper(program: Any, people: Any, petition: int) -> None:
    clerk = program(people.clerk)
    answer = written(program, people.clerk, petition)
    assert answer.status_code == 200, answer.content.decode()
    pk = answer.json()["id"]
    (line,) = clerk.get("/documents/", petition_id=petition).json()
    assert (line["id"], line["kind"], line["label"], line["void_reason"]) == (pk, "registration_form", "信访登记表", "")
    assert clerk.get("/documents/", kind="reply_letter").json() == []
    assert clerk.get(f"/documents/{pk}.pdf").content[:5] == b"%PDF-"
    assert clerk.get(f"/documents/{pk}.docx").content[:2] == b"PK"
    assert clerk.get(f"/petitions/{petition}/file.pdf").content[:5] == b"%PDF-"


def test_the_same_key_answers_the_same_paper(program: Any, people: Any, petition: int) -> None:
    first = written(program, people.clerk, petition, key="document-key-0000001")
    again = written(program, people.clerk, petition, key="document-key-0000001")
    assert first.json() == again.json()
    other = written(program, people.clerk, petition, "file_contents", key="document-key-0000001")
    assert (other.status_code, other.json()["code"]) == (422, "submission.other_body")


def test_a_paper_of_a_step_is_refused_in_words(program: Any, people: Any, petition: int) -> None:
    answer = written(program, people.clerk, petition, "reply_letter")
    assert (answer.status_code, answer.json()["code"]) == (409, "document.not_on_demand")
    assert "随办理步骤自动制作" in answer.json()["words"]


def test_a_kind_that_is_none_is_misshapen(program: Any, people: Any, petition: int) -> None:
    assert written(program, people.clerk, petition, "poem").status_code == 422


def test_a_paper_is_voided_with_a_reason_and_stays(program: Any, people: Any, petition: int) -> None:
    pk = written(program, people.clerk, petition).json()["id"]
    clerk = program(people.clerk)
    assert clerk.post(f"/documents/{pk}/void", {"reason": ""}).status_code == 409
    assert clerk.post(f"/documents/{pk}/void", {"reason": "印错了"}).status_code == 200
    assert clerk.get("/documents/", petition_id=petition).json()[0]["void_reason"] == "印错了"
    assert Document.objects.get(pk=pk).voided_by == people.clerk


@pytest.mark.parametrize("role", ["unit_clerk", "mail_room", "administrator"])
def test_whoever_may_not_finds_no_paper(role: str, program: Any, people: Any, petition: int) -> None:
    pk = written(program, people.clerk, petition).json()["id"]
    by = program(getattr(people, role))
    listed = by.get("/documents/")
    assert listed.json() == [] if role == "unit_clerk" else listed.status_code == 403
    assert by.get(f"/documents/{pk}.pdf").status_code == 404
    assert by.post(f"/documents/{pk}/void", {"reason": "不要了"}).status_code in {403, 404}
    assert by.get(f"/petitions/{petition}/file.pdf").status_code in {403, 404}


def test_a_leader_reads_and_makes_none(program: Any, people: Any, petition: int) -> None:
    pk = written(program, people.clerk, petition).json()["id"]
    leader = program(people.leader)
    assert leader.get(f"/documents/{pk}.pdf").status_code == 200
    assert written(program, people.leader, petition).status_code == 403
    assert leader.post(f"/documents/{pk}/void", {"reason": "不要了"}).status_code == 403


def test_nobody_reads_papers_without_a_token(program: Any, petition: int) -> None:
    assert program().get("/documents/").status_code == 401
    assert program().get("/documents/1.pdf").status_code == 401


def test_another_countys_paper_answers_like_one_that_never_was(
    program: Any, people: Any, petition: int, foreign: Any
) -> None:
    pk = written(program, people.clerk, petition).json()["id"]
    there, never = foreign.get(f"/documents/{pk}.pdf"), foreign.get("/documents/987654321.pdf")
    assert there.status_code == never.status_code == 404
    assert there.content == never.content
