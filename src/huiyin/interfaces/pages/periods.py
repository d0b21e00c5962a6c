"""结账与报送: the months, quarters and years of a year as they stand, and one of them with everything behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.accounts.models import Staff
from huiyin.county.reporting import rules
from huiyin.county.reporting.changes import Drift
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries import periods as queries
from huiyin.county.reporting.queries.periods import Standing
from huiyin.county.reporting.rules import Reconciliation
from huiyin.county.reporting.states import PeriodState
from huiyin.interfaces.components.contract import Component
from huiyin.interfaces.components.links import Button, ButtonForm, Chip, Chips, Crumb, Tabs
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import Cell, Column, DataTable, Row
from huiyin.interfaces.components.words import day_words, moment_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import FIRST_YEAR, LAST_YEAR, Period
from huiyin.kernel.refusal import Refusal

from .access import OFFICE_READERS, needs, staff_of
from .analysis_tabs import analysis_tabs
from .periods_numbers import Values, changes_tables, figures_table, versions_table
from .periods_reconciliation import GapGroup, gap_groups, steps_table
from .periods_words import can_approve, drift_words, punctuality_cell, signed, state_badge
from .promises import excluded_table, known_excluded

YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class PeriodsScreen:
    """The periods of one year."""

    tabs: Tabs
    years: Chips
    table: DataTable


@dataclass(frozen=True, slots=True)
class PeriodScreen:
    """One period: the version in sight with its reconciliation and numbers, and every version there was."""

    title: str
    lead: str
    crumbs: tuple[Crumb, ...]
    badge: StateBadge
    acts: tuple[Component, ...]
    alerts: tuple[Alert, ...]
    steps: DataTable
    groups: tuple[GapGroup, ...]
    gaps_lead: str
    excluded: DataTable
    figures: DataTable
    drift_lead: str
    drift: tuple[DataTable, ...]
    versions: DataTable
    since_lead: str
    since: tuple[DataTable, ...]


@needs(OFFICE_READERS)
@require_safe
def period_list(request: HttpRequest) -> HttpResponse:
    """结账与报送: every month, quarter and year of a year."""
    by, at = staff_of(request), timezone.now()
    rules.check_may_see_periods(by)
    today = local_day(at)
    asked = request.GET.get("year", "")
    of_year = int(asked) if asked.isdecimal() and FIRST_YEAR <= int(asked) <= LAST_YEAR else today.year
    found = queries.standings_of_year(of_year, at=at)
    years = range(today.year, today.year - YEARS_BACK - 1, -1)
    screen = PeriodsScreen(
        tabs=analysis_tabs("periods"),
        years=Chips(
            label="年份",
            items=tuple(Chip(label=f"{one}年", href=f"?year={one}", active=one == of_year) for one in years),
        ),
        table=DataTable(
            caption=f"{of_year}年各期间",
            columns=(
                Column(label="期间", width="fit"),
                Column(label="状态", width="fit"),
                Column(label="版本", width="fit"),
                Column(label="报送省级", width="fit"),
                Column(label="缺漏", align="end", width="fit"),
                Column(label="锁定后变动"),
            ),
            rows=tuple(_line(one, at=at) for one in found),
        ),
    )
    return render(request, "periods.html", {"screen": screen})


def _line(one: Standing, *, at: datetime) -> Row:
    is_over = one.period.last < local_day(at)
    moved = drift_words(one.drift)
    return Row(
        href=reverse("period", args=[rules.written(one.period)]),
        tone="warn" if one.drift is not None and one.drift.is_correction else "plain",
        cells=(
            Cell(text=one.period.label),
            Cell(component=state_badge(one.state) if is_over else StateBadge(label="未结束")),
            Cell(text=f"第{one.latest.version}版" if one.latest else "—"),
            punctuality_cell(one),
            Cell(text="—" if one.gaps is None else f"{one.gaps} 处"),
            Cell(text=moved, sub="建议重新打开" if one.drift is not None and one.drift.is_correction else ""),
        ),
    )


def period_of(written: str) -> Period:
    """Return the period of an address; what is none is no page."""
    try:
        return rules.period_written(written)
    except Refusal as refusal:
        raise Http404 from refusal


@needs(OFFICE_READERS)
@require_safe
def period(request: HttpRequest, written: str) -> HttpResponse:
    """One period: 对账, 数字, 锁定后变动, 版本; ``?version=`` shows an earlier one as it was frozen."""
    by, at, of = staff_of(request), timezone.now(), period_of(written)
    rules.check_may_see_periods(by)
    versions = queries.versions_of(of)
    kept = [one for one in versions if one.state != PeriodState.GIVEN_UP.value]
    asked = request.GET.get("version", "")
    shown = next((one for one in kept if str(one.version) == asked), kept[0] if kept else None)
    return render(request, "period.html", {"screen": _screen(of, shown, versions, by, at=at)})


def _screen(
    of: Period, shown: ReportedPeriod | None, versions: tuple[ReportedPeriod, ...], by: Staff, *, at: datetime
) -> PeriodScreen:
    figures, reconciliation = _content(of, shown, at=at)
    groups = gap_groups(reconciliation.gaps, by)
    drift = queries.drift_of(shown, at=at) if shown is not None and shown.state == PeriodState.LOCKED.value else None
    before = _before(shown, versions)
    since = queries.between(before, shown) if before is not None and shown is not None else None
    return PeriodScreen(
        title=f"{of.label}结账",
        lead=_lead(shown, at=at),
        crumbs=(Crumb(label="结账与报送", href=f"{reverse('periods')}?year={of.first.year}"),),
        badge=state_badge(PeriodState(shown.state) if shown is not None else None),
        acts=tuple(_acts(of, shown, versions, by, at=at)),
        alerts=tuple(_alerts(of, shown, drift, by, at=at)),
        steps=steps_table(figures),
        groups=groups,
        gaps_lead=_gaps_lead(sum(group.count for group in groups)),
        excluded=excluded_table(known_excluded(reconciliation.excluded, by)),
        figures=figures_table(figures),
        drift_lead=drift_words(drift),
        drift=changes_tables(drift, heads=("报送数", "现在")) if drift is not None else (),
        versions=versions_table(of, versions),
        since_lead=f"第{before.version}版" if before is not None else "",
        since=changes_tables(since, heads=("上一版", "这一版")) if since is not None else (),
    )


def _content(of: Period, shown: ReportedPeriod | None, *, at: datetime) -> tuple[list[Values], Reconciliation]:
    """Return what is frozen in a version, or what a reconciliation would freeze at this moment."""
    if shown is not None:
        return shown.figures, Reconciliation.from_values(shown.reconciliation)
    found = queries.numbers_of(of, at=at)
    return [dict(one.as_values()) for one in found.figures], found.reconciliation


def _lead(shown: ReportedPeriod | None, *, at: datetime) -> str:
    if shown is None:
        return f"还没有核对，下面是 {moment_words(at)} 的情况"
    return f"第{shown.version}版，数据截至 {moment_words(shown.prepared_at)}；{signed(shown)}"


def _gaps_lead(count: int) -> str:
    return f"共 {count} 处，按责任人列出" if count else "没有缺漏"


def _before(shown: ReportedPeriod | None, versions: tuple[ReportedPeriod, ...]) -> ReportedPeriod | None:
    """Return the version reported before the one in sight."""
    earlier = (one for one in versions if shown is not None and one.version < shown.version)
    return next((one for one in earlier if one.state != PeriodState.GIVEN_UP.value), None)


def _acts(
    of: Period, shown: ReportedPeriod | None, versions: tuple[ReportedPeriod, ...], by: Staff, *, at: datetime
) -> Iterator[Component]:
    """Yield what this person may do with the period now; an earlier version in sight allows nothing."""
    state = PeriodState(shown.state) if shown is not None else None
    is_latest = shown is None or all(one.version <= shown.version for one in versions)
    if shown is None or state is PeriodState.REOPENED:
        if is_latest and rules.may_prepare(by) and rules.is_closable(of, at=at):
            yield ButtonForm(
                label="核对结账" if shown is None else f"重新核对（第{shown.version + 1}版）",
                action=reverse("period_prepare", args=[rules.written(of)]),
                kind="primary",
                icon="check",
                confirm="按现在的情况固定数字和缺漏清单，交负责人审定。确定核对吗？",
            )
        return
    if state is PeriodState.PREPARED and can_approve(by, shown):
        yield ButtonForm(
            label="审定并锁定",
            action=reverse("period_approve", args=[shown.pk]),
            kind="primary",
            icon="lock",
            confirm="审定后即锁定并报送省级，只报送分子和分母，不含姓名、内容和编号。确定审定吗？",
        )
    if state is PeriodState.PREPARED and rules.may_give_up(by):
        yield Button(label="放弃这一版", href=reverse("period_give_up", args=[shown.pk]))
    if state is PeriodState.LOCKED and rules.may_reopen(by):
        yield Button(label="重新打开", href=reverse("period_reopen", args=[shown.pk]))


def _alerts(
    of: Period, shown: ReportedPeriod | None, drift: Drift | None, by: Staff, *, at: datetime
) -> Iterator[Alert]:
    if shown is None:
        if not rules.is_closable(of, at=at):
            yield Alert(words=f"{of.label}到 {day_words(of.last)} 结束，结束后可以核对结账。")
        return
    if shown.state == PeriodState.PREPARED.value:
        yield Alert(kind="warn", title="等待审定", words=_waiting_words(shown, by))
    if shown.state == PeriodState.REOPENED.value and shown.reopened_by is not None:
        words = f"{shown.reopened_by.name}重新打开，原因：{shown.reason}"
        yield Alert(kind="warn", title=f"第{shown.version}版已重新打开", words=words)
    if drift is not None and drift.is_correction:
        words = "锁定以后有补登或更正，报送的数字与现在不同；请负责人看是否重新打开。"
        yield Alert(kind="warn", title="建议重新打开", words=words)


def _waiting_words(shown: ReportedPeriod, by: Staff) -> str:
    if by.pk == shown.prepared_by_id:
        return "核对和审定须由两个人办理：您已核对，请法制委负责人审定。"
    return f"{shown.prepared_by.name}已核对，请法制委负责人审定；审定后报送省级。"
