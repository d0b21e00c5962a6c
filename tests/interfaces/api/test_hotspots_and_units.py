"""热点, 承办单位评价, 三项建议 by API: the same numbers, the same refusals as on the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.county.document.models import Document
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality, State


@pytest.fixture
def span() -> dict[str, str]:
    today = timezone.localdate()
    return {"first": f"{today - timedelta(days=60)}", "last": f"{today}"}


def test_hotspots_with_their_petitions_as_far_as_the_caller_may_see_them(program, people, a_petition, span):
    one, other = a_petition(State.CLASSIFIED, name="马大山"), a_petition(State.CLASSIFIED, name="田有福")
    Petition.objects.filter(pk=other.pk).update(confidentiality=Confidentiality.SEALED.value)
    table = program(people.clerk).get("/hotspots/", **span).json()
    (line,) = table["lines"]
    assert (line["key"], line["now"]["matters"], line["now"]["sealed"]) == ("category:0110", 2, 1)
    assert line["now"]["numbers"] == [one.number]
    assert (line["verdict"], line["is_hotspot"], table["matters"]) == ("no_past", False, 2)
    again = program(people.leader).get("/hotspots/line", key=line["key"], **span).json()
    assert again["sentence"] == line["sentence"]
    missing = program(people.clerk).get("/hotspots/line", key="tag:nothing", **span)
    assert (missing.status_code, missing.json()["code"]) == (404, "hotspot.unknown")
    assert program(people.clerk).get("/hotspots/", by="month", **span).status_code == 422


def test_the_thresholds_are_set_by_the_head_alone(program, people):
    body = {"min_matters": 3, "rise_percent": 50, "first": 3, "reason": "本县事项少"}
    assert program(people.clerk).post("/hotspots/rule", body).json()["code"] == "permission.role_missing"
    assert program(people.head).post("/hotspots/rule", body).status_code == 200
    assert program(people.auditor).get("/hotspots/rule").json()["min_matters"] == 3
    assert program(people.head).post("/hotspots/rule", body).json()["code"] == "hotspot.rule_unchanged"


def test_a_units_numbers_and_its_dossier(program, people, a_petition, span):
    petition = a_petition(State.REPORTED)
    clerk = program(people.clerk)
    (card,) = clerk.get("/unit-scores/", **span).json()["units"]
    assert (card["unit"], card["given"]) == ("water", 1)
    assert {one["measure"]: (one["part"], one["whole"]) for one in card["shares"]}["near_copy"] == (0, 1)
    assert clerk.get("/unit-scores/water", **span).json() == card
    assert clerk.get("/unit-scores/court", **span).status_code == 404
    written = clerk.post("/unit-scores/water/dossier", span).json()
    row = Document.objects.get(pk=written["id"])
    assert (row.kind, row.unit_code, petition.number in str(row.values)) == ("unit_dossier", "", True)
    for unit_person in (people.unit_clerk, people.unit_head):
        assert program(unit_person).get("/unit-scores/water", **span).status_code == 403
        assert program(unit_person).get(f"/documents/{row.pk}.pdf").status_code == 404


def test_a_recommendation_from_draft_to_answer(program, people, a_petition):
    petition = a_petition(State.CLASSIFIED)
    due = timezone.localdate() + timedelta(days=30)
    body = {
        "kind": "improve_work", "unit_code": "water", "subject": "水费公开", "facts": "没有公示",
        "words": "按季公示", "due_on": f"{due}", "petition_numbers": [petition.number],
    }  # fmt: skip
    clerk, head, he = program(people.clerk), program(people.head), program(people.unit_clerk)
    answers = [clerk.post("/recommendations/", body, key="recommendation-0001").json() for _ in range(2)]
    assert answers[0] == answers[1]
    place = f"/recommendations/{answers[0]['id']}"
    assert he.get(place).status_code == 404
    assert clerk.post(f"{place}/make").json()["code"] == "permission.role_missing"
    assert head.post(f"{place}/send-back", {"words": " "}).json()["code"] == "recommendation.words_missing"
    assert head.post(f"{place}/make").json()["number"].startswith("青人建议")
    assert [one["subject"] for one in he.get("/recommendations/").json()] == ["水费公开"]
    assert program(people.other_unit_clerk).get("/recommendations/").json() == []
    answer = {"adoption": "partly", "answer": "两个灌区先行", "answered_on": f"{timezone.localdate()}"}
    assert program(people.other_unit_clerk).post(f"{place}/answer", answer).status_code == 404
    assert he.post(f"{place}/answer", answer).json()["state"] == "answered"
    assert clerk.get("/recommendations/", state="answered", unit="water").json()[0]["adoption"] == "partly"
    assert Recommendation.objects.get().answered_by == people.unit_clerk
