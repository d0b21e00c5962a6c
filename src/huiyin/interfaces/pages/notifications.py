"""消息: what a person was told, unread first; opening a message marks it read."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.accounts.roles import OFFICE_ROLES, UNIT_ROLES
from huiyin.county.office import notifications
from huiyin.county.office.models import Notification
from huiyin.county.office.states import NotificationKind
from huiyin.interfaces.components.links import ButtonForm, Pagination
from huiyin.interfaces.components.notices import Message, MessageList
from huiyin.interfaces.own_messages import own_messages

from .access import needs, staff_of
from .paging import pagination_of

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class NotificationsScreen:
    """The message centre of one person."""

    lead: str
    messages: MessageList
    pagination: Pagination
    mark_all: ButtonForm | None


@needs(OFFICE_ROLES | UNIT_ROLES)
@require_safe
def notification_list(request: HttpRequest) -> HttpResponse:
    """消息: those not read yet first, the newest at the top."""
    by = staff_of(request)
    rows = own_messages(by).unread_first()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    unread = own_messages(by).unread().count()
    screen = NotificationsScreen(
        lead=f"{unread} 条未读" if unread else "没有未读消息",
        messages=MessageList(
            label="消息", items=tuple(_message(row) for row in page.object_list), empty="还没有收到过消息"
        ),
        pagination=pagination_of(request, page, unit="条"),
        mark_all=ButtonForm(label="全部标为已读", action=reverse("notifications_read")) if unread else None,
    )
    return render(request, "notifications.html", {"screen": screen})


def _message(row: Notification) -> Message:
    return Message(
        words=row.words,
        kind=NotificationKind(row.kind).label,
        when=row.created_at,
        read_href=reverse("notification_read", args=[row.pk]),
        leads_on=bool(row.href),
        is_read=row.read_at is not None,
    )


@needs(OFFICE_ROLES | UNIT_ROLES)
@require_POST
def notification_read(request: HttpRequest, notification_id: int) -> HttpResponse:
    """已读: mark one message; ``go`` leads on to what it tells of."""
    row = notifications.mark_read(notification_id=notification_id, by=staff_of(request), at=timezone.now())
    if request.POST.get("go") and row.href:
        return redirect(row.href)
    return redirect("notifications")


@needs(OFFICE_ROLES | UNIT_ROLES)
@require_POST
def notifications_read(request: HttpRequest) -> HttpResponse:
    """全部已读."""
    notifications.mark_all_read(by=staff_of(request), at=timezone.now())
    return redirect("notifications")
