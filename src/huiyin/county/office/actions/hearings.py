"""Writers of the yearly hearing of the petition work: 登记, 更正."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import rules
from huiyin.county.office.changes import take_over
from huiyin.county.office.models import Hearing
from huiyin.county.office.states import HeardBy
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class HearingEntry:
    """年度听取 as it is written down."""

    heard_on: date
    heard_by: str
    meeting: str
    resolution: str


@transaction.atomic
def record(*, entry: HearingEntry, by: Staff, at: datetime) -> Hearing:
    """登记年度听取: when, by which meeting, and what it resolved."""
    rules.check_may_keep_office(by)
    _check(entry, at=at, besides=None)
    hearing = Hearing.objects.create(**asdict(entry), recorded_by=by, recorded_at=at)
    journal.record(
        "hearing.held",
        subject=hearing,
        by=by,
        at=at,
        heard_on=hearing.heard_on,
        meeting=hearing.meeting,
        resolution=hearing.resolution,
        fields=asdict(entry),
    )
    return hearing


@transaction.atomic
def correct(*, hearing_id: int, entry: HearingEntry, by: Staff, at: datetime) -> Hearing:
    """更正年度听取: the journal keeps both values."""
    rules.check_may_keep_office(by)
    hearing = Hearing.objects.select_for_update(of=("self",)).filter(pk=hearing_id).first()
    if hearing is None:
        raise Refusal("hearing.unknown", "没有这次听取")
    _check(entry, at=at, besides=hearing)
    changed = take_over(hearing, **asdict(entry))
    hearing.save(update_fields=changed.fields)
    journal.record(
        "hearing.corrected",
        subject=hearing,
        by=by,
        at=at,
        meeting=hearing.meeting,
        before=changed.before,
        fields=changed.after,
    )
    return hearing


def _check(entry: HearingEntry, *, at: datetime, besides: Hearing | None) -> None:
    rules.check_filled(("会议", entry.meeting), ("审议意见", entry.resolution))
    rules.check_happened(entry.heard_on, today=local_day(at), what="听取")
    heard_by = HeardBy(entry.heard_by)
    same = Hearing.objects.filter(heard_on=entry.heard_on, heard_by=heard_by.value)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise Refusal("hearing.known", f"当天{heard_by.label}的听取已经登记")
