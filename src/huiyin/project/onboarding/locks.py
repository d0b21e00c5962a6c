"""Locks: onboarding and fleet migrations change schemas one after the other, never at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager

from huiyin.kernel.refusal import Refusal
from huiyin.project.tenancy.backend.base import DatabaseWrapper

# "huiyin" and "schema" as numbers that no other program of this database uses.
SPACE, SCHEMAS = 0x6875696, 0x736368
BUSY = "另一个入驻或升级正在进行，请等它结束后再试"


def hold_for_this_transaction(connection: DatabaseWrapper) -> None:
    """Take the lock until the transaction ends; refuse when somebody else holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [SPACE, SCHEMAS])
        if not cursor.fetchone()[0]:
            raise Refusal("fleet.already_running", BUSY)


@contextmanager
def held_by_this_session(connection: DatabaseWrapper) -> Iterator[None]:
    """Hold the lock for the block, over many transactions; a killed process lets go with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [SPACE, SCHEMAS])
        if not cursor.fetchone()[0]:
            raise Refusal("fleet.already_running", BUSY)
    try:
        yield
    finally:
        # A lost connection has let go already.
        if connection.connection is not None and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [SPACE, SCHEMAS])
