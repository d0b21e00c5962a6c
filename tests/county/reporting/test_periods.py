"""结账: two people close a month, the version never changes, reopening makes the next one."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from huiyin.county.analysis import queries as analysis
from huiyin.county.document.rules import hash_of
from huiyin.county.journal.models import Entry
from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.secrecy_models import Accused
from huiyin.county.registry.states import Confidentiality
from huiyin.county.reporting.actions import periods
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries import periods as queries
from huiyin.county.reporting.queries.gaps import known_gaps
from huiyin.county.reporting.replay import Version, replay
from huiyin.county.reporting.rules import Reconciliation
from huiyin.county.reporting.states import GapStep, PeriodState
from huiyin.kernel.periods import quarter, year
from huiyin.kernel.refusal import Refusal
from huiyin.platform.statistics.rules import Punctuality

from .conftest import MARCH, Desk, moment


def told(event: str) -> list[Entry]:
    return list(Entry.objects.filter(event=event).order_by("number"))


def test_a_month_is_reconciled_as_its_first_version(desk: Desk):
    desk.registered(desk.receipt(2))
    row = desk.prepared()
    assert (row.version, row.state, row.prepared_by, row.approved_by) == (1, "prepared", desk.people.clerk, None)
    figures, cells = queries.amounts_of(MARCH, at=moment(4, 3))
    assert row.figures == [one.as_values() for one in figures]
    assert row.cells == [one.as_values() for one in cells]
    (entry,) = told("period.prepared")
    assert {name: entry.values[name] for name in ("first_on", "last_on", "version", "gaps")} == {
        "first_on": "2026-03-01",
        "last_on": "2026-03-31",
        "version": 1,
        "gaps": 1,
    }
    kept = {"figures": row.figures, "cells": row.cells, "reconciliation": row.reconciliation}
    assert entry.values["numbers_hash"] == row.numbers_hash == hash_of(kept)
    assert "马长根" not in str(kept)


def test_the_head_approves_and_locks_it(desk: Desk):
    desk.registered(desk.receipt(2))
    row = desk.locked()
    assert (row.state, row.approved_by, row.prepared_at, row.approved_at) == (
        "locked",
        desk.people.head,
        moment(4, 3),
        moment(4, 3, 15),
    )
    assert [(entry.subject_id, entry.values["version"]) for entry in told("period.locked")] == [(row.pk, 1)]


def test_whoever_reconciled_does_not_approve(desk: Desk):
    both = desk.people.clerk
    both.roles = ["clerk", "head"]
    both.save(update_fields=["roles"])
    row = desk.prepared()
    with pytest.raises(Refusal) as refused:
        periods.approve(period_id=row.pk, by=both, at=moment(4, 4))
    assert refused.value.code == "period.same_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportedPeriod.objects.filter(pk=row.pk).update(state="locked", approved_by=both, approved_at=moment(4, 4))


def test_while_it_stands_nobody_reconciles_it_again(desk: Desk):
    row = desk.prepared()
    with pytest.raises(Refusal, match="等待审定"):
        desk.prepared()
    periods.approve(period_id=row.pk, by=desk.people.head, at=moment(4, 4))
    with pytest.raises(Refusal, match="已审定锁定"):
        desk.prepared()
    assert ReportedPeriod.objects.count() == len(told("period.prepared")) == 1


def test_reopening_leaves_a_trace_and_the_next_version_is_a_new_one(desk: Desk):
    letter = desk.guided(desk.classified(desk.registered(desk.receipt(2))))
    first = desk.locked()
    frozen = (first.figures, first.cells, first.reconciliation, first.key)
    desk.reopened(first)
    desk.answered(letter, moment(4, 8, 10))
    second = desk.locked(moment(4, 9))
    first.refresh_from_db()
    assert (second.version, second.key != first.key) == (2, True)
    assert (first.state, first.reason, first.reopened_by) == ("reopened", "补登一件来信", desk.people.head)
    assert (first.figures, first.cells, first.reconciliation, first.key) == frozen
    assert [entry.values["reason"] for entry in told("period.reopened")] == ["补登一件来信"]
    moved = {one.indicator: (one.before, one.after) for one in queries.between(first, second).figures}
    assert (moved["M4"], moved["M4x"]) == (((0, 1), (1, 1)), ((0, 1), (1, 1)))


def test_after_a_reopening_the_same_numbers_are_a_new_version_too(desk: Desk):
    desk.registered(desk.receipt(2))
    first = desk.reopened(desk.locked())
    second = desk.locked(moment(4, 9))
    assert (second.version, second.figures) == (2, first.figures)
    assert queries.between(first, second).is_still


def test_what_is_given_up_leaves_its_number_to_the_next(desk: Desk):
    first = desk.prepared()
    periods.give_up(period_id=first.pk, reason="还有两件未登记", by=desk.people.clerk, at=moment(4, 4))
    second = desk.prepared(moment(4, 5))
    assert (second.version, second.pk != first.pk) == (1, True)
    assert [entry.values["reason"] for entry in told("period.given_up")] == ["还有两件未登记"]
    assert [one.state for one in queries.versions_of(MARCH)] == ["prepared", "given_up"]
    with pytest.raises(Refusal) as refused:
        periods.approve(period_id=first.pk, by=desk.people.head, at=moment(4, 5))
    assert refused.value.code == "period.bad_move"


@pytest.mark.parametrize("role", ["head", "leader", "restricted", "mail_room", "auditor", "unit_head", "administrator"])
def test_others_do_not_reconcile(desk: Desk, role: str):
    with pytest.raises(Refusal) as refused:
        periods.prepare(period=MARCH, by=getattr(desk.people, role), at=moment(4, 3))
    assert refused.value.code == "permission.role_missing"
    assert not ReportedPeriod.objects.exists()


@pytest.mark.parametrize("role", ["clerk", "leader", "restricted", "auditor", "unit_head", "administrator"])
def test_others_neither_approve_nor_reopen(desk: Desk, role: str):
    row, by = desk.prepared(), getattr(desk.people, role)
    with pytest.raises(Refusal) as refused:
        periods.approve(period_id=row.pk, by=by, at=moment(4, 4))
    assert refused.value.code == "permission.role_missing"
    periods.approve(period_id=row.pk, by=desk.people.head, at=moment(4, 4))
    with pytest.raises(Refusal) as refused:
        periods.reopen(period_id=row.pk, reason="补登来信", by=by, at=moment(4, 5))
    assert refused.value.code == "permission.role_missing"


def test_a_version_that_is_not_there_is_refused(desk: Desk):
    with pytest.raises(Refusal, match="没有这个版本"):
        periods.approve(period_id=987654321, by=desk.people.head, at=moment(4, 4))


def test_a_month_that_runs_is_not_reconciled(desk: Desk):
    with pytest.raises(Refusal, match="尚未结束"):
        desk.prepared(moment(3, 31))


@pytest.mark.parametrize(("period", "at"), [(quarter(2026, 1), moment(4, 3)), (year(2025), moment(4, 3))])
def test_quarters_and_years_are_closed_beside_their_months(desk: Desk, period: Any, at: Any):
    desk.registered(desk.receipt(2))
    desk.locked()
    row = desk.locked(at, period)
    assert (row.version, row.period) == (1, period)


def test_the_journal_alone_gives_every_version(desk: Desk):
    desk.registered(desk.receipt(2))
    first = desk.reopened(desk.locked())
    given_up = desk.prepared(moment(4, 9))
    periods.give_up(period_id=given_up.pk, reason="数字有误", by=desk.people.head, at=moment(4, 9, 10))
    last = desk.prepared(moment(4, 10))
    rows = {
        row.pk: Version(
            first_on=row.first_on,
            last_on=row.last_on,
            version=row.version,
            key=str(row.key),
            numbers_hash=row.numbers_hash,
            prepared_by=row.prepared_by_id,
            state=PeriodState(row.state),
            approved_by=row.approved_by_id,
            reason=row.reason,
        )
        for row in ReportedPeriod.objects.order_by("pk")
    }
    assert list(rows) == [first.pk, given_up.pk, last.pk]
    assert replay(Entry.objects.order_by("number")) == rows


def test_a_reconciliation_names_every_gap_with_its_owner(desk: Desk):
    """对账：五件收件，一件答复，缺登记、归类、处理、答复各一件；另有非信访件一件、作废一件。"""
    desk.receipt(2)
    desk.registered(desk.receipt(3))
    undecided = desk.classified(desk.registered(desk.receipt(4), name="马小根"), day=6)
    unanswered = desk.guided(desk.classified(desk.registered(desk.receipt(5), name="马二根")))
    desk.answered(desk.guided(desk.classified(desk.registered(desk.receipt(5), name="马三根"))), moment(3, 20))
    advert, at = desk.receipt(6), moment(3, 7)
    receipts.mark_not_petition(receipt_id=advert.pk, reason="广告宣传单", by=desk.people.clerk, at=at)
    receipts.second_not_petition(receipt_id=advert.pk, by=desk.people.head, at=at)
    void = desk.registered(desk.receipt(9), name="马四根")
    petitions.void(petition_id=void.pk, reason="重复登记", approver=desk.people.head, by=desk.people.clerk, at=at)

    row = desk.locked()
    found = Reconciliation.from_values(row.reconciliation)
    assert [(gap.step, gap.what, gap.owner) for gap in found.gaps] == [
        (GapStep.REGISTER, "尚未登记", "收发老周"),
        (GapStep.CLASSIFY, "无人阅信或接谈", "马会计"),
        (GapStep.ASSIGN, "尚未作出处理决定", "马会计"),
        (GapStep.ANSWER, "尚未答复", "马会计"),
    ]
    assert [gap.number for gap in found.gaps[2:]] == [undecided.number, unanswered.number]
    assert [(one.because.label, one.number, one.reason) for one in found.excluded] == [
        ("非信访件", advert.number, "广告宣传单"),
        ("作废", void.number, "重复登记"),
    ]
    letters = {one["indicator"]: (one["part"], one["whole"]) for one in row.figures if one["channel"] == "letter"}
    assert [letters[code] for code in ("M1", "M2", "M3b", "M4x")] == [(4, 5), (3, 5), (2, 5), (1, 5)]


def test_a_locked_month_tells_what_moved_since(desk: Desk):
    letter = desk.guided(desk.classified(desk.registered(desk.receipt(2))))
    row = desk.locked()
    assert queries.drift_of(row, at=moment(4, 4)).is_still
    desk.answered(letter, moment(4, 8))
    later = queries.drift_of(row, at=moment(4, 9))
    assert ({one.indicator for one in later.figures} >= {"M4", "M4x"}, later.is_correction) == (True, False)
    desk.registered(desk.receipt(31), on=moment(4, 10))
    assert queries.drift_of(row, at=moment(4, 11)).is_correction


def test_what_was_locked_says_the_same_after_the_petitions_changed(desk: Desk):
    letter = desk.registered(desk.receipt(2))
    row = desk.locked()
    before = ReportedPeriod.objects.values().get(pk=row.pk)
    petitions.void(
        petition_id=letter.pk, reason="登记有误", approver=desk.people.head, by=desk.people.clerk, at=moment(4, 8)
    )
    assert analysis.promises(MARCH, at=moment(4, 9)).excluded
    assert ReportedPeriod.objects.values().get(pk=row.pk) == before


def test_a_year_has_twelve_months_four_quarters_and_itself(desk: Desk):
    found = list(queries.periods_of(2026))
    assert (len(found), found[3], found[-1]) == (17, quarter(2026, 1), year(2026))


def test_a_month_is_late_after_the_tenth(desk: Desk):
    def punctuality(at: Any) -> Punctuality:
        return queries.standings([MARCH], at=at)[0].punctuality

    assert punctuality(moment(3, 31)) is Punctuality.NOT_DUE
    assert punctuality(moment(4, 10)) is Punctuality.WAITING  # the last day
    assert punctuality(moment(4, 11)) is Punctuality.MISSING
    desk.prepared(moment(4, 10))
    assert punctuality(moment(4, 11)) is Punctuality.MISSING
    periods.approve(period_id=ReportedPeriod.objects.get().pk, by=desk.people.head, at=moment(4, 12))
    assert punctuality(moment(4, 20)) is Punctuality.LATE


def test_a_reopened_month_came_when_its_first_version_came(desk: Desk):
    desk.reopened(desk.locked(moment(4, 9)), moment(4, 20))
    (found,) = queries.standings([MARCH], at=moment(4, 25))
    assert (found.state, found.punctuality) == (PeriodState.REOPENED, Punctuality.ON_TIME)


def test_open_are_the_due_and_the_waiting_and_not_what_was_before_the_office(desk: Desk):
    def named(at: Any) -> list[str]:
        return [one.period.label for one in queries.open_periods(at=at)]

    # 青岚县自 2026 年 1 月 1 日入驻。
    assert named(moment(4, 3)) == ["2026年1月", "2026年第一季度", "2026年2月", "2026年3月"]
    desk.locked(period=quarter(2026, 1))
    row = desk.prepared()
    assert named(moment(4, 3)) == ["2026年1月", "2026年2月", "2026年3月"]
    periods.approve(period_id=row.pk, by=desk.people.head, at=moment(4, 4))
    assert named(moment(4, 5)) == ["2026年1月", "2026年2月"]


def test_a_sealed_gap_is_its_number_and_an_accused_person_sees_not_even_that(desk: Desk):
    sealed = desk.registered(desk.receipt(2), confidentiality=Confidentiality.SEALED, summary="反映收费站长")
    (gap,) = Reconciliation.from_values(desk.prepared().reconciliation).gaps
    (known,) = known_gaps([gap], by=desk.people.clerk)
    assert (known.gap.number, known.is_open) == (sealed.number, False)
    assert [one.is_open for one in known_gaps([gap], by=desk.people.restricted)] == [True]
    Accused.objects.create(
        petition=sealed,
        name=desk.people.head.name,
        staff=desk.people.head,
        added_at=moment(3, 3),
        added_by=desk.people.restricted,
    )
    assert known_gaps([gap], by=desk.people.head) == ()
