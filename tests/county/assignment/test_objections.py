"""异议: a unit that is not competent says so in time; the office decides, the second time a named leader for good."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.assignment.actions import assignments, objections
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.replay import replay
from huiyin.county.assignment.rules.dispositions import CoHandler
from huiyin.county.assignment.rules.objections import Receiver
from huiyin.county.assignment.states import AssignmentState, DispositionKind, ObjectionState
from huiyin.county.assignment.unit_models import Objection
from huiyin.county.journal.models import Entry
from huiyin.county.office.models import Notification
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.secrecy_models import Recusal
from huiyin.county.registry.states import State
from huiyin.kernel.clocks import Clock

from .conftest import moment, refused

TO_AGRICULTURE = Receiver("agriculture", "田有禾", "0199-5550222")
TO_SONGLIN = Receiver("songlin", "马所长")


def raised(given: Assignment, by: Any, *, day: tuple[int, int] = (3, 6)) -> Objection:
    return objections.raise_objection(
        assignment_id=given.pk, reasons="灌溉用水由农业农村局主管", competent="县农业农村局", by=by, at=moment(*day)
    )


def running(petition: Petition, unit: str) -> dict[str, date]:
    rows = Deadline.objects.running().filter(petition=petition, unit__code=unit)
    return dict(rows.values_list("clock", "due_on"))


def the_journal_gives_the_rows() -> bool:
    told = replay(Entry.objects.order_by("number"))
    rows = {row.pk: (row.state, row.due_on) for row in Assignment.objects.order_by("pk")}
    return {
        pk: (one.state.value, one.due_on) for pk, one in told.assignments.items()
    } == rows and told.petitions == dict(Petition.objects.values_list("pk", "state"))


def test_an_objection_waits_for_the_office_and_stops_no_clock(people, desk):
    given = desk.assign(desk.classified())
    before = running(given.petition, "water")
    objection = raised(given, people.unit_clerk)
    petition = Petition.objects.get(pk=given.petition_id)
    given.refresh_from_db()
    assert (petition.state, given.state) == (State.DISPUTED.value, AssignmentState.DISPUTED.value)
    assert (petition.owner_unit, petition.owner_name, petition.next_clock) == (None, "马会计", Clock.NEXT_STEP.value)
    assert petition.next_due_on == date(2026, 3, 13), "five working days"
    left = running(petition, "water")
    assert left == {clock: day for clock, day in before.items() if clock != Clock.OBJECTION.value}
    assert Notification.objects.get(to_staff=people.clerk, key=f"objection:{objection.pk}:raised").href == (
        f"/petitions/{petition.pk}/"
    )
    assert the_journal_gives_the_rows()


@pytest.mark.parametrize(
    ("signed_on", "day", "code"),
    [
        (None, (3, 16), None),  # 3 月 9 日视为收到，五个工作日的最后一天
        (None, (3, 17), "objection.too_late"),
        ((3, 5), (3, 12), None),  # 3 月 5 日签收，从签收起算
        ((3, 5), (3, 13), "objection.too_late"),
    ],
)
def test_the_last_day_for_an_objection_counts(people, desk, signed_on, day, code):
    given = desk.assign(desk.classified())
    if signed_on:
        desk.sign(given, at=moment(*signed_on), by=people.unit_clerk)
    if code is None:
        assert raised(given, people.unit_clerk, day=day).round == 1
    else:
        assert refused(lambda: raised(given, people.unit_clerk, day=day)) == code


def test_where_the_rule_set_has_no_limit_an_objection_is_open_until_the_signature(people, desk):
    petition = desk.classified()
    snapshot = petition.ruleset
    steps = {name: step for name, step in snapshot.values["steps"].items() if name != "objection"}
    values = {**snapshot.values, "steps": steps, "absent": [*snapshot.values["absent"], "objection"]}
    snapshot.values, snapshot.digest = values, "a rule set without the step"
    snapshot.save()
    given = desk.assign(petition)
    assert Clock.OBJECTION.value not in running(petition, "water")
    objection = raised(given, people.unit_clerk, day=(3, 30))
    objections.refuse(objection_id=objection.pk, words="属本单位职责", by=people.head, at=moment(3, 30))
    desk.sign(given, at=moment(3, 31))
    assert refused(lambda: raised(given, people.unit_clerk, day=(3, 31))) == "objection.after_signing"


def test_what_is_refused_goes_back_to_where_it_stood(people, desk):
    given = desk.assign(desk.classified())
    desk.sign(given)
    objection = raised(given, people.unit_head)
    objections.refuse(objection_id=objection.pk, words="三定方案明确由水务局主管", by=people.clerk, at=moment(3, 9))
    petition = Petition.objects.get(pk=given.petition_id)
    given.refresh_from_db()
    assert (petition.state, given.state) == (State.IN_PROGRESS.value, AssignmentState.SIGNED.value)
    assert petition.owner_unit is not None
    assert (petition.owner_unit.code, petition.owner_name) == ("water", "何立群")
    assert not Deadline.objects.running().filter(petition=petition, unit=None).exists()
    assert Notification.objects.filter(to_staff=people.unit_clerk, key=f"objection:{objection.pk}:decided").exists()
    assert the_journal_gives_the_rows()


def test_what_is_upheld_goes_to_the_other_unit_with_its_own_number_and_clocks(people, desk):
    petition = desk.classified()
    given = desk.assign(petition)
    objection = raised(given, people.unit_clerk)
    objections.uphold(
        objection_id=objection.pk,
        words="确属农业农村局职责",
        to=TO_AGRICULTURE,
        redaction_confirmed=True,
        by=people.clerk,
        at=moment(3, 10),
    )
    petition.refresh_from_db()
    given.refresh_from_db()
    new = petition.assignments.get(unit__code="agriculture")
    assert (given.state, new.state, petition.state) == ("withdrawn", "issued", State.ASSIGNED.value)
    assert (new.number, new.is_lead, petition.owner_name) == ("青人交〔2026〕2号", True, "田有禾")
    assert running(petition, "water") == {}
    assert running(petition, "agriculture") == {
        "sign": date(2026, 3, 13),
        "objection": date(2026, 3, 20),
        "notice": date(2026, 3, 30),
        "progress": date(2026, 4, 13),
        "report": date(2026, 5, 12),
    }
    assert petition.dispositions.filter(withdrawn_at=None).count() == 1
    assert not Petition.objects.visible_to(people.unit_clerk).filter(pk=petition.pk).exists()
    told = Notification.objects.get(to_staff=people.unit_clerk, key=f"objection:{objection.pk}:decided")
    assert told.href == "/assignments/"
    assert Notification.objects.filter(to_staff=people.other_unit_clerk, key=f"assignment.issued:{new.pk}").exists()
    assert the_journal_gives_the_rows()


def test_upheld_without_another_unit_it_is_decided_anew(people, desk):
    petition = desk.classified()
    given = desk.assign(petition)
    objection = raised(given, people.unit_clerk)
    objections.uphold(objection_id=objection.pk, words="不属本级职权，应予引导", by=people.clerk, at=moment(3, 10))
    petition.refresh_from_db()
    assert petition.state == State.CLASSIFIED.value
    desk.decide(petition, DispositionKind.GUIDANCE, at=moment(3, 11))
    assert the_journal_gives_the_rows()


def test_the_second_objection_is_decided_for_good_by_the_leader_named_for_it(people, desk):
    petition = desk.classified()
    first = raised(desk.assign(petition), people.unit_clerk)
    objections.uphold(
        objection_id=first.pk,
        words="同意",
        to=TO_AGRICULTURE,
        redaction_confirmed=True,
        by=people.clerk,
        at=moment(3, 9),
    )
    given = petition.assignments.get(unit__code="agriculture")
    second = raised(given, people.other_unit_clerk, day=(3, 11))
    told: dict[str, Any] = {"objection_id": second.pk, "at": moment(3, 12)}
    assert second.round == 2
    assert refused(lambda: objections.refuse(words="继续办", by=people.clerk, **told)) == "objection.needs_adjudicator"
    early = refused(lambda: objections.adjudicate(words="由我定", by=people.leader, **told))
    assert early == "objection.adjudicator_missing"
    named: dict[str, Any] = {**told, "by": people.clerk}
    not_leader = refused(lambda: objections.name_adjudicator(adjudicator=people.head, **named))
    assert not_leader == "permission.role_missing"
    objections.name_adjudicator(adjudicator=people.group_head, **named)
    assert Notification.objects.filter(to_staff=people.group_head, petition_id=petition.pk).count() == 1
    other = refused(lambda: objections.adjudicate(words="由我定", by=people.leader, **told))
    assert other == "objection.not_the_adjudicator"
    objections.adjudicate(words="属地管理", to=TO_SONGLIN, by=people.group_head, **told)
    last = petition.assignments.get(unit__code="songlin")
    assert (last.redacted_by, last.number) == (people.clerk, "青人交〔2026〕3号")
    third = refused(lambda: raised(last, people.clerk, day=(3, 13)))
    assert third == "objection.adjudicated"
    assert the_journal_gives_the_rows()


def test_an_adjudicator_may_leave_the_matter_where_it_is(people, desk):
    given = desk.assign(desk.classified())
    first = raised(given, people.unit_clerk)
    objections.refuse(objection_id=first.pk, words="属本单位职责", by=people.clerk, at=moment(3, 9))
    Deadline.objects.filter(petition=given.petition, clock=Clock.OBJECTION.value).update(met_at=None)
    second = raised(given, people.unit_clerk, day=(3, 10))
    by: dict[str, Any] = {"objection_id": second.pk, "at": moment(3, 11)}
    objections.name_adjudicator(adjudicator=people.leader, by=people.clerk, **by)
    objections.adjudicate(words="由水务局办理", by=people.leader, **by)
    second.refresh_from_db()
    given.refresh_from_db()
    assert (second.state, given.state) == (ObjectionState.REFUSED.value, AssignmentState.ISSUED.value)
    assert the_journal_gives_the_rows()


def test_a_leader_who_may_not_see_the_petition_does_not_decide_about_it(people, desk):
    given = desk.assign(desk.classified())
    objection = raised(given, people.unit_clerk)
    Objection.objects.filter(pk=objection.pk).update(round=2)
    Recusal.objects.create(
        petition=given.petition, staff=people.leader, reason="亲属", decided_at=moment(3, 6), decided_by=people.head
    )
    code = refused(
        lambda: objections.name_adjudicator(
            objection_id=objection.pk, adjudicator=people.leader, by=people.clerk, at=moment(3, 9)
        )
    )
    assert code == "objection.adjudicator_barred"


def test_while_an_objection_waits_nothing_else_happens_to_the_assignment(people, desk):
    petition = desk.classified()
    given = desk.assign(petition)
    raised(given, people.unit_clerk)
    assert refused(lambda: desk.sign(given)) == "objection.pending"
    back: dict[str, Any] = {"assignment_id": given.pk, "reason": "误交", "by": people.head, "at": moment(3, 9)}
    assert refused(lambda: assignments.withdraw(**back)) == "objection.pending"
    assert refused(lambda: desk.assign(petition, at=moment(3, 9))) == "objection.pending"
    assert refused(lambda: raised(given, people.unit_clerk)) == "assignment.bad_move"


def test_a_co_handler_objects_without_holding_the_petition_up(people, desk):
    petition = desk.classified()
    desk.assign(petition)
    co = assignments.add_co_handler(
        petition_id=petition.pk,
        co_handler=CoHandler("agriculture", "田有禾"),
        redaction_confirmed=True,
        by=people.clerk,
        at=moment(3, 5),
    )
    objection = raised(co, people.other_unit_clerk)
    petition.refresh_from_db()
    assert petition.state == State.ASSIGNED.value
    objections.uphold(objection_id=objection.pk, words="无须会办", by=people.clerk, at=moment(3, 9))
    co.refresh_from_db()
    petition.refresh_from_db()
    assert (co.state, petition.state) == ("withdrawn", State.ASSIGNED.value)
    assert the_journal_gives_the_rows()


@pytest.mark.parametrize(
    ("who", "code"),
    [("other_unit_clerk", "assignment.unknown"), ("auditor", "permission.role_missing"), ("clerk", None)],
)
def test_only_the_unit_objects_or_the_office_from_its_paper(people, desk, who, code):
    given = desk.assign(desk.classified())
    if code is None:
        assert raised(given, getattr(people, who)).raised_by == people.clerk
    else:
        assert refused(lambda: raised(given, getattr(people, who))) == code


def test_what_stays_in_the_house_is_not_disputed(people, desk):
    given = desk.assign(desk.classified(), kind=DispositionKind.INTERNAL, unit_code="legal_committee")
    assert refused(lambda: raised(given, people.clerk)) == "objection.kind_closed"


def test_the_database_refuses_a_further_objection_decided_by_whoever_was_not_named(people, desk):
    objection = raised(desk.assign(desk.classified()), people.unit_clerk)
    decided = {"state": "refused", "words": "不同意", "decided_at": moment(3, 9), "decided_by": people.clerk}
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(round=2, **decided)
