"""What stands around every screen of the province, and which year, month and channels it shows."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from huiyin.accounts.roles import PROVINCE_ROLES, Role
from huiyin.interfaces.components.frame import Office
from huiyin.interfaces.components.links import Button, Chip, Chips, IconName, Nav, NavGroup, NavItem
from huiyin.interfaces.components.words import moment_words
from huiyin.interfaces.pages.access import staff_of
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period, check_year
from huiyin.kernel.periods import month as month_written
from huiyin.kernel.periods import year as year_of
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.board import Amount
from huiyin.platform.statistics.indicators import FIRST_MATTERS, INDICATORS, ChannelGroup

SEES_THE_BOARD = PROVINCE_ROLES | {Role.ADMINISTRATOR}
PUBLISHES = frozenset({Role.PROVINCE_ANALYST})
# The number that releases divide: it is shown there, where small counts are hidden, and nowhere beside them.
RELEASED_ONLY = frozenset({FIRST_MATTERS.code})
OPEN_INDICATORS = tuple(one for code, one in INDICATORS.items() if code not in RELEASED_ONLY)
ORGAN = "人大常委会"
PLACES: tuple[tuple[str, str, IconName], ...] = (
    ("各县看板", "board", "chart"),
    ("分类统计", "releases", "list"),
    ("共性热点", "common_hotspots", "search"),
    ("联动漏斗", "funnel", "check"),
    ("报送情况", "completeness", "clock"),
    ("使用说明", "province_help", "question"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The year, the month of it or none, and the channels that a screen shows."""

    year: int
    group: ChannelGroup
    years: tuple[int, ...]
    month: Period | None = None

    @property
    def query(self) -> str:
        """Return the choice as an address carries it."""
        asked = {"year": str(self.year), "group": self.group.value}
        return urlencode(asked if self.month is None else {**asked, "month": f"{self.month.first:%Y-%m}"})

    @property
    def label(self) -> str:
        """Return the period in words."""
        return f"{self.year}年" if self.month is None else self.month.label

    @property
    def of_year(self) -> "Choice":
        """Return the same choice without its month."""
        return replace(self, month=None)

    def year_chips(self) -> Chips:
        """Return the years there are."""
        return Chips(
            label="年份",
            items=tuple(
                Chip(label=f"{one}年", href=f"?{replace(self.of_year, year=one).query}", active=one == self.year)
                for one in self.years
            ),
        )

    def month_chips(self) -> Chips:
        """Return the whole year and its months."""
        whole = Chip(label="全年", href=f"?{self.of_year.query}", active=self.month is None)
        months = tuple(
            Chip(label=f"{one.first.month}月", href=f"?{replace(self, month=one).query}", active=one == self.month)
            for one in year_of(self.year).months()
        )
        return Chips(label="月份", items=(whole, *months))

    def channel_chips(self) -> Chips:
        """Return the groups of channels."""
        return Chips(
            label="渠道",
            items=tuple(
                Chip(label=one.label, href=f"?{replace(self, group=one).query}", active=one is self.group)
                for one in ChannelGroup
            ),
        )


def choice_of(request: HttpRequest, *, at: datetime) -> Choice:
    """Return what the address asks for: by default the newest year with numbers, and letters with walk-ins."""
    this_year, known = local_day(at).year, queries.years()
    written, group = request.GET.get("year", ""), request.GET.get("group", ChannelGroup.OWN.value)
    if group not in set(ChannelGroup):
        raise Http404
    try:
        month = month_written(request.GET["month"]) if request.GET.get("month") else None
        fallback = month.first.year if month else max(known, default=this_year)
        year = check_year(int(written)) if written else fallback
    except (ValueError, Refusal):
        raise Http404 from None
    if month is not None and month.first.year != year:
        raise Http404
    years = tuple(sorted({*known, year, this_year}, reverse=True))
    return Choice(year=year, group=ChannelGroup(group), years=years, month=month)


def newest_year(*, at: datetime) -> int:
    """Return the newest year with numbers, this year where nobody has reported."""
    return max(queries.years(), default=local_day(at).year)


def office_of(request: HttpRequest, *, place: str) -> Office:
    """Return the frame: whose board it is, who looks at it, and which place is open."""
    by = staff_of(request)
    items = tuple(
        NavItem(label=label, href=reverse(name), icon=icon, active=name == place) for label, name, icon in PLACES
    )
    return Office(
        name=tenant.current().name,
        unit="省级看板",
        home_href=reverse("board"),
        nav=Nav(groups=(NavGroup(items=items),)),
        person=by.name,
        role=by.title or by.role_labels,
        sign_out_href=reverse("sign_out"),
    )


def export_button(request: HttpRequest) -> Button:
    """Return the way to the same page as a workbook."""
    asked = request.GET.copy()
    asked["export"] = "xlsx"
    return Button(label="导出 .xlsx", href=f"?{asked.urlencode()}", icon="download", download=True)


def wants_export(request: HttpRequest) -> bool:
    """Whether the address asks for the page as a workbook."""
    return request.GET.get("export") == "xlsx"


def short_name(name: str) -> str:
    """Return a county's name without its organ, where there is little room."""
    return name.removesuffix(ORGAN) or name


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
    """Return the line below the title: period, channels, and as of when the numbers stand, or that there are none."""
    told = f"数据截至 {as_of_words(as_of)}" if as_of else nothing
    return f"{choice.label} · {choice.group.label} · {told}"
