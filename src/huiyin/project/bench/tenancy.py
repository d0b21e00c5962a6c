"""What the wall costs: one page with one query and with five, by four ways to the database, in one run.

Every way answers the same requests, for two counties in turn, through its own middleware from host to tenant. The
ways take turns in short slices, so that a busy machine is equally busy for all; a ratio is the median over the turns.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import truediv
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper as PlainWrapper
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django_tenants.middleware.main import TenantMainMiddleware
from django_tenants.postgresql_backend.base import DatabaseWrapper as StockWrapper
from rich.console import Console
from rich.table import Table

from huiyin.accounts.models import Staff
from huiyin.kernel.tenant import Tenant, entered
from huiyin.platform.directory.models import County, Domain
from huiyin.project.bench import scratch
from huiyin.project.tenancy import middleware
from huiyin.project.tenancy.backend.base import OWNER, DatabaseWrapper

QUERIES = (1, 5)
SLICE_SECONDS = 0.25

Counties = tuple[Tenant, ...]
View = Callable[[HttpRequest], HttpResponseBase]


class WithoutRole(DatabaseWrapper):
    """Our backend with the search path only: what the role costs is the difference."""

    switches_role = False


class StockMiddleware(TenantMainMiddleware):  # type: ignore[misc]  # django-tenants has no types
    """django-tenants' own way from host to tenant, told what our register calls its columns."""

    def get_tenant(self, domain_model: type[Domain], hostname: str) -> County:
        """Return the row of the register, asked anew for every request."""
        return domain_model.objects.select_related("county").get(domain=hostname).county

    @staticmethod
    def setup_url_routing(request: HttpRequest, force_public: bool = False) -> None:  # noqa: FBT001, FBT002  # django-tenants' signature
        """Leave the routes alone: every way answers with the same view."""
        del request, force_public


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the database: a backend, the login it uses, and the middleware before the view."""

    name: str
    wrapper: type[BaseDatabaseWrapper]
    login: str
    wrap: Callable[[View], View]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one way did for one view."""

    way: str
    queries: int
    per_second: float
    ratio: float


WAYS = (
    Way("plain Django, one schema", PlainWrapper, OWNER, lambda view: view),
    Way("django-tenants as it comes", StockWrapper, OWNER, StockMiddleware),
    Way("ours, search path only", WithoutRole, OWNER, middleware.TenantMiddleware),
    Way("ours, role and search path", DatabaseWrapper, "default", middleware.TenantMiddleware),
)


def run(*, seconds: float = 20.0, console: Console | None = None) -> tuple[Measured, ...]:
    """Measure every way on a throw-away server for about this long, print the table and return its figures."""
    console = console or Console()
    with (
        TemporaryDirectory(prefix="huiyin-bench-") as folder,
        console.status("测量中…") as status,
        scratch.installation(Path(folder) / "pg", [scratch.county(1), scratch.county(2)]) as counties,
    ):
        _add_people(counties)
        measured = _measure(counties, seconds, lambda way: status.update(f"测量中：{way}"))
    console.print(_table(measured))
    return measured


def _measure(counties: Counties, seconds: float, tell: Callable[[str], None]) -> tuple[Measured, ...]:
    """Let the ways take turns until the time is over, each turn in another order."""
    found: dict[tuple[str, int], list[float]] = {(way.name, count): [] for way in WAYS for count in QUERIES}
    opened = {way.name: _connect(way, counties) for way in WAYS}
    turn, end = 0, time.monotonic() + seconds
    try:
        while time.monotonic() < end or turn == 0:
            first = turn % len(WAYS)
            for way in (*WAYS[first:], *WAYS[:first]):
                tell(way.name)
                with _as_default(opened[way.name]):
                    for count in QUERIES:
                        found[way.name, count].append(_throughput(way.wrap(_view(count)), counties))
            turn += 1
    finally:
        for connection in opened.values():
            connection.close()
    plain = {count: found[WAYS[0].name, count] for count in QUERIES}
    return tuple(
        Measured(name, count, median(rates), median(map(truediv, rates, plain[count])))
        for (name, count), rates in found.items()
    )


def _view(queries: int) -> View:
    def view(_request: HttpRequest) -> JsonResponse:
        people = [Staff.objects.get(pk=number).name for number in range(1, queries + 1)]
        return JsonResponse({"people": people})

    return view


def _throughput(handler: View, counties: Counties) -> float:
    """Return requests per second, the two counties asking in turn."""
    factory, hosts = RequestFactory(), [county.domain for county in counties]
    for host in hosts:
        handler(factory.get("/", headers={"host": host}))
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < SLICE_SECONDS:
        answer = handler(factory.get("/", headers={"host": hosts[done % 2]}))
        if answer.status_code != 200:  # noqa: PLR2004  # the page itself
            raise RuntimeError(f"a page answered {answer.status_code}")
        done += 1
    return done / spent


def _connect(way: Way, counties: Counties) -> BaseDatabaseWrapper:
    settings: dict[str, Any] = {**connections.databases["default"], **_login(way.login)}
    if way.wrapper is PlainWrapper:
        settings["OPTIONS"] = settings["OPTIONS"] | {"options": f"-c search_path={counties[0].schema}"}
    return way.wrapper(settings, "default")


def _login(alias: str) -> dict[str, Any]:
    return {name: connections.databases[alias][name] for name in ("USER", "PASSWORD")}


@contextmanager
def _as_default(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let this thread's ``default`` be this connection for the length of the block."""
    before = connections["default"]
    connections["default"] = connection
    try:
        yield
    finally:
        connections["default"] = before


def _add_people(counties: Counties) -> None:
    for county in counties:
        with entered(county):
            Staff.objects.bulk_create(
                Staff(username=f"clerk{number}", name="马会计", created_at=scratch.ONBOARDED_AT) for number in range(5)
            )
    middleware.HOSTS.forget()


def _table(measured: tuple[Measured, ...]) -> Table:
    table = Table(title="requests per second, two counties in turn (ratio to plain Django, median over the turns)")
    table.add_column("way")
    for count in QUERIES:
        table.add_column(f"{count} quer{'y' if count == 1 else 'ies'}", justify="right")
        table.add_column("ratio", justify="right")
    for way in WAYS:
        rows = {one.queries: one for one in measured if one.way == way.name}
        cells = [cell for count in QUERIES for cell in (f"{rows[count].per_second:,.0f}", f"{rows[count].ratio:.2f}")]
        table.add_row(way.name, *cells)
    return table
