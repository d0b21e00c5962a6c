"""交办、签收、反馈、退回: what the office may give and what a unit owes."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiyin.accounts.roles import Role
from huiyin.county.assignment.rules import (
    assignments,
    dispositions,
    extensions,
    objections,
    report_checks,
    reports,
    splits,
)
from huiyin.county.assignment.rules.dispositions import Ending, Nature
from huiyin.county.assignment.rules.report_checks import Finding
from huiyin.county.assignment.rules.splits import SplitEntry
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
from huiyin.county.registry import importance
from huiyin.county.registry.secrecy import AccusedEntry
from huiyin.county.registry.states import Channel, Confidentiality, Jurisdiction, Recurrence, State
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import Approver, IntakeMode

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
        (DispositionKind.ASSIGNMENT, Branch.SUPERIOR, True, IntakeMode.TRANSFER, "assignment.unit_is_above"),
        (DispositionKind.REFERRAL, Branch.SUPERIOR, True, IntakeMode.TRANSFER, "assignment.unit_is_above"),
    ],
)
def test_which_unit_can_be_given_what(kind, branch, active, mode, code):
    def check() -> None:
        dispositions.check_unit(kind, branch=branch, is_active=active, intake_mode=mode)

    if code is None:
        check()
        return
    with pytest.raises(Refusal) as refused:
        check()
    assert refused.value.code == code


@pytest.mark.parametrize("due_on", [date(2026, 3, 1), date(2026, 3, 2)])
def test_a_day_printed_on_the_letter_lies_ahead(due_on):
    with pytest.raises(Refusal, match="须晚于今天"):
        assignments.check_due_on(due_on, at=AT)
    assignments.check_due_on(date(2026, 3, 3), at=AT)


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
        dispositions.check_decision_here(kind, **values)
    assert refused.value.code == code


def test_guidance_says_where_to_go():
    with pytest.raises(Refusal, match="有权处理的机关"):
        dispositions.check_guidance(DispositionKind.GUIDANCE, "")
    dispositions.check_guidance(DispositionKind.GUIDANCE, "县人力资源和社会保障局")


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
    answers = tuple(reports.ClaimAnswer(claim, Outcome.SUPPORTED) for claim in answered)
    entry = reports.ReportEntry(facts=facts, basis=basis, measures="", handler_name=handler, answers=answers)
    with pytest.raises(Refusal) as refused:
        reports.check_report(entry, claim_ids=[1, 2])
    assert refused.value.code == code


def test_a_return_says_what_is_lacking():
    with pytest.raises(Refusal, match="退回原因"):
        reports.check_return([], "补材料")
    with pytest.raises(Refusal, match="补正的内容"):
        reports.check_return([ReturnReason.PROOF_MISSING], " ")


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
    assert assignments.may_sign(Somebody(frozenset({role}), unit), "water") is allowed


def test_every_state_of_an_assignment_has_its_moves():
    assert set(MOVES) == set(AssignmentState)
    assert {state for state, moves in MOVES.items() if not moves} == FINISHED


def test_an_accusation_never_goes_by_an_open_letter():
    assert DispositionKind.SEALED_TRANSFER in TO_A_UNIT
    assert DispositionKind.MERGED not in TO_A_UNIT


ORDINARY = {
    "channel": Channel.LETTER,
    "confidentiality": Confidentiality.ORDINARY,
    "jurisdiction": Jurisdiction.COUNTY,
    "is_litigation": False,
    "is_important": False,
    "is_from_above": False,
    "is_many": False,
    "recurrence": Recurrence.FIRST,
    "intake_mode": IntakeMode.TRANSFER,
    "taken_over": False,
}
SEALED = {"confidentiality": Confidentiality.SEALED, "is_important": True}
VISITOR = {"is_litigation": True, "channel": Channel.WALK_IN}
ELSEWHERE = {"jurisdiction": Jurisdiction.ELSEWHERE}
ABOVE = {"jurisdiction": Jurisdiction.SUPERIOR}
OTHER_ROUTE = {"jurisdiction": Jurisdiction.OTHER_ROUTE}


def nature(**changed: Any) -> Nature:
    return Nature(**{**ORDINARY, **changed})


def code_of(check: Any, *values: Any, **named: Any) -> str | None:
    try:
        check(*values, **named)
    except Refusal as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(
    ("changed", "kind", "code"),
    [
        ({}, DispositionKind.ASSIGNMENT, None),
        ({}, DispositionKind.SEALED_TRANSFER, "disposition.not_sealed"),
        (SEALED, DispositionKind.SEALED_TRANSFER, None),
        (SEALED, DispositionKind.ASSIGNMENT, "assignment.sealed"),
        (SEALED, DispositionKind.REFERRAL, "assignment.sealed"),
        (SEALED, DispositionKind.INTERNAL, "assignment.sealed"),
        (SEALED, DispositionKind.FILED, None),
        ({"is_litigation": True}, DispositionKind.ASSIGNMENT, "assignment.on_the_merits"),
        ({"is_litigation": True}, DispositionKind.INTERNAL, "assignment.on_the_merits"),
        ({"is_litigation": True}, DispositionKind.REFERRAL, None),
        ({"is_litigation": True}, DispositionKind.GUIDANCE, None),
        (VISITOR, DispositionKind.REFERRAL, "assignment.visitor_is_guided"),
        (VISITOR, DispositionKind.GUIDANCE, None),
        (ELSEWHERE, DispositionKind.ASSIGNMENT, "assignment.elsewhere"),
        (ELSEWHERE, DispositionKind.REFERRAL, "assignment.elsewhere"),
        (ELSEWHERE, DispositionKind.GUIDANCE, None),
        (ABOVE, DispositionKind.ASSIGNMENT, "assignment.other_route"),
        (OTHER_ROUTE, DispositionKind.ASSIGNMENT, "assignment.other_route"),
        (OTHER_ROUTE, DispositionKind.REFERRAL, None),
        ({"is_litigation": True, "taken_over": True}, DispositionKind.ASSIGNMENT, None),  # 旧台账照录
    ],
)
def test_the_nature_of_a_petition_closes_ways(changed, kind, code):
    assert code_of(dispositions.check_kind, kind, nature(**changed)) == code


@pytest.mark.parametrize(
    ("branch", "procedure", "code"),
    [
        (Branch.COURT, "持判决书申诉", None),
        (Branch.PROCURATORATE, "申请抗诉", None),
        (Branch.POLITICAL_LEGAL, "申请行政复议", None),
        (Branch.GOVERNMENT, "申请行政复议", "assignment.not_judicial"),
        (Branch.COURT, " ", "assignment.guidance_missing"),
    ],
)
def test_litigation_goes_to_a_judicial_organ_with_written_guidance(branch, procedure, code):
    case = nature(is_litigation=True)
    kind = DispositionKind.REFERRAL
    assert code_of(dispositions.check_judicial, kind, branch=branch, procedure=procedure, nature=case) == code


@pytest.mark.parametrize(
    ("unit", "accused", "code"),
    [
        (["water", "government"], [], None),
        (["water", "government"], ["agriculture"], None),
        (["water", "government"], ["water"], "assignment.unit_accused"),
        (["irrigation_station", "water", "government"], ["water"], "assignment.unit_accused"),
        (["irrigation_station", "water", "government"], ["government"], "assignment.unit_accused"),
        (["water", "government"], ["irrigation_station"], None),  # 上级单位可以收
    ],
)
def test_no_accused_unit_and_no_subordinate_of_one(unit, accused, code):
    assert code_of(dispositions.check_unit_is_not_accused, unit, accused) == code


def test_nobody_accused_handles_it():
    assert code_of(dispositions.check_person_is_not_accused, " 高站长 ", ["高站长"]) == "assignment.handler_accused"
    assert code_of(dispositions.check_person_is_not_accused, "何立群", ["高站长"]) is None


@pytest.mark.parametrize(
    ("changed", "kind", "given", "code"),
    [
        ({}, DispositionKind.ASSIGNMENT, {}, None),
        ({"is_important": True}, DispositionKind.ASSIGNMENT, {}, "disposition.needs_proposal"),
        ({"is_important": True}, DispositionKind.FILED, {}, "disposition.needs_proposal"),
        ({"is_important": True}, DispositionKind.ASSIGNMENT, {"is_approved": True}, None),
        ({"is_important": True, "taken_over": True}, DispositionKind.ASSIGNMENT, {}, None),
        ({}, DispositionKind.ASSIGNMENT, {"is_pending": True}, "disposition.proposal_pending"),
        (SEALED, DispositionKind.SEALED_TRANSFER, {"leader_is_named": False}, None),
        (SEALED, DispositionKind.SEALED_TRANSFER, {"leader_is_named": True}, "disposition.needs_proposal"),
        (SEALED, DispositionKind.FILED, {"leader_is_named": False}, "disposition.needs_proposal"),
    ],
)
def test_what_is_important_is_decided_by_a_head_or_leader(changed, kind, given, code):
    values = {"is_approved": False, "is_pending": False, **given}
    assert code_of(dispositions.check_decided_rightly, kind, nature(**changed), **values) == code


@pytest.mark.parametrize(
    ("changed", "given", "words"),
    [
        ({}, {}, ""),
        ({}, {"kind": DispositionKind.REFERRAL}, "只有交办"),
        ({"recurrence": Recurrence.REPEAT}, {}, "初次"),
        ({"is_from_above": True}, {}, "上级"),
        ({"is_litigation": True}, {}, "法定途径"),
        (OTHER_ROUTE, {}, "法定途径"),
        ({"is_many": True}, {}, "联名"),
        ({}, {"is_refusal_likely": True}, "不予支持"),
        ({}, {"units": 2}, "会同"),
    ],
)
def test_the_simple_procedure_is_for_what_can_be_answered_at_once(changed, given, words):
    values = {"kind": DispositionKind.ASSIGNMENT, "units": 1, "is_refusal_likely": False, **given}
    if not words:
        dispositions.check_simple(nature(**changed), **values)
        return
    with pytest.raises(Refusal, match=words) as refused:
        dispositions.check_simple(nature(**changed), **values)
    assert refused.value.code == "assignment.not_simple"


@pytest.mark.parametrize(
    ("branch", "confidentiality", "code"),
    [
        (Branch.SUPERVISION_COMMISSION, Confidentiality.SEALED, None),
        (Branch.SUPERIOR, Confidentiality.SEALED, None),
        (Branch.SUPERIOR, Confidentiality.NUMBER_ONLY, None),
        (Branch.SUPERVISION_COMMISSION, Confidentiality.NUMBER_ONLY, "disposition.goes_upward"),
        (Branch.GOVERNMENT, Confidentiality.SEALED, "disposition.not_a_receiver"),
        (Branch.COURT, Confidentiality.SEALED, "disposition.not_a_receiver"),
    ],
)
def test_who_receives_an_accusation(branch, confidentiality, code):
    found = code_of(dispositions.check_sealed_receiver, branch, is_active=True, confidentiality=confidentiality)
    assert found == code


@pytest.mark.parametrize(
    ("kind", "missing", "code"),
    [
        (DispositionKind.GUIDANCE, "procedure", "disposition.procedure_missing"),
        (DispositionKind.NOT_REACCEPTED, "conclusion", "disposition.conclusion_missing"),
        (DispositionKind.FILED, "second_note", "disposition.second_note_missing"),
    ],
)
def test_each_ending_shows_what_it_stands_on(kind, missing, code):
    whole: dict[str, Any] = {
        "reason": "理由",
        "procedure": "申请行政复议",
        "conclusion": "复核意见",
        "second_note": "同意存查",
    }
    assert code_of(dispositions.check_ending, kind, Ending(**whole), taken_over=False) is None
    lacking = Ending(**{**whole, missing: " "})
    assert code_of(dispositions.check_ending, kind, lacking, taken_over=False) == code
    assert code_of(dispositions.check_ending, kind, lacking, taken_over=True) is None


def test_a_proposal_has_reason_and_basis_and_another_decider():
    assert code_of(dispositions.check_proposal, reason=" ", basis="条例") == "proposal.reason_missing"
    assert code_of(dispositions.check_proposal, reason="理由", basis="") == "proposal.basis_missing"
    head, clerk = Somebody(frozenset({Role.HEAD})), Somebody(frozenset({Role.CLERK}))
    assert code_of(dispositions.check_may_decide, head, by_id=2, proposer_id=1) is None
    assert code_of(dispositions.check_may_decide, head, by_id=1, proposer_id=1) == "proposal.needs_second_person"
    assert code_of(dispositions.check_may_decide, clerk, by_id=2, proposer_id=1) == "permission.role_missing"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, None),
        ({"kind": DispositionKind.REFERRAL}, "assignment.no_co_handlers"),
        ({"is_simple": True}, "assignment.not_simple"),
        ({"is_given_already": True}, "assignment.given_already"),
        ({"state": State.REPORTED}, "assignment.too_late_to_join"),
        ({"state": State.RETURNED}, None),
    ],
)
def test_when_a_further_unit_can_join(given, code):
    values = {"is_simple": False, "is_given_already": False, "state": State.IN_PROGRESS, **given}
    kind = values.pop("kind", DispositionKind.ASSIGNMENT)
    assert code_of(assignments.check_co_handler, kind, **values) == code


@pytest.mark.parametrize(
    ("now", "then", "is_lead", "reason", "code"),
    [
        (AssignmentState.ISSUED, AssignmentState.SIGNED, False, "职责调整", None),
        (AssignmentState.SIGNED, AssignmentState.ISSUED, False, "", "assignment.lead_reason_missing"),
        (AssignmentState.SIGNED, AssignmentState.ISSUED, True, "职责调整", "assignment.is_lead"),
        (AssignmentState.REPORTED, AssignmentState.SIGNED, False, "职责调整", "assignment.too_late_to_lead"),
        (AssignmentState.SIGNED, AssignmentState.REPORTED, False, "职责调整", "assignment.too_late_to_lead"),
    ],
)
def test_the_lead_changes_before_anybody_has_reported(now, then, is_lead, reason, code):
    assert code_of(assignments.check_new_lead, is_lead=is_lead, then=then, now=now, reason=reason) == code


@pytest.mark.parametrize(
    ("demanded_on", "printed", "code"),
    [
        (None, None, None),
        (date(2026, 3, 2), None, None),  # 当天仍可
        (date(2026, 3, 1), None, "assignment.demanded_day_past"),
        (date(2026, 3, 1), date(2026, 3, 20), None),
    ],
)
def test_a_day_demanded_from_above_that_is_over_needs_a_new_one(demanded_on, printed, code):
    assert code_of(assignments.check_demanded_day, demanded_on, printed=printed, at=AT) == code


def test_a_letter_goes_out_redacted():
    found = code_of(assignments.check_redacted, is_confirmed=False, taken_over=False)
    assert found == "assignment.redaction_unconfirmed"
    assert code_of(assignments.check_redacted, is_confirmed=True, taken_over=False) is None
    assert code_of(assignments.check_redacted, is_confirmed=False, taken_over=True) is None


ENTRY = SplitEntry(
    summary="要求退还水费",
    excerpt="我家多交水费四百元，要求退还。",
    accusation="反映高站长收受好处",
    accused=(AccusedEntry("高站长"),),
)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"summary": " "}, "split.summary_missing"),
        ({"excerpt": ""}, "split.excerpt_missing"),
        ({"accusation": ""}, "split.accusation_missing"),
        ({"summary": "长" * 501}, "split.too_long"),
    ],
)
def test_a_mixed_letter_is_split_whole(changed, code):
    values = {name: getattr(ENTRY, name) for name in ("summary", "excerpt", "accusation", "accused")}
    assert code_of(splits.check_split, ENTRY) is None
    assert code_of(splits.check_split, SplitEntry(**{**values, **changed})) == code


@pytest.mark.parametrize(
    ("text", "code"), [("要求退还水费", None), ("高站长不退水费", "split.names_accused"), ("高站 长", None)]
)
def test_the_open_part_names_nobody_accused(text, code):
    assert code_of(splits.check_names_nobody_accused, [text], ["高站长", ""]) == code


@pytest.mark.parametrize(
    ("state", "confidentiality", "already", "code"),
    [
        (State.READ, Confidentiality.ORDINARY, False, None),
        (State.CLASSIFIED, Confidentiality.ORDINARY, False, None),
        (State.ASSIGNED, Confidentiality.ORDINARY, False, "split.too_late"),
        (State.READ, Confidentiality.SEALED, False, "split.sealed"),
        (State.READ, Confidentiality.ORDINARY, True, "split.done_already"),
    ],
)
def test_a_letter_is_split_once_and_before_it_is_decided(state, confidentiality, already, code):
    assert code_of(splits.check_splittable, state, confidentiality, is_split_already=already) == code


@dataclass
class Row:
    is_urgent: bool = False
    is_group: bool = False
    wants_leader: bool = False
    origin: str = "direct"
    purpose: str = "claim"
    confidentiality: str = "ordinary"
    source_number: str | None = None
    named_leader_id: int | None = None


@pytest.mark.parametrize(
    ("changed", "important"),
    [
        ({}, False),
        ({"is_urgent": True}, True),
        ({"is_group": True}, True),
        ({"wants_leader": True}, True),
        ({"origin": "leader"}, True),
        ({"origin": "superior"}, True),
        ({"origin": "deputy"}, False),
        ({"purpose": "accusation"}, True),
        ({"confidentiality": "sealed"}, True),
        ({"confidentiality": "number_only"}, True),
    ],
)
def test_what_is_important(changed, important):
    assert importance.is_important(Row(**changed)) is important


@pytest.mark.parametrize(
    ("role", "changed", "allowed"),
    [
        (Role.CLERK, {}, True),
        (Role.CLERK, {"is_group": True}, False),
        (Role.HEAD, {"is_group": True}, False),
        (Role.LEADER, {"is_group": True}, True),
        (Role.GROUP_HEAD, {"is_group": True}, True),
        (Role.CLERK, {"is_group": True, "source_number": "旧1号"}, True),
        (Role.RESTRICTED, {"confidentiality": "sealed"}, True),
        (Role.RESTRICTED, {"confidentiality": "sealed", "named_leader_id": 3}, False),
        (Role.LEADER, {"confidentiality": "sealed", "named_leader_id": 3}, True),
    ],
)
def test_what_is_important_is_verified_and_closed_by_a_leader(role, changed, allowed):
    assert importance.may_settle(Somebody(frozenset({role})), Row(**changed), act="办结") is allowed


@pytest.mark.parametrize(
    ("state", "has_limit", "last_on", "today", "code"),
    [
        (AssignmentState.ISSUED, True, date(2026, 3, 16), date(2026, 3, 16), None),  # the last day is in time
        (AssignmentState.SIGNED, True, date(2026, 3, 16), date(2026, 3, 16), None),  # a signature forfeits nothing
        (AssignmentState.ISSUED, True, date(2026, 3, 16), date(2026, 3, 17), "objection.too_late"),
        (AssignmentState.ISSUED, True, None, date(2026, 3, 10), "objection.too_late"),  # lapsed
        (AssignmentState.ISSUED, False, None, date(2026, 6, 1), None),  # R05: until it is signed
        (AssignmentState.SIGNED, False, None, date(2026, 3, 5), "objection.after_signing"),
    ],
)
def test_until_when_a_unit_may_object(  # a table's columns
    state: AssignmentState, has_limit: bool, last_on: date | None, today: date, code: str | None
) -> None:
    def check() -> None:
        objections.check_in_time(state, has_limit=has_limit, last_on=last_on, today=today)

    if code is None:
        check()
        return
    with pytest.raises(Refusal) as refused:
        check()
    assert refused.value.code == code


READ = report_checks.Read(
    facts="经查，2025年向38户多收水费共420元，原因是计量设备故障，已经更换设备并逐户核对。",
    measures="逐户退还，公示收费标准，每季度抽查一次计量设备。",
    answers=(report_checks.Answered(1, Outcome.SUPPORTED, "多收部分已经退还"),),
    claims=(1,),
    is_lead=True,
    has_reply=True,
    has_proof=True,
    was_told=True,
    days_late=0,
    returned=0,
    earlier=(),
)
SAME = report_checks.Earlier("青人交〔2026〕1号", READ.text)
OTHER = report_checks.Earlier("青人交〔2026〕2号", "宅基地边界经现场测量，双方签订调解协议。")
REFUSES = report_checks.Answered(1, Outcome.NOT_SUPPORTED, "没有法律依据")


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"claims": (1, 2)}, [Finding.UNANSWERED]),
        ({"answers": (report_checks.Answered(1, Outcome.EXPLAINED, " "),)}, [Finding.UNANSWERED]),
        ({"measures": ""}, [Finding.MISMATCH, Finding.TOO_SHORT]),  # 支持而没有措施
        ({"answers": (REFUSES,), "measures": "款项已退还农户，另行公示收费标准，每季度抽查。"}, [Finding.MISMATCH]),
        ({"answers": (REFUSES,)}, []),
        ({"has_reply": False, "has_proof": False}, [Finding.REPLY_MISSING, Finding.PROOF_MISSING]),
        ({"has_reply": False, "has_proof": False, "was_told": False, "is_lead": False}, []),  # 会办不另行答复
        ({"was_told": False}, [Finding.NOT_TOLD]),
        ({"earlier": (OTHER, SAME)}, [Finding.NEAR_COPY]),
        ({"days_late": 1}, [Finding.LATE]),
        ({"returned": 1}, [Finding.RETURNED_BEFORE]),
    ],
)
def test_what_of_a_report_asks_for_a_second_look(changed: dict[str, Any], found: list[Finding]) -> None:
    assert [one.finding for one in report_checks.checks_of(replace(READ, **changed))] == found


@pytest.mark.parametrize(
    ("role", "unit", "approver", "allowed"),
    [
        (Role.UNIT_HEAD, "water", Approver.UNIT_HEAD, True),
        (Role.UNIT_HEAD, "agriculture", Approver.UNIT_HEAD, False),
        (Role.UNIT_CLERK, "water", Approver.UNIT_HEAD, False),
        (Role.CLERK, "", Approver.UNIT_HEAD, True),  # 单位没有账号的，凭纸面批准代录
        (Role.UNIT_HEAD, "water", Approver.ASSIGNER, False),
        (Role.HEAD, "", Approver.ASSIGNER, True),
        (Role.CLERK, "", Approver.ASSIGNER, False),
    ],
)
def test_who_approves_more_time(role: Role, unit: str, approver: Approver, allowed: bool) -> None:
    assert extensions.may_decide(Somebody(frozenset({role}), unit), "water", approver) is allowed
