"""What every signed-in screen of an office shows around its content: where one is and where one can go."""

from django.http import HttpRequest
from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import OFFICE_ROLES, READS_PETITIONS
from huiyin.county.ledger.rules import may_import
from huiyin.county.office.contact_models import Contact
from huiyin.county.office.rules import may_keep_accounts
from huiyin.county.reception.querysets import READERS as RECEPTION_READERS
from huiyin.county.reception.rules import may_instruct
from huiyin.county.registry.rules import may_take_receipt
from huiyin.interfaces.components.frame import Office, Portal
from huiyin.interfaces.components.links import IconName, Nav, NavGroup, NavItem
from huiyin.interfaces.own_messages import own_messages
from huiyin.kernel import tenant

from .analysis_tabs import PLACES as ANALYSIS_PLACES

UNREAD = "huiyin_unread_messages"


def office(request: HttpRequest) -> dict[str, object]:
    """Return the frame of a county's screens: ``office`` for staff, ``portal`` for petitioners."""
    here = tenant.current_or_none()
    if here is None or not here.is_county:
        return {}
    portal = _portal(request, here.name)
    user = getattr(request, "user", None)
    if not isinstance(user, Staff):
        return {"portal": portal}
    places = _places(user)
    active = max((href for _, href, _ in places if _is_at(_place_of(request.path), href)), key=len, default="")
    unread = {reverse("notifications"): unread_of(request, user)}
    items = tuple(
        NavItem(label=label, href=href, icon=icon, active=href == active, count=unread.get(href), count_label="条未读")
        for label, href, icon in places
    )
    searches = bool(user.role_set & READS_PETITIONS)
    return {
        "portal": portal,
        "office": Office(
            name=here.name,
            unit="信访办公室" if not user.is_of_unit else "承办单位",
            home_href=reverse("today"),
            nav=Nav(groups=(NavGroup(items=items),)),
            person=user.name,
            role=user.title or user.role_labels,
            account_href=reverse("own_account"),
            sign_out_href=reverse("sign_out"),
            search_href=reverse("petitions") if searches else "",
            new_href=reverse("receipt_new") if may_take_receipt(user) else "",
        ),
    }


def _place_of(path: str) -> str:
    """Return where an address belongs in the navigation: every view of 分析 is one place."""
    within = (reverse(name) for _, name in ANALYSIS_PLACES)
    return reverse("analysis") if any(path.startswith(href) for href in within) else path


def _is_at(path: str, href: str) -> bool:
    """Return whether an address lies in a place; the first page is only itself, and the laws lie in 机关事务."""
    if href == reverse("leading_group") and path.startswith(reverse("statutes")):
        return True
    return path == href if href == reverse("today") else path.startswith(href)


def _portal(request: HttpRequest, name: str) -> Portal:
    """Return the frame of the petitioners' pages; how the office is reached is asked for only where it is shown."""
    known = Contact.objects.first() if request.path.startswith(reverse("portal")) else None
    return Portal(
        name=name,
        home_href=reverse("portal"),
        phone=known.phone if known else "",
        address=known.address if known else "",
        hours=known.hours if known else "",
        is_large=request.COOKIES.get("large") == "1",
    )


def unread_of(request: HttpRequest, person: Staff) -> int:
    """Return how many messages the person has not read; asked once in a request."""
    known: int | None = getattr(request, UNREAD, None)
    if known is None:
        known = own_messages(person).unread().count()
        setattr(request, UNREAD, known)
    return known


def _reception_places(user: Staff) -> list[tuple[str, str, IconName]]:
    """Return where a leader reads and receives, and where the office carries out and arranges."""
    if not user.role_set & RECEPTION_READERS:
        return []
    own: list[tuple[str, str, IconName]] = [("我的阅批", reverse("leaders"), "people")] if may_instruct(user) else []
    return [
        *own,
        ("领导批示", reverse("instructions"), "book"),
        ("接待日", reverse("receptions"), "group"),
    ]


def _places(user: Staff) -> list[tuple[str, str, IconName]]:
    """Return (label, address, icon) of every place this person has."""
    if user.is_of_unit:
        return [
            ("交办件", reverse("assignments"), "list"),
            ("三项建议", reverse("recommendations"), "letter"),
            ("审议意见", reverse("opinions"), "book"),
            ("来文", reverse("documents"), "file"),
            ("消息", reverse("notifications"), "bell"),
            ("帮助", reverse("help"), "question"),
        ]
    places: list[tuple[str, str, IconName]] = [
        ("今日", reverse("today"), "today"),
        ("消息", reverse("notifications"), "bell"),
    ]
    if may_take_receipt(user):
        places.append(("收件", reverse("receipts"), "letter"))
    if user.role_set & READS_PETITIONS:
        places += [
            ("信访件", reverse("petitions"), "list"),
            *_reception_places(user),
            ("交办件", reverse("assignments"), "clock"),
            ("在办总表", reverse("board"), "chart"),
            ("督办", reverse("oversight"), "group"),
            ("三项建议", reverse("recommendations"), "letter"),
            ("监督", reverse("supervision"), "search"),
            ("文书", reverse("documents"), "file"),
            ("分析", reverse("analysis"), "check"),
        ]
    if may_import(user):
        places.append(("台账导入", reverse("imports"), "upload"))
    if user.role_set & OFFICE_ROLES:
        places.append(("规则与日历", reverse("calendar"), "calendar"))
    if may_keep_accounts(user):
        places.append(("账号", reverse("staff"), "people"))
    if user.role_set & OFFICE_ROLES:
        places.append(("机关事务", reverse("leading_group"), "book"))
    places.append(("帮助", reverse("help"), "question"))
    return places
