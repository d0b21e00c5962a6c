"""Failures: what may be told of an error in an office's tables, in which personal values could stand."""

import traceback
from pathlib import Path

import psycopg
from django.db import DatabaseError

LOCK_NOT_AVAILABLE, DEADLOCK, SERIALIZATION = "55P03", "40P01", "40001"
# Classes of errors whose sentence names things of the schema and never a value: syntax and access, resources,
# operator's intervention, locks, transactions.
TELLABLE = ("25", "40", "42", "53", "54", "55", "57", "0A")
LONGEST = 1000


def psycopg_error(error: BaseException) -> psycopg.Error | None:
    """Return what the server said, from under Django's wrapper."""
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    return cause if isinstance(cause, psycopg.Error) else None


def may_pass(error: BaseException) -> bool:
    """Return whether trying again a little later may help: somebody held a lock."""
    said = psycopg_error(error)
    return said is not None and said.sqlstate in {LOCK_NOT_AVAILABLE, DEADLOCK, SERIALIZATION}


def safe_words(error: BaseException) -> str:
    """Return what went wrong without any value of a row: for the ledger, the console and the logs."""
    said = psycopg_error(error)
    if said is None:
        place = traceback.extract_tb(error.__traceback__)[-1:] or []
        where = "".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in place)
        return f"{type(error).__name__} {where}".strip()[:LONGEST]
    names = (said.diag.table_name, said.diag.column_name, said.diag.constraint_name)
    parts = [type(said).__name__, said.sqlstate or "", *(name for name in names if name)]
    if (said.sqlstate or "").startswith(TELLABLE):
        parts.append(said.diag.message_primary or "")
    return " ".join(filter(None, parts))[:LONGEST]
