"""Replaying the journal gives the rows, whatever was done, refused or failed on the way."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from huiyin.county.assignment.actions import assignments, dispositions, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.replay import STATE_AFTER, Replayed, Standing, replay
from huiyin.county.assignment.rules import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import AssignmentState, DispositionKind, Outcome, ReturnReason
from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Purpose, Recurrence, State
from huiyin.county.reply import actions as reply
from huiyin.county.reply.models import Reply
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.kernel.refusal import Refusal

BEGIN = datetime(2026, 3, 2, 1, tzinfo=UTC)
STEPS = 90
ENDING = (DispositionKind.GUIDANCE, DispositionKind.NOT_REACCEPTED, DispositionKind.FILED)
GIVEN = (DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL, DispositionKind.INTERNAL)


class LifeOfAnOffice:
    """Does something at random to a petition at random; most of it is refused, as it should be."""

    def __init__(self, people, chance: random.Random) -> None:
        self.people, self.chance, self.at = people, chance, BEGIN
        self.done: list[str] = []
        acts = (self.register, self.attach, self.read, self.classify, self.give, self.decide, self.sign)
        later = (self.report, self.send_back, self.verify, self.answer, self.deliver, self.close, self.void)
        self.acts: tuple[Callable[[], object], ...] = (*acts, *later)

    def live(self, steps: int) -> None:
        self.register()
        for _ in range(steps):
            self.at += timedelta(hours=self.chance.randint(1, 30))
            act = self.chance.choice(self.acts)
            try:
                with transaction.atomic():
                    act()
                    if self.chance.random() < 0.1:
                        raise ConnectionError("the machine failed before the commit")
                self.done.append(act.__name__)
            except (Refusal, ConnectionError):
                pass

    @property
    def one(self) -> int:
        return self.chance.choice(list(Petition.objects.order_by("pk").values_list("pk", flat=True)))

    @property
    def given(self) -> Assignment:
        found = list(Assignment.objects.select_related("unit").order_by("pk"))
        if not found:
            raise Refusal("test.nothing_given", "还没有交办件")
        return self.chance.choice(found)

    def register(self) -> None:
        clerk = self.people.clerk
        receipt = receipts.take_receipt(
            channel=self.chance.choice((Channel.LETTER, Channel.PHONE)),
            received_on=date(2026, 3, 1),
            by=clerk,
            at=self.at,
        )
        what = Registration(summary="反映水费重复收取", name="马长根")
        petitions.register(receipt_id=receipt.pk, registration=what, by=clerk, at=self.at)

    def attach(self) -> None:
        scan = b"%PDF-1.4\n% invented\n%%EOF\n"
        attachments.attach(
            petition_id=self.one, kind=AttachmentKind.ORIGINAL, name="信", data=scan, by=self.people.clerk, at=self.at
        )

    def read(self) -> None:
        petitions.read(petition_id=self.one, note="已阅", by=self.people.clerk, at=self.at)

    def classify(self) -> None:
        classes = Classification(Purpose.CLAIM, "01", "农村农业", Recurrence.FIRST)
        petitions.classify(petition_id=self.one, classification=classes, by=self.people.clerk, at=self.at)

    def give(self) -> None:
        dispositions.assign(
            petition_id=self.one,
            kind=self.chance.choice(GIVEN),
            unit_code=self.chance.choice(("water", "agriculture", "legal_committee")),
            handler_name="何立群",
            by=self.people.head,
            at=self.at,
        )

    def decide(self) -> None:
        dispositions.decide_here(
            petition_id=self.one,
            kind=self.chance.choice(ENDING),
            reason="不属于本级职权",
            basis="《信访工作条例》第二十二条",
            competent_organ="县人民法院",
            approver=self.people.leader,
            by=self.people.head,
            at=self.at,
        )

    def sign(self) -> None:
        assignments.sign(
            assignment_id=self.given.pk,
            handler_name="何立群",
            handler_phone="13900001234",
            by=self.chance.choice((self.people.unit_clerk, self.people.other_unit_clerk)),
            at=self.at,
        )

    def report(self) -> None:
        given = self.given
        claims = given.petition.claims.order_by("position").values_list("pk", flat=True)
        entry = ReportEntry(
            facts="经查属实",
            basis="《水法》",
            measures="退还",
            handler_name="何立群",
            answers=tuple(ClaimAnswer(claim_id, Outcome.SUPPORTED, "退还多收部分") for claim_id in claims),
        )
        by = self.chance.choice((self.people.unit_clerk, self.people.other_unit_clerk))
        reports.report(assignment_id=given.pk, entry=entry, by=by, at=self.at)

    def send_back(self) -> None:
        reasons = (ReturnReason.FACTS_UNCLEAR,)
        reports.return_report(
            assignment_id=self.given.pk, reasons=reasons, words="请补充", by=self.people.head, at=self.at
        )

    def verify(self) -> None:
        reports.verify(assignment_id=self.given.pk, by=self.people.head, at=self.at)

    def answer(self) -> None:
        reply.reply(
            petition_id=self.one, kind=ReplyKind.OUTCOME, text="经核查，予以退还。", by=self.people.clerk, at=self.at
        )

    def deliver(self) -> None:
        written = self.chance.choice([*Reply.objects.order_by("pk").values_list("pk", flat=True), 0])
        reply.deliver(
            reply_id=written,
            method=Method.POST,
            delivered_at=self.at,
            proof="挂号回执",
            by=self.people.clerk,
            at=self.at,
        )

    def close(self) -> None:
        reply.close(petition_id=self.one, by=self.people.head, at=self.at)

    def void(self) -> None:
        if self.chance.random() < 0.2:
            petitions.void(
                petition_id=self.one, reason="重复登记", approver=self.people.leader, by=self.people.clerk, at=self.at
            )


def of_rows() -> Replayed:
    """The same values, from the rows."""
    assignments = {
        row.pk: Standing(row.petition_id, row.unit.code, AssignmentState(row.state), row.due_on)
        for row in Assignment.objects.select_related("unit")
    }
    return Replayed(petitions=dict(Petition.objects.values_list("pk", "state")), assignments=assignments)


@pytest.mark.parametrize("seed", range(5))
def test_the_journal_gives_the_rows(people, seed):
    life = LifeOfAnOffice(people, random.Random(seed))
    life.live(STEPS)
    assert replay(Entry.objects.order_by("number")) == of_rows()
    assert len(life.done) > 10


def test_random_histories_reach_far(people):
    for seed in range(20, 22):
        LifeOfAnOffice(people, random.Random(seed)).live(250)
    states = set(Petition.objects.values_list("state", flat=True))
    assert {State.CLOSED.value, State.VOIDED.value} <= states
    told = {entry.event for entry in Entry.objects.order_by("number")}
    assert set(STATE_AFTER) <= told
    assert replay(Entry.objects.order_by("number")) == of_rows()


def test_control_a_row_changed_behind_the_journal_is_seen(people):
    life = LifeOfAnOffice(people, random.Random(1))
    life.live(STEPS)
    Petition.objects.filter(pk=life.one).update(state=State.MERGED.value)
    assert replay(Entry.objects.order_by("number")) != of_rows()
