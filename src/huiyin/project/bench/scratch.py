"""A throw-away installation: its own server in a folder, roles, register and offices, gone when it is left.

Measurements and tests use it, so that neither ever touches an installation that somebody works with.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from dramatiq_postgres.schema import generate_init_sql
from psycopg import sql

from huiyin.kernel.tenant import PUBLIC, Tenant, entered
from huiyin.platform.directory.models import County, Domain
from huiyin.project.postgres import Cluster
from huiyin.project.tenancy import names, roles
from huiyin.project.tenancy.backend.base import OWNER, DatabaseWrapper
from huiyin.project.tenancy.router import APPS_OF_KIND, tables_of_kind

DATABASE = "scratch"
SECRET = "of-no-use-outside-this-process"  # noqa: S105  # of a server that lives for seconds
ONBOARDED_AT = datetime(2026, 1, 1, tzinfo=UTC)


@contextmanager
def installation(folder: Path, offices: Sequence[Tenant]) -> Iterator[str]:
    """Run the block with the settings' two connections leading to these offices; yield the superuser's URL."""
    with Cluster(folder, fast=True) as connection:
        url = create_database(connection.url())
        with connected(url):
            owner = connections[OWNER]
            assert isinstance(owner, DatabaseWrapper)
            create_shared_tables(owner)
            for office in offices:
                create_office(owner, office)
            yield url


def create_database(server_url: str) -> str:
    """Create the database with the installation's roles; return the superuser's URL of it."""
    installed = names.installed()
    with psycopg.connect(server_url, autocommit=True) as session:
        session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    url = urlsplit(server_url)._replace(path=f"/{DATABASE}").geturl()
    with psycopg.connect(url) as session:
        statements = [
            *roles.installation_roles(installed, version=session.info.server_version),
            *(roles.password(login, SECRET) for login in (installed.app, installed.owner)),
            *roles.database_grants(installed, database=DATABASE),
        ]
        for statement in statements:
            session.execute(statement.encode())
    return url


@contextmanager
def connected(url: str) -> Iterator[None]:
    """Lead the settings' two connections to this database for the length of the block."""
    parts, installed = urlsplit(url), names.installed()
    before = {alias: dict(connections.databases[alias]) for alias in ("default", OWNER)}
    place = {"NAME": parts.path.lstrip("/"), "HOST": parts.hostname, "PORT": str(parts.port), "PASSWORD": SECRET}
    for alias, login in (("default", installed.app), (OWNER, installed.owner)):
        _lead(alias, place | {"USER": login, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False})
    try:
        yield
    finally:
        for alias, settings in before.items():
            _lead(alias, settings)


def create_shared_tables(owner: DatabaseWrapper) -> None:
    """Migrate the public schema, add the queue where no migration did, and open both as far as is declared."""
    with owner.choosing(PUBLIC), transaction.atomic(using=OWNER):
        migrate(owner, PUBLIC.kind)
        with owner.cursor() as cursor:
            cursor.execute("SELECT to_regclass('dramatiq.queue') IS NULL")
            (lacks_a_queue,) = cursor.fetchone()
        run(owner, [generate_init_sql()] if lacks_a_queue else [])
        run(owner, roles.shared_grants(names.installed()))


def create_office(owner: DatabaseWrapper, office: Tenant) -> None:
    """Create one office's schema, role and tables by its migrations, and its row in the register."""
    installed = names.installed()
    with owner.choosing(office), transaction.atomic(using=OWNER):
        with owner.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::integer")
            (version,) = cursor.fetchone()
        run(owner, [f"CREATE SCHEMA {office.schema}", *roles.tenant_role(installed, office, version=version)])
        migrate(owner, office.kind)
        run(owner, roles.tenant_grants(installed, office, tables_of_kind(office.kind)))
    with entered(PUBLIC):
        row = County.objects.using(OWNER).create(
            schema_name=office.schema,
            kind=office.kind,
            name=office.name,
            organ=office.name,
            gb_code=office.gb_code,
            number_style=office.number_style,
            ruleset=office.ruleset,
            onboarded_at=ONBOARDED_AT,
        )
        Domain.objects.using(OWNER).create(county=row, domain=office.domain)


def migrate(owner: DatabaseWrapper, kind: str) -> None:
    """Apply every migration that belongs in the chosen schema."""
    executor = MigrationExecutor(owner)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] in APPS_OF_KIND[kind]])


def run(owner: DatabaseWrapper, statements: Iterable[str]) -> None:
    """Execute the statements in order."""
    with owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _lead(alias: str, settings: dict[str, object]) -> None:
    connections[alias].close()
    connections.databases[alias] |= settings
    del connections[alias]
