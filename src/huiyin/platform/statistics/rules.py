"""When a county's month has to be with the province, and what is said of one that is not."""

from datetime import date, timedelta

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import PROVINCE_ROLES, Role
from huiyin.kernel.periods import Period
from huiyin.kernel.words import Word

DUE_DAY = 10


class Punctuality(Word):
    """报送情况 of one month of one county."""

    ON_TIME = "on_time", "按时报送"
    LATE = "late", "迟报"
    MISSING = "missing", "逾期未报"
    WAITING = "waiting", "待报送"
    NOT_DUE = "not_due", "未到报送时间"
    BEFORE = "before", "入驻前"


def check_may_see_board(by: Person) -> None:
    """Refuse whoever is not shown the province's board."""
    check_has_role(by, *sorted(PROVINCE_ROLES), Role.ADMINISTRATOR, act="查看省级看板")


may_see_board = may(check_may_see_board)


def due_on(month: Period) -> date:
    """Return the last day on which a month's numbers arrive in time: the 10th of the next month."""
    return (month.last + timedelta(days=1)).replace(day=DUE_DAY)


def punctuality(month: Period, *, reported_on: date | None, onboarded_on: date, today: date) -> Punctuality:
    """Return how a county stands with one month, by the day its first version arrived; the last day is in time.

    Months that were over before the county had the software are never due; it may report them all the same.
    """
    if month.last < onboarded_on:
        return Punctuality.BEFORE if reported_on is None else Punctuality.ON_TIME
    if reported_on is not None:
        return Punctuality.ON_TIME if reported_on <= due_on(month) else Punctuality.LATE
    if today <= month.last:
        return Punctuality.NOT_DUE
    return Punctuality.WAITING if today <= due_on(month) else Punctuality.MISSING
