"""涉法涉诉、引导、简易办理、不再受理、存查、并入: each way with what it needs."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from huiyin.county.assignment.actions import assignments
from huiyin.county.assignment.rules.dispositions import CoHandler
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.registry.actions import petitions, secrecy
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.states import Channel, Jurisdiction, Purpose, Recurrence, State
from huiyin.county.reply.actions import replies as reply
from huiyin.county.reply.states import Method, ReplyKind
from huiyin.kernel.tenant import Tenant, entered

from .conftest import Desk, moment, refused

LITIGATION = {"about": {"is_litigation": True}}
COURT = {"kind": DispositionKind.REFERRAL, "unit_code": "court", "handler_name": "立案庭"}


def state_of(petition: Petition) -> str:
    petition.refresh_from_db()
    return petition.state


def test_a_letter_about_a_lawsuit_is_referred_with_written_guidance(desk: Any) -> None:
    petition = desk.classified(**LITIGATION)
    assert refused(lambda: desk.assign(petition)) == "assignment.on_the_merits"
    assert refused(lambda: desk.assign(petition, kind=DispositionKind.REFERRAL)) == "assignment.not_judicial"
    assert refused(lambda: desk.assign(petition, **COURT)) == "assignment.guidance_missing"
    given = desk.assign(petition, **COURT, procedure="持判决书向县人民法院申诉")
    assert (given.due_on, state_of(petition)) == (None, State.REFERRED.value)
    assert petition.dispositions.get().procedure == "持判决书向县人民法院申诉"


def test_a_visitor_with_a_lawsuit_is_guided(desk: Any) -> None:
    petition = desk.classified(Channel.WALK_IN, **LITIGATION)
    assert refused(lambda: desk.assign(petition, **COURT, procedure="申诉")) == "assignment.visitor_is_guided"
    desk.decide(petition, DispositionKind.GUIDANCE)
    assert state_of(petition) == State.GUIDED.value


@pytest.mark.parametrize("kind", [DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL])
def test_nothing_goes_to_another_county(desk: Any, kind: DispositionKind) -> None:
    petition = desk.classified(about={"jurisdiction": Jurisdiction.ELSEWHERE})
    assert refused(lambda: desk.assign(petition, kind=kind)) == "assignment.elsewhere"
    ours = desk.classified()
    assert refused(lambda: desk.assign(ours, kind=kind, unit_code="linshi_water")) == "assignment.unit_unknown"


def test_where_the_rules_guide_nothing_is_assigned_and_the_rest_works(people: Any, other_county: Tenant) -> None:
    from huiyin.accounts.models import Staff  # noqa: PLC0415  # of the other county, entered here

    with entered(other_county):
        by_name = {one.username: one for one in Staff.objects.all()}
        office = type(people)(**{name: by_name[getattr(people, name).username] for name in people.__dataclass_fields__})
        desk = Desk(office)
        petition = desk.classified()
        for kind in (DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL):
            assert refused(partial(desk.assign, petition, kind=kind)) == "assignment.guide_mode"
        desk.decide(petition, DispositionKind.GUIDANCE)
        assert state_of(petition) == State.GUIDED.value
        own = desk.classified()
        committee = {"kind": DispositionKind.INTERNAL, "unit_code": "legal_committee", "handler_name": "法制委干部"}
        given = desk.assign(own, **committee)
        assert (state_of(own), given.due_on is not None) == (State.INTERNAL.value, True)
        filed, merged = desk.classified(), desk.classified()
        desk.decide(filed, DispositionKind.FILED)
        desk.decide(merged, DispositionKind.MERGED, merged_into_id=own.pk)
        assert (state_of(filed), state_of(merged)) == (State.FILED.value, State.MERGED.value)


# 3月2日收件：3个工作日至3月5日受理，受理后10个工作日；3月4日签收，至3月18日。
def test_a_simple_item_is_accepted_in_three_and_answered_in_ten_working_days(desk: Any) -> None:
    petition = desk.classified()
    given = desk.assign(petition, is_simple=True)
    clocks = dict(
        Deadline.objects.running().filter(petition=petition, unit__code="water").values_list("clock", "due_on")
    )
    assert clocks == {
        "simple_accept": date(2026, 3, 5),
        "simple_reply": date(2026, 3, 19),
        "objection": date(2026, 3, 16),
    }
    assert given.due_on == date(2026, 3, 19)
    desk.sign(given, at=moment(3, 4, 15))
    given.refresh_from_db()
    assert given.due_on == date(2026, 3, 18)
    desk.report(given, at=moment(3, 9))
    assert not Deadline.objects.running().filter(petition=petition, unit__code="water").exists()
    desk.verify(given, at=moment(3, 9))
    written = reply.reply(
        petition_id=petition.pk, kind=ReplyKind.OUTCOME, text="已恢复供水", by=desk.people.clerk, at=moment(3, 10)
    )
    reply.deliver(
        reply_id=written.pk,
        method=Method.PHONE,
        delivered_at=moment(3, 10),
        proof="通话3分钟",
        by=desk.people.clerk,
        at=moment(3, 10),
    )
    reply.close(petition_id=petition.pk, by=desk.people.clerk, at=moment(3, 11))
    assert state_of(petition) == State.CLOSED.value


@pytest.mark.parametrize(
    ("how", "given", "code"),
    [
        ({}, {"is_refusal_likely": True}, "assignment.not_simple"),
        ({}, {"co_handlers": (CoHandler("agriculture", "田有禾"),)}, "assignment.not_simple"),
        ({"signer_count": 6}, {}, "assignment.not_simple"),
        ({}, {"at": moment(3, 6)}, "assignment.simple_too_late"),
    ],
)
def test_the_simple_procedure_is_refused_where_it_does_not_fit(desk: Any, how: Any, given: Any, code: str) -> None:
    petition = desk.classified(**how)
    assert refused(lambda: desk.assign(petition, is_simple=True, **given)) == code
    assert state_of(petition) == State.CLASSIFIED.value


def test_a_simple_item_gets_no_further_unit(desk: Any, people: Any) -> None:
    petition = desk.classified()
    desk.assign(petition, is_simple=True)
    further = CoHandler("agriculture", "田有禾")
    assert refused(
        lambda: assignments.add_co_handler(
            petition_id=petition.pk, co_handler=further, redaction_confirmed=True, by=people.clerk, at=moment(3, 5)
        )
    ) == ("assignment.not_simple")


def test_not_reaccepted_stands_on_a_petition_that_was_concluded(desk: Any, people: Any) -> None:
    first = desk.classified()
    again = desk.classified(about={"recurrence": Recurrence.REPEAT, "repeats_id": first.pk})
    unfinished = {"conclusion": "", "concluded_id": first.pk}
    assert refused(lambda: desk.decide(again, DispositionKind.NOT_REACCEPTED, **unfinished)) == (
        "disposition.concluded_unknown"
    )
    assert refused(lambda: desk.decide(again, DispositionKind.NOT_REACCEPTED, conclusion="")) == (
        "disposition.conclusion_missing"
    )
    desk.decide(first, DispositionKind.FILED)
    reply.close(petition_id=first.pk, by=people.clerk, at=moment(3, 5))
    desk.decide(again, DispositionKind.NOT_REACCEPTED, at=moment(3, 6), **unfinished)
    assert (state_of(again), again.dispositions.get().concluded) == (State.NOT_REACCEPTED.value, first)


def test_nobody_recused_is_the_second_person(desk: Any, people: Any) -> None:
    petition = desk.classified()
    secrecy.recuse(petition_id=petition.pk, staff=people.head, reason="曾任职单位", by=people.clerk, at=moment(3, 4))
    assert refused(lambda: desk.decide(petition, DispositionKind.FILED)) == "disposition.approver_barred"
    desk.decide(petition, DispositionKind.FILED, approver=people.leader)
    assert state_of(petition) == State.FILED.value


def test_a_given_petition_is_not_classified_again(desk: Any, people: Any) -> None:
    petition = desk.classified()
    desk.assign(petition)
    decided = Classification(Purpose.CLAIM, "0110", "农业农村", Recurrence.FIRST)
    assert refused(
        lambda: petitions.classify(petition_id=petition.pk, classification=decided, by=people.clerk, at=moment(3, 5))
    ) == ("petition.bad_move")
    assert state_of(petition) == State.ASSIGNED.value
