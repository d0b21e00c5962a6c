"""What clerk and head are reminded of by what the rows say: told once, however often it is looked at."""

from collections.abc import Iterator
from datetime import datetime

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.office.notifications import notify
from huiyin.county.office.states import NotificationKind
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.periods import Period

from . import rules
from .models import ReportedPeriod
from .queries.periods import Standing, drift_of, open_periods, recent_periods
from .states import PeriodState


def remind_of_closing(*, at: datetime, href: str) -> int:
    """提醒结账: tell of what is over and not locked by its day, of what waits for approval, of what moved since."""
    return sum(
        notify(
            key=key,
            to=Staff.objects.holding(*roles),
            kind=NotificationKind.OFFICE,
            words=words,
            at=at,
            href=f"{href}{rules.written(period)}/",
        )
        for key, roles, words, period in (*_unclosed(at), *_moved(at))
    )


Reminder = tuple[str, tuple[Role, ...], str, Period]


def _unclosed(at: datetime) -> Iterator[Reminder]:
    today = local_day(at)
    for one in open_periods(at=at):
        name = rules.written(one.period)
        if one.latest is not None and one.state is PeriodState.PREPARED:
            words = f"{one.period.label}第{one.latest.version}版已核对，请审定"
            yield f"closing.waiting:{one.latest.key}", (Role.HEAD,), words, one.period
        if today > one.due_on:
            words = f"{one.period.label}的数字应在{show_day(one.due_on)}前报送，{_lack_of(one)}"
            yield f"closing.overdue:{name}:{_round_of(one)}", (Role.CLERK, Role.HEAD), words, one.period


def _lack_of(one: Standing) -> str:
    return "已核对，还没有审定" if one.state is PeriodState.PREPARED else "还没有核对"


def _round_of(one: Standing) -> int:
    """Return how often the period was reported: a reopened one is told of anew."""
    return one.latest.version if one.latest is not None and one.state is PeriodState.REOPENED else 0


def _moved(at: datetime) -> Iterator[Reminder]:
    wanted = recent_periods(at=at)
    rows = ReportedPeriod.objects.locked().filter(first_on__gte=min(one.first for one in wanted))
    for row in rows.order_by("pk"):
        if drift_of(row, at=at).is_correction:
            words = f"{row.period.label}第{row.version}版锁定后有补登或更正，请看是否重新打开"
            yield f"closing.moved:{row.key}", (Role.CLERK, Role.HEAD), words, row.period
