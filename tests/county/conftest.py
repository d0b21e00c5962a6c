"""The life of an office: acts at random on petitions at random, most of them refused, as they should be."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from huiyin.county.assignment import unsigned
from huiyin.county.assignment.actions import (
    assignments,
    dispositions,
    extensions,
    objections,
    progress,
    proposals,
    reports,
    splits,
)
from huiyin.county.assignment.models import Assignment, Proposal
from huiyin.county.assignment.rules.dispositions import CoHandler, Giving
from huiyin.county.assignment.rules.objections import Receiver
from huiyin.county.assignment.rules.progress import Telling
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.rules.splits import SplitEntry
from huiyin.county.assignment.states import DispositionKind, Outcome, ReturnReason, TellingMethod
from huiyin.county.assignment.unit_models import Extension, Objection
from huiyin.county.oversight.actions import steps
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Level, Trigger
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import AttachmentKind, Channel, Purpose, Recurrence, State
from huiyin.county.reply.actions import replies
from huiyin.county.reply.models import Reply
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.kernel.refusal import Refusal

BEGIN = datetime(2026, 3, 2, 1, tzinfo=UTC)
ENDING = (DispositionKind.GUIDANCE, DispositionKind.NOT_REACCEPTED, DispositionKind.FILED)
GIVEN = (DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL, DispositionKind.INTERNAL)

# So many things are tried at random until one of them can be done.
TRIES = 6


class LifeOfAnOffice:
    """Does something at random to a petition at random; most of it is refused, as it should be."""

    def __init__(self, people: Any, chance: random.Random) -> None:
        self.people, self.chance, self.at = people, chance, BEGIN
        self.done: list[str] = []
        acts = (self.register, self.attach, self.read, self.classify, self.give, self.decide, self.sign)
        later = (self.report, self.send_back, self.verify, self.answer, self.deliver, self.close, self.void)
        decided = (self.propose, self.approve, self.refuse, self.join, self.lead, self.withdraw, self.split)
        sealed = (self.transfer_sealed,)
        self.acts: tuple[Callable[[], object], ...] = (
            *acts,
            *later,
            *acts,
            *later,
            *decided,
            self.settle,
            *[self.as_unit] * 3,
            *sealed,
        )

    def live(self, steps: int) -> None:
        self.register()
        for _ in range(steps):
            any(self.step() for _ in range(TRIES))

    def step(self) -> str:
        """Do one thing; return what was done, or nothing where it was refused or the machine failed."""
        self.at += timedelta(hours=self.chance.randint(1, 30))
        act = self.chance.choice(self.acts)
        try:
            with transaction.atomic():
                act()
                if self.chance.random() < 0.1:
                    raise ConnectionError("the machine failed before the commit")
        except (Refusal, ConnectionError):
            return ""
        self.done.append(act.__name__)
        return act.__name__

    @property
    def one(self) -> int:
        return self.chance.choice(list(Petition.objects.order_by("-pk").values_list("pk", flat=True)[:6]))

    @property
    def given(self) -> Assignment:
        found = list(Assignment.objects.open().select_related("unit").order_by("-pk"))
        if not found:
            raise Refusal("test.nothing_given", "还没有交办件")
        return self.chance.choice(found)

    def register(self) -> None:
        if Petition.objects.open().filter(confidentiality="ordinary").count() >= 4:
            return
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
            redaction_confirmed=True,
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
            procedure="向人民法院提起诉讼",
            conclusion="市政府复核意见〔2025〕3号",
            second_note="已核对，同意存查",
            approver=self.people.leader,
            by=self.people.head,
            at=self.at,
        )

    def propose(self) -> None:
        what = Giving(
            unit_code=self.chance.choice(("water", "agriculture")),
            handler_name="何立群",
            reason="涉及面广",
            basis="《信访工作条例》第二十三条",
            redaction_confirmed=True,
            co_handlers=self.chance.choice(((), (CoHandler("songlin", "马所长"),))),
        )
        proposals.propose(
            petition_id=self.one, kind=DispositionKind.ASSIGNMENT, what=what, by=self.people.clerk, at=self.at
        )

    @property
    def proposed(self) -> int:
        return self.chance.choice(
            [*Proposal.objects.filter(state="pending").order_by("pk").values_list("pk", flat=True), 0]
        )

    def approve(self) -> None:
        proposals.approve(proposal_id=self.proposed, by=self.people.leader, at=self.at)

    def refuse(self) -> None:
        proposals.send_back(proposal_id=self.proposed, words="请补充依据", by=self.people.head, at=self.at)

    def join(self) -> None:
        assignments.add_co_handler(
            petition_id=self.one,
            co_handler=CoHandler(self.chance.choice(("songlin", "agriculture", "water")), "田有禾"),
            redaction_confirmed=True,
            by=self.people.head,
            at=self.at,
        )

    def lead(self) -> None:
        beside = Assignment.objects.filter(is_lead=False, state__in=("issued", "signed")).order_by("pk").first()
        given = beside or self.given
        assignments.change_lead(assignment_id=given.pk, reason="职责调整", by=self.people.head, at=self.at)

    def withdraw(self) -> None:
        if self.chance.random() < 0.3:
            assignments.withdraw(assignment_id=self.given.pk, reason="交办有误", by=self.people.head, at=self.at)

    def split(self) -> None:
        if Petition.objects.open().filter(confidentiality="sealed").exists():
            return
        splits.split(
            petition_id=self.one,
            entry=SplitEntry("要求退还水费", "我家多交水费，要求退还", "反映高站长", (AccusedEntry("高站长"),)),
            checked_by=self.people.head,
            by=self.people.restricted,
            at=self.at,
        )

    def transfer_sealed(self) -> None:
        by = self.people.restricted
        found = list(Petition.objects.filter(confidentiality="sealed").order_by("pk"))
        if not found:
            self.split()
            return
        sealed = self.chance.choice(found)
        if sealed.state == State.REGISTERED.value:
            attachments.attach(
                petition_id=sealed.pk,
                kind=AttachmentKind.ORIGINAL,
                name="信",
                data=b"%PDF-1.4\n% sealed\n%%EOF\n",
                by=by,
                at=self.at,
            )
            petitions.read(petition_id=sealed.pk, note="已阅", by=by, at=self.at)
            return
        if sealed.state == State.READ.value:
            classes = Classification(Purpose.ACCUSATION, "18", "纪检监察", Recurrence.FIRST)
            petitions.classify(petition_id=sealed.pk, classification=classes, by=by, at=self.at)
            return
        dispositions.transfer_sealed(
            petition_id=sealed.pk,
            unit_code="supervision",
            handler_name="信访室",
            approver=self.people.head,
            by=by,
            at=self.at,
        )

    def sign(self) -> None:
        assignments.sign(
            assignment_id=self.given.pk,
            handler_name="何立群",
            handler_phone="13900001234",
            by=self.chance.choice((self.people.unit_clerk, self.people.other_unit_clerk, self.people.clerk)),
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
        by = self.chance.choice((self.people.unit_head, self.people.clerk))
        reports.report(assignment_id=given.pk, entry=entry, by=by, at=self.at)

    def as_unit(self) -> None:
        """Do one of what units do beside signing and reporting."""
        told = (self.tell, self.go_on, self.ask_for_time, self.give_time)
        self.chance.choice((self.dispute, *told, self.wait, self.oversee))()

    def dispute(self) -> None:
        given = Assignment.objects.filter(state__in=["issued", "signed"]).order_by("-pk").first()
        if given is None or self.chance.random() < 0.7:
            raise Refusal("test.nobody_disputes", "没有异议")
        objections.raise_objection(assignment_id=given.pk, reasons="不属本单位职责", by=self.people.clerk, at=self.at)

    def settle(self) -> None:
        found = list(Objection.objects.pending().order_by("pk"))
        if not found:
            raise Refusal("test.nothing_disputed", "还没有异议")
        one, by = self.chance.choice(found), self.people.head
        to = self.chance.choice((None, Receiver("songlin", "马所长"), Receiver("agriculture", "田有禾")))
        told: dict[str, Any] = {"objection_id": one.pk, "words": "已核对职责", "at": self.at}
        if one.round == 1 and self.chance.random() < 0.4:
            objections.refuse(by=by, **told)
        elif one.round == 1:
            objections.uphold(by=by, to=to, redaction_confirmed=True, **told)
        elif one.adjudicator is None:
            objections.name_adjudicator(objection_id=one.pk, adjudicator=self.people.leader, by=by, at=self.at)
        else:
            objections.adjudicate(by=self.people.leader, to=to, **told)

    def tell(self) -> None:
        telling = Telling(self.at, TellingMethod.PHONE, "已受理，由何立群办理")
        progress.tell_petitioner(assignment_id=self.given.pk, telling=telling, by=self.people.clerk, at=self.at)

    def go_on(self) -> None:
        progress.report_progress(assignment_id=self.given.pk, words="正在核对", by=self.people.clerk, at=self.at)

    def ask_for_time(self) -> None:
        extensions.ask(assignment_id=self.given.pk, amount=10, reason="需要实地测量", by=self.people.clerk, at=self.at)

    def give_time(self) -> None:
        found = list(Extension.objects.pending().order_by("pk"))
        if not found:
            raise Refusal("test.nothing_asked", "还没有延期申请")
        one = self.chance.choice(found)
        by = self.people.unit_head if one.assignment.unit.code == "water" else self.people.clerk
        extensions.approve(extension_id=one.pk, approver_name="王局长", by=by, at=self.at)

    def wait(self) -> None:
        if not unsigned.note(at=self.at) + unsigned.let_lapse(at=self.at):
            raise Refusal("test.nothing_waited", "没有到期的")

    def oversee(self) -> None:
        given = self.given
        level = Level.LETTER if given.oversight.exists() else Level.REMINDER
        entry = OversightEntry(
            level, Trigger.OVERDUE, "请抓紧办理", due_on=self.at.date() + timedelta(days=self.chance.randint(2, 20))
        )
        approver = self.people.leader if level is Level.LETTER else None
        steps.issue(assignment_id=given.pk, entry=entry, approver=approver, by=self.people.clerk, at=self.at)

    def send_back(self) -> None:
        reasons = (ReturnReason.FACTS_UNCLEAR,)
        reports.return_report(
            assignment_id=self.given.pk, reasons=reasons, words="请补充", by=self.people.head, at=self.at
        )

    def verify(self) -> None:
        reports.verify(assignment_id=self.given.pk, by=self.people.head, at=self.at)

    def answer(self) -> None:
        replies.reply(
            petition_id=self.one, kind=ReplyKind.OUTCOME, text="经核查，予以退还。", by=self.people.clerk, at=self.at
        )

    def deliver(self) -> None:
        written = self.chance.choice([*Reply.objects.order_by("pk").values_list("pk", flat=True), 0])
        replies.deliver(
            reply_id=written,
            method=Method.POST,
            delivered_at=self.at,
            proof="挂号回执",
            by=self.people.clerk,
            at=self.at,
        )

    def close(self) -> None:
        replies.close(petition_id=self.one, by=self.people.head, at=self.at)

    def void(self) -> None:
        if self.chance.random() < 0.05:
            petitions.void(
                petition_id=self.one, reason="重复登记", approver=self.people.leader, by=self.people.clerk, at=self.at
            )


@pytest.fixture
def life_of(people: Any) -> Callable[[random.Random], LifeOfAnOffice]:
    """Open an office whose life follows a source of chance."""
    return lambda chance: LifeOfAnOffice(people, chance)
