"""Questions to the pushed numbers: the same few statements, however many counties there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import connection

from huiyin.kernel.calendar import local_day
from huiyin.kernel.periods import Period
from huiyin.kernel.periods import year as year_of
from huiyin.platform.directory.models import County, CountyState, Kind

from .board import Amounts, Board, CountyLine, MonthLine, PrefectureLine, TrendPoint, Version, added
from .indicators import ChannelGroup
from .models import Submission
from .rules import punctuality

AMOUNTS = """
SELECT submission_key::text, indicator, sum(part), sum(whole) FROM platform_figure
WHERE submission_key = ANY(%(keys)s::uuid[]) AND channel = ANY(%(channels)s)
GROUP BY submission_key, indicator
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


def board(year: int, *, at: datetime, group: ChannelGroup = ChannelGroup.OWN) -> Board:
    """Return all counties' numbers of a year: the latest version of each period, those that never reported included.

    A county's numbers are the sum of its months; a report of the whole year takes their place unless a month is newer.
    """
    periods = latest_versions(year)
    amounts = amounts_of([latest.key for of_county in periods.values() for _, latest in of_county.values()], group)
    lines = tuple(
        _line(office, periods.get(office.schema, {}), amounts, year=year, today=local_day(at)) for office in offices()
    )
    return Board(
        year=year,
        group=group,
        counties=lines,
        prefectures=tuple(
            PrefectureLine(code=code, counties=len(of_one), amounts=added(line.amounts for line in of_one))
            for code, of_one in ((code, [*of_one]) for code, of_one in groupby(lines, lambda line: line.prefecture))
        ),
        total=added(line.amounts for line in lines),
        trend=tuple(_point(lines, month, place) for place, month in enumerate(year_of(year).months())),
    )


def offices() -> tuple[Office, ...]:
    """Return every county of the register in the order of their codes; a suspended one keeps what it reported."""
    rows = County.objects.filter(kind=Kind.COUNTY.value).order_by("gb_code", "schema_name")
    facts = rows.values_list("schema_name", "name", "gb_code", "state", "onboarded_at")
    return tuple(
        Office(schema, name, gb_code, state != CountyState.SUSPENDED.value, local_day(onboarded_at))
        for schema, name, gb_code, state, onboarded_at in facts
    )


def latest_versions(year: int) -> Mapping[str, Mapping[Period, tuple[Version, Version]]]:
    """Return the first and the latest version of each reported period that lies in the year, by county."""
    found: defaultdict[str, dict[Period, tuple[Version, Version]]] = defaultdict(dict)
    for county, version in versions(year):
        first, _ = found[county].get(version.period, (version, version))
        found[county][version.period] = (first, version)
    return found


def versions(year: int, *, county: str = "") -> tuple[tuple[str, Version], ...]:
    """Return every version that was reported of the year and its parts, in order, of one county or of all."""
    span = year_of(year)
    rows = Submission.objects.filter(first_on__gte=span.first, last_on__lte=span.last)
    if county:
        rows = rows.filter(county=county)
    facts = rows.order_by("county", "first_on", "last_on", "version").values_list(
        "county", "key", "first_on", "last_on", "version", "data_as_of", "submitted_at"
    )
    return tuple(
        (of, Version(str(key), Period(first_on, last_on), number, data_as_of, submitted_at))
        for of, key, first_on, last_on, number, data_as_of, submitted_at in facts
    )


def years() -> tuple[int, ...]:
    """Return the years of which there are numbers, newest first."""
    found = Submission.objects.order_by("-first_on__year").values_list("first_on__year", flat=True).distinct()
    return tuple(found)


def amounts_of(keys: Iterable[str], group: ChannelGroup) -> Mapping[str, Amounts]:
    """Return the numbers of these versions, added up over the channels of the group."""
    sums: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(AMOUNTS, {"keys": [*keys], "channels": [*group.channels]})
        for key, indicator, part, whole in cursor.fetchall():
            sums[key][indicator] = (part, whole)
    return {key: Amounts(by_code) for key, by_code in sums.items()}


def _line(
    office: Office,
    periods: Mapping[Period, tuple[Version, Version]],
    amounts: Mapping[str, Amounts],
    *,
    year: int,
    today: date,
) -> CountyLine:
    months = tuple(_month(office, month, periods.get(month), amounts, today=today) for month in year_of(year).months())
    whole_year = _year_that_stands(periods.get(year_of(year)), months)
    numbers = amounts.get(whole_year.key, NOTHING) if whole_year else added(one.amounts for one in months)
    return CountyLine(
        schema=office.schema,
        name=office.name,
        gb_code=office.gb_code,
        is_active=office.is_active,
        amounts=numbers,
        months=months,
        whole_year=whole_year,
    )


def _month(
    office: Office,
    month: Period,
    reported: tuple[Version, Version] | None,
    amounts: Mapping[str, Amounts],
    *,
    today: date,
) -> MonthLine:
    reported_on = local_day(reported[0].submitted_at) if reported else None
    latest = reported[1] if reported else None
    return MonthLine(
        month=month,
        punctuality=punctuality(month, reported_on=reported_on, onboarded_on=office.onboarded_on, today=today),
        latest=latest,
        amounts=amounts.get(latest.key, NOTHING) if latest else NOTHING,
    )


def _year_that_stands(reported: tuple[Version, Version] | None, months: Iterable[MonthLine]) -> Version | None:
    if reported is None:
        return None
    newest_month = max((one.latest.data_as_of for one in months if one.latest), default=reported[1].data_as_of)
    return reported[1] if reported[1].data_as_of >= newest_month else None


def _point(lines: Iterable[CountyLine], month: Period, place: int) -> TrendPoint:
    months = [line.months[place] for line in lines]
    return TrendPoint(
        month=month,
        counties=sum(one.latest is not None for one in months),
        amounts=added(one.amounts for one in months),
    )
