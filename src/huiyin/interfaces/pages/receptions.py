"""接待日: the roster by month, and how a day is arranged, changed and cancelled."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.models import Staff
from huiyin.county.office.models import ReceptionDay
from huiyin.county.reception import queries
from huiyin.county.reception.actions import days
from huiyin.county.reception.querysets import READERS
from huiyin.county.reception.rules import DESK, may_keep_roster
from huiyin.interfaces.components.links import Button, Chip, Chips, Crumb
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.kernel.calendar import local_day, show_day, show_weekday
from huiyin.kernel.periods import Period, month_of

from .access import needs, staff_of
from .leaders import hours_of
from .office_form import OfficeForm, answered
from .receptions_forms import DayForm, ReasonForm, initial_of

MONTHS_AHEAD = 3
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class RosterScreen:
    """The roster of one month."""

    new: Button | None
    notice: Button
    months: Chips
    table: DataTable


def month_asked(request: HttpRequest, today: date) -> Period:
    """Return the month an address names, ``2026-03``; this month where it names none that can be."""
    year, _, month = request.GET.get("month", "").partition("-")
    if year.isdecimal() and month.isdecimal() and 1 <= int(month) <= DECEMBER and 2000 <= int(year) <= today.year + 1:  # noqa: PLR2004  # the first year of the register
        return month_of(date(int(year), int(month), 1))
    return month_of(today)


def months_around(today: date) -> list[Period]:
    """Return last month, this month and the next ones."""
    before = today.year * DECEMBER + today.month - 2
    return [
        month_of(date(place // DECEMBER, place % DECEMBER + 1, 1)) for place in range(before, before + MONTHS_AHEAD + 2)
    ]


def month_chips(address: str, chosen: Period, today: date) -> Chips:
    """Return the months to choose from."""
    return Chips(
        label="月份",
        items=tuple(
            Chip(
                label=f"{one.first.year}年{one.first.month}月",
                href=f"{address}?month={one.first:%Y-%m}",
                active=one.first == chosen.first,
            )
            for one in months_around(today)
        ),
    )


@needs(READERS)
@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """接待日: who receives on which days of a month."""
    by, today = staff_of(request), local_day(timezone.now())
    month = month_asked(request, today)
    rows = queries.roster(ReceptionDay.objects.filter(on__range=(month.first, month.last)))
    new = Button(label="安排接待日", href=reverse("reception_day_new"), kind="primary", icon="plus", is_new=True)
    screen = RosterScreen(
        new=new if may_keep_roster(by) else None,
        notice=Button(
            label="看公示", href=f"{reverse('portal_receptions')}?month={month.first:%Y-%m}", new_tab=True, icon="print"
        ),
        months=month_chips(reverse("receptions"), month, today),
        table=DataTable(
            caption=f"{month.first.year}年{month.first.month}月接待日",
            columns=(
                Column(label="日期", width="fit"),
                Column(label="时间", width="fit"),
                Column(label="接待领导", width="fit"),
                Column(label="地点"),
                Column(label="预约", width="fit"),
                Column(label="到访", width="fit"),
                Column(label="领导接访", width="fit"),
                Column(label="状态", width="fit"),
            ),
            rows=tuple(_row(line, by, today) for line in rows),
            empty=EmptyState(title="这个月还没有安排接待日"),
        ),
    )
    return render(request, "receptions.html", {"screen": screen})


def _row(line: queries.DayLine, by: Staff, today: date) -> Row:
    day = line.day
    is_open = bool(by.role_set & frozenset(DESK)) or day.leader_id == by.pk
    return Row(
        href=reverse("reception_day", args=[day.pk]) if is_open else "",
        tone="info" if day.on == today and day.cancelled_at is None else "plain",
        cells=(
            Cell(text=f"{show_day(day.on)}（{show_weekday(day.on)}）"),
            Cell(text=hours_of(day)),
            Cell(text=day.leader_name),
            Cell(text=day.place),
            Cell(text=f"{line.booked}/{day.capacity}批" if day.capacity else "不预约"),
            Cell(text=f"{line.came}批"),
            Cell(text=f"{line.received}批"),
            Cell(component=badge_of(day, today)),
        ),
    )


def badge_of(day: ReceptionDay, today: date) -> StateBadge:
    """Return where a day stands."""
    if day.cancelled_at is not None:
        return StateBadge(label="已取消", tone="bad", note=day.cancel_reason)
    if day.on == today:
        return StateBadge(label="今天", tone="info")
    return StateBadge(label="未到" if day.on > today else "已过")


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb(label="接待日", href=reverse("receptions")),)


@needs(DESK)
@require_http_methods(["GET", "POST"])
def day_new(request: HttpRequest) -> HttpResponse:
    """安排接待日."""
    by, at = staff_of(request), timezone.now()
    form = DayForm(request.POST or None, is_change=False)
    words = OfficeForm(
        title="安排接待日",
        submit="安排",
        back_href=reverse("receptions"),
        crumbs=_crumbs(),
        lead="安排后即在群众来信来访页上公示",
    )

    def act() -> int:
        return days.add(entry=form.entry(), leader=form.leader_chosen(), by=by, at=at).pk

    return answered(request, form, words, act=act, sent=form.cleaned_data if form.is_valid() else {})


@needs(DESK)
@require_http_methods(["GET", "POST"])
def day_change(request: HttpRequest, day_id: int) -> HttpResponse:
    """改动接待日."""
    by, at = staff_of(request), timezone.now()
    day = get_object_or_404(ReceptionDay, pk=day_id)
    form = DayForm(request.POST or None, is_change=True, initial=initial_of(day))
    words = OfficeForm(
        title=f"改动{show_day(day.on)}接待日",
        submit="改动",
        back_href=reverse("reception_day", args=[day.pk]),
        crumbs=_crumbs(),
        lead="已有预约的，日期不能改，请取消后另行安排",
    )

    def act() -> int:
        reason = form.cleaned_data["reason"]
        return days.change(
            day_id=day.pk, entry=form.entry(), leader=form.leader_chosen(), reason=reason, by=by, at=at
        ).pk

    return answered(request, form, words, act=act, sent=form.cleaned_data if form.is_valid() else {})


@needs(DESK)
@require_http_methods(["GET", "POST"])
def day_cancel(request: HttpRequest, day_id: int) -> HttpResponse:
    """取消接待日."""
    by, at = staff_of(request), timezone.now()
    day = get_object_or_404(ReceptionDay, pk=day_id)
    form = ReasonForm(request.POST or None)
    booked = day.bookings.expected().count()
    words = OfficeForm(
        title=f"取消{show_day(day.on)}接待日",
        submit="取消这个接待日",
        back_href=reverse("reception_day", args=[day.pk]),
        crumbs=_crumbs(),
        lead=f"已有{booked}批预约，取消后请逐一电话通知" if booked else "公示页上会写明已取消",
    )

    def act() -> int:
        return days.cancel(day_id=day.pk, reason=form.cleaned_data["reason"], by=by, at=at).pk

    return answered(request, form, words, act=act, sent=form.cleaned_data if form.is_valid() else {})
