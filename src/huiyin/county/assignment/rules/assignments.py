"""What a unit is given: to whom, by when, and who may take it."""

from datetime import date, datetime
from typing import Protocol

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.assignment.states import MOVES, REPORTS_BACK, AssignmentState, DispositionKind
from huiyin.county.registry.states import State
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.refusal import Refusal

from .dispositions import ASSIGNERS

WORKING = frozenset({AssignmentState.ISSUED, AssignmentState.SIGNED})


class UnitPerson(Person, Protocol):
    """An account that may belong to a unit."""

    @property
    def unit_code(self) -> str:
        """The code of the unit, empty for the office's own people."""
        ...


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


may_sign = may(check_may_sign)


def check_move(now: AssignmentState, then: AssignmentState) -> None:
    """Refuse a move that the table of states does not have."""
    if then not in MOVES[now]:
        raise Refusal("assignment.bad_move", f"{now.label}的交办件不能转为{then.label}", now=now.value, then=then.value)


def check_handler(name: str) -> None:
    """Refuse an assignment without a named person: the responsibility is a unit's and a person's."""
    if not name.strip():
        raise Refusal("assignment.handler_missing", "请填写承办人：交办须责任到单位和个人")


def check_handler_phone(phone: str, *, taken_over: bool) -> None:
    """Refuse a signature without a phone; what was taken over from an old ledger keeps its gap."""
    if not phone.strip() and not taken_over:
        raise Refusal("assignment.phone_missing", "签收须留承办人联系电话")


def check_unsigned(state: AssignmentState, *, is_noted: bool) -> None:
    """Refuse to say twice, or of what was signed, that it counts as received."""
    if state not in {AssignmentState.ISSUED, AssignmentState.DISPUTED}:
        raise Refusal("assignment.was_signed", f"{state.label}的交办件不用视为收到")
    if is_noted:
        raise Refusal("assignment.deemed_already", "已经记为视为收到")


def check_due_on(due_on: date | None, *, at: datetime) -> None:
    """Refuse a due date that is over before it begins."""
    if due_on is not None and due_on <= local_day(at):
        raise Refusal("assignment.due_in_the_past", f"办理期限{show_day(due_on)}须晚于今天")


def check_redacted(*, is_confirmed: bool, taken_over: bool) -> None:
    """Refuse a letter to a unit before somebody confirmed that it is redacted (脱敏确认, DOMAIN §4)."""
    if not is_confirmed and not taken_over:
        raise Refusal("assignment.redaction_unconfirmed", "发给承办单位前，请先核对并确认已脱敏")


def check_withdrawal(reason: str) -> None:
    """Refuse to take an assignment back without saying why."""
    if not reason.strip():
        raise Refusal("assignment.withdraw_reason_missing", "撤回须写明原因")


def check_lead_may_go(*, is_lead: bool, co_handlers: int) -> None:
    """Refuse to take the lead's assignment back while others still handle the matter with it."""
    if is_lead and co_handlers:
        raise Refusal("assignment.lead_has_co_handlers", "还有会办单位在办，请先改定主办单位，再撤回")


def check_co_handler(kind: DispositionKind, *, is_simple: bool, is_given_already: bool, state: State) -> None:
    """Refuse a further unit where none can join: nothing to report, done at once, the same one, or too late."""
    if kind not in REPORTS_BACK:
        raise Refusal("assignment.no_co_handlers", f"{kind.label}没有会办单位")
    if is_simple:
        raise Refusal("assignment.not_simple", "简易办理的不设会办单位；需要会办的请先撤回，按一般程序交办")
    if is_given_already:
        raise Refusal("assignment.given_already", "这个单位已经在办本件")
    if state not in {State.ASSIGNED, State.INTERNAL, State.IN_PROGRESS, State.RETURNED}:
        raise Refusal("assignment.too_late_to_join", f"{state.label}的信访件不能再增加会办单位")


def check_new_lead(*, is_lead: bool, then: AssignmentState, now: AssignmentState, reason: str) -> None:
    """Refuse a change of the lead without reason, to the lead itself, or once one of both has reported."""
    if not reason.strip():
        raise Refusal("assignment.lead_reason_missing", "改定主办单位须写明原因")
    if is_lead:
        raise Refusal("assignment.is_lead", "这个单位就是主办单位")
    if then not in WORKING or now not in WORKING:
        raise Refusal("assignment.too_late_to_lead", "主办或会办单位已经反馈，不能再改定主办单位")


def check_demanded_day(demanded_on: date | None, *, printed: date | None, at: datetime) -> None:
    """Refuse to give on what was due above before today, unless the letter prints a day of its own."""
    if demanded_on is not None and printed is None and demanded_on < local_day(at):
        raise Refusal(
            "assignment.demanded_day_past",
            f"上级要求的期限{show_day(demanded_on)}已过，请与上级商定后填写函上载明的期限",
        )


def check_approver_is_another(*, by_id: int, approver_id: int, taken_over: bool) -> None:
    """Refuse a later day that the person who asks for it approved alone."""
    if by_id == approver_id and not taken_over:
        raise Refusal("assignment.due_needs_second_person", "延后期限须由另一人审批")
