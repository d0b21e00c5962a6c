"""A throw-away installation: its own server in a folder, made as a real one is made, gone when it is left.

Measurements use it, so that none ever touches an installation that somebody works with.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections

from huiyin.kernel.tenant import Tenant
from huiyin.platform.directory.definitions import CountyDefinition, Definition, ProvinceDefinition, UnitSeed
from huiyin.project import environment
from huiyin.project.onboarding.installation import install
from huiyin.project.onboarding.offices import converge
from huiyin.project.onboarding.preparation import prepare
from huiyin.project.postgres import Cluster
from huiyin.project.tenancy import names
from huiyin.project.tenancy.backend.base import OWNER
from huiyin.project.tenancy.directory import tenant_of_schema

DATABASE = "scratch"
SECRET = "of-no-use-outside-this-process"  # noqa: S105  # of a server that lives for seconds
ONBOARDED_AT = datetime(2026, 1, 1, tzinfo=UTC)
COUNTIES_OF_A_PREFECTURE = 14
PREFECTURES_OF_A_CODE = 99


def county(number: int) -> CountyDefinition:
    """Return the definition of an invented county."""
    return CountyDefinition(
        slug=f"bench{number}",
        name=f"测速{number}县人大常委会",
        organ=f"测{number}人",
        gb_code=gb_code(number),
        subdomain=f"bench{number}",
        number_style="{organ}{series}〔{year}〕{number}号",
        ruleset="national",
        units=(UnitSeed(code="water", name="县水务局", branch="government"),),
    )


def province() -> ProvinceDefinition:
    """Return the definition of the invented province."""
    return ProvinceDefinition(
        kind="province", slug="province", name="测速省人大常委会", organ="测人", gb_code="990000", subdomain="province"
    )


def gb_code(number: int) -> str:
    """Return the code of an invented county: none ends with 00, and every fourteen are one prefecture."""
    prefecture, place = divmod(number - 1, COUNTIES_OF_A_PREFECTURE)
    lead, within = divmod(prefecture, PREFECTURES_OF_A_CODE)
    return f"{99 - lead}{within + 1:02}{place + 21:02}"


@contextmanager
def installation(folder: Path, offices: Sequence[Definition]) -> Iterator[tuple[Tenant, ...]]:
    """Run the block with the settings' two connections leading to a new installation of these offices."""
    with Cluster(folder, fast=True) as connection:
        prepare(
            superuser_url=connection.url(),
            database=DATABASE,
            names=names.installed(),
            app_password=SECRET,
            owner_password=SECRET,
        )
        with connected(connection.url(DATABASE)):
            install(at=ONBOARDED_AT)
            for definition in offices:
                converge(definition, at=ONBOARDED_AT)
            yield tuple(tenant_of_schema(definition.slug) for definition in offices)


@contextmanager
def connected(url: str) -> Iterator[None]:
    """Lead the settings' two connections to this database for the length of the block."""
    parts, installed = urlsplit(url), names.installed()
    before = {alias: dict(connections.databases[alias]) for alias in ("default", OWNER)}
    place = {"NAME": parts.path.lstrip("/"), "HOST": parts.hostname, "PORT": str(parts.port), "PASSWORD": SECRET}
    try:
        for alias, login in (("default", installed.app), (OWNER, installed.owner)):
            _lead(alias, place | {"USER": login, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False})
        yield
    finally:
        for alias, settings in before.items():
            _lead(alias, settings)


@contextmanager
def signing() -> Iterator[None]:
    """Sign sessions with a key of no use elsewhere for the length of the block: a bench needs no configuration."""
    settings.SECRET_KEY = SECRET
    try:
        yield
    finally:
        settings.SECRET_KEY = environment.SECRET_KEY.read()


def _lead(alias: str, settings: dict[str, object]) -> None:
    connections[alias].close()
    connections.databases[alias] |= settings
    del connections[alias]
