"""接待日当天: who booked, who signed in, who is called next; each act of the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.office.models import ReceptionDay
from huiyin.county.reception import queries
from huiyin.county.reception.actions import bookings, receptions
from huiyin.county.reception.models import Booking, Reception
from huiyin.county.reception.querysets import READERS
from huiyin.county.reception.rules import DESK, may_receive
from huiyin.county.reception.states import BookingState, ReceptionState
from huiyin.interfaces import submissions
from huiyin.interfaces.components.links import Button, ButtonForm
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import CodeBox, StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.kernel.calendar import local_day, show_day, show_weekday
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.text import mask_phone

from .access import needs, staff_of
from .leaders import hours_of
from .office_form import OfficeForm, answered, carried_out
from .receptions import badge_of
from .receptions_forms import ArrivalForm, BookingForm, ReasonForm

UNPROCESSABLE = 422
CONFLICT = 409
BOOKING = "booking"


@dataclass(frozen=True, slots=True)
class DayScreen:
    """One reception day: the queue, the bookings, the forms of the desk."""

    day_id: int
    title: str
    lead: str
    badge: StateBadge
    alerts: tuple[Alert, ...]
    now: DataTable
    waiting: DataTable
    ended: DataTable | None
    bookings: DataTable
    to_tell: tuple[tuple[str, ButtonForm], ...]
    next: ButtonForm | None
    arrival: ArrivalForm | None
    arrival_action: str
    booking: BookingForm | None
    booking_action: str
    change: tuple[Button, ...]


def _day(request: HttpRequest, day_id: int) -> ReceptionDay:
    """Return a day whose parties this reader may see: the desk any, a leader the own."""
    by = staff_of(request)
    day = ReceptionDay.objects.select_related("leader").filter(pk=day_id).first()
    if day is None or not (by.role_set & frozenset({*DESK, Role.AUDITOR}) or day.leader_id == by.pk):
        raise Http404
    return day


@needs(READERS)
@require_safe
def day(request: HttpRequest, day_id: int) -> HttpResponse:
    """接待日: the page."""
    return _page(request, _day(request, day_id))


def _page(
    request: HttpRequest,
    row: ReceptionDay,
    *,
    arrival: ArrivalForm | None = None,
    booking: BookingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    by, at = staff_of(request), timezone.now()
    screen = _screen(row, by, at, arrival=arrival, booking=booking)
    return render(request, "reception_day.html", {"screen": screen}, status=status)


def _screen(
    row: ReceptionDay, by: Staff, at: datetime, *, arrival: ArrivalForm | None, booking: BookingForm | None
) -> DayScreen:
    today, is_desk = local_day(at), may_receive(by)
    stands = row.cancelled_at is None
    parties = list(
        Reception.objects.visible_to(by).filter(day=row).select_related("booking", "petition", "day__leader")
    )
    called = [one for one in parties if one.state in {ReceptionState.CALLED.value, ReceptionState.HANDED_OVER.value}]
    waiting = queries.in_turn((one for one in parties if one.state == ReceptionState.WAITING.value), at=at)
    ended = sorted((one for one in parties if one not in called and one not in waiting), key=lambda one: one.position)
    nobody_in = not any(one.state == ReceptionState.CALLED.value for one in parties)
    return DayScreen(
        day_id=row.pk,
        title=f"{show_day(row.on)}（{show_weekday(row.on)}）接待日",
        lead=f"{row.leader_name}　{hours_of(row)}　{row.place}",
        badge=badge_of(row, today),
        alerts=tuple(_alerts(row, waiting, by) if is_desk else ()),
        now=_table("正在接谈", called, "没有正在接谈的来访"),
        waiting=_table("候访", waiting, "没有候访的来访"),
        ended=_table("已结束", ended, "") if ended else None,
        bookings=_bookings(row, is_desk=is_desk),
        to_tell=tuple(_to_tell(row)) if is_desk and not stands else (),
        next=_next(waiting) if is_desk and nobody_in and waiting else None,
        arrival=(arrival or ArrivalForm(day=row)) if is_desk and stands and row.on == today else None,
        arrival_action=reverse("reception_sign_in", args=[row.pk]),
        booking=(booking or BookingForm(prefix=BOOKING))
        if is_desk and stands and row.capacity and row.on >= today
        else None,
        booking_action=reverse("reception_book", args=[row.pk]),
        change=_changes(row) if is_desk and stands and row.on >= today else (),
    )


def _alerts(row: ReceptionDay, waiting: list[Reception], by: Staff) -> list[Alert]:
    found = [
        Alert(
            words=f"{one.position}号来访人以前的信访件，{row.leader_name}须回避；请转信访办接谈或请另一位领导接待。",
            kind="warn",
            href=reverse("reception", args=[one.pk]),
        )
        for one in waiting
        if queries.is_leader_barred(one, by=by)
    ]
    if row.cancelled_at is not None:
        found.append(Alert(words=f"这个接待日已取消：{row.cancel_reason}", kind="bad"))
    return found


def _table(caption: str, rows: list[Reception], empty: str) -> DataTable:
    return DataTable(
        caption=caption,
        columns=(
            Column(label="号", width="fit"),
            Column(label="来访人"),
            Column(label="事由", width="wide"),
            Column(label="人数", width="fit"),
            Column(label="预约", width="fit"),
            Column(label="状态", width="fit"),
        ),
        rows=tuple(_party(row) for row in rows),
        empty=EmptyState(title=empty or "没有"),
    )


def _party(row: Reception) -> Row:
    speak = f"代表{len(row.representatives)}人" if row.representatives else ""
    booked = row.booking.at_time if row.booking else None
    state = ReceptionState(row.state)
    return Row(
        href=reverse("reception", args=[row.pk]),
        tone="info" if state is ReceptionState.CALLED else "plain",
        cells=(
            Cell(text=f"{row.position}号"),
            Cell(text=row.name, sub=mask_phone(row.phone) if row.phone else ""),
            Cell(text=row.subject),
            Cell(text=f"{row.head_count}人", sub=speak),
            Cell(text=f"{booked:%H:%M}" if booked else "预约" if row.booking else ""),
            Cell(
                component=StateBadge(label=state.label, tone="warn" if state is ReceptionState.WAITING else "plain"),
                sub=row.petition.number if row.petition else row.end_reason,
            ),
        ),
    )


def _bookings(row: ReceptionDay, *, is_desk: bool) -> DataTable:
    rows = row.bookings.select_related("reception").order_by("at_time", "pk")
    return DataTable(
        caption="预约",
        columns=(
            Column(label="预约号", width="fit"),
            Column(label="时间", width="fit"),
            Column(label="姓名"),
            Column(label="事由", width="wide"),
            Column(label="人数", width="fit"),
            Column(label="状态", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.number, href=_cancel_href(one) if is_desk else ""),
                    Cell(text=f"{one.at_time:%H:%M}" if one.at_time else ""),
                    Cell(text=one.name, sub=mask_phone(one.phone)),
                    Cell(text=one.subject),
                    Cell(text=f"{one.head_count}人"),
                    Cell(text=BookingState(one.state).label, sub=one.cancel_reason),
                )
            )
            for one in rows
        ),
        empty=EmptyState(title="没有预约"),
    )


def _cancel_href(row: Booking) -> str:
    return reverse("booking_cancel", args=[row.pk]) if row.state == BookingState.BOOKED.value else ""


def _to_tell(row: ReceptionDay) -> list[tuple[str, ButtonForm]]:
    waiting = row.bookings.filter(cancelled_at=row.cancelled_at, told_at=None).order_by("pk")
    return [
        (
            f"{one.number}　{one.name}　{one.phone}",
            ButtonForm(label="已电话通知", action=reverse("booking_tell", args=[one.pk])),
        )
        for one in waiting
    ]


def _next(waiting: list[Reception]) -> ButtonForm:
    first = waiting[0]
    return ButtonForm(
        label=f"请{first.position}号进来", action=reverse("reception_act", args=[first.pk, "call"]), kind="primary"
    )


def _changes(row: ReceptionDay) -> tuple[Button, ...]:
    return (
        Button(label="改动", href=reverse("reception_day_change", args=[row.pk])),
        Button(label="取消接待日", href=reverse("reception_day_cancel", args=[row.pk]), kind="danger"),
    )


@needs(DESK)
@require_POST
def sign_in(request: HttpRequest, day_id: int) -> HttpResponse:
    """签到."""
    row, by, at = _day(request, day_id), staff_of(request), timezone.now()
    form = ArrivalForm(request.POST, day=row)
    if not form.is_valid():
        return _page(request, row, arrival=form, status=UNPROCESSABLE)

    def act() -> int:
        booked = form.booking_chosen()
        return receptions.sign_in(
            day_id=row.pk, entry=form.entry(), booking_id=booked.pk if booked else None, by=by, at=at
        ).pk

    try:
        carried_out(request, act=act, sent={"address": request.path, **form.cleaned_data})
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        return _page(request, row, arrival=form, status=CONFLICT)
    messages.success(request, "已签到")
    return redirect("reception_day", row.pk)


@needs(DESK)
@require_POST
def book(request: HttpRequest, day_id: int) -> HttpResponse:
    """代约: for whoever asks at the desk or by phone; the number and the code are shown once."""
    row, by, at = _day(request, day_id), staff_of(request), timezone.now()
    form = BookingForm(request.POST, prefix=BOOKING)
    if not form.is_valid():
        return _page(request, row, booking=form, status=UNPROCESSABLE)
    code = submissions.query_code_of(request.POST.get("form_token", ""))
    try:
        pk = carried_out(
            request,
            act=lambda: bookings.book(day_id=row.pk, entry=form.entry(), code=code, by=by, at=at).booking.pk,
            sent={"day": row.pk, **form.cleaned_data},
        )
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        return _page(request, row, booking=form, status=CONFLICT)
    return render(request, "reception_booked.html", {"screen": booked_screen(Booking.objects.get(pk=pk), code)})


@dataclass(frozen=True, slots=True)
class BookedScreen:
    """What whoever booked takes home: when, where, with whom, number and code."""

    lead: str
    number: CodeBox
    code: CodeBox
    back_href: str


def booked_screen(row: Booking, code: str) -> BookedScreen:
    """Return the page after a booking."""
    day_of = row.day
    at_time = f" {row.at_time:%H:%M}" if row.at_time else ""
    return BookedScreen(
        lead=f"{show_day(day_of.on)}（{show_weekday(day_of.on)}）{at_time}　{day_of.leader_name}接待　{day_of.place}",
        number=CodeBox(label="预约号", value=row.number),
        code=CodeBox(label="取消码", value=code, note="只显示这一次；不能来时凭预约号和取消码取消，把位置让给别人"),
        back_href=reverse("reception_day", args=[day_of.pk]),
    )


@needs(DESK)
@require_http_methods(["GET", "POST"])
def booking_cancel(request: HttpRequest, booking_id: int) -> HttpResponse:
    """取消预约, as the petitioner asked by phone."""
    by, at, form = staff_of(request), timezone.now(), ReasonForm(request.POST or None)
    row = Booking.objects.filter(pk=booking_id).first()
    if row is None:
        raise Http404
    words = OfficeForm(
        title=f"取消预约 {row.number}",
        submit="取消这个预约",
        back_href=reverse("reception_day", args=[row.day_id]),
        crumbs=(),
        lead=f"{row.name}　{row.subject}",
    )

    def act() -> int:
        return bookings.cancel_at_desk(booking_id=row.pk, reason=form.cleaned_data["reason"], by=by, at=at).pk

    return answered(request, form, words, act=act, sent=form.cleaned_data if form.is_valid() else {})


@needs(DESK)
@require_POST
def booking_tell(request: HttpRequest, booking_id: int) -> HttpResponse:
    """已电话通知: the day they booked was cancelled."""
    by, at = staff_of(request), timezone.now()
    row = Booking.objects.filter(pk=booking_id).first()
    if row is None:
        raise Http404
    carried_out(
        request,
        act=lambda: bookings.tell(booking_id=row.pk, by=by, at=at).pk,
        sent={"told": row.pk},
    )
    return redirect("reception_day", row.day_id)
