"""领导接访阅批: what a leader read, instructed on or received counts, as of each day and never before."""

from datetime import date, timedelta
from typing import Any

from huiyin.county.analysis.queries import rates
from huiyin.county.reception.actions import instructions
from huiyin.county.reception.rules import Wish
from huiyin.county.reception.states import PutReason
from huiyin.kernel.periods import month_of

from .conftest import AT

MARCH = month_of(date(2026, 3, 1))


def counted(*, days_later: int) -> dict[str, tuple[int, int]]:
    """Part and whole of each channel, as of some days after."""
    figures = rates(MARCH, at=AT + timedelta(days=days_later))
    return {str(one.channel): (one.part, one.whole) for one in figures if one.indicator == "read_by_leader"}


def test_a_leader_who_reads_after_the_clerk_counts_from_the_day_he_read(people: Any, a_letter: Any) -> None:
    petition = a_letter(is_read=True)
    a_letter(name="马长根", phone="13912349999")
    row = instructions.put(
        petition_id=petition.pk, leader=people.leader, reason=PutReason.IMPORTANT, by=people.clerk, at=AT
    )
    instructions.read(instruction_id=row.pk, by=people.leader, at=AT + timedelta(days=3))
    assert counted(days_later=2) == {"letter": (0, 2)}
    assert counted(days_later=3) == {"letter": (1, 2)}


def test_a_petition_counts_once_however_often_leaders_wrote_on_it(people: Any, a_letter: Any) -> None:
    petition = a_letter(is_read=True)
    for leader in (people.leader, people.group_head):
        wish = Wish(words="请核实")
        instructions.record(petition_id=petition.pk, wish=wish, leader=leader, by=people.clerk, at=AT)
    assert counted(days_later=0) == {"letter": (1, 1)}


def test_what_only_waits_before_a_leader_does_not_count(people: Any, a_letter: Any) -> None:
    petition = a_letter(is_read=True)
    instructions.put(petition_id=petition.pk, leader=people.leader, reason=PutReason.IMPORTANT, by=people.clerk, at=AT)
    assert counted(days_later=5) == {"letter": (0, 1)}


def test_a_reception_by_the_leader_counts_for_the_visit(a_day: Any, a_party: Any, received: Any) -> None:
    received(a_party(a_day(), is_called=True))
    assert counted(days_later=0) == {"walk_in": (1, 1)}
