"""Writers of the directors' meeting: 登记, 更正, 决定."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.office.changes import take_over
from huiyin.county.supervision.models import DirectorsMeeting, MeetingDecision
from huiyin.county.supervision.rules import proposals as rules
from huiyin.county.supervision.rules.proposals import DecisionEntry, MeetingEntry
from huiyin.county.supervision.states import DECIDED, ProposalState
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from . import proposals


def locked(meeting_id: int) -> DirectorsMeeting:
    """Lock a meeting, or refuse where there is none."""
    found = DirectorsMeeting.objects.select_for_update(of=("self",)).filter(pk=meeting_id).first()
    if found is None:
        raise Refusal("directors_meeting.unknown", "没有这次主任会议")
    return found


def _check(entry: MeetingEntry, *, at: datetime, besides: DirectorsMeeting | None) -> None:
    rules.check_meeting(entry, today=local_day(at))
    same = DirectorsMeeting.objects.filter(held_on=entry.held_on, ordinal=entry.ordinal)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise Refusal("directors_meeting.known", "这次主任会议已经登记")


@transaction.atomic
def record(*, entry: MeetingEntry, by: Staff, at: datetime) -> DirectorsMeeting:
    """登记主任会议: number, day, chair, agenda."""
    rules.check_may_keep_meetings(by)
    _check(entry, at=at, besides=None)
    meeting = DirectorsMeeting.objects.create(**asdict(entry), recorded_at=at, recorded_by=by)
    journal.record(
        "directors_meeting.recorded",
        subject=meeting,
        by=by,
        at=at,
        ordinal=meeting.ordinal,
        held_on=meeting.held_on,
        fields=asdict(entry),
    )
    return meeting


@transaction.atomic
def correct(*, meeting_id: int, entry: MeetingEntry, by: Staff, at: datetime) -> DirectorsMeeting:
    """更正主任会议: both values stay in the journal; the day stands once something was decided on it."""
    meeting = locked(meeting_id)
    rules.check_may_keep_meetings(by)
    _check(entry, at=at, besides=meeting)
    if entry.held_on != meeting.held_on and (meeting.decisions.exists() or meeting.plans.exists()):
        raise Refusal("directors_meeting.day_stands", "已登记会议决定，会议日期不能再改")
    changed = take_over(meeting, **asdict(entry))
    meeting.save(update_fields=changed.fields)
    journal.record(
        "directors_meeting.corrected",
        subject=meeting,
        by=by,
        at=at,
        ordinal=meeting.ordinal,
        before=changed.before,
        fields=changed.after,
    )
    return meeting


@transaction.atomic
def decide(*, meeting_id: int, proposal_id: int, entry: DecisionEntry, by: Staff, at: datetime) -> MeetingDecision:
    """登记决定: 列入, 下次, 转专委会 or 不列入; what is put off waits for the next meeting."""
    meeting, proposal = locked(meeting_id), proposals.locked(proposal_id)
    rules.check_may_record_decision(by)
    rules.check_decision(entry)
    rules.check_may_be_decided(
        ProposalState(proposal.state),
        held_on=meeting.held_on,
        approved_on=local_day(proposal.approved_at) if proposal.approved_at else None,
        decided_at=list(proposal.decisions.values_list("meeting__held_on", flat=True)),
        today=local_day(at),
    )
    decision = MeetingDecision.objects.create(
        meeting=meeting,
        proposal=proposal,
        decision=entry.decision.value,
        reason=entry.reason.strip(),
        committee=entry.committee.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    then = rules.state_after(entry.decision)
    proposal.state, proposal.decided_on = then.value, meeting.held_on if then in DECIDED else None
    proposal.save(update_fields=["state", "decided_on"])
    journal.record(
        "topic_proposal.decided",
        subject=proposal,
        by=by,
        at=at,
        number=proposal.number,
        meeting=str(meeting),
        held_on=meeting.held_on,
        decision=entry.decision.value,
        decision_label=entry.decision.label,
        reason=decision.reason,
        committee=decision.committee,
        state=proposal.state,
    )
    return decision
