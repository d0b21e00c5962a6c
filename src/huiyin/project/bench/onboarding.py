"""What a new office costs: its tables by three ways, and the whole onboarding, in one run.

The ways take turns, so that a busy machine is equally busy for all; each figure is the median over the turns.
"""

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from django.db import transaction
from psycopg import sql
from rich.console import Console
from rich.table import Table

from huiyin.kernel.tenant import PUBLIC, Tenant
from huiyin.project import postgres_binaries
from huiyin.project.bench import scratch
from huiyin.project.onboarding import script
from huiyin.project.onboarding.offices import converge
from huiyin.project.tenancy.backend.base import OWNER, DatabaseWrapper

REPLAY, PSQL, MIGRATIONS, WHOLE = (
    "tables: one script, one message",
    "tables: psql, statement by statement",
    "tables: the migrations, by Django",
    "the whole onboarding, by the script",
)

Way = Callable[[DatabaseWrapper, int], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """How long one way takes, and how many times as long as the script in one message."""

    way: str
    seconds: float
    ratio: float


def run(*, turns: int = 5, console: Console | None = None) -> tuple[Measured, ...]:
    """Measure every way this many times on a throw-away server, print the table and return its figures."""
    console = console or Console()
    with (
        TemporaryDirectory(prefix="huiyin-bench-") as folder,
        console.status("测量中…") as status,
        scratch.installation(Path(folder) / "pg", [scratch.county(1)]),
    ):
        file = Path(folder) / "tables.sql"
        ways: dict[str, Way] = {
            REPLAY: _replay,
            PSQL: lambda connection, number: _psql(connection, number, file),
            MIGRATIONS: _migrate,
            WHOLE: _onboard,
        }
        found: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(turns):
            for position, (name, way) in enumerate(ways.items()):
                status.update(f"测量中：{name}（{turn + 1}/{turns}）")
                found[name].append(_timed(way, 100 + turn * len(ways) + position))
    first = median(found[REPLAY])
    measured = tuple(Measured(name, median(spent), median(spent) / first) for name, spent in found.items())
    console.print(_table(measured))
    return measured


def _timed(way: Way, number: int) -> float:
    connection = script.owner_connection()
    with connection.choosing(PUBLIC):
        start = time.perf_counter()
        way(connection, number)
        return time.perf_counter() - start


def _office(number: int) -> Tenant:
    return Tenant(schema=f"tables{number}", kind="county", name=f"测表{number}县")


def _create_schema(connection: DatabaseWrapper, office: Tenant) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(office.schema)))


def _replay(connection: DatabaseWrapper, number: int) -> None:
    office = _office(number)
    with connection.choosing(office), transaction.atomic(using=OWNER):
        _create_schema(connection, office)
        script.replay(connection, script.script_for(office.kind))


def _migrate(connection: DatabaseWrapper, number: int) -> None:
    office = _office(number)
    with connection.choosing(office), transaction.atomic(using=OWNER):
        _create_schema(connection, office)
        script.migrate(connection, office.kind)


def _psql(connection: DatabaseWrapper, number: int, file: Path) -> None:
    office = _office(number)
    statements = [f"CREATE SCHEMA {office.schema}", f"SET search_path TO {office.schema}"]
    statements.append(script.message(script.script_for(office.kind).steps))
    file.write_text(";\n".join(statements) + ";\n", encoding="utf-8")
    psql = postgres_binaries.find(account=None).path("psql")
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={file}"]
    subprocess.run(  # noqa: S603  # the arguments are our own
        [str(psql), *options, _address(connection.settings_dict)],
        check=True,
        capture_output=True,
        env=postgres_binaries.environment() | {"PGPASSWORD": scratch.SECRET},
    )


def _address(settings: dict[str, str]) -> str:
    return "postgresql://{USER}@{HOST}:{PORT}/{NAME}".format(**settings)


def _onboard(connection: DatabaseWrapper, number: int) -> None:
    del connection
    converge(scratch.county(number), at=scratch.ONBOARDED_AT)


def _table(measured: Sequence[Measured]) -> Table:
    table = Table(title="one county, median over the turns")
    table.add_column("way")
    table.add_column("seconds", justify="right")
    table.add_column("ratio", justify="right")
    for one in measured:
        table.add_row(one.way, f"{one.seconds:.3f}", f"{one.ratio:.1f}")
    return table
