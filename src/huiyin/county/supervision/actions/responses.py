"""Writers of 研究处理情况 and what follows: 反馈, 审查, 满意度测评, 跟踪监督, 了结."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.supervision import confidences
from huiyin.county.supervision.opinion_models import FollowUp, Opinion, Rating, Response, ResponseItem
from huiyin.county.supervision.opinion_states import (
    STATE_AFTER,
    WANTS_ANSWER,
    FollowUpKind,
    OpinionState,
    RatingResult,
    ResponseDecision,
)
from huiyin.county.supervision.rules import findings as finding_rules
from huiyin.county.supervision.rules import opinions as opinion_rules
from huiyin.county.supervision.rules import responses as rules
from huiyin.county.supervision.rules.responses import FollowUpEntry, RatingEntry, ResponseEntry, ReviewEntry
from huiyin.kernel.calendar import local_day
from huiyin.kernel.deadlines import Due
from huiyin.kernel.refusal import Refusal
from huiyin.platform.calendar.queries import working_calendar

from .opinions import locked

WANTED = sorted(kind.value for kind in WANTS_ANSWER)


@transaction.atomic
def answer(*, opinion_id: int, entry: ResponseEntry, by: Staff, at: datetime) -> Response:
    """反馈研究处理情况: by the unit on its own screen, or taken down by the office from the unit's paper."""
    opinion = locked(opinion_id, by=by)
    rules.check_may_answer(by, opinion.unit.code)
    rules.check_owes(OpinionState(opinion.state))
    assert opinion.received_on is not None
    wanted = list(opinion.items.filter(kind__in=WANTED).values_list("pk", flat=True))
    rules.check_entry(entry, wanted=wanted, received_on=opinion.received_on, today=local_day(at))
    response = Response.objects.create(
        opinion=opinion,
        round=opinion.responses.count() + 1,
        words=entry.words.strip(),
        signed_by=entry.signed_by.strip(),
        answered_on=entry.answered_on,
        answered_at=at,
        answered_by=by,
    )
    ResponseItem.objects.bulk_create(
        [
            ResponseItem(response=response, item_id=item.item_id, result=item.result.value, words=item.words.strip())
            for item in entry.items
        ]
    )
    opinion.state = OpinionState.ANSWERED.value
    opinion.save(update_fields=["state"])
    journal.record(
        "opinion.answered",
        subject=opinion,
        by=by,
        at=at,
        activity_id=opinion.activity_id,
        number=opinion.number,
        unit_name=opinion.unit.name,
        round=response.round,
        response_id=response.pk,
        fields={"state": opinion.state, f"response_{response.round}": asdict(entry)},
    )
    return response


def _last(opinion: Opinion) -> Response:
    found = opinion.responses.select_for_update(of=("self",)).order_by("-round").first()
    if found is None:
        raise Refusal("response.none", "还没有研究处理情况")
    return found


def result_of(rating: Rating) -> RatingResult:
    """Return what the votes of a rating mean."""
    return rules.rating_result(members=rating.members, satisfied=rating.satisfied, mostly=rating.mostly)


@transaction.atomic
def review(*, opinion_id: int, entry: ReviewEntry, by: Staff, at: datetime) -> Response:
    """审查研究处理情况: accept it, return it with reason and a new day, or table it before the session."""
    opinion = locked(opinion_id, by=by)
    rules.check_may_review(by)
    now, then = OpinionState(opinion.state), STATE_AFTER[entry.decision]
    opinion_rules.check_move(now, then)
    response = _last(opinion)
    rating = Rating.objects.filter(response=response).first()
    rules.check_review(
        entry,
        rating=result_of(rating) if rating else None,
        is_tabled=now is OpinionState.TABLED,
        today=local_day(at),
    )
    response.decision, response.decision_words = entry.decision.value, entry.words.strip()
    response.return_due_on, response.decided_at, response.decided_by = entry.return_due_on, at, by
    response.save(update_fields=["decision", "decision_words", "return_due_on", "decided_at", "decided_by"])
    opinion.state = then.value
    if entry.decision is ResponseDecision.RETURNED and entry.return_due_on is not None:
        due = opinion_rules.due_after_return(
            Due.from_values(opinion.due or {}), entry.return_due_on, approver=by.name, calendar=working_calendar()
        )
        opinion.due_on, opinion.due = due.due_on, due.as_values()
    opinion.save(update_fields=["state", "due_on", "due"])
    journal.record(
        "opinion.reviewed",
        subject=opinion,
        by=by,
        at=at,
        activity_id=opinion.activity_id,
        number=opinion.number,
        unit_name=opinion.unit.name,
        round=response.round,
        decision=entry.decision.value,
        decision_label=entry.decision.label,
        words=response.decision_words,
        fields={"state": opinion.state, "due_on": opinion.due_on},
    )
    return response


@transaction.atomic
def rate(*, opinion_id: int, entry: RatingEntry, by: Staff, at: datetime) -> Rating:
    """登记满意度测评: the votes; what they mean follows from the rule and is typed in by nobody."""
    opinion = locked(opinion_id, by=by)
    rules.check_may_record(by)
    if opinion.state != OpinionState.TABLED.value:
        raise Refusal("response.not_tabled", "提请常委会审议以后才有满意度测评")
    response = _last(opinion)
    assert response.decided_at is not None
    rules.check_rating(
        entry,
        tabled_on=local_day(response.decided_at),
        today=local_day(at),
        is_rated=Rating.objects.filter(response=response).exists(),
    )
    values = {**asdict(entry), "session": entry.session.strip()}
    rating = Rating.objects.create(response=response, recorded_at=at, recorded_by=by, **values)
    journal.record(
        "opinion.rated",
        subject=opinion,
        by=by,
        at=at,
        activity_id=opinion.activity_id,
        number=opinion.number,
        round=response.round,
        satisfied=rating.satisfied,
        mostly=rating.mostly,
        dissatisfied=rating.dissatisfied,
        members=rating.members,
        result_label=result_of(rating).label,
        fields={f"rating_{response.round}": values},
    )
    return rating


@transaction.atomic
def follow_up(*, opinion_id: int, entry: FollowUpEntry, by: Staff, at: datetime) -> FollowUp:
    """登记跟踪检查, 决议 or 专题询问 (JD24 §37, §47)."""
    opinion = locked(opinion_id, by=by)
    rules.check_may_record(by)
    if opinion.sent_at is None:
        raise Refusal("follow_up.not_sent", "审议意见送交以后才有跟踪监督")
    rules.check_follow_up(entry, sent_on=local_day(opinion.sent_at), today=local_day(at))
    finding_rules.check_confidential_free(entry.words, confidences.of_activity(opinion.activity_id))
    row = FollowUp.objects.create(
        opinion=opinion,
        kind=entry.kind.value,
        held_on=entry.held_on,
        words=entry.words.strip(),
        due_on=entry.due_on,
        recorded_at=at,
        recorded_by=by,
    )
    journal.record(
        "follow_up.recorded",
        subject=row,
        by=by,
        at=at,
        opinion_id=opinion.pk,
        number=opinion.number,
        kind_label=entry.kind.label,
        held_on=row.held_on,
        words=row.words,
        fields={**asdict(entry), "words": row.words},
    )
    return row


@transaction.atomic
def conclude_follow_up(*, follow_up_id: int, outcome: str, by: Staff, at: datetime) -> FollowUp:
    """了结跟踪监督: what came of it."""
    row = FollowUp.objects.select_related("opinion").select_for_update(of=("self",)).filter(pk=follow_up_id).first()
    if row is None:
        raise Refusal("follow_up.unknown", "没有这项跟踪监督")
    rules.check_may_record(by)
    rules.check_outcome(outcome, is_concluded=row.concluded_at is not None)
    finding_rules.check_confidential_free(outcome, confidences.of_activity(row.opinion.activity_id))
    row.outcome, row.concluded_at, row.concluded_by = outcome.strip(), at, by
    row.save(update_fields=["outcome", "concluded_at", "concluded_by"])
    journal.record(
        "follow_up.concluded",
        subject=row,
        by=by,
        at=at,
        opinion_id=row.opinion_id,
        number=row.opinion.number,
        kind_label=FollowUpKind(row.kind).label,
        outcome=row.outcome,
        fields={"outcome": row.outcome},
    )
    return row
