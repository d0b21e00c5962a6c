"""The desk: what lies on the clerk's table on the day of the demonstration, at every stage of its way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import assignments, dispositions, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import DispositionKind, Outcome
from huiyin.county.office.models import Unit
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition, Receipt
from huiyin.county.registry.rules import NEEDED_ORIGINAL, Classification, Registration
from huiyin.county.registry.states import Channel, Purpose, Recurrence
from huiyin.county.reply import actions as reply
from huiyin.county.reply.states import ReplyKind
from huiyin.kernel.calendar import local_day
from huiyin.platform.categories.queries import find_by_path
from huiyin.project.demo.items import Item
from huiyin.project.demo.scans import picture

# 收件距今天数与办到哪一步：最早的一件已经逾期，最近的一件还没有登记。
DESK = (
    (100, "sign"),
    (72, "reply"),
    (64, "sign"),
    (41, "verify"),
    (30, "report"),
    (12, "sign"),
    (6, "assign"),
    (4, "classify"),
    (3, "read"),
    (1, "register"),
    (0, "receive"),
    (0, "receive"),
)
STEPS = ("receive", "register", "read", "classify", "assign", "sign", "report", "verify", "reply")


@dataclass(frozen=True, slots=True)
class Passage:
    """One petition on its way over the desk."""

    item: Item
    receipt: Receipt
    by: Staff

    @property
    def petition(self) -> Petition:
        """The petition that the receipt became."""
        return self.receipt.petitions.get()

    @property
    def given(self) -> Assignment:
        """What the unit was given."""
        return self.petition.assignments.get()


@transaction.atomic
def lay_out(items: list[Item], *, by: Staff, now: datetime) -> int:
    """Lay the petitions on the desk unless some lie there already; return how many."""
    if Receipt.objects.filter(received_on__gte=local_day(now) - timedelta(days=DESK[0][0])).exists():
        return 0
    suitable = [item for item in items if item.purpose == Purpose.CLAIM.label and item.name and item.handler]
    for (days, last), item in zip(DESK, suitable, strict=False):
        pass_over(item, last=last, received_at=now - timedelta(days=days), by=by, now=now)
    return len(DESK)


def pass_over(item: Item, *, last: str, received_at: datetime, by: Staff, now: datetime) -> None:
    """Carry one petition up to its stage, a step every few hours, never past now."""
    channel = Channel.from_label(item.channel) or Channel.LETTER
    receipt = receipts.take_receipt(
        channel=channel,
        received_on=local_day(received_at),
        sender=item.name,
        head_count=item.people,
        by=by,
        at=received_at,
    )
    passage = Passage(item=item, receipt=receipt, by=by)
    for position, step in enumerate(STEPS[1 : STEPS.index(last) + 1], start=1):
        ACTS[step](passage, min(received_at + timedelta(hours=5 * position), now))


def _register(passage: Passage, at: datetime) -> None:
    item = passage.item
    registration = Registration(
        summary=item.summary,
        name=item.name,
        phone=item.phone,
        address=item.address,
        place=item.place,
        head_count=item.people if passage.receipt.channel == Channel.WALK_IN.value else 1,
    )
    petitions.register(receipt_id=passage.receipt.pk, registration=registration, by=passage.by, at=at)


def _read(passage: Passage, at: datetime) -> None:
    kind = NEEDED_ORIGINAL.get(Channel(passage.receipt.channel))
    if kind is not None:
        attachments.attach(
            petition_id=passage.petition.pk,
            kind=kind,
            name=f"{kind.label}.png",
            data=picture(passage.item.number),
            by=passage.by,
            at=at,
        )
    petitions.read(petition_id=passage.petition.pk, note="诉求清楚，拟交责任单位办理", by=passage.by, at=at)


def _classify(passage: Passage, at: datetime) -> None:
    names = tuple(passage.item.category.replace("_", "/").split("/"))
    code, path = find_by_path(names) or ("", names)
    classification = Classification(Purpose.CLAIM, code, "/".join(path), Recurrence.FIRST)
    petitions.classify(petition_id=passage.petition.pk, classification=classification, by=passage.by, at=at)


def _assign(passage: Passage, at: datetime) -> None:
    dispositions.assign(
        petition_id=passage.petition.pk,
        kind=DispositionKind.ASSIGNMENT,
        unit_code=Unit.objects.get(name=passage.item.unit).code,
        handler_name=passage.item.handler,
        handler_phone=passage.item.handler_phone,
        by=passage.by,
        at=at,
    )


def _sign(passage: Passage, at: datetime) -> None:
    item = passage.item
    assignments.sign(
        assignment_id=passage.given.pk,
        handler_name=item.handler,
        handler_phone=item.handler_phone or "0199-5550100",
        by=passage.by,
        at=at,
    )


def _report(passage: Passage, at: datetime) -> None:
    answers = tuple(ClaimAnswer(claim.pk, Outcome.SUPPORTED, "已落实") for claim in passage.petition.claims.all())
    entry = ReportEntry(
        facts=passage.item.outcome or "经现场核查，反映情况属实，已与信访人当面核对。",
        basis="有关法律法规和县政府会议纪要",
        measures="限期整改并回访",
        handler_name=passage.item.handler,
        answers=answers,
    )
    reports.report(assignment_id=passage.given.pk, entry=entry, by=passage.by, at=at)


def _verify(passage: Passage, at: datetime) -> None:
    reports.verify(assignment_id=passage.given.pk, by=passage.by, at=at)


def _reply(passage: Passage, at: datetime) -> None:
    reply.reply(
        petition_id=passage.petition.pk,
        kind=ReplyKind.OUTCOME,
        text="您反映的问题已经核实处理，处理情况随信附上。",
        by=passage.by,
        at=at,
    )


ACTS: dict[str, Callable[[Passage, datetime], None]] = {
    "register": _register,
    "read": _read,
    "classify": _classify,
    "assign": _assign,
    "sign": _sign,
    "report": _report,
    "verify": _verify,
    "reply": _reply,
}
