"""What a release costs the fleet: one added column in every county, by ``migrate_fleet`` and by the stock way.

The stock way is django-tenants' own executor, schema by schema. It is so slow that it is measured on a few counties
and multiplied; the table says so.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings
from django_tenants.management.commands.migrate_schemas import MigrateSchemasCommand
from django_tenants.migration_executors.standard import StandardExecutor
from rich.console import Console
from rich.table import Table

from huiyin.kernel.tenant import PUBLIC
from huiyin.project.bench import scratch
from huiyin.project.onboarding import script
from huiyin.project.onboarding.fleet import FleetOutcome, migrate_fleet

FLEET, STOCK, EXTRAPOLATED = (
    "huiyin migrate_fleet",
    "django-tenants, schema by schema",
    "the same for all counties, extrapolated",
)
SAMPLE = 5
APP, PACKAGE, NAME = "county", "bench_release", "9999_bench"
RELEASE = """from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("{app}", "{newest}")]
    operations = [migrations.AddField("unit", "bench", models.CharField(max_length=20, default=""))]
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """How long one way takes for how many counties."""

    way: str
    counties: int
    seconds: float

    @property
    def each(self) -> float:
        """Return the seconds for one county."""
        return self.seconds / self.counties


def run(
    *, counties: int = 150, sample: int = SAMPLE, workers: int = 2, console: Console | None = None
) -> tuple[Measured, ...]:
    """Onboard the counties and the sample on a throw-away server, release the column, and time both ways."""
    console = console or Console()
    offices = [scratch.county(number) for number in range(1, counties + sample + 1)]
    with (
        TemporaryDirectory(prefix="huiyin-bench-") as folder,
        console.status(f"入驻 {len(offices)} 个县…") as status,
        scratch.installation(Path(folder) / "pg", offices),
        _released(Path(folder)),
    ):
        status.update(f"逐县升级 {sample} 个县…")
        stock = _timed(lambda: _by_django_tenants([one.slug for one in offices[:sample]]))
        status.update(f"升级 {counties} 个县…")
        ours = _timed(lambda: _by_the_fleet(counties, workers))
    measured = (
        Measured(FLEET, counties, ours),
        Measured(STOCK, sample, stock),
        Measured(EXTRAPOLATED, counties, stock / sample * counties),
    )
    console.print(_table(measured))
    return measured


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _by_the_fleet(counties: int, workers: int) -> None:
    outcome: FleetOutcome = migrate_fleet(clock=lambda: datetime.now(UTC), workers=workers)
    if len(outcome.done) != counties or outcome.failed:
        raise RuntimeError(f"{len(outcome.done)} of {counties} counties were migrated")


def _by_django_tenants(schemas: list[str]) -> None:
    """Run the stock executor with the options that its command would give it."""
    command = MigrateSchemasCommand()
    options: dict[str, Any] = vars(command.create_parser("huiyin", "migrate_schemas").parse_args([]))
    executor = StandardExecutor((), options | {"verbosity": 0, "skip_checks": True})
    connection = script.owner_connection()
    try:
        executor.run_multi_type_migrations([(schema, "county") for schema in schemas])
    finally:
        connection.follow_the_entered_tenant()
    with connection.choosing(PUBLIC):
        behind = [one for one in schemas if (APP, NAME) not in (script.applied_in(connection, one) or ())]
    if behind:
        raise RuntimeError(f"the stock way left {behind} behind")


@contextmanager
def _released(folder: Path) -> Iterator[None]:
    """Let the county's app have one migration more for the length of the block; its script is rendered in it, too."""
    newest = max(name for app, name in MigrationLoader(None).disk_migrations or {} if app == APP)
    package = folder / PACKAGE
    package.mkdir()
    known = Path(apps.get_app_config(APP).path) / "migrations"
    (package / "__init__.py").write_text(f"__path__.append({str(known)!r})\n", encoding="utf-8")
    (package / f"{NAME}.py").write_text(RELEASE.format(app=APP, newest=newest), encoding="utf-8")
    sys.path.insert(0, str(folder))
    try:
        with override_settings(MIGRATION_MODULES={APP: PACKAGE}, HUIYIN_DATA=folder):
            yield
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]


def _table(measured: tuple[Measured, ...]) -> Table:
    table = Table(title="one added column in every county")
    table.add_column("way")
    for head in ("counties", "seconds", "seconds a county", "ratio"):
        table.add_column(head, justify="right")
    for one in measured:
        ratio = one.each / measured[0].each
        table.add_row(one.way, str(one.counties), f"{one.seconds:.2f}", f"{one.each:.3f}", f"{ratio:.1f}")
    return table
