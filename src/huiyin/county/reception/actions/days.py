"""Writers of the roster of reception days: 安排, 改动, 取消."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import notifications
from huiyin.county.office.models import ReceptionDay
from huiyin.county.office.states import NotificationKind
from huiyin.county.reception import rules
from huiyin.county.reception.states import BookingState
from huiyin.kernel.calendar import show_day
from huiyin.kernel.refusal import Refusal

FIELDS = ("on", "leader_name", "leader", "place", "from_time", "until_time", "capacity")


def locked(day_id: int) -> ReceptionDay:
    """Lock a reception day, or refuse when there is none."""
    day = ReceptionDay.objects.select_for_update(of=("self",)).select_related("leader").filter(pk=day_id).first()
    if day is None:
        raise Refusal("reception_day.unknown", "没有这个接待日")
    return day


def entry_of(day: ReceptionDay) -> rules.DayEntry:
    """Return a stored day as the rules take it."""
    return rules.DayEntry(
        on=day.on,
        leader_name=day.leader_name,
        place=day.place,
        from_time=day.from_time,
        until_time=day.until_time,
        capacity=day.capacity,
    )


@transaction.atomic
def add(*, entry: rules.DayEntry, by: Staff, at: datetime, leader: Staff | None = None) -> ReceptionDay:
    """安排接待日: say who receives, when and where; the roster on the portal shows it at once."""
    rules.check_may_keep_roster(by)
    rules.check_day(entry, at=at)
    _check_leader_is_free(entry, besides=None)
    day = ReceptionDay()
    _write(day, entry, leader)
    day.save(force_insert=True)
    _tell_the_leader(day, f"接待日安排：{show_day(day.on)}由您接待来访，{day.place}", at=at)
    journal.record(
        "reception_day.added",
        subject=day,
        by=by,
        at=at,
        on=day.on,
        leader=day.leader_name,
        place=day.place,
        hours=_hours(entry),
        capacity=day.capacity,
    )
    return day


def _write(day: ReceptionDay, entry: rules.DayEntry, leader: Staff | None) -> None:
    if leader is not None:
        rules.check_leader(leader, is_active=leader.is_active)
    day.on, day.leader_name, day.leader, day.place = entry.on, entry.leader_name.strip(), leader, entry.place.strip()
    day.from_time, day.until_time, day.capacity = entry.from_time, entry.until_time, entry.capacity


def _hours(entry: rules.DayEntry) -> str:
    if entry.from_time is None or entry.until_time is None:
        return ""
    return f"{entry.from_time:%H:%M}–{entry.until_time:%H:%M}"


def _check_leader_is_free(entry: rules.DayEntry, *, besides: int | None) -> None:
    same = ReceptionDay.objects.filter(on=entry.on, leader_name=entry.leader_name.strip(), cancelled_at=None)
    if same.exclude(pk=besides or 0).exists():
        raise Refusal("reception_day.twice", f"{entry.leader_name.strip()}在{show_day(entry.on)}已有接待安排")


def _tell_the_leader(day: ReceptionDay, words: str, *, at: datetime) -> None:
    if day.leader is not None:
        notifications.notify(
            key=f"reception_day:{day.pk}:{at.isoformat()}",
            to=[day.leader],
            kind=NotificationKind.RECEPTION,
            words=words,
            at=at,
            href=f"/receptions/days/{day.pk}/",
        )


@transaction.atomic
def change(
    *, day_id: int, entry: rules.DayEntry, reason: str, by: Staff, at: datetime, leader: Staff | None = None
) -> ReceptionDay:
    """改动接待日: another leader, place, time or number of bookings, with the reason; both versions stay known."""
    day = locked(day_id)
    rules.check_may_keep_roster(by)
    rules.check_day_stands(is_cancelled=day.cancelled_at is not None)
    before = entry_of(day)
    rules.check_day(before, at=at)
    rules.check_day(entry, at=at)
    booked = day.bookings.standing().count()
    rules.check_day_change(before, entry, booked=booked, reason=reason)
    _check_leader_is_free(entry, besides=day.pk)
    _write(day, entry, leader)
    day.save(update_fields=list(FIELDS))
    _tell_the_leader(day, f"接待日改动：{show_day(day.on)}由您接待来访，{day.place}", at=at)
    journal.record(
        "reception_day.changed",
        subject=day,
        by=by,
        at=at,
        reason=reason.strip(),
        before=[before.on, before.leader_name, before.place, _hours(before), before.capacity],
        on=day.on,
        leader=day.leader_name,
        place=day.place,
        hours=_hours(entry),
        capacity=day.capacity,
    )
    return day


@transaction.atomic
def cancel(*, day_id: int, reason: str, by: Staff, at: datetime) -> ReceptionDay:
    """取消接待日: say why; whoever booked is to be told, and the notice on the portal says that it is cancelled."""
    day = locked(day_id)
    rules.check_may_keep_roster(by)
    rules.check_day_stands(is_cancelled=day.cancelled_at is not None)
    rules.check_cancellation(reason)
    if day.receptions.exists():
        raise Refusal("reception_day.has_begun", "已有来访人签到，不能取消")
    day.cancelled_at, day.cancelled_by, day.cancel_reason = at, by, reason.strip()
    day.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    booked = day.bookings.expected().update(
        state=BookingState.CANCELLED.value, cancelled_at=at, cancel_reason="接待日取消"
    )
    _tell_the_leader(day, f"接待日取消：{show_day(day.on)}，{day.place}", at=at)
    journal.record(
        "reception_day.cancelled",
        subject=day,
        by=by,
        at=at,
        on=day.on,
        leader=day.leader_name,
        reason=day.cancel_reason,
        bookings=booked,
    )
    return day
