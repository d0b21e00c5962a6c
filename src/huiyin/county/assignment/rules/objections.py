"""异议: until when a unit may say that a matter is not its own, and who decides about it (R22 §23, DOMAIN §4, §5)."""

from dataclasses import dataclass
from datetime import date

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.assignment.states import AssignmentState, DispositionKind, ObjectionState
from huiyin.county.registry.states import State
from huiyin.kernel.calendar import show_day
from huiyin.kernel.refusal import Refusal

from .assignments import UnitPerson, check_is_of_unit
from .dispositions import ASSIGNERS

ADJUDICATORS = (Role.LEADER, Role.GROUP_HEAD)
OPEN_TO_OBJECTION = frozenset({DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL})
# From the second one on a named leader decides, and that binds everybody.
ADJUDICATED_FROM = 2


@dataclass(frozen=True, slots=True)
class Receiver:
    """改交: the unit that gets the matter instead, with its named person and what its letter says."""

    unit_code: str
    handler_name: str
    handler_phone: str = ""
    instruction: str = ""
    due_on: date | None = None


def check_may_object(by: UnitPerson, unit_code: str) -> None:
    """Refuse whoever may not object for the unit; the office writes down what came on paper."""
    check_is_of_unit(by, unit_code, act="代录异议")


def check_may_decide(by: Person) -> None:
    """Refuse whoever does not decide a first objection."""
    check_has_role(by, *ASSIGNERS, act="处理异议")


def check_may_adjudicate(by: Person) -> None:
    """Refuse whoever cannot be named to decide a second objection."""
    check_has_role(by, *ADJUDICATORS, act="裁定异议")


may_object = may(check_may_object)
may_decide = may(check_may_decide)
may_adjudicate = may(check_may_adjudicate)


def check_open(kind: DispositionKind, *, is_decided_for_good: bool) -> None:
    """Refuse an objection to what stays in the house or goes sealed, and to what a leader has decided."""
    if kind not in OPEN_TO_OBJECTION:
        raise Refusal("objection.kind_closed", f"{kind.label}件不提出异议，请与信访办公室商量")
    if is_decided_for_good:
        raise Refusal("objection.adjudicated", "本件的承办单位已经裁定，不能再提出异议")


def check_in_time(state: AssignmentState, *, has_limit: bool, last_on: date | None, today: date) -> None:
    """Refuse an objection after its last day; where the rule set has no limit, one after the signature.

    ``last_on`` is the end of the limit that still runs for the unit, None once it lapsed.
    """
    if not has_limit:
        if state is not AssignmentState.ISSUED:
            raise Refusal("objection.after_signing", "已经签收的，不能再提出异议")
        return
    if last_on is None:
        raise Refusal("objection.too_late", "提出异议的期限已过")
    if today > last_on:
        raise Refusal("objection.too_late", f"提出异议的期限已于{show_day(last_on)}届满")


def check_reasons(reasons: str) -> None:
    """Refuse an objection without its reasons."""
    if not reasons.strip():
        raise Refusal("objection.reasons_missing", "提出异议须写明理由和依据")


def check_pending(state: ObjectionState) -> None:
    """Refuse to decide twice."""
    if state is not ObjectionState.PENDING:
        raise Refusal("objection.decided_already", f"这项异议已经处理（{state.label}）")


def check_is_first(round_: int) -> None:
    """Refuse that the office itself decides a further objection: a named leader does."""
    if round_ >= ADJUDICATED_FROM:
        raise Refusal("objection.needs_adjudicator", f"本件第{round_}次异议，须由指定的领导裁定")


def check_is_further(round_: int) -> None:
    """Refuse to trouble a leader with the first objection: the office decides it."""
    if round_ < ADJUDICATED_FROM:
        raise Refusal("objection.office_decides", "第一次异议由信访办公室处理")


def check_is_named(by_id: int, adjudicator_id: int | None) -> None:
    """Refuse whoever was not named to decide this one."""
    if adjudicator_id is None:
        raise Refusal("objection.adjudicator_missing", "请先指定裁定的领导")
    if by_id != adjudicator_id:
        raise Refusal("objection.not_the_adjudicator", "这项异议由另一位领导裁定")


def check_words(words: str) -> None:
    """Refuse a decision without its reasons."""
    if not words.strip():
        raise Refusal("objection.words_missing", "请写明处理意见和理由")


def check_receiver_is_another(unit_code: str, objecting: str) -> None:
    """Refuse to agree with a unit and give the matter back to it."""
    if unit_code == objecting:
        raise Refusal("objection.same_unit", "同意异议的，须改交另一个单位")


def check_not_disputed(state: AssignmentState, act: str) -> None:
    """Refuse to go on while an objection waits for its decision."""
    if state is AssignmentState.DISPUTED:
        raise Refusal("objection.pending", f"异议正在处理，处理之后才能{act}")


def check_not_given_anew(state: State) -> None:
    """Refuse a new disposition while an objection waits: the unit it goes to is named with the decision about it."""
    if state is State.DISPUTED:
        raise Refusal("objection.pending", "异议正在处理，改交其他单位请在处理异议时办理")
