"""延期: who asks, who approves, and what the wish must say; the counting is the kernel's (R22 §34)."""

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.assignment.states import AssignmentState, ExtensionState
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import Approver

from .assignments import UnitPerson, check_is_of_unit
from .dispositions import ASSIGNERS, DECIDERS

EXTENDABLE = frozenset({AssignmentState.ISSUED, AssignmentState.SIGNED})


def check_may_ask(by: UnitPerson, unit_code: str) -> None:
    """Refuse whoever may not ask for the unit; the office writes down what came on paper."""
    check_is_of_unit(by, unit_code, act="代录延期申请")


def check_may_decide(by: UnitPerson, unit_code: str, approver: Approver) -> None:
    """Refuse whoever does not approve: the unit's head, or the assigner's, as the rule set has it.

    For a unit without an account of its head the office writes down the head's approval from the paper.
    """
    if approver is Approver.ASSIGNER:
        check_has_role(by, *DECIDERS, act="批准延期")
        return
    if Role.UNIT_HEAD in by.role_set:
        check_is_of_unit(by, unit_code, act="批准延期")
        return
    check_has_role(by, *ASSIGNERS, act="批准延期")


may_ask = may(check_may_ask)
may_decide = may(check_may_decide)


def check_wish(state: AssignmentState, reason: str, *, is_pending: bool) -> None:
    """Refuse a wish without its reason, a second one at a time, and one when nothing is being worked on."""
    if state not in EXTENDABLE:
        raise Refusal("extension.not_in_work", f"{state.label}的交办件不能申请延期")
    if not reason.strip():
        raise Refusal("extension.reason_missing", "申请延期须写明理由")
    if is_pending:
        raise Refusal("extension.pending_already", "已有一项延期申请待批准")


def check_pending(state: ExtensionState) -> None:
    """Refuse to decide twice."""
    if state is not ExtensionState.PENDING:
        raise Refusal("extension.decided_already", f"这项延期申请已经处理（{state.label}）")


def check_still_in_work(state: AssignmentState) -> None:
    """Refuse more time for what was reported or taken back meanwhile."""
    if state not in EXTENDABLE:
        raise Refusal("extension.not_in_work", f"{state.label}的交办件不能再延期")


def check_approver(by: Person, approver: Approver, *, name: str, has_head: bool) -> None:
    """Refuse that the office approves for a unit whose head has an account, or from a paper that names nobody."""
    if approver is Approver.ASSIGNER or Role.UNIT_HEAD in by.role_set:
        return
    if has_head:
        raise Refusal("extension.head_approves", "该单位负责人有账号，由本人批准延期")
    if not name.strip():
        raise Refusal("extension.approver_missing", "请写明批准延期的单位负责人")


def check_refusal(words: str) -> None:
    """Refuse to say no without a reason."""
    if not words.strip():
        raise Refusal("extension.words_missing", "不批准延期须写明理由")


def check_told_once(state: ExtensionState, *, is_told_already: bool) -> None:
    """Refuse to tell the petitioner of what was not approved, or twice."""
    if state is not ExtensionState.APPROVED:
        raise Refusal("extension.not_approved", "只有批准的延期才告知信访人")
    if is_told_already:
        raise Refusal("extension.told_already", "这次延期已经告知信访人")
