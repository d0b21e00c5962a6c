"""CONCURRENTLY: what a migration that refuses a transaction says where nobody uses the tables, and what it leaves.

A new office's tables are made in one transaction, and so is the scratch schema of the script: there an index is made
in the usual way. Only an office at work is spared the lock.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db.migrations import AddIndex, Migration, RemoveIndex, RunSQL, SeparateDatabaseAndState
from psycopg import sql

from huiyin.project.tenancy.backend.base import DatabaseWrapper

WORD = re.compile(r"\s+CONCURRENTLY\b", re.IGNORECASE)
UNFINISHED = """
    SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = to_regnamespace(%s) AND NOT i.indisvalid
"""


def allow_a_transaction(migrations: Iterable[Migration]) -> None:
    """Let the migrations that refuse a transaction say the same in a form that can stand in one."""
    for migration in migrations:
        if not migration.atomic:
            own = [usual(operation) for operation in migration.operations]
            migration.operations = own  # type: ignore[misc]  # each instance has a list of its own


def usual(operation: Any) -> Any:  # noqa: ANN401  # Django's operations have no common narrow type
    """Return the operation without CONCURRENTLY; one that does not say it, as it is."""
    if isinstance(operation, AddIndexConcurrently):
        return AddIndex(operation.model_name, operation.index)
    if isinstance(operation, RemoveIndexConcurrently):
        return RemoveIndex(operation.model_name, operation.name)
    if isinstance(operation, SeparateDatabaseAndState):
        return SeparateDatabaseAndState(
            database_operations=[usual(one) for one in operation.database_operations],
            state_operations=operation.state_operations,
        )
    if isinstance(operation, RunSQL):
        return RunSQL(usual_words(operation.sql), state_operations=operation.state_operations, hints=operation.hints)
    return operation


def usual_words(words: Any) -> Any:  # noqa: ANN401  # a string, or a list of strings and of pairs with parameters
    """Return SQL without the word, in the form in which it was given."""
    if isinstance(words, str):
        return WORD.sub("", words)
    return [usual_words(one) if isinstance(one, str) else (usual_words(one[0]), one[1]) for one in words]


def drop_unfinished_indexes(connection: DatabaseWrapper, schema: str) -> None:
    """Drop what an index leaves whose making failed half way, so that the migration can be run again."""
    with connection.cursor() as cursor:
        cursor.execute(UNFINISHED, [f'"{schema}"'])
        for (name,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(schema, name)))
