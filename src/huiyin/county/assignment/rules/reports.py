"""What a unit reports, and what the office makes of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.assignment.states import AssignmentState, Outcome, ReturnReason
from huiyin.kernel.refusal import Refusal

from .assignments import UnitPerson, check_is_of_unit
from .dispositions import ASSIGNERS


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
    head_name: str = ""


def check_may_verify(by: Person) -> None:
    """Refuse whoever does not accept or return reports."""
    check_has_role(by, *ASSIGNERS, Role.LEADER, Role.GROUP_HEAD, act="审核反馈")


def check_may_report(by: "UnitPerson", unit_code: str) -> None:
    """Refuse whoever may not report for the unit."""
    check_is_of_unit(by, unit_code, act="代录反馈")


def check_may_draft(by: "UnitPerson", unit_code: str) -> None:
    """Refuse a draft by whoever is not of the unit: it is the unit's own paper until it is reported."""
    check_has_role(by, Role.UNIT_CLERK, Role.UNIT_HEAD, act="起草反馈")
    check_is_of_unit(by, unit_code, act="起草反馈")


may_verify = may(check_may_verify)
may_draft = may(check_may_draft)
may_report = may(check_may_report)


def check_reporter(by: "UnitPerson", *, head_name: str, has_head: bool, has_paper: bool) -> None:
    """Refuse a report that the unit's head does not answer for (DOMAIN §4, 已报结).

    A unit whose head has an account is reported for by the head; for another its clerk reports under the head's name
    with the signed paper attached. What the office writes down came on paper.
    """
    if Role.UNIT_CLERK not in by.role_set or Role.UNIT_HEAD in by.role_set:
        return
    if has_head:
        raise Refusal("report.head_reports", "办结报告由本单位负责人报出；请保存草稿送负责人")
    if not head_name.strip():
        raise Refusal("report.head_missing", "请填写签发本报告的单位负责人姓名")
    if not has_paper:
        raise Refusal("report.paper_missing", "负责人没有账号的，请先上传负责人签字的办结报告")


def check_draft(state: AssignmentState) -> None:
    """Refuse a draft of a report that is not asked for now."""
    if state not in {AssignmentState.SIGNED, AssignmentState.RETURNED}:
        raise Refusal("report.not_in_work", f"{state.label}的交办件不能起草反馈")


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
