"""告知 and 进展: what a unit tells the petitioner and the office while it works (R22 §23; DOMAIN §4, 办理中)."""

from dataclasses import dataclass
from datetime import datetime

from huiyin.accounts.permissions import may
from huiyin.county.assignment.states import AssignmentState, TellingMethod
from huiyin.kernel.refusal import Refusal

from .assignments import UnitPerson, check_is_of_unit

TELLING = frozenset({AssignmentState.ISSUED, AssignmentState.SIGNED, AssignmentState.RETURNED})


@dataclass(frozen=True, slots=True)
class Telling:
    """告知: when, how and what the petitioner was told."""

    told_at: datetime
    method: TellingMethod
    words: str


def check_may_tell(by: UnitPerson, unit_code: str) -> None:
    """Refuse whoever may not speak for the unit; the office writes down what came on paper."""
    check_is_of_unit(by, unit_code, act="代录告知和进展")


may_tell = may(check_may_tell)


def check_notice(state: AssignmentState, *, is_lead: bool, is_told_already: bool) -> None:
    """Refuse a notice of receipt by a co-handler, a second one, and one after the work is done."""
    if not is_lead:
        raise Refusal("notice.lead_tells", "由主办单位告知信访人，会办单位不另行告知")
    if is_told_already:
        raise Refusal("notice.told_already", "已经告知过信访人")
    if state not in TELLING:
        raise Refusal("notice.not_in_work", f"{state.label}的交办件不再登记告知")


def check_telling(telling: Telling, *, since: datetime, at: datetime) -> None:
    """Refuse what was told in the future or before it could be known, and a telling of nothing."""
    if telling.told_at > at:
        raise Refusal("notice.in_the_future", "告知时间不能晚于现在")
    if telling.told_at < since:
        raise Refusal("notice.too_early", "告知时间不能早于交办的时间")
    if not telling.words.strip():
        missing = "尝试告知的情况" if telling.method is TellingMethod.IMPOSSIBLE else "告知的内容"
        raise Refusal("notice.words_missing", f"请写明{missing}")


def check_progress(state: AssignmentState, words: str) -> None:
    """Refuse progress on what the unit has not signed or no longer has, and progress without a word."""
    if state is not AssignmentState.SIGNED:
        raise Refusal("progress.not_in_work", f"{state.label}的交办件不反馈进展")
    if not words.strip():
        raise Refusal("progress.words_missing", "请写明办理进展")
