"""监督 by API: one call for each act, the same refusals, the evidence as it was frozen."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Confidentiality, State

from .supervision_rows import LEADER, MEMBER, SCHEME, TOPIC, activities_at, good, topics_at

TODAY = timezone.localdate()


@pytest.fixture
def out(program: Any, people: Any, a_petition: Any) -> dict[str, int]:
    """Activities at each station, the first linked with a petition."""
    return activities_at(program(people.clerk), program(people.head), a_petition(State.CLASSIFIED).pk)


def test_a_topic_is_written_once_and_its_evidence_reads_the_same_ever_after(program, people, a_petition):
    clerk = program(people.clerk)
    petition = a_petition(State.CLASSIFIED)
    body = {**TOPIC, "dimension": "category", "key": petition.category_code[:4], "numbers": [petition.number]}
    answers = [clerk.post("/supervision/proposals", body, key="topic-call-000001").json() for _ in range(2)]
    assert answers[0] == answers[1]
    path = f"/supervision/proposals/{answers[0]['id']}"
    before = clerk.get(path).json()["evidence"]
    assert (before["matters"], before["lines"][0]["number"], before["intact"]) == (1, petition.number, True)
    Petition.objects.filter(pk=petition.pk).update(head_count=99)
    assert clerk.get(path).json()["evidence"] == before
    assert [one["state"] for one in clerk.get("/supervision/proposals", state="draft").json()] == ["draft"]


def test_the_directors_decision_is_written_down_by_call(program, people):
    clerk, head = program(people.clerk), program(people.head)
    there = topics_at(clerk, head)
    body = {"proposal_id": there["waiting_topic_id"], "decision": "decline"}
    path = f"/supervision/meetings/{there['meeting_id']}/decisions"
    assert head.post(path, body).json()["code"] == "directors_meeting.reason_missing"
    assert head.post(path, {**body, "reason": "已有专项工作"}).json()["state"] == "decline"
    (meeting,) = clerk.get("/supervision/meetings").json()
    assert [one["decision"] for one in meeting["decisions"]] == ["to_committee", "decline"]
    assert clerk.get("/supervision/waiting", year=TODAY.year).json()["to_approve"] == 1


def test_a_plan_is_read_with_what_carries_each_item_out(program, people):
    clerk, leader = program(people.clerk), program(people.leader)
    plan = good(clerk.post("/supervision/plans", {"year": TODAY.year}))
    item = {
        "title": "执法检查",
        "kind": "law_inspection",
        "source": "petitions",
        "organiser": "法制委",
        "timing": "6月",
    }
    item_id = good(clerk.post(f"/supervision/plans/{plan}/items", item))
    meeting = {"ordinal": 41, "held_on": f"{TODAY}", "chair": "秦岳", "agenda": "年度计划"}
    meeting_id = good(clerk.post("/supervision/meetings", meeting))
    good(leader.post(f"/supervision/plans/{plan}/publish", {"meeting_id": meeting_id}))
    activity = good(clerk.post("/activities/", {**SCHEME, "plan_item_id": item_id, "ground": ""}))
    (told,) = clerk.get(f"/supervision/plans/{plan}").json()["items"]
    assert (told["activity_id"], told["activity_state"]) == (activity, "preparing")
    assert [one["version"] for one in clerk.get("/supervision/plans", year=TODAY.year).json()] == [1]


def test_an_activity_is_read_with_its_team_and_what_it_looks_into(program, people, out):
    told = program(people.auditor).get(f"/activities/{out['activity_id']}").json()
    assert [one["name"] for one in told["members"]] == ["秦岳", "田有水"]
    assert [one["outside"] for one in told["links"]] == ["事项1"]
    kinds = program(people.leader).get("/activities/", kind="field_visit").json()
    assert [one["id"] for one in kinds] == [out["finished_field_visit_id"]]
    assert len(program(people.leader).get("/activities/", state="finished").json()) == 3


def test_a_letter_of_a_team_is_taken_in_with_its_day(program, people, out):
    body = {"channel": "letter", "received_on": f"{TODAY}", "handed_by": "秦岳", "sender": "马小山"}
    path = f"/activities/{out['running_activity_id']}"
    answer = program(people.clerk).post(f"{path}/letters", body).json()
    receipt = Receipt.objects.get(pk=answer["id"])
    assert (receipt.origin, receipt.received_on) == ("inspection_team", TODAY)
    assert program(people.clerk).get(path).json()["letters"][0]["receipt_number"] == receipt.number


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        (("members", {**MEMBER, "organ": "县水务局"}), (409, "activity.member_of_inspected_unit")),
        (("members", {**MEMBER, "former_posts": " "}), (409, "activity.member_missing")),
        (("members", LEADER), (409, "activity.member_known")),
        (("members", {**MEMBER, "role": "king"}), (422, "request.misshapen")),
        (("begin", None), (409, "activity.bad_move")),
        (("change", {**SCHEME, "kind": "appraisal"}), (409, "activity.kind_stays")),
        (("change", {**SCHEME, "ends_on": f"{TODAY - timedelta(days=1)}"}), (409, "activity.ends_before")),
        (("change", {**SCHEME, "unit_codes": ["moon"]}), (409, "activity.unit_unknown")),
    ],
)
def test_what_the_rules_refuse_is_refused_with_code_and_words(program, people, out, sent, refused):
    path, body = sent
    answer = program(people.clerk).post(f"/activities/{out['activity_id']}/{path}", body)
    assert (answer.status_code, answer.json()["code"]) == refused


def test_what_is_sealed_is_linked_to_nothing_and_an_absent_activity_is_not_there(program, people, out, a_petition):
    sealed = a_petition(State.REGISTERED, confidentiality=Confidentiality.SEALED, summary="反映站长")
    clerk = program(people.clerk)
    body = {"petition_id": sealed.pk, "reason": "水费"}
    assert clerk.post(f"/activities/{out['activity_id']}/petitions", body).json()["code"] == "activity.petition_sealed"
    assert clerk.get("/activities/987654321").status_code == 404
    assert clerk.post("/activities/987654321/begin").status_code == 404
