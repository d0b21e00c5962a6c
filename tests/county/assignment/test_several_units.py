"""主办、会办: the petition follows the lead; it is 审核通过 once every unit's report is."""

from datetime import date
from typing import Any

import pytest

from huiyin.county.assignment.actions import assignments, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules.dispositions import CoHandler
from huiyin.county.assignment.states import AssignmentState, DispatchMethod, DispositionKind, ReturnReason
from huiyin.county.journal.models import Entry
from huiyin.county.registry.intake_rules import ReceiptDetails
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.states import Origin, State
from huiyin.kernel.clocks import Clock
from huiyin.kernel.deadlines import Due, Source

from .conftest import moment, refused

FARMS = CoHandler("agriculture", "田有禾", "0199-5550112", "核对灌溉面积")


def together(desk: Any) -> tuple[Petition, Assignment, Assignment]:
    """A petition with the water bureau in the lead and the farm bureau beside it."""
    petition = desk.classified()
    lead = desk.assign(petition, co_handlers=(FARMS,))
    co = petition.assignments.get(is_lead=False)
    return petition, lead, co


def stands(petition: Petition) -> tuple[str, str | None, str]:
    petition.refresh_from_db()
    return petition.state, petition.owner_unit.code if petition.owner_unit else None, petition.owner_name


def running(petition: Petition, unit: str) -> set[str]:
    return set(Deadline.objects.running().filter(petition=petition, unit__code=unit).values_list("clock", flat=True))


def test_each_unit_has_its_letter_its_person_and_its_clocks(desk: Any) -> None:
    petition, lead, co = together(desk)
    assert {lead.number, co.number} == {"青人交〔2026〕1号", "青人交〔2026〕2号"}
    assert stands(petition) == ("assigned", "water", "何立群")
    of_each = {"sign", "objection", "progress", "report"}
    assert (running(petition, "water"), running(petition, "agriculture")) == (of_each | {"notice"}, of_each)
    assert (co.handler_name, co.instruction, co.due_on) == ("田有禾", "核对灌溉面积", lead.due_on)


def test_the_petition_follows_the_lead(desk: Any) -> None:
    petition, lead, co = together(desk)
    desk.sign(co, handler_name="田有禾")
    assert stands(petition)[0] == State.ASSIGNED.value
    desk.sign(lead)
    assert stands(petition) == ("in_progress", "water", "何立群")
    desk.report(co)
    assert stands(petition)[0] == State.IN_PROGRESS.value
    desk.report(lead)
    assert stands(petition) == ("reported", None, "马会计")


def test_it_is_verified_once_every_report_is(desk: Any) -> None:
    petition, lead, co = together(desk)
    for given in (lead, co):
        desk.sign(given)
    desk.report(lead)
    desk.verify(lead)
    assert stands(petition)[0] == State.REPORTED.value
    desk.report(co)
    desk.verify(co)
    assert stands(petition)[0] == State.VERIFIED.value


def test_a_returned_co_handler_does_not_move_the_petition(desk: Any, people: Any) -> None:
    petition, lead, co = together(desk)
    for given in (lead, co):
        desk.sign(given)
        desk.report(given)
    reports.return_report(
        assignment_id=co.pk, reasons=[ReturnReason.FACTS_UNCLEAR], words="请补充", by=people.clerk, at=moment(4, 2)
    )
    assert stands(petition)[0] == State.REPORTED.value
    assert running(petition, "agriculture") == {"rectification"}


def test_a_unit_joins_later(desk: Any, people: Any) -> None:
    petition = desk.classified()
    lead = desk.assign(petition)
    desk.sign(lead)
    joined = assignments.add_co_handler(
        petition_id=petition.pk, co_handler=FARMS, redaction_confirmed=True, by=people.clerk, at=moment(3, 20)
    )
    assert (joined.is_lead, joined.dispatched_at) == (False, moment(3, 20))
    assert stands(petition)[0] == State.IN_PROGRESS.value
    assert refused(
        lambda: assignments.add_co_handler(
            petition_id=petition.pk, co_handler=FARMS, redaction_confirmed=True, by=people.clerk, at=moment(3, 21)
        )
    ) == ("assignment.given_already")


def test_the_lead_passes_to_another_and_the_petition_with_it(desk: Any, people: Any) -> None:
    petition, lead, co = together(desk)
    desk.sign(lead)
    assignments.change_lead(assignment_id=co.pk, reason="主要是面积核定", by=people.clerk, at=moment(3, 10))
    assert stands(petition) == ("in_progress", "agriculture", "田有禾")
    assert petition.next_clock in running(petition, "agriculture")
    desk.sign(co, handler_name="田新", at=moment(3, 11))
    assert stands(petition) == ("in_progress", "agriculture", "田新")
    desk.report(lead)
    assert stands(petition)[0] == State.IN_PROGRESS.value
    desk.report(co)
    assert stands(petition)[0] == State.REPORTED.value


def test_a_signed_co_handler_that_takes_the_lead_is_at_work(desk: Any, people: Any) -> None:
    petition, _, co = together(desk)
    desk.sign(co, handler_name="田有禾")
    assignments.change_lead(assignment_id=co.pk, reason="职责调整", by=people.clerk, at=moment(3, 10))
    assert stands(petition) == ("in_progress", "agriculture", "田有禾")


def test_what_is_withdrawn_from_the_lead_is_decided_anew(desk: Any, people: Any) -> None:
    petition = desk.classified()
    lead = desk.assign(petition)
    assert refused(
        lambda: assignments.withdraw(assignment_id=lead.pk, reason="", by=people.clerk, at=moment(3, 6))
    ) == ("assignment.withdraw_reason_missing")
    assignments.withdraw(assignment_id=lead.pk, reason="交办单位有误", by=people.clerk, at=moment(3, 6))
    assert stands(petition) == ("classified", None, "马会计")
    assert not running(petition, "water")
    assert petition.dispositions.get().withdrawn_by == people.clerk
    again = desk.assign(petition, unit_code="agriculture", handler_name="田有禾", at=moment(3, 7))
    assert stands(petition) == ("assigned", "agriculture", "田有禾")
    assert again.number == "青人交〔2026〕2号"
    assert petition.dispositions.count() == 2


def test_the_lead_stays_while_others_are_at_work(desk: Any, people: Any) -> None:
    petition, lead, co = together(desk)
    assert refused(
        lambda: assignments.withdraw(assignment_id=lead.pk, reason="误", by=people.clerk, at=moment(3, 6))
    ) == ("assignment.lead_has_co_handlers")
    assignments.withdraw(assignment_id=co.pk, reason="不需会办", by=people.clerk, at=moment(3, 6))
    assert stands(petition)[0] == State.ASSIGNED.value
    assignments.withdraw(assignment_id=lead.pk, reason="误", by=people.clerk, at=moment(3, 7))
    assert stands(petition)[0] == State.CLASSIFIED.value


def test_the_last_co_handler_that_goes_lets_a_verified_petition_on(desk: Any, people: Any) -> None:
    petition, lead, co = together(desk)
    desk.sign(lead)
    desk.report(lead)
    desk.verify(lead)
    assert stands(petition)[0] == State.REPORTED.value
    assignments.withdraw(assignment_id=co.pk, reason="已无需会办", by=people.clerk, at=moment(4, 3))
    assert stands(petition)[0] == State.VERIFIED.value


def test_a_reported_assignment_is_not_withdrawn(desk: Any, people: Any) -> None:
    petition = desk.classified()
    lead = desk.assign(petition)
    desk.sign(lead)
    desk.report(lead)
    assert refused(
        lambda: assignments.withdraw(assignment_id=lead.pk, reason="误", by=people.clerk, at=moment(4, 2))
    ) == ("assignment.bad_move")
    assert AssignmentState(Assignment.objects.get(pk=lead.pk).state) is AssignmentState.REPORTED


def test_a_letter_is_redacted_and_its_dispatch_is_on_record(desk: Any, people: Any) -> None:
    petition = desk.classified()
    assert refused(lambda: desk.assign(petition, redaction_confirmed=False)) == "assignment.redaction_unconfirmed"
    assert not Assignment.objects.exists()
    given = desk.assign(petition, sent_by=DispatchMethod.EXCHANGE)
    assert (given.redacted_by, given.redacted_at) == (people.clerk, moment(3, 4))
    assert (given.dispatch_method, given.dispatched_at, given.dispatched_by) == ("exchange", moment(3, 4), people.clerk)


# 3月4日交办，3个工作日后（3月9日）视为收到，60日至5月8日（星期五）。
@pytest.mark.parametrize(
    ("demanded", "printed", "due_on", "source"),
    [
        (None, None, date(2026, 5, 8), None),
        (date(2026, 4, 20), None, date(2026, 4, 20), Source.SUPERIOR),
        (date(2026, 4, 20), date(2026, 4, 10), date(2026, 4, 10), Source.LETTER),
        (date(2026, 6, 20), None, date(2026, 5, 8), None),
        (None, date(2026, 3, 6), date(2026, 3, 6), Source.LETTER),  # 早于视为收到之日
    ],
)
def test_the_earliest_of_rule_letter_and_superior_is_the_due_date(
    desk: Any, demanded: Any, printed: Any, due_on: date, source: Any
) -> None:
    details = ReceiptDetails(origin_name="县人大代表陈禾", origin_number="代转3号", origin_due_on=demanded)
    petition = desk.classified(receipt={"origin": Origin.DEPUTY, "details": details})
    given = desk.assign(petition, due_on=printed)
    assert given.due_on == due_on
    stored = Deadline.objects.running().get(petition=petition, clock=Clock.REPORT.value)
    explicit = Due.from_values(stored.explanation).explicit
    assert (explicit.source if explicit else None) == source


def test_a_later_day_needs_another_person(desk: Any, people: Any) -> None:
    petition = desk.classified()
    late = date(2026, 6, 30)
    assert refused(lambda: desk.assign(petition, due_on=late)) == "deadline.later_needs_approval"
    assert refused(lambda: desk.assign(petition, due_on=late, due_approver=people.head, by=people.head)) == (
        "assignment.due_needs_second_person"
    )
    assert refused(lambda: desk.assign(petition, due_on=late, due_approver=people.clerk, by=people.head)) == (
        "permission.role_missing"
    )
    assert desk.assign(petition, due_on=late, due_approver=people.head).due_on == late


def test_a_demand_that_is_over_is_settled_with_the_superior_first(desk: Any) -> None:
    details = ReceiptDetails(origin_name="县人大代表陈禾", origin_due_on=date(2026, 3, 3))
    petition = desk.classified(receipt={"origin": Origin.DEPUTY, "details": details})
    assert refused(lambda: desk.assign(petition)) == "assignment.demanded_day_past"
    assert desk.assign(petition, due_on=date(2026, 3, 20)).due_on == date(2026, 3, 20)


def test_a_referral_asks_for_no_result_and_can_be_taken_back(desk: Any, people: Any) -> None:
    petition = desk.classified()
    given = desk.assign(petition, kind=DispositionKind.REFERRAL)
    assert (given.number, given.due_on) == ("青人转〔2026〕1号", None)
    assert stands(petition) == ("referred", None, "马会计")
    assignments.withdraw(assignment_id=given.pk, reason="误转", by=people.clerk, at=moment(3, 5))
    assert stands(petition)[0] == State.CLASSIFIED.value


def test_every_letter_is_told_once(desk: Any) -> None:
    petition, lead, co = together(desk)
    told = Entry.objects.filter(petition_id=petition.pk, event="assignment.issued").order_by("number")
    assert [(one.subject_id, one.values["role"], one.values["unit"]) for one in told] == [
        (lead.pk, "主办", "water"),
        (co.pk, "会办", "agriculture"),
    ]
