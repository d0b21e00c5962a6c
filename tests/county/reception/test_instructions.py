"""A leader reads and instructs; the office gives the number, carries it out, and the leader sees what came of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.assignment.actions import dispositions
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.reception import queries
from huiyin.county.reception.actions import instructions
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.rules import Wish
from huiyin.county.reception.states import InstructionState, LegalRoute, PutReason
from huiyin.county.registry.models import Petition
from huiyin.county.registry.secrecy_models import Recusal
from huiyin.county.registry.states import Confidentiality, State
from huiyin.kernel.refusal import Refusal

from .conftest import AT

WISH = Wish(words="请县水务局核实，十日内答复群众", wanted_unit="water", due_on=date(2026, 3, 19))


def put(petition: Petition, people: Any, **values: Any) -> Instruction:
    given = {"leader": people.leader, "reason": PutReason.IMPORTANT, "by": people.clerk, "at": AT, **values}
    return instructions.put(petition_id=petition.pk, **given)


def recuse(petition: Petition, person: Any, by: Any) -> None:
    Recusal.objects.create(petition=petition, staff=person, reason="曾任该局局长", decided_at=AT, decided_by=by)


def test_a_petition_is_put_before_a_leader_who_is_told(people: Any, a_letter: Any) -> None:
    petition = a_letter(is_classified=True)
    row = put(petition, people, reason=PutReason.PROPOSAL, note="请即阅")
    assert (row.state, row.leader, row.put_by) == (InstructionState.PUT.value, people.leader, people.clerk)
    assert list(Instruction.objects.visible_to(people.leader).before(people.leader).unread()) == [row]
    told = Notification.objects.get(to_staff=people.leader)
    assert petition.number in told.words
    assert "马大山" not in told.words
    assert Entry.objects.latest("number").event == "instruction.put"


def test_the_same_petition_stands_once_with_a_leader(people: Any, a_letter: Any) -> None:
    petition = a_letter()
    put(petition, people)
    with pytest.raises(Refusal, match="尚未阅"):
        put(petition, people)
    assert put(petition, people, leader=people.group_head).leader == people.group_head


def test_a_letter_without_its_scan_is_put_before_nobody(people: Any, a_letter: Any) -> None:
    petition = a_letter()
    petition.attachments.all().delete()
    with pytest.raises(Refusal, match="请先上传来信原件"):
        put(petition, people)


def test_only_a_leader_gets_it_and_only_the_desk_puts_it(people: Any, a_letter: Any) -> None:
    petition = a_letter()
    with pytest.raises(Refusal, match="常委会领导"):
        put(petition, people, leader=people.head)
    with pytest.raises(Refusal) as refused:
        put(petition, people, by=people.auditor)
    assert refused.value.code == "permission.role_missing"


def test_a_leader_who_reads_first_is_the_reader(people: Any, a_letter: Any) -> None:
    petition = a_letter()
    instructions.read(instruction_id=put(petition, people).pk, by=people.leader, at=AT)
    petition.refresh_from_db()
    assert (petition.state, petition.read_by_leader, petition.reader_name) == (State.READ.value, True, "李副主任")
    assert petition.read_at == AT


def test_a_leader_who_reads_after_the_clerk_leaves_the_reading_as_it_was(people: Any, a_letter: Any) -> None:
    petition = a_letter(is_read=True)
    later = AT + timedelta(days=1)
    instructions.read(instruction_id=put(petition, people).pk, by=people.leader, at=later)
    petition.refresh_from_db()
    assert (petition.reader_name, petition.read_by_leader) == ("马会计", False)
    assert petition.instructions.get().read_at == later


def test_an_instruction_gets_the_offices_number_and_waits_to_be_carried_out(people: Any, a_letter: Any) -> None:
    petition = a_letter(is_classified=True)
    row = put(petition, people)
    instructions.write(instruction_id=row.pk, wish=WISH, by=people.leader, at=AT)
    row.refresh_from_db()
    assert row.number == "青人批〔2026〕1号"
    assert (row.words, str(row.wanted_unit), row.due_on) == (WISH.words, "县水务局", WISH.due_on)
    assert list(Instruction.objects.visible_to(people.clerk).to_carry_out()) == [row]
    assert Notification.objects.filter(to_staff=petition.keeper, key=f"instruction.written:{row.pk}").exists()
    entry = Entry.objects.filter(event="instruction.written").get()
    assert entry.values["words"] == WISH.words


def test_after_reading_a_leader_may_still_instruct(people: Any, a_letter: Any) -> None:
    row = put(a_letter(is_read=True), people)
    instructions.read(instruction_id=row.pk, by=people.leader, at=AT)
    later = AT + timedelta(days=1)
    instructions.write(instruction_id=row.pk, wish=WISH, by=people.leader, at=later)
    row.refresh_from_db()
    assert (row.state, row.read_at, row.written_at) == (InstructionState.TO_CARRY_OUT.value, AT, later)


def assigned(petition: Petition, people: Any, row: Instruction) -> Any:
    return dispositions.assign(
        petition_id=petition.pk,
        kind=DispositionKind.ASSIGNMENT,
        unit_code="water",
        handler_name="何立群",
        redaction_confirmed=True,
        instruction=row.words,
        due_on=queries.printed_due_on(row, at=AT),
        instruction_id=row.pk if row.petition_id == petition.pk else None,
        by=people.clerk,
        at=AT,
    )


def test_the_leaders_day_is_the_assignments_day_and_the_leader_is_told(people: Any, a_letter: Any) -> None:
    petition = a_letter(is_classified=True)
    row = put(petition, people)
    row = instructions.write(instruction_id=row.pk, wish=WISH, by=people.leader, at=AT)
    given = assigned(petition, people, row)
    assert given.due_on == WISH.due_on
    done = instructions.carry_out(instruction_id=row.pk, assignment_id=given.pk, by=people.clerk, at=AT)
    assert (done.state, done.assignment_id) == (InstructionState.CARRIED_OUT.value, given.pk)
    told = Notification.objects.get(to_staff=people.leader, key=f"instruction.carried_out:{row.pk}")
    assert "县水务局" in told.words
    came = queries.came_of(people.leader, first_on=date(2026, 3, 1), last_on=date(2026, 3, 31))
    assert [(one.number, one.how, one.words, one.owner) for one in came] == [
        (petition.number, "阅批", WISH.words, "县水务局（何立群）")
    ]


def test_a_later_day_than_the_rules_does_not_win(people: Any, a_letter: Any) -> None:
    petition = a_letter(is_classified=True)
    row = put(petition, people)
    late = Wish(words="请核实", due_on=date(2026, 12, 31))
    row = instructions.write(instruction_id=row.pk, wish=late, by=people.leader, at=AT)
    assert queries.printed_due_on(row, at=AT) is None
    assert assigned(petition, people, row).due_on == queries.regular_due_on(petition, at=AT)


def test_an_instruction_is_carried_out_without_an_assignment_only_in_words(people: Any, a_letter: Any) -> None:
    row = put(a_letter(is_read=True), people)
    instructions.write(instruction_id=row.pk, wish=WISH, by=people.leader, at=AT)
    with pytest.raises(Refusal, match="怎样落实"):
        instructions.carry_out(instruction_id=row.pk, by=people.clerk, at=AT)
    done = instructions.carry_out(instruction_id=row.pk, outcome="已当面解释，来信人满意", by=people.clerk, at=AT)
    assert done.state == InstructionState.CARRIED_OUT.value


def test_an_assignment_of_another_petition_carries_nothing_out(people: Any, a_letter: Any) -> None:
    one, other = a_letter(is_classified=True), a_letter(is_classified=True, name="马长根")
    row = put(one, people)
    row = instructions.write(instruction_id=row.pk, wish=WISH, by=people.leader, at=AT)
    foreign = assigned(other, people, row)
    with pytest.raises(Refusal, match="不是本件的"):
        instructions.carry_out(instruction_id=row.pk, assignment_id=foreign.pk, by=people.clerk, at=AT)


def test_of_a_pending_case_only_the_route_is_instructed_and_the_attempt_stands_in_the_journal(
    people: Any, a_letter: Any
) -> None:
    petition = a_letter(is_classified=True, is_litigation=True)
    row = put(petition, people)
    with pytest.raises(Refusal) as refused:
        instructions.write(instruction_id=row.pk, wish=Wish(words="请法院改判"), by=people.leader, at=AT)
    instructions.note_refusal(petition_id=petition.pk, refusal=refused.value, by=people.leader, at=AT)
    told = Entry.objects.latest("number")
    assert (told.event, told.values["code"], told.by_id) == (
        "instruction.refused", "instruction.on_the_merits", people.leader.pk,
    )  # fmt: skip
    assert "改判" not in str(told.values)
    done = instructions.write(instruction_id=row.pk, wish=Wish(route=LegalRoute.JUDICIAL), by=people.leader, at=AT)
    assert done.words == LegalRoute.JUDICIAL.label


def test_a_recused_leader_is_given_nothing_and_what_he_had_is_gone(people: Any, a_letter: Any) -> None:
    petition = a_letter()
    row = put(petition, people)
    recuse(petition, people.leader, people.head)
    assert not Instruction.objects.visible_to(people.leader).exists()
    for act in (
        lambda: instructions.read(instruction_id=row.pk, by=people.leader, at=AT),
        lambda: instructions.write(instruction_id=row.pk, wish=WISH, by=people.leader, at=AT),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "instruction.barred"
    with pytest.raises(Refusal, match="回避"):
        put(petition, people, leader=people.leader)
    assert instructions.withdraw(instruction_id=row.pk, reason="领导回避", by=people.clerk, at=AT).withdrawn_at == AT


def test_a_sealed_item_goes_to_the_leader_named_on_it_and_to_nobody_else(people: Any, a_letter: Any) -> None:
    petition = a_letter(summary="检举某局长", confidentiality=Confidentiality.SEALED)
    with pytest.raises(Refusal) as refused:
        put(petition, people, by=people.restricted)
    assert refused.value.code == "instruction.not_named"
    Petition.objects.filter(pk=petition.pk).update(named_leader=people.group_head)
    with pytest.raises(Refusal):
        put(petition, people, by=people.restricted, leader=people.leader)
    row = put(petition, people, by=people.restricted, leader=people.group_head)
    instructions.write(instruction_id=row.pk, wish=Wish(words="按规定移送"), by=people.group_head, at=AT)
    assert not Instruction.objects.visible_to(people.leader).exists()
    assert not Instruction.objects.visible_to(people.clerk).exists()
    assert "移送" not in str(Entry.objects.filter(event="instruction.written").get().values["words"])


def test_one_leader_does_not_write_on_what_another_was_given(people: Any, a_letter: Any) -> None:
    row = put(a_letter(), people)
    with pytest.raises(Refusal, match="李副主任"):
        instructions.read(instruction_id=row.pk, by=people.group_head, at=AT)
    with pytest.raises(Refusal, match="李副主任"):
        instructions.write(instruction_id=row.pk, wish=WISH, by=people.group_head, at=AT)


def test_words_on_paper_are_taken_down_by_the_clerk(people: Any, a_letter: Any) -> None:
    petition = a_letter()
    row = instructions.record(petition_id=petition.pk, wish=WISH, leader=people.leader, by=people.clerk, at=AT)
    petition.refresh_from_db()
    assert (row.leader, row.written_by, row.state) == (people.leader, people.clerk, InstructionState.TO_CARRY_OUT.value)
    assert (petition.reader_name, petition.read_by_leader) == ("李副主任", True)


def test_a_leader_instructs_of_his_own_accord(people: Any, a_letter: Any) -> None:
    row = instructions.record(petition_id=a_letter().pk, wish=WISH, by=people.group_head, at=AT)
    assert (row.leader, row.leader_name) == (people.group_head, "秦岳")


def test_a_withdrawal_has_its_reason_and_comes_before_the_reading(people: Any, a_letter: Any) -> None:
    row = put(a_letter(), people)
    with pytest.raises(Refusal, match="写明原因"):
        instructions.withdraw(instruction_id=row.pk, reason=" ", by=people.clerk, at=AT)
    instructions.read(instruction_id=row.pk, by=people.leader, at=AT)
    with pytest.raises(Refusal, match="已阅"):
        instructions.withdraw(instruction_id=row.pk, reason="送错", by=people.clerk, at=AT)


def test_the_office_is_reminded_on_the_third_working_day(people: Any, a_letter: Any) -> None:
    row = put(a_letter(is_read=True), people)
    instructions.write(instruction_id=row.pk, wish=WISH, by=people.leader, at=AT)
    assert queries.waiting_too_long(at=AT + timedelta(days=2)) == []
    assert queries.waiting_too_long(at=AT + timedelta(days=3)) == [row]
    instructions.carry_out(instruction_id=row.pk, outcome="已办", by=people.clerk, at=AT)
    assert queries.waiting_too_long(at=AT + timedelta(days=3)) == []


@pytest.mark.parametrize(
    "values",
    [
        {"state": "to_carry_out"},  # without words and number
        {"words": "请核实"},  # words on what is not written
        {"state": "carried_out"},
        {"read_at": AT},
        {"withdrawn_at": AT},
    ],
)
def test_the_database_knows_the_rule_too(values: dict[str, Any], people: Any, a_letter: Any) -> None:
    row = put(a_letter(), people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Instruction.objects.filter(pk=row.pk).update(**values)
