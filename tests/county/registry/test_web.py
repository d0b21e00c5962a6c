"""网上信访 and 补充材料 as acts: the row, the event, whose they are, and what other readers are told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import petitions, receipts, supplements, web
from huiyin.county.registry.models import Attachment
from huiyin.county.registry.query_codes import digest_of_code, key_of_code
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Channel, Confidentiality
from huiyin.county.registry.web_models import WebSubmission
from huiyin.county.registry.web_rules import SentFile, WebEntry
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import Tenant, entered

AT = datetime(2026, 6, 8, 2, tzinfo=UTC)
CODE = "ABCDEFGHJKMN"
PDF = b"%PDF-1.4\n% invented\n%%EOF\n"
ENTRY = WebEntry(content="水费收了两次。", name="马大山", phone="13912340001", has_consented=True)


def submitted(**change: Any) -> Receipt:
    entry = WebEntry(**{**{name: getattr(ENTRY, name) for name in ENTRY.__dataclass_fields__}, **change})
    return web.submit(entry=entry, sent=[SentFile("收据.pdf", PDF)], code=CODE, source="somewhere", at=AT)


def test_the_event_tells_number_and_day_and_nothing_of_the_person(county: Tenant) -> None:
    receipt = submitted()
    entry = Entry.objects.get(event="receipt.submitted", subject_id=receipt.pk)
    assert set(entry.values) == {"number", "channel", "received_on", "is_sealed", "files", "register_due_on"}
    assert entry.by_name == "信访人"


def test_the_code_is_stored_as_its_digest_and_keyed_by_the_county(county: Tenant, other_county: Tenant) -> None:
    receipt = submitted()
    kept = WebSubmission.objects.get(receipt=receipt)
    assert kept.query_code_digest == digest_of_code(receipt.number, CODE)
    assert kept.query_code_key == key_of_code(CODE)
    with entered(other_county):
        assert key_of_code(CODE) != kept.query_code_key


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.WALK_IN, Channel.PHONE])
def test_the_database_lets_nobody_take_only_what_came_by_the_page(channel: Channel, people: Any) -> None:
    receipt = receipts.take_receipt(channel=channel, received_on=AT.date(), by=people.clerk, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk).update(taken_by=None)


def test_the_day_of_a_source_ends_at_midnight(county: Tenant) -> None:
    for _ in range(5):
        submitted()
    with pytest.raises(Refusal, match="明天"):
        submitted()
    entry = ENTRY
    web.submit(entry=entry, sent=[], code=CODE, source="somewhere", at=AT + timedelta(days=1))
    numbers = list(
        Receipt.objects.filter(channel="web").order_by("number_value").values_list("number_value", flat=True)
    )
    assert numbers == list(range(numbers[0], numbers[0] + 6))


def test_files_become_attachments_once_and_not_of_a_split_part(people: Any) -> None:
    receipt = submitted()
    first = petitions.register(
        receipt_id=receipt.pk, registration=Registration(summary="水费", name="马大山"), by=people.clerk, at=AT
    ).petition
    second = petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(summary="路灯", name="马大山", is_split=True),
        by=people.clerk,
        at=AT,
    ).petition
    assert Attachment.objects.get(petition=first).name == "收据.pdf"
    assert not Attachment.objects.filter(petition=second).exists()
    assert Entry.objects.get(event="attachment.added").by_id == people.clerk.pk


def test_an_accusation_is_marked_no_petition_by_the_restricted_officer_alone(people: Any) -> None:
    receipt = submitted(is_accusation=True)
    with pytest.raises(Refusal) as told:
        receipts.mark_not_petition(receipt_id=receipt.pk, reason="乱写", by=people.clerk, at=AT)
    assert told.value.code == "permission.role_missing"
    receipts.mark_not_petition(receipt_id=receipt.pk, reason="乱写", by=people.restricted, at=AT)


def test_a_supplement_to_an_accusation_stays_with_its_keeper(people: Any) -> None:
    receipt = submitted(is_accusation=True)
    registration = Registration(summary="检举", name="马大山", confidentiality=Confidentiality.SEALED)
    petition = petitions.register(
        receipt_id=receipt.pk, registration=registration, by=people.restricted, at=AT
    ).petition
    given = supplements.give(petition_id=petition.pk, words="又一张照片", sent=[], at=AT)
    with pytest.raises(Refusal) as told:
        supplements.pass_on(supplement_id=given.pk, by=people.clerk, at=AT)
    assert told.value.code == "petition.unknown"
    with pytest.raises(Refusal) as told:
        supplements.pass_on(supplement_id=given.pk, by=people.restricted, at=AT)
    assert told.value.code == "supplement.sealed"
    assert "照片" not in str(Entry.objects.get(event="supplement.given").values)


def test_the_same_file_again_is_no_second_attachment(people: Any) -> None:
    receipt = submitted()
    petition = petitions.register(
        receipt_id=receipt.pk, registration=Registration(summary="水费", name="马大山"), by=people.clerk, at=AT
    ).petition
    supplements.give(petition_id=petition.pk, words="", sent=[SentFile("再传.pdf", PDF)], at=AT)
    assert Attachment.objects.filter(petition=petition).count() == 1
