"""结账与报送 by API: how the periods of a year stand, one with its numbers and gaps, and each act on it."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from huiyin.county.reporting import rules
from huiyin.county.reporting.actions import periods as actions
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries import periods as queries
from huiyin.county.reporting.queries.gaps import KnownGap, known_gaps
from huiyin.county.reporting.rules import Reconciliation
from huiyin.county.reporting.states import GapStep, PeriodState
from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import FIRST_YEAR, LAST_YEAR

from .access import caller
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["结账与报送"])
Key = Annotated[str, Path(pattern=r"^[0-9]{4}(-Q[1-4]|-[0-9]{2})?$", description="2026-03、2026-Q1 或 2026")]


class ReasonIn(In):
    """Why a version is opened again or given up."""

    reason: Annotated[str, Field(min_length=rules.SHORTEST_REASON, max_length=rules.LONGEST_REASON)]


class StandingOut(Schema):
    """One period of a year as it stands."""

    key: str
    label: str
    first: date
    last: date
    due_on: date
    state: PeriodState | None
    version: int | None
    punctuality: str


class VersionOut(Schema):
    """One version: its people, its state and why it ended."""

    id: int
    version: int
    state: PeriodState
    data_as_of: datetime
    prepared_by: str
    approved_at: datetime | None
    approved_by: str
    reason: str

    @classmethod
    def of(cls, row: ReportedPeriod) -> "VersionOut":
        """Return the version of a row."""
        return cls(
            id=row.pk,
            version=row.version,
            state=PeriodState(row.state),
            data_as_of=row.prepared_at,
            prepared_by=row.prepared_by.name,
            approved_at=row.approved_at,
            approved_by=row.approved_by.name if row.approved_by else "",
            reason=row.reason,
        )


class GapOut(Schema):
    """One gap; of a sealed item the number alone."""

    number: str
    petition_id: int | None
    step: GapStep | None
    what: str
    owner: str


class FigureOut(Schema):
    """One number as it is reported."""

    indicator: str
    channel: str
    part: int
    whole: int


class MovedOut(Schema):
    """One number that moved since a version was locked."""

    indicator: str
    channel: str
    before: tuple[int, int]
    after: tuple[int, int]
    kind: str


class PeriodOut(Schema):
    """One period: the version that stands (none: nobody reconciled it), its numbers and gaps, what moved since."""

    key: str
    label: str
    version: VersionOut | None
    figures: list[FigureOut]
    gaps: list[GapOut]
    moved: list[MovedOut]
    versions: list[VersionOut]


@router.get("/", response=list[StandingOut], summary="各期间的结账")
def standings(
    request: HttpRequest, of_year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None
) -> list[StandingOut]:
    """Return every month, quarter and year of a year, this one where none is named."""
    rules.check_may_see_periods(caller(request))
    at = timezone.now()
    found = queries.standings(queries.periods_of(of_year or local_day(at).year), at=at)
    return [
        StandingOut(
            key=rules.written(one.period),
            label=one.period.label,
            first=one.period.first,
            last=one.period.last,
            due_on=one.due_on,
            state=one.state,
            version=one.latest.version if one.latest else None,
            punctuality=one.punctuality.value,
        )
        for one in found
    ]


@router.get("/{key}", response=PeriodOut, summary="一个期间的结账")
def period(request: HttpRequest, key: Key) -> PeriodOut:
    """Return one period: as it was frozen, or as a reconciliation would freeze it now."""
    by, at, of = caller(request), timezone.now(), rules.period_written(key)
    rules.check_may_see_periods(by)
    versions = queries.versions_of(of)
    standing = next((one for one in versions if one.state != PeriodState.GIVEN_UP.value), None)
    if standing is None:
        found = queries.numbers_of(of, at=at)
        figures, reconciliation = [one.as_values() for one in found.figures], found.reconciliation
    else:
        figures, reconciliation = standing.figures, Reconciliation.from_values(standing.reconciliation)
    is_locked = standing is not None and standing.state == PeriodState.LOCKED.value
    drift = queries.drift_of(standing, at=at).figures if standing is not None and is_locked else ()
    return PeriodOut(
        key=key,
        label=of.label,
        version=VersionOut.of(standing) if standing is not None else None,
        figures=[FigureOut.model_validate(one) for one in figures],
        gaps=[_gap(one) for one in known_gaps(reconciliation.gaps, by=by)],
        moved=[
            MovedOut(
                indicator=one.indicator, channel=one.channel, before=one.before, after=one.after, kind=one.kind.value
            )
            for one in drift
        ],
        versions=[VersionOut.of(one) for one in versions],
    )


def _gap(known: KnownGap) -> GapOut:
    gap = known.gap
    if not known.is_open:
        return GapOut(number=gap.number, petition_id=None, step=None, what="", owner="")
    return GapOut(number=gap.number, petition_id=gap.petition_id, step=gap.step, what=gap.what, owner=gap.owner)


def _done(row: ReportedPeriod) -> Done:
    return Done(id=row.pk, number=f"第{row.version}版", state=row.state)


@router.post("/{key}/prepare", response=Done, summary="核对")
def prepare(request: HttpRequest, key: Key) -> Done:
    """核对: freeze numbers and gaps as the next version, to be approved by another person."""
    by, at, of = caller(request), timezone.now(), rules.period_written(key)
    return carried_out(request, None, at, lambda: _done(actions.prepare(period=of, by=by, at=at)))


@router.post("/versions/{int:version_id}/approve", response=Done, summary="审定并锁定")
def approve(request: HttpRequest, version_id: int) -> Done:
    """审定并锁定: what another person reconciled goes to the province."""
    by, at = caller(request), timezone.now()
    return carried_out(request, None, at, lambda: _done(actions.approve(period_id=version_id, by=by, at=at)))


@router.post("/versions/{int:version_id}/reopen", response=Done, summary="重新打开")
def reopen(request: HttpRequest, version_id: int, body: ReasonIn) -> Done:
    """重新打开: let a locked period be reconciled as its next version."""
    by, at, why = caller(request), timezone.now(), body.reason
    return carried_out(request, body, at, lambda: _done(actions.reopen(period_id=version_id, reason=why, by=by, at=at)))


@router.post("/versions/{int:version_id}/give-up", response=Done, summary="放弃核对")
def give_up(request: HttpRequest, version_id: int, body: ReasonIn) -> Done:
    """放弃核对: drop a version that waits for its approval."""
    by, at, why = caller(request), timezone.now(), body.reason
    return carried_out(
        request, body, at, lambda: _done(actions.give_up(period_id=version_id, reason=why, by=by, at=at))
    )
