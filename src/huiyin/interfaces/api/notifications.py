"""消息 by API: what the caller was told, and that it was read."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from huiyin.county.office import notifications
from huiyin.interfaces.own_messages import own_messages

from .access import caller
from .schemas import Done
from .writes import carried_out

router = Router(tags=["消息"])
PAGE_LIMIT = 200


class NotificationOut(Schema):
    """One message."""

    id: int
    kind: str
    words: str
    petition_id: int | None
    href: str
    created_at: datetime
    read_at: datetime | None


class NotificationPage(Schema):
    """A page of messages, unread first, and how many are unread."""

    total: int
    unread: int
    items: list[NotificationOut]


@router.get("/", response=NotificationPage, summary="消息")
def find(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> NotificationPage:
    """Return the caller's own messages, those not read first."""
    rows = own_messages(caller(request))
    items = [NotificationOut.from_orm(row) for row in rows.unread_first()[offset : offset + limit]]
    return NotificationPage(total=rows.count(), unread=rows.unread().count(), items=items)


@router.post("/{int:notification_id}/read", response=Done, summary="已读")
def read(request: HttpRequest, notification_id: int) -> Done:
    """已读."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=notifications.mark_read(notification_id=notification_id, by=by, at=at).pk)

    return carried_out(request, None, at, act)


@router.post("/read-all", response=Done, summary="全部已读")
def read_all(request: HttpRequest) -> Done:
    """全部已读; answers the id of the newest message, 0 where there is none."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        newest = own_messages(by).order_by("-pk").first()
        notifications.mark_all_read(by=by, at=at)
        return Done(id=newest.pk if newest else 0)

    return carried_out(request, None, at, act)
