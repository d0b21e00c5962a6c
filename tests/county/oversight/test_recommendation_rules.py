"""三项建议: who drafts, who decides, what an answer must say."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from huiyin.accounts.roles import Role
from huiyin.county.oversight import recommendation_rules as rules
from huiyin.county.oversight.recommendation_rules import AnswerEntry, RecommendationEntry
from huiyin.county.oversight.states import Adoption, Instrument, Level, RecommendationKind, RecommendationState
from huiyin.county.registry.states import Confidentiality
from huiyin.kernel.refusal import Refusal

AT = datetime(2026, 6, 1, 1, tzinfo=UTC)
WORK, POLICY, BLAME = RecommendationKind


@dataclass(frozen=True)
class Someone:
    role_set: frozenset[Role]


def person(role: Role) -> Someone:
    return Someone(frozenset({role}))


def entry(**changes: object) -> RecommendationEntry:
    values = {
        "kind": WORK,
        "subject": "农业水费收缴公开",
        "facts": "三个村的水费没有公示。",
        "words": "全部灌区按季公示水费。",
        "basis": rules.BASIS[WORK],
        "due_on": date(2026, 6, 30),
    }
    return RecommendationEntry(**{**values, **changes})  # type: ignore[arg-type]  # a row of the table names one


def code_of(check, *args: object, **values: object) -> str:
    with pytest.raises(Refusal) as refused:
        check(*args, **values)
    return refused.value.code


@pytest.mark.parametrize(
    ("role", "kind", "may"),
    [
        (Role.HEAD, WORK, True),
        (Role.HEAD, POLICY, True),
        (Role.HEAD, BLAME, False),
        (Role.LEADER, BLAME, True),
        (Role.GROUP_HEAD, BLAME, True),
        (Role.CLERK, WORK, False),
        (Role.AUDITOR, POLICY, False),
        (Role.UNIT_HEAD, WORK, False),
    ],
)
def test_who_decides_which_kind(role, kind, may):
    assert rules.may_decide(person(role), kind) is may


@pytest.mark.parametrize(
    ("role", "drafts", "answers"),
    [
        (Role.CLERK, True, True),
        (Role.HEAD, True, True),
        (Role.LEADER, False, False),
        (Role.UNIT_CLERK, False, True),
        (Role.UNIT_HEAD, False, True),
        (Role.AUDITOR, False, False),
        (Role.ADMINISTRATOR, False, False),
    ],
)
def test_who_drafts_and_who_answers(role, drafts, answers):
    assert (rules.may_draft(person(role)), rules.may_answer(person(role))) == (drafts, answers)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"facts": " "}, "recommendation.incomplete"),
        ({"words": ""}, "recommendation.incomplete"),
        ({"due_on": date(2026, 6, 1)}, "recommendation.due_in_the_past"),
    ],
    ids=["没有事实", "没有建议", "期限是当天"],
)
def test_a_draft_that_lacks_something_is_refused(changes, code):
    assert code_of(rules.check_entry, entry(**changes), at=AT) == code
    rules.check_entry(entry(due_on=date(2026, 6, 2)), at=AT)


@pytest.mark.parametrize(
    ("adoption", "words", "answered_on", "code"),
    [
        (Adoption.YES, "", date(2026, 6, 1), "recommendation.answer_missing"),
        (Adoption.NO, " ", date(2026, 6, 1), "recommendation.answer_missing"),
        (Adoption.YES, "六月底前公示", date(2026, 5, 19), "recommendation.answered_when"),
        (Adoption.YES, "六月底前公示", date(2026, 6, 2), "recommendation.answered_when"),
        (Adoption.YES, "六月底前公示", date(2026, 5, 20), ""),
        (Adoption.PARTLY, "两个灌区先行，其余缺经费", date(2026, 6, 1), ""),
    ],
    ids=["采纳没写措施", "未采纳没写理由", "早于提出", "今天以后", "提出当天", "今天"],
)
def test_what_an_answer_must_say(adoption, words, answered_on, code):
    answer = AnswerEntry(adoption, words, answered_on)
    if code:
        assert code_of(rules.check_answer, answer, made_on=date(2026, 5, 20), at=AT) == code
    else:
        rules.check_answer(answer, made_on=date(2026, 5, 20), at=AT)


def test_nobody_decides_an_own_draft():
    assert code_of(rules.check_second_person, drafter_id=7, by_id=7) == "recommendation.needs_second_person"
    rules.check_second_person(drafter_id=7, by_id=8)


@pytest.mark.parametrize("confidentiality", [Confidentiality.SEALED, Confidentiality.NUMBER_ONLY])
def test_no_recommendation_stands_on_an_accusation(confidentiality):
    refused = code_of(rules.check_linked, "信1", confidentiality, is_open_to_unit=True)
    assert refused == "recommendation.petition_closed"
    assert code_of(rules.check_linked, "信1", Confidentiality.ORDINARY, is_open_to_unit=False) == refused


@pytest.mark.parametrize(
    ("level", "instrument", "is_same_unit", "code"),
    [
        (Level.INSTRUMENT, Instrument.IMPROVE_WORK, True, ""),
        (Level.INSTRUMENT, Instrument.APPRAISAL, True, "recommendation.other_instrument"),
        (Level.INSTRUMENT, Instrument.ACCOUNTABILITY, True, "recommendation.other_instrument"),
        (Level.LETTER, None, True, "recommendation.other_instrument"),
        (Level.INSTRUMENT, Instrument.IMPROVE_WORK, False, "recommendation.other_unit"),
    ],
    ids=["决定提出改进工作建议", "决定评议", "决定追究责任", "督办函", "另一个单位"],
)
def test_a_step_is_carried_out_by_the_kind_that_it_chose(level, instrument, is_same_unit, code):
    if code:
        assert code_of(rules.check_step, level, instrument, WORK, is_same_unit=is_same_unit) == code
    else:
        rules.check_step(level, instrument, WORK, is_same_unit=is_same_unit)


@pytest.mark.parametrize(
    ("answered_on", "late"),
    [(None, 1), (date(2026, 6, 30), 0), (date(2026, 7, 3), 3)],
    ids=["没有反馈", "最后一天", "晚三天"],
)
def test_the_last_day_is_in_time(answered_on, late):
    assert rules.days_late(date(2026, 6, 30), answered_on, today=date(2026, 7, 1)) == late


def test_what_is_answered_is_decided_no_more():
    refused = code_of(rules.check_state, RecommendationState.ANSWERED, RecommendationState.DRAFTED, act="批准")
    assert refused == "recommendation.bad_move"
    assert code_of(rules.check_send_back, " ") == "recommendation.words_missing"
