"""A unit signs and reports its own; the office does it for a unit that has only paper."""

from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.assignment.actions import reports
from huiyin.county.assignment.states import AssignmentState, ReturnReason
from huiyin.county.journal.models import Entry
from huiyin.county.registry.states import Confidentiality, State

QUERIES = 7  # one of them counts the messages that were not read


def test_a_unit_signs_once_with_a_named_handler_and_phone(people: Any, browser: Any, a_petition: Any) -> None:
    given = a_petition(State.ASSIGNED).assignments.get()
    he = browser(people.unit_clerk)
    values = {"handler_name": "何立群", "handler_phone": "0199-5550111", "form_token": "the-same-form-twice"}
    for _ in range(2):
        answer = he.post(f"/assignments/{given.pk}/sign", **values)
        assert (answer.status_code, answer["Location"]) == (302, f"/assignments/{given.pk}/")
    given.refresh_from_db()
    assert (given.state, given.handler_phone) == (AssignmentState.SIGNED.value, "0199-5550111")
    assert Entry.objects.filter(event="assignment.signed").count() == 1


def test_a_signature_without_a_phone_is_shown_again(people: Any, browser: Any, a_petition: Any) -> None:
    given = a_petition(State.ASSIGNED).assignments.get()
    answer = browser(people.unit_clerk).post(f"/assignments/{given.pk}/sign", handler_name="何立群")
    assert answer.status_code == 422
    assert "何立群" in answer.content.decode()


def report_of(given: Any) -> dict[str, str]:
    claims = {f"outcome_{claim.pk}": "supported" for claim in given.petition.claims.all()}
    return {"facts": "查明属实", "basis": "水法", "handler_name": "何立群", **claims}


def test_the_office_reports_for_a_unit_and_returns_to_the_petition(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.IN_PROGRESS)
    given = petition.assignments.get()
    answer = browser(people.clerk).post(f"/assignments/{given.pk}/report", **report_of(given))
    assert (answer.status_code, answer["Location"]) == (302, f"/petitions/{petition.pk}/")
    petition.refresh_from_db()
    assert petition.state == State.REPORTED.value


def test_a_report_must_answer_every_claim(people: Any, browser: Any, a_petition: Any) -> None:
    given = a_petition(State.IN_PROGRESS).assignments.get()
    values = {name: value for name, value in report_of(given).items() if not name.startswith("outcome_")}
    assert browser(people.unit_head).post(f"/assignments/{given.pk}/report", **values).status_code == 422


def test_a_report_before_the_signature_is_refused_in_words(people: Any, browser: Any, a_petition: Any) -> None:
    given = a_petition(State.ASSIGNED).assignments.get()
    answer = browser(people.unit_head).post(f"/assignments/{given.pk}/report", **report_of(given))
    assert answer.status_code == 422
    assert "不能转为" in answer.content.decode()


def test_a_returned_report_tells_what_is_lacking(people: Any, browser: Any, a_petition: Any) -> None:
    given = a_petition(State.REPORTED).assignments.get()
    reports.return_report(
        assignment_id=given.pk,
        reasons=[ReturnReason.PROOF_MISSING],
        words="请补充公示照片",
        by=people.head,
        at=timezone.now(),
    )
    page = browser(people.unit_head).get(f"/assignments/{given.pk}/").content.decode()
    assert "请补充公示照片" in page
    assert ReturnReason.PROOF_MISSING.label in page
    assert "提交反馈" in page


def test_a_unit_sees_the_petitioner_masked_until_it_asks_and_that_is_recorded(
    people: Any, browser: Any, a_petition: Any
) -> None:
    given = a_petition(State.ASSIGNED).assignments.get()
    he = browser(people.unit_clerk)
    assert "13912340001" not in he.get(f"/assignments/{given.pk}/").content.decode()
    refused = he.post(f"/assignments/{given.pk}/reveal")
    assert (refused.status_code, "13912340001" in refused.content.decode()) == (409, False)
    told = he.post(f"/assignments/{given.pk}/reveal", reason="电话告知受理")
    assert "13912340001" in told.content.decode()
    assert Entry.objects.filter(event="petition.revealed", by_id=people.unit_clerk.pk).count() == 1


def test_the_office_goes_on_to_the_petition(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.ASSIGNED)
    answer = browser(people.clerk).get(f"/assignments/{petition.assignments.get().pk}/")
    assert answer["Location"] == f"/petitions/{petition.pk}/"


@pytest.mark.parametrize(
    ("query", "state", "is_there"),
    [
        ({"waiting": "sign"}, State.ASSIGNED, True),
        ({"waiting": "report"}, State.ASSIGNED, False),
        ({"waiting": "verify"}, State.REPORTED, True),
        ({"waiting": "overdue"}, State.IN_PROGRESS, True),
        ({"unit": "water"}, State.ASSIGNED, True),
        ({"unit": "agriculture"}, State.ASSIGNED, False),
    ],
)
def test_the_list_is_narrowed(  # noqa: PLR0917  # a table's columns and the people
    query: dict[str, str], state: State, is_there: bool, people: Any, browser: Any, a_petition: Any
) -> None:
    given = a_petition(state, days_ago=200).assignments.get()
    answer = browser(people.clerk).get("/assignments/", **query)
    assert bool(answer.context["screen"].table.rows) is is_there
    assert (given.number in answer.content.decode()) is is_there


def test_the_list_costs_the_same_for_many(people: Any, browser: Any, a_petition: Any, queries_of: Any) -> None:
    page = browser(people.clerk)
    a_petition(State.ASSIGNED)
    few = queries_of(lambda: page.get("/assignments/"))
    for _ in range(6):
        a_petition(State.ASSIGNED)
    assert queries_of(lambda: page.get("/assignments/")) == few == QUERIES


def test_confidential_is_what_the_unit_never_lists(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.ASSIGNED)
    petition.confidentiality = Confidentiality.SEALED.value
    petition.save(update_fields=["confidentiality"])
    assert not browser(people.unit_clerk).get("/assignments/").context["screen"].groups
