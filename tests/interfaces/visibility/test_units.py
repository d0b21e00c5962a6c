"""A unit that stands accused, its superior and its subordinate: not chosen, not given, not told (R22 §30)."""

from typing import Any

import pytest
from django.apps import apps

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.document.models import Document
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.registry.models import Attachment, Petition

from .surfaces import text_of

# 县水务局 stands accused in an item that is open again: itself and whoever stands below it, and nobody above it.
ACCUSED = ("water", "irrigation_station")


def body(unit: str) -> dict[str, object]:
    return {"unit_code": unit, "handler_name": "何立群", "redaction_confirmed": True}


@pytest.fixture
def classified(story: Any) -> Petition:
    """An item that accused 县水务局, was opened again, and is about to be given to somebody."""
    petition: Petition = story.petitions["unsealed"]
    given = petition.assignments.get()
    story.take_back(given)
    petition.refresh_from_db()
    return petition


@pytest.mark.parametrize("unit", ACCUSED)
def test_it_cannot_be_given_to_them_by_page_or_program(unit: str, classified: Petition, reader: Any) -> None:
    head = reader("head")
    page = text_of(head.get(f"/petitions/{classified.pk}/"))
    assert 'value="agriculture"' in page
    assert f'value="{unit}"' not in page
    answer = head.send(f"/api/petitions/{classified.pk}/assign", body(unit))
    assert (answer.status_code, answer.json()["code"]) == (409, "assignment.unit_accused")
    assert not Assignment.objects.filter(petition=classified, unit__code=unit).exists()
    assert Entry.objects.filter(event="act.refused", petition_id=classified.pk).exists()


def test_a_unit_that_is_not_accused_can_be_given_it(classified: Petition, reader: Any) -> None:
    answer = reader("head").send(f"/api/petitions/{classified.pk}/assign", body("agriculture"))
    assert answer.status_code == 200


def test_whoever_is_accused_is_told_nothing_and_gets_no_letter(story: Any) -> None:
    hidden = [story.petitions[kind].pk for kind in ("sealed_on_unit", "unsealed")]
    theirs = Staff.objects.filter(unit_code__in=ACCUSED)
    assert theirs.count() == 3
    assert not Notification.objects.filter(petition_id__in=hidden, to_staff__in=theirs).exists()
    for person in theirs:
        for model in (Petition, Attachment, Assignment, Document):
            way = "pk__in" if model is Petition else "petition_id__in"
            assert not model.objects.visible_to(person).filter(**{way: hidden}).exists()
    assert not Document.objects.filter(petition_id__in=hidden, unit_code__in=ACCUSED).exists()


@pytest.mark.parametrize("name", ["unit_clerk", "unit_head"])
def test_the_original_of_a_split_letter_never_leaves_the_office(name: str, story: Any, reader: Any) -> None:
    by, petition = reader(name), story.petitions["mixed_claim"]
    rows = {row.kind: row for row in petition.attachments.all()}
    assert by.get(f"/attachments/{rows['original'].pk}/").status_code == 404
    shared = by.get(f"/attachments/{rows['other'].pk}/")
    assert story.word("mixed_claim", "shared_file") in text_of(shared)
    sealed = apps.get_model("county", "Attachment").objects.filter(petition=story.petitions["mixed_accusation"])
    assert sealed.exists()
    assert {by.get(f"/attachments/{row.pk}/").status_code for row in sealed} == {404}


def test_the_original_of_a_split_letter_is_never_marked_for_a_unit(story: Any, reader: Any) -> None:
    petition = story.petitions["mixed_claim"]
    story.take_back(petition.assignments.get())
    original = petition.attachments.get(kind="original")
    answer = reader("head").send(
        f"/api/petitions/{petition.pk}/assign", {**body("water"), "attachment_ids": [original.pk]}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "attachment.kept_back")


def test_a_unit_that_asks_for_the_whole_line_is_told_no_identity_number(story: Any, reader: Any) -> None:
    by, petition = reader("unit_clerk"), story.petitions["ordinary"]
    told = by.send(f"/api/petitions/{petition.pk}/reveal", {"reason": "电话告知"}).json()
    assert (told["phone"], told["identity_number"]) == (story.word("ordinary", "phone"), "")
    assert reader("head").send(f"/api/petitions/{petition.pk}/reveal", {"reason": "核对"}).json()["identity_number"]
