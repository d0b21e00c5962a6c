"""检举控告、密件、回避: who is kept away from a petition, by whom and why (R22 §30, DOMAIN §6)."""

from datetime import UTC, date, datetime

import pytest

from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import petitions, receipts, secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.secrecy import NUMBER_ONLY_CATEGORY, NUMBER_ONLY_PATH, AccusedEntry
from huiyin.county.registry.secrecy_models import Accused
from huiyin.county.registry.states import Channel, Confidentiality
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.strict_toml import read
from huiyin.platform.categories.national import SHIPPED, NationalList

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
BUREAU_HEAD = AccusedEntry("水局长", "县水务局局长", unit_code="water")


@pytest.fixture
def receipt(people):
    return receipts.take_receipt(
        channel=Channel.LETTER, received_on=date(2026, 3, 2), sender="马长根", by=people.clerk, at=AT
    )


@pytest.fixture
def petition(people, receipt) -> Petition:
    registration = Registration(summary="反映县水务局局长收受好处", name="马长根")
    return petitions.register(receipt_id=receipt.pk, registration=registration, by=people.clerk, at=AT).petition


def seal(petition, people, **changes: object) -> Petition:
    values = {"accused": [BUREAU_HEAD], "keeper": people.restricted, "by": people.clerk, "at": AT} | changes
    return secrecy.seal(petition_id=petition.pk, **values)


def test_an_accusation_passes_to_the_restricted_officer_and_leaves_the_clerks_sight(petition, people):
    sealed = seal(petition, people)
    assert (sealed.confidentiality, sealed.owner_name) == (Confidentiality.SEALED.value, "严保密")
    assert not Petition.objects.visible_to(people.clerk).filter(pk=petition.pk).exists()
    assert Petition.objects.listed_for(people.clerk).filter(pk=petition.pk).exists()
    entry = Entry.objects.get(event="petition.sealed")
    assert entry.values == {"accused": 1}, "the journal names no accused"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"accused": []}, "请填写被检举控告的人或单位"),
        ({"accused": [AccusedEntry(" ")]}, "请填写被检举控告人的姓名"),
        ({"accused": [AccusedEntry("某单位", unit_code="no_such_unit")]}, "没有这个被检举控告的单位"),
        ({"accused": [AccusedEntry("某人", staff_id=10**9)]}, "没有这个被检举控告人的账号"),
    ],
)
def test_an_accusation_names_whom_it_accuses(petition, people, changes, words):
    with pytest.raises(Refusal, match=words):
        seal(petition, people, **changes)
    assert not Accused.objects.exists()


def test_only_a_restricted_officer_keeps_it_and_never_the_accused(petition, people):
    with pytest.raises(Refusal, match="需要由保密专人"):
        seal(petition, people, keeper=people.clerk)
    with pytest.raises(Refusal, match="被检举控告的人不能经办本件"):
        seal(petition, people, accused=[AccusedEntry("严保密", staff_id=people.restricted.pk)])


def test_a_leader_who_stands_accused_is_not_named_to_read_it(petition, people):
    accused = [AccusedEntry("李副主任", staff_id=people.leader.pk)]
    with pytest.raises(Refusal, match="被检举控告的人不能阅看"):
        seal(petition, people, accused=accused, named_leader=people.leader)
    seal(petition, people, accused=accused, named_leader=people.group_head)
    assert Petition.objects.visible_to(people.group_head).filter(pk=petition.pk).exists()
    assert not Petition.objects.listed_for(people.leader).filter(pk=petition.pk).exists()


def test_a_leader_who_stays_away_is_not_named_to_read_it(petition, people):
    seal(petition, people)
    secrecy.recuse(petition_id=petition.pk, staff=people.leader, reason="原任职单位", by=people.restricted, at=AT)
    with pytest.raises(Refusal, match="该领导已对本件回避"):
        secrecy.name_leader(petition_id=petition.pk, leader=people.leader, by=people.restricted, at=AT)


def test_a_leader_named_later_reads_it_and_the_others_do_not(petition, people):
    seal(petition, people)
    secrecy.name_leader(petition_id=petition.pk, leader=people.leader, by=people.restricted, at=AT)
    assert Petition.objects.visible_to(people.leader).filter(pk=petition.pk).exists()
    assert not Petition.objects.visible_to(people.group_head).filter(pk=petition.pk).exists()
    with pytest.raises(Refusal, match="需要由常委会领导、领导小组组长"):
        secrecy.name_leader(petition_id=petition.pk, leader=people.auditor, by=people.restricted, at=AT)


def test_more_accused_are_added_by_the_restricted_officer_alone(petition, people):
    seal(petition, people)
    more = [AccusedEntry("何立群", unit_code="water")]
    with pytest.raises(Refusal, match="无权查看"):
        secrecy.accuse(petition_id=petition.pk, accused=more, by=people.clerk, at=AT)
    secrecy.accuse(petition_id=petition.pk, accused=more, by=people.restricted, at=AT)
    assert list(Accused.objects.order_by("pk").values_list("unit__code", flat=True)) == ["water", "water"]


def test_what_was_no_accusation_is_opened_with_a_second_person(petition, people):
    seal(petition, people)
    with pytest.raises(Refusal, match="另一人"):
        secrecy.unseal(
            petition_id=petition.pk, reason="实为水费诉求", approver=people.restricted, by=people.restricted, at=AT
        )
    with pytest.raises(Refusal, match="写明原因"):
        secrecy.unseal(petition_id=petition.pk, reason=" ", approver=people.head, by=people.restricted, at=AT)
    secrecy.unseal(petition_id=petition.pk, reason="实为水费诉求", approver=people.head, by=people.restricted, at=AT)
    assert Petition.objects.visible_to(people.clerk).filter(pk=petition.pk).exists()


def test_a_recused_person_no_longer_sees_it_and_another_takes_over(petition, people):
    with pytest.raises(Refusal, match="请同时指定接手的人"):
        secrecy.recuse(petition_id=petition.pk, staff=people.clerk, reason="信访人的外甥", by=people.clerk, at=AT)
    with pytest.raises(Refusal, match="回避须写明原因"):
        secrecy.recuse(petition_id=petition.pk, staff=people.leader, reason="", by=people.clerk, at=AT)
    secrecy.recuse(
        petition_id=petition.pk,
        staff=people.clerk,
        keeper=people.head,
        reason="信访人的外甥",
        by=people.clerk,
        at=AT,
    )
    assert not Petition.objects.listed_for(people.clerk).filter(pk=petition.pk).exists()
    with pytest.raises(Refusal, match="无权查看"):
        petitions.read(petition_id=petition.pk, note="已阅", by=people.clerk, at=AT)
    petition.refresh_from_db()
    assert petition.owner_name == "王主任"
    with pytest.raises(Refusal, match="已经登记过回避"):
        secrecy.recuse(petition_id=petition.pk, staff=people.clerk, reason="重复", by=people.head, at=AT)


def test_of_a_number_only_item_number_time_handler_and_flag_are_kept_and_nothing_else(receipt, people):
    petition = secrecy.take_number_only(
        receipt_id=receipt.pk, hidden_from=[people.head], by=people.restricted, at=AT
    ).petition
    assert (petition.summary, petition.content, petition.petitioner.name) == ("密件", "", "")
    assert (petition.reader_name, petition.read_at, petition.category_path) == ("严保密", AT, "纪检监察")
    assert (petition.next_clock, petition.next_due_on) == (Clock.SEALED_TRANSFER.value, date(2026, 3, 9))
    assert not Petition.objects.listed_for(people.head).filter(pk=petition.pk).exists()
    assert Petition.objects.listed_for(people.clerk).filter(pk=petition.pk).exists()
    assert not Petition.objects.visible_to(people.leader).filter(pk=petition.pk).exists()


def test_the_class_of_a_number_only_item_is_the_national_one_for_discipline():
    names = {one.code: one.name for one in read(SHIPPED, NationalList).classes}
    assert names[NUMBER_ONLY_CATEGORY] == NUMBER_ONLY_PATH


def test_nobody_writes_content_on_a_number_only_item(receipt, people):
    registration = Registration(summary="密件", name="马长根", confidentiality=Confidentiality.NUMBER_ONLY)
    with pytest.raises(Refusal, match="不得填写任何内容"):
        petitions.register(receipt_id=receipt.pk, registration=registration, by=people.restricted, at=AT)
    with pytest.raises(Refusal, match="需要由保密专人"):
        secrecy.take_number_only(receipt_id=receipt.pk, by=people.clerk, at=AT)
    with pytest.raises(Refusal, match="被反映的人不能登记本件"):
        secrecy.take_number_only(receipt_id=receipt.pk, hidden_from=[people.restricted], by=people.restricted, at=AT)


def test_nobody_takes_down_a_number_only_item_about_themselves(receipt, people):
    with pytest.raises(Refusal, match="被反映的人不能登记本件"):
        secrecy.take_number_only(receipt_id=receipt.pk, hidden_from=[people.restricted], by=people.restricted, at=AT)
    assert not Petition.objects.filter(receipt=receipt).exists()
