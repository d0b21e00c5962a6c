"""Every open petition has one person who answers for it and one next date; the database refuses any other row."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.journal.models import Entry
from huiyin.county.registry import standing
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.secrecy_models import Accused, Recusal
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality, Purpose, Recurrence, State
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
SCAN = b"%PDF-1.4\n% invented scan\n%%EOF\n"


@pytest.fixture
def petition(people) -> Petition:
    receipt = receipts.take_receipt(
        channel=Channel.LETTER, received_on=date(2026, 3, 2), sender="马长根", by=people.clerk, at=AT
    )
    return petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(summary="反映上湾村农业水费重复收取", name="马长根"),
        by=people.clerk,
        at=AT,
    ).petition


def test_whoever_registers_answers_until_classification_is_due(petition, people):
    assert (petition.owner_name, petition.owner_unit, petition.keeper) == ("马会计", None, people.clerk)
    assert (petition.next_due_on, petition.next_clock) == (date(2026, 3, 5), Clock.CLASSIFY.value)


def test_when_a_clock_is_met_the_next_one_comes_next(petition, people):
    attachments.attach(
        petition_id=petition.pk, kind=AttachmentKind.ORIGINAL, name="信.pdf", data=SCAN, by=people.clerk, at=AT
    )
    petitions.read(petition_id=petition.pk, note="拟交水务局", by=people.clerk, at=AT)
    petitions.classify(
        petition_id=petition.pk,
        classification=Classification(Purpose.CLAIM, "01", "农村农业", Recurrence.FIRST),
        by=people.clerk,
        at=AT,
    )
    petition.refresh_from_db()
    assert (petition.next_due_on, petition.next_clock) == (date(2026, 3, 17), Clock.DISPOSITION.value)


def test_a_step_without_a_limit_of_its_own_gets_five_working_days(petition):
    Deadline.objects.filter(petition=petition).update(superseded_at=AT)
    standing.settle(petition, at=AT)
    petition.refresh_from_db()
    assert (petition.next_due_on, petition.next_clock) == (date(2026, 3, 9), Clock.NEXT_STEP.value)


@pytest.mark.parametrize(
    "change",
    [{"owner_name": ""}, {"next_due_on": None}, {"state": "closed"}, {"state": "in_progress"}],
)
def test_the_database_refuses_an_open_petition_without_owner_or_date(petition, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.filter(pk=petition.pk).update(**change)


def test_an_ended_petition_is_nobodys_and_due_never(petition, people):
    petitions.void(petition_id=petition.pk, reason="误登", approver=people.head, by=people.clerk, at=AT)
    petition.refresh_from_db()
    assert (petition.state, petition.owner_name, petition.next_due_on) == (State.VOIDED.value, "", None)


def test_a_petition_is_handed_over_to_a_colleague(petition, people):
    petitions.hand_over(petition_id=petition.pk, keeper=people.head, by=people.clerk, at=AT)
    petition.refresh_from_db()
    assert (petition.keeper, petition.owner_name) == (people.head, "王主任")
    assert Entry.objects.filter(event="petition.handed_over", petition_id=petition.pk).count() == 1


def test_it_is_not_handed_over_to_whoever_may_not_see_it_or_does_not_work_on_it(petition, people):
    with pytest.raises(Refusal, match="经办需要由"):
        petitions.hand_over(petition_id=petition.pk, keeper=people.auditor, by=people.clerk, at=AT)
    Recusal.objects.create(petition=petition, staff=people.head, reason="亲属", decided_at=AT, decided_by=people.clerk)
    with pytest.raises(Refusal, match="不能经办"):
        petitions.hand_over(petition_id=petition.pk, keeper=people.head, by=people.clerk, at=AT)


def test_what_one_recuses_from_or_is_accused_in_does_not_exist_for_that_person(petition, people):
    assert Petition.objects.listed_for(people.leader).filter(pk=petition.pk).exists()
    Recusal.objects.create(
        petition=petition, staff=people.leader, reason="曾任该局局长", decided_at=AT, decided_by=people.head
    )
    Accused.objects.create(
        petition=petition, name="严保密", staff=people.restricted, added_at=AT, added_by=people.clerk
    )
    for person in (people.leader, people.restricted):
        assert not Petition.objects.listed_for(person).filter(pk=petition.pk).exists()
        assert not Petition.objects.visible_to(person).filter(pk=petition.pk).exists()


def test_a_sealed_item_is_open_to_the_leader_it_names_and_to_no_other(petition, people):
    Petition.objects.filter(pk=petition.pk).update(
        confidentiality=Confidentiality.SEALED.value, named_leader=people.leader
    )
    seers = [
        person.name
        for person in (people.clerk, people.head, people.leader, people.group_head, people.restricted)
        if Petition.objects.visible_to(person).filter(pk=petition.pk).exists()
    ]
    assert seers == ["李副主任", "严保密"]


def test_of_a_number_only_item_the_database_keeps_no_content(petition):
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.filter(pk=petition.pk).update(confidentiality=Confidentiality.NUMBER_ONLY.value)
