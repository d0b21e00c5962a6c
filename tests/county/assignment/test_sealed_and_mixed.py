"""检举控告、密件、混合信件: who gets what, and what never leaves the office (R22 §30)."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import assignments, dispositions, proposals, splits
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules.dispositions import Giving
from huiyin.county.assignment.rules.splits import SplitEntry
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.journal.models import Entry
from huiyin.county.office.actions import units
from huiyin.county.office.rules import UnitEntry
from huiyin.county.registry.actions import receipts, secrecy
from huiyin.county.registry.models import Attachment, Deadline, Petition
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import Channel, Confidentiality, PetitionerKind, Purpose, State
from huiyin.county.reply.actions import replies as reply
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.kernel.refusal import Refusal

from .conftest import moment, refused

ACCUSATION = {"confidentiality": Confidentiality.SEALED, "about": {"purpose": Purpose.ACCUSATION}}
GAO = AccusedEntry("高站长", "县灌区管理站站长", "irrigation_station")
ENTRY = SplitEntry(
    summary="要求退还多收的水费",
    excerpt="我家2025年多交水费四百元，要求退还。",
    accusation="反映灌区负责人收受施工队好处",
    accused=(GAO,),
    claims=("退还多收的水费",),
)


@pytest.fixture
def above(people: Any) -> str:
    """The discipline organ of the city, to which what is sealed goes upward."""
    entry = UnitEntry(name="市监察委员会", branch="superior")
    return units.add(code="city_supervision", entry=entry, by=people.administrator, at=moment(3, 1)).code


def transfer(petition: Petition, by: Staff, unit: str = "supervision", *, approver: Staff | None) -> Assignment:
    return dispositions.transfer_sealed(
        petition_id=petition.pk, unit_code=unit, handler_name="信访室", approver=approver, by=by, at=moment(3, 4)
    )


def state_of(petition: Petition) -> str:
    petition.refresh_from_db()
    return petition.state


def test_an_accusation_goes_sealed_to_the_supervision_commission(desk: Any, people: Any) -> None:
    petition = desk.classified(**ACCUSATION)
    given = transfer(petition, people.restricted, approver=people.head)
    assert (given.number, given.kind, given.due_on) == ("青人移〔2026〕1号", "sealed_transfer", None)
    assert given.dispatch_method == "confidential"
    assert state_of(petition) == State.TRANSFERRED_SEALED.value
    assert petition.owner_unit is None
    assert petition.owner_name == "严保密"


@pytest.mark.parametrize(
    ("approver", "code"),
    [
        (None, "disposition.sealed_needs_second_person"),
        ("restricted", "disposition.sealed_needs_second_person"),
        ("clerk", "permission.role_missing"),
        ("leader", "permission.role_missing"),
    ],
    ids=["没有批准人", "本人批准", "专干批准", "没有指定阅看的领导批准"],
)
def test_nobody_sends_an_accusation_away_alone(desk: Any, people: Any, approver: str | None, code: str) -> None:
    petition = desk.classified(**ACCUSATION)
    second = getattr(people, approver) if approver else None
    assert refused(lambda: transfer(petition, people.restricted, approver=second)) == code
    assert state_of(petition) == State.CLASSIFIED.value


def test_whoever_stands_accused_does_not_approve_and_whoever_approves_reads_nothing(desk: Any, people: Any) -> None:
    petition = desk.classified(**ACCUSATION)
    accused = [AccusedEntry("王主任", staff_id=people.head.pk)]
    secrecy.accuse(petition_id=petition.pk, accused=accused, by=people.restricted, at=moment(3, 3))
    assert refused(lambda: transfer(petition, people.restricted, approver=people.head)) == "disposition.approver_barred"
    transfer(petition, people.restricted, approver=people.group_head)
    assert petition.dispositions.get().approved_by == people.group_head
    assert not Petition.objects.visible_to(people.group_head).filter(pk=petition.pk).exists()
    assert Entry.objects.get(event="assignment.issued").values["approver"] == "秦岳"


def test_no_unit_ever_sees_it(desk: Any, people: Any) -> None:
    petition = desk.classified(**ACCUSATION)
    given = transfer(petition, people.restricted, approver=people.head)
    people.unit_clerk.unit_code = "supervision"
    people.unit_clerk.save(update_fields=["unit_code"])
    assert not Petition.objects.visible_to(people.unit_clerk).filter(pk=petition.pk).exists()
    assert not Assignment.objects.visible_to(people.unit_clerk).filter(pk=given.pk).exists()
    assert not Attachment.objects.visible_to(people.unit_clerk).exists()


@pytest.mark.parametrize("kind", [DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL, DispositionKind.INTERNAL])
def test_nothing_else_goes_to_a_unit_of_it(desk: Any, people: Any, kind: DispositionKind) -> None:
    petition = desk.classified(**ACCUSATION)
    assert refused(lambda: desk.assign(petition, kind=kind, by=people.restricted)) == "assignment.sealed"


def test_only_the_restricted_officer_sends_it(desk: Any, people: Any) -> None:
    petition = desk.classified(**ACCUSATION)
    assert refused(lambda: transfer(petition, people.clerk, approver=people.head)) == "petition.unknown"
    ordinary = desk.classified()
    code = refused(lambda: transfer(ordinary, people.restricted, approver=people.head))
    assert code == "disposition.not_sealed"


def test_with_a_leader_named_on_it_the_leader_decides(desk: Any, people: Any) -> None:
    petition = desk.classified(**ACCUSATION)
    secrecy.name_leader(petition_id=petition.pk, leader=people.leader, by=people.restricted, at=moment(3, 3))
    assert refused(lambda: transfer(petition, people.restricted, approver=people.head)) == "disposition.needs_proposal"
    giving = Giving("supervision", "信访室", reason="反映公职人员问题", basis="《信访工作条例》第三十条")
    proposal = proposals.propose(
        petition_id=petition.pk,
        kind=DispositionKind.SEALED_TRANSFER,
        what=giving,
        by=people.restricted,
        at=moment(3, 4),
    )
    assert refused(lambda: proposals.approve(proposal_id=proposal.pk, by=people.head, at=moment(3, 5))) == (
        "petition.unknown"
    )
    proposals.approve(proposal_id=proposal.pk, by=people.leader, at=moment(3, 5))
    assert state_of(petition) == State.TRANSFERRED_SEALED.value


def test_a_named_writer_is_told_and_an_unnamed_item_is_closed_with_the_slip(desk: Any, people: Any) -> None:
    named = desk.classified(**ACCUSATION)
    transfer(named, people.restricted, approver=people.head)
    written = reply.reply(
        petition_id=named.pk,
        kind=ReplyKind.TRANSFER,
        text="已移送有权机关",
        by=people.restricted,
        at=moment(3, 5),
    )
    reply.deliver(
        reply_id=written.pk,
        method=Method.POST,
        delivered_at=moment(3, 6),
        proof="挂号信XA00000002",
        by=people.restricted,
        at=moment(3, 6),
    )
    reply.close(petition_id=named.pk, by=people.restricted, at=moment(3, 7))
    assert state_of(named) == State.CLOSED.value
    unnamed = desk.classified(**ACCUSATION, petitioner_kind=PetitionerKind.ANONYMOUS, name="")
    given = transfer(unnamed, people.restricted, approver=people.head)
    assert refused(lambda: reply.close(petition_id=unnamed.pk, by=people.restricted, at=moment(3, 8))) == (
        "petition.slip_missing"
    )
    assignments.sign(
        assignment_id=given.pk, handler_name="信访室周同志", handler_phone="", by=people.restricted, at=moment(3, 9)
    )
    reply.close(petition_id=unnamed.pk, by=people.restricted, at=moment(3, 10))
    assert state_of(unnamed) == State.CLOSED.value


def test_of_a_named_writer_the_slip_alone_closes_nothing(desk: Any, people: Any) -> None:
    petition = desk.classified(**ACCUSATION)
    given = transfer(petition, people.restricted, approver=people.head)
    assignments.sign(
        assignment_id=given.pk, handler_name="信访室周同志", handler_phone="", by=people.restricted, at=moment(3, 9)
    )
    assert refused(lambda: reply.close(petition_id=petition.pk, by=people.restricted, at=moment(3, 10))) == (
        "petition.not_delivered"
    )


def test_of_a_number_only_item_nothing_but_its_number_goes_upward(people: Any, above: str) -> None:
    receipt = receipts.take_receipt(
        channel=Channel.LETTER, received_on=date(2026, 3, 2), by=people.restricted, at=moment(3, 2)
    )
    petition = secrecy.take_number_only(receipt_id=receipt.pk, by=people.restricted, at=moment(3, 2)).petition
    clock = Deadline.objects.running().get(petition=petition, clock="sealed_transfer")
    assert clock.due_on == date(2026, 3, 9)  # 五个工作日
    assert refused(lambda: transfer(petition, people.restricted, approver=people.head)) == "disposition.goes_upward"
    given = transfer(petition, people.restricted, above, approver=people.head)
    assert state_of(petition) == State.TRANSFERRED_SEALED.value
    clock.refresh_from_db()
    assert clock.met_at == moment(3, 4)
    assert (petition.summary, petition.content) == ("密件", "")
    assignments.sign(
        assignment_id=given.pk, handler_name="收件人", handler_phone="", by=people.restricted, at=moment(3, 6)
    )
    reply.close(petition_id=petition.pk, by=people.restricted, at=moment(3, 9))
    assert state_of(petition) == State.CLOSED.value


def split(petition: Petition, people: Any, entry: SplitEntry = ENTRY, **values: Any) -> Petition:
    told = {"checked_by": people.head, "by": people.restricted, "at": moment(3, 4), **values}
    return splits.split(petition_id=petition.pk, entry=entry, **told)


def a_mixed_letter(desk: Any) -> Petition:
    made: Petition = desk.classified(
        summary="水费重复收取，另反映高站长收受好处",
        content="我家多交水费四百元。高站长收了施工队的好处。",
        claims=("退还水费", "查处高站长"),
    )
    return made


def test_a_mixed_letter_becomes_an_excerpt_and_a_sealed_part(desk: Any, people: Any) -> None:
    petition = a_mixed_letter(desk)
    sealed = split(petition, people)
    petition.refresh_from_db()
    assert (petition.summary, petition.excerpt) == (ENTRY.summary, ENTRY.excerpt)
    assert list(petition.claims.values_list("text", flat=True)) == ["退还多收的水费"]
    assert "高站长" not in f"{petition.content}{petition.searchable}{petition.matter.title}"
    assert (sealed.confidentiality, sealed.split_from, sealed.receipt) == ("sealed", petition, petition.receipt)
    assert sealed.number == "青人信〔2026〕2号"
    assert "高站长收了施工队的好处" in sealed.content
    assert (sealed.state, sealed.owner_name, sealed.petitioner) == ("read", "严保密", petition.petitioner)
    assert sealed.next_due_on is not None
    assert [one.name for one in sealed.accused.all()] == [one.name for one in petition.accused.all()] == ["高站长"]
    told = Entry.objects.filter(event="petition.split").get()
    assert "高站长" not in str(told.values)


def test_the_sealed_part_is_there_for_the_restricted_officer_alone(desk: Any, people: Any) -> None:
    petition = a_mixed_letter(desk)
    sealed = split(petition, people)
    for person, sees in ((people.restricted, True), (people.clerk, False), (people.head, False)):
        assert Petition.objects.visible_to(person).filter(pk=sealed.pk).exists() is sees
        assert Petition.objects.visible_to(person).filter(pk=petition.pk).exists()
        assert Petition.objects.visible_to(person).matching("高站长").exists() is sees


def test_the_original_never_leaves_the_office(desk: Any, people: Any) -> None:
    petition = a_mixed_letter(desk)
    scan = petition.attachments.get()
    sealed = split(petition, people)
    assert refused(lambda: desk.assign(petition, attachment_ids=(scan.pk,))) == "attachment.kept_back"
    desk.assign(petition)
    own = Attachment.objects.filter(petition=petition)
    assert not own.visible_to(people.unit_clerk).exists()
    assert not own.visible_to(people.clerk).exists()
    assert own.visible_to(people.restricted).exists()
    assert sealed.attachments.get().sha256 == scan.sha256
    assert not sealed.attachments.visible_to(people.unit_clerk).exists()


def test_a_unit_opens_what_was_marked_for_it_and_nothing_else(desk: Any, people: Any) -> None:
    petition = desk.classified()
    scan = petition.attachments.get()
    desk.assign(petition)
    assert not Attachment.objects.visible_to(people.unit_clerk).exists()
    other = desk.classified()
    desk.assign(other, attachment_ids=(other.attachments.get().pk,))
    assert list(Attachment.objects.visible_to(people.unit_clerk)) == [other.attachments.get()]
    assert not Attachment.objects.visible_to(people.other_unit_clerk).exists()
    third = desk.classified()
    assert refused(lambda: desk.assign(third, attachment_ids=(scan.pk,))) == "attachment.unknown"


@pytest.mark.parametrize("unit", ["irrigation_station"])
def test_the_claim_never_reaches_the_accused(desk: Any, people: Any, unit: str) -> None:
    petition = a_mixed_letter(desk)
    split(petition, people)
    assert refused(lambda: desk.assign(petition, unit_code=unit)) == "assignment.unit_accused"
    assert refused(lambda: desk.assign(petition, handler_name="高站长")) == "assignment.handler_accused"
    desk.assign(petition)


def test_nor_a_unit_below_an_accused_one(desk: Any, people: Any) -> None:
    petition = a_mixed_letter(desk)
    whole = SplitEntry(ENTRY.summary, ENTRY.excerpt, ENTRY.accusation, (AccusedEntry("水务局", "", "water"),))
    with pytest.raises(Refusal, match="不得出现"):
        split(petition, people, SplitEntry("水务局多收水费", ENTRY.excerpt, ENTRY.accusation, whole.accused))
    split(petition, people, whole)
    for unit in ("water", "irrigation_station"):
        assert refused(partial(desk.assign, petition, unit_code=unit)) == "assignment.unit_accused"
    desk.assign(petition, unit_code="government")


def test_a_signature_in_the_name_of_the_accused_is_refused(desk: Any, people: Any) -> None:
    petition = a_mixed_letter(desk)
    split(petition, people)
    given = desk.assign(petition)
    assert refused(lambda: desk.sign(given, handler_name="高站长")) == "assignment.handler_accused"


def test_who_splits_and_who_checks(desk: Any, people: Any) -> None:
    petition = a_mixed_letter(desk)
    assert refused(lambda: split(petition, people, by=people.clerk)) == "permission.role_missing"
    assert refused(lambda: split(petition, people, checked_by=people.restricted)) == "split.needs_second_person"
    assert refused(lambda: split(petition, people, checked_by=people.clerk)) == "permission.role_missing"
    secrecy.recuse(petition_id=petition.pk, staff=people.leader, reason="亲属", by=people.clerk, at=moment(3, 4))
    assert refused(lambda: split(petition, people, checked_by=people.leader)) == "split.checker_barred"
    assert Petition.objects.count() == 1


def test_the_count_of_groups_stays_one(desk: Any, people: Any) -> None:
    petition = desk.registered(Channel.WALK_IN, head_count=8)
    sealed = split(petition, people)
    assert (petition.is_group, sealed.is_group, sealed.head_count) == (True, False, 1)
    assert sealed.state == State.REGISTERED.value
