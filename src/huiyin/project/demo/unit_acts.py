"""Unit acts: what becomes of a petition of the living year once it leaves the office, and how it comes back."""

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import (
    assignments,
    dispositions,
    extensions,
    objections,
    progress,
    proposals,
    reports,
)
from huiyin.county.assignment.rules.dispositions import Giving
from huiyin.county.assignment.rules.progress import Telling
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import DispositionKind, Outcome, ReturnReason, TellingMethod
from huiyin.county.office.models import Unit
from huiyin.county.office.states import Branch
from huiyin.county.oversight.actions import steps as oversight
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Level, Trigger
from huiyin.county.reception.actions import instructions
from huiyin.county.reception.rules import Wish
from huiyin.county.reception.states import PutReason
from huiyin.county.registry.actions import attachments
from huiyin.county.registry.states import AttachmentKind
from huiyin.county.reply.actions import evaluations, replies
from huiyin.county.reply.states import Method, ReplyKind, Satisfaction
from huiyin.project.demo.acts import Act, Way
from huiyin.project.demo.scans import picture

BASIS = "《信访工作条例》第二十三条"
PHONE = "0199-5550188"


@dataclass(frozen=True, slots=True)
class Told:
    """What a unit reports: facts, measures, and for each claim an outcome with its words."""

    facts: str
    answers: tuple[tuple[Outcome, str], ...]
    basis: str
    measures: str = ""


def assign(*, due_ahead: int = 0, by_instruction: bool = False) -> Act:
    """Return 交办 to the unit of the matter; ``due_ahead`` working days from the demonstration's day is printed."""

    def act(way: Way, at: datetime) -> None:
        given = dispositions.assign(
            petition_id=way.petition_id,
            kind=DispositionKind.ASSIGNMENT,
            unit_code=way.matter.unit,
            handler_name=way.handler,
            instruction="请查清事实，依法处理，逐项答复诉求，按期报结。",
            reason="属该单位职责",
            basis=BASIS,
            due_on=_printed(way, due_ahead),
            redaction_confirmed=True,
            instruction_id=way.instruction_id if by_instruction else None,
            by=way.cast.clerk,
            at=at,
        )
        way.assignment_id = given.pk

    return act


def _printed(way: Way, due_ahead: int) -> date | None:
    return way.days.ahead(due_ahead) if due_ahead else None


def propose(way: Way, at: datetime) -> None:
    """拟办: the head decides."""
    giving = Giving(
        unit_code=way.matter.unit,
        handler_name=way.handler,
        instruction="请会同属地乡镇当面听取代表意见，逐项答复。",
        reason="集体来访，涉及多户，属该单位职责",
        basis=BASIS,
        redaction_confirmed=True,
    )
    proposals.propose(
        petition_id=way.petition_id, kind=DispositionKind.ASSIGNMENT, what=giving, by=way.cast.clerk, at=at
    )


def guide(organ: str, procedure: str) -> Act:
    """Return 引导告知 with the head as the second person."""

    def act(way: Way, at: datetime) -> None:
        dispositions.decide_here(
            petition_id=way.petition_id,
            kind=DispositionKind.GUIDANCE,
            reason="不属本县有关单位职权范围",
            basis="《信访工作条例》第二十二条",
            competent_organ=organ,
            procedure=procedure,
            approver=way.cast.head,
            by=way.cast.clerk,
            at=at,
        )

    return act


def merge(into: str) -> Act:
    """Return 并入 another petition of the living year."""

    def act(way: Way, at: datetime) -> None:
        dispositions.decide_here(
            petition_id=way.petition_id,
            kind=DispositionKind.MERGED,
            reason="同一人反映同一事项，原件正在办理",
            basis="",
            merged_into_id=way.others[into].petition_id,
            approver=way.cast.head,
            by=way.cast.clerk,
            at=at,
        )

    return act


def sign(way: Way, at: datetime) -> None:
    """签收."""
    assignments.sign(
        assignment_id=way.assignment_id,
        handler_name=way.handler,
        handler_phone=PHONE,
        by=way.cast.clerk_of(way.matter.unit),
        at=at,
    )


def tell(way: Way, at: datetime) -> None:
    """告知信访人: of receipt and route."""
    telling = Telling(at, TellingMethod.PHONE, f"已收到您反映的事项，由{way.handler}具体办理，联系电话{PHONE}。")
    progress.tell_petitioner(
        assignment_id=way.assignment_id, telling=telling, by=way.cast.clerk_of(way.matter.unit), at=at
    )


def go_on(words: str) -> Act:
    """Return 反馈进展."""

    def act(way: Way, at: datetime) -> None:
        by = way.cast.clerk_of(way.matter.unit)
        progress.report_progress(assignment_id=way.assignment_id, words=words, by=by, at=at)

    return act


def object_to(reasons: str) -> Act:
    """Return 提出异议: the unit thinks that it is a township's matter."""

    def act(way: Way, at: datetime) -> None:
        township = Unit.objects.filter(branch=Branch.TOWNSHIP.value, is_active=True).order_by("pk").first()
        objections.raise_objection(
            assignment_id=way.assignment_id,
            reasons=reasons,
            competent=township.name if township else "",
            by=way.cast.clerk_of(way.matter.unit),
            at=at,
        )

    return act


def ask_for_time(amount: int, reason: str) -> Act:
    """Return 申请延期."""

    def act(way: Way, at: datetime) -> None:
        by = way.cast.clerk_of(way.matter.unit)
        extensions.ask(assignment_id=way.assignment_id, amount=amount, reason=reason, by=by, at=at)

    return act


def draft(told: Told) -> Act:
    """Return 起草反馈: for the head of the unit to report."""

    def act(way: Way, at: datetime) -> None:
        values = {"facts": told.facts, "basis": told.basis, "measures": told.measures, "handler_name": way.handler}
        for claim, (outcome, words) in zip(way.petition.claims.order_by("position"), told.answers, strict=True):
            values |= {f"outcome_{claim.pk}": outcome.value, f"words_{claim.pk}": words}
        reports.draft(assignment_id=way.assignment_id, values=values, by=way.cast.clerk_of(way.matter.unit), at=at)

    return act


def attach_reply(way: Way, at: datetime) -> None:
    """上传答复意见书和送达凭证: by the unit."""
    for number, kind in ((1, AttachmentKind.REPLY), (2, AttachmentKind.PROOF)):
        attachments.attach(
            petition_id=way.petition_id,
            kind=kind,
            name=f"{kind.label}.png",
            data=picture(f"XF{number}{way.position:08d}"),
            by=way.cast.clerk_of(way.matter.unit),
            at=at,
        )


def report(told: Told) -> Act:
    """Return 报结."""

    def act(way: Way, at: datetime) -> None:
        claims = way.petition.claims.order_by("position")
        entry = ReportEntry(
            facts=told.facts,
            basis=told.basis,
            measures=told.measures,
            handler_name=way.handler,
            answers=tuple(
                ClaimAnswer(claim.pk, outcome, words)
                for claim, (outcome, words) in zip(claims, told.answers, strict=True)
            ),
            head_name="" if way.matter.unit == way.cast.unit_head.unit_code else "分管负责人聂远航",
        )
        reports.report(assignment_id=way.assignment_id, entry=entry, by=way.cast.head_of(way.matter.unit), at=at)

    return act


def return_report(words: str, *reasons: ReturnReason) -> Act:
    """Return 退回."""

    def act(way: Way, at: datetime) -> None:
        reports.return_report(assignment_id=way.assignment_id, reasons=reasons, words=words, by=way.cast.clerk, at=at)

    return act


def verify(way: Way, at: datetime) -> None:
    """审核通过."""
    reports.verify(assignment_id=way.assignment_id, by=way.cast.clerk, at=at)


def reply(text: str) -> Act:
    """Return 答复."""

    def act(way: Way, at: datetime) -> None:
        written = replies.reply(
            petition_id=way.petition_id, kind=ReplyKind.OUTCOME, text=text, by=way.cast.clerk, at=at
        )
        way.reply_id = written.pk

    return act


def deliver(proof: str) -> Act:
    """Return 送达."""

    def act(way: Way, at: datetime) -> None:
        replies.deliver(
            reply_id=way.reply_id,
            method=Method.POST,
            delivered_at=at,
            proof=proof,
            recipient=way.matter.name,
            by=way.cast.clerk,
            at=at,
        )

    return act


def close(way: Way, at: datetime) -> None:
    """办结."""
    replies.close(petition_id=way.petition_id, by=way.cast.clerk, at=at)


def evaluate(satisfaction: Satisfaction, reason: str = "") -> Act:
    """Return 满意度评价 by the petitioner on the query page; 不满意 asks to take the matter up again."""

    def act(way: Way, at: datetime) -> None:
        evaluations.evaluate_own(petition_id=way.petition_id, satisfaction=satisfaction, reason=reason, at=at)

    return act


def remind_of_repeat(way: Way, at: datetime) -> None:
    """催办: the unit that works on the earlier petition learns that the petitioner came again."""
    oversight.remind_of_repeat(repeat_id=way.petition_id, at=at)


def remind(words: str, *, due_back: int) -> Act:
    """Return 催办 with a limit so many working days before the demonstration's day."""

    def act(way: Way, at: datetime) -> None:
        entry = OversightEntry(Level.REMINDER, Trigger.OVERDUE, words, due_on=way.days.back(due_back))
        oversight.issue(assignment_id=way.assignment_id, entry=entry, by=way.cast.clerk, at=at)

    return act


def write_oversight_letter(words: str, *, due_ahead: int) -> Act:
    """Return 督办函 that the head approved, with a new limit."""

    def act(way: Way, at: datetime) -> None:
        entry = OversightEntry(Level.LETTER, Trigger.OVERDUE, words, due_on=way.days.ahead(due_ahead))
        oversight.issue(assignment_id=way.assignment_id, entry=entry, approver=way.cast.head, by=way.cast.clerk, at=at)

    return act


def put_before_leader(reason: PutReason, note: str) -> Act:
    """Return 送阅 to the leader."""
    return lambda way, at: _put(way, way.cast.leader, reason, note, at=at)


def put_before_group_head(reason: PutReason, note: str) -> Act:
    """Return 送阅 to the head of the leading group."""
    return lambda way, at: _put(way, way.cast.group_head, reason, note, at=at)


def _put(way: Way, leader: Staff, reason: PutReason, note: str, *, at: datetime) -> None:
    row = instructions.put(
        petition_id=way.petition_id, leader=leader, reason=reason, note=note, by=way.cast.clerk, at=at
    )
    way.instruction_id = row.pk


def instruct(words: str, *, due_ahead: int) -> Act:
    """Return 批示 by the leader."""
    return lambda way, at: _instruct(way, way.cast.leader, words, due_ahead, at=at)


def instruct_as_group_head(words: str, *, due_ahead: int) -> Act:
    """Return 批示 by the head of the leading group."""
    return lambda way, at: _instruct(way, way.cast.group_head, words, due_ahead, at=at)


def _instruct(way: Way, leader: Staff, words: str, due_ahead: int, *, at: datetime) -> None:
    wish = Wish(words=words, wanted_unit=way.matter.unit, due_on=way.days.ahead(due_ahead))
    instructions.write(instruction_id=way.instruction_id, wish=wish, by=leader, at=at)


def carry_out(way: Way, at: datetime) -> None:
    """落实批示 by the assignment."""
    instructions.carry_out(instruction_id=way.instruction_id, assignment_id=way.assignment_id, by=way.cast.clerk, at=at)
