"""What stands around every screen of the province's board, and which year and channels it shows."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.urls import reverse

from huiyin.accounts.roles import PROVINCE_ROLES, Role
from huiyin.interfaces.components.frame import Office
from huiyin.interfaces.components.links import Chip, Chips, Nav, NavGroup, NavItem
from huiyin.interfaces.components.words import moment_words
from huiyin.interfaces.pages.access import staff_of
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import check_year
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.board import Amount
from huiyin.platform.statistics.indicators import ChannelGroup

SEES_THE_BOARD = PROVINCE_ROLES | {Role.ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Choice:
    """The year and the channels that a screen shows."""

    year: int
    group: ChannelGroup
    years: tuple[int, ...]

    @property
    def query(self) -> str:
        """Return the choice as an address carries it."""
        return f"year={self.year}&group={self.group.value}"

    def chips(self) -> tuple[Chips, ...]:
        """Return the other choices there are."""
        return (
            Chips(
                label="年份",
                items=tuple(
                    Chip(label=f"{one}年", href=f"?year={one}&group={self.group.value}", active=one == self.year)
                    for one in self.years
                ),
            ),
            Chips(
                label="渠道",
                items=tuple(
                    Chip(label=one.label, href=f"?year={self.year}&group={one.value}", active=one is self.group)
                    for one in ChannelGroup
                ),
            ),
        )


def choice_of(request: HttpRequest, *, at: datetime) -> Choice:
    """Return what the address asks for: by default the newest year with numbers, and letters with walk-ins."""
    this_year, known = local_day(at).year, queries.years()
    written, group = request.GET.get("year", ""), request.GET.get("group", ChannelGroup.OWN.value)
    if group not in set(ChannelGroup):
        raise Http404
    try:
        year = check_year(int(written)) if written else max(known, default=this_year)
    except (ValueError, Refusal):
        raise Http404 from None
    years = tuple(sorted({*known, year, this_year}, reverse=True))
    return Choice(year=year, group=ChannelGroup(group), years=years)


def newest_year(*, at: datetime) -> int:
    """Return the newest year with numbers, this year where nobody has reported."""
    return max(queries.years(), default=local_day(at).year)


def office_of(request: HttpRequest) -> Office:
    """Return the frame: whose board it is and who looks at it."""
    by, home = staff_of(request), reverse("board")
    item = NavItem(label="各县看板", href=home, icon="chart", active=True)
    return Office(
        name=tenant.current().name,
        unit="省级看板",
        home_href=home,
        nav=Nav(groups=(NavGroup(items=(item,)),)),
        person=by.name,
        role=by.title or by.role_labels,
        sign_out_href=reverse("sign_out"),
    )


def amount_words(amount: Amount) -> str:
    """Return part and whole as a table shows them below the percentage."""
    return f"{amount.part} / {amount.whole}"


def as_of_words(as_of: tuple[datetime, datetime] | None) -> str:
    """Return 数据截至 in words: one moment, or the oldest and the newest; nothing where nobody has reported."""
    if as_of is None:
        return ""
    oldest, newest = (moment_words(moment) for moment in as_of)
    return oldest if oldest == newest else f"{oldest} 至 {newest}"


def lead_of(choice: Choice, as_of: tuple[datetime, datetime] | None, *, nothing: str) -> str:
    """Return the line below the title: year, channels, and as of when the numbers stand, or that there are none."""
    told = f"数据截至 {as_of_words(as_of)}" if as_of else nothing
    return f"{choice.year}年 · {choice.group.label} · {told}"
