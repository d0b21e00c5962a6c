"""结账 and 分析报告 by API: a program closes a month as two people do, and reads what the pages show."""

from typing import Any

import pytest

from huiyin.county.document.models import Document
from huiyin.county.registry.states import Confidentiality, State
from huiyin.county.reporting.models import ReportedPeriod

KEY = "2025-12"


def good(answer: Any) -> Any:
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_a_month_goes_its_way_by_two_programs(program: Any, people: Any) -> None:
    clerk, head = program(people.clerk), program(people.head)
    done = good(clerk.post(f"/periods/{KEY}/prepare"))
    assert (done["number"], done["state"]) == ("第1版", "prepared")
    refused = clerk.post(f"/periods/{KEY}/prepare")
    assert (refused.status_code, refused.json()["code"]) == (409, "period.prepared_already")
    assert good(head.post(f"/periods/versions/{done['id']}/approve"))["state"] == "locked"
    assert good(head.post(f"/periods/versions/{done['id']}/reopen", {"reason": "补登来信"}))["state"] == "reopened"
    again = good(clerk.post(f"/periods/{KEY}/prepare"))
    assert again["number"] == "第2版"
    assert good(clerk.post(f"/periods/versions/{again['id']}/give-up", {"reason": "重新核对"}))["state"] == "given_up"
    found = good(clerk.get(f"/periods/{KEY}"))
    assert [(one["version"], one["state"]) for one in found["versions"]] == [(2, "given_up"), (1, "reopened")]
    assert (found["version"]["version"], found["version"]["reason"]) == (1, "补登来信")


def test_a_program_reads_how_a_year_stands(program: Any, people: Any) -> None:
    good(program(people.clerk).post("/periods/2025-Q4/prepare"))
    found = {one["key"]: one for one in good(program(people.auditor).get("/periods/?of_year=2025"))}
    assert len(found) == 17
    assert (found["2025-Q4"]["state"], found["2025-Q4"]["version"]) == ("prepared", 1)
    assert (found["2025"]["state"], found["2025-12"]["due_on"]) == (None, "2026-01-10")
    assert found["2025-12"]["punctuality"] == "before"


@pytest.mark.parametrize("key", ["2025-13", "2025-Q5", "december"])
def test_what_is_no_period_is_refused(program: Any, people: Any, key: str) -> None:
    assert program(people.clerk).get(f"/periods/{key}").status_code in {409, 422}


def test_a_gap_is_told_to_whom_it_may_be_told(program: Any, people: Any, a_petition: Any) -> None:
    sealed = a_petition(confidentiality=Confidentiality.SEALED, summary="反映站长")
    key = f"{sealed.received_on:%Y-%m}"
    (shut,) = good(program(people.clerk).get(f"/periods/{key}"))["gaps"]
    assert shut == {"number": sealed.number, "petition_id": None, "step": None, "what": "", "owner": ""}
    opened = good(program(people.restricted).get(f"/periods/{key}"))["gaps"]
    assert {one["petition_id"] for one in opened} == {sealed.pk}


def test_a_report_is_read_and_made_once_a_month_is_locked(program: Any, people: Any, a_petition: Any) -> None:
    clerk, letter = program(people.clerk), a_petition(State.CLASSIFIED)
    early = clerk.get(f"/reports/{KEY}")
    assert (early.status_code, early.json()["code"]) == (409, "report.period_not_locked")
    added = good(
        clerk.post(f"/reports/{KEY}/priorities", {"words": "列入执法检查", "petition_numbers": [letter.number]})
    )
    row = good(clerk.post(f"/periods/{KEY}/prepare"))
    good(program(people.head).post(f"/periods/versions/{row['id']}/approve"))
    made = good(clerk.post(f"/reports/{KEY}/write"))
    assert Document.objects.get(pk=made["id"]).subject_id == ReportedPeriod.objects.get().pk
    found = good(program(people.leader).get(f"/reports/{KEY}"))
    assert (found["version"], [one["number"] for one in found["papers"]]) == (1, [made["number"]])
    assert [one["petition_numbers"] for one in found["proposed"]] == [[letter.number]]
    good(clerk.post(f"/reports/priorities/{added['id']}/remove"))
    assert good(clerk.get(f"/reports/{KEY}/priorities")) == []
