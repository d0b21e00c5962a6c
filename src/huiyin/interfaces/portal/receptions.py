"""领导接待日 for petitioners: the notice of a month, booking a place, and giving it back."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts import actions as accounts
from huiyin.county.office.models import ReceptionDay
from huiyin.county.reception import queries
from huiyin.county.reception.actions import bookings
from huiyin.county.reception.models import Booking
from huiyin.interfaces import submissions
from huiyin.interfaces.components.links import Button, Chips
from huiyin.interfaces.components.petitions import CodeBox, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.pages.access import open_to_all
from huiyin.interfaces.pages.leaders import hours_of
from huiyin.interfaces.pages.receptions import month_asked, month_chips
from huiyin.interfaces.pages.receptions_forms import BookingForm
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day, show_day, show_weekday
from huiyin.kernel.refusal import Refusal

from .question import CODE_LIMIT, NUMBER_LIMIT, written_code, written_number

NAME_LIMIT = 40
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class NoticeScreen:
    """The public notice of one month's reception days."""

    office: str
    title: str
    months: Chips
    days: DataTable
    cancel: Button


@dataclass(frozen=True, slots=True)
class BookScreen:
    """The page on which a place is booked, and what was booked."""

    title: str
    lead: str
    form: BookingForm | None
    action: str
    number: CodeBox | None
    code: CodeBox | None
    back_href: str


class CancelForm(forms.Form):
    """What whoever booked has in hand."""

    number = forms.CharField(
        label="预约号", max_length=NUMBER_LIMIT, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    code = forms.CharField(
        label="取消码",
        max_length=CODE_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


@dataclass(frozen=True, slots=True)
class CancelScreen:
    """The page on which a place is given back."""

    form: CancelForm
    action: str
    done: str
    back_href: str


@open_to_all
@require_safe
def receptions(request: HttpRequest) -> HttpResponse:
    """领导接待日公示: who receives on which days of the month, and where a place is still free."""
    today = local_day(timezone.now())
    month = month_asked(request, today)
    rows = queries.roster(ReceptionDay.objects.filter(on__range=(month.first, month.last)))
    screen = NoticeScreen(
        office=tenant.current().name,
        title=f"{month.first.year}年{month.first.month}月领导接待日",
        months=month_chips(reverse("portal_receptions"), month, today),
        days=DataTable(
            caption=f"{month.first.year}年{month.first.month}月领导接待日",
            columns=(
                Column(label="日期", width="fit"),
                Column(label="时间", width="fit"),
                Column(label="接待领导", width="fit"),
                Column(label="地点"),
                Column(label="预约", width="fit"),
            ),
            rows=tuple(_row(line, today) for line in rows),
            empty=EmptyState(title="这个月的接待日尚未公布", words="工作时间可以到信访办公室来访。"),
        ),
        cancel=Button(label="取消预约", href=reverse("booking_give_back")),
    )
    return render(request, "portal_receptions.html", {"screen": screen})


def _row(line: queries.DayLine, today: date) -> Row:
    day = line.day
    return Row(
        cells=(
            Cell(text=f"{show_day(day.on)}（{show_weekday(day.on)}）"),
            Cell(text=hours_of(day)),
            Cell(text=day.leader_name),
            Cell(text=day.place),
            _places(line, today),
        )
    )


def _places(line: queries.DayLine, today: date) -> Cell:
    day = line.day
    if day.cancelled_at is not None:
        return Cell(component=StateBadge(label="已取消", tone="bad", note=day.cancel_reason))
    if day.on < today:
        return Cell(text="已结束")
    if not day.capacity:
        return Cell(text="不需预约")
    if day.on == today:
        return Cell(text="可直接到场")
    left = day.capacity - line.booked
    if left <= 0:
        return Cell(text="已约满")
    return Cell(text=f"预约（余{left}批）", href=reverse("booking_new", args=[day.pk]))


def source_of(request: HttpRequest, at: datetime) -> str:
    """Return a mark of where a booking came from that is the same for one day and tells no address."""
    place = f"{tenant.current().schema}:{local_day(at).isoformat()}:{request.META.get('REMOTE_ADDR', '')}"
    return hmac.new(settings.SECRET_KEY.encode(), b"booking:" + place.encode(), hashlib.sha256).hexdigest()


@open_to_all
@never_cache
@sensitive_post_parameters("name", "phone", "subject")
@require_http_methods(["GET", "POST"])
def booking_new(request: HttpRequest, day_id: int) -> HttpResponse:
    """预约: name, phone, one line about what; the number and the code are shown once, to be printed."""
    at = timezone.now()
    day = ReceptionDay.objects.filter(pk=day_id, cancelled_at=None, on__gte=local_day(at)).first()
    if day is None:
        raise Http404
    form = BookingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _booked(request, day, form, at)
        except Refusal as refusal:
            form.add_error(None, refusal.words)
    screen = BookScreen(
        title="预约领导接待",
        lead=f"{show_day(day.on)}（{show_weekday(day.on)}）　{hours_of(day)}　{day.leader_name}　{day.place}",
        form=form,
        action=request.path,
        number=None,
        code=None,
        back_href=reverse("portal_receptions"),
    )
    return render(request, "portal_booking.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200)


def _booked(request: HttpRequest, day: ReceptionDay, form: BookingForm, at: datetime) -> HttpResponse:
    key = request.POST.get("form_token", "")
    code, source = submissions.query_code_of(key), source_of(request, at)

    def act() -> dict[str, str | int | None]:
        done = bookings.book(day_id=day.pk, entry=form.entry(), code=code, source=source, at=at)
        return {"booking": done.booking.pk}

    answer = submissions.once(key=key, sent={"day": day.pk, **form.cleaned_data}, at=at, act=act)
    row = Booking.objects.get(pk=answer["booking"] or 0)
    when = f" {row.at_time:%H:%M}" if row.at_time else f"　{hours_of(day)}"
    screen = BookScreen(
        title="预约成功",
        lead=f"请于{show_day(day.on)}（{show_weekday(day.on)}）{when}到{day.place}签到，由{day.leader_name}接待。",
        form=None,
        action=request.path,
        number=CodeBox(label="预约号", value=row.number),
        code=CodeBox(label="取消码", value=code, note="只显示这一次，请抄下或打印；不能来时凭预约号和取消码取消"),
        back_href=reverse("portal_receptions"),
    )
    return render(request, "portal_booking.html", {"screen": screen})


@open_to_all
@never_cache
@sensitive_post_parameters("number", "code")
@require_http_methods(["GET", "POST"])
def booking_give_back(request: HttpRequest) -> HttpResponse:
    """取消预约: with number and code; what fails is counted per source, and an unknown and a wrong one look alike."""
    form, at, done = CancelForm(request.POST or None), timezone.now(), ""
    if request.method == "POST" and form.is_valid():
        try:
            row = given_back(
                number=form.cleaned_data["number"],
                code=form.cleaned_data["code"],
                source=request.META.get("REMOTE_ADDR", ""),
                at=at,
            )
            done = f"预约 {row.number} 已取消。"
        except Refusal as refusal:
            form.add_error(None, refusal.words)
    screen = CancelScreen(form=form, action=request.path, done=done, back_href=reverse("portal_receptions"))
    return render(
        request, "portal_booking_cancel.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200
    )


def given_back(*, number: str, code: str, source: str, at: datetime) -> Booking:
    """Cancel the booking when number and code belong together; after too many failures this source waits."""
    name = f"portal:{source}"[:NAME_LIMIT]
    try:
        accounts.check_not_locked(username=name, source=None, at=at)
    except Refusal:
        raise Refusal("status.locked", "失败次数过多，请15分钟后再试，或打电话到信访办公室取消") from None
    try:
        return bookings.cancel(number=written_number(number), code=written_code(code), at=at)
    except Refusal as refusal:
        if refusal.code == "booking.no_such_pair":
            accounts.note_failure(username=name, source=None, at=at)
        raise
