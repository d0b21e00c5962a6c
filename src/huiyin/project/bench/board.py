"""What the province's board costs: its question and its page, from the numbers of many counties and many years.

The rows are what counties would have pushed: every month, indicator and channel, one month in ten reported twice.
The owner writes them in two statements: how a million numbers are pushed is not what is measured. Beside it, in the
same run, the same sums are asked of the counties' own schemas by one UNION (see ``board_union``).
"""

import logging
import math
import os
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
from django.core.cache import cache
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.table import Table

from huiyin.accounts.actions import open_account
from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.interfaces.provincial.board_tables import SHOWN
from huiyin.kernel.tenant import PUBLIC, Tenant, entered
from huiyin.platform.directory.models import County, CountyState, Kind
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.board import Amount, Board
from huiyin.platform.statistics.indicators import INDICATORS, ChannelGroup, ReportedChannel
from huiyin.platform.statistics.models import Figure, Submission
from huiyin.project.bench import board_union, scratch
from huiyin.project.onboarding.script import owner_connection
from huiyin.project.tenancy import middleware
from huiyin.project.tenancy.backend.base import OWNER

QUESTION = "queries.board, the page's indicators"
FIRST, AGAIN = "the page, first after a new report", "the page again"
UNION, EXTRAPOLATED = "UNION over the schemas", "UNION over the schemas (extrapolated)"
MOST_SCHEMAS = 150
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
    FROM platform_submission s, unnest(%(indicators)s::text[], %(channels)s::text[]) pair (indicator, channel),
         LATERAL (SELECT 5 + ((s.id * 7 + length(indicator)) %% 40)::int AS whole) amount
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one way to the board's numbers costs; ``cpu_ms`` is this process' own share, however busy the machine is."""

    way: str
    queries: int
    median_ms: float
    p99_ms: float
    cpu_ms: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many rows the board is computed from."""

    counties: int
    years: int
    submissions: int
    figures: int


def run(
    *,
    counties: int = 150,
    years: int = 10,
    turns: int = 60,
    every_indicator: bool = True,
    console: Console | None = None,
) -> list[Measured]:
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
        seeded = _seed(counties, years, every_indicator=every_indicator)
        page = _reader(province)
        ways: dict[str, Callable[[int], object]] = {
            QUESTION: lambda year: _ask(province, year),
            FIRST: lambda year: page(_forgotten(province, year)),
            AGAIN: page,
        }
        measured = []
        for name, way in ways.items():
            status.update(f"测量中：{name}")
            measured.append(_measure(province, name, way, [LAST_YEAR - turn % years for turn in range(turns)]))
        status.update(f"测量中：{UNION}")
        measured.append(_by_union(province, counties, turns=turns))
    console.print(_table(seeded, measured))
    return measured


def _by_union(province: Tenant, counties: int, *, turns: int) -> Measured:
    """Measure the UNION over the schemas of one year, after comparing its sums with the board's."""
    names = [scratch.county(number).slug for number in range(1, counties + 1)]
    few, codes = names[:MOST_SCHEMAS], [one.code for one in SHOWN]
    with entered(province):
        board = queries.board(LAST_YEAR, at=AT, indicators=SHOWN)
    with owner_connection().choosing(PUBLIC):
        board_union.fill(names, of_year=LAST_YEAR)
        _check_same(board, few, board_union.asked(few, of_year=LAST_YEAR, indicators=codes))
        start = time.process_time()
        spent = board_union.milliseconds(few, of_year=LAST_YEAR, indicators=codes, turns=turns)
        cpu = 1000 * (time.process_time() - start) / turns
        failed = board_union.failure(names, of_year=LAST_YEAR, indicators=codes) if len(names) > len(few) else ""
    factor = len(names) / len(few)
    note = "" if factor == 1 else f"from {len(few)} schemas; over {len(names)}: {failed or 'answered'}"
    name = UNION if factor == 1 else EXTRAPOLATED
    return Measured(name, 1, factor * median(spent), factor * _slowest(spent), factor * cpu, note)


def _check_same(board: Board, names: Sequence[str], sums: board_union.Sums) -> None:
    """Refuse to compare what does not count the same."""
    for name in names:
        amounts = board.county(name).amounts
        if any(amounts.of(one) != Amount(*sums.get((name, one.code), (0, 0))) for one in SHOWN):
            raise RuntimeError(f"the UNION counts otherwise for {name}")


def _forgotten(province: Tenant, year: int) -> int:
    """Take away what was drawn, as a new report does, and return the year."""
    with entered(province):
        cache.clear()
    return year


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


def _seed(counties: int, years: int, *, every_indicator: bool = True) -> Seeded:
    """Enter the counties in the register, without schemas, and write what each would have pushed."""
    owner, pairs = owner_connection(), [*_pairs(every_indicator=every_indicator)]
    with owner.choosing(PUBLIC):
        County.objects.using(OWNER).bulk_create(_row(number) for number in range(1, counties + 1))
        values: dict[str, Any] = {
            "first": f"{LAST_YEAR - years + 1}-01-01",
            "last": f"{LAST_YEAR}-12-01",
            "indicators": [indicator for indicator, _ in pairs],
            "channels": [channel for _, channel in pairs],
        }
        with owner.cursor() as cursor:
            cursor.execute(SUBMISSIONS, values)
            cursor.execute(FIGURES, values)
            cursor.execute("ANALYZE platform_county, platform_submission, platform_figure")
        return Seeded(counties, years, Submission.objects.using(OWNER).count(), Figure.objects.using(OWNER).count())


def _pairs(*, every_indicator: bool) -> Iterator[tuple[str, str]]:
    """Yield each indicator with each channel in which it is reported; or only what the board's page adds up."""
    for indicator in INDICATORS.values() if every_indicator else SHOWN:
        group = ChannelGroup.ALL if every_indicator else ChannelGroup.OWN
        for channel in group.channels if indicator.has_channel else (ReportedChannel.NONE.value,):
            yield indicator.code, channel


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
        return queries.board(year, at=AT, indicators=SHOWN)


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
    """Go once through every year, count the statements of one turn, then time the others without counting."""
    for year in sorted(set(years)):
        way(year)
    with entered(province), CaptureQueriesContext(connections["default"]) as captured:
        way(years[0])
    count = len(captured)
    spent, start_cpu = [], time.process_time()
    for year in years:
        start = time.perf_counter()
        way(year)
        spent.append(1000 * (time.perf_counter() - start))
    cpu = 1000 * (time.process_time() - start_cpu) / len(years)
    return Measured(name, count, median(spent), _slowest(spent), cpu)


def _slowest(spent: Sequence[float]) -> float:
    """Return the 99th percentile."""
    return sorted(spent)[math.ceil(0.99 * len(spent)) - 1]


def _table(seeded: Seeded, measured: Sequence[Measured]) -> Table:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    title = (
        f"{seeded.counties} counties, {seeded.years} years:"
        f" {seeded.submissions:,} submissions, {seeded.figures:,} numbers; the board of one year; load average {load}"
    )
    table = Table(title=title)
    table.add_column("way")
    for head in ("queries", "median ms", "p99 ms", "own CPU ms"):
        table.add_column(head, justify="right")
    table.add_column("note")
    for one in measured:
        numbers = (f"{number:.0f}" for number in (one.median_ms, one.p99_ms, one.cpu_ms))
        table.add_row(one.way, str(one.queries), *numbers, one.note)
    return table
