"""One throw-away installation per test run (per worker), made by the code that makes a real one.

PostgreSQL is started when the first test needs it. Django is set up here, before any other module is imported,
except where the command line names nothing but rules: ``tests/kernel`` and every ``test_rules.py`` run without.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django.plugin import DjangoDbBlocker

from huiyin.kernel.tenant import PUBLIC, Tenant, entered

if TYPE_CHECKING:
    from huiyin.accounts.models import Staff

ROOT = Path(__file__).parent.parent
DEFINITIONS = ROOT / "tests" / "tenants"
PREFIX = "hytest"
DATABASE = "huiyin_test"
SECRET = "only-for-tests"
PASSWORD = "only-for-tests-2026"
ONBOARDED_AT = datetime(2026, 1, 1, 1, tzinfo=UTC)
DATA: list[Path] = []
PROVISIONED = pytest.StashKey["Provisioned"]()

ACCOUNTS = {
    "clerk": ("ma", "马会计", "clerk", ""),
    "head": ("wang", "王主任", "head", ""),
    "leader": ("li", "李副主任", "leader", ""),
    "group_head": ("qin", "秦岳", "group_head", ""),
    "restricted": ("yan", "严保密", "restricted", ""),
    "mail_room": ("shou", "收发老周", "mail_room", ""),
    "auditor": ("shen", "沈审", "auditor", ""),
    "unit_clerk": ("he", "何立群", "unit_clerk", "water"),
    "unit_head": ("shui", "水局长", "unit_head", "water"),
    "other_unit_clerk": ("tian", "田有禾", "unit_clerk", "agriculture"),
}


@dataclass(frozen=True, slots=True)
class Provisioned:
    """Where the installation stands and which offices it has."""

    superuser_url: str
    database: str
    offices: dict[str, Tenant]
    setup_tokens: dict[str, str]


@dataclass(frozen=True, slots=True)
class People:
    """Who works in and with the office: 马会计 registers, 王主任 assigns, 县水务局 reports. All have PASSWORD."""

    clerk: "Staff"
    head: "Staff"
    leader: "Staff"
    group_head: "Staff"
    restricted: "Staff"
    mail_room: "Staff"
    auditor: "Staff"
    unit_clerk: "Staff"
    unit_head: "Staff"
    other_unit_clerk: "Staff"
    administrator: "Staff"


def needs_django(path: Path) -> bool:
    """Return whether the tests of a file or folder need Django: rules are plain functions of values.

    Where rules stand beside a conftest that makes rows, it is set up for the conftest's imports.
    """
    is_rules = path.name == "test_rules.py" and not (path.parent / "conftest.py").exists()
    return not is_rules and (ROOT / "tests" / "kernel") not in (path, *path.parents)


def is_about_rules_only(arguments: list[str]) -> bool:
    """Return whether every path on the command line holds tests that need no Django."""
    paths = [Path(argument.partition("::")[0]).resolve() for argument in arguments]
    paths = [path for path in paths if path.exists() and (ROOT / "tests") in (path, *path.parents)]
    return bool(paths) and not any(needs_django(path) for path in paths)


def set_up_django() -> None:
    """Set the environment and set Django up; no database is touched."""
    data = Path(tempfile.mkdtemp(prefix="huiyin_tests_"))
    DATA.append(data)
    rendered = ROOT / ".pytest_cache" / "huiyin_schema"
    rendered.mkdir(parents=True, exist_ok=True)
    (data / "schema").symlink_to(rendered)
    (data / "static").mkdir()
    os.environ |= {
        "HUIYIN_DATABASE_URL": f"postgresql://{PREFIX}_app@127.0.0.1:1/{DATABASE}",
        "HUIYIN_OWNER_DATABASE_URL": f"postgresql://{PREFIX}_owner@127.0.0.1:1/{DATABASE}",
        "HUIYIN_SECRET_KEY": "only-for-tests-0123456789-0123456789-0123456789",
        "HUIYIN_BASE_DOMAIN": "localhost",
        "HUIYIN_DATA": str(data),
        "HUIYIN_TENANTS": str(ROOT / "tenants"),
        "HUIYIN_ROLE_PREFIX": PREFIX,
        "HUIYIN_SENTRY_DSN": "",
        "HUIYIN_DEBUG": "0",
        "HUIYIN_SECURE": "0",
        "DJANGO_SETTINGS_MODULE": "huiyin.project.settings",
    }
    import django  # noqa: PLC0415  # only where a test needs it

    django.setup()


if not is_about_rules_only(sys.argv[1:]):
    set_up_django()


def pytest_unconfigure() -> None:
    """Remove the folder of this run."""
    for data in DATA:
        shutil.rmtree(data, ignore_errors=True)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let the settings' connections lead to this run's database, whatever an earlier test did with them."""
    provisioned = item.config.stash.get(PROVISIONED, None)
    if provisioned is not None and {"django_db_setup", "provisioned"} & set(getattr(item, "fixturenames", ())):
        lead_to(provisioned.superuser_url, provisioned.database)


def lead_to(superuser_url: str, database: str) -> None:
    """Point both connections of the settings at a database of this server."""
    from django.conf import settings  # noqa: PLC0415  # only where a test needs it
    from django.db import connections  # noqa: PLC0415  # likewise: only where a test needs it

    from huiyin.project.settings import database as settings_of  # noqa: PLC0415  # likewise: only where a test needs it

    place = superuser_url.rpartition("@")[2].partition("/")[0]
    for alias, role in (("default", f"{PREFIX}_app"), ("owner", f"{PREFIX}_owner")):
        wanted = settings_of(f"postgresql://{role}:{SECRET}@{place}/{database}")
        present = connections.databases[alias]
        if any(present[key] != wanted[key] for key in ("NAME", "USER", "HOST", "PORT")):
            connections[alias].close()
            del connections[alias]
            present |= wanted | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
    settings.HUIYIN_ROLE_PREFIX = PREFIX


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The superuser's URL of a PostgreSQL that lives as long as this run (this worker)."""
    from huiyin.project.postgres import Cluster  # noqa: PLC0415  # only where a test needs it

    cluster = Cluster(tmp_path_factory.mktemp("postgres"), fast=True)
    try:
        yield cluster.start().url()
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def provisioned(
    request: pytest.FixtureRequest, server_url: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Provisioned]:
    """An installation with 青岚县, 白芸县 and the province, each with its people, all committed."""
    from django.db import connections  # noqa: PLC0415  # only where a test needs it

    from huiyin.project.onboarding.installation import install  # noqa: PLC0415  # likewise: only where a test needs it
    from huiyin.project.onboarding.preparation import prepare  # noqa: PLC0415  # likewise: only where a test needs it
    from huiyin.project.tenancy.names import Names  # noqa: PLC0415  # likewise: only where a test needs it

    prepare(
        superuser_url=server_url,
        database=DATABASE,
        names=Names(PREFIX),
        app_password=SECRET,
        owner_password=SECRET,
    )
    lead_to(server_url, DATABASE)
    with django_db_blocker.unblock():
        install(at=ONBOARDED_AT)
        offices: dict[str, Tenant] = {}
        tokens: dict[str, str] = {}
        for file in sorted(DEFINITIONS.glob("*.toml")):
            tenant, token = onboarded(file.read_text(encoding="utf-8"))
            offices[tenant.schema], tokens[tenant.schema] = tenant, token
        there = Provisioned(server_url, DATABASE, offices, tokens)
        request.config.stash[PROVISIONED] = there
        yield there
        connections.close_all()


def onboarded(definition: str) -> tuple[Tenant, str]:
    """Onboard the office that a definition's text tells of, open its people's accounts, and commit."""
    from django.conf import settings  # noqa: PLC0415  # only where a test needs it

    from huiyin.kernel import rulesets  # noqa: PLC0415  # likewise: only where a test needs it
    from huiyin.platform.directory.definitions import load  # noqa: PLC0415  # likewise: only where a test needs it
    from huiyin.project.onboarding.offices import converge  # noqa: PLC0415  # likewise: only where a test needs it
    from huiyin.project.tenancy.directory import tenant_of_schema  # noqa: PLC0415  # likewise: only where a test needs it

    file = Path(settings.HUIYIN_DATA) / "definition.toml"
    file.write_text(definition, encoding="utf-8")
    outcome = converge(load(file, rulesets=rulesets.load_folder(settings.HUIYIN_TENANTS / "rulesets")), at=ONBOARDED_AT)
    tenant = tenant_of_schema(outcome.slug)
    if tenant.is_county:
        open_accounts(tenant)
    return tenant, outcome.setup_token or ""


def open_accounts(tenant: Tenant) -> None:
    """Open an account for each of ACCOUNTS; the slow password hash is computed once for the whole run."""
    from huiyin.accounts.actions import open_account  # noqa: PLC0415  # only where a test needs it
    from huiyin.accounts.models import Staff  # noqa: PLC0415  # likewise: only where a test needs it
    from huiyin.accounts.roles import Role  # noqa: PLC0415  # likewise: only where a test needs it

    with entered(tenant):
        for username, name, role, unit in ACCOUNTS.values():
            open_account(username=username, name=name, roles=frozenset({Role(role)}), at=ONBOARDED_AT, unit_code=unit)
        Staff.objects.exclude(username="administrator").update(password=password_hash())


def password_hash() -> str:
    """Return the hash of PASSWORD, made once."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415  # only where a test needs it

    if not HASHES:
        HASHES.append(make_password(PASSWORD))
    return HASHES[0]


HASHES: list[str] = []


@pytest.fixture(scope="session")
def django_db_setup(provisioned: Provisioned) -> None:
    """Stand in for pytest-django's: no test database is created, the installation is the database."""


@pytest.fixture
def county(db: None, provisioned: Provisioned) -> Iterator[Tenant]:
    """青岚县, entered; whatever the test writes is rolled back."""
    with entered(provisioned.offices["qinglan"]) as tenant:
        yield tenant


@pytest.fixture
def other_county(db: None, provisioned: Provisioned) -> Tenant:
    """白芸县, not entered: another office of the same province, under a GUIDE rule set."""
    return provisioned.offices["baiyun"]


@pytest.fixture
def province(db: None, provisioned: Provisioned) -> Iterator[Tenant]:
    """The province's board, entered."""
    with entered(provisioned.offices["province"]) as tenant:
        yield tenant


@pytest.fixture
def people(county: Tenant) -> People:
    """The people of 青岚县."""
    from huiyin.accounts.models import Staff  # noqa: PLC0415  # only where a test needs it

    by_name = {staff.username: staff for staff in Staff.objects.order_by("pk")}
    return People(
        administrator=by_name["administrator"], **{role: by_name[facts[0]] for role, facts in ACCOUNTS.items()}
    )


@pytest.fixture(scope="module")
def invented_law(provisioned: Provisioned, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The code of 青岚江灌区水费管理条例, which does not exist, imported with its text and committed for one module."""
    from huiyin.platform.statutes.actions import (  # noqa: PLC0415  # only where a test needs it
        ImportEntry,
        import_text,
    )
    from huiyin.platform.statutes.models import Statute  # noqa: PLC0415  # likewise: only where a test needs it
    from huiyin.platform.statutes.states import Level  # noqa: PLC0415  # likewise: only where a test needs it

    data = (ROOT / "tests" / "platform" / "statutes" / "invented_law.md").read_bytes()
    entry = ImportEntry("invented_water_fees", "条例.md", data, level=Level.LOCAL, organ="青岚江市人大常委会")
    with django_db_blocker.unblock():
        with entered(PUBLIC):
            import_text(entry=entry, at=ONBOARDED_AT)
        yield entry.code
        with entered(PUBLIC):
            statute = Statute.objects.using("owner").get(code=entry.code)
            statute.versions.using("owner").all().delete()
            statute.delete()


@pytest.fixture
def committed_county(provisioned: Provisioned, django_db_blocker: DjangoDbBlocker) -> Iterator[Tenant]:
    """A county of its own, not entered, in which a test may commit, from threads too; dropped afterwards."""
    with django_db_blocker.unblock():
        yield from thrown_away(provisioned)


def thrown_away(provisioned: Provisioned) -> Iterator[Tenant]:
    """Onboard 临时县, hand it over, and take every trace of it away."""
    import psycopg  # noqa: PLC0415  # likewise: only where a test needs it
    from django.db import connections  # noqa: PLC0415  # only where a test needs it

    lead_to(provisioned.superuser_url, provisioned.database)
    text = (DEFINITIONS / "qinglan.toml").read_text(encoding="utf-8")
    for old, new in (("qinglan", "linshi"), ("青岚县", "临时县"), ("青人", "临人"), ("990121", "990199")):
        text = text.replace(old, new)
    tenant, _token = onboarded(text)
    try:
        yield tenant
    finally:
        connections.close_all()
        with psycopg.connect(f"{provisioned.superuser_url.rpartition('/')[0]}/{provisioned.database}") as session:
            session.execute("DROP SCHEMA linshi CASCADE")
            session.execute(f"DROP OWNED BY {PREFIX}_c_linshi".encode())
            session.execute(f"DROP ROLE {PREFIX}_c_linshi".encode())
            session.execute("DELETE FROM platform_domain WHERE domain = 'linshi.localhost'")
            session.execute("DELETE FROM platform_county WHERE schema_name = 'linshi'")
            session.execute("DELETE FROM dramatiq.queue")
