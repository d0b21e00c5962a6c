"""Each way of a petition has its own form on its page; what is important goes to a leader first."""

from typing import Any

import pytest

from huiyin.county.assignment.models import Assignment, Proposal
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Petition
from huiyin.county.registry.secrecy_models import Accused
from huiyin.county.registry.states import State

LETTER = {"unit": "water", "handler_name": "何立群", "sent_by": "system", "redaction_confirmed": "on"}
GROUNDS = {"reason": "属人民法院管辖", "basis": "《信访工作条例》第三十一条"}


def step(browser: Any, petition: Petition, name: str, **values: object) -> Any:
    """Send the form of a step as the page would."""
    petition.refresh_from_db()
    sent = {f"{name}-{field}": value for field, value in {"version": petition.version, **values}.items()}
    return browser.post(f"/petitions/{petition.pk}/{name}", **sent)


def opened(browser: Any, attachment_id: int) -> bytes:
    """Download a file to its end."""
    return b"".join(browser.get(f"/attachments/{attachment_id}/").streaming_content)


def state_of(petition: Petition) -> str:
    petition.refresh_from_db()
    return petition.state


def important(petition: Petition) -> Petition:
    """Mark a petition as one that a leader decides."""
    Petition.objects.filter(pk=petition.pk).update(wants_leader=True)
    petition.refresh_from_db()
    return petition


def test_the_page_offers_each_way_with_its_own_form(browser: Any, people: Any, a_petition: Any) -> None:
    petition = a_petition(State.CLASSIFIED)
    page = browser(people.clerk).get(f"/petitions/{petition.pk}/").content.decode()
    for name in ("assign", "refer", "internal", "guide", "not-reaccept", "file", "merge"):
        assert f'action="/petitions/{petition.pk}/{name}"' in page
    for name in ("transfer-sealed", "split", "approve", "propose-assign"):
        assert f'action="/petitions/{petition.pk}/{name}"' not in page
    assert "县水务局" in page


def test_a_clerk_assigns_with_a_co_handler(browser: Any, people: Any, a_petition: Any) -> None:
    petition = a_petition(State.CLASSIFIED)
    clerk = browser(people.clerk)
    unconfirmed = {name: value for name, value in LETTER.items() if name != "redaction_confirmed"}
    assert step(clerk, petition, "assign", **unconfirmed).status_code == 422
    further = {"co_unit": "agriculture", "co_handler_name": "田有禾"}
    assert step(clerk, petition, "assign", **LETTER, **further).status_code == 302
    assert list(petition.assignments.order_by("pk").values_list("unit__code", "is_lead")) == [
        ("water", True),
        ("agriculture", False),
    ]
    page = clerk.get(f"/petitions/{petition.pk}/").content.decode()
    assert "脱敏确认：马会计" in page
    assert "改定主办单位" in page


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        (("refer", LETTER), State.REFERRED),
        (("internal", {**LETTER, "unit": "legal_committee"}), State.INTERNAL),
        (("guide", {**GROUNDS, "competent_organ": "县人民法院", "procedure": "起诉"}), State.GUIDED),
        (("not-reaccept", {**GROUNDS, "conclusion": "市政府复核意见〔2025〕3号"}), State.NOT_REACCEPTED),
        (("file", {**GROUNDS, "second_note": "同意存查"}), State.FILED),
    ],
)
def test_each_way_is_carried_out_from_its_form(
    browser: Any, people: Any, a_petition: Any, sent: tuple[str, Any], state: State
) -> None:
    petition, (name, values) = a_petition(State.CLASSIFIED), sent
    approver = {} if "unit" in values else {"approver": people.head.pk}
    answer = step(browser(people.clerk), petition, name, **values, **approver)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert state_of(petition) == state.value


def test_a_petition_is_merged_by_the_number_of_its_main_one(browser: Any, people: Any, a_petition: Any) -> None:
    main, petition = a_petition(State.CLASSIFIED), a_petition(State.CLASSIFIED, name="马小山")
    clerk = browser(people.clerk)
    unknown = step(clerk, petition, "merge", reason="同一事项", merged_into="青人信〔2026〕999号")
    assert unknown.status_code == 409
    assert step(clerk, petition, "merge", reason="同一事项", merged_into=main.number).status_code == 302
    assert state_of(petition) == State.MERGED.value


def test_what_is_important_is_proposed_and_the_leader_approves(browser: Any, people: Any, a_petition: Any) -> None:
    petition = important(a_petition(State.CLASSIFIED))
    clerk, leader = browser(people.clerk), browser(people.leader)
    page = clerk.get(f"/petitions/{petition.pk}/").content.decode()
    assert f'action="/petitions/{petition.pk}/propose-assign"' in page
    assert f'action="/petitions/{petition.pk}/assign"' not in page
    assert step(clerk, petition, "assign", **LETTER).status_code == 409
    assert step(clerk, petition, "propose-assign", **LETTER).status_code == 422  # 报批须写理由和依据
    assert step(clerk, petition, "propose-assign", **LETTER, **GROUNDS).status_code == 302
    assert state_of(petition) == State.PROPOSED.value
    shown = leader.get(f"/petitions/{petition.pk}/").content.decode()
    assert "审批拟办意见" in shown
    assert "属人民法院管辖" in shown
    assert "审批拟办意见" not in clerk.get(f"/petitions/{petition.pk}/").content.decode()
    assert step(leader, petition, "approve", words="同意").status_code == 302
    assert state_of(petition) == State.ASSIGNED.value


def test_the_head_sends_a_proposal_back(browser: Any, people: Any, a_petition: Any) -> None:
    petition = a_petition(State.CLASSIFIED)
    clerk, head = browser(people.clerk), browser(people.head)
    assert step(clerk, petition, "assign", **LETTER, **GROUNDS, to_leader="on").status_code == 302
    assert Proposal.objects.get().proposed_by == people.clerk
    assert step(head, petition, "send-back", words="请先核实地点").status_code == 302
    assert state_of(petition) == State.CLASSIFIED.value


def test_an_accused_unit_and_what_is_below_it_are_not_in_the_choices(
    browser: Any, people: Any, a_petition: Any
) -> None:
    petition = a_petition(State.CLASSIFIED)
    unit = Unit.objects.get(code="water")
    Accused.objects.create(
        petition=petition, name="水务局", unit=unit, added_at=petition.registered_at, added_by=people.clerk
    )
    page = browser(people.clerk).get(f"/petitions/{petition.pk}/").content.decode()
    choices = page[page.index('name="assign-unit"') :][:1500]
    assert 'value="agriculture"' in choices
    assert 'value="water"' not in choices
    assert 'value="irrigation_station"' not in choices


def test_litigation_offers_no_assignment(browser: Any, people: Any, a_petition: Any) -> None:
    petition = a_petition(State.CLASSIFIED)
    Petition.objects.filter(pk=petition.pk).update(is_litigation=True)
    page = browser(people.clerk).get(f"/petitions/{petition.pk}/").content.decode()
    assert f'action="/petitions/{petition.pk}/assign"' not in page
    choices = page[page.index('name="refer-unit"') :][:600]
    assert 'value="court"' in choices
    assert 'value="water"' not in choices


def test_join_lead_withdraw_and_verify_name_the_unit(browser: Any, people: Any, a_petition: Any) -> None:
    petition = a_petition(State.IN_PROGRESS)
    clerk = browser(people.clerk)
    joining = {**LETTER, "unit": "agriculture", "handler_name": "田有禾"}
    assert step(clerk, petition, "join", **joining).status_code == 302
    co = Assignment.objects.get(unit__code="agriculture")
    assert step(clerk, petition, "lead", assignment=co.pk, reason="以面积核定为主").status_code == 302
    petition.refresh_from_db()
    assert petition.owner_name == "田有禾"
    water = Assignment.objects.get(unit__code="water")
    assert step(clerk, petition, "withdraw", assignment=water.pk, reason="不需会办").status_code == 302
    assert Entry.objects.filter(event="assignment.withdrawn", petition_id=petition.pk).count() == 1
    foreign = a_petition(State.ASSIGNED).assignments.get()
    assert step(clerk, petition, "withdraw", assignment=foreign.pk, reason="误").status_code == 422


def test_a_mixed_letter_is_split_on_its_page(browser: Any, people: Any, a_petition: Any) -> None:
    petition = a_petition(State.CLASSIFIED)
    officer = browser(people.restricted)
    assert f'action="/petitions/{petition.pk}/split"' in officer.get(f"/petitions/{petition.pk}/").content.decode()
    told = {
        "summary": "要求退还水费",
        "excerpt": "我家多交水费四百元",
        "accusation": "反映站长收受好处",
        "accused_name": "高站长",
        "checked_by": people.head.pk,
    }
    assert step(officer, petition, "split", **told).status_code == 302
    sealed = Petition.objects.get(split_from=petition)
    assert browser(people.clerk).get(f"/petitions/{sealed.pk}/").status_code == 404
    page = browser(people.clerk).get(f"/petitions/{petition.pk}/").content.decode()
    assert sealed.number in page
    assert "收受好处" not in page
    scan = petition.attachments.get()
    assert browser(people.clerk).get(f"/attachments/{scan.pk}/").status_code == 404
    assert opened(officer, scan.pk)


def test_a_unit_downloads_what_was_marked_for_it_alone(browser: Any, people: Any, a_petition: Any) -> None:
    petition = a_petition(State.CLASSIFIED)
    scan = petition.attachments.get()
    unit = browser(people.unit_clerk)
    other = a_petition(State.ASSIGNED, name="马小山").attachments.get()
    assert step(browser(people.clerk), petition, "assign", **LETTER, enclosed=[scan.pk]).status_code == 302
    assert opened(unit, scan.pk)
    assert unit.get(f"/attachments/{other.pk}/").status_code == 404
    assert browser(people.other_unit_clerk).get(f"/attachments/{scan.pk}/").status_code == 404
