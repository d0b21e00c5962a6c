"""Which reported versions a table of a period stands on, and their cells: the raw numbers before suppression."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from huiyin.kernel.periods import MONTHS_IN_YEAR, Period, quarter, year

from .breakdowns import Kind
from .crosstab import Row
from .indicators import FIRST_MATTERS, ReportedChannel
from .models import Submission

QUARTERS = range(1, 5)
CELLS = """
SELECT submission_key::text, county, category, purpose, sum(part), sum(whole) FROM platform_cell
WHERE submission_key = ANY(%(keys)s::uuid[]) AND indicator = %(indicator)s AND channel <> %(none)s
GROUP BY submission_key, county, category, purpose
"""


@dataclass(frozen=True, slots=True)
class Used:
    """One reported version that a table stands on."""

    key: str
    county: str
    county_name: str
    gb_code: str
    period: Period
    version: int
    data_as_of: datetime


@dataclass(frozen=True, slots=True)
class CellRow:
    """Cells of one version, added up over the channels."""

    key: str
    county: str
    category: str
    purpose: str
    part: int
    whole: int

    def divided(self, kind: Kind) -> Row:
        """Return the numbers by one kind of column."""
        return Row(self.county, self.category if kind is Kind.CATEGORY else self.purpose, self.part, self.whole)


def latest(of_year: int) -> Mapping[str, Mapping[Period, Used]]:
    """Return the latest version of each reported period of the year that has cells, by county."""
    span = year(of_year)
    rows = Submission.objects.filter(first_on__gte=span.first, last_on__lte=span.last).order_by("county", "version")
    found: defaultdict[str, dict[Period, Used]] = defaultdict(dict)
    for row in rows:
        period = Period(row.first_on, row.last_on)
        found[row.county][period] = Used(
            str(row.key), row.county, row.county_name, row.gb_code, period, row.version, row.data_as_of
        )
    return found


def used(period: Period, versions: Mapping[str, Mapping[Period, Used]]) -> tuple[Used, ...]:
    """Return the versions on which a table of a period stands, each county's.

    A report of the period itself stands unless one of its months is newer; else all of its months, if all are there.
    A county of which neither is there is not in the table.
    """
    months = tuple(period.months())
    found: list[Used] = []
    for _, of_county in sorted(versions.items()):
        own = of_county.get(period)
        parts = [of_county[month] for month in months if month in of_county]
        newest = max((one.data_as_of for one in parts), default=None)
        if own is not None and (newest is None or own.data_as_of >= newest or len(parts) < len(months)):
            found.append(own)
        elif len(parts) == len(months):
            found += parts
    return tuple(found)


def periods_of(of_year: int) -> tuple[Period, ...]:
    """Return what there may be a table of: the months of a year, its quarters, and the year, the widest last."""
    whole = year(of_year)
    months = tuple(whole.months())
    assert len(months) == MONTHS_IN_YEAR
    return (*months, *(quarter(of_year, number) for number in QUARTERS), whole)


def cell_rows(keys: Iterable[str]) -> Mapping[str, tuple[CellRow, ...]]:
    """Return the cells of these versions by version: petitions registered, and first ones of a matter among them."""
    found: defaultdict[str, list[CellRow]] = defaultdict(list)
    asked: dict[str, str | list[str]] = {
        "keys": sorted(set(keys)),
        "indicator": FIRST_MATTERS.code,
        "none": ReportedChannel.NONE.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(CELLS, asked)
        for key, county, category, purpose, part, whole in cursor.fetchall():
            found[key].append(CellRow(key, county, category, purpose, int(part), int(whole)))
    return {key: tuple(rows) for key, rows in found.items()}
