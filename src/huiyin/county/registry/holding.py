"""Holding: one transaction of many acts on the same rows locks each once, reads it once and writes it once.

A row that this transaction has locked or made cannot change under it, so the next act goes on with the same object.
Outside the block every act locks, reads and writes for itself.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connection, models

from huiyin.accounts.models import Staff

Row = TypeVar("Row", bound=models.Model)
Key = tuple[type[models.Model], int]


@dataclass(slots=True)
class Holding:
    """The rows held, who may see them, and which of their fields are still to be written."""

    rows: dict[Key, tuple[models.Model, int]] = field(default_factory=dict)
    unwritten: dict[Key, set[str]] = field(default_factory=dict)

    def write(self) -> None:
        """Write what the acts so far changed."""
        for key, names in self.unwritten.items():
            self.rows[key][0].save(update_fields=names)
        self.unwritten.clear()

    def forget(self) -> None:
        """Let go of every row: a savepoint was rolled back, and the objects no longer say what the rows say."""
        self.rows.clear()
        self.unwritten.clear()


_current: ContextVar[Holding | None] = ContextVar("huiyin_holding", default=None)


@contextmanager
def holding() -> Iterator[Holding]:
    """Hold the rows that the block's acts lock or make; a block that raises must be rolled back."""
    if not connection.in_atomic_block:
        message = "rows are held inside a transaction"
        raise RuntimeError(message)
    held = Holding()
    token = _current.set(held)
    try:
        yield held
    finally:
        _current.reset(token)
    held.write()


def held_row(model: type[Row], pk: int, *, by: Staff) -> Row | None:
    """Return the row if this person locked or made it in the block."""
    held = _current.get()
    found = held.rows.get((model, pk)) if held else None
    if found is None or found[1] != by.pk or not isinstance(found[0], model):
        return None
    return found[0]


def keep(row: models.Model, *, by: Staff) -> None:
    """Hold a row that was just locked or made, and that this person may see."""
    held = _current.get()
    if held is not None:
        held.rows[type(row), row.pk] = (row, by.pk)


def save(row: models.Model, names: Iterable[str]) -> None:
    """Write fields of a locked row: at once, or with the rest at the end of the block that holds it."""
    held, key = _current.get(), (type(row), row.pk)
    if held is not None and key in held.rows and held.rows[key][0] is row:
        held.unwritten.setdefault(key, set()).update(names)
    else:
        row.save(update_fields=list(names))
