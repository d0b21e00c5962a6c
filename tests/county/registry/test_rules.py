"""收件、登记、阅信、归类: the rule book of the register."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from huiyin.accounts.roles import Role
from huiyin.county.registry import rules
from huiyin.county.registry.states import (
    ENDED,
    MOVES,
    AttachmentKind,
    Channel,
    Confidentiality,
    PetitionerKind,
    Purpose,
    Recurrence,
    State,
)
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import RuleSet, load

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 3, 2)
RULESETS = Path(__file__).parents[3] / "tenants" / "rulesets"
GOOD = rules.Registration(summary="反映上湾村水费重复收取", name="马长根")


@dataclass(frozen=True)
class Somebody:
    role_set: frozenset[Role]


def somebody(*roles: Role) -> Somebody:
    return Somebody(frozenset(roles))


@pytest.fixture(scope="module")
def r22() -> RuleSet:
    return load(RULESETS / "r22.toml")


def people(count: int) -> tuple[rules.RepresentativeEntry, ...]:
    return tuple(rules.RepresentativeEntry(name=f"代表{position}") for position in range(count))


@pytest.mark.parametrize(
    ("changed", "channel", "code"),
    [
        ({"summary": "  "}, Channel.LETTER, "petition.summary_missing"),
        ({"summary": "长" * 501}, Channel.LETTER, "petition.summary_too_long"),
        ({"name": ""}, Channel.LETTER, "petition.name_missing"),
        ({"head_count": 0}, Channel.WALK_IN, "receipt.nobody_came"),
        ({"identity_number": "110101199003070012"}, Channel.LETTER, "identity.bad_check_digit"),
        ({"phone": "12"}, Channel.LETTER, "phone.bad_length"),
        ({"head_count": 40, "representatives": people(6)}, Channel.WALK_IN, "petition.too_many_representatives"),
        (
            {"head_count": 2, "representatives": people(3)},
            Channel.WALK_IN,
            "petition.more_representatives_than_people",
        ),
        ({"representatives": people(1)}, Channel.LETTER, "petition.representatives_without_visit"),
    ],
)
def test_a_registration_with_a_fault_is_refused(changed, channel, code, r22):
    with pytest.raises(Refusal) as refused:
        rules.check_registration(replace(GOOD, **changed), channel=channel, ruleset=r22, today=TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("changed", "channel"),
    [
        ({}, Channel.LETTER),
        ({"name": "", "petitioner_kind": PetitionerKind.ANONYMOUS}, Channel.LETTER),
        ({"head_count": 40, "representatives": people(5)}, Channel.WALK_IN),
        ({"summary": "长" * 500}, Channel.PHONE),
        ({"phone": "139 0000 1234"}, Channel.WEB),
    ],
)
def test_a_registration_without_a_fault_is_taken(changed, channel, r22):
    rules.check_registration(replace(GOOD, **changed), channel=channel, ruleset=r22, today=TODAY)


@pytest.mark.parametrize(
    ("channel", "head_count", "group"),
    [
        (Channel.WALK_IN, 4, False),
        (Channel.WALK_IN, 5, True),
        (Channel.LETTER, 50, False),  # 联名信不是集体访
    ],
)
def test_a_group_visit_begins_with_five_visitors(channel, head_count, group, r22):
    assert rules.is_group(channel, head_count, r22) is group


def test_a_receipt_may_be_from_today_but_not_from_tomorrow():
    rules.check_received_on(date(2026, 3, 2), at=AT)
    with pytest.raises(Refusal, match="晚于今天"):
        rules.check_received_on(date(2026, 3, 3), at=AT)


@pytest.mark.parametrize(
    ("channel", "kinds", "taken_over", "refused"),
    [
        (Channel.LETTER, [], False, True),
        (Channel.LETTER, ["record"], False, True),
        (Channel.LETTER, ["original"], False, False),
        (Channel.WALK_IN, ["original"], False, True),
        (Channel.WALK_IN, ["record"], False, False),
        (Channel.PHONE, [], False, False),
        (Channel.LETTER, [], True, False),  # 旧台账导入的缺口由第一个百分之百显示
    ],
)
def test_nobody_goes_on_without_the_original(channel, kinds, taken_over, refused):
    if not refused:
        rules.check_original_present(channel, kinds, taken_over=taken_over)
        return
    with pytest.raises(Refusal) as said:
        rules.check_original_present(channel, kinds, taken_over=taken_over)
    assert said.value.code == "petition.original_missing"


def test_a_repeat_names_what_it_repeats_and_never_itself():
    repeat = rules.Classification(Purpose.CLAIM, "01", "农村农业", Recurrence.REPEAT)
    with pytest.raises(Refusal, match="与哪一件重复"):
        rules.check_classification(repeat, own_id=7)
    with pytest.raises(Refusal, match="自身"):
        rules.check_classification(replace(repeat, repeats_id=7), own_id=7)
    rules.check_classification(replace(repeat, repeats_id=6), own_id=7)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\nscan\n%%EOF", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82", "image/png"),
        (b"\xff\xd8\xff....\xff\xd9", "image/jpeg"),
    ],
)
def test_a_scan_is_known_by_its_content(data, media_type):
    assert rules.media_type_of(data) == media_type


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "attachment.empty"),
        (b"%PDF-1.7\ncut off", "attachment.unknown_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "attachment.unknown_type"),
        (b"GIF89a", "attachment.unknown_type"),
        (b"MZ\x90\x00", "attachment.unknown_type"),
        (b" %PDF-1.7 %%EOF", "attachment.unknown_type"),
        (b"%PDF-" + b"0" * rules.SIZE_LIMIT, "attachment.too_large"),
    ],
)
def test_what_is_no_scan_is_refused(data, code):
    with pytest.raises(Refusal) as refused:
        rules.media_type_of(data)
    assert refused.value.code == code


@pytest.mark.parametrize(("reason", "approver_id"), [("", 2), ("重复登记", 1)])
def test_a_void_takes_a_reason_and_another_person(reason, approver_id):
    with pytest.raises(Refusal):
        rules.check_void(reason, by_id=1, approver_id=approver_id)
    rules.check_void("重复登记", by_id=1, approver_id=2)


@pytest.mark.parametrize(
    ("check", "allowed"),
    [
        (rules.may_take_receipt, {Role.CLERK, Role.HEAD, Role.RESTRICTED, Role.MAIL_ROOM, Role.LEADER}),
        (rules.may_register, {Role.CLERK, Role.HEAD, Role.RESTRICTED}),
        (rules.may_read, {Role.CLERK, Role.HEAD, Role.RESTRICTED, Role.LEADER, Role.GROUP_HEAD}),
        (rules.may_classify, {Role.CLERK, Role.HEAD, Role.RESTRICTED}),
        (rules.may_approve, {Role.HEAD, Role.LEADER, Role.GROUP_HEAD}),
    ],
)
def test_who_may_do_what_in_the_register(check, allowed):
    assert {role for role in Role if check(somebody(role))} == allowed


def test_only_the_restricted_officer_registers_an_accusation():
    with pytest.raises(Refusal):
        rules.check_may_register_as(somebody(Role.CLERK), Confidentiality.SEALED)
    rules.check_may_register_as(somebody(Role.RESTRICTED), Confidentiality.SEALED)


def test_every_state_has_its_moves_and_what_ended_has_none():
    assert set(MOVES) == set(State)
    assert {state for state, moves in MOVES.items() if not moves - ENDED} >= ENDED
    assert {state for state, moves in MOVES.items() if not moves} == {State.ARCHIVED, State.VOIDED}


def test_nothing_is_closed_that_was_reported_but_not_answered():
    assert State.CLOSED not in MOVES[State.REPORTED]
    assert State.CLOSED not in MOVES[State.VERIFIED]
    with pytest.raises(Refusal, match="已报结的信访件不能转为办结"):
        rules.check_move(State.REPORTED, State.CLOSED)


@pytest.mark.parametrize(
    ("role", "kind", "words"),
    [
        (Role.CLERK, AttachmentKind.ORIGINAL, None),
        (Role.LEADER, AttachmentKind.RECORD, None),
        (Role.UNIT_CLERK, AttachmentKind.REPLY, None),
        (Role.UNIT_CLERK, AttachmentKind.ORIGINAL, "承办单位不能上传来信原件"),
        (Role.UNIT_HEAD, AttachmentKind.RECORD, "承办单位不能上传接谈笔录"),
        (Role.AUDITOR, AttachmentKind.OTHER, "上传附件需要由"),
        (Role.ADMINISTRATOR, AttachmentKind.OTHER, "上传附件需要由"),
    ],
)
def test_evidence_is_added_by_whoever_works_on_it(role, kind, words):
    if words is None:
        rules.check_may_attach(somebody(role), kind)
        return
    with pytest.raises(Refusal, match=words):
        rules.check_may_attach(somebody(role), kind)
