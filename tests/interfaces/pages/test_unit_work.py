"""The pages of a unit: what is to do with its dates, every step on one page, and nothing of anybody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huiyin.county.assignment.actions import objections, reports
from huiyin.county.assignment.states import AssignmentState, ExtensionState, ReturnReason
from huiyin.county.assignment.unit_models import Extension, Notice, Objection, Progress, ReportDraft
from huiyin.county.journal.models import Entry
from huiyin.county.oversight.actions import steps as oversight
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Level, Trigger
from huiyin.county.registry.states import State

PDF = b"%PDF-1.4\n% invented\n%%EOF\n"


def steps_on(page: Any) -> set[str]:
    return {step.name for step in page.context["screen"].steps}


def test_the_list_is_grouped_by_what_is_to_do(people: Any, browser: Any, a_petition: Any) -> None:
    for state in (State.ASSIGNED, State.IN_PROGRESS, State.REPORTED, State.VERIFIED):
        a_petition(state)
    a_petition(State.ASSIGNED, unit="agriculture", summary="反映别的事")
    answer = browser(people.unit_clerk).get("/assignments/")
    titles = [group.title for group in answer.context["screen"].groups]
    assert titles == ["待签收　1件", "办理中　1件", "已反馈，等待审核　1件", "已办结　1件"]
    assert "反映别的事" not in answer.content.decode()
    assert "有2件等着本单位办理" in answer.content.decode()


def test_the_list_of_a_unit_costs_the_same_for_many(
    people: Any, browser: Any, a_petition: Any, queries_of: Any
) -> None:
    page = browser(people.unit_clerk)
    a_petition(State.ASSIGNED)
    few = queries_of(lambda: page.get("/assignments/"))
    for _ in range(5):
        a_petition(State.ASSIGNED)
    assert queries_of(lambda: page.get("/assignments/")) == few


@pytest.mark.parametrize(
    ("who", "state", "offered"),
    [
        ("unit_clerk", State.ASSIGNED, {"sign", "object", "tell", "extend", "attach"}),
        ("unit_clerk", State.IN_PROGRESS, {"draft", "object", "tell", "progress", "extend", "attach"}),
        ("unit_head", State.IN_PROGRESS, {"report", "object", "tell", "progress", "extend", "attach"}),
        ("unit_head", State.REPORTED, {"attach"}),
        ("unit_head", State.VERIFIED, set()),
    ],
)
def test_each_step_is_offered_when_it_is_open(  # noqa: PLR0917  # a table's columns and the people
    who: str, state: State, offered: set[str], people: Any, browser: Any, a_petition: Any
) -> None:
    given = a_petition(state).assignments.get()
    assert steps_on(browser(getattr(people, who)).get(f"/assignments/{given.pk}/")) == offered


def test_a_unit_tells_reports_progress_and_attaches_on_its_page(people: Any, browser: Any, a_petition: Any) -> None:
    given = a_petition(State.IN_PROGRESS).assignments.get()
    he, home = browser(people.unit_clerk), f"/assignments/{given.pk}/"
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    told = {"tell-told_at": now, "tell-method": "phone", "tell-words": "已受理，由何立群办理"}
    answers = [
        he.post(f"{home}steps/tell", **told),
        he.post(f"{home}steps/progress", **{"progress-words": "已入户核对12户"}),
        he.post(
            f"{home}steps/attach",
            **{"attach-kind": "reply", "attach-scan": SimpleUploadedFile("答复意见书.pdf", PDF)},
        ),
    ]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, home)] * 3
    assert (Notice.objects.count(), Progress.objects.count()) == (1, 1)
    page = he.get(home).content.decode()
    assert "已入户核对12户" in page
    assert "答复意见书.pdf" in page


def test_an_original_is_not_uploaded_by_a_unit(people: Any, browser: Any, a_petition: Any) -> None:
    given = a_petition(State.IN_PROGRESS).assignments.get()
    values = {"attach-kind": "original", "attach-scan": SimpleUploadedFile("原件.pdf", PDF)}
    assert browser(people.unit_clerk).post(f"/assignments/{given.pk}/steps/attach", **values).status_code == 422


def test_an_extension_is_asked_by_the_clerk_and_approved_by_the_head(
    people: Any, browser: Any, a_petition: Any
) -> None:
    given = a_petition(State.IN_PROGRESS).assignments.get()
    home, before = f"/assignments/{given.pk}/", given.due_on
    asked = browser(people.unit_clerk).post(
        f"{home}steps/extend", **{"extend-amount": "15", "extend-reason": "需要实地测量"}
    )
    assert asked.status_code == 302
    assert "approve-extension" not in steps_on(browser(people.unit_clerk).get(home))
    head = browser(people.unit_head)
    assert "approve-extension" in steps_on(head.get(home))
    assert head.post(f"{home}steps/approve-extension").status_code == 302
    given.refresh_from_db()
    assert given.due_on > before
    assert Extension.objects.get().state == ExtensionState.APPROVED.value
    assert "tell-extension" in steps_on(browser(people.unit_clerk).get(home))


def test_an_extension_beyond_the_cap_is_refused_in_words_and_stands_in_the_audit_log(
    people: Any, browser: Any, a_petition: Any
) -> None:
    given = a_petition(State.IN_PROGRESS).assignments.get()
    values = {"extend-amount": "31", "extend-reason": "需要实地测量"}
    answer = browser(people.unit_clerk).post(f"/assignments/{given.pk}/steps/extend", **values)
    assert answer.status_code == 422
    assert "累计不得超过30日" in answer.content.decode()
    noted = Entry.objects.get(event="act.refused")
    assert noted.values["code"] == "deadline.extension_beyond_cap"


def test_the_clerk_drafts_and_the_head_reports_what_was_drafted(people: Any, browser: Any, a_petition: Any) -> None:
    given = a_petition(State.IN_PROGRESS).assignments.get()
    home, claim = f"/assignments/{given.pk}/", given.petition.claims.get()
    drafted = {"draft-facts": "经查多收420元", f"draft-outcome_{claim.pk}": "supported"}
    assert browser(people.unit_clerk).post(f"{home}steps/draft", **drafted).status_code == 302
    whole = {"facts": "经查多收420元", "basis": "《水法》", "handler_name": "何立群"}
    whole |= {f"outcome_{claim.pk}": "supported", f"words_{claim.pk}": "已退还"}
    refused = browser(people.unit_clerk).post(f"{home}report", **whole)
    assert "由本单位负责人报出" in refused.content.decode()
    head = browser(people.unit_head)
    assert "经查多收420元" in head.get(home).content.decode()
    assert head.post(f"{home}report", **whole).status_code == 302
    given.refresh_from_db()
    assert (given.state, given.reports.get().head_name) == (AssignmentState.REPORTED.value, "水局长")
    assert not ReportDraft.objects.exists()


def test_the_office_decides_about_an_objection_on_the_petition(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.ASSIGNED)
    given = petition.assignments.get()
    raised = browser(people.unit_clerk).post(
        f"/assignments/{given.pk}/steps/object", **{"object-reasons": "不属本局职责", "object-competent": "农业农村局"}
    )
    assert raised.status_code == 302
    assert "异议正在处理" in browser(people.unit_clerk).get(f"/assignments/{given.pk}/").content.decode()
    clerk, one = browser(people.clerk), Objection.objects.get()
    page = clerk.get(f"/petitions/{petition.pk}/").content.decode()
    assert "不属本局职责" in page
    answer = clerk.post(
        f"/petitions/{petition.pk}/uphold-objection",
        **{
            "uphold-objection-objection": one.pk,
            "uphold-objection-words": "确属农业农村局职责",
            "uphold-objection-unit": "agriculture",
            "uphold-objection-handler_name": "田有禾",
            "uphold-objection-redaction_confirmed": "on",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    old = browser(people.unit_clerk).get(f"/assignments/{given.pk}/")
    assert old.status_code == 404, "what was taken back is not there any more"
    new = petition.assignments.get(unit__code="agriculture")
    assert browser(people.other_unit_clerk).get(f"/assignments/{new.pk}/").status_code == 200


def test_a_further_objection_is_decided_by_the_named_leader_on_the_petition(
    people: Any, browser: Any, a_petition: Any
) -> None:
    petition = a_petition(State.ASSIGNED)
    given, at = petition.assignments.get(), timezone.now()
    first = objections.raise_objection(assignment_id=given.pk, reasons="不属职责", by=people.unit_clerk, at=at)
    Objection.objects.filter(pk=first.pk).update(round=2)
    clerk, where = browser(people.clerk), f"/petitions/{petition.pk}"
    named = {"name-adjudicator-objection": first.pk, "name-adjudicator-adjudicator": people.leader.pk}
    assert clerk.post(f"{where}/name-adjudicator", **named).status_code == 302
    decided = {"adjudicate-objection": first.pk, "adjudicate-words": "由水务局办理", "adjudicate-unit": ""}
    assert clerk.post(f"{where}/adjudicate", **decided).status_code in {409, 422}
    assert browser(people.leader).post(f"{where}/adjudicate", **decided).status_code == 302
    first.refresh_from_db()
    assert first.decided_by == people.leader


def test_a_unit_sees_the_oversight_addressed_to_it(people: Any, browser: Any, a_petition: Any) -> None:
    given = a_petition(State.IN_PROGRESS).assignments.get()
    due_on = timezone.localdate() + timedelta(days=7)
    entry = OversightEntry(Level.REMINDER, Trigger.OVERDUE, "请抓紧核对水费", due_on=due_on)
    oversight.issue(assignment_id=given.pk, entry=entry, by=people.clerk, at=timezone.now())
    assert "请抓紧核对水费" in browser(people.unit_clerk).get(f"/assignments/{given.pk}/").content.decode()


def test_the_office_sees_what_to_look_at_again_before_it_accepts(people: Any, browser: Any, a_petition: Any) -> None:
    petition = a_petition(State.REPORTED)
    page = browser(people.clerk).get(f"/petitions/{petition.pk}/").content.decode()
    assert "反馈审核提示" in page
    assert "没有上传给信访人的答复意见书" in page
    reports.return_report(
        assignment_id=petition.assignments.get().pk,
        reasons=[ReturnReason.PROOF_MISSING],
        words="补凭证",
        by=people.clerk,
        at=timezone.now(),
    )
    assert "反馈审核提示" not in browser(people.clerk).get(f"/petitions/{petition.pk}/").content.decode()


@pytest.mark.parametrize("name", ["tell", "object", "attach", "nothing"])
def test_another_units_page_takes_no_step(name: str, people: Any, browser: Any, a_petition: Any) -> None:
    given = a_petition(State.IN_PROGRESS).assignments.get()
    assert browser(people.other_unit_clerk).post(f"/assignments/{given.pk}/steps/{name}").status_code == 404
    assert browser(people.clerk).post(f"/assignments/{given.pk}/steps/{name}").status_code == 403
