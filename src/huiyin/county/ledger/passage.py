"""The passage of one row through the office's real acts, each on its original day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from django.db.models import Q

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import assignments, dispositions, reports
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import REPORTS_BACK, TO_A_UNIT, DispositionKind
from huiyin.county.registry import holding, standing
from huiyin.county.registry.actions import attachments, petitions, receipts
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification, Registration
from huiyin.county.registry.states import AttachmentKind, Channel, Confidentiality, Recurrence, State
from huiyin.county.reply.actions import evaluations, replies
from huiyin.county.reply.rules import final_kind_for
from huiyin.county.reply.states import Satisfaction
from huiyin.kernel.calendar import SHANGHAI, show_day
from huiyin.kernel.refusal import Refusal

from .cells import outcome_of
from .course import course_of
from .rules import LedgerRow
from .states import Step

OPENS_AT = time(9, 0)
SCAN_KINDS = {Channel.LETTER: AttachmentKind.ORIGINAL, Channel.WALK_IN: AttachmentKind.RECORD}
NOTE_LIMIT = 200
NO_BASIS = "原台账未载明处理依据"
NO_REASON = "原台账未载明原因"
# A printed day that the rules do not let stand: the assignment is taken over and its day follows the rules.
UNUSABLE_DAYS = frozenset({"deadline.later_needs_approval", "deadline.explicit_before_start"})


@dataclass(frozen=True, slots=True)
class Carried:
    """The petition that a row became with its number, and what the clerk should look at."""

    petition_id: int
    number: str
    hints: tuple[str, ...]


@dataclass(slots=True)
class Passage:
    """One row on its way: who imports it, how far it came and when the last act was."""

    row: LedgerRow
    by: Staff
    at: datetime
    last: datetime
    petition_of: Petition | None = None
    assignment_id: int = 0
    reply_id: int = 0
    earlier: Petition | None = None
    hints: list[str] = field(default_factory=list)

    @property
    def petition(self) -> Petition:
        """The petition that the row became, once it is registered."""
        assert self.petition_of is not None
        return self.petition_of

    def moment(self, day: date | None) -> datetime:
        """Return the hour of opening of a day, never before the act before it and never in the future."""
        if day is None:
            return self.last
        self.last = max(self.last, min(datetime.combine(day, OPENS_AT, SHANGHAI), self.at))
        return self.last

    def register(self) -> None:
        """收件、登记: with the original days; what a sealed item is about stays out of the receipt."""
        row = self.row
        is_open = row.confidentiality is Confidentiality.ORDINARY
        told = {"登记部门": row.department, "登记人": row.registrar}
        receipt = receipts.take_receipt(
            channel=row.channel,
            received_on=row.received_on,
            sender=row.name if is_open else "",
            head_count=row.people,
            note="；".join(["原台账", *(f"{word}{text}" for word, text in told.items() if text)])[:NOTE_LIMIT],
            by=self.by,
            at=self.moment(row.received_on),
        )
        registration = Registration(
            summary=row.summary,
            content=row.content,
            petitioner_kind=row.petitioner_kind,
            name=row.name,
            identity_number=row.identity_number,
            phone=row.phone,
            address=row.address,
            place=row.place,
            head_count=row.people,
            signer_count=row.signer_count,
            representatives=row.representatives,
            confidentiality=row.confidentiality,
            source_number=row.source_number,
        )
        done = petitions.register(
            receipt_id=receipt.pk, registration=registration, by=self.by, at=self.moment(row.registered_on)
        )
        self.petition_of = done.petition

    def attach(self, scan: Path) -> None:
        """上传附件: keep the scan of the row and hash what was stored; one that is no scan is left out with a hint."""
        kind = SCAN_KINDS.get(self.row.channel, AttachmentKind.OTHER)
        try:
            with holding.attempt():
                kept = attachments.attach(
                    petition_id=self.petition.pk,
                    kind=kind,
                    name=scan.name,
                    data=scan.read_bytes(),
                    by=self.by,
                    at=self.last,
                )
        except Refusal as refusal:
            self.hints.append(f"扫描件“{scan.name}”未导入：{refusal.words}")
            return
        attachments.recheck(attachment_id=kept.pk, at=self.at)

    def read(self) -> None:
        """阅信/接谈: by the leader, or by whoever registered it."""
        reader = self.row.leader or self.row.registrar
        act = "接访、阅批" if self.row.leader else "阅处登记"
        petitions.read(
            petition_id=self.petition.pk,
            note=f"原台账载明由{reader}{act}",
            reader_name=reader,
            read_by_leader=bool(self.row.leader),
            by=self.by,
            at=self.last,
        )

    def classify(self) -> None:
        """归类: with the earlier petition of the same person where there is one."""
        row = self.row
        assert row.purpose is not None
        if row.is_first is not True:
            self.earlier = self.earlier_petition()
        if row.is_first is None:
            found = f"重复件（与{self.earlier.number}）" if self.earlier else "初次件"
            self.hints.append(f"没有写明是否初次信访，按姓名和住址电话查重，记为{found}，请核对")
        elif not row.is_first and self.earlier is None:
            self.hints.append("记为非初次信访，但本机关册内没有同一人的前件，按本机关初次件登记")
        petitions.classify(
            petition_id=self.petition.pk,
            classification=Classification(
                purpose=row.purpose,
                category_code=row.category_code,
                category_path=row.category_path,
                recurrence=Recurrence.REPEAT if self.earlier else Recurrence.FIRST,
                repeats_id=self.earlier.pk if self.earlier else None,
            ),
            by=self.by,
            at=self.last,
        )

    def earlier_petition(self) -> Petition | None:
        """Return the last petition of the same person before this one, of the same class first of all."""
        row = self.row
        same = Q()
        for name in ("identity_number", "phone", "address"):
            if getattr(row, name):
                same |= Q(**{f"petitioner__{name}": getattr(row, name)})
        if not row.name or not same:
            return None
        found = (
            Petition.objects.visible_to(self.by)
            .counted()
            .filter(same, petitioner__name=row.name, received_on__lte=row.received_on)
            .exclude(pk=self.petition.pk)
        )
        alike = found.filter(category_code=row.category_code).by_day().first()
        return alike if alike is not None or row.is_first is None else found.by_day().first()

    def dispose(self) -> None:
        """交办处理: to a unit and a person, or a decision that ends here."""
        if self.row.disposition in TO_A_UNIT:
            self.assign()
        else:
            self.decide()

    def assign(self) -> None:
        """交办、转送、直接办理: with the day printed on the letter where the rules let it stand."""
        row, at = self.row, self.moment(self.row.assigned_on)
        assert row.unit is not None
        assert row.disposition is not None
        approver = self.approver() if row.due_on else None

        def issue(due_on: date | None) -> int:
            assert row.unit is not None
            assert row.disposition is not None
            issued = dispositions.assign(
                petition_id=self.petition.pk,
                kind=row.disposition,
                unit_code=row.unit.code,
                handler_name=row.handler,
                handler_phone=row.handler_phone or row.unit.phone,
                due_on=due_on,
                due_approver=approver,
                by=self.by,
                at=at,
            )
            return issued.pk

        if row.due_on is None:
            self.assignment_id = issue(None)
            return
        try:
            with holding.attempt():
                self.assignment_id = issue(row.due_on)
        except Refusal as refusal:
            if refusal.code not in UNUSABLE_DAYS:
                raise
            self.hints.append(f"限办时间没有采用：{refusal.words}")
            self.assignment_id = issue(None)

    def decide(self) -> None:
        """引导告知、不再受理、存查、并入: with basis and second person."""
        row = self.row
        assert row.disposition is not None
        is_merged = row.disposition is DispositionKind.MERGED
        approver = None if is_merged else self.approver()
        dispositions.decide_here(
            petition_id=self.petition.pk,
            kind=row.disposition,
            reason=row.outcome or f"原台账载明{row.disposition.label}",
            basis=row.basis,
            approver=self.by if approver is None else approver,
            competent_organ=row.organ,
            merged_into_id=self.earlier.pk if is_merged and self.earlier else None,
            by=self.by,
            at=self.moment(row.assigned_on),
        )

    def approver(self) -> Staff | None:
        """Return the account of 审批人, where the row names one."""
        pk = self.row.approver_id
        return None if pk is None else holding.once(lambda: Staff.objects.get(pk=pk), Staff, pk)

    def sign(self) -> None:
        """签收: on its day, or with the assignment, whose row names the handler."""
        row = self.row
        assert row.unit is not None
        assignments.sign(
            assignment_id=self.assignment_id,
            handler_name=row.handler,
            handler_phone=row.handler_phone or row.unit.phone,
            by=self.by,
            at=self.moment(row.signed_on),
        )

    def report(self) -> None:
        """反馈: the result as the ledger tells it, for every claim."""
        row = self.row
        outcome = outcome_of(row.outcome)
        claims = holding.belonging(self.petition, self.petition.claims.order_by("position"))
        entry = ReportEntry(
            facts=row.outcome,
            basis=row.basis or NO_BASIS,
            measures="",
            handler_name=row.handler,
            answers=tuple(ClaimAnswer(claim_id=claim.pk, outcome=outcome) for claim in claims),
        )
        reports.report(assignment_id=self.assignment_id, entry=entry, by=self.by, at=self.moment(row.reported_on))

    def verify(self) -> None:
        """审核通过: at the latest when the petitioner was answered."""
        reports.verify(assignment_id=self.assignment_id, by=self.by, at=self.moment(self.row.replied_on))

    def reply(self) -> None:
        """答复: with the result; the ledger keeps no letters."""
        row, at = self.row, self.moment(self.row.replied_on)
        assert row.replied_on is not None
        assert row.disposition is not None
        state = State.VERIFIED if row.disposition in REPORTS_BACK else dispositions.STATE_OF[row.disposition]
        said = f"原台账载明已于{show_day(row.replied_on)}答复，未附答复内容"
        if state is State.REFERRED and row.unit is not None:
            said = f"原台账载明已于{show_day(row.replied_on)}告知转送{row.unit.name}办理"
        written = replies.reply(
            petition_id=self.petition.pk, kind=final_kind_for(state), text=row.outcome or said, by=self.by, at=at
        )
        self.reply_id = written.pk

    def deliver(self) -> None:
        """送达: as the ledger tells it, with its proof."""
        row = self.row
        assert row.method is not None
        replies.deliver(
            reply_id=self.reply_id,
            method=row.method,
            delivered_at=self.last,
            recipient=row.name,
            proof=row.proof,
            by=self.by,
            at=self.last,
        )

    def close(self) -> None:
        """办结."""
        replies.close(petition_id=self.petition.pk, by=self.by, at=self.moment(self.row.closed_on))

    def evaluate(self) -> None:
        """满意度评价."""
        row = self.row
        assert row.satisfaction is not None
        is_bad = row.satisfaction is Satisfaction.DISSATISFIED
        evaluations.evaluate(
            petition_id=self.petition.pk,
            satisfaction=row.satisfaction,
            reason=row.dissatisfaction or (NO_REASON if is_bad else ""),
            by=self.by,
            at=self.last,
        )


ACTS: Mapping[Step, Callable[[Passage], None]] = {
    Step.REGISTER: Passage.register,
    Step.READ: Passage.read,
    Step.CLASSIFY: Passage.classify,
    Step.DISPOSE: Passage.dispose,
    Step.SIGN: Passage.sign,
    Step.REPORT: Passage.report,
    Step.VERIFY: Passage.verify,
    Step.REPLY: Passage.reply,
    Step.DELIVER: Passage.deliver,
    Step.CLOSE: Passage.close,
    Step.EVALUATE: Passage.evaluate,
}


def carry(row: LedgerRow, *, by: Staff, at: datetime, scan: Path | None) -> Carried:
    """Carry a row through the acts it proves and no further; the caller's transaction decides for all of them."""
    course = course_of(row)
    begins_at = datetime.combine(row.received_on, time.min, SHANGHAI)
    passage = Passage(row=row, by=by, at=at, last=begins_at)
    for step in course.steps:
        if row.disposition is DispositionKind.MERGED and step is Step.DISPOSE and passage.earlier is None:
            passage.hints.append("没有找到并入的主件，只导入到“归类”")
            break
        ACTS[step](passage)
        if step is Step.REGISTER and scan is not None:
            passage.attach(scan)
    standing.take_over(petitions.locked(passage.petition.pk, by=by), at=at)
    petition, hints = passage.petition, tuple(hint for hint in (*passage.hints, course.hint) if hint)
    return Carried(petition_id=petition.pk, number=petition.number, hints=hints)
