"""Words of the closing of a period: its states and moves, what a reconciliation asks, how numbers move afterwards."""

from collections.abc import Mapping

from huiyin.kernel.words import Word
from huiyin.platform.statistics.indicators import (
    ANSWERED_OF_ANSWERABLE,
    DISPOSED,
    READ,
    REGISTERED,
    Indicator,
)


class PeriodKind(Word):
    """期间的种类: what the office closes."""

    MONTH = "month", "月"
    QUARTER = "quarter", "季"
    YEAR = "year", "年"


class PeriodState(Word):
    """结账的状态 of one version of a period."""

    PREPARED = "prepared", "已核对，待审定"
    LOCKED = "locked", "已审定锁定"
    REOPENED = "reopened", "已重新打开"
    GIVEN_UP = "given_up", "已放弃"


MOVES: Mapping[PeriodState, frozenset[PeriodState]] = {
    PeriodState.PREPARED: frozenset({PeriodState.LOCKED, PeriodState.GIVEN_UP}),
    PeriodState.LOCKED: frozenset({PeriodState.REOPENED}),
    PeriodState.REOPENED: frozenset(),
    PeriodState.GIVEN_UP: frozenset(),
}
# While one of these stands, nobody prepares the period again.
STANDING = frozenset({PeriodState.PREPARED, PeriodState.LOCKED})
# What was once reported: its number is taken for good, and it is never changed.
REPORTED = frozenset({PeriodState.LOCKED, PeriodState.REOPENED})


class GapStep(Word):
    """对账的环节: which step a receipt of the period lacks."""

    REGISTER = "register", "未登记或登记不全"
    CLASSIFY = "classify", "未阅或未归类"
    ASSIGN = "assign", "未交办"
    ANSWER = "answer", "未答复"


# The promise each step is read from, in the order of the steps: what cannot be answered lawfully is no gap.
STEP_PROMISES: Mapping[GapStep, Indicator] = {
    GapStep.REGISTER: REGISTERED,
    GapStep.CLASSIFY: READ,
    GapStep.ASSIGN: DISPOSED,
    GapStep.ANSWER: ANSWERED_OF_ANSWERABLE,
}


class ChangeKind(Word):
    """锁定后变动的性质: whether a number only grew by later work, or what was reported is no longer right."""

    PROGRESS = "progress", "后续办理"
    CORRECTION = "correction", "补登或更正"
