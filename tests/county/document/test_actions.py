"""A paper is kept once, numbered without gaps, and never changes; whoever may not read it does not find it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.document import actions
from huiyin.county.document.actions import Subject
from huiyin.county.document.models import Document
from huiyin.county.document.queries import papers_of
from huiyin.county.document.rules import hash_of
from huiyin.county.document.states import DocumentKind
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Unit
from huiyin.county.registry import files
from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.secrecy_models import Accused, Recusal
from huiyin.county.registry.states import Channel, Confidentiality
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
VALUES = {"sheets": [{"title": "关于信访事项的函"}]}


@pytest.fixture
def petition(people: Any) -> Petition:
    return registered(people)


def registered(people: Any, confidentiality: Confidentiality = Confidentiality.ORDINARY) -> Petition:
    by = people.clerk if confidentiality is Confidentiality.ORDINARY else people.restricted
    receipt = receipts.take_receipt(channel=Channel.LETTER, received_on=date(2026, 3, 2), sender="", by=by, at=AT)
    what = Registration(summary="反映水费", name="马大山", confidentiality=confidentiality)
    return petitions.register(receipt_id=receipt.pk, registration=what, by=by, at=AT).petition


def written(
    petition: Petition, people: Any, kind: DocumentKind = DocumentKind.ASSIGNMENT_LETTER, **more: Any
) -> Document:
    told = {"values": VALUES, "template": "试", "by": people.clerk, "at": AT, **more}
    return actions.write(kind=kind, petition_id=petition.pk, **told)


def test_writing_keeps_values_hash_and_event(petition: Petition, people: Any) -> None:
    row = written(petition, people, number="青人交〔2026〕7号", subject=Subject("assignment", 5, "water"))
    entry = Entry.objects.get(event="document.written")
    assert (row.values_hash, row.number, row.series, row.unit_code) == (
        hash_of(VALUES),
        "青人交〔2026〕7号",
        "",
        "water",
    )
    assert (entry.subject_id, entry.petition_id, entry.by_name) == (row.pk, petition.pk, "马会计")
    assert entry.values["values_hash"] == row.values_hash
    assert "水费" not in str(entry.values)


def test_one_event_writes_a_kind_once_and_takes_one_number(petition: Petition, people: Any) -> None:
    first = written(petition, people, DocumentKind.GUIDANCE_NOTICE, source_entry_id=41)
    again = written(petition, people, DocumentKind.GUIDANCE_NOTICE, source_entry_id=41)
    other = written(petition, people, DocumentKind.GUIDANCE_NOTICE, source_entry_id=42)
    assert first == again
    assert [first.number, other.number] == ["青人告〔2026〕1号", "青人告〔2026〕2号"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=other.pk).update(source_entry_id=41)


def test_a_refused_paper_gives_its_number_back(people: Any) -> None:
    sealed, ordinary = registered(people, Confidentiality.SEALED), registered(people)
    with pytest.raises(Refusal) as refused:
        written(sealed, people, DocumentKind.GUIDANCE_NOTICE)
    assert refused.value.code == "document.sealed"
    assert written(ordinary, people, DocumentKind.GUIDANCE_NOTICE).number == "青人告〔2026〕1号"


def test_a_voided_paper_stays_with_its_reason_and_its_number_is_not_given_again(
    petition: Petition, people: Any
) -> None:
    row = written(petition, people, DocumentKind.RETURN_SLIP)
    actions.void(document_id=row.pk, reason="发错单位", by=people.clerk, at=AT)
    row.refresh_from_db()
    assert (row.void_reason, row.voided_by) == ("发错单位", people.clerk)
    assert not Document.objects.valid().filter(pk=row.pk).exists()
    assert written(petition, people, DocumentKind.RETURN_SLIP).number == "青人退〔2026〕2号"
    with pytest.raises(Refusal):
        actions.void(document_id=row.pk, reason="再作废一次", by=people.clerk, at=AT)


def test_whoever_writes_no_papers_voids_none(petition: Petition, people: Any) -> None:
    row = written(petition, people)
    with pytest.raises(Refusal) as refused:
        actions.void(document_id=row.pk, reason="不要了", by=people.leader, at=AT)
    assert refused.value.code == "permission.role_missing"


def test_the_first_print_is_kept_by_its_content(petition: Petition, people: Any) -> None:
    row = written(petition, people)
    kept = actions.keep_print(document_id=row.pk, pdf=b"%PDF-1", fonts="仿宋：甲", by=people.clerk, at=AT)
    again = actions.keep_print(document_id=row.pk, pdf=b"%PDF-2", fonts="仿宋：乙", by=people.clerk, at=AT)
    assert kept.pdf_sha256 == again.pdf_sha256 == files.digest_of(b"%PDF-1")
    assert files.path_of(kept.pdf_sha256).read_bytes() == b"%PDF-1"
    assert Entry.objects.filter(event="document.printed").count() == 1


def seen(by: Any) -> set[int]:
    return set(Document.objects.visible_to(by).values_list("pk", flat=True))


def test_a_unit_reads_the_letters_to_it_and_no_others(petition: Petition, people: Any) -> None:
    to_water = Subject("assignment", 1, "water")
    letter = written(petition, people, subject=to_water, source_entry_id=1)
    report = written(petition, people, DocumentKind.CONCLUSION_REPORT, subject=to_water, source_entry_id=2)
    written(petition, people, subject=Subject("assignment", 2, "agriculture"), source_entry_id=3)
    written(petition, people, DocumentKind.REGISTRATION_FORM, subject=Subject("petition", 1, "water"))
    written(petition, people, DocumentKind.REPLY_LETTER, subject=Subject("reply", 1, "water"), source_entry_id=4)
    void = written(petition, people, subject=to_water, source_entry_id=5)
    actions.void(document_id=void.pk, reason="发错了", by=people.clerk, at=AT)
    assert seen(people.unit_clerk) == seen(people.unit_head) == {letter.pk, report.pk}
    assert letter.pk not in seen(people.other_unit_clerk)


def test_an_accused_unit_reads_nothing_any_more(petition: Petition, people: Any) -> None:
    letter = written(petition, people, subject=Subject("assignment", 1, "water"))
    assert seen(people.unit_clerk) == {letter.pk}
    unit = Unit.objects.get(code="water")
    Accused.objects.create(petition=petition, name="水局长", unit=unit, added_at=AT, added_by=people.restricted)
    assert seen(people.unit_clerk) == set()


@pytest.mark.parametrize("role", ["clerk", "head", "leader", "auditor"])
def test_papers_of_the_office_are_read_by_those_who_read_petitions(role: str, petition: Petition, people: Any) -> None:
    row = written(petition, people)
    assert seen(getattr(people, role)) == {row.pk}


@pytest.mark.parametrize("role", ["mail_room", "administrator"])
def test_whoever_reads_no_petitions_reads_no_papers(role: str, petition: Petition, people: Any) -> None:
    written(petition, people)
    assert seen(getattr(people, role)) == set()


def test_a_sealed_transfer_is_read_by_the_restricted_officer_alone(people: Any) -> None:
    sealed = registered(people, Confidentiality.SEALED)
    row = written(sealed, people, DocumentKind.SEALED_TRANSFER_LETTER, by=people.restricted)
    assert seen(people.restricted) == {row.pk}
    assert seen(people.clerk) == seen(people.head) == seen(people.unit_clerk) == set()


def test_a_recused_person_reads_no_paper_of_the_petition(petition: Petition, people: Any) -> None:
    written(petition, people)
    Recusal.objects.create(
        petition=petition, staff=people.head, reason="本人亲属", decided_at=AT, decided_by=people.leader
    )
    assert seen(people.head) == set()
    assert papers_of(petition.pk, by=people.head) == ()
    assert len(papers_of(petition.pk, by=people.clerk)) == 1
