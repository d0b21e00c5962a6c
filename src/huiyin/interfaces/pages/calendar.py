"""日历: which days the office works in a year, and how a due date comes about; shared by all counties, read here."""

from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.accounts.roles import OFFICE_ROLES
from huiyin.interfaces.components.links import Chip, Chips, Tab, Tabs
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import DueBadge
from huiyin.interfaces.components.tables import DataTable
from huiyin.interfaces.components.words import moment_words
from huiyin.kernel import deadlines, tenant
from huiyin.kernel.calendar import WEEKDAYS, Calendar, local_day
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due
from huiyin.kernel.periods import check_year
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import RuleSet
from huiyin.platform.calendar.queries import Announcement, announcements, working_calendar
from huiyin.platform.calendar.seeding import SOURCE
from huiyin.platform.directory import rulesets

from .access import needs
from .calendar_year import Month, holidays_of, months_of
from .receipt_forms import day_input

UNPROCESSABLE = 422
COMING = 1
OLDEST_SHOWN = 2


class DueForm(forms.Form):
    """算一个期限: which limit, and the day it is counted from."""

    clock = forms.ChoiceField(label="期限")
    start = forms.DateField(label="起算之日", help_text="当日不计", widget=day_input())

    def __init__(self, *args: object, ruleset: RuleSet, **values: object) -> None:
        """Offer the limits that the rule set in force has."""
        super().__init__(*args, **values)  # type: ignore[arg-type]  # Django's form takes what its form takes
        choices = [(clock.value, f"{clock.label}（{ruleset.step(clock).length}）") for clock in ruleset.steps]
        field = self.fields["clock"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


@dataclass(frozen=True, slots=True)
class Worked:
    """A due date that was asked for, with its explanation and the rule set it came from."""

    badge: DueBadge
    lines: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class CalendarScreen:
    """One year at a glance, and a due date on trial."""

    title: str
    lead: str
    tabs: Tabs
    years: Chips
    status: Alert
    weekdays: str
    months: tuple[Month, ...]
    holidays: DataTable
    form: DueForm
    action: str
    worked: Worked | None


@needs(OFFICE_ROLES)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """日历: a year's rest days and make-up days, whether announced, and one due date on trial."""
    at = timezone.now()
    today, known, days = local_day(at), announcements(), working_calendar()
    year = _year(request, today=today)
    months = months_of(year, days, today=today)
    form = DueForm(
        request.GET if {"clock", "start"} & set(request.GET) else None,
        ruleset=rulesets.in_force(tenant.current().ruleset, received_on=today),
        initial={"start": today},
        auto_id="due-%s",
    )
    worked = _worked(form, days, today=today) if form.is_valid() else None
    screen = CalendarScreen(
        title=f"{year}年日历",
        lead=f"全年工作日 {sum(one.working_days for one in months)} 天",
        tabs=tabs(request.path),
        years=_years(year, known, today=today),
        status=_status(year, known, days),
        weekdays=WEEKDAYS,
        months=months,
        holidays=holidays_of(year, days),
        form=form,
        action=request.path,
        worked=worked,
    )
    return render(request, "calendar.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200)


def tabs(path: str) -> Tabs:
    """Return the two halves of 规则与日历."""
    places = (("日历", reverse("calendar")), ("信访规则", reverse("calendar_rules")))
    return Tabs(
        label="规则与日历", items=tuple(Tab(label=label, href=href, active=href == path) for label, href in places)
    )


def _year(request: HttpRequest, *, today: date) -> int:
    written = request.GET.get("year", "")
    try:
        return check_year(int(written)) if written else today.year
    except (ValueError, Refusal):
        raise Http404 from None


def _years(year: int, known: tuple[Announcement, ...], *, today: date) -> Chips:
    announced = {one.year for one in known if one.year >= today.year - OLDEST_SHOWN}
    shown = sorted({*announced, year, today.year, today.year + COMING}, reverse=True)
    href = reverse("calendar")
    return Chips(
        label="年份",
        items=tuple(Chip(label=f"{one}年", href=f"{href}?year={one}", active=one == year) for one in shown),
    )


def _status(year: int, known: tuple[Announcement, ...], days: Calendar) -> Alert:
    found = next((one for one in known if one.year == year), None)
    if found is not None:
        source = "软件自带的国务院放假安排" if found.source == SOURCE else found.source
        return Alert(kind="good", title="已公布", words=f"依据：{source}；{_day(found.announced_at)}写入。")
    if days.is_provisional(date(year, 1, 1)):
        words = "放假安排还没有公布，先按星期和法定假日推算；公布后自动重算，日期有变的会在“今日”告知。"
        return Alert(kind="warn", title="暂定", words=words)
    return Alert(title="推算", words="这一年的放假安排不在表中，按星期和法定假日推算，不再变动。")


def _day(moment: datetime) -> str:
    return moment_words(moment).partition(" ")[0]


def _worked(form: DueForm, days: Calendar, *, today: date) -> Worked | None:
    clock, start_on = Clock(form.cleaned_data["clock"]), form.cleaned_data["start"]
    try:
        ruleset = rulesets.in_force(tenant.current().ruleset, received_on=start_on)
        due: Due = deadlines.compute(clock=clock, start_on=start_on, ruleset=ruleset, calendar=days)
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        return None
    return Worked(
        badge=DueBadge(label=clock.label, due_on=due.due_on, today=today, provisional=due.provisional),
        lines=due.explain(),
        title=f"《{ruleset.title}》（{ruleset.code}）",
    )
