"""One throw-away installation: a server of its own, two counties and a province, made by the code under test."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.project.settings")
os.environ.setdefault("HUIYIN_SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789")

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings
from dramatiq_postgres.schema import generate_init_sql

from huiyin.kernel.tenant import PUBLIC, Tenant, entered
from huiyin.platform.directory.models import County, Domain
from huiyin.project.postgres import Cluster
from huiyin.project.tenancy import middleware, roles
from huiyin.project.tenancy.backend.base import DatabaseWrapper
from huiyin.project.tenancy.names import Names
from huiyin.project.tenancy.router import APPS_OF_KIND, tables_of_kind

QINGLAN = Tenant(schema="qinglan", kind="county", name="青岚县人大", domain="qinglan.localhost", gb_code="990101")
BAISHI = Tenant(schema="baishi", kind="county", name="白石县人大", domain="baishi.localhost", gb_code="990102")
PROVINCE = Tenant(schema="province", kind="province", name="省人大", domain="province.localhost", gb_code="990000")
OFFICES = (QINGLAN, BAISHI, PROVINCE)
SECRET = "only-for-tests"


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The superuser's URL of a server that lives as long as the tests."""
    with Cluster(tmp_path_factory.mktemp("pg"), fast=True) as connection:
        yield connection.url()


@pytest.fixture(scope="session")
def names() -> Names:
    return Names(f"t{secrets.token_hex(3)}")


@pytest.fixture(scope="session")
def database(server_url: str, names: Names) -> str:
    """The superuser's URL of a database with the installation's roles and nothing else."""
    name = f"{names.prefix}_huiyin"
    with psycopg.connect(server_url, autocommit=True) as session:
        session.execute(f"CREATE DATABASE {name}".encode())
        version = session.info.server_version
    url = urlsplit(server_url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(url) as session:
        for statement in (
            *roles.installation_roles(names, version=version),
            roles.password(names.app, SECRET),
            roles.password(names.owner, SECRET),
            *roles.database_grants(names, database=name),
        ):
            session.execute(statement.encode())
    return url


@pytest.fixture(scope="session")
def installation(database: str, names: Names, django_db_blocker: DjangoDbBlocker) -> Iterator[Names]:
    """The settings' two connections lead to a database with a register, two counties and a province."""
    parts = urlsplit(database)
    before = {alias: dict(connections.databases[alias]) for alias in ("default", "owner")}
    for alias, user in (("default", names.app), ("owner", names.owner)):
        connections.databases[alias] |= {
            "NAME": parts.path.lstrip("/"),
            "USER": user,
            "PASSWORD": SECRET,
            "HOST": parts.hostname,
            "PORT": str(parts.port),
            "CONN_MAX_AGE": None,
        }
        connections[alias].close()
        del connections[alias]
    with django_db_blocker.unblock(), override_settings(HUIYIN_ROLE_PREFIX=names.prefix, ALLOWED_HOSTS=["*"]):
        owner = connections["owner"]
        assert isinstance(owner, DatabaseWrapper)
        build(owner, names)
        yield names
        connections.close_all()
    for alias, settings in before.items():
        connections.databases[alias] |= settings
        del connections[alias]


def build(owner: DatabaseWrapper, names: Names) -> None:
    """Make the register and the offices, as their owner."""
    with owner.choosing(PUBLIC):
        migrate(owner, "public")
        with owner.cursor() as cursor:
            cursor.execute("SELECT to_regclass('dramatiq.queue') IS NULL, current_setting('server_version_num')::int")
            lacks_queue, version = cursor.fetchone()
            if lacks_queue:
                cursor.execute(generate_init_sql())
            for statement in roles.shared_grants(names):
                cursor.execute(statement)
    for tenant in OFFICES:
        with owner.choosing(tenant), transaction.atomic(using="owner"):
            run(owner, [f"CREATE SCHEMA {tenant.schema}", *roles.tenant_role(names, tenant, version=version)])
            migrate(owner, tenant.kind)
            run(owner, roles.tenant_grants(names, tenant, tables_of_kind(tenant.kind)))
        register(tenant)


def migrate(owner: DatabaseWrapper, kind: str) -> None:
    executor = MigrationExecutor(owner)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] in APPS_OF_KIND[kind]])


def run(owner: DatabaseWrapper, statements: list[str]) -> None:
    with owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def register(tenant: Tenant) -> None:
    with entered(PUBLIC):
        row = County.objects.using("owner").create(
            schema_name=tenant.schema,
            kind=tenant.kind,
            name=tenant.name,
            organ=tenant.name,
            gb_code=tenant.gb_code,
            number_style=tenant.number_style,
            ruleset="r22",
            onboarded_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        Domain.objects.using("owner").create(county=row, domain=tenant.domain)


@pytest.fixture
def app(installation: Names) -> Iterator[DatabaseWrapper]:
    """The application's connection, outside any transaction, of which nothing is remembered."""
    connection = connections["default"]
    assert isinstance(connection, DatabaseWrapper)
    connection.close()
    middleware.HOSTS.forget()
    yield connection
    connection.close()


@pytest.fixture
def owner(installation: Names) -> DatabaseWrapper:
    connection = connections["owner"]
    assert isinstance(connection, DatabaseWrapper)
    return connection


@pytest.fixture
def qinglan() -> Tenant:
    return QINGLAN


@pytest.fixture
def baishi() -> Tenant:
    return BAISHI


@pytest.fixture
def province() -> Tenant:
    return PROVINCE
