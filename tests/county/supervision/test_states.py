"""What leads where: the tables of states, and when the office is reminded."""

from datetime import date

import pytest

from huiyin.county.supervision.rules import activities, proposals
from huiyin.county.supervision.rules.reminders import Dates, Reminding, reminders
from huiyin.county.supervision.states import (
    ACTIVITY_MOVES,
    ENDED,
    LEADS_TO,
    MUST_DELIBERATE,
    MUST_REPORT,
    PROPOSAL_MOVES,
    SCHEME_TITLES,
    ActivityKind,
    ActivityState,
    Decision,
    ProposalState,
)
from huiyin.kernel.refusal import Refusal


@pytest.mark.parametrize("now", list(ProposalState))
@pytest.mark.parametrize("then", list(ProposalState))
def test_a_topic_moves_where_the_table_says_and_nowhere_else(now, then):
    if then in PROPOSAL_MOVES[now]:
        proposals.check_move(now, then)
    else:
        with pytest.raises(Refusal, match=now.label):
            proposals.check_move(now, then)


@pytest.mark.parametrize("now", list(ActivityState))
@pytest.mark.parametrize("then", list(ActivityState))
def test_an_activity_moves_where_the_table_says_and_nowhere_else(now, then):
    if then in ACTIVITY_MOVES[now]:
        activities.check_move(now, then)
    else:
        with pytest.raises(Refusal, match=now.label):
            activities.check_move(now, then)


def reached(moves, start):
    found, waiting = {start}, [start]
    while waiting:
        for then in moves[waiting.pop()] - found:
            found.add(then)
            waiting.append(then)
    return found


def test_every_state_can_be_reached_and_what_has_ended_leads_nowhere():
    assert reached(PROPOSAL_MOVES, ProposalState.DRAFT) == set(ProposalState)
    assert reached(ACTIVITY_MOVES, ActivityState.PREPARING) == set(ActivityState)
    assert {state for state, then in ACTIVITY_MOVES.items() if not then} == ENDED


def test_every_decision_leads_to_a_state_that_waiting_leads_to():
    assert set(LEADS_TO) == set(Decision)
    assert set(LEADS_TO.values()) == PROPOSAL_MOVES[ProposalState.WAITING]


def test_every_kind_has_its_scheme_and_none_owes_both_a_report_and_a_session():
    assert set(SCHEME_TITLES.values()) == {f"{kind.label}方案" for kind in ActivityKind}
    assert not MUST_REPORT & MUST_DELIBERATE


def dates(state, *, kind=ActivityKind.LAW_INSPECTION, finished_on=None):
    return Dates(kind, state, date(2026, 6, 8), date(2026, 6, 24), finished_on)


@pytest.mark.parametrize(
    ("state", "today", "why"),
    [
        (ActivityState.PREPARING, date(2026, 5, 31), []),
        (ActivityState.PREPARING, date(2026, 6, 1), [Reminding.SCHEME]),
        (ActivityState.APPROVED, date(2026, 6, 1), [Reminding.START]),
        (ActivityState.APPROVED, date(2026, 6, 7), [Reminding.START]),
        (ActivityState.APPROVED, date(2026, 6, 8), [Reminding.BEGIN]),
        (ActivityState.PREPARING, date(2026, 6, 20), [Reminding.BEGIN]),
        (ActivityState.UNDER_WAY, date(2026, 6, 16), []),
        (ActivityState.UNDER_WAY, date(2026, 6, 17), [Reminding.END]),
        (ActivityState.UNDER_WAY, date(2026, 6, 24), [Reminding.END]),
        (ActivityState.UNDER_WAY, date(2026, 6, 25), [Reminding.FINISH]),
        (ActivityState.UNDER_WAY, date(2026, 6, 27), [Reminding.FINISH]),
        (ActivityState.UNDER_WAY, date(2026, 6, 28), [Reminding.FINISH, Reminding.MONTH]),
        (ActivityState.UNDER_WAY, date(2026, 6, 30), [Reminding.FINISH, Reminding.MONTH]),
        (ActivityState.CONCLUDED, date(2026, 6, 30), []),
        (ActivityState.CANCELLED, date(2026, 6, 30), []),
    ],
)
def test_the_office_is_reminded_of_starts_ends_and_month_ends(state, today, why):
    assert [one.why for one in reminders(dates(state), today=today)] == why


@pytest.mark.parametrize(
    ("finished_on", "today", "is_owed"),
    [
        (date(2026, 6, 12), date(2026, 9, 11), False),
        (date(2026, 6, 12), date(2026, 9, 12), True),
        (date(2026, 11, 30), date(2027, 2, 27), False),
        (date(2026, 11, 30), date(2027, 2, 28), True),
    ],
    ids=["满三个月前一天", "满三个月", "二月没有三十日前一天", "二月没有三十日"],
)
def test_a_report_is_asked_for_after_three_months_counted_by_the_month(finished_on, today, is_owed):
    found = reminders(dates(ActivityState.FINISHED, finished_on=finished_on), today=today)
    assert [one.why for one in found] == ([Reminding.REPORT] if is_owed else [])


def test_a_field_visit_owes_no_report():
    one = dates(ActivityState.FINISHED, kind=ActivityKind.FIELD_VISIT, finished_on=date(2026, 6, 12))
    assert not list(reminders(one, today=date(2027, 1, 1)))
