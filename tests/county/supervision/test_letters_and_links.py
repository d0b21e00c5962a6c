"""What a team brings home, and which petitions an activity looks into: both go on their own way."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from huiyin.county.assignment.models import Assignment
from huiyin.county.registry.actions import petitions
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Channel
from huiyin.county.supervision.actions import activities, letters, teams
from huiyin.county.supervision.actions.letters import LetterEntry
from huiyin.county.supervision.queries import standing
from huiyin.county.supervision.rules.activities import MemberEntry
from huiyin.county.supervision.states import ActivityKind, ActivityState, MemberBasis, TeamRole
from huiyin.kernel.calendar import local_day

from .conftest import moment, refusal_of


def handed(**changed: Any) -> LetterEntry:
    return replace(LetterEntry(Channel.LETTER, date(2026, 6, 9), "秦岳", "马小山"), **changed)


def test_a_letter_that_a_team_received_comes_back_to_the_office_with_its_day(desk):
    activity = desk.activity(ActivityState.FINISHED)
    clerk = desk.people.clerk
    letter = letters.take_letter(activity_id=activity.pk, entry=handed(), by=clerk, at=moment(6, 15))
    receipt = letter.receipt
    assert (receipt.origin, receipt.origin_name, receipt.origin_number) == ("inspection_team", "秦岳", activity.number)
    assert (receipt.received_on, local_day(receipt.taken_at)) == (date(2026, 6, 9), date(2026, 6, 15))
    assert "《水法》实施情况执法检查" in receipt.origin_words
    registered = petitions.register(
        receipt_id=receipt.pk,
        registration=Registration(summary="反映渠水被截", name="马小山"),
        by=clerk,
        at=moment(6, 15),
    ).petition
    starts = {date.fromisoformat(row.explanation["start_on"]) for row in Deadline.objects.filter(petition=registered)}
    assert (registered.received_on, starts) == (date(2026, 6, 9), {date(2026, 6, 9)})
    links, brought = standing.activities_of(registered)
    assert (list(links), [one.activity for one in brought]) == ([], [activity])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"received_on": date(2026, 6, 7)}, "activity.letter_before_begin"),
        ({"received_on": date(2026, 6, 8)}, None),
        ({"received_on": date(2026, 6, 16)}, "receipt.from_the_future"),
        ({"handed_by": " "}, "activity.handed_by_missing"),
    ],
    ids=["出发前一天", "出发当天", "还没有到的日子", "没有交来人"],
)
def test_a_letter_of_a_team_came_while_it_was_out(desk, changed, code):
    activity = desk.activity(ActivityState.FINISHED)
    values = {"activity_id": activity.pk, "entry": handed(**changed), "by": desk.people.clerk, "at": moment(6, 15)}
    if code:
        assert refusal_of(letters.take_letter, **values) == code
    else:
        assert letters.take_letter(**values).receipt.received_on == changed["received_on"]


def test_a_member_of_the_team_never_handles_a_letter(desk):
    activity = desk.activity(ActivityState.APPROVED)
    clerk = desk.people.clerk
    of_team = MemberEntry(
        "马会计", TeamRole.LIAISON, MemberBasis.WORKING_BODY, "信访专干", "县人大法制委员会", "无", staff_id=clerk.pk
    )
    teams.add_member(activity_id=activity.pk, entry=of_team, by=clerk, at=moment(5, 9))
    activities.begin(activity_id=activity.pk, by=clerk, at=moment(6, 8))
    values = {"activity_id": activity.pk, "entry": handed(), "at": moment(6, 9)}
    assert refusal_of(letters.take_letter, by=clerk, **values) == "activity.member_handles_letter"
    assert letters.take_letter(by=desk.people.head, **values).recorded_by == desk.people.head


def test_before_a_team_is_out_there_is_no_letter_on_the_way(desk):
    activity = desk.activity(ActivityState.APPROVED)
    values = {"activity_id": activity.pk, "entry": handed(), "by": desk.people.clerk, "at": moment(6, 9)}
    assert refusal_of(letters.take_letter, **values) == "activity.not_begun"


def test_a_linked_petition_goes_on_as_before_when_the_activity_ends(desk):
    petition = desk.letter("马大山")
    activity = desk.activity(ActivityState.FINISHED, kind=ActivityKind.FIELD_VISIT)
    by = desk.people.clerk
    link = letters.link(activity_id=activity.pk, petition_id=petition.pk, reason="水费", by=by, at=moment(6, 15))
    assert str(link) == "事项1"
    before = Petition.objects.filter(pk=petition.pk).values("state", "closed_at", "next_due_on").get()
    activities.conclude(activity_id=activity.pk, outcome="已转送意见", by=by, at=moment(7, 1))
    assert Petition.objects.filter(pk=petition.pk).values("state", "closed_at", "next_due_on").get() == before
    assert not Assignment.objects.filter(petition=petition).exists()


def test_a_place_among_the_linked_petitions_is_not_given_again(desk):
    first, second = desk.letter("马大山"), desk.letter("石大川", 3)
    activity = desk.activity()
    act = {"by": desk.people.clerk, "at": moment(5, 7)}
    link = {"activity_id": activity.pk, "reason": "水费", **act}
    one = letters.link(petition_id=first.pk, **link)
    assert refusal_of(letters.link, petition_id=first.pk, **link) == "activity.petition_known"
    letters.unlink(link_id=one.pk, **act)
    assert refusal_of(letters.unlink, link_id=one.pk, **act) == "activity.unlinked_already"
    assert str(letters.link(petition_id=second.pk, **link)) == "事项2"
    assert [row.petition for row in standing.links_of(activity, by=desk.people.clerk)] == [second]


@pytest.mark.parametrize(
    ("role", "code"), [("clerk", "activity.petition_sealed"), ("head", "activity.petition_sealed")]
)
def test_what_is_sealed_is_linked_to_no_activity(desk, role, code):
    sealed = desk.letter("匿名反映人", sealed=True)
    values = {"activity_id": desk.activity().pk, "petition_id": sealed.pk, "reason": "水费"}
    code = refusal_of(letters.link, **values, by=getattr(desk.people, role), at=moment(5, 7))
    assert code == "activity.petition_sealed"


def test_a_petition_that_a_person_is_recused_from_is_not_there_for_them(desk):
    petition = desk.letter("马大山")
    activity = desk.activity()
    letters.link(activity_id=activity.pk, petition_id=petition.pk, reason="水费", by=desk.people.clerk, at=moment(5, 7))
    petition.recusals.create(
        staff=desk.people.leader, reason="亲属", decided_at=moment(5, 8), decided_by=desk.people.head
    )
    assert not standing.links_of(activity, by=desk.people.leader).exists()
    assert standing.links_of(activity, by=desk.people.head).exists()
