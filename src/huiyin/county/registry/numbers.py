"""Numbers without gaps: taken in the transaction of the row that carries them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day
from huiyin.kernel.numbering import render

from . import holding

TAKE = """
    INSERT INTO county_counter (series, year, value) VALUES (%s, %s, 1)
    ON CONFLICT (series, year) DO UPDATE SET value = county_counter.value + 1
    RETURNING value
"""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a series: its parts and how it is written."""

    series: str
    year: int
    value: int
    text: str


def take(series: str, *, at: datetime) -> Number:
    """Take the next number of a series in the year of the moment, Chinese time.

    The row of the counter stays locked until the transaction ends: a rollback gives the number back,
    and nobody else can have taken the one after it.
    """
    year = local_day(at).year
    value = holding.count(lambda: _take(series, year), series=series, year=year)
    office = tenant.current()
    text = render(office.number_style, organ=office.organ, series=series, year=year, number=value)
    return Number(series=series, year=year, value=value, text=text)


def _take(series: str, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [series, year])
        row = cursor.fetchone()
    assert row is not None
    value: int = row[0]
    return value
