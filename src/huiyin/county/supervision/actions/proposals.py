"""Writers of topic proposals: 起草, 修改, 提交, 退回, 批准, 再次提请."""

from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.document.rules import hash_of
from huiyin.county.journal import actions as journal
from huiyin.county.registry import numbers
from huiyin.county.supervision.models import TopicProposal
from huiyin.county.supervision.queries.evidence import counted
from huiyin.county.supervision.rules import proposals as rules
from huiyin.county.supervision.rules.proposals import ProposalEntry
from huiyin.county.supervision.states import ProposalState
from huiyin.county.supervision.statutes import articles_written
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

SERIES = "议"


def locked(proposal_id: int) -> TopicProposal:
    """Lock a proposal, or refuse where there is none."""
    found = TopicProposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if found is None:
        raise Refusal("topic_proposal.unknown", "没有这项议题建议")
    return found


@transaction.atomic
def write(*, entry: ProposalEntry, by: Staff, at: datetime) -> TopicProposal:
    """起草议题建议: with its number, and with the evidence counted now and frozen."""
    rules.check_may_propose(by)
    values = _values_of(entry, by=by, at=at)
    number = numbers.take(SERIES, at=at)
    proposal = TopicProposal.objects.create(
        number=number.text, state=ProposalState.DRAFT.value, written_at=at, written_by=by, **values
    )
    journal.record(
        "topic_proposal.written",
        subject=proposal,
        by=by,
        at=at,
        number=proposal.number,
        title=proposal.title,
        matters=proposal.evidence["now"]["matters"],
        evidence_hash=proposal.evidence_hash,
    )
    return proposal


@transaction.atomic
def rewrite(*, proposal_id: int, entry: ProposalEntry, by: Staff, at: datetime) -> TopicProposal:
    """修改议题建议: a draft is written anew and its evidence counted anew, as of this moment."""
    proposal = locked(proposal_id)
    rules.check_may_propose(by)
    rules.check_is_draft(ProposalState(proposal.state))
    values = _values_of(entry, by=by, at=at)
    before = proposal.evidence_hash
    for name, value in values.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=sorted(values))
    journal.record(
        "topic_proposal.rewritten",
        subject=proposal,
        by=by,
        at=at,
        number=proposal.number,
        title=proposal.title,
        matters=proposal.evidence["now"]["matters"],
        evidence_hash_before=before,
        evidence_hash=proposal.evidence_hash,
    )
    return proposal


def _values_of(entry: ProposalEntry, *, by: Staff, at: datetime) -> dict[str, object]:
    """Return the columns of a proposal as written, with the evidence that is true now."""
    rules.check_entry(entry, today=local_day(at))
    articles = articles_written(entry.statute_code, entry.articles, on=local_day(at))
    evidence = counted(entry, by=by, at=at)
    return {
        "title": entry.title.strip(),
        "dimension": entry.dimension.value,
        "key": entry.key,
        "key_label": evidence.label,
        "window_first_on": entry.window_first_on,
        "window_last_on": entry.window_last_on,
        "source": entry.source.value,
        "instrument": entry.instrument.value,
        "statute_code": entry.statute_code,
        "articles": articles,
        "reason": entry.reason.strip(),
        "focus": entry.focus.strip(),
        "timing": entry.timing.strip(),
        "organiser": entry.organiser.strip(),
        "is_of_hotspot": evidence.is_hotspot,
        "evidence": evidence.values,
        "evidence_hash": hash_of(evidence.values),
        "evidence_at": at,
    }


@transaction.atomic
def submit(*, proposal_id: int, by: Staff, at: datetime) -> TopicProposal:
    """提交议题建议: from now on neither words nor evidence change; the head approves it or sends it back."""
    proposal = locked(proposal_id)
    rules.check_may_propose(by)
    rules.check_move(ProposalState(proposal.state), ProposalState.SUBMITTED)
    proposal.state, proposal.submitted_at, proposal.submitted_by = ProposalState.SUBMITTED.value, at, by
    proposal.sent_back_words = ""
    proposal.save(update_fields=["state", "submitted_at", "submitted_by", "sent_back_words"])
    journal.record("topic_proposal.submitted", subject=proposal, by=by, at=at, number=proposal.number)
    return proposal


@transaction.atomic
def send_back(*, proposal_id: int, words: str, by: Staff, at: datetime) -> TopicProposal:
    """退回修改: back to its writer, with what is to be changed."""
    proposal = locked(proposal_id)
    rules.check_may_approve_topic(by)
    rules.check_move(ProposalState(proposal.state), ProposalState.DRAFT)
    rules.check_words(words, what="退回的原因")
    proposal.state, proposal.submitted_at, proposal.submitted_by = ProposalState.DRAFT.value, None, None
    proposal.sent_back_words = words.strip()
    proposal.save(update_fields=["state", "submitted_at", "submitted_by", "sent_back_words"])
    journal.record("topic_proposal.sent_back", subject=proposal, by=by, at=at, number=proposal.number, words=words)
    return proposal


@transaction.atomic
def approve(*, proposal_id: int, by: Staff, at: datetime) -> TopicProposal:
    """批准提请: the proposal waits for the next directors' meeting."""
    proposal = locked(proposal_id)
    rules.check_may_approve_topic(by)
    if ProposalState(proposal.state) is not ProposalState.SUBMITTED:
        raise Refusal("topic_proposal.bad_move", f"{ProposalState(proposal.state).label}的议题建议不能批准提请")
    rules.check_second_person(by_id=by.pk, written_by_id=proposal.written_by_id)
    proposal.state, proposal.approved_at, proposal.approved_by = ProposalState.WAITING.value, at, by
    proposal.save(update_fields=["state", "approved_at", "approved_by"])
    journal.record(
        "topic_proposal.approved",
        subject=proposal,
        by=by,
        at=at,
        number=proposal.number,
        evidence_hash=proposal.evidence_hash,
    )
    return proposal


@transaction.atomic
def put_again(*, proposal_id: int, words: str, by: Staff, at: datetime) -> TopicProposal:
    """再次提请: the committee has studied the topic; it comes before the directors again with what it found."""
    proposal = locked(proposal_id)
    rules.check_may_approve_topic(by)
    if ProposalState(proposal.state) is not ProposalState.IN_COMMITTEE:
        raise Refusal("topic_proposal.bad_move", f"{ProposalState(proposal.state).label}的议题建议不需要再次提请")
    rules.check_words(words, what="专委会的研究意见")
    proposal.state, proposal.committee_words = ProposalState.WAITING.value, words.strip()
    proposal.save(update_fields=["state", "committee_words"])
    journal.record("topic_proposal.put_again", subject=proposal, by=by, at=at, number=proposal.number, words=words)
    return proposal
