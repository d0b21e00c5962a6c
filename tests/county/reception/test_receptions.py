"""A reception day: who signs in, who is called, what is written down, and what it becomes."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.journal.models import Entry
from huiyin.county.reception import queries
from huiyin.county.reception.actions import instructions, receptions
from huiyin.county.reception.actions.receptions import SignedRecord
from huiyin.county.reception.models import Reception
from huiyin.county.reception.rules import Exchange, Wish
from huiyin.county.reception.states import BookingState, ReceptionState
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.secrecy_models import Recusal
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality, State
from huiyin.kernel.refusal import Refusal

from .conftest import AT, SCAN

TALK = [Exchange("反映什么事？", "水费收了两次。")]


def test_parties_get_their_turn_in_the_order_of_signing_in(a_day: Any, a_party: Any) -> None:
    day = a_day()
    turns = [a_party(day, name=name).position for name in ("甲", "乙", "丙")]
    assert turns == [1, 2, 3]


def test_whoever_booked_is_called_at_the_booked_time(people: Any, a_day: Any, a_booking: Any, a_party: Any) -> None:
    day = a_day(in_days=1)
    booked = a_booking(day)
    on_the_day = AT + timedelta(days=1, minutes=-10)  # 08:50, the booked time is 09:00
    walk_in = a_party(day, name="先到", at=on_the_day)
    came = a_party(day, booking=booked, at=on_the_day)
    booked.refresh_from_db()
    assert (booked.state, booked.at_time) == (BookingState.ARRIVED.value, time(9))
    waiting = list(day.receptions.waiting().select_related("booking"))
    assert queries.in_turn(waiting, at=on_the_day) == [walk_in, came]
    assert queries.in_turn(waiting, at=on_the_day + timedelta(minutes=10)) == [came, walk_in]


def test_a_booking_arrives_once_and_on_its_own_day(a_day: Any, a_booking: Any, a_party: Any) -> None:
    tomorrow = AT + timedelta(days=1)
    day, other = a_day(in_days=1), a_day(in_days=2)
    booking, elsewhere = a_booking(day, source="a"), a_booking(other, source="b")
    a_party(day, booking=booking, at=tomorrow)
    with pytest.raises(Refusal, match="已到访"):
        a_party(day, booking=booking, at=tomorrow)
    with pytest.raises(Refusal, match="没有这个预约"):
        a_party(day, booking=elsewhere, at=tomorrow)


@pytest.mark.parametrize(("people_came", "speak", "is_refused"), [(12, 5, False), (12, 6, True), (3, 3, False)])
def test_five_speak_for_a_group_at_most(
    people_came: int, speak: int, is_refused: bool, a_day: Any, a_party: Any
) -> None:
    names = tuple(f"代表{position}" for position in range(speak))
    values = {"head_count": people_came, "representatives": names}
    if is_refused:
        with pytest.raises(Refusal, match="不得超过5人"):
            a_party(a_day(), **values)
    else:
        assert a_party(a_day(), **values).representatives == list(names)


def test_one_party_is_received_at_a_time(people: Any, a_day: Any, a_party: Any) -> None:
    day = a_day()
    first, second = a_party(day, is_called=True), a_party(day, name="马长根")
    with pytest.raises(Refusal, match="正在接谈"):
        receptions.call(reception_id=second.pk, by=people.clerk, at=AT)
    receptions.put_back(reception_id=first.pk, by=people.clerk, at=AT)
    receptions.call(reception_id=second.pk, by=people.clerk, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reception.objects.filter(pk=first.pk).update(state="called")


def test_a_received_party_becomes_receipt_petition_and_reading_in_one_go(
    people: Any, a_day: Any, a_party: Any, received: Any
) -> None:
    party = a_party(a_day(), head_count=2, is_called=True)
    petition = received(party).petition
    party.refresh_from_db()
    assert (party.state, party.petition, party.promised) == (ReceptionState.RECEIVED.value, petition, "十日内答复")
    assert (petition.channel, petition.received_on, petition.head_count) == (Channel.WALK_IN.value, date(2026, 3, 9), 2)
    assert (petition.state, petition.reader_name, petition.read_by_leader) == (State.READ.value, "李副主任", True)
    record = petition.attachments.get()
    assert (record.kind, record.size) == (AttachmentKind.RECORD.value, len(SCAN))
    events = list(Entry.objects.order_by("-number").values_list("event", flat=True)[:5])
    assert events == [
        "reception.registered", "petition.read", "attachment.added", "petition.registered", "receipt.taken",
    ]  # fmt: skip


def test_whom_the_office_took_over_is_not_the_leaders(people: Any, a_day: Any, a_party: Any, received: Any) -> None:
    party = a_party(a_day())
    receptions.hand_over(reception_id=party.pk, reason="领导临时开会", by=people.clerk, at=AT)
    petition = received(party).petition
    party.refresh_from_db()
    assert party.state == ReceptionState.RECEIVED_BY_OFFICE.value
    assert (petition.reader_name, petition.read_by_leader) == ("马会计", False)


def signed(**values: Any) -> SignedRecord:
    return SignedRecord(
        **{"signed_by": "马大山", "note": "要求退还水费", "scan": SCAN, "was_read_back": True, **values}
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"was_read_back": False}, "reception.not_read_back"),
        ({"signed_by": ""}, "reception.not_signed"),
        ({"scan": b""}, "attachment.empty"),
        ({"note": ""}, "reception.note_missing"),
    ],
)
def test_without_a_signed_record_nothing_is_registered(
    values: dict[str, Any], code: str, people: Any, a_day: Any, a_party: Any
) -> None:
    party = a_party(a_day(), is_called=True)
    receptions.interview(reception_id=party.pk, exchanges=TALK, by=people.clerk, at=AT)
    before = Receipt.objects.count()
    with pytest.raises(Refusal) as refused:
        receptions.register(
            reception_id=party.pk,
            registration=Registration(summary="要求退还水费", name="马大山"),
            signed=signed(**values),
            by=people.clerk,
            at=AT,
        )
    assert (refused.value.code, Receipt.objects.count()) == (code, before)


def test_a_record_is_taken_only_of_who_is_being_received_and_a_new_one_replaces_it(
    people: Any, a_day: Any, a_party: Any
) -> None:
    party = a_party(a_day())
    with pytest.raises(Refusal, match="候访"):
        receptions.interview(reception_id=party.pk, exchanges=TALK, by=people.clerk, at=AT)
    receptions.call(reception_id=party.pk, by=people.clerk, at=AT)
    receptions.interview(reception_id=party.pk, exchanges=TALK * 3, by=people.clerk, at=AT)
    receptions.interview(reception_id=party.pk, exchanges=TALK, by=people.clerk, at=AT)
    assert [(line.position, line.answer) for line in party.lines.order_by("position")] == [(1, "水费收了两次。")]
    assert "水费" not in str(Entry.objects.latest("number").values)


def test_who_goes_before_being_called_leaves_with_a_reason(people: Any, a_day: Any, a_party: Any) -> None:
    party = a_party(a_day())
    with pytest.raises(Refusal, match="原因"):
        receptions.leave(reception_id=party.pk, reason="", by=people.clerk, at=AT)
    receptions.leave(reception_id=party.pk, reason="等不及先走", by=people.clerk, at=AT)
    party.refresh_from_db()
    assert (party.state, party.end_reason, party.ended_by) == ("left", "等不及先走", people.clerk)


def test_a_leader_sees_the_own_days_the_desk_all_and_others_none(people: Any, a_day: Any, a_party: Any) -> None:
    own, others = a_party(a_day()), a_party(a_day(leader=people.group_head), name="马长根")
    seen = {
        role: set(Reception.objects.visible_to(getattr(people, role)))
        for role in ("clerk", "leader", "group_head", "auditor", "mail_room", "unit_clerk", "administrator")
    }
    assert seen == {
        "clerk": {own, others},
        "auditor": {own, others},
        "leader": {own},
        "group_head": {others},
        "mail_room": set(),
        "unit_clerk": set(),
        "administrator": set(),
    }


def test_what_became_an_accusation_is_seen_by_the_restricted_officer_only(
    people: Any, a_day: Any, a_party: Any
) -> None:
    party = a_party(a_day(), is_called=True)
    receptions.interview(reception_id=party.pk, exchanges=TALK, by=people.restricted, at=AT)
    receptions.register(
        reception_id=party.pk,
        registration=Registration(summary="检举某局长", name="马大山", confidentiality=Confidentiality.SEALED),
        signed=signed(),
        by=people.restricted,
        at=AT,
    )
    seen = [
        role
        for role in ("clerk", "leader", "auditor", "restricted")
        if party in Reception.objects.visible_to(getattr(people, role))
    ]
    assert seen == ["restricted"]


def test_the_brief_tells_who_was_here_before_and_what_was_promised(
    people: Any, a_day: Any, a_party: Any, received: Any, a_letter: Any
) -> None:
    a_letter(name="马大山", summary="前年来信反映水费")
    a_letter(name="马长根", phone="13912349999", summary="反映道路不平")
    first = received(a_party(a_day(), is_called=True), promised="三月底前答复").petition
    later = AT + timedelta(days=7)
    again = a_party(a_day(at=later), at=later)
    earlier = queries.earlier_of(again, by=people.leader)
    assert {(one.summary, one.promised) for one in earlier} == {
        ("前年来信反映水费", ""),
        ("反映上松村水费重复收取，要求退还", "三月底前答复"),
    }
    told = next(one for one in earlier if one.petition_id == first.pk)
    assert (told.same_phone, told.state, told.owner) == (True, State.READ, first.keeper.name)
    assert told.next_due_on == first.next_due_on


def test_the_brief_hides_what_the_leader_is_recused_from_and_the_desk_is_warned(
    people: Any, a_day: Any, a_party: Any, a_letter: Any
) -> None:
    petition, party = a_letter(name="马大山"), a_party(a_day())
    assert not queries.is_leader_barred(party, by=people.clerk)
    Recusal.objects.create(petition=petition, staff=people.leader, reason="亲属", decided_at=AT, decided_by=people.head)
    assert queries.earlier_of(party, by=people.leader) == []
    assert len(queries.earlier_of(party, by=people.clerk)) == 1
    assert queries.is_leader_barred(party, by=people.clerk)


def test_what_the_leader_decides_on_the_spot_becomes_an_instruction_of_this_reception(
    people: Any, a_day: Any, a_party: Any, received: Any
) -> None:
    party = a_party(a_day(), is_called=True)
    petition = received(party).petition
    row = instructions.record(
        petition_id=petition.pk,
        wish=Wish(words="请县水务局十日内退还", wanted_unit="water"),
        leader=people.leader,
        reception_id=party.pk,
        by=people.clerk,
        at=AT,
    )
    assert (row.reception, row.number) == (party, "青人批〔2026〕1号")
    came = queries.came_of(people.leader, first_on=date(2026, 3, 1), last_on=date(2026, 3, 31))
    assert [(one.how, one.words, one.owner, one.next_due_on) for one in came] == [
        ("接访", "请县水务局十日内退还", petition.keeper.name, petition.next_due_on)
    ]
    assert queries.came_of(people.leader, first_on=date(2026, 4, 1), last_on=date(2026, 4, 30)) == []
    assert queries.came_of(people.group_head, first_on=date(2026, 3, 1), last_on=date(2026, 3, 31)) == []


@pytest.mark.parametrize("values", [{"state": "received"}, {"called_at": AT}, {"ended_at": AT}])
def test_the_database_knows_the_rule_too(values: dict[str, Any], a_day: Any, a_party: Any) -> None:
    party = a_party(a_day())
    with pytest.raises(IntegrityError), transaction.atomic():
        Reception.objects.filter(pk=party.pk).update(**values)
