"""Writers of 成效: 登记."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.supervision.effect_models import EffectRecord
from huiyin.county.supervision.queries import effects as queries
from huiyin.county.supervision.rules import effects as rules
from huiyin.county.supervision.states import Dimension
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from .activities import locked as locked_activity


@transaction.atomic
def conclude(*, activity_id: int, dimension: Dimension, key: str, months: int, by: Staff, at: datetime) -> EffectRecord:
    """登记成效: count both windows once more and keep the numbers as they stand; it is done once."""
    activity = locked_activity(activity_id)
    rules.check_may_conclude(by)
    rules.check_months(months)
    topic = queries.topic_of(activity, dimension, key)
    span = queries.span_of(activity, topic)
    windows = queries.windows_of(span, months)
    assert span.opinion is not None
    rules.check_over(windows, today=local_day(at))
    if queries.record_of(activity, topic, months) is not None:
        raise Refusal("effect.recorded_already", "这一期限的成效已经登记")
    effect = queries.measure(topic, windows, at=at)
    values = queries.frozen(effect)
    record = EffectRecord.objects.create(
        activity=activity,
        opinion=span.opinion,
        dimension=dimension.value,
        key=topic.key,
        key_label=topic.label,
        concluded_at=at,
        concluded_by=by,
        **values,
    )
    journal.record(
        "effect.concluded",
        subject=record,
        by=by,
        at=at,
        activity_id=activity.pk,
        label=topic.label,
        months=months,
        after=effect.after.first_matters,
        before=effect.before.first_matters,
        all_after=effect.all_after.first_matters,
        all_before=effect.all_before.first_matters,
        change_label=effect.change.label,
        fields={"dimension": record.dimension, "key": record.key, **values},
    )
    return record
