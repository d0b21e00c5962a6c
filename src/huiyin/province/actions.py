"""Writers of the province: 发布, from pushed rows only."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction

from huiyin.kernel.periods import Period
from huiyin.platform.statistics.board import PREFECTURE_DIGITS
from huiyin.platform.statistics.breakdowns import Kind
from huiyin.platform.statistics.crosstab import table_of
from huiyin.platform.statistics.suppression import Suppressed, suppress
from huiyin.platform.statistics.used import Used, cell_rows, latest, periods_of, used

from . import queries
from .models import Release

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('release ' || current_schema(), 0))"


@transaction.atomic
def publish(*, kind: Kind, period: Period, threshold: int, at: datetime) -> Release | None:
    """发布: make the next version of a table where counties' versions changed since the last; return what stands.

    The table hides what would single people out, and was attacked together with everything published before. Nothing
    is made of a period that is not over, or of which no county reported its cells.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    sources = used(period, latest(period.first.year))
    last = (
        Release.objects.filter(kind=kind.value, first_on=period.first, last_on=period.last).order_by("version").last()
    )
    if not sources or (last is not None and _is_same(last, sources, threshold)):
        return last
    cells = cell_rows(one.key for one in sources)
    sources = tuple(one for one in sources if one.key in cells)
    if not sources or (last is not None and _is_same(last, sources, threshold)):
        return last
    prefecture_of = {one.county: one.gb_code[:PREFECTURE_DIGITS] for one in sources}
    rows = [cell.divided(kind) for one in sources for cell in cells[one.key]]
    version = last.version + 1 if last is not None else 1
    made = suppress(
        table_of(kind, rows, prefecture_of=prefecture_of),
        period=period,
        version=version,
        threshold=threshold,
        earlier=queries.snapshots(period.first.year),
    )
    return _write(made, kind=kind, sources=sources, threshold=threshold, at=at)


def publish_due(*, of_year: int, threshold: int, at: datetime) -> tuple[Release, ...]:
    """发布: bring every table of a year up to the counties' newest versions; return the releases that were made."""
    made = []
    for period in periods_of(of_year):
        for kind in Kind:
            release = publish(kind=kind, period=period, threshold=threshold, at=at)
            if release is not None and release.made_at == at:
                made.append(release)
    return tuple(made)


def _is_same(last: Release, sources: Iterable[Used], threshold: int) -> bool:
    return last.threshold == threshold and sorted(one["key"] for one in last.submissions) == sorted(
        one.key for one in sources
    )


def _write(made: Suppressed, *, kind: Kind, sources: tuple[Used, ...], threshold: int, at: datetime) -> Release:
    snapshot = made.snapshot
    table = snapshot.table
    counties = {one.county: one for one in sources}
    return Release.objects.create(
        kind=kind.value,
        first_on=snapshot.period.first,
        last_on=snapshot.period.last,
        version=snapshot.version,
        made_at=at,
        as_of=min(one.data_as_of for one in sources),
        threshold=threshold,
        level=snapshot.level.value,
        counties=[
            {
                "county": one.county,
                "name": one.county_name,
                "gb_code": one.gb_code,
                "prefecture": one.gb_code[:PREFECTURE_DIGITS],
            }
            for one in sorted(counties.values(), key=lambda one: (one.gb_code, one.county))
        ],
        submissions=[_values(one) for one in sources],
        table=[
            [*(str(part) for part in cell), None if cell in snapshot.hidden else table.counts[cell]]
            for cell in table.shown(snapshot.level)
        ],
        audit={"exposed": len(made.findings.exposed), "hidden": made.findings.hidden, "narrow": made.findings.narrow},
    )


def _values(one: Used) -> Mapping[str, str]:
    return {
        "key": one.key,
        "county": one.county,
        "name": one.county_name,
        "first_on": one.period.first.isoformat(),
        "last_on": one.period.last.isoformat(),
        "version": str(one.version),
        "data_as_of": one.data_as_of.isoformat(),
    }
