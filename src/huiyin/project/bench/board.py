"""What the province's board costs: its question and its page, from the numbers of many counties and many years.

The rows are what counties would have pushed: every month, indicator and channel, one month in ten reported twice.
The owner writes them in two statements: how a million numbers are pushed is not what is measured.
"""

import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.table import Table

from huiyin.accounts.actions import open_account
from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.kernel.tenant import PUBLIC, Tenant, entered
from huiyin.platform.directory.models import County, CountyState, Kind
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.indicators import INDICATORS, ReportedChannel
from huiyin.platform.statistics.models import Figure, Submission
from huiyin.project.bench import scratch
from huiyin.project.onboarding.script import owner_connection
from huiyin.project.tenancy import middleware
from huiyin.project.tenancy.backend.base import OWNER

QUESTION, PAGE = "queries.board", "the page, with everything before it"
LAST_YEAR = 2025
AT = datetime(LAST_YEAR + 1, 1, 20, 1, tzinfo=UTC)
SUBMISSIONS = """
    INSERT INTO platform_submission
        (key, county, gb_code, county_name, first_on, last_on, version, data_as_of, submitted_at)
    SELECT md5(concat_ws(' ', c.schema_name, month, version))::uuid, c.schema_name, c.gb_code, c.name,
           month::date, (month + interval '1 month - 1 day')::date, version,
           month + interval '1 month 3 days', month + interval '1 month 4 days' * version
    FROM platform_county c,
         generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 month') month,
         generate_series(1, 2) version
    WHERE c.kind = 'county' AND (version = 1 OR (c.id + extract(month FROM month)) %% 10 = 0)
"""
FIGURES = """
    INSERT INTO platform_figure (submission_key, county, indicator, channel, part, whole)
    SELECT s.key, s.county, indicator, channel, whole - whole %% 3, whole
    FROM platform_submission s, unnest(%(indicators)s::text[]) indicator, unnest(%(channels)s::text[]) channel,
         LATERAL (SELECT 5 + ((s.id * 7 + length(indicator)) %% 40)::int AS whole) amount
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one way to the board's numbers costs."""

    way: str
    queries: int
    median_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many rows the board is computed from."""

    counties: int
    years: int
    submissions: int
    figures: int


def run(*, counties: int = 150, years: int = 10, turns: int = 60, console: Console | None = None) -> list[Measured]:
    """Seed the numbers on a throw-away server, ask for every year in turn, print the table and return its figures."""
    console = console or Console()
    with (
        TemporaryDirectory(prefix="huiyin-bench-") as folder,
        console.status("写入报送的数字…") as status,
        scratch.installation(Path(folder) / "pg", [scratch.province()]) as (province,),
        scratch.signing(),
        override_settings(STATIC_ROOT=folder),
        _unlogged(),
    ):
        seeded = _seed(counties, years)
        ways: dict[str, Callable[[int], object]] = {
            QUESTION: lambda year: _ask(province, year),
            PAGE: _reader(province),
        }
        measured = []
        for name, way in ways.items():
            status.update(f"测量中：{name}")
            measured.append(_measure(province, name, way, [LAST_YEAR - turn % years for turn in range(turns)]))
    console.print(_table(seeded, measured))
    return measured


@contextmanager
def _unlogged() -> Iterator[None]:
    """Write no line for each request between the figures."""
    logger = logging.getLogger("huiyin.requests")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


def _seed(counties: int, years: int) -> Seeded:
    """Enter the counties in the register, without schemas, and write what each would have pushed."""
    owner = owner_connection()
    with owner.choosing(PUBLIC):
        County.objects.using(OWNER).bulk_create(_row(number) for number in range(1, counties + 1))
        values: dict[str, Any] = {
            "first": f"{LAST_YEAR - years + 1}-01-01",
            "last": f"{LAST_YEAR}-12-01",
            "indicators": list(INDICATORS),
            "channels": [channel.value for channel in ReportedChannel],
        }
        with owner.cursor() as cursor:
            cursor.execute(SUBMISSIONS, values)
            cursor.execute(FIGURES, values)
            cursor.execute("ANALYZE platform_county, platform_submission, platform_figure")
        return Seeded(counties, years, Submission.objects.using(OWNER).count(), Figure.objects.using(OWNER).count())


def _row(number: int) -> County:
    definition = scratch.county(number)
    return County(
        schema_name=definition.slug,
        kind=Kind.COUNTY.value,
        name=definition.name,
        organ=definition.organ,
        gb_code=definition.gb_code,
        number_style=definition.number_style,
        ruleset=definition.ruleset,
        state=CountyState.ACTIVE.value,
        onboarded_at=scratch.ONBOARDED_AT.replace(year=2000),
    )


def _ask(province: Tenant, year: int) -> object:
    with entered(province):
        return queries.board(year, at=AT)


def _reader(province: Tenant) -> Callable[[int], object]:
    """Return what one turn of a browser does: a signed-in viewer asks for the page of a year."""
    client = Client(headers={"host": f"{province.schema}.{settings.BASE_DOMAIN}"})
    middleware.HOSTS.forget()
    with entered(province):
        viewer: Staff = open_account(
            username="viewer", name="省级小陈", roles=frozenset({Role.PROVINCE_VIEWER}), at=scratch.ONBOARDED_AT
        )
        client.force_login(viewer, backend="huiyin.accounts.backend.StaffBackend")

    def read(year: int) -> None:
        answer = client.get(f"/?year={year}")
        if answer.status_code != 200:  # noqa: PLR2004  # the page itself
            raise RuntimeError(f"the board answered {answer.status_code}")

    return read


def _measure(province: Tenant, name: str, way: Callable[[int], object], years: Sequence[int]) -> Measured:
    """Count the statements of one turn, then time the others without counting."""
    with entered(province), CaptureQueriesContext(connections["default"]) as captured:
        way(years[0])
    count = len(captured)
    spent = []
    for year in years:
        start = time.perf_counter()
        way(year)
        spent.append(1000 * (time.perf_counter() - start))
    slowest = sorted(spent)[math.ceil(0.99 * len(spent)) - 1]
    return Measured(name, count, median(spent), slowest)


def _table(seeded: Seeded, measured: Sequence[Measured]) -> Table:
    title = (
        f"{seeded.counties} counties, {seeded.years} years:"
        f" {seeded.submissions:,} submissions, {seeded.figures:,} numbers; the board of one year"
    )
    table = Table(title=title)
    table.add_column("way")
    for head in ("queries", "median ms", "p99 ms"):
        table.add_column(head, justify="right")
    for one in measured:
        table.add_row(one.way, str(one.queries), f"{one.median_ms:.0f}", f"{one.p99_ms:.0f}")
    return table
