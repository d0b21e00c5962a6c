"""What the journal tells of leaders and receptions gives the rows, and from nothing else."""

from datetime import timedelta
from typing import Any

from huiyin.county.journal.models import Entry
from huiyin.county.reception.actions import bookings, days, instructions, receptions
from huiyin.county.reception.models import Booking, Instruction, Reception
from huiyin.county.reception.rules import Wish
from huiyin.county.reception.states import PutReason

from .conftest import AT, CODE

Standing = dict[tuple[str, int], str]


def replayed() -> Standing:
    """Where every instruction, booking and party stands once the entries were told in their order."""
    standing: Standing = {}
    by_number: dict[str, int] = {}
    by_day: dict[str, list[int]] = {}
    for entry in Entry.objects.order_by("number"):
        told = entry.values
        for subject in ("instruction", "booking", "reception"):
            if f"{subject}_state" in told:
                standing[subject, entry.subject_id] = told[f"{subject}_state"]
        if entry.event == "booking.made":
            by_number[told["number"]] = entry.subject_id
            by_day.setdefault(f"{told['on']} {told['leader']}", []).append(entry.subject_id)
        elif entry.event == "reception.signed_in" and told["booking"]:
            standing["booking", by_number[told["booking"]]] = "arrived"
        elif entry.event == "reception_day.cancelled":
            for pk in by_day.get(f"{told['on']} {told['leader']}", []):
                if standing["booking", pk] == "booked":
                    standing["booking", pk] = "cancelled"
    return standing


def of_rows() -> Standing:
    """Where they stand by their rows."""
    found: Standing = {}
    for subject, model in (("instruction", Instruction), ("booking", Booking), ("reception", Reception)):
        found |= {(subject, pk): state for pk, state in model._default_manager.values_list("pk", "state")}
    return found


def test_the_journal_gives_the_rows(  # noqa: PLR0917  # each fixture brings what one table needs
    people: Any, a_day: Any, a_booking: Any, a_party: Any, received: Any, a_letter: Any
) -> None:
    clerk, tomorrow = people.clerk, AT + timedelta(days=1)
    day, later = a_day(in_days=1), a_day(in_days=3)
    came, gave_back = a_booking(day, source="a"), a_booking(day, source="b")
    a_booking(later, source="c")
    bookings.cancel(number=gave_back.number, code=CODE, at=AT)
    days.cancel(day_id=later.pk, reason="开会", by=clerk, at=AT)
    party = a_party(day, booking=came, is_called=True, at=tomorrow)
    petition = received(party, at=tomorrow).petition
    gone, handed = a_party(day, name="马长根", at=tomorrow), a_party(day, name="马小满", at=tomorrow)
    receptions.leave(reception_id=gone.pk, reason="等不及", by=clerk, at=tomorrow)
    receptions.call(reception_id=handed.pk, by=clerk, at=tomorrow)
    receptions.put_back(reception_id=handed.pk, by=clerk, at=tomorrow)
    receptions.hand_over(reception_id=handed.pk, reason="领导开会", by=clerk, at=tomorrow)
    row = instructions.record(
        petition_id=petition.pk, wish=Wish(words="请核实"), leader=people.leader, by=clerk, at=tomorrow
    )
    instructions.carry_out(instruction_id=row.pk, outcome="已核实", by=clerk, at=tomorrow)
    for act in (instructions.withdraw, instructions.read):
        put = instructions.put(
            petition_id=a_letter().pk, leader=people.leader, reason=PutReason.IMPORTANT, by=clerk, at=AT
        )
        if act is instructions.withdraw:
            instructions.withdraw(instruction_id=put.pk, reason="送错", by=clerk, at=AT)
        else:
            instructions.read(instruction_id=put.pk, by=people.leader, at=AT)
    assert replayed() == of_rows()
    assert sorted(of_rows().values()) == [
        "arrived", "cancelled", "cancelled", "carried_out", "handed_over", "left", "read", "received", "withdrawn",
    ]  # fmt: skip
    Booking.objects.filter(pk=came.pk).update(state="booked")
    assert replayed() != of_rows()
