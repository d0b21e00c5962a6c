"""来信 by program: every step of the office by one call each, with a token."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from huiyin.county.journal.models import Entry
from huiyin.county.journal.queries import chain
from huiyin.county.registry.models import Petition
from huiyin.county.registry.query_codes import digest_of_code

KEPT = Path(__file__).with_name("routes_and_roles.txt")
PDF = b"%PDF-1.4\n% invented scan\n%%EOF\n"


def good(answer: Any) -> Any:
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_a_letter_goes_its_whole_way_by_token(program: Any, people: Any, received: Any) -> None:
    clerk, unit, head = program(people.clerk), program(people.unit_clerk), program(people.unit_head)
    registered = good(
        clerk.post(
            f"/receipts/{received()}/register",
            {
                "summary": "反映上松村水费重复收取",
                "name": "马长根",
                "phone": "139 0000 1234",
                "claims": ["退还水费", "公开标准"],
            },
        )
    )
    at = f"/petitions/{registered['id']}"
    good(clerk.upload(f"{at}/attachments", "信.pdf", PDF, kind="original"))
    assert good(clerk.post(f"{at}/read", {"note": "拟交水务局"}))["state"] == "read"
    classified = {"purpose": "claim", "category_code": "0110", "recurrence": "first"}
    assert good(clerk.post(f"{at}/classify", classified))["state"] == "classified"
    given = good(
        clerk.post(f"{at}/assign", {"unit_code": "water", "handler_name": "何立群", "redaction_confirmed": True})
    )

    assert [row["id"] for row in good(unit.get("/assignments/"))] == [given["id"]]
    work = f"/assignments/{given['id']}"
    good(unit.post(f"{work}/sign", {"handler_name": "何立群", "handler_phone": "0199-5550111"}))
    claims = [claim["id"] for claim in good(clerk.get(at))["claims"]]
    report = {
        "facts": "多收420元属实",
        "basis": "《水法》",
        "handler_name": "何立群",
        "answers": [{"claim_id": claim, "outcome": "supported", "words": "已办"} for claim in claims],
    }
    assert unit.post(f"{work}/report", report).json()["code"] == "report.head_reports"
    good(unit.post(f"{work}/draft", {"values": {"facts": report["facts"]}}))
    good(head.post(f"{work}/report", report))
    good(clerk.post(f"{work}/return", {"reasons": ["proof_missing"], "words": "补收据"}))
    good(head.post(f"{work}/report", report))
    good(clerk.post(f"{work}/verify"))

    reply = good(clerk.post(f"{at}/reply", {"text": "多收部分已退还。"}))
    now = timezone.now().isoformat()
    proof = {"method": "post", "delivered_at": now, "proof": "挂号信 XA0001"}
    good(clerk.post(f"/replies/{reply['id']}/deliver", proof))
    assert good(clerk.post(f"{at}/close"))["state"] == "closed"
    good(clerk.post(f"{at}/evaluate", {"satisfaction": "satisfied"}))

    whole = good(clerk.get(at))
    assert (whole["state_label"], whole["phone"]) == ("办结", "139****1234")
    assert all(clock["explanation"] for clock in whole["deadlines"])
    assert Entry.objects.filter(petition_id=registered["id"]).count() == 15
    assert chain().holds
    stored = Petition.objects.get(pk=registered["id"])
    assert stored.query_code_digest == digest_of_code(registered["number"], registered["query_code"])


def test_the_list_searches_filters_and_pages(program: Any, people: Any, received: Any) -> None:
    clerk = program(people.clerk)
    for summary in ("反映水费", "反映道路", "反映水渠"):
        good(clerk.post(f"/receipts/{received()}/register", {"summary": summary, "name": "马长根"}))
    assert good(clerk.get("/petitions/"))["total"] == 3
    found = good(clerk.get("/petitions/", q="水", limit=1, offset=1))
    assert (found["total"], [row["summary"] for row in found["items"]]) == (2, ["反映水费"])
    assert good(clerk.get("/petitions/", state="closed"))["total"] == 0
    assert clerk.get("/petitions/", limit=0).status_code == 422


def test_the_promises_are_numerators_and_denominators(program: Any, people: Any, received: Any) -> None:
    received()
    day = timezone.localdate().isoformat()
    table = good(program(people.clerk).get("/promises/", first=day, last=day))
    first = table["columns"][0]["promises"][0]
    assert (first["part"], first["whole"]) == (0, 1)


def test_a_decision_here_and_a_void_take_a_second_person(program: Any, people: Any, received: Any) -> None:
    clerk = program(people.clerk)
    number = good(clerk.post(f"/receipts/{received()}/register", {"summary": "反映水费", "name": "马长根"}))
    at = f"/petitions/{number['id']}"
    alone = clerk.post(f"{at}/void", {"reason": "重复登记", "approver_id": people.clerk.pk})
    assert (alone.status_code, bool(alone.json()["words"])) in {(403, True), (409, True)}
    assert good(clerk.post(f"{at}/void", {"reason": "重复登记", "approver_id": people.head.pk}))["state"] == "voided"
    again = good(clerk.post(f"/receipts/{received()}/register", {"summary": "反映水费", "name": "马长根"}))
    assert again["number"] != number["number"]


def test_the_openapi_document_names_every_route_of_the_kept_table_and_no_other(program: Any) -> None:
    paths = good(program().get("/openapi.json"))["paths"]
    acts = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    kept = KEPT.read_text(encoding="utf-8").splitlines()[1:]
    assert acts == {line.partition("\t")[0] for line in kept}
    assert all(operation["summary"] for methods in paths.values() for operation in methods.values())
