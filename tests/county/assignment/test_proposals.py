"""拟办: what is important is proposed by the clerk and decided by a head or leader."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from huiyin.county.analysis.waiting import Waiting, condition_of, day_of
from huiyin.county.assignment.actions import proposals
from huiyin.county.assignment.models import Disposition, Proposal
from huiyin.county.assignment.rules.dispositions import CoHandler, Ending, Giving
from huiyin.county.assignment.states import DispositionKind, ProposalState
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.reception.actions import instructions
from huiyin.county.reception.rules import Wish
from huiyin.county.registry.actions import classifications, petitions
from huiyin.county.registry.intake_rules import ReceiptDetails
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.states import Channel, Origin, Purpose, Recurrence, State
from huiyin.county.reply.actions import replies
from huiyin.county.reply.states import Method, ReplyKind

from .conftest import moment, refused

GIVING = Giving(
    unit_code="water",
    handler_name="何立群",
    instruction="请逐户核对",
    reason="五十户联名，涉及面广",
    basis="《信访工作条例》第二十三条",
    redaction_confirmed=True,
)
FILING = Ending(reason="内容空泛，没有诉求", basis="《信访工作条例》第二十二条")
GROUP = {"channel": Channel.WALK_IN, "head_count": 8}


def propose(
    petition: Petition, by: Any, what: Any = GIVING, kind: DispositionKind = DispositionKind.ASSIGNMENT
) -> Proposal:
    return proposals.propose(petition_id=petition.pk, kind=kind, what=what, by=by, at=moment(3, 4))


def state_of(petition: Petition) -> str:
    petition.refresh_from_db()
    return petition.state


@pytest.mark.parametrize(
    "important",
    [
        GROUP,
        {"receipt": {"origin": Origin.SUPERIOR, "details": ReceiptDetails(origin_name="市人大常委会信访办")}},
        {"receipt": {"origin": Origin.LEADER, "details": ReceiptDetails(origin_name="李副主任")}},
        {"about": {"wants_leader": True}},
        {"about": {"purpose": Purpose.ACCUSATION}},
    ],
)
def test_an_important_petition_is_not_disposed_of_by_the_clerk_alone(desk: Any, important: Any) -> None:
    petition = desk.classified(**important)
    before = Entry.objects.count()
    assert refused(lambda: desk.assign(petition)) == "disposition.needs_proposal"
    assert refused(lambda: desk.decide(petition, DispositionKind.FILED)) == "disposition.needs_proposal"
    assert state_of(petition) == State.CLASSIFIED.value
    assert Entry.objects.count() == before


def test_what_a_clerk_proposes_a_leader_approves_and_it_is_carried_out(desk: Any, people: Any) -> None:
    petition = desk.classified(**GROUP)
    proposal = propose(petition, people.clerk)
    assert state_of(petition) == State.PROPOSED.value
    assert petition.owner_name == "马会计"
    assert petition.next_due_on is not None
    assert refused(lambda: desk.assign(petition)) == "disposition.proposal_pending"
    proposals.approve(proposal_id=proposal.pk, by=people.leader, at=moment(3, 5), words="同意")
    assert state_of(petition) == State.ASSIGNED.value
    given = petition.assignments.get()
    assert (given.instruction, given.redacted_by, given.issued_by) == ("请逐户核对", people.clerk, people.leader)
    decided = petition.dispositions.get()
    assert (decided.decided_by, decided.approved_by) == (people.clerk, people.leader)
    assert (petition.owner_unit.code, petition.owner_name) == ("water", "何立群")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.words) == (ProposalState.CARRIED_OUT.value, "同意")
    told = list(Entry.objects.filter(petition_id=petition.pk).order_by("number").values_list("event", flat=True))
    assert told[-3:] == ["petition.proposed", "assignment.issued", "proposal.approved"]


def test_the_leaders_are_told_and_so_is_the_clerk(desk: Any, people: Any) -> None:
    petition = desk.classified(**GROUP)
    proposal = propose(petition, people.clerk)
    told = set(Notification.objects.filter(petition_id=petition.pk).values_list("to_staff__name", flat=True))
    assert told == {"王主任", "李副主任", "秦岳"}
    proposals.approve(proposal_id=proposal.pk, by=people.head, at=moment(3, 5))
    assert Notification.objects.filter(to_staff=people.clerk, petition_id=petition.pk).count() == 1


def test_what_is_sent_back_is_proposed_anew(desk: Any, people: Any) -> None:
    petition = desk.classified(**GROUP)
    first = propose(petition, people.clerk)
    assert refused(lambda: proposals.send_back(proposal_id=first.pk, words=" ", by=people.head, at=moment(3, 5))) == (
        "proposal.words_missing"
    )
    proposals.send_back(proposal_id=first.pk, words="请先与农业农村局商量", by=people.head, at=moment(3, 5))
    assert state_of(petition) == State.CLASSIFIED.value
    assert refused(lambda: proposals.approve(proposal_id=first.pk, by=people.leader, at=moment(3, 6))) == (
        "proposal.decided_already"
    )
    second = propose(petition, people.clerk)
    proposals.approve(proposal_id=second.pk, by=people.leader, at=moment(3, 6))
    assert state_of(petition) == State.ASSIGNED.value


def test_nobody_approves_a_proposal_of_their_own_nor_a_clerk_any(desk: Any, people: Any) -> None:
    petition = desk.classified(**GROUP)
    own = propose(petition, people.head)
    assert refused(lambda: proposals.approve(proposal_id=own.pk, by=people.head, at=moment(3, 5))) == (
        "proposal.needs_second_person"
    )
    assert refused(lambda: proposals.approve(proposal_id=own.pk, by=people.clerk, at=moment(3, 5))) == (
        "permission.role_missing"
    )
    assert state_of(petition) == State.PROPOSED.value


def test_an_ordinary_petition_may_be_proposed_too_and_filing_takes_two_notes(desk: Any, people: Any) -> None:
    petition = desk.classified()
    proposal = propose(petition, people.clerk, FILING, DispositionKind.FILED)
    assert refused(lambda: proposals.approve(proposal_id=proposal.pk, by=people.head, at=moment(3, 5))) == (
        "disposition.second_note_missing"
    )
    proposals.approve(proposal_id=proposal.pk, by=people.head, at=moment(3, 5), words="同意存查")
    assert state_of(petition) == State.FILED.value
    decided = petition.dispositions.get()
    assert (decided.reason, decided.second_note) == ("内容空泛，没有诉求", "同意存查")


def test_a_proposal_with_co_handlers_issues_every_letter(desk: Any, people: Any) -> None:
    petition = desk.classified(**GROUP)
    several = Giving(
        unit_code="water",
        handler_name="何立群",
        reason="涉及两个单位",
        basis="《信访工作条例》第二十三条",
        redaction_confirmed=True,
        co_handlers=(CoHandler("agriculture", "田有禾", instruction="核对面积"),),
    )
    proposal = propose(petition, people.clerk, several)
    proposals.approve(proposal_id=proposal.pk, by=people.leader, at=moment(3, 5))
    rows = petition.assignments.order_by("pk").values_list("unit__code", "is_lead", "instruction")
    assert list(rows) == [("water", True, ""), ("agriculture", False, "核对面积")]
    assert Entry.objects.filter(event="assignment.issued", petition_id=petition.pk).count() == 2


def test_a_leaders_written_instruction_stands_for_the_decision(desk: Any, people: Any) -> None:
    petition = desk.classified(**GROUP)
    pending = propose(petition, people.clerk)
    written = instructions.record(
        petition_id=petition.pk, wish=Wish(words="请水务局查处"), leader=people.leader, by=people.clerk, at=moment(3, 5)
    )
    act = partial(desk.assign, petition, instruction_id=written.pk, at=moment(3, 5))
    assert refused(act) == "disposition.needs_review"
    classifications.review(petition_id=petition.pk, by=people.head, at=moment(3, 5))
    act()
    assert state_of(petition) == State.ASSIGNED.value
    assert Disposition.objects.get(petition=petition).instruction == written
    pending.refresh_from_db()
    assert pending.state == ProposalState.SUPERSEDED.value


def test_an_instruction_on_another_petition_is_no_source(desk: Any, people: Any) -> None:
    other, petition = desk.classified(), desk.classified(**GROUP)
    written = instructions.record(
        petition_id=other.pk, wish=Wish(words="请查处"), leader=people.leader, by=people.clerk, at=moment(3, 4)
    )
    assert refused(lambda: desk.assign(petition, instruction_id=written.pk)) == "disposition.instruction_unknown"


@pytest.mark.parametrize(
    ("what", "kind", "code"),
    [
        (Giving("water", "何立群", reason="理由", basis="", redaction_confirmed=True), "assignment", "basis_missing"),
        (Giving("water", "何立群", reason="", basis="条例", redaction_confirmed=True), "assignment", "reason_missing"),
        (Giving("water", "何立群", reason="理由", basis="条例"), "assignment", "redaction_unconfirmed"),
        (
            Giving("nowhere", "何立群", reason="理由", basis="条例", redaction_confirmed=True),
            "referral",
            "unit_unknown",
        ),
        (Ending(reason="理由", basis="条例"), "guidance", "organ_missing"),
        (Ending(reason="理由", basis="条例"), "assignment", "needs_a_unit"),
    ],
)
def test_a_proposal_that_could_not_be_carried_out_is_not_taken(
    desk: Any, people: Any, what: Any, kind: str, code: str
) -> None:
    petition = desk.classified()
    assert refused(lambda: propose(petition, people.clerk, what, DispositionKind(kind))).partition(".")[2] == code
    assert not Proposal.objects.exists()


def test_an_important_petition_is_verified_and_closed_by_a_leader(desk: Any, people: Any) -> None:
    petition = desk.classified(**GROUP)
    proposal = propose(petition, people.clerk)
    proposals.approve(proposal_id=proposal.pk, by=people.leader, at=moment(3, 4))
    given = desk.sign(petition.assignments.get())
    desk.report(given)
    assert refused(lambda: desk.verify(given)) == "permission.role_missing"
    desk.verify(given, by=people.leader)
    assert state_of(petition) == State.VERIFIED.value
    written = replies.reply(
        petition_id=petition.pk, kind=ReplyKind.OUTCOME, text="已退还", by=people.clerk, at=moment(4, 3)
    )
    replies.deliver(
        reply_id=written.pk,
        method=Method.POST,
        delivered_at=moment(4, 4),
        proof="挂号信XA00000001",
        by=people.clerk,
        at=moment(4, 5),
    )
    assert refused(lambda: replies.close(petition_id=petition.pk, by=people.clerk, at=moment(4, 6))) == (
        "permission.role_missing"
    )
    replies.close(petition_id=petition.pk, by=people.leader, at=moment(4, 6))
    assert state_of(petition) == State.CLOSED.value


def test_whoever_approves_has_reviewed_the_classification(desk: Any, people: Any) -> None:
    petition = desk.classified(**GROUP)
    proposals.approve(proposal_id=propose(petition, people.clerk).pk, by=people.head, at=moment(3, 5))
    petition.refresh_from_db()
    assert (petition.classification_reviewed_by, petition.classification_reviewed_at) == (people.head, moment(3, 5))
    assert Entry.objects.get(event="proposal.approved").values["is_reviewed"] is True


def test_an_ordinary_one_is_decided_and_the_missing_review_waits_for_the_head(desk: Any, people: Any) -> None:
    ordinary, by_head = desk.classified(), desk.read(desk.registered())
    desk.assign(ordinary)
    decided = Classification(Purpose.CLAIM, "0110", "农业农村/农业水费", Recurrence.FIRST)
    petitions.classify(petition_id=by_head.pk, classification=decided, by=people.head, at=moment(3, 3))
    waiting = Petition.objects.filter(condition_of(Waiting.REVIEW))
    assert list(waiting) == [ordinary]
    assert day_of(people.head, today=date(2026, 3, 5)).petitions[Waiting.REVIEW] == 1
    classifications.review(petition_id=ordinary.pk, by=people.head, at=moment(3, 5))
    assert not waiting.all().exists()
