"""What the office is reminded of in its activities, by what their rows say; told once, however often looked at."""

from datetime import datetime

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.office.notifications import notify
from huiyin.county.office.states import NotificationKind
from huiyin.kernel.calendar import local_day

from .activity_models import Activity
from .rules.reminders import Dates, reminders
from .states import ENDED, ActivityKind, ActivityState

TITLE_SHOWN = 60


def dates_of(activity: Activity) -> Dates:
    """Return what the clock needs to know of an activity."""
    return Dates(
        kind=ActivityKind(activity.kind),
        state=ActivityState(activity.state),
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        finished_on=local_day(activity.finished_at) if activity.finished_at else None,
    )


def remind(*, at: datetime, href: str) -> int:
    """提醒监督活动: tell clerk and head of starts, ends, month ends and reports owed; return how many were told now.

    ``href`` is the address of an activity, with ``{activity_id}`` where its id stands.
    """
    today, told = local_day(at), 0
    people = list(Staff.objects.holding(Role.CLERK, Role.HEAD).order_by("pk"))
    for activity in Activity.objects.exclude(state__in=[state.value for state in ENDED]).order_by("pk"):
        for one in reminders(dates_of(activity), today=today):
            told += notify(
                key=f"activity:{activity.pk}:{one.key}",
                to=people,
                kind=NotificationKind.SUPERVISION,
                words=f"{activity.number} {activity.title[:TITLE_SHOWN]}：{one.words}",
                at=at,
                href=href.format(activity_id=activity.pk),
            )
    return told
