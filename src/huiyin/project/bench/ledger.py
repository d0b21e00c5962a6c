"""What taking over an old register costs: an invented ledger under the real headings, tried and then imported.

It goes the way that an office's own goes: read, tried row by row, and carried through every act that a row proves.
"""

import os
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection
from rich.console import Console
from rich.table import Table

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.ledger import actions
from huiyin.county.ledger.models import ImportRow
from huiyin.county.ledger.states import RowFate
from huiyin.kernel.tenant import entered
from huiyin.platform.directory.definitions import CountyDefinition, LeaderSeed, PlaceSeed, UnitSeed
from huiyin.project.bench import scratch
from huiyin.project.demo.items import YEAR, Item, items_of_the_year
from huiyin.project.demo.ledger import write_items
from huiyin.project.demo.office import Office

IMPORTED_AT = datetime(YEAR + 1, 9, 1, 1, tzinfo=UTC)
UNITS = (
    UnitSeed(code="government", name="县政府", branch="government", handlers=("何立群",)),
    UnitSeed(code="water", name="县水务局", branch="government", superior="government", phone="0199-5550111"),
    UnitSeed(code="court", name="县法院", branch="court"),
    UnitSeed(code="procuratorate", name="县检察院", branch="procuratorate"),
    UnitSeed(code="supervision", name="县监委", branch="supervision_commission"),
    UnitSeed(code="congress", name="县人大法制委", branch="congress"),
)
PLACES = tuple(PlaceSeed(code=f"1{number:02}", name=f"第{number}村") for number in range(1, 20))
LEADERS = (LeaderSeed(name="秦岳", title="主任", duty="组长", from_on=date(2022, 1, 10)),)
KIBIBYTES_PER_MEGABYTE = 1024


class OutOfTimeError(Exception):
    """The time that the measurement may take is over; what was imported stands."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What trying and importing the ledger took."""

    rows: int
    imported: int
    refused: int
    trial_seconds: float
    import_seconds: float
    process_seconds: float
    queries: int
    peak_megabytes: float
    load_before: float
    load_after: float

    @property
    def per_second(self) -> float:
        """How many rows were imported in a second."""
        return self.imported / self.import_seconds

    @property
    def queries_per_row(self) -> float:
        """How many statements one row took, those of its transaction included."""
        return self.queries / max(self.imported, 1)


def run(*, rows: int = 10_000, seconds: float = 1200.0, console: Console | None = None) -> Measured:
    """Import a ledger of this many rows on a throw-away server, for this long at most, and print what it took."""
    console = console or Console()
    definition = county()
    with (
        TemporaryDirectory(prefix="huiyin-bench-") as folder,
        console.status("测量中…") as status,
        scratch.installation(Path(folder) / "pg", [definition]) as (tenant,),
        entered(tenant),
    ):
        status.update(f"测量中：写出{rows}行台账")
        sheet = Path(folder) / "ledger.xlsx"
        write_items(sheet, items(rows, Office.of(definition)))
        measured = _measure(sheet, rows, seconds, status.update)
    console.print(_table(measured))
    return measured


def county() -> CountyDefinition:
    """Return an invented county with units, villages and a leader for the items to name."""
    return scratch.county(1).model_copy(update={"units": UNITS, "gazetteer": PLACES, "leading_group": LEADERS})


def items(rows: int, office: Office) -> list[Item]:
    """Return this many invented items: the demonstration's year, drawn anew as often as needed."""
    found: list[Item] = []
    while len(found) < rows:
        found += items_of_the_year(office, seed=len(found))
    return [replace(item, number=f"XF{YEAR}{index:06d}") for index, item in enumerate(found[:rows], start=1)]


def _measure(sheet: Path, rows: int, seconds: float, tell: Callable[[str], None]) -> Measured:
    by = Staff.objects.create(
        username="restricted", name="沈默言", roles=[Role.RESTRICTED.value], created_at=scratch.ONBOARDED_AT
    )
    load_before, start = os.getloadavg()[0], time.perf_counter()
    tell(f"测量中：试运行{rows}行")
    tried = actions.start_run(name=sheet.name, data=sheet.read_bytes(), by=by, at=IMPORTED_AT)
    trial_seconds, start, worked = time.perf_counter() - start, time.perf_counter(), time.process_time()

    def follow(done: int, total: int) -> None:
        tell(f"测量中：导入{done}/{total}")
        if time.perf_counter() - start > seconds:
            raise OutOfTimeError

    with _counting() as counted:
        try:
            actions.carry_out(run_id=tried.pk, by=by, at=IMPORTED_AT, progress=follow)
        except OutOfTimeError:
            tell("时间到")
    import_seconds = time.perf_counter() - start
    fates = Counter(ImportRow.objects.values_list("fate", flat=True))
    return Measured(
        rows=rows,
        imported=fates[RowFate.IMPORTED.value],
        refused=fates[RowFate.REFUSED.value],
        trial_seconds=trial_seconds,
        import_seconds=import_seconds,
        process_seconds=time.process_time() - worked,
        queries=counted.total(),
        peak_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_PER_MEGABYTE,
        load_before=load_before,
        load_after=os.getloadavg()[0],
    )


@contextmanager
def _counting() -> Iterator[Counter[str]]:
    """Count the statements of the block."""
    counted: Counter[str] = Counter()

    def count(execute: Callable[..., object], sql: str, *rest: Any) -> object:  # noqa: ANN401  # handed on as it came
        counted["statements"] += 1
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        yield counted


def _table(measured: Measured) -> Table:
    table = Table(title=f"a ledger of {measured.rows:,} rows, one process and its server on this machine")
    table.add_column("what")
    table.add_column("figure", justify="right")
    for what, figure in (
        ("trial, seconds", f"{measured.trial_seconds:.1f}"),
        ("trial, rows per second", f"{measured.rows / measured.trial_seconds:,.0f}"),
        ("import, seconds", f"{measured.import_seconds:.1f}"),
        ("import, rows per second", f"{measured.per_second:.1f}"),
        ("import, processor seconds of the process", f"{measured.process_seconds:.1f}"),
        ("statements per row", f"{measured.queries_per_row:.1f}"),
        ("rows imported", f"{measured.imported:,}"),
        ("rows refused", f"{measured.refused:,}"),
        ("peak memory of the process, MB", f"{measured.peak_megabytes:.0f}"),
        ("load of the machine before and after", f"{measured.load_before:.1f}, {measured.load_after:.1f}"),
    ):
        table.add_row(what, figure)
    return table
