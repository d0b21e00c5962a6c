"""Writers of 审议意见: 起草, 修改, 审定, 送交, 公开."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office.models import Unit
from huiyin.county.registry import numbers
from huiyin.county.supervision import confidences
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.finding_models import Finding, InspectionReport
from huiyin.county.supervision.opinion_models import Opinion, OpinionItem
from huiyin.county.supervision.opinion_states import OpinionState, ReportState
from huiyin.county.supervision.rules import findings as finding_rules
from huiyin.county.supervision.rules import opinions as rules
from huiyin.county.supervision.rules import responses as response_rules
from huiyin.county.supervision.rules.opinions import OpinionEntry
from huiyin.county.supervision.states import ActivityState
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import RuleSet
from huiyin.platform.calendar.queries import working_calendar
from huiyin.platform.directory import rulesets

from .activities import locked as locked_activity

SERIES = "审"


def locked(opinion_id: int, *, by: Staff) -> Opinion:
    """Lock an opinion that this person may read, or refuse."""
    if not Opinion.objects.visible_to(by).filter(pk=opinion_id).exists():
        raise Refusal("opinion.unknown", "没有这份审议意见，或您无权查看")
    rows = Opinion.objects.select_related("unit", "activity", "approved_by")
    return rows.select_for_update(of=("self",)).get(pk=opinion_id)


def ruleset_of(day: date) -> RuleSet:
    """Return the rule set of this county for what happens on a day."""
    return rulesets.in_force(tenant.current().ruleset, received_on=day)


@transaction.atomic
def write(*, activity_id: int, entry: OpinionEntry, by: Staff, at: datetime) -> Opinion:
    """起草审议意见: what the session that deliberated on an activity says to one unit, item by item."""
    activity = locked_activity(activity_id)
    rules.check_may_write(by)
    rules.check_deliberated(ActivityState(activity.state), session=activity.session)
    assert activity.session_on is not None
    _check(entry, activity, session_on=activity.session_on)
    unit = _unit(entry.unit_code)
    if Opinion.objects.filter(activity=activity, unit=unit).exists():
        raise Refusal("opinion.known", f"这项活动已有给{unit.name}的审议意见")
    due = rules.send_due(activity.session_on, ruleset=ruleset_of(activity.session_on), calendar=working_calendar())
    opinion = Opinion.objects.create(
        activity=activity,
        report=InspectionReport.objects.filter(activity=activity, state=ReportState.SUBMITTED.value).first(),
        unit=unit,
        state=OpinionState.WRITTEN.value,
        session=activity.session,
        session_on=activity.session_on,
        answer_asked_on=entry.answer_asked_on,
        send_due_on=due.due_on if due else None,
        send_due=due.as_values() if due else None,
        written_at=at,
        written_by=by,
    )
    _put_items(opinion, entry)
    journal.record(
        "opinion.written",
        subject=opinion,
        by=by,
        at=at,
        activity_id=activity.pk,
        unit_name=unit.name,
        session=opinion.session,
        items=len(entry.items),
        fields=_fields(entry, opinion),
    )
    return opinion


@transaction.atomic
def change(*, opinion_id: int, entry: OpinionEntry, by: Staff, at: datetime) -> Opinion:
    """修改审议意见: until it is approved; the unit stays."""
    opinion = locked(opinion_id, by=by)
    rules.check_may_write(by)
    if opinion.state != OpinionState.WRITTEN.value:
        raise Refusal("opinion.not_a_draft", f"审议意见{OpinionState(opinion.state).label}，不能再改")
    if entry.unit_code != opinion.unit.code:
        raise Refusal("opinion.unit_stays", "不能改换单位；给另一单位的请另写一份")
    _check(entry, opinion.activity, session_on=opinion.session_on)
    opinion.answer_asked_on = entry.answer_asked_on
    opinion.save(update_fields=["answer_asked_on"])
    opinion.items.all().delete()
    _put_items(opinion, entry)
    journal.record(
        "opinion.changed",
        subject=opinion,
        by=by,
        at=at,
        activity_id=opinion.activity_id,
        unit_name=opinion.unit.name,
        items=len(entry.items),
        fields=_fields(entry, opinion),
    )
    return opinion


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code, is_active=True).first()
    if unit is None:
        raise Refusal("unit.unknown", "没有这个单位，或已经停用")
    return unit


def _check(entry: OpinionEntry, activity: Activity, *, session_on: date) -> None:
    rules.check_entry(entry, session_on=session_on)
    words = "\n".join(item.text for item in entry.items)
    finding_rules.check_confidential_free(words, confidences.of_activity(activity.pk))
    wanted = {item.finding_id for item in entry.items if item.finding_id is not None}
    known = Finding.objects.filter(pk__in=wanted, activity=activity, withdrawn_at=None)
    if known.count() != len(wanted):
        raise Refusal("opinion.strange_finding", "所引的问题不在这项活动的问题清单中")


def _put_items(opinion: Opinion, entry: OpinionEntry) -> None:
    OpinionItem.objects.bulk_create(
        [
            OpinionItem(
                opinion=opinion,
                position=position,
                kind=item.kind.value,
                text=item.text.strip(),
                due_on=item.due_on,
                finding_id=item.finding_id,
            )
            for position, item in enumerate(entry.items, start=1)
        ]
    )


def _fields(entry: OpinionEntry, opinion: Opinion) -> dict[str, object]:
    items = [{**asdict(item), "text": item.text.strip()} for item in entry.items]
    return {"unit": entry.unit_code, "state": opinion.state, "answer_asked_on": entry.answer_asked_on, "items": items}


@transaction.atomic
def approve(*, opinion_id: int, by: Staff, at: datetime) -> Opinion:
    """审定审议意见: by somebody who did not write it."""
    opinion = locked(opinion_id, by=by)
    rules.check_may_approve(by)
    rules.check_move(OpinionState(opinion.state), OpinionState.APPROVED)
    rules.check_second_person(by_id=by.pk, writer_id=opinion.written_by_id)
    opinion.state, opinion.approved_at, opinion.approved_by = OpinionState.APPROVED.value, at, by
    opinion.save(update_fields=["state", "approved_at", "approved_by"])
    journal.record(
        "opinion.approved",
        subject=opinion,
        by=by,
        at=at,
        activity_id=opinion.activity_id,
        unit_name=opinion.unit.name,
        fields={"state": opinion.state},
    )
    return opinion


@transaction.atomic
def send(*, opinion_id: int, received_on: date, by: Staff, at: datetime) -> Opinion:
    """送交审议意见: with its number; from the day the unit received it the limit for the answer runs."""
    opinion = locked(opinion_id, by=by)
    rules.check_may_write(by)
    rules.check_move(OpinionState(opinion.state), OpinionState.SENT)
    rules.check_received(received_on, session_on=opinion.session_on, today=local_day(at))
    assert opinion.approved_by is not None
    number = numbers.take(SERIES, at=at)
    due = rules.answer_due(
        received_on,
        asked_on=opinion.answer_asked_on,
        approver=opinion.approved_by.name,
        number=number.text,
        ruleset=ruleset_of(received_on),
        calendar=working_calendar(),
    )
    opinion.state, opinion.number = OpinionState.SENT.value, number.text
    opinion.sent_at, opinion.sent_by, opinion.received_on = at, by, received_on
    opinion.due_on, opinion.due = due.due_on, due.as_values()
    fields = ["state", "number", "sent_at", "sent_by", "received_on", "due_on", "due"]
    opinion.save(update_fields=fields)
    journal.record(
        "opinion.sent",
        subject=opinion,
        by=by,
        at=at,
        activity_id=opinion.activity_id,
        number=opinion.number,
        unit_name=opinion.unit.name,
        due_on=opinion.due_on,
        fields={
            "state": opinion.state,
            "number": opinion.number,
            "received_on": received_on,
            "due_on": opinion.due_on,
        },
    )
    return opinion


@transaction.atomic
def publish(*, opinion_id: int, by: Staff, at: datetime) -> Opinion:
    """公开: the opinion with the accepted answer, once nothing in either tells who petitioned (JD24 §17, §37)."""
    opinion = locked(opinion_id, by=by)
    response_rules.check_may_publish(by)
    response_rules.check_publishable(OpinionState(opinion.state), is_published=opinion.published_at is not None)
    finding_rules.check_confidential_free(_public_words(opinion), confidences.of_activity(opinion.activity_id))
    opinion.published_at, opinion.published_by = at, by
    opinion.save(update_fields=["published_at", "published_by"])
    journal.record(
        "opinion.published",
        subject=opinion,
        by=by,
        at=at,
        activity_id=opinion.activity_id,
        number=opinion.number,
        unit_name=opinion.unit.name,
        fields={"published_at": at},
    )
    return opinion


def _public_words(opinion: Opinion) -> str:
    """Return every word that the public page will show of an opinion."""
    last = opinion.responses.order_by("-round").first()
    answers = [last.words, *last.items.values_list("words", flat=True)] if last else []
    followed = [words for pair in opinion.follow_ups.values_list("words", "outcome") for words in pair]
    return "\n".join([*opinion.items.values_list("text", flat=True), *answers, *followed])
