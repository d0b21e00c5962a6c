"""Databases of their own, copied from one template, for tests that commit to the register or change every schema."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from huiyin.kernel import rulesets
from huiyin.kernel.tenant import PUBLIC
from huiyin.platform.directory.definitions import Definition, load
from huiyin.project.onboarding import script
from huiyin.project.onboarding.installation import install
from huiyin.project.onboarding.offices import converge
from huiyin.project.onboarding.preparation import prepare
from huiyin.project.settings import database as settings_of
from huiyin.project.tenancy.backend.base import DatabaseWrapper
from huiyin.project.tenancy.names import Names

AT = datetime(2026, 1, 1, 1, tzinfo=UTC)
SECRET = "only-for-tests"
TEMPLATE, COPY = "onboarding_template", "onboarding_copy"
NAMES = ("甲溪县", "乙溪县", "丙溪县", "丁溪县", "戊溪县")
COUNTIES = tuple(f"xi{number}" for number in range(1, 6))
ROOT = Path(__file__).parents[3]


def definition_text(slug: str, name: str, code: str) -> str:
    return f"""
slug = "{slug}"
name = "{name}人大常委会"
organ = "{name[0]}人"
gb_code = "{code}"
subdomain = "{slug}"
number_style = "{{organ}}{{series}}〔{{year}}〕{{number}}号"
ruleset = "national"
units = [
    {{ code = "water", name = "县水务局", branch = "government", superior = "government", handlers = ["何立群"] }},
    {{ code = "government", name = "{name}人民政府", branch = "government" }},
]
leading_group = [{{ name = "秦岳", title = "主任", duty = "组长", from_on = 2022-01-10 }}]
tags = [{{ code = "irrigation_fee", name = "农业水费", category = "0110", words = ["水费"] }}]
"""


Writer = Callable[..., Definition]


@pytest.fixture
def written(tmp_path: Path) -> Writer:
    """Write a definition file and load it."""

    def write(slug: str = "xi9", name: str = "壬溪县", code: str = "990909", **changes: str) -> Definition:
        text = definition_text(slug, name, code)
        for old, new in changes.items():
            text = text.replace(f'{old} = "{getattr_of(text, old)}"', f'{old} = "{new}"', 1)
        file = tmp_path / f"{slug}.toml"
        file.write_text(text, encoding="utf-8")
        return load(file, rulesets=rulesets.load_folder(settings.HUIYIN_TENANTS / "rulesets"))

    return write


def getattr_of(text: str, key: str) -> str:
    line = next(line for line in text.splitlines() if line.startswith(f"{key} = "))
    return line.split('"')[1]


@dataclass(frozen=True, slots=True)
class Place:
    """One database: the superuser's way in and the owner's."""

    url: str
    owner: DatabaseWrapper

    def ask(self, question: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url) as session:
            return session.execute(question.encode()).fetchall()

    def tell(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as session:
            session.execute(statement.encode())


def ready(server_url: str, database: str) -> str:
    prepare(
        superuser_url=server_url,
        database=database,
        names=Names(settings.HUIYIN_ROLE_PREFIX),
        app_password=SECRET,
        owner_password=SECRET,
    )
    place = server_url.rpartition("@")[2].partition("/")[0]
    prefix = settings.HUIYIN_ROLE_PREFIX
    for alias, role in (("default", f"{prefix}_app"), ("owner", f"{prefix}_owner")):
        connections[alias].close()
        del connections[alias]
        connections.databases[alias] |= settings_of(f"postgresql://{role}:{SECRET}@{place}/{database}")
    return f"{server_url.rpartition('/')[0]}/{database}"


@pytest.fixture(scope="session")
def template(server_url: str, django_db_blocker: DjangoDbBlocker) -> str:
    """A database with the shared tables and five counties, to be copied."""
    with django_db_blocker.unblock():
        ready(server_url, TEMPLATE)
        install(at=AT)
        known = rulesets.load_folder(settings.HUIYIN_TENANTS / "rulesets")
        for position, (slug, name) in enumerate(zip(COUNTIES, NAMES, strict=True), start=1):
            file = settings.HUIYIN_DATA / f"{slug}.toml"
            file.write_text(definition_text(slug, name, f"99080{position}"), encoding="utf-8")
            converge(load(file, rulesets=known), at=AT)
        connections.close_all()
    return TEMPLATE


@pytest.fixture
def place(server_url: str, template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """A copy of the template, to which both connections of the settings lead."""
    with psycopg.connect(server_url, autocommit=True) as session:
        session.execute(f"CREATE DATABASE {COPY} TEMPLATE {template}".encode())
    with django_db_blocker.unblock():
        url = ready(server_url, COPY)
        yield Place(url, script.owner_connection())
        connections.close_all()
    with psycopg.connect(server_url, autocommit=True) as session:
        session.execute(f"DROP DATABASE {COPY} WITH (FORCE)".encode())


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Plant one more migration of the county's app, as if a release had brought it."""
    package = f"planted_{tmp_path.name.replace('-', '_')}"
    folder = tmp_path / package
    shutil.copytree(ROOT / "src/huiyin/county/migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    newest = max(file.stem for file in folder.glob("0*.py"))
    sys.path.insert(0, str(tmp_path))

    def plant(operations: str, *, atomic: bool = True, after: str = newest, name: str = "9999_planted") -> None:
        (folder / f"{name}.py").write_text(
            "from django.contrib.postgres import operations\n"
            "from django.db import migrations, models\n"
            "class Migration(migrations.Migration):\n"
            f"    atomic = {atomic}\n"
            f"    dependencies = [('county', '{after}')]\n"
            f"    operations = [{operations}]\n",
            encoding="utf-8",
        )

    with override_settings(MIGRATION_MODULES={"county": package}):
        yield plant
    sys.path.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        del sys.modules[name]


@pytest.fixture
def owner_in_public(place: Place) -> Iterator[DatabaseWrapper]:
    with place.owner.choosing(PUBLIC):
        yield place.owner
