"""Writers of activities: 制定方案, 修改, 批准, 退回, 开始, 结束, 审议, 办结, 取消; 常委会决议."""

from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry import numbers
from huiyin.county.supervision.activity_models import Activity, ActivityUnit
from huiyin.county.supervision.inspected import inspected, units_of
from huiyin.county.supervision.models import PlanItem
from huiyin.county.supervision.rules import activities as rules
from huiyin.county.supervision.rules.activities import SchemeEntry
from huiyin.county.supervision.states import (
    ENDED,
    ActivityKind,
    ActivityState,
    PlanState,
    TeamRole,
)
from huiyin.county.supervision.statutes import articles_written
from huiyin.county.supervision.teams import entry_of
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

SERIES = "监"


def locked(activity_id: int) -> Activity:
    """Lock an activity, or refuse where there is none."""
    found = Activity.objects.select_for_update(of=("self",)).filter(pk=activity_id).first()
    if found is None:
        raise Refusal("activity.unknown", "没有这项监督活动")
    return found


def move_on(activity: Activity, then: ActivityState) -> list[str]:
    """Set where a locked activity stands now, or refuse; return the names of the fields to be written."""
    rules.check_move(ActivityState(activity.state), then)
    activity.state = then.value
    return ["state"]


@transaction.atomic
def prepare(*, entry: SchemeEntry, by: Staff, at: datetime) -> Activity:
    """制定方案: an activity of the plan, or with another ground, under its number."""
    rules.check_may_keep_activities(by)
    values = _values_of(entry, at=at)
    number = numbers.take(SERIES, at=at)
    activity = Activity.objects.create(
        number=number.text,
        kind=entry.kind.value,
        state=ActivityState.PREPARING.value,
        prepared_at=at,
        prepared_by=by,
        **values,
    )
    _put_units(activity, entry.unit_codes)
    journal.record(
        "activity.prepared",
        subject=activity,
        by=by,
        at=at,
        number=activity.number,
        kind=activity.kind,
        kind_label=entry.kind.label,
        title=activity.title,
        units=list(entry.unit_codes),
    )
    return activity


@transaction.atomic
def change(*, activity_id: int, entry: SchemeEntry, by: Staff, at: datetime) -> Activity:
    """修改方案: while it is in preparation; whoever is in the team must be allowed in it with the new units too."""
    activity = locked(activity_id)
    rules.check_may_keep_activities(by)
    rules.check_is_in_preparation(ActivityState(activity.state))
    rules.check_kind_stays(ActivityKind(activity.kind), entry.kind)
    values = _values_of(entry, at=at, besides=activity)
    about = inspected(entry.unit_codes)
    for member in activity.members.filter(recused_at=None).select_related("unit", "staff").order_by("pk"):
        staff_unit = member.staff.unit_code if member.staff else ""
        rules.check_member(entry_of(member), kind=entry.kind, inspected=about, staff_unit=staff_unit)
    for name, value in values.items():
        setattr(activity, name, value)
    activity.save(update_fields=sorted(values))
    _put_units(activity, entry.unit_codes)
    journal.record(
        "activity.changed",
        subject=activity,
        by=by,
        at=at,
        number=activity.number,
        title=activity.title,
        units=list(entry.unit_codes),
    )
    return activity


def _values_of(entry: SchemeEntry, *, at: datetime, besides: Activity | None = None) -> dict[str, object]:
    """Return the columns of a scheme, checked against plan, law and what it belongs to."""
    rules.check_scheme(entry)
    articles = articles_written(entry.statute_code, entry.articles, on=local_day(at))
    units_of(entry.unit_codes)
    _check_item(entry, at=at, besides=besides)
    if entry.part_of_id is not None:
        whole = locked(entry.part_of_id)
        rules.check_may_carry(ActivityKind(whole.kind), ActivityState(whole.state))
    return {
        "title": entry.title.strip(),
        "plan_item_id": entry.plan_item_id,
        "ground": entry.ground.strip(),
        "part_of_id": entry.part_of_id,
        "statute_code": entry.statute_code,
        "articles": articles,
        "organiser": entry.organiser.strip(),
        "aim": entry.aim.strip(),
        "focus": entry.focus.strip(),
        "methods": [method.value for method in entry.methods],
        "agenda": entry.agenda.strip(),
        "starts_on": entry.starts_on,
        "ends_on": entry.ends_on,
    }


def _check_item(entry: SchemeEntry, *, at: datetime, besides: Activity | None) -> None:
    """Refuse an item of a plan that is not in force, is of another kind, or is carried out already.

    A scheme that was made under an earlier version of the plan keeps its item.
    """
    if entry.plan_item_id is None or (besides is not None and besides.plan_item_id == entry.plan_item_id):
        return
    item = PlanItem.objects.select_related("plan").select_for_update(of=("self",)).filter(pk=entry.plan_item_id).first()
    if item is None:
        raise Refusal("supervision_plan.unknown_item", "计划中没有这个项目")
    rules.check_item_of_kind(
        planned=ActivityKind(item.kind),
        kind=entry.kind,
        year=item.plan.year,
        today=local_day(at),
        is_in_force=item.plan.state == PlanState.PUBLISHED.value,
    )
    same = Activity.objects.filter(plan_item__plan__year=item.plan.year, plan_item__code=item.code)
    if same.exclude(state=ActivityState.CANCELLED.value).exists():
        raise Refusal("activity.item_carried_out", "计划中的这个项目已有监督活动")


def _put_units(activity: Activity, codes: tuple[str, ...]) -> None:
    wanted = units_of(codes)
    ActivityUnit.objects.filter(activity=activity).exclude(unit__in=wanted).delete()
    known = set(activity.units.values_list("unit_id", flat=True))
    ActivityUnit.objects.bulk_create(
        [ActivityUnit(activity=activity, unit=unit) for unit in wanted if unit.pk not in known]
    )


@transaction.atomic
def record_resolution(*, activity_id: int, resolution: str, resolved_on: date, by: Staff, at: datetime) -> Activity:
    """登记常委会决议: a commission of inquiry is set up by the standing committee and by nobody else (JD24 §56)."""
    activity = locked(activity_id)
    rules.check_may_keep_activities(by)
    rules.check_is_in_preparation(ActivityState(activity.state))
    rules.check_resolution(ActivityKind(activity.kind), resolution, resolved_on=resolved_on, today=local_day(at))
    activity.resolution, activity.resolved_on = resolution.strip(), resolved_on
    activity.save(update_fields=["resolution", "resolved_on"])
    journal.record(
        "activity.resolved",
        subject=activity,
        by=by,
        at=at,
        number=activity.number,
        resolution=activity.resolution,
        resolved_on=resolved_on,
    )
    return activity


@transaction.atomic
def approve(*, activity_id: int, by: Staff, at: datetime) -> Activity:
    """批准方案: it has a team with a leader and, where it needs one, its resolution."""
    activity = locked(activity_id)
    rules.check_may_approve_scheme(by)
    fields = move_on(activity, ActivityState.APPROVED)
    rules.check_may_be_approved(
        ActivityKind(activity.kind),
        roles=[TeamRole(role) for role in activity.members.filter(recused_at=None).values_list("role", flat=True)],
        has_resolution=bool(activity.resolution),
        by_id=by.pk,
        prepared_by_id=activity.prepared_by_id,
    )
    activity.approved_at, activity.approved_by, activity.sent_back_words = at, by, ""
    activity.save(update_fields=[*fields, "approved_at", "approved_by", "sent_back_words"])
    journal.record("activity.approved", subject=activity, by=by, at=at, number=activity.number, title=activity.title)
    return activity


@transaction.atomic
def revise(*, activity_id: int, words: str, by: Staff, at: datetime) -> Activity:
    """退回修改方案: an approved scheme goes back to be changed; it is approved again afterwards."""
    activity = locked(activity_id)
    rules.check_may_approve_scheme(by)
    fields = move_on(activity, ActivityState.PREPARING)
    if not words.strip():
        raise Refusal("activity.words_missing", "请写明退回修改的原因")
    activity.approved_at, activity.approved_by, activity.sent_back_words = None, None, words.strip()
    activity.save(update_fields=[*fields, "approved_at", "approved_by", "sent_back_words"])
    journal.record("activity.sent_back", subject=activity, by=by, at=at, number=activity.number, words=words.strip())
    return activity


@transaction.atomic
def begin(*, activity_id: int, by: Staff, at: datetime) -> Activity:
    """开始: on the first day of the scheme or later."""
    activity = locked(activity_id)
    rules.check_may_keep_activities(by)
    fields = move_on(activity, ActivityState.UNDER_WAY)
    rules.check_has_begun(activity.starts_on, today=local_day(at))
    activity.begun_at, activity.begun_by = at, by
    activity.save(update_fields=[*fields, "begun_at", "begun_by"])
    journal.record("activity.begun", subject=activity, by=by, at=at, number=activity.number, title=activity.title)
    return activity


@transaction.atomic
def finish(*, activity_id: int, by: Staff, at: datetime) -> Activity:
    """结束: the team is home; what it owes now is its report."""
    activity = locked(activity_id)
    rules.check_may_keep_activities(by)
    fields = move_on(activity, ActivityState.FINISHED)
    activity.finished_at, activity.finished_by = at, by
    activity.save(update_fields=[*fields, "finished_at", "finished_by"])
    journal.record("activity.finished", subject=activity, by=by, at=at, number=activity.number, title=activity.title)
    return activity


@transaction.atomic
def deliberate(*, activity_id: int, session: str, held_on: date, by: Staff, at: datetime) -> Activity:
    """登记审议: the standing committee's meeting heard, inquired or deliberated."""
    activity = locked(activity_id)
    rules.check_may_keep_activities(by)
    rules.check_session(
        ActivityKind(activity.kind),
        ActivityState(activity.state),
        session,
        held_on=held_on,
        finished_on=local_day(activity.finished_at) if activity.finished_at else None,
        today=local_day(at),
    )
    fields = move_on(activity, ActivityState.DELIBERATED)
    activity.session, activity.session_on = session.strip(), held_on
    activity.save(update_fields=[*fields, "session", "session_on"])
    journal.record(
        "activity.deliberated",
        subject=activity,
        by=by,
        at=at,
        number=activity.number,
        session=activity.session,
        held_on=held_on,
    )
    return activity


@transaction.atomic
def conclude(*, activity_id: int, outcome: str, by: Staff, at: datetime) -> Activity:
    """办结: with what came of it; no petition is closed by it (DOMAIN §8)."""
    activity = locked(activity_id)
    rules.check_may_keep_activities(by)
    rules.check_may_conclude(
        ActivityKind(activity.kind),
        ActivityState(activity.state),
        outcome,
        open_parts=activity.parts.exclude(state__in=[state.value for state in ENDED]).count(),
    )
    fields = move_on(activity, ActivityState.CONCLUDED)
    activity.outcome, activity.ended_at, activity.ended_by = outcome.strip(), at, by
    activity.save(update_fields=[*fields, "outcome", "ended_at", "ended_by"])
    journal.record(
        "activity.concluded", subject=activity, by=by, at=at, number=activity.number, outcome=activity.outcome
    )
    return activity


@transaction.atomic
def cancel(*, activity_id: int, reason: str, by: Staff, at: datetime) -> Activity:
    """取消: before the team is home; the number stays."""
    activity = locked(activity_id)
    rules.check_may_approve_scheme(by)
    rules.check_cancel(ActivityState(activity.state), reason)
    fields = move_on(activity, ActivityState.CANCELLED)
    activity.outcome, activity.ended_at, activity.ended_by = reason.strip(), at, by
    activity.save(update_fields=[*fields, "outcome", "ended_at", "ended_by"])
    journal.record("activity.cancelled", subject=activity, by=by, at=at, number=activity.number, reason=reason.strip())
    return activity
