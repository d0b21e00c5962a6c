"""The office is reminded of an instruction that nobody carries out: once, and no longer when it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

from huiyin.county.office.models import Notification
from huiyin.county.reception.actions import instructions as actions
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.rules import Wish
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import AttachmentKind, Channel
from huiyin.jobs import instructions
from huiyin.kernel.calendar import local_day

AT = datetime(2026, 3, 9, 1, tzinfo=UTC)  # a Monday


def written(people: Any) -> Instruction:
    """A letter on which 李副主任 wrote an instruction on Monday."""
    receipt = receipts.take_receipt(channel=Channel.LETTER, received_on=local_day(AT), by=people.clerk, at=AT)
    petition = petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(summary="反映上松村断水", name="马大山"),
        by=people.clerk,
        at=AT,
    ).petition
    attachments.attach(
        petition_id=petition.pk,
        kind=AttachmentKind.ORIGINAL,
        name="来信.pdf",
        data=b"%PDF-1.4\n1\n%%EOF",
        by=people.clerk,
        at=AT,
    )
    return actions.record(
        petition_id=petition.pk, wish=Wish(words="请三日内恢复供水"), leader=people.leader, by=people.clerk, at=AT
    )


def swept(at: datetime) -> int:
    """Let the daily sweep run and return how many reminders there are."""
    instructions.remind(county="qinglan", at=at.isoformat())
    return Notification.objects.filter(key__startswith="instruction.waiting:").count()


def test_the_keeper_is_reminded_once_from_the_third_working_day_on(people: Any) -> None:
    row = written(people)
    assert [swept(AT + timedelta(days=days)) for days in (1, 2, 3, 4)] == [0, 0, 1, 1]
    told = Notification.objects.get(key=f"instruction.waiting:{row.pk}")
    assert (told.to_staff, told.href) == (row.petition.keeper, f"/instructions/{row.pk}/")
    assert "断水" not in told.words


def test_what_was_carried_out_is_reminded_of_no_more(people: Any) -> None:
    row = written(people)
    actions.carry_out(instruction_id=row.pk, outcome="当日恢复供水", by=people.clerk, at=AT)
    assert swept(AT + timedelta(days=9)) == 0
