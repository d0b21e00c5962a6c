"""Writers of training classes: 登记, 更正."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office import rules
from huiyin.county.office.changes import take_over
from huiyin.county.office.models import Training
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class TrainingEntry:
    """培训 as it is written down."""

    held_on: date
    topic: str
    teacher: str
    participants: str
    head_count: int
    place: str = ""
    note: str = ""


@transaction.atomic
def record(*, entry: TrainingEntry, by: Staff, at: datetime) -> Training:
    """登记培训: a class that was held."""
    rules.check_may_keep_office(by)
    _check(entry, at=at, besides=None)
    training = Training.objects.create(**asdict(entry), recorded_by=by, recorded_at=at)
    journal.record(
        "training.held",
        subject=training,
        by=by,
        at=at,
        held_on=training.held_on,
        topic=training.topic,
        head_count=training.head_count,
        fields=asdict(entry),
    )
    return training


@transaction.atomic
def correct(*, training_id: int, entry: TrainingEntry, by: Staff, at: datetime) -> Training:
    """更正培训: the journal keeps both values."""
    rules.check_may_keep_office(by)
    training = Training.objects.select_for_update(of=("self",)).filter(pk=training_id).first()
    if training is None:
        raise Refusal("training.unknown", "没有这次培训")
    _check(entry, at=at, besides=training)
    changed = take_over(training, **asdict(entry))
    training.save(update_fields=changed.fields)
    journal.record(
        "training.corrected",
        subject=training,
        by=by,
        at=at,
        topic=training.topic,
        before=changed.before,
        fields=changed.after,
    )
    return training


def _check(entry: TrainingEntry, *, at: datetime, besides: Training | None) -> None:
    rules.check_filled(("主题", entry.topic), ("授课人", entry.teacher), ("参训范围", entry.participants))
    rules.check_happened(entry.held_on, today=local_day(at), what="培训")
    rules.check_head_count(entry.head_count)
    same = Training.objects.filter(held_on=entry.held_on, topic=entry.topic)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise Refusal("training.known", "同一天同一主题的培训已经登记")
