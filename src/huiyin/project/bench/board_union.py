"""The usual way to the same board: ask every county's schema at once, by UNION, for what it reported.

Each county has a schema with the one table that the statement reads, filled with what the county pushed: a whole
office has a hundred tables more, which the statement neither locks nor reads. The server's settings are those of
every installation.
"""

import time
from collections.abc import Sequence
from typing import Any

from django.db import Error, transaction

from huiyin.platform.statistics.indicators import ChannelGroup
from huiyin.project.onboarding.script import owner_connection

TABLE = "county_reported_period"
CHUNK = 100
COLUMNS = """
    first_on date, last_on date, version int, state text, figures jsonb,
    UNIQUE (first_on, last_on, version)
"""
FILLED = """
    INSERT INTO {schema}.{table} (first_on, last_on, version, state, figures)
    SELECT s.first_on, s.last_on, s.version, 'locked', jsonb_agg(jsonb_build_object(
        'indicator', f.indicator, 'channel', f.channel, 'part', f.part, 'whole', f.whole))
    FROM platform_submission s JOIN platform_figure f ON f.submission_key = s.key
    WHERE s.county = %(county)s AND s.first_on >= %(first)s AND s.last_on <= %(last)s
    GROUP BY s.first_on, s.last_on, s.version
"""
ONE = """SELECT '{county}' AS county, first_on, last_on, version, figures FROM {schema}.{table}
    WHERE first_on >= %(first)s AND last_on <= %(last)s AND state = 'locked'"""
UNION = """
    WITH latest AS (
        SELECT DISTINCT ON (county, first_on, last_on) county, first_on, figures FROM ({union}) every_county
        ORDER BY county, first_on, last_on, version DESC
    )
    SELECT county, first_on, indicator, sum(part), sum(whole)
    FROM latest, jsonb_to_recordset(figures) AS one (indicator text, channel text, part int, whole int)
    WHERE channel = ANY(%(channels)s) AND indicator = ANY(%(indicators)s)
    GROUP BY GROUPING SETS ((county, indicator), (first_on, indicator))
"""
Sums = dict[tuple[str, str], tuple[int, int]]


def fill(counties: Sequence[str], *, of_year: int) -> None:
    """Give every county a schema of the comparison, filled with what it reported of one year."""
    owner = owner_connection()
    span = {"first": f"{of_year}-01-01", "last": f"{of_year}-12-31"}
    for start in range(0, len(counties), CHUNK):
        with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
            for county in counties[start : start + CHUNK]:
                cursor.execute(f"CREATE SCHEMA {schema_of(county)}")
                cursor.execute(f"CREATE TABLE {schema_of(county)}.{TABLE} ({COLUMNS})")
                filled = FILLED.format(schema=schema_of(county), table=TABLE)
                cursor.execute(filled, {"county": county, **span})


def schema_of(county: str) -> str:
    """Return the schema of the comparison for a county."""
    return f"union_{county}"


def asked(counties: Sequence[str], *, of_year: int, indicators: Sequence[str]) -> Sums:
    """Return each county's sums of a year in one statement over these counties' schemas."""
    union = " UNION ALL ".join(ONE.format(county=county, schema=schema_of(county), table=TABLE) for county in counties)
    values: dict[str, Any] = {
        "first": f"{of_year}-01-01",
        "last": f"{of_year}-12-31",
        "channels": [*ChannelGroup.OWN.channels],
        "indicators": [*indicators],
    }
    with owner_connection().cursor() as cursor:
        cursor.execute(UNION.format(union=union), values)
        return {(row[0], row[2]): (int(row[3]), int(row[4])) for row in cursor.fetchall() if row[0] is not None}


def failure(counties: Sequence[str], *, of_year: int, indicators: Sequence[str]) -> str:
    """Return why the statement over these schemas fails, in the server's own words; nothing where it does not."""
    try:
        with transaction.atomic(using=owner_connection().alias):
            asked(counties, of_year=of_year, indicators=indicators)
    except Error as error:
        return str(error).partition("\n")[0]
    return ""


def milliseconds(counties: Sequence[str], *, of_year: int, indicators: Sequence[str], turns: int) -> list[float]:
    """Return how long the statement took in each turn."""
    spent = []
    for _ in range(turns):
        start = time.perf_counter()
        asked(counties, of_year=of_year, indicators=indicators)
        spent.append(1000 * (time.perf_counter() - start))
    return spent
