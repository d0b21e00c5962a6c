"""Writers of the list of findings: 登记, 修改, 去掉, 排序, 征求单位意见, 登记单位意见, 关联信访事项, 取消关联."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office.changes import take_over
from huiyin.county.office.models import Unit
from huiyin.county.registry.models import Petition
from huiyin.county.supervision import confidences
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.finding_models import Finding, FindingMatter, InspectionReport
from huiyin.county.supervision.opinion_states import ReportState
from huiyin.county.supervision.rules import activities as activity_rules
from huiyin.county.supervision.rules import findings as rules
from huiyin.county.supervision.rules.findings import FindingEntry
from huiyin.county.supervision.states import ActivityState
from huiyin.county.supervision.statutes import articles_written
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from .activities import locked as locked_activity


def locked(finding_id: int) -> tuple[Activity, Finding]:
    """Lock a finding with its activity, or refuse where there is none."""
    found = Finding.objects.filter(pk=finding_id).values("activity_id").first()
    if found is None:
        raise Refusal("finding.unknown", "没有这个问题")
    activity = locked_activity(found["activity_id"])
    return activity, Finding.objects.select_related("unit").select_for_update(of=("self",)).get(pk=finding_id)


def _check_open(activity: Activity) -> None:
    activity_rules.check_is_open(ActivityState(activity.state))
    reports = InspectionReport.objects.filter(activity=activity, state=ReportState.SUBMITTED.value)
    rules.check_open(is_reported=reports.exists())


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code, is_active=True).first()
    if unit is None:
        raise Refusal("unit.unknown", "没有这个单位，或已经停用")
    return unit


def _values_of(entry: FindingEntry, activity: Activity, *, at: datetime) -> dict[str, object]:
    rules.check_entry(entry)
    article = [entry.article] if entry.article.strip() else []
    rules.check_confidential_free(entry.fact, confidences.of_activity(activity.pk))
    return {
        "fact": entry.fact.strip(),
        "unit": _unit(entry.unit_code),
        "severity": entry.severity.value,
        "statute_code": entry.statute_code,
        "article": "、".join(articles_written(entry.statute_code, article, on=local_day(at))),
    }


def _fields(entry: FindingEntry, finding: Finding) -> dict[str, object]:
    return {**asdict(entry), "fact": finding.fact, "article": finding.article}


@transaction.atomic
def write(*, activity_id: int, entry: FindingEntry, by: Staff, at: datetime) -> Finding:
    """登记问题: at the end of the activity's list; the text holds nothing by which a petitioner is known."""
    activity = locked_activity(activity_id)
    rules.check_may_find(by)
    _check_open(activity)
    values = _values_of(entry, activity, at=at)
    last = activity.findings.aggregate(last=Max("position"))["last"] or 0
    finding = Finding.objects.create(activity=activity, position=last + 1, found_at=at, found_by=by, **values)
    journal.record(
        "finding.written",
        subject=finding,
        by=by,
        at=at,
        activity_id=activity.pk,
        position=finding.position,
        unit_name=finding.unit.name,
        severity_label=entry.severity.label,
        fields={**_fields(entry, finding), "position": finding.position},
    )
    return finding


@transaction.atomic
def change(*, finding_id: int, entry: FindingEntry, by: Staff, at: datetime) -> Finding:
    """修改问题: both texts stay in the journal."""
    activity, finding = locked(finding_id)
    rules.check_may_find(by)
    _check_open(activity)
    changed = take_over(finding, **_values_of(entry, activity, at=at))
    finding.save(update_fields=changed.fields)
    journal.record(
        "finding.changed",
        subject=finding,
        by=by,
        at=at,
        activity_id=activity.pk,
        position=finding.position,
        before={name: getattr(value, "code", value) for name, value in changed.before.items()},
        fields=_fields(entry, finding),
    )
    return finding


@transaction.atomic
def withdraw(*, finding_id: int, reason: str, by: Staff, at: datetime) -> Finding:
    """去掉问题: it stays on record with its reason and counts no more."""
    activity, finding = locked(finding_id)
    rules.check_may_find(by)
    _check_open(activity)
    rules.check_withdrawal(reason, is_withdrawn=finding.withdrawn_at is not None)
    finding.withdrawn_at, finding.withdrawn_by, finding.withdrawal_reason = at, by, reason.strip()
    finding.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    journal.record(
        "finding.withdrawn",
        subject=finding,
        by=by,
        at=at,
        activity_id=activity.pk,
        position=finding.position,
        reason=finding.withdrawal_reason,
        fields={"withdrawal_reason": finding.withdrawal_reason},
    )
    return finding


@transaction.atomic
def put_in_order(*, activity_id: int, finding_ids: Sequence[int], by: Staff, at: datetime) -> tuple[Finding, ...]:
    """排序: the whole list in its new order; what was taken off stands behind it."""
    activity = locked_activity(activity_id)
    rules.check_may_find(by)
    _check_open(activity)
    every = list(activity.findings.select_for_update(of=("self",)).order_by("position"))
    known = {row.pk: row for row in every if row.withdrawn_at is None}
    rules.check_order(finding_ids, known)
    rows = (*(known[pk] for pk in finding_ids), *(row for row in every if row.withdrawn_at is not None))
    for position, row in enumerate(rows, start=1):
        row.position = position
    Finding.objects.bulk_update(rows, ["position"])
    journal.record(
        "finding.put_in_order",
        subject=activity,
        by=by,
        at=at,
        number=activity.number,
        count=len(finding_ids),
        order=list(finding_ids),
    )
    return rows


@transaction.atomic
def ask_view(*, finding_id: int, by: Staff, at: datetime) -> Finding:
    """征求单位意见: before the report the unit may say what it thinks of a finding."""
    activity, finding = locked(finding_id)
    rules.check_may_find(by)
    _check_open(activity)
    rules.check_may_ask_view(is_asked=finding.view_asked_at is not None, is_withdrawn=finding.withdrawn_at is not None)
    finding.view_asked_at, finding.view_asked_by = at, by
    finding.save(update_fields=["view_asked_at", "view_asked_by"])
    journal.record(
        "finding.view_asked",
        subject=finding,
        by=by,
        at=at,
        activity_id=activity.pk,
        position=finding.position,
        unit_name=finding.unit.name,
        fields={"view_asked_at": at},
    )
    return finding


@transaction.atomic
def record_view(*, finding_id: int, view: str, by: Staff, at: datetime) -> Finding:
    """登记单位意见: what the unit said, in its words."""
    activity, finding = locked(finding_id)
    rules.check_may_find(by)
    _check_open(activity)
    rules.check_view(view, is_asked=finding.view_asked_at is not None, is_known=finding.view_known_at is not None)
    finding.view, finding.view_known_at, finding.view_known_by = view.strip(), at, by
    finding.save(update_fields=["view", "view_known_at", "view_known_by"])
    journal.record(
        "finding.view_recorded",
        subject=finding,
        by=by,
        at=at,
        activity_id=activity.pk,
        position=finding.position,
        unit_name=finding.unit.name,
        view=finding.view,
        fields={"view": finding.view},
    )
    return finding


@transaction.atomic
def link(*, finding_id: int, petition_number: str, by: Staff, at: datetime) -> FindingMatter:
    """关联信访事项: by the number of one of its petitions; the office keeps the row, outward only class and place go.

    A number that this person may not see is unknown to them; what is sealed is refused.
    """
    activity, finding = locked(finding_id)
    rules.check_may_find(by)
    _check_open(activity)
    petition = Petition.objects.listed_for(by).counted().filter(number=petition_number.strip()).first()
    if petition is None:
        raise Refusal("petition.unknown", "没有这件信访件，或您无权查看")
    parts = Petition.objects.listed_for(by).filter(matter_id=petition.matter_id)
    rules.check_linkable(
        parts.values_list("confidentiality", flat=True),
        already=finding.matters.filter(matter_id=petition.matter_id, unlinked_at=None).exists(),
    )
    if not Petition.objects.visible_to(by).filter(pk=petition.pk).exists():
        raise Refusal("petition.unknown", "没有这件信访件，或您无权查看")
    rules.check_confidential_free(finding.fact, confidences.of_matters([petition.matter_id]))
    row = FindingMatter.objects.create(
        finding=finding,
        matter_id=petition.matter_id,
        category_code=petition.category_code,
        category_path=petition.category_path,
        place=petition.place,
        linked_at=at,
        linked_by=by,
    )
    journal.record(
        "finding.matter_linked",
        subject=finding,
        by=by,
        at=at,
        activity_id=activity.pk,
        position=finding.position,
        matter_id=row.matter_id,
        category_path=row.category_path,
        place=row.place,
    )
    return row


@transaction.atomic
def unlink(*, finding_id: int, matter_id: int, by: Staff, at: datetime) -> FindingMatter:
    """取消关联."""
    activity, finding = locked(finding_id)
    rules.check_may_find(by)
    _check_open(activity)
    row = finding.matters.select_for_update(of=("self",)).filter(matter_id=matter_id, unlinked_at=None).first()
    if row is None:
        raise Refusal("finding.not_linked", "该信访事项没有关联到这个问题")
    row.unlinked_at, row.unlinked_by = at, by
    row.save(update_fields=["unlinked_at", "unlinked_by"])
    journal.record(
        "finding.matter_unlinked",
        subject=finding,
        by=by,
        at=at,
        activity_id=activity.pk,
        position=finding.position,
        matter_id=row.matter_id,
    )
    return row
