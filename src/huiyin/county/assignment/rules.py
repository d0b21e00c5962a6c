"""What may be decided for a petition, what a unit owes, and who may do it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.office.states import Branch
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import IntakeMode

from .states import MOVES, TO_A_UNIT, AssignmentState, DispositionKind, Outcome, ReturnReason

ASSIGNERS = (Role.CLERK, Role.HEAD, Role.RESTRICTED)


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """What a report says to one claim."""

    claim_id: int
    outcome: Outcome
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """反馈: what a unit hands in."""

    facts: str
    basis: str
    measures: str
    handler_name: str
    answers: tuple[ClaimAnswer, ...]


class UnitPerson(Person, Protocol):
    """An account that may belong to a unit."""

    @property
    def unit_code(self) -> str:
        """The code of the unit, empty for the office's own people."""
        ...


def check_may_dispose(by: Person) -> None:
    """Refuse whoever does not decide what becomes of a petition: only the office assigns (统一交办)."""
    check_has_role(by, *ASSIGNERS, act="交办")


def check_may_approve(by: Person) -> None:
    """Refuse whoever cannot be the second person of a decision that ends here."""
    check_has_role(by, Role.HEAD, Role.LEADER, Role.GROUP_HEAD, act="审批")


def check_may_verify(by: Person) -> None:
    """Refuse whoever does not accept or return reports."""
    check_has_role(by, *ASSIGNERS, act="审核反馈")


def check_is_of_unit(by: "UnitPerson", unit_code: str, *, act: str) -> None:
    """Refuse whoever belongs to another unit: a unit sees and signs its own, and nothing else."""
    if by.role_set & {Role.UNIT_CLERK, Role.UNIT_HEAD}:
        if by.unit_code != unit_code:
            raise Refusal("assignment.other_unit", "没有这件交办件，或您无权查看")
        return
    # 承办单位没有账号时，由信访办根据回执代录。
    check_has_role(by, *ASSIGNERS, act=act)


def check_may_sign(by: "UnitPerson", unit_code: str) -> None:
    """Refuse whoever may not sign for the unit."""
    check_is_of_unit(by, unit_code, act="代录签收")


def check_may_report(by: "UnitPerson", unit_code: str) -> None:
    """Refuse whoever may not report for the unit."""
    check_is_of_unit(by, unit_code, act="代录反馈")


may_dispose = may(check_may_dispose)
may_approve = may(check_may_approve)
may_verify = may(check_may_verify)
may_sign = may(check_may_sign)
may_report = may(check_may_report)


def check_move(now: AssignmentState, then: AssignmentState) -> None:
    """Refuse a move that the table of states does not have."""
    if then not in MOVES[now]:
        raise Refusal("assignment.bad_move", f"{now.label}的交办件不能转为{then.label}", now=now.value, then=then.value)


def check_goes_to_a_unit(kind: DispositionKind) -> None:
    """Refuse to give a unit what does not go to one."""
    if kind not in TO_A_UNIT:
        raise Refusal("assignment.goes_to_no_unit", f"{kind.label}不需要承办单位")


def check_unit(
    kind: DispositionKind, *, branch: Branch, is_active: bool, intake_mode: IntakeMode, taken_over: bool = False
) -> None:
    """Refuse a unit that cannot be given this (DOMAIN §5: GUIDE has no assignment; internal stays in the house).

    What an old ledger tells was done: a unit that is gone since, or an assignment where we guide, is history.
    """
    if taken_over and kind is not DispositionKind.INTERNAL:
        return
    if not is_active:
        raise Refusal("assignment.unit_inactive", "该单位已停用，请另选承办单位")
    if kind is DispositionKind.INTERNAL and branch is not Branch.CONGRESS:
        raise Refusal("assignment.internal_is_in_house", "直接办理只能交本机关的工作机构")
    if kind in {DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL} and intake_mode is IntakeMode.GUIDE:
        raise Refusal("assignment.guide_mode", "本地规则为引导告知：不属本机关职责的，书面告知有权处理机关，不作交办")


def check_handler(name: str) -> None:
    """Refuse an assignment without a named person: the responsibility is a unit's and a person's."""
    if not name.strip():
        raise Refusal("assignment.handler_missing", "请填写承办人：交办须责任到单位和个人")


def check_handler_phone(phone: str, *, taken_over: bool) -> None:
    """Refuse a signature without a phone; what was taken over from an old ledger keeps its gap."""
    if not phone.strip() and not taken_over:
        raise Refusal("assignment.phone_missing", "签收须留承办人联系电话")


def check_due_on(due_on: date | None, *, at: datetime) -> None:
    """Refuse a due date that is over before it begins."""
    if due_on is not None and due_on <= local_day(at):
        raise Refusal("assignment.due_in_the_past", f"办理期限{show_day(due_on)}须晚于今天")


def check_decision_here(kind: DispositionKind, *, basis: str, reason: str, by_id: int, approver_id: int) -> None:
    """Refuse a decision that ends the matter here without basis, reason or a second person (DOMAIN §4)."""
    if kind in TO_A_UNIT:
        raise Refusal("disposition.needs_a_unit", f"{kind.label}须选择承办单位")
    if not reason.strip():
        raise Refusal("disposition.reason_missing", f"{kind.label}须写明理由")
    if kind is DispositionKind.MERGED:
        return
    if not basis.strip():
        raise Refusal("disposition.basis_missing", f"{kind.label}须写明依据")
    if by_id == approver_id:
        raise Refusal("disposition.needs_second_person", f"{kind.label}须由另一人审批")


def check_guidance(kind: DispositionKind, competent_organ: str) -> None:
    """Refuse guidance that does not say where to go."""
    if kind is DispositionKind.GUIDANCE and not competent_organ.strip():
        raise Refusal("disposition.organ_missing", "引导告知须写明有权处理的机关")


def check_report(entry: ReportEntry, *, claim_ids: Collection[int]) -> None:
    """Refuse a report that lacks facts, basis, its handler's name or an answer to any claim (DOMAIN §4, 已报结)."""
    if not entry.facts.strip():
        raise Refusal("report.facts_missing", "请写明调查核实的事实")
    if not entry.basis.strip():
        raise Refusal("report.basis_missing", "请写明处理依据")
    check_handler_named(entry.handler_name)
    answered = {answer.claim_id for answer in entry.answers}
    if answered - set(claim_ids):
        raise Refusal("report.unknown_claim", "反馈中有不属于本件的诉求点")
    missing = len(set(claim_ids) - answered)
    if missing:
        raise Refusal("report.claim_unanswered", f"还有{missing}个诉求点没有答复", missing=missing)


def check_handler_named(name: str) -> None:
    """Refuse a report without a named handler."""
    if not name.strip():
        raise Refusal("report.handler_missing", "反馈须写明承办人")


def check_return(reasons: Iterable[ReturnReason], words: str) -> None:
    """Refuse a return that does not say what is lacking."""
    if not tuple(reasons):
        raise Refusal("report.return_reason_missing", "退回须选择退回原因")
    if not words.strip():
        raise Refusal("report.return_words_missing", "请写明需要补正的内容")
