"""三项建议 in the browser: drafted, decided by another, answered by the unit on its own screen."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from huiyin.county.oversight.actions import steps
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Instrument, Level, Manner, Trigger
from huiyin.county.registry.states import State


@pytest.fixture
def sent() -> dict[str, Any]:
    due = timezone.localdate() + timedelta(days=30)
    return {
        "kind": "improve_work",
        "unit": "water",
        "subject": "农业水费收缴公开",
        "facts": "三个村的水费没有公示。",
        "words": "全部灌区按季公示水费。",
        "due_on": due.isoformat(),
    }


@pytest.fixture
def drafted(browser, people, sent, a_petition) -> Recommendation:
    petition = a_petition(State.CLASSIFIED)
    answer = browser(people.clerk).post("/recommendations/new", **sent, petitions=f"{petition.number}\n")
    assert answer.status_code == 302
    return Recommendation.objects.get()


def test_from_draft_to_the_units_answer(browser, people, drafted):
    clerk, head, he = browser(people.clerk), browser(people.head), browser(people.unit_clerk)
    path = f"/recommendations/{drafted.pk}"
    assert drafted.basis == "《信访工作条例》第四十条第一款"
    assert f"{path}/make" not in clerk.get(f"{path}/").content.decode()
    assert he.get(f"{path}/").status_code == 404
    assert f"{path}/make" in head.get(f"{path}/").content.decode()
    assert head.get(f"{path}/make").status_code == 200
    assert head.post(f"{path}/make").status_code == 302
    theirs = he.get(f"{path}/").content.decode()
    assert "全部灌区按季公示水费" in theirs
    assert drafted.links.get().petition.number not in theirs
    assert "反馈采纳情况" in theirs
    wrong = {"adoption": "no", "answer": "", "answered_on": timezone.localdate().isoformat()}
    assert he.post(f"{path}/answer", **wrong).status_code == 422
    assert he.post(f"{path}/answer", **{**wrong, "answer": "没有经费"}).status_code == 302
    page = clerk.get(f"{path}/").content.decode()
    assert "没有经费" in page
    assert "未采纳" in page


def test_another_unit_finds_neither_the_line_nor_the_page(browser, people, drafted):
    browser(people.head).post(f"/recommendations/{drafted.pk}/make")
    tian = browser(people.other_unit_clerk)
    assert "农业水费收缴公开" not in tian.get("/recommendations/").content.decode()
    answer = {"adoption": "yes", "answer": "已公示", "answered_on": timezone.localdate().isoformat()}
    codes = [
        tian.get(f"/recommendations/{drafted.pk}/").status_code,
        tian.post(f"/recommendations/{drafted.pk}/answer", **answer).status_code,
    ]
    assert codes == [404, 404]
    assert "农业水费收缴公开" in browser(people.unit_head).get("/recommendations/").content.decode()


def test_what_was_sent_back_is_the_beginning_of_the_next_draft(browser, people, drafted):
    head, path = browser(people.head), f"/recommendations/{drafted.pk}"
    assert head.post(f"{path}/send-back", words="").status_code == 422
    assert head.post(f"{path}/send-back", words="事实不够具体").status_code == 302
    page = browser(people.clerk).get(f"{path}/").content.decode()
    assert "事实不够具体" in page
    assert "据此重拟" in page
    again = browser(people.clerk).get("/recommendations/new", again=str(drafted.pk)).content.decode()
    assert "全部灌区按季公示水费。" in again
    assert drafted.links.get().petition.number in again


def test_the_list_is_narrowed_by_where_they_stand_and_by_unit(browser, people, drafted):
    clerk = browser(people.clerk)
    found = {
        when: drafted.subject in clerk.get("/recommendations/", when=when, unit="water").content.decode()
        for when in ("", "waiting", "unanswered", "overdue", "answered")
    }
    assert found == {"": True, "waiting": True, "unanswered": False, "overdue": False, "answered": False}
    assert drafted.subject not in clerk.get("/recommendations/", unit="agriculture").content.decode()


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        ("clerk", (200, 200, 403)),
        ("head", (200, 200, 200)),
        ("leader", (200, 403, 200)),
        ("auditor", (200, 403, 403)),
        ("administrator", (403, 403, 403)),
        ("unit_clerk", (200, 403, 403)),
    ],
)
def test_who_opens_list_draft_and_decision(browser, people, drafted, role, codes):
    by = browser(getattr(people, role))
    paths = ("/recommendations/", "/recommendations/new", f"/recommendations/{drafted.pk}/make")
    assert tuple(by.get(path).status_code for path in paths) == codes


def test_a_step_that_decided_for_a_recommendation_leads_to_its_draft_and_then_to_it(browser, people, sent, a_petition):
    given = a_petition(State.IN_PROGRESS, days_ago=20).assignments.get()
    at, today = timezone.now(), timezone.localdate()
    limit, held = {"due_on": today + timedelta(days=5)}, {"held_on": today}
    for level, values in (
        (Level.LETTER, limit),
        (Level.INTERVIEW, {"manner": Manner.TALK, "attendees": "水局长", **limit, **held}),
        (Level.DIRECTORS_MEETING, held),
        (Level.INSTRUMENT, {"instrument": Instrument.IMPROVE_WORK}),
    ):
        entry = OversightEntry(level, Trigger.SHIRKING, "久拖不办", **values)
        step = steps.issue(assignment_id=given.pk, entry=entry, approver=people.leader, by=people.clerk, at=at)
    clerk, path = browser(people.clerk), f"/petitions/{given.petition_id}/"
    assert f"oversight={step.pk}" in clerk.get(path).content.decode()
    assert clerk.post("/recommendations/new", **sent, oversight=str(step.pk)).status_code == 302
    row = Recommendation.objects.get()
    assert row.oversight == step
    page = clerk.get(path).content.decode()
    assert f"/recommendations/{row.pk}/" in page
    assert f"oversight={step.pk}" not in page
