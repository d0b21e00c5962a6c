"""From finding to published answer by API: every act by its call, and no answer tells who petitioned."""

import json
from typing import Any

import pytest

from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.county.supervision.opinion_models import Opinion

from .opinion_rows import FINDING, ITEMS, REPORT, TODAY, answer_to, carried
from .supervision_rows import MEETING, good


@pytest.fixture
def letter(a_petition: Any) -> Petition:
    petition: Petition = a_petition(State.CLASSIFIED, summary="反映上松村三组农业水费一年之内重复收取两次要求退还")
    return petition


def test_a_finding_and_its_report_hold_no_name_and_no_number(program, people, letter):
    clerk, head = program(people.clerk), program(people.head)
    activity = carried(clerk, head, "law_inspection")
    finding = good(clerk.post("/findings/", {**FINDING, "activity_id": activity}))
    good(clerk.post(f"/findings/{finding}/matters", {"number": letter.number}))
    good(clerk.post("/inspection-reports/", {**REPORT, "activity_id": activity}))
    told = json.dumps(
        [clerk.get(f"{way}?activity_id={activity}").json() for way in ("/findings/", "/inspection-reports/")],
        ensure_ascii=False,
    )
    assert '"matters": 1' in told
    for secret in (letter.petitioner.name, letter.petitioner.phone, letter.number, letter.summary):
        assert secret not in told
    naming = {**FINDING, "activity_id": activity, "fact": f"{letter.petitioner.name}反映水费重复收取"}
    answer = clerk.post("/findings/", naming)
    assert (answer.status_code, answer.json()["code"]) == (409, "finding.names_petitioner")


def test_an_inspection_goes_by_calls_from_its_findings_to_the_published_answer(program, people):
    clerk, head, unit = program(people.clerk), program(people.head), program(people.unit_head)
    activity = carried(clerk, head, "law_inspection")
    good(clerk.post("/findings/", {**FINDING, "activity_id": activity}))
    report = good(clerk.post("/inspection-reports/", {**REPORT, "activity_id": activity}))
    good(head.post(f"/inspection-reports/{report}/approve"))
    meeting = good(clerk.post("/supervision/meetings", {**MEETING, "ordinal": 51}))
    session = {"session": "第三十二次会议", "session_on": f"{TODAY}"}
    good(clerk.post(f"/inspection-reports/{report}/submit", {"meeting_id": meeting, **session}))
    good(clerk.post(f"/activities/{activity}/deliberate", {"session": session["session"], "held_on": f"{TODAY}"}))
    opinion = good(clerk.post("/opinions/", {"activity_id": activity, "unit": "water", "items": ITEMS}))
    assert unit.get("/opinions/").json() == []
    good(head.post(f"/opinions/{opinion}/approve"))
    good(clerk.post(f"/opinions/{opinion}/send", {"received_on": f"{TODAY}"}))
    good(unit.post(f"/opinions/{opinion}/answer", answer_to(opinion)))
    good(head.post(f"/opinions/{opinion}/review", {"decision": "accepted"}))
    good(clerk.post(f"/opinions/{opinion}/publish"))
    shown = unit.get(f"/opinions/{opinion}").json()
    assert (shown["opinion"]["state"], shown["rounds"], shown["items"][1]["answer"]) == ("accepted", 1, "已办理")
    assert Opinion.objects.get(pk=opinion).published_at is not None


def test_an_effect_by_api_says_from_when_it_can_be_counted(program, people):
    clerk, head = program(people.clerk), program(people.head)
    activity = carried(clerk, head, "deliberation")
    good(clerk.post(f"/activities/{activity}/deliberate", {"session": "第三十二次会议", "held_on": f"{TODAY}"}))
    assert clerk.get(f"/effects/?activity_id={activity}").json() == []
    opinion = good(clerk.post("/opinions/", {"activity_id": activity, "unit": "water", "items": ITEMS}))
    good(head.post(f"/opinions/{opinion}/approve"))
    good(clerk.post(f"/opinions/{opinion}/send", {"received_on": f"{TODAY}"}))
    good(clerk.post(f"/opinions/{opinion}/answer", answer_to(opinion)))
    good(head.post(f"/opinions/{opinion}/review", {"decision": "accepted"}))
    found = clerk.get(f"/effects/?activity_id={activity}").json()
    assert [(one["key"], one["months"], one["before"]) for one in found] == [
        ("water", 3, None),
        ("water", 6, None),
        ("water", 12, None),
    ]
    asked = {"activity_id": activity, "by": "unit", "key": "water", "months": 3}
    answer = clerk.post("/effects/", asked)
    assert (answer.status_code, answer.json()["code"]) == (409, "effect.window_open")
    assert "起可以登记成效" in answer.json()["words"]
