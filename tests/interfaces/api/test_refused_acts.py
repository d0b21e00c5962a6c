"""What must never be done is refused and audited, though the attempt itself left nothing behind (DOMAIN §4)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from huiyin.county.assignment.actions import dispositions
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.journal.models import Entry
from huiyin.county.journal.queries import chain
from huiyin.county.office.models import Unit
from huiyin.county.registry.actions import attachments, petitions, receipts, secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.secrecy_models import Accused
from huiyin.county.registry.states import AttachmentKind, Channel, Purpose, Recurrence, State
from huiyin.interfaces import refusals
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

GIVEN: dict[str, Any] = {"unit_code": "water", "handler_name": "何立群", "redaction_confirmed": True}


@pytest.fixture
def letter(people: Any) -> Callable[..., Petition]:
    """A letter that is classified, with whatever is decided about it."""

    def made(**about: Any) -> Petition:
        by, at = people.clerk, datetime.now(UTC) - timedelta(hours=3)
        receipt = receipts.take_receipt(channel=Channel.LETTER, received_on=local_day(at), by=by, at=at)
        registration = Registration(summary="反映水费重复收取", name="马大山")
        petition = petitions.register(receipt_id=receipt.pk, registration=registration, by=by, at=at).petition
        data = b"%%PDF-1.4\n%d\n%%%%EOF" % petition.pk
        attachments.attach(
            petition_id=petition.pk, kind=AttachmentKind.ORIGINAL, name="信.pdf", data=data, by=by, at=at
        )
        petitions.read(petition_id=petition.pk, note="已阅", by=by, at=at)
        decided = Classification(Purpose.CLAIM, "0110", "农业农村", Recurrence.FIRST, **about)
        petitions.classify(petition_id=petition.pk, classification=decided, by=by, at=at)
        petition.refresh_from_db()
        return petition

    return made


def posted(person: Any, path: str, **values: object) -> Any:
    """Send a form of a page as a signed-in person."""
    client = Client()
    client.force_login(person, backend="huiyin.accounts.backend.StaffBackend")
    return client.post(path, {"form_token": "form-token-00000001", **values}, HTTP_HOST="qinglan.localhost")


def audited() -> list[tuple[str, int | None, str]]:
    """The audit log: which rule, of which petition, who."""
    rows = Entry.objects.filter(event="act.refused").order_by("number")
    return [(str(row.values["code"]), row.petition_id, row.by_name) for row in rows]


def test_an_assignment_to_the_accused_unit_is_refused_and_audited(program: Any, people: Any, letter: Any) -> None:
    petition = letter()
    unit = Unit.objects.get(code="water")
    Accused.objects.create(petition=petition, name="水务局", unit=unit, added_at=timezone.now(), added_by=people.clerk)
    before = Entry.objects.count()
    answer = program(people.clerk).post(f"/petitions/{petition.pk}/assign", GIVEN)
    assert (answer.status_code, answer.json()["code"]) == (409, "assignment.unit_accused")
    assert audited() == [("assignment.unit_accused", petition.pk, "马会计")]
    assert Entry.objects.count() == before + 1
    assert not Assignment.objects.exists()
    assert chain().holds


def test_the_page_that_catches_the_refusal_itself_is_audited_too(people: Any, letter: Any) -> None:
    petition = letter(is_litigation=True)
    sent = {
        "assign-unit": "court",
        "assign-handler_name": "立案庭",
        "assign-sent_by": "system",
        "assign-redaction_confirmed": "on",
        "assign-version": petition.version,
    }
    answer = posted(people.clerk, f"/petitions/{petition.pk}/assign", **sent)
    assert answer.status_code == 409
    assert "不得就案件实体交办" in answer.content.decode()
    assert audited() == [("assignment.on_the_merits", petition.pk, "马会计")]
    assert Petition.objects.get(pk=petition.pk).state == State.CLASSIFIED.value


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (("assign", {**GIVEN, "unit_code": "baiyun_water"}), "assignment.unit_unknown"),
        (("assign", {**GIVEN, "handler_name": " "}), "assignment.handler_missing"),
        (("void", {"reason": " ", "approver_id": 0}), "petition.void_reason_missing"),
        (("close", None), "petition.not_delivered"),
    ],
)
def test_the_refusals_of_the_list_are_audited(
    program: Any, people: Any, letter: Any, call: tuple[str, Any], code: str
) -> None:
    petition, (path, body) = letter(), call
    if body and "approver_id" in body:
        body = {**body, "approver_id": people.head.pk}
    answer = program(people.clerk).post(f"/petitions/{petition.pk}/{path}", body)
    assert answer.json()["code"] == code
    assert audited() == [(code, petition.pk, "马会计")]


def test_a_recused_person_is_told_nothing_and_the_attempt_is_on_record(program: Any, people: Any, letter: Any) -> None:
    petition = letter()
    now = datetime.now(UTC)
    secrecy.recuse(petition_id=petition.pk, staff=people.head, reason="曾任职单位", by=people.clerk, at=now)
    there = program(people.head).post(f"/petitions/{petition.pk}/assign", GIVEN)
    never = program(people.head).post("/petitions/987654321/assign", GIVEN)
    assert (there.status_code, there.content) == (never.status_code, never.content) == (404, never.content)
    page = posted(people.head, f"/petitions/{petition.pk}/merge", **{"merge-reason": "同一事项"})
    assert page.status_code == 404
    assert audited() == [("petition.unknown", petition.pk, "王主任")] * 2


def test_an_ordinary_refusal_is_not_audited(program: Any, people: Any, letter: Any) -> None:
    petition = letter()
    answer = program(people.clerk).post(f"/petitions/{petition.pk}/assign", {**GIVEN, "redaction_confirmed": False})
    assert answer.json()["code"] == "assignment.redaction_unconfirmed"
    assert audited() == []


def test_an_act_of_an_assignment_names_its_petition(program: Any, people: Any, letter: Any) -> None:
    petition = letter()
    given = dispositions.assign(
        petition_id=petition.pk, kind=DispositionKind.ASSIGNMENT, **GIVEN, by=people.clerk, at=datetime.now(UTC)
    )
    unit = program(people.unit_clerk)
    unit.post(f"/assignments/{given.pk}/sign", {"handler_name": "何立群", "handler_phone": "0199-5550111"})
    claim = petition.claims.get()
    told = {
        "facts": "查明属实，水费已经退还。",
        "basis": "水法",
        "handler_name": " ",
        "answers": [{"claim_id": claim.pk, "outcome": "supported"}],
    }
    answer = program(people.unit_head).post(f"/assignments/{given.pk}/report", told)
    assert answer.json()["code"] == "report.handler_missing"
    assert audited() == [("report.handler_missing", petition.pk, "水局长")]


@pytest.mark.parametrize(
    ("refusal", "audited"),
    [
        (Refusal("petition.bad_move", "", now="reported", then="closed"), True),
        (Refusal("petition.bad_move", "", now="reported", then="replied"), False),
        (Refusal("petition.unknown", "", barred=7), True),
        (Refusal("petition.unknown", "", barred=None), False),
        (Refusal("petition.too_many_representatives", ""), True),
        (Refusal("deadline.extension_after_due", ""), True),
        (Refusal("deadline.extension_beyond_cap", ""), True),
        (Refusal("petition.summary_missing", ""), False),
    ],
)
def test_which_refusals_are_audited(refusal: Refusal, audited: bool) -> None:
    assert refusals.is_audited(refusal) is audited
