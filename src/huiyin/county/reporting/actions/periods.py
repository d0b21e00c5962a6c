"""Writers of the closing of a period: 核对, 审定并锁定, 重新打开, 放弃核对."""

from datetime import datetime
from uuid import uuid4

from django.db import connection, transaction

from huiyin.accounts.models import Staff
from huiyin.county.document.rules import hash_of
from huiyin.county.journal import actions as journal
from huiyin.county.reporting import rules
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries import periods as queries
from huiyin.county.reporting.queries.periods import Numbers
from huiyin.county.reporting.states import PeriodState
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('period ' || current_schema(), 0))"


@transaction.atomic
def prepare(*, period: Period, by: Staff, at: datetime) -> ReportedPeriod:
    """核对: freeze the numbers of a month, quarter or year and its reconciliation, to be approved by another person.

    After a reopening this is always the next version, also where every number is the same: DOMAIN §7 asks for a new
    version of what was reopened, and what stands with the province is then what two people signed last.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    rules.check_may_prepare(by)
    rules.check_closable(period, at=at)
    known = ReportedPeriod.objects.of(period)
    latest = known.exclude(state=PeriodState.GIVEN_UP.value).by_version().first()
    if latest is not None:
        rules.check_preparable(PeriodState(latest.state), label=period.label, version=latest.version)
    frozen = queries.numbers_of(period, at=at)
    values = _as_values(frozen)
    row = ReportedPeriod.objects.create(
        first_on=period.first,
        last_on=period.last,
        version=latest.version + 1 if latest else 1,
        key=uuid4(),
        state=PeriodState.PREPARED.value,
        numbers_hash=hash_of(values),
        prepared_at=at,
        prepared_by=by,
        **values,
    )
    journal.record(
        "period.prepared",
        subject=row,
        by=by,
        at=at,
        first_on=period.first,
        last_on=period.last,
        label=period.label,
        version=row.version,
        key=str(row.key),
        numbers_hash=row.numbers_hash,
        gaps=len(frozen.reconciliation.gaps),
    )
    return row


def _as_values(frozen: Numbers) -> dict[str, object]:
    """Return the numbers as the row keeps them for good."""
    return {
        "figures": [one.as_values() for one in frozen.figures],
        "cells": [one.as_values() for one in frozen.cells],
        "reconciliation": frozen.reconciliation.as_values(),
    }


@transaction.atomic
def approve(*, period_id: int, by: Staff, at: datetime) -> ReportedPeriod:
    """审定并锁定: the head approves what another person reconciled; a job takes this version to the province."""
    row = _locked(period_id)
    rules.check_may_approve(by)
    rules.check_move(PeriodState(row.state), PeriodState.LOCKED)
    rules.check_second_person(approver_id=by.pk, preparer_id=row.prepared_by_id)
    row.state, row.approved_at, row.approved_by = PeriodState.LOCKED.value, at, by
    row.save(update_fields=["state", "approved_at", "approved_by"])
    journal.record(
        "period.locked", subject=row, by=by, at=at, label=row.period.label, version=row.version, key=str(row.key)
    )
    return row


@transaction.atomic
def reopen(*, period_id: int, reason: str, by: Staff, at: datetime) -> ReportedPeriod:
    """重新打开: let a locked period be reconciled anew; the version stays as it was reported, with the reason."""
    row = _locked(period_id)
    rules.check_may_reopen(by)
    rules.check_move(PeriodState(row.state), PeriodState.REOPENED)
    rules.check_reason(reason, act="重新打开")
    row.state, row.reopened_at, row.reopened_by, row.reason = PeriodState.REOPENED.value, at, by, reason.strip()
    row.save(update_fields=["state", "reopened_at", "reopened_by", "reason"])
    journal.record(
        "period.reopened", subject=row, by=by, at=at, label=row.period.label, version=row.version, reason=row.reason
    )
    return row


@transaction.atomic
def give_up(*, period_id: int, reason: str, by: Staff, at: datetime) -> ReportedPeriod:
    """放弃核对: drop a version that waits for its approval; its number goes to the next one, its row stays."""
    row = _locked(period_id)
    rules.check_may_give_up(by)
    rules.check_move(PeriodState(row.state), PeriodState.GIVEN_UP)
    rules.check_reason(reason, act="放弃核对")
    row.state, row.given_up_at, row.given_up_by, row.reason = PeriodState.GIVEN_UP.value, at, by, reason.strip()
    row.save(update_fields=["state", "given_up_at", "given_up_by", "reason"])
    journal.record(
        "period.given_up", subject=row, by=by, at=at, label=row.period.label, version=row.version, reason=row.reason
    )
    return row


def _locked(period_id: int) -> ReportedPeriod:
    row = ReportedPeriod.objects.select_for_update(of=("self",)).filter(pk=period_id).first()
    if row is None:
        raise Refusal("period.unknown", "没有这个版本")
    return row
