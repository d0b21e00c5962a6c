"""消息: telling people of the office and of units, and noting what they have read.

A writer below the actions, like the clocks of a petition: a message follows an act that the journal already tells of.
"""

from collections.abc import Iterable
from datetime import datetime

from huiyin.accounts.models import Staff
from huiyin.kernel.refusal import Refusal

from .models import Notification
from .states import NotificationKind


def notify(
    *,
    key: str,
    to: Iterable[Staff],
    kind: NotificationKind,
    words: str,
    at: datetime,
    petition_id: int | None = None,
    href: str = "",
) -> int:
    """Tell each person once under this key and return how many were told now; a closed account is told nothing.

    The words name no petitioner, no text and nobody accused; whoever may not see the petition is left out by the
    caller (``Petition.objects.listed_for`` and ``visible_to``), for the office knows no petition.
    """
    receivers = {person.pk for person in to if person.is_active}
    told = set(Notification.objects.filter(key=key, to_staff__in=receivers).values_list("to_staff_id", flat=True))
    new = [
        Notification(
            to_staff_id=pk,
            kind=kind.value,
            words=words,
            petition_id=petition_id,
            href=href,
            key=key,
            created_at=at,
        )
        for pk in sorted(receivers - told)
    ]
    Notification.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def mark_read(*, notification_id: int, by: Staff, at: datetime) -> Notification:
    """Note that the person has read a message of their own; the first reading counts."""
    Notification.objects.to(by).unread().filter(pk=notification_id).update(read_at=at)
    row = Notification.objects.to(by).filter(pk=notification_id).first()
    if row is None:
        raise Refusal("notification.unknown", "没有这条消息")
    return row


def mark_all_read(*, by: Staff, at: datetime) -> int:
    """Note that the person has read everything up to now and return how many messages that were."""
    return Notification.objects.to(by).unread().filter(created_at__lte=at).update(read_at=at)
