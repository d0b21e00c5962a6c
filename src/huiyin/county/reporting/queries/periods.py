"""Questions about closing a period: its numbers as of a moment, its versions, what moved since, what is overdue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.core.cache import cache

from huiyin.county.analysis import queries as analysis
from huiyin.county.journal.models import ChainHead
from huiyin.county.journal.rules import GENESIS
from huiyin.county.reporting import rules
from huiyin.county.reporting.changes import Drift, changes_of
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.rules import Reconciliation, gaps_of
from huiyin.county.reporting.states import STEP_PROMISES, PeriodState
from huiyin.county.supervision.queries.funnel import funnel
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period, month_of, quarter, year
from huiyin.kernel.refusal import Refusal
from huiyin.platform.directory.queries import onboarded_on
from huiyin.platform.statistics.indicators import FUNNEL, CellEntry, ChannelGroup, FigureEntry
from huiyin.platform.statistics.rules import Punctuality, due_on, punctuality

REMEMBERED_FOR = 60 * 60
LINKAGE = frozenset(one.code for one in FUNNEL)
QUARTERS = range(1, 5)
# What ended this many months ago and was not closed is looked for on the page; nobody is reminded of it any more.
MONTHS_BACK = 12


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is frozen when a period is reconciled: margins, cells, and the gaps behind them."""

    figures: tuple[FigureEntry, ...]
    cells: tuple[CellEntry, ...]
    reconciliation: Reconciliation


@dataclass(frozen=True, slots=True)
class Standing:
    """One period of a list: its latest version, whether it came in time, and what moved since it was locked."""

    period: Period
    latest: ReportedPeriod | None
    locked_on: date | None
    punctuality: Punctuality
    drift: Drift | None = None
    gaps: int | None = None

    @property
    def state(self) -> PeriodState | None:
        """Return the state of the latest version."""
        return PeriodState(self.latest.state) if self.latest is not None else None

    @property
    def due_on(self) -> date:
        """Return the last day on which it reaches the province in time."""
        return due_on(self.period)


def amounts_of(period: Period, *, at: datetime) -> tuple[tuple[FigureEntry, ...], tuple[CellEntry, ...]]:
    """Return every number that is reported: the register's margins and cells, and the linkage's margins."""
    figures, cells = analysis.numbers(period, at=at)
    return tuple(sorted((*figures, *funnel(period, at=at)))), cells


def numbers_of(period: Period, *, at: datetime) -> Numbers:
    """Return the numbers of a period as of a moment, with the reconciliation against its receipts."""
    figures, cells = amounts_of(period, at=at)
    return Numbers(figures=figures, cells=cells, reconciliation=reconciliation_of(period, at=at))


def reconciliation_of(period: Period, *, at: datetime) -> Reconciliation:
    """对账: return every gap of the period's receipts with its owner, and what is left out of the denominator."""
    table = analysis.promises(period, at=at)
    column = table.column(ChannelGroup.ALL)
    missing = {step: column.promise(indicator.code).missing for step, indicator in STEP_PROMISES.items()}
    return Reconciliation(gaps=gaps_of(missing), excluded=table.excluded)


def version_of(period_id: int) -> ReportedPeriod:
    """Return one version; refuse one that is not there."""
    found = ReportedPeriod.objects.select_related("prepared_by", "approved_by").filter(pk=period_id).first()
    if found is None:
        raise Refusal("period.unknown", "没有这个版本")
    return found


def versions_of(period: Period) -> tuple[ReportedPeriod, ...]:
    """Return every version of a period, given up ones too, the newest first."""
    rows = ReportedPeriod.objects.of(period).by_version()
    return tuple(rows.select_related("prepared_by", "approved_by", "reopened_by", "given_up_by"))


def drift_of(row: ReportedPeriod, *, at: datetime) -> Drift:
    """锁定后变动: return how the numbers of a period differ at this moment from a version of it.

    The linkage with supervision is left out: what is decided later is no correction of what was reported. Remembered
    until anything happens in the office: every act writes a journal entry in its own transaction.
    """
    key = f"drift:{row.key}:{local_day(at)}:{_last_link()}"
    known = cache.get(key)
    if isinstance(known, Drift):
        return known
    figures, cells = analysis.numbers(row.period, at=at)
    reported = [one for one in row.figures if one["indicator"] not in LINKAGE]
    drift = Drift(
        figures=changes_of(reported, [one.as_values() for one in figures]),
        cells=changes_of(row.cells, [one.as_values() for one in cells], divided=True),
    )
    cache.set(key, drift, REMEMBERED_FOR)
    return drift


def gaps_now(period: Period, *, at: datetime) -> int:
    """Return how many gaps a reconciliation would name now; remembered like the drift."""
    key = f"gaps:{period.first}:{period.last}:{local_day(at)}:{_last_link()}"
    known = cache.get(key)
    if isinstance(known, int):
        return known
    count = len(reconciliation_of(period, at=at).gaps)
    cache.set(key, count, REMEMBERED_FOR)
    return count


def _last_link() -> str:
    return ChainHead.objects.filter(pk=1).values_list("hash", flat=True).first() or GENESIS


def between(older: ReportedPeriod, newer: ReportedPeriod) -> Drift:
    """Return what differs between two versions as they were frozen."""
    return Drift(
        figures=changes_of(older.figures, newer.figures),
        cells=changes_of(older.cells, newer.cells, divided=True),
    )


def periods_of(of_year: int) -> Iterator[Period]:
    """Yield the months of a year, each quarter after its last month, and the year at the end."""
    for number in QUARTERS:
        one = quarter(of_year, number)
        yield from one.months()
        yield one
    yield year(of_year)


def standings(periods: Iterable[Period], *, at: datetime) -> tuple[Standing, ...]:
    """Return how each period stands at this moment: its latest version and its punctuality."""
    wanted = tuple(periods)
    rows = ReportedPeriod.objects.filter(
        first_on__gte=min(one.first for one in wanted), last_on__lte=max(one.last for one in wanted)
    ).exclude(state=PeriodState.GIVEN_UP.value)
    by_period: dict[Period, list[ReportedPeriod]] = {}
    for row in rows.select_related("prepared_by", "approved_by").order_by("version"):
        by_period.setdefault(row.period, []).append(row)
    began_on = onboarded_on(tenant.current().schema)
    return tuple(_standing(one, by_period.get(one, []), began_on, at) for one in wanted)


def _standing(period: Period, rows: list[ReportedPeriod], began_on: date, at: datetime) -> Standing:
    approved = [local_day(row.approved_at) for row in rows if row.approved_at is not None]
    locked_on = approved[0] if approved else None
    return Standing(
        period=period,
        latest=rows[-1] if rows else None,
        locked_on=locked_on,
        punctuality=punctuality(period, reported_on=locked_on, onboarded_on=began_on, today=local_day(at)),
    )


def standings_of_year(of_year: int, *, at: datetime) -> tuple[Standing, ...]:
    """Return every period of a year as it stands, with its gaps, and what moved since it was locked."""
    return tuple(_looked_into(one, at=at) for one in standings(periods_of(of_year), at=at))


def _looked_into(one: Standing, *, at: datetime) -> Standing:
    if one.state is PeriodState.LOCKED and one.latest is not None:
        return replace(one, drift=drift_of(one.latest, at=at), gaps=len(one.latest.reconciliation["gaps"]))
    if one.state is PeriodState.PREPARED and one.latest is not None:
        return replace(one, gaps=len(one.latest.reconciliation["gaps"]))
    is_asked = one.state is PeriodState.REOPENED or one.punctuality in {Punctuality.WAITING, Punctuality.MISSING}
    return replace(one, gaps=gaps_now(one.period, at=at)) if is_asked else one


def open_periods(*, at: datetime) -> tuple[Standing, ...]:
    """Return what is over and not closed: late and due periods, those that wait for approval, those reopened."""
    return tuple(one for one in standings(recent_periods(at=at), at=at) if _is_open(one))


def recent_periods(*, at: datetime) -> tuple[Period, ...]:
    """Return the months that ended in the last twelve, with the quarters and the year that ended in them."""
    found: list[Period] = []
    last = month_of(local_day(at))
    for _ in range(MONTHS_BACK):
        last = month_of(last.first - timedelta(days=1))
        found += _ended_with(last)
    return tuple(sorted(found))


def _ended_with(month: Period) -> list[Period]:
    """Return the month, the quarter it ends and the year it ends."""
    whole = [month]
    if month.first.month % rules.MONTHS_IN_QUARTER == 0:
        whole.append(quarter(month.first.year, month.first.month // rules.MONTHS_IN_QUARTER))
    if month.last == year(month.first.year).last:
        whole.append(year(month.first.year))
    return whole


def _is_open(one: Standing) -> bool:
    if one.state is PeriodState.LOCKED:
        return False
    return one.state is not None or one.punctuality in {Punctuality.WAITING, Punctuality.MISSING}
