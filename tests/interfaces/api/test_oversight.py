"""督办 by API: the same steps, the same refusals."""

from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.county.oversight.models import Oversight
from huiyin.county.registry.states import State


@pytest.fixture
def body(a_petition) -> dict[str, object]:
    given = a_petition(State.ASSIGNED).assignments.get()
    due = (timezone.localdate() + timedelta(days=7)).isoformat()
    return {"assignment_id": given.pk, "level": "reminder", "trigger": "overdue", "words": "请尽快反馈", "due_on": due}


def test_a_step_is_taken_once_listed_and_concluded(program, people, body):
    clerk = program(people.clerk)
    answers = [clerk.post("/oversight/", body, key="oversight-call-0001").json() for _ in range(2)]
    assert answers[0] == answers[1]
    (row,) = clerk.get("/oversight/").json()
    assert (row["level"], row["unit"], row["concluded"]) == ("reminder", "water", False)
    assert clerk.post(f"/oversight/{row['id']}/conclude", {"outcome": "已反馈"}).status_code == 200
    assert Oversight.objects.get().outcome == "已反馈"
    assert clerk.get("/oversight/board").json()[0]["highest"] == "reminder"
    assert clerk.get("/oversight/suggestions").json() == []


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"level": "letter"}, (409, "oversight.step_skipped")),
        ({"due_on": "2020-01-01"}, (409, "oversight.due_in_the_past")),
        ({"level": "shout"}, (422, "request.misshapen")),
        ({"why": "x"}, (422, "request.misshapen")),
    ],
)
def test_what_the_rules_refuse_is_refused_with_code_and_words(program, people, body, changes, refused):
    answer = program(people.clerk).post("/oversight/", body | changes)
    assert (answer.status_code, answer.json()["code"]) == refused
    assert not Oversight.objects.exists()


def test_a_unit_sees_the_letters_to_itself_and_takes_no_step(program, people, body):
    program(people.clerk).post("/oversight/", body)
    assert len(program(people.unit_clerk).get("/oversight/").json()) == 1
    assert program(people.other_unit_clerk).get("/oversight/").json() == []
    assert program(people.unit_clerk).post("/oversight/", body).json()["code"] == "permission.role_missing"
