"""催办、督办函、约谈：each step is written down, limits run as clocks, what came of it is on record."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.journal.models import Entry
from huiyin.county.oversight import queries
from huiyin.county.oversight.actions import steps as actions
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Level, Manner, Trigger
from huiyin.county.registry.actions import petitions, receipts, secrecy
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.secrecy_models import Recusal
from huiyin.county.registry.states import Channel
from huiyin.kernel.clocks import Clock
from huiyin.kernel.refusal import Refusal

from .conftest import moment

LATE = moment(5, 20)
REMINDER = OversightEntry(Level.REMINDER, Trigger.OVERDUE, "请尽快反馈", due_on=date(2026, 5, 27))
LETTER = OversightEntry(Level.LETTER, Trigger.OVERDUE, "请于期限内办结", due_on=date(2026, 6, 12))


def issue(assignment, people, entry, **values: object) -> Oversight:
    facts = {"by": people.clerk, "at": LATE} | values
    return actions.issue(assignment_id=assignment.pk, entry=entry, **facts)


def test_a_reminder_then_a_letter_whose_limit_runs_as_a_clock_of_the_unit(assignment, people):
    first = issue(assignment, people, REMINDER)
    second = issue(assignment, people, LETTER, approver=people.head)
    assert (first.number, second.number) == ("青人催〔2026〕1号", "青人督〔2026〕1号")
    clock = Deadline.objects.running().get(clock=Clock.OVERSIGHT.value)
    assert clock.unit is not None
    assert (clock.due_on, clock.unit.code) == (date(2026, 6, 12), "water")
    said = [entry.values["level"] for entry in Entry.objects.filter(event="oversight.issued").order_by("number")]
    assert said == ["reminder", "letter"]


def test_a_letter_without_a_reminder_or_an_approver_is_refused_and_nothing_is_written(assignment, people):
    with pytest.raises(Refusal, match="请先催办"):
        issue(assignment, people, LETTER, approver=people.head)
    issue(assignment, people, REMINDER)
    with pytest.raises(Refusal, match="须经批准"):
        issue(assignment, people, LETTER)
    with pytest.raises(Refusal, match="需要由信访专干、法制委负责人"):
        issue(assignment, people, REMINDER, by=people.leader)
    assert Oversight.objects.count() == 1


def test_whoever_stays_away_from_the_petition_approves_no_step_in_it(assignment, people):
    issue(assignment, people, REMINDER)
    secrecy.recuse(
        petition_id=assignment.petition_id, staff=people.head, reason="原任职单位", by=people.clerk, at=moment(3, 6)
    )
    with pytest.raises(Refusal, match="该人员不能审批本件"):
        issue(assignment, people, LETTER, approver=people.head)


def test_the_database_knows_that_a_letter_needs_a_second_person(assignment, people):
    issue(assignment, people, REMINDER)
    letter = issue(assignment, people, LETTER, approver=people.head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Oversight.objects.filter(pk=letter.pk).update(approved_by=letter.issued_by)


def test_a_talk_names_manner_day_and_people_and_is_concluded_once(assignment, people):
    issue(assignment, people, REMINDER)
    issue(assignment, people, LETTER, approver=people.head)
    talk = OversightEntry(
        Level.INTERVIEW,
        Trigger.NOT_CARRIED_OUT,
        "督办函期限内仍未办结",
        due_on=date(2026, 6, 30),
        manner=Manner.TALK,
        held_on=date(2026, 6, 15),
        attendees="水局长、何立群",
    )
    step = issue(assignment, people, talk, approver=people.leader)
    with pytest.raises(Refusal, match="请写明督办结果"):
        actions.conclude(oversight_id=step.pk, outcome="", by=people.clerk, at=LATE)
    actions.conclude(oversight_id=step.pk, outcome="承诺月底前办结", by=people.clerk, at=LATE)
    with pytest.raises(Refusal, match="已经了结"):
        actions.conclude(oversight_id=step.pk, outcome="再次", by=people.clerk, at=LATE)


def test_whoever_may_not_see_the_petition_oversees_nothing(assignment, people, registered):
    Recusal.objects.create(
        petition=registered, staff=people.head, reason="亲属", decided_at=LATE, decided_by=people.clerk
    )
    with pytest.raises(Refusal, match="无权查看"):
        issue(assignment, people, REMINDER, by=people.head)
    step = issue(assignment, people, REMINDER)
    assert not Oversight.objects.visible_to(people.head).exists()
    assert Oversight.objects.visible_to(people.unit_clerk).get() == step
    assert not Oversight.objects.visible_to(people.other_unit_clerk).exists()
    with pytest.raises(Refusal, match="没有这项督办"):
        actions.conclude(oversight_id=step.pk, outcome="已催", by=people.unit_clerk, at=LATE)


def test_a_repeat_inside_the_handling_period_reminds_the_unit_once(assignment, people, registered):
    receipt = receipts.take_receipt(channel=Channel.LETTER, received_on=date(2026, 5, 20), by=people.clerk, at=LATE)
    again = petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(summary="再次反映水费", name="马长根"),
        by=people.clerk,
        at=LATE,
    ).petition
    Petition.objects.filter(pk=again.pk).update(repeats=registered)
    (step,) = actions.remind_of_repeat(repeat_id=again.pk, at=LATE)
    assert (step.level, step.issued_by, again.number in step.words) == (Level.REMINDER.value, None, True)
    assert actions.remind_of_repeat(repeat_id=again.pk, at=LATE) == ()


def test_what_repeats_nothing_reminds_nobody(registered, people):
    with pytest.raises(Refusal, match="不是重复件"):
        actions.remind_of_repeat(repeat_id=registered.pk, at=LATE)


@pytest.mark.parametrize(
    ("today", "proposed"),
    [
        (date(2026, 3, 10), []),  # the last day of signing is in time
        (date(2026, 3, 11), [(Clock.SIGN, 1, Trigger.PROCEDURE, Level.REMINDER)]),
    ],
)
def test_an_unsigned_assignment_is_proposed_the_day_after_its_last(assignment, people, today, proposed):
    found = queries.suggestions(by=people.clerk, today=today)
    assert [(one.clock, one.days_late, one.trigger, one.level) for one in found] == proposed


def test_while_a_steps_own_limit_runs_nothing_is_proposed_and_then_the_next_step_is(assignment, people):
    issue(assignment, people, REMINDER)
    assert queries.suggestions(by=people.clerk, today=date(2026, 5, 27)) == []
    (one,) = queries.suggestions(by=people.clerk, today=date(2026, 5, 28))
    assert (one.level, one.taken) == (Level.LETTER, (Level.REMINDER,))


def test_the_board_shows_owner_next_date_and_how_far_it_went(assignment, people, registered):
    issue(assignment, people, REMINDER)
    (row,) = queries.board(by=people.clerk)
    assert row.owner_unit is not None
    assert (row.owner_unit.code, row.owner_name, queries.highest_of(row)) == ("water", "何立群", Level.REMINDER)
    assert list(queries.overseen(queries.board(by=people.clerk))) == [row]
    assert not queries.board(by=people.unit_clerk).exclude(owner_unit__code="water").exists()
