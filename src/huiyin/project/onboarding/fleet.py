"""The fleet: bring every office's schema forward; a failure in one is that one's alone.

Offices are grouped by what their schemas have had. For each group the way forward is rendered once, tried on one
office (the canary), and then replayed in the others, each in its own transaction. What was done stands in a ledger;
a run that was killed is taken up again. An office whose migration failed stays on the maintenance page.
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.db import connections, transaction

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC, Tenant
from huiyin.platform.directory.fleet import FleetRun, FleetStep, RunState, StepState
from huiyin.platform.directory.models import County, CountyState, as_tenant
from huiyin.project.onboarding import script
from huiyin.project.onboarding.concurrently import drop_unfinished_indexes
from huiyin.project.onboarding.failures import may_pass, safe_words
from huiyin.project.onboarding.locks import held_by_this_session
from huiyin.project.onboarding.openings import open_tables
from huiyin.project.tenancy.backend.base import OWNER, DatabaseWrapper

TRIES = 4
LOCK_TIMEOUT = "2s"
SECONDS_BETWEEN_TRIES = 0.5
CANARY_FAILED = "先行单位升级失败，本单位没有动"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one office."""

    schema: str
    state: StepState
    migrations: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class FleetOutcome:
    """What became of all of them."""

    run: int
    resumed: bool
    current: int
    results: tuple[Result, ...]

    @property
    def done(self) -> tuple[Result, ...]:
        """Those that were brought forward."""
        return tuple(result for result in self.results if result.state is StepState.DONE)

    @property
    def failed(self) -> tuple[Result, ...]:
        """Those that were not."""
        return tuple(result for result in self.results if result.state is not StepState.DONE)


@dataclass(frozen=True, slots=True)
class Group:
    """Offices that go the same way."""

    way: script.Script
    offices: tuple[Tenant, ...]


@dataclass(frozen=True, slots=True)
class Trip:
    """What every part of one run needs to know."""

    run: FleetRun
    clock: Callable[[], datetime]
    follow: Callable[[Result], None]
    lock_timeout: str
    pause: Callable[[float], None]


def say_nothing(result: Result) -> None:
    """Follow no result: the default of whoever only wants the outcome."""
    del result


def migrate_fleet(
    *,
    clock: Callable[[], datetime],
    canary: str = "",
    workers: int = 2,
    lock_timeout: str = LOCK_TIMEOUT,
    follow: Callable[[Result], None] = say_nothing,
    pause: Callable[[float], None] = time.sleep,
) -> FleetOutcome:
    """Migrate every office that needs it (升级); refuse while another run or onboarding is under way."""
    connection = script.owner_connection()
    with connection.choosing(PUBLIC), held_by_this_session(connection):
        check_public_is_current(connection)
        run, resumed = taken_up(clock())
        groups, current = sorted_out(connection, canary=canary)
        trip = Trip(run, clock, follow, lock_timeout, pause)
        write_down(run, groups)
        results: list[Result] = []
        for group in groups:
            results += migrate_group(connection, group, trip, workers=workers)
        failed = any(result.state is not StepState.DONE for result in results)
        run.state = (RunState.FAILED if failed else RunState.DONE).value
        run.finished_at = clock()
        run.save(using=OWNER, update_fields=["state", "finished_at"])
    return FleetOutcome(run=run.pk, resumed=resumed, current=current, results=tuple(results))


def check_public_is_current(connection: DatabaseWrapper) -> None:
    """Refuse while the shared tables are behind: offices are read through them."""
    applied = script.applied_in(connection, PUBLIC.schema)
    if applied is None or script.missing(PUBLIC.kind, applied):
        raise Refusal("fleet.public_is_behind", "平台公共部分还没有升级，请先运行 huiyin install")


def target() -> str:
    """Return the hash of where the code wants all schemas to be."""
    return hashlib.sha256("".join(script.target_of(kind) for kind in ("county", "province")).encode()).hexdigest()


def taken_up(at: datetime) -> tuple[FleetRun, bool]:
    """Return the run that died on the way to the same target, or a new one."""
    wanted = target()
    runs = FleetRun.objects.using(OWNER)
    open_run = runs.filter(state=RunState.RUNNING.value).first()
    if open_run is not None and open_run.target == wanted:
        return open_run, True
    if open_run is not None:
        open_run.state, open_run.finished_at = RunState.FAILED.value, at
        open_run.save(using=OWNER, update_fields=["state", "finished_at"])
    return runs.create(target=wanted, state=RunState.RUNNING.value, started_at=at), False


def sorted_out(connection: DatabaseWrapper, *, canary: str) -> tuple[tuple[Group, ...], int]:
    """Return the offices by the way they have to go, the canary first, and how many need not go anywhere."""
    by_way: dict[tuple[str, frozenset[script.Key]], list[Tenant]] = defaultdict(list)
    current = 0
    for row in County.objects.using(OWNER).order_by("schema_name"):
        applied = script.applied_in(connection, row.schema_name) or frozenset()
        if script.missing(row.kind, applied):
            by_way[(row.kind, applied)].append(as_tenant(row, domain=""))
            continue
        current += 1
        # Killed between its last commit and this line: there is nothing left to wait for.
        serve_again(row.schema_name)
    if canary and canary not in {tenant.schema for tenants in by_way.values() for tenant in tenants}:
        raise Refusal("fleet.unknown_canary", f"先行单位 {canary} 不存在，或者不需要升级", canary=canary)
    ways = sorted(by_way.items(), key=lambda item: (canary not in {one.schema for one in item[1]}, item[0][0]))
    return (
        tuple(
            Group(script.script_for(kind, applied), tuple(sorted(tenants, key=lambda one: one.schema != canary)))
            for (kind, applied), tenants in ways
        ),
        current,
    )


def write_down(run: FleetRun, groups: Iterable[Group]) -> None:
    """Enter every office of the run in the ledger, once."""
    steps = [
        FleetStep(run=run, schema_name=tenant.schema, migrations=len(group.way.migrations))
        for group in groups
        for tenant in group.offices
    ]
    FleetStep.objects.using(OWNER).bulk_create(steps, ignore_conflicts=True)


def migrate_group(connection: DatabaseWrapper, group: Group, trip: Trip, *, workers: int) -> list[Result]:
    """Migrate the canary, then the others on a few connections; after a failed canary nobody else is touched."""
    first, others = group.offices[0], group.offices[1:]
    results = [migrate_one(connection, group.way, first, trip)]
    if results[0].state is StepState.FAILED:
        left = [Result(tenant.schema, StepState.WAITING, 0, CANARY_FAILED) for tenant in others]
        for result in left:
            trip.follow(result)
        return results + left
    has_stock_steps = any(step.stock for step in group.way.steps)
    count = 1 if has_stock_steps else max(1, min(workers, len(others)))
    shares = [others[number::count] for number in range(count)]
    if count == 1:
        return results + [migrate_one(connection, group.way, tenant, trip) for tenant in others]
    with ThreadPoolExecutor(count) as pool:
        for share in pool.map(lambda tenants: migrate_share(group.way, tenants, trip), shares):
            results += share
    return results


def migrate_share(way: script.Script, tenants: Sequence[Tenant], trip: Trip) -> list[Result]:
    """Migrate some offices in a thread of their own, on a connection of its own."""
    connection = script.owner_connection()
    try:
        with connection.choosing(PUBLIC):
            return [migrate_one(connection, way, tenant, trip) for tenant in tenants]
    finally:
        connections.close_all()


def migrate_one(connection: DatabaseWrapper, way: script.Script, tenant: Tenant, trip: Trip) -> Result:
    """Migrate one office: maintenance page, its own transaction, and back to its people; a failure is written down."""
    stop_serving(tenant.schema)
    error: Exception | None = None
    for attempt in range(1, TRIES + 1):
        FleetStep.objects.using(OWNER).filter(run=trip.run, schema_name=tenant.schema).update(attempts=attempt)
        try:
            go(connection, way, tenant, trip)
        except Exception as caught:  # noqa: BLE001  # whatever a migration raises stops this office and no other
            error = caught
            if not may_pass(caught) or attempt == TRIES:
                break
            trip.pause(SECONDS_BETWEEN_TRIES * attempt)
        else:
            error = None
            break
    if error is None:
        result = Result(tenant.schema, StepState.DONE, len(way.migrations))
    else:
        result = Result(tenant.schema, StepState.FAILED, 0, safe_words(error))
        FleetStep.objects.using(OWNER).filter(run=trip.run, schema_name=tenant.schema).update(
            state=StepState.FAILED.value, error=result.error, finished_at=trip.clock()
        )
    trip.follow(result)
    return result


def go(connection: DatabaseWrapper, way: script.Script, tenant: Tenant, trip: Trip) -> None:
    """Go the way in one transaction with the ledger's line and the office's state."""
    if not way.is_atomic:
        go_in_parts(connection, way, tenant, trip)
    with transaction.atomic(using=OWNER):
        wait_no_longer(connection, trip)
        if way.is_atomic:
            with connection.choosing(tenant):
                script.replay(connection, way)
        open_tables(connection, tenant)
        FleetStep.objects.using(OWNER).filter(run=trip.run, schema_name=tenant.schema).update(
            state=StepState.DONE.value, error="", finished_at=trip.clock()
        )
        serve_again(tenant.schema)


def go_in_parts(connection: DatabaseWrapper, way: script.Script, tenant: Tenant, trip: Trip) -> None:
    """Go what is left of a way that refuses one transaction: what failed half way is taken up where it stopped."""
    drop_unfinished_indexes(connection, tenant.schema)
    for part in way.parts(script.applied_in(connection, tenant.schema)):
        with transaction.atomic(using=OWNER) if part.is_atomic else nullcontext():
            if part.is_atomic:
                wait_no_longer(connection, trip)
            with connection.choosing(tenant):
                script.replay(connection, part)


def wait_no_longer(connection: DatabaseWrapper, trip: Trip) -> None:
    """Give up in this transaction where a lock is not let go in time: whoever queues behind would wait as long."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [trip.lock_timeout])


def stop_serving(schema: str) -> None:
    """Show the maintenance page; an office that was suspended stays so."""
    rows = County.objects.using(OWNER).filter(schema_name=schema, state=CountyState.ACTIVE.value)
    rows.update(state=CountyState.MIGRATING.value)


def serve_again(schema: str) -> None:
    """End the maintenance page."""
    rows = County.objects.using(OWNER).filter(schema_name=schema, state=CountyState.MIGRATING.value)
    rows.update(state=CountyState.ACTIVE.value)
