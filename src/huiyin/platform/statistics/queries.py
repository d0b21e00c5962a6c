"""Questions to the pushed numbers: the same few statements, however many counties there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from django.db import connection

from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period
from huiyin.kernel.periods import year as year_of
from huiyin.platform.directory.models import County, CountyState, Kind

from .board import Amounts, Board, CountyLine, MonthLine, PrefectureLine, TrendPoint, Version, added
from .indicators import INDICATORS, ChannelGroup, Indicator, ReportedChannel
from .rules import punctuality

AMOUNTS = """
SELECT submission_key::text, indicator, sum(part), sum(whole) FROM platform_figure
WHERE submission_key = ANY(%(keys)s::uuid[]) AND channel = ANY(%(channels)s)
GROUP BY submission_key, indicator
"""
# One pass over the figures of the versions that stand: by county of those whose numbers are shown, and by month.
# OFFSET 0 has the figures looked up version by version: the planner would rather read those of all years.
SUMS = """
SELECT figure.county, version.month, figure.indicator,
       sum(figure.part) FILTER (WHERE version.is_used), sum(figure.whole) FILTER (WHERE version.is_used),
       sum(figure.part), sum(figure.whole)
FROM unnest(%(keys)s::uuid[], %(months)s::int[], %(used)s::boolean[]) version (key, month, is_used)
CROSS JOIN LATERAL (
    SELECT county, indicator, part, whole FROM platform_figure
    WHERE submission_key = version.key AND indicator = ANY(%(indicators)s) AND channel = ANY(%(channels)s) OFFSET 0
) figure
GROUP BY GROUPING SETS ((figure.county, figure.indicator), (version.month, figure.indicator))
"""
# Moments as seconds: tens of thousands of them are read, and a number is read many times faster than its words.
VERSIONS = """
SELECT county, key::text, first_on, last_on, version,
       extract(epoch FROM data_as_of)::float8, extract(epoch FROM submitted_at)::float8
FROM platform_submission
WHERE first_on >= %(first)s AND last_on <= %(last)s AND %(county)s::text IN ('', county)
ORDER BY county, first_on, last_on, version
"""
YEARS = """
WITH RECURSIVE newest (day) AS (
    SELECT max(first_on) FROM platform_submission
    UNION ALL
    SELECT (SELECT max(first_on) FROM platform_submission WHERE first_on < date_trunc('year', newest.day))
    FROM newest WHERE newest.day IS NOT NULL
)
SELECT extract(year FROM day)::int FROM newest WHERE day IS NOT NULL
"""
STATE = """
SELECT (SELECT concat_ws(' ', count(*), max(id)) FROM platform_submission
        WHERE first_on >= %(first)s AND last_on <= %(last)s),
       (SELECT md5(string_agg(concat_ws(' ', schema_name, name, gb_code, state, onboarded_at), ',' ORDER BY id))
        FROM platform_county WHERE kind = %(kind)s)
"""
NOTHING = Amounts({})


@dataclass(frozen=True, slots=True)
class Office:
    """A county as the register tells the province of it."""

    schema: str
    name: str
    gb_code: str
    is_active: bool
    onboarded_on: date


def board(
    year: int,
    *,
    at: datetime,
    group: ChannelGroup = ChannelGroup.OWN,
    month: Period | None = None,
    indicators: Iterable[Indicator] = tuple(INDICATORS.values()),
    county: str = "",
) -> Board:
    """Return all counties' numbers of a year, or of one month of it, those that never reported included.

    With ``county`` that one stands there alone. The latest version of each period counts. A county's numbers of a
    year are the sum of its months; a report of the whole year takes their place unless a month is newer. The figures
    are added up by the database.
    """
    periods, today = latest_versions(year, county=county), local_day(at)
    lines = [
        _line(office, periods.get(office.schema, {}), year=year, month=month, today=today)
        for office in offices(county=county)
    ]
    by_county, by_month = _sums(lines, group=group, indicators=indicators)
    counties = tuple(replace(line, amounts=by_county.get(line.schema, NOTHING)) for line in lines)
    return Board(
        year=year,
        month=month,
        group=group,
        counties=counties,
        prefectures=tuple(
            PrefectureLine(code=code, counties=len(of_one), amounts=added(line.amounts for line in of_one))
            for code, of_one in ((code, [*of_one]) for code, of_one in groupby(counties, lambda line: line.prefecture))
        ),
        total=added(line.amounts for line in counties),
        trend=tuple(
            TrendPoint(
                month=one,
                counties=sum(line.months[place].latest is not None for line in counties),
                amounts=by_month.get(one.first.month, NOTHING),
            )
            for place, one in enumerate(year_of(year).months())
        ),
    )


def state_of(year: int) -> str:
    """Return what the board of a year depends on besides the day: it differs after each report and each new office."""
    span = year_of(year)
    with connection.cursor() as cursor:
        cursor.execute(STATE, {"first": span.first, "last": span.last, "kind": Kind.COUNTY.value})
        return " ".join(str(value) for value in cursor.fetchone() or ())


def months_of(line: CountyLine, group: ChannelGroup) -> tuple[Amounts, ...]:
    """Return one county's numbers of each month of its year; nothing where the month was not reported."""
    amounts = amounts_of([one.latest.key for one in line.months if one.latest], group)
    return tuple(amounts.get(one.latest.key, NOTHING) if one.latest else NOTHING for one in line.months)


def offices(*, county: str = "") -> tuple[Office, ...]:
    """Return every county of the register in the order of their codes; a suspended one keeps what it reported."""
    rows = County.objects.filter(kind=Kind.COUNTY.value).order_by("gb_code", "schema_name")
    if county:
        rows = rows.filter(schema_name=county)
    facts = rows.values_list("schema_name", "name", "gb_code", "state", "onboarded_at")
    return tuple(
        Office(schema, name, gb_code, state != CountyState.SUSPENDED.value, local_day(onboarded_at))
        for schema, name, gb_code, state, onboarded_at in facts
    )


def latest_versions(year: int, *, county: str = "") -> Mapping[str, Mapping[Period, tuple[Version, Version]]]:
    """Return the first and the latest version of each reported period that lies in the year, by county."""
    found: defaultdict[str, dict[Period, tuple[Version, Version]]] = defaultdict(dict)
    for of, version in versions(year, county=county):
        first, _ = found[of].get(version.period, (version, version))
        found[of][version.period] = (first, version)
    return found


def versions(year: int, *, county: str = "") -> tuple[tuple[str, Version], ...]:
    """Return every version that was reported of the year and its parts, in order, of one county or of all."""
    span = year_of(year)
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, {"first": span.first, "last": span.last, "county": county})
        facts = cursor.fetchall()
    periods = {(first, last): Period(first, last) for _, _, first, last, *_ in facts}
    return tuple(
        (of, Version(key, periods[first, last], number, _moment(data_as_of), _moment(submitted_at)))
        for of, key, first, last, number, data_as_of, submitted_at in facts
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def years() -> tuple[int, ...]:
    """Return the years of which there are numbers, newest first; one look at the index for each."""
    with connection.cursor() as cursor:
        cursor.execute(YEARS)
        return tuple(of_year for (of_year,) in cursor.fetchall())


def amounts_of(keys: Iterable[str], group: ChannelGroup) -> Mapping[str, Amounts]:
    """Return the numbers of these versions, added up over the channels of the group."""
    sums: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(AMOUNTS, {"keys": [*keys], "channels": _asked(group)})
        for key, indicator, part, whole in cursor.fetchall():
            sums[key][indicator] = (part, whole)
    return {key: Amounts(by_code) for key, by_code in sums.items()}


def _asked(group: ChannelGroup) -> list[str]:
    """Return the channels of a group; what has no channel stands once beside whichever is chosen."""
    return [*group.channels, ReportedChannel.NONE.value]


def _sums(
    lines: Iterable[CountyLine], *, group: ChannelGroup, indicators: Iterable[Indicator]
) -> tuple[Mapping[str, Amounts], Mapping[int, Amounts]]:
    """Return the sums of the versions that lines show by county, and those of the latest months by month."""
    months: dict[str, int] = {}
    used: set[str] = set()
    for line in lines:
        used |= {one.key for one in line.used}
        months |= {one.latest.key: one.month.first.month for one in line.months if one.latest}
    keys = sorted(used | months.keys())
    by_county: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    by_month: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    asked: dict[str, Any] = {
        "keys": keys,
        "months": [months.get(key, 0) for key in keys],
        "used": [key in used for key in keys],
        "channels": _asked(group),
        "indicators": [one.code for one in indicators],
    }
    with connection.cursor() as cursor:
        cursor.execute(SUMS, asked)
        for county, month, indicator, part, whole, month_part, month_whole in cursor.fetchall():
            if county is None:
                by_month[month][indicator] = (int(month_part), int(month_whole))
            else:
                by_county[county][indicator] = (int(part or 0), int(whole or 0))
    return (
        {county: Amounts(by_code) for county, by_code in by_county.items()},
        {month: Amounts(by_code) for month, by_code in by_month.items()},
    )


def _line(
    office: Office,
    periods: Mapping[Period, tuple[Version, Version]],
    *,
    year: int,
    month: Period | None,
    today: date,
) -> CountyLine:
    months = tuple(_month(office, one, periods.get(one), today=today) for one in year_of(year).months())
    of_year = periods.get(year_of(year)) if month is None else None
    whole_year = _year_that_stands(of_year, months)
    reported = (one.latest for one in months if one.latest is not None and month in {None, one.month})
    return CountyLine(
        schema=office.schema,
        name=office.name,
        gb_code=office.gb_code,
        is_active=office.is_active,
        amounts=NOTHING,
        months=months,
        whole_year=whole_year,
        year_reported=of_year[1] if of_year else None,
        used=(whole_year,) if whole_year is not None else tuple(reported),
    )


def _month(office: Office, month: Period, reported: tuple[Version, Version] | None, *, today: date) -> MonthLine:
    reported_on = local_day(reported[0].submitted_at) if reported else None
    return MonthLine(
        month=month,
        punctuality=punctuality(month, reported_on=reported_on, onboarded_on=office.onboarded_on, today=today),
        latest=reported[1] if reported else None,
    )


def _year_that_stands(reported: tuple[Version, Version] | None, months: Iterable[MonthLine]) -> Version | None:
    if reported is None:
        return None
    newest_month = max((one.latest.data_as_of for one in months if one.latest), default=reported[1].data_as_of)
    return reported[1] if reported[1].data_as_of >= newest_month else None
