"""What the kept table of routes and roles was read for: whom the office shows nothing, and who decides nothing."""

from typing import Any

import pytest

from huiyin.county.registry.states import Confidentiality, State

from .route_bodies import OBJECTION, REOPENING
from .route_rows import good

OF_PETITIONS = (
    "/assignments/",
    "/documents/",
    "/extensions/",
    "/instructions/",
    "/objections/",
    "/oversight/",
    "/oversight/board",
    "/oversight/suggestions",
    "/petitions/",
    "/petitions/1/reopenings",
    "/receptions/days/1/queue",
)
OF_THE_OFFICE = (
    "/instructions/",
    "/oversight/board",
    "/oversight/suggestions",
    "/petitions/1/reopenings",
    "/receptions/days/1/queue",
)


@pytest.mark.parametrize("path", OF_PETITIONS)
@pytest.mark.parametrize("role", ["mail_room", "administrator"])
def test_mail_room_and_administrator_are_refused_what_is_about_petitions(
    path: str, role: str, program: Any, people: Any
) -> None:
    answer = program(getattr(people, role)).get(path)
    assert (answer.status_code, answer.json()["code"]) == (403, "permission.role_missing")


@pytest.mark.parametrize("path", OF_THE_OFFICE)
@pytest.mark.parametrize("role", ["unit_clerk", "unit_head"])
def test_a_unit_is_refused_what_the_office_has_in_view_of_units(
    path: str, role: str, program: Any, people: Any
) -> None:
    assert program(getattr(people, role)).get(path).status_code == 403


@pytest.mark.parametrize("path", OF_PETITIONS)
@pytest.mark.parametrize("role", ["clerk", "head", "leader", "group_head", "restricted", "auditor"])
def test_whoever_reads_petitions_reads_the_lists(path: str, role: str, program: Any, people: Any) -> None:
    assert program(getattr(people, role)).get(path).status_code == 200


@pytest.mark.parametrize(("role", "status"), [("clerk", 200), ("head", 200), ("group_head", 403), ("unit_head", 403)])
def test_the_office_takes_a_matter_up_again_once_and_no_unit_does(
    role: str, status: int, program: Any, people: Any, a_petition: Any
) -> None:
    asked = good(program(people.clerk).post(f"/petitions/{a_petition(State.CLOSED).pk}/reopenings", REOPENING))["id"]
    by = program(getattr(people, role))
    assert by.post(f"/reopenings/{asked}/agree", {"decision": "已经核实"}).status_code == status
    # Once decided it is not decided again, and the second decision is refused for that reason.
    refused = by.post(f"/reopenings/{asked}/refuse", {"decision": "已经核实"}).status_code
    assert refused == (409 if status == 200 else 403)


@pytest.mark.parametrize("role", ["clerk", "head", "restricted", "auditor"])
def test_nobody_but_a_leader_adjudicates(role: str, program: Any, people: Any, a_petition: Any) -> None:
    given = a_petition(State.ASSIGNED).assignments.get()
    raised = good(program(people.unit_clerk).post(f"/assignments/{given.pk}/objections", OBJECTION))["id"]
    answer = program(getattr(people, role)).post(f"/objections/{raised}/adjudicate", {"words": "由水务局办理"})
    assert (answer.status_code, answer.json()["code"]) == (403, "permission.role_missing")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/oversight/987654321/conclude", {"outcome": "已反馈"}),
        ("/reopenings/987654321/agree", {"decision": "有新的证据"}),
    ],
)
def test_a_step_or_a_request_that_is_not_there_is_404(path: str, body: object, program: Any, people: Any) -> None:
    assert program(people.clerk).post(path, body).status_code == 404


def test_a_paper_of_an_accusation_is_voided_by_the_restricted_officer_alone(
    program: Any, people: Any, a_petition: Any
) -> None:
    petition = a_petition(State.REGISTERED)
    made = good(program(people.clerk).post(f"/petitions/{petition.pk}/documents", {"kind": "registration_form"}))["id"]
    type(petition).objects.filter(pk=petition.pk).update(confidentiality=Confidentiality.SEALED.value)
    void = {"reason": "印错了"}
    answers = {
        role: program(getattr(people, role)).post(f"/documents/{made}/void", void).status_code
        for role in ("clerk", "head", "restricted")
    }
    assert answers == {"clerk": 404, "head": 404, "restricted": 200}
