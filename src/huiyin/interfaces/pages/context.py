"""What every signed-in screen of an office shows around its content: where one is and where one can go."""

from django.http import HttpRequest
from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import READS_PETITIONS
from huiyin.county.ledger.rules import may_import
from huiyin.county.registry.rules import may_take_receipt
from huiyin.interfaces.components.frame import Office, Portal
from huiyin.interfaces.components.links import IconName, Nav, NavGroup, NavItem
from huiyin.kernel import tenant


def office(request: HttpRequest) -> dict[str, object]:
    """Return the frame of a county's screens: ``office`` for staff, ``portal`` for petitioners."""
    here = tenant.current_or_none()
    if here is None or not here.is_county:
        return {}
    portal = Portal(name=here.name, home_href=reverse("portal"))
    user = getattr(request, "user", None)
    if not isinstance(user, Staff):
        return {"portal": portal}
    places = _places(user)
    active = max((href for _, href, _ in places if request.path.startswith(href)), key=len, default="")
    items = tuple(NavItem(label=label, href=href, icon=icon, active=href == active) for label, href, icon in places)
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
            sign_out_href=reverse("sign_out"),
            search_href=reverse("petitions") if searches else "",
            new_href=reverse("receipt_new") if may_take_receipt(user) else "",
        ),
    }


def _places(user: Staff) -> list[tuple[str, str, IconName]]:
    """Return (label, address, icon) of every place this person has."""
    if user.is_of_unit:
        return [("交办件", reverse("assignments"), "list")]
    places: list[tuple[str, str, IconName]] = [("今日", reverse("today"), "today")]
    if may_take_receipt(user):
        places.append(("收件", reverse("receipts"), "letter"))
    if user.role_set & READS_PETITIONS:
        places += [
            ("信访件", reverse("petitions"), "list"),
            ("交办件", reverse("assignments"), "clock"),
            ("四个百分之百", reverse("promises"), "check"),
        ]
    if may_import(user):
        places.append(("台账导入", reverse("imports"), "upload"))
    places.append(("帮助", reverse("help"), "question"))
    return places
