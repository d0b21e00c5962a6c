"""The frame around every signed-in screen: whose office it is, who is there, where they can go."""

from pydantic.dataclasses import dataclass

from .contract import STRICT
from .links import Href, Nav, OptionalHref, Words


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Office:
    """What the base templates read under the name ``office``."""

    name: Words
    unit: str
    home_href: Href
    nav: Nav
    person: str = ""
    role: str = ""
    account_href: OptionalHref = ""
    sign_out_href: OptionalHref = ""
    search_href: OptionalHref = ""
    search_label: str = "编号、姓名、内容"
    new_href: OptionalHref = ""
    new_label: str = "登记"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Portal:
    """What the petitioners' base template reads under the name ``portal``."""

    name: Words
    home_href: Href
    phone: str = ""
    address: str = ""
    hours: str = ""
    is_large: bool = False
