"""Three counties of one province in one transaction: built for each file of this folder, taken back at its end."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker
from tests.conftest import Provisioned, thrown_away

from huiyin.kernel.tenant import Tenant, entered

from . import story
from .counties import Place, lived


@pytest.fixture(scope="module")
def places(provisioned: Provisioned, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Place]]:
    """青岚县, 白芸县 and 临时县 after two years."""
    with django_db_blocker.unblock():
        for third in thrown_away(provisioned):
            with transaction.atomic():
                offices = {schema: provisioned.offices[schema] for schema in ("qinglan", "baiyun")}
                yield lived({**offices, "linshi": third}, story.played)
                transaction.set_rollback(True)


@pytest.fixture
def undone(places: dict[str, Place]) -> Iterator[dict[str, Place]]:
    """The counties, for a test that writes: what it writes is taken back."""
    with transaction.atomic():
        yield places
        transaction.set_rollback(True)


@pytest.fixture
def qinglan(undone: dict[str, Place]) -> Iterator[Place]:
    """青岚县, entered."""
    with entered(undone["qinglan"].tenant):
        yield undone["qinglan"]


@pytest.fixture
def board(undone: dict[str, Place], provisioned: Provisioned) -> Iterator[Tenant]:
    """The province, entered."""
    with entered(provisioned.offices["province"]) as tenant:
        yield tenant
