"""提醒反馈: what was recommended and waits for its answer, told as the day comes near and once it is over.

It looks at how things stand, and the message's own key tells each thing once, however often it is called.
"""

from datetime import datetime, timedelta

from huiyin.accounts.models import Staff
from huiyin.county.office import notifications
from huiyin.county.office.states import NotificationKind
from huiyin.kernel.calendar import local_day, show_day

from .recommendation_models import Recommendation

NEAR = timedelta(days=3)


def remind(*, at: datetime, place: str) -> int:
    """Tell the unit three days before the last day and after it, whoever drafted it after it; return how many."""
    today = local_day(at)
    waiting = Recommendation.objects.unanswered().filter(due_on__lte=today + NEAR)
    told = 0
    for row in waiting.select_related("unit", "drafted_by").order_by("pk"):
        is_over = row.due_on < today
        people = [*Staff.objects.of_unit(row.unit.code), *([row.drafted_by] if is_over else [])]
        ending = (
            f"已于{show_day(row.due_on)}到期，尚未反馈采纳情况"
            if is_over
            else f"请于{show_day(row.due_on)}前反馈采纳情况"
        )
        told += notifications.notify(
            key=f"recommendation:{row.pk}:{'over' if is_over else 'near'}",
            to=[one for one in people if Recommendation.objects.visible_to(one).filter(pk=row.pk).exists()],
            kind=NotificationKind.DUE,
            words=f"{row.number}：{ending}",
            at=at,
            href=f"{place}{row.pk}/",
        )
    return told
