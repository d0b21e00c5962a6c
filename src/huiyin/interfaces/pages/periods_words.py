"""What the pages of periods say of a version: its badge, its people, how it came to the province."""

from datetime import datetime

from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.reporting import rules
from huiyin.county.reporting.changes import Drift
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries.periods import Standing, open_periods
from huiyin.county.reporting.states import PeriodState
from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import Cell
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import local_day, show_day
from huiyin.platform.statistics.rules import Punctuality

PERIODS_NAMED = 4
TONES: dict[PeriodState, Tone] = {
    PeriodState.PREPARED: "warn",
    PeriodState.LOCKED: "good",
    PeriodState.REOPENED: "bad",
    PeriodState.GIVEN_UP: "plain",
}
PUNCTUALITY_TONES: dict[Punctuality, Tone] = {
    Punctuality.ON_TIME: "good",
    Punctuality.LATE: "warn",
    Punctuality.MISSING: "bad",
    Punctuality.WAITING: "warn",
    Punctuality.NOT_DUE: "plain",
    Punctuality.BEFORE: "plain",
}


def state_badge(state: PeriodState | None) -> StateBadge:
    """Return the state of a version, or that nobody reconciled the period yet."""
    return StateBadge(label=state.label, tone=TONES[state]) if state else StateBadge(label="未核对")


def punctuality_cell(one: Standing) -> Cell:
    """Return how the period stands with the province, and the day that counts."""
    badge = StateBadge(label=one.punctuality.label, tone=PUNCTUALITY_TONES[one.punctuality])
    if one.punctuality is Punctuality.BEFORE:
        return Cell(component=badge)
    return Cell(component=badge, sub=f"{day_words(one.due_on)} 前报送")


def drift_words(drift: Drift | None) -> str:
    """Return in one phrase what moved since a version was locked."""
    if drift is None:
        return ""
    if drift.is_still:
        return "没有变动"
    if drift.is_correction:
        return f"有补登或更正，共 {len(drift.figures) or len(drift.cells)} 项"
    return f"后续办理 {len(drift.figures)} 项"


def closing_alert(by: Staff, *, at: datetime) -> Alert | None:
    """Return what of closing waits for this person: the clerk's reconciliations, the head's approvals, what is late."""
    if not (rules.may_prepare(by) or rules.may_approve(by)):
        return None
    found = [one for one in open_periods(at=at) if _concerns(one, by, at)]
    if not found:
        return None
    more = "等。" if len(found) > PERIODS_NAMED else "。"
    return Alert(
        kind="bad" if any(_is_late(one, at) for one in found) else "warn",
        title="结账与报送",
        words="；".join(_waits(one) for one in found[:PERIODS_NAMED]) + more,
        href=reverse("period", args=[rules.written(found[0].period)]) if len(found) == 1 else reverse("periods"),
        href_label="去办理",
    )


def _concerns(one: Standing, by: Staff, at: datetime) -> bool:
    return rules.may_prepare(by) or one.state is PeriodState.PREPARED or _is_late(one, at)


def _is_late(one: Standing, at: datetime) -> bool:
    return local_day(at) > one.due_on


def _waits(one: Standing) -> str:
    words = "待审定" if one.state is PeriodState.PREPARED else "待核对"
    return f"{one.period.label}{words}（{show_day(one.due_on)}前报送）"


def signed(row: ReportedPeriod) -> str:
    """Return who reconciled and who approved a version, and when."""
    words = f"{row.prepared_by.name} {moment_words(row.prepared_at)} 核对"
    if row.approved_by is not None and row.approved_at is not None:
        words += f"，{row.approved_by.name} {moment_words(row.approved_at)} 审定"
    return words


def can_approve(by: Staff, row: ReportedPeriod) -> bool:
    """Whether this person may approve this version: the head, unless they reconciled it."""
    return rules.may_approve(by) and by.pk != row.prepared_by_id
