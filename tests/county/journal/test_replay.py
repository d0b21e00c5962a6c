"""Replaying the journal gives the rows, whatever was done, refused or failed on the way."""

import random

import pytest

from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.replay import STATE_AFTER, Replayed, Standing, replay
from huiyin.county.assignment.states import AssignmentState
from huiyin.county.journal.models import Entry
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State

STEPS = 40


def of_rows() -> Replayed:
    """The same values, from the rows."""
    assignments = {
        row.pk: Standing(row.petition_id, row.unit.code, AssignmentState(row.state), row.due_on)
        for row in Assignment.objects.select_related("unit")
    }
    return Replayed(petitions=dict(Petition.objects.values_list("pk", "state")), assignments=assignments)


@pytest.mark.parametrize("seed", range(5))
def test_the_journal_gives_the_rows(life_of, seed):
    life = life_of(random.Random(seed))
    life.live(STEPS)
    assert replay(Entry.objects.order_by("number")) == of_rows()
    assert len(life.done) > 10


def test_random_histories_reach_far(life_of):
    for seed in range(20, 22):
        life_of(random.Random(seed)).live(400)
    states = set(Petition.objects.values_list("state", flat=True))
    assert {State.CLOSED.value, State.VOIDED.value, State.TRANSFERRED_SEALED.value} <= states
    told = {entry.event for entry in Entry.objects.order_by("number")}
    decided = {"proposal.approved", "petition.split", "assignment.lead_changed"}
    assert set(STATE_AFTER) | decided <= told
    assert replay(Entry.objects.order_by("number")) == of_rows()


def test_control_a_row_changed_behind_the_journal_is_seen(life_of):
    life = life_of(random.Random(1))
    life.live(STEPS)
    found = Petition.objects.open().filter(owner_unit=None).exclude(state=State.MERGED.value).order_by("pk").first()
    assert found is not None
    Petition.objects.filter(pk=found.pk).update(state=State.MERGED.value)
    assert replay(Entry.objects.order_by("number")) != of_rows()
