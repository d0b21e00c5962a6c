"""What the office reminds its people of, by what its rows say: told once a month, however often it is looked at."""

from datetime import datetime

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.kernel.calendar import local_day

from . import queries
from .notifications import notify
from .states import NotificationKind


def remind_of_hearing(*, at: datetime, href: str) -> int:
    """提醒年度听取: tell the head, from 1 October on, that nobody has heard the year's petition work; once a month."""
    today = local_day(at)
    if not queries.is_hearing_missing(today=today):
        return 0
    return notify(
        key=f"hearing.missing:{today:%Y-%m}",
        to=Staff.objects.holding(Role.HEAD),
        kind=NotificationKind.OFFICE,
        words=f"{today.year}年度还没有登记常委会会议或主任会议听取信访工作汇报，请安排并登记",
        at=at,
        href=href,
    )
