"""交办、签收、反馈、退回: what the office may give and what a unit owes."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from huiyin.accounts.roles import Role
from huiyin.county.assignment import rules
from huiyin.county.assignment.states import (
    FINISHED,
    MOVES,
    TO_A_UNIT,
    AssignmentState,
    DispositionKind,
    Outcome,
    ReturnReason,
)
from huiyin.county.office.states import Branch
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import IntakeMode

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class Somebody:
    role_set: frozenset[Role]
    unit_code: str = ""


@pytest.mark.parametrize(
    ("kind", "branch", "active", "mode", "code"),
    [
        (DispositionKind.ASSIGNMENT, Branch.GOVERNMENT, True, IntakeMode.TRANSFER, None),
        (DispositionKind.ASSIGNMENT, Branch.GOVERNMENT, True, IntakeMode.GUIDE, "assignment.guide_mode"),
        (DispositionKind.REFERRAL, Branch.COURT, True, IntakeMode.GUIDE, "assignment.guide_mode"),
        (DispositionKind.INTERNAL, Branch.CONGRESS, True, IntakeMode.GUIDE, None),
        (DispositionKind.INTERNAL, Branch.COURT, True, IntakeMode.TRANSFER, "assignment.internal_is_in_house"),
        (DispositionKind.ASSIGNMENT, Branch.TOWNSHIP, False, IntakeMode.TRANSFER, "assignment.unit_inactive"),
    ],
)
def test_which_unit_can_be_given_what(kind, branch, active, mode, code):
    def check() -> None:
        rules.check_unit(kind, branch=branch, is_active=active, intake_mode=mode)

    if code is None:
        check()
        return
    with pytest.raises(Refusal) as refused:
        check()
    assert refused.value.code == code


@pytest.mark.parametrize("due_on", [date(2026, 3, 1), date(2026, 3, 2)])
def test_a_day_printed_on_the_letter_lies_ahead(due_on):
    with pytest.raises(Refusal, match="须晚于今天"):
        rules.check_due_on(due_on, at=AT)
    rules.check_due_on(date(2026, 3, 3), at=AT)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": ""}, "disposition.reason_missing"),
        ({"basis": ""}, "disposition.basis_missing"),
        ({"approver_id": 1}, "disposition.needs_second_person"),
        ({"kind": DispositionKind.ASSIGNMENT}, "disposition.needs_a_unit"),
    ],
)
def test_what_ends_here_has_reason_basis_and_a_second_person(changed, code):
    good = {"kind": DispositionKind.FILED, "basis": "规则第八条", "reason": "内容重复", "by_id": 1, "approver_id": 2}
    values = {**good, **changed}
    kind = values.pop("kind")
    with pytest.raises(Refusal) as refused:
        rules.check_decision_here(kind, **values)
    assert refused.value.code == code


def test_guidance_says_where_to_go():
    with pytest.raises(Refusal, match="有权处理的机关"):
        rules.check_guidance(DispositionKind.GUIDANCE, "")
    rules.check_guidance(DispositionKind.GUIDANCE, "县人力资源和社会保障局")


@pytest.mark.parametrize(
    ("facts", "basis", "handler", "answered", "code"),
    [
        ("", "依据", "何立群", [1, 2], "report.facts_missing"),
        ("事实", "", "何立群", [1, 2], "report.basis_missing"),
        ("事实", "依据", " ", [1, 2], "report.handler_missing"),
        ("事实", "依据", "何立群", [1], "report.claim_unanswered"),
        ("事实", "依据", "何立群", [1, 2, 9], "report.unknown_claim"),
    ],
)
def test_a_report_answers_every_claim_and_names_its_handler(facts, basis, handler, answered, code):
    answers = tuple(rules.ClaimAnswer(claim, Outcome.SUPPORTED) for claim in answered)
    entry = rules.ReportEntry(facts=facts, basis=basis, measures="", handler_name=handler, answers=answers)
    with pytest.raises(Refusal) as refused:
        rules.check_report(entry, claim_ids=[1, 2])
    assert refused.value.code == code


def test_a_return_says_what_is_lacking():
    with pytest.raises(Refusal, match="退回原因"):
        rules.check_return([], "补材料")
    with pytest.raises(Refusal, match="补正的内容"):
        rules.check_return([ReturnReason.PROOF_MISSING], " ")


@pytest.mark.parametrize(
    ("role", "unit", "allowed"),
    [
        (Role.UNIT_CLERK, "water", True),
        (Role.UNIT_HEAD, "water", True),
        (Role.UNIT_CLERK, "agriculture", False),
        (Role.CLERK, "", True),  # 纸质回执由信访办代录
        (Role.LEADER, "", False),
        (Role.AUDITOR, "", False),
    ],
)
def test_who_signs_for_the_water_bureau(role, unit, allowed):
    assert rules.may_sign(Somebody(frozenset({role}), unit), "water") is allowed


def test_every_state_of_an_assignment_has_its_moves():
    assert set(MOVES) == set(AssignmentState)
    assert {state for state, moves in MOVES.items() if not moves} == FINISHED


def test_an_accusation_never_goes_by_an_open_letter():
    assert DispositionKind.SEALED_TRANSFER in TO_A_UNIT
    assert DispositionKind.MERGED not in TO_A_UNIT
