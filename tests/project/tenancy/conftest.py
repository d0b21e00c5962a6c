"""The run's installation, seen from below: its connections outside any transaction, its roles, its superuser."""

from collections.abc import Iterator
from contextlib import closing
from typing import Protocol

import pytest
from django.db import connections
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from huiyin.kernel.tenant import Tenant
from huiyin.project.tenancy import middleware, names
from huiyin.project.tenancy.backend.base import DatabaseWrapper
from huiyin.project.tenancy.names import Names


class Provisioned(Protocol):
    """What the suite's installation tells of itself."""

    superuser_url: str
    database: str
    offices: dict[str, Tenant]


@pytest.fixture
def installation(
    django_db_setup: None, provisioned: Provisioned, django_db_blocker: DjangoDbBlocker
) -> Iterator[Names]:
    """The installation of this run, open to code outside a transaction; what a test commits, it takes back."""
    with django_db_blocker.unblock(), override_settings(ALLOWED_HOSTS=["*"]):
        yield names.installed()


@pytest.fixture(name="names")
def names_of_roles(installation: Names) -> Names:
    return installation


@pytest.fixture
def database(installation: Names, provisioned: Provisioned) -> str:
    """The superuser's URL of the installation's database."""
    return f"{provisioned.superuser_url.rpartition('/')[0]}/{provisioned.database}"


@pytest.fixture
def app(installation: Names) -> Iterator[DatabaseWrapper]:
    """The application's connection, outside any transaction, of which nothing is remembered."""
    connection = connections["default"]
    assert isinstance(connection, DatabaseWrapper)
    connection.close()
    middleware.HOSTS.forget()
    with closing(connection):
        yield connection


@pytest.fixture
def owner(installation: Names) -> Iterator[DatabaseWrapper]:
    """The owner's connection, on which nothing is chosen by hand."""
    connection = connections["owner"]
    assert isinstance(connection, DatabaseWrapper)
    yield connection
    connection.follow_the_entered_tenant()


@pytest.fixture
def qinglan(provisioned: Provisioned) -> Tenant:
    """青岚县, not entered."""
    return provisioned.offices["qinglan"]


@pytest.fixture
def baiyun(provisioned: Provisioned) -> Tenant:
    """白芸县, not entered."""
    return provisioned.offices["baiyun"]


@pytest.fixture
def board(provisioned: Provisioned) -> Tenant:
    """The province's board, not entered."""
    return provisioned.offices["province"]
