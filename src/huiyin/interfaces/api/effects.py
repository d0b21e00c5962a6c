"""成效 by API: the same numbers before and after, with the whole county's, and keeping them."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from huiyin.county.supervision.actions import effects as actions
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.queries import effects as queries
from huiyin.county.supervision.queries.effects import Standing
from huiyin.county.supervision.rules import effects as rules
from huiyin.county.supervision.rules.effects import Counts
from huiyin.county.supervision.states import Dimension
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.windows import Change

from .access import caller, office_reader
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["成效"])


class EffectIn(In):
    """Which topic, and how long."""

    activity_id: int
    by: Dimension
    key: Annotated[str, Field(min_length=1, max_length=80)]
    months: int


class CountsOut(Schema):
    """The numbers of one window."""

    first_matters: int
    repeats: int
    people: int
    group_visits: int

    @classmethod
    def of(cls, counts: Counts) -> "CountsOut":
        """Return the numbers."""
        return cls(
            first_matters=counts.first_matters,
            repeats=counts.repeats,
            people=counts.people,
            group_visits=counts.group_visits,
        )


class EffectOut(Schema):
    """One topic in windows of one length; without numbers until the later window is over."""

    by: Dimension
    key: str
    label: str
    months: int
    before_first_on: date
    before_last_on: date
    after_first_on: date
    after_last_on: date
    complete_on: date
    is_recorded: bool
    before: CountsOut | None = None
    after: CountsOut | None = None
    all_before: CountsOut | None = None
    all_after: CountsOut | None = None
    change: Change | None = None
    reading: str = ""

    @classmethod
    def of(cls, one: Standing) -> "EffectOut":
        """Return how one topic stands."""
        effect, windows = one.effect, one.windows
        return cls(
            by=one.topic.dimension,
            key=one.topic.key,
            label=one.topic.label,
            months=one.months,
            before_first_on=windows.before.first,
            before_last_on=windows.before.last,
            after_first_on=windows.after.first,
            after_last_on=windows.after.last,
            complete_on=windows.complete_on,
            is_recorded=one.record is not None,
            before=CountsOut.of(effect.before) if effect else None,
            after=CountsOut.of(effect.after) if effect else None,
            all_before=CountsOut.of(effect.all_before) if effect else None,
            all_after=CountsOut.of(effect.all_after) if effect else None,
            change=effect.change if effect else None,
            reading=rules.reading(effect) if effect else "",
        )


@router.get("/", response=list[EffectOut], summary="成效")
def effects(request: HttpRequest, activity_id: int) -> list[EffectOut]:
    """Return every topic of an activity in windows of 3, 6 and 12 months; nothing before an answer was accepted."""
    office_reader(request, act="查看成效")
    activity = Activity.objects.select_related("plan_item__proposal").filter(pk=activity_id).first()
    if activity is None:
        raise Refusal("activity.unknown", "没有这项监督活动")
    return [EffectOut.of(one) for one in queries.standings(activity, at=timezone.now())]


@router.post("/", response=Done, summary="登记成效")
def conclude(request: HttpRequest, body: EffectIn) -> Done:
    """登记成效: count once more and keep the numbers."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = actions.conclude(
            activity_id=body.activity_id, dimension=body.by, key=body.key, months=body.months, by=by, at=at
        )
        return Done(id=row.pk, state=row.change)

    return carried_out(request, body, at, act)
