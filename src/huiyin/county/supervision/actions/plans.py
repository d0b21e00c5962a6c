"""Writers of the yearly plan: 编制, 增加, 修改, 删去, 公布."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office.changes import take_over
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.models import PlanItem, SupervisionPlan, TopicProposal
from huiyin.county.supervision.rules import plans as rules
from huiyin.county.supervision.rules.plans import ItemEntry
from huiyin.county.supervision.states import ActivityState, PlanState, ProposalState
from huiyin.county.supervision.statutes import articles_written
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from . import meetings

COPIED = ("code", "title", "kind", "source", "proposal_id", "statute_code", "articles", "organiser", "timing", "note")


def locked(plan_id: int) -> SupervisionPlan:
    """Lock a version of a plan, or refuse where there is none."""
    found = SupervisionPlan.objects.select_for_update(of=("self",)).filter(pk=plan_id).first()
    if found is None:
        raise Refusal("supervision_plan.unknown", "没有这份年度监督工作计划")
    return found


@transaction.atomic
def begin(*, year: int, by: Staff, at: datetime, change_words: str = "") -> SupervisionPlan:
    """编制计划: the first version of a year, or an adjustment that starts from the one in force (JD24 §63)."""
    rules.check_may_keep_plan(by)
    rules.check_year(year, today=local_day(at))
    versions = list(SupervisionPlan.objects.select_for_update(of=("self",)).filter(year=year).order_by("version"))
    rules.check_may_begin(
        has_draft=any(one.state == PlanState.DRAFT.value for one in versions),
        last_version=versions[-1].version if versions else 0,
        change_words=change_words,
    )
    plan = SupervisionPlan.objects.create(
        year=year,
        version=len(versions) + 1,
        state=PlanState.DRAFT.value,
        change_words=change_words.strip() if versions else "",
        drafted_at=at,
        drafted_by=by,
    )
    for item in versions[-1].items.order_by("code") if versions else ():
        PlanItem.objects.create(plan=plan, **{name: getattr(item, name) for name in COPIED})
    journal.record(
        "supervision_plan.begun",
        subject=plan,
        by=by,
        at=at,
        year=year,
        version=plan.version,
        change_words=plan.change_words,
    )
    return plan


def _values_of(entry: ItemEntry, plan: SupervisionPlan, *, at: datetime, besides: PlanItem | None) -> dict[str, object]:
    """Return the columns of an item, checked against its topic and the rest of the plan."""
    articles = articles_written(entry.statute_code, entry.articles, on=local_day(at))
    topic = None
    is_in_plan = False
    if entry.proposal_id is not None:
        topic = TopicProposal.objects.select_for_update(of=("self",)).filter(pk=entry.proposal_id).first()
        if topic is None:
            raise Refusal("topic_proposal.unknown", "没有这项议题建议")
        others = plan.items.filter(proposal=topic)
        is_in_plan = (others.exclude(pk=besides.pk) if besides else others).exists()
    rules.check_item(entry, topic=ProposalState(topic.state) if topic else None, is_in_plan=is_in_plan)
    return {
        "title": entry.title.strip(),
        "kind": entry.kind.value,
        "source": entry.source.value,
        "proposal_id": entry.proposal_id,
        "statute_code": entry.statute_code,
        "articles": articles,
        "organiser": entry.organiser.strip(),
        "timing": entry.timing.strip(),
        "note": entry.note.strip(),
    }


@transaction.atomic
def add_item(*, plan_id: int, entry: ItemEntry, by: Staff, at: datetime) -> PlanItem:
    """增加项目: from an adopted topic, or from another source."""
    plan = locked(plan_id)
    rules.check_may_keep_plan(by)
    rules.check_is_draft(PlanState(plan.state))
    values = _values_of(entry, plan, at=at, besides=None)
    used = PlanItem.objects.filter(plan__year=plan.year).aggregate(last=Max("code"))["last"] or 0
    item = PlanItem.objects.create(plan=plan, code=used + 1, **values)
    journal.record(
        "supervision_plan.item_added",
        subject=plan,
        by=by,
        at=at,
        year=plan.year,
        code=item.code,
        title=item.title,
        kind_label=entry.kind.label,
        fields=values,
    )
    return item


def _locked_item(item_id: int) -> tuple[SupervisionPlan, PlanItem]:
    """Lock an item's plan and return both, or refuse where there is none."""
    found = PlanItem.objects.filter(pk=item_id).values_list("plan_id", flat=True).first()
    if found is None:
        raise Refusal("supervision_plan.unknown_item", "计划中没有这个项目")
    plan = locked(found)
    return plan, PlanItem.objects.select_for_update(of=("self",)).get(pk=item_id)


@transaction.atomic
def change_item(*, item_id: int, entry: ItemEntry, by: Staff, at: datetime) -> PlanItem:
    """修改项目."""
    plan, item = _locked_item(item_id)
    rules.check_may_keep_plan(by)
    rules.check_is_draft(PlanState(plan.state))
    changed = take_over(item, **_values_of(entry, plan, at=at, besides=item))
    item.save(update_fields=changed.fields)
    journal.record(
        "supervision_plan.item_changed",
        subject=plan,
        by=by,
        at=at,
        year=plan.year,
        code=item.code,
        title=item.title,
        before=changed.before,
        fields=changed.after,
    )
    return item


@transaction.atomic
def drop_item(*, item_id: int, by: Staff, at: datetime) -> SupervisionPlan:
    """删去项目: out of the version in preparation; the versions before keep it."""
    plan, item = _locked_item(item_id)
    rules.check_may_keep_plan(by)
    rules.check_is_draft(PlanState(plan.state))
    carried = Activity.objects.filter(plan_item__plan__year=plan.year, plan_item__code=item.code)
    rules.check_may_be_dropped(has_activity=carried.exclude(state=ActivityState.CANCELLED.value).exists())
    journal.record(
        "supervision_plan.item_dropped", subject=plan, by=by, at=at, year=plan.year, code=item.code, title=item.title
    )
    item.delete()
    return plan


@transaction.atomic
def publish(*, plan_id: int, meeting_id: int, by: Staff, at: datetime) -> SupervisionPlan:
    """公布计划: a directors' meeting passed it; the version before is adjusted by it (JD24 §63)."""
    plan, meeting = locked(plan_id), meetings.locked(meeting_id)
    rules.check_may_publish(by)
    rules.check_is_draft(PlanState(plan.state))
    rules.check_may_be_published(
        items=plan.items.count(),
        held_on=meeting.held_on,
        drafted_on=local_day(plan.drafted_at),
        today=local_day(at),
    )
    in_force = SupervisionPlan.objects.filter(year=plan.year, state=PlanState.PUBLISHED.value)
    in_force.update(state=PlanState.SUPERSEDED.value)
    plan.state, plan.meeting, plan.published_at, plan.published_by = PlanState.PUBLISHED.value, meeting, at, by
    plan.save(update_fields=["state", "meeting", "published_at", "published_by"])
    journal.record(
        "supervision_plan.published",
        subject=plan,
        by=by,
        at=at,
        year=plan.year,
        version=plan.version,
        meeting=str(meeting),
        items=plan.items.count(),
    )
    return plan
