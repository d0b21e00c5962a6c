"""Holding: one transaction of many acts on the same rows locks each once, reads it once and writes it once.

A row that this transaction has locked or made cannot change under it, so the next act goes on with the same object.
What belongs to a row that was made in the block was made in it too: it need not be asked for, and its clocks are
written once, as they end. A counter that the block holds counts in memory. The acts have no savepoints of their own:
what raises takes back the whole block, or the attempt it is in. Outside the block every act locks, reads and writes
for itself.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar, cast

from django.db import connection, models, transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal

from .receipt_models import Counter

Row = TypeVar("Row", bound=models.Model)
Value = TypeVar("Value")
Key = tuple[type[models.Model], int]


@dataclass(slots=True)
class Holding:
    """The rows held and who may see them, what belongs to them, and everything that is still to be written."""

    rows: dict[Key, tuple[models.Model, int]] = field(default_factory=dict)
    unwritten: dict[Key, set[str]] = field(default_factory=dict)
    parts: dict[Key, list[models.Model]] = field(default_factory=dict)
    new: list[models.Model] = field(default_factory=list)
    counted: dict[tuple[str, int], int] = field(default_factory=dict)
    read: dict[Hashable, object] = field(default_factory=dict)

    def let_go(self) -> None:
        """Write what the acts so far changed, and let go of the rows: others will be worked on."""
        for key, names in self.unwritten.items():
            self.rows[key][0].save(update_fields=names)
        self.rows.clear()
        self.unwritten.clear()
        self.parts.clear()

    def finish(self) -> None:
        """Write what is left: changed rows, new ones, and where the counters stand."""
        self.let_go()
        by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for row in self.new:
            by_model[type(row)].append(row)
        for model, rows in by_model.items():
            table: models.QuerySet[models.Model] = models.QuerySet(model)
            table.bulk_create(rows)
        for (series, year), value in self.counted.items():
            Counter.objects.filter(series=series, year=year).update(value=value)

    def remembered(self) -> Callable[[], None]:
        """Return what puts everything back to how it is now: a savepoint was rolled back."""
        held = [row for row, _ in self.rows.values()] + [part for parts in self.parts.values() for part in parts]
        states = [(row, row.__getstate__()) for row in held]
        rows, counted, read, new = dict(self.rows), dict(self.counted), dict(self.read), len(self.new)
        unwritten = {key: set(names) for key, names in self.unwritten.items()}
        parts = {key: list(found) for key, found in self.parts.items()}

        def put_back() -> None:
            for row, state in states:
                vars(row).clear()
                vars(row).update(state)
            self.rows, self.unwritten, self.parts, self.counted, self.read = rows, unwritten, parts, counted, read
            del self.new[new:]

        return put_back


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
        with _savepoints(wanted=False):
            yield held
    finally:
        _current.reset(token)
    held.finish()


@contextmanager
def attempt() -> Iterator[None]:
    """Let the work of the block be refused and the rest go on: rows, held or written, and entries are as before it."""
    held = _current.get()
    put_back = held.remembered() if held is not None else None
    try:
        with _savepoints(wanted=True), transaction.atomic(), _savepoints(wanted=held is None), journal.revocable():
            yield
    except BaseException:
        if put_back is not None:
            put_back()
        raise


@contextmanager
def _savepoints(*, wanted: bool) -> Iterator[None]:
    """Let ``transaction.atomic`` make a savepoint inside this thread's transaction, or none."""
    features = connection.features
    before, features.uses_savepoints = features.uses_savepoints, wanted
    try:
        yield
    finally:
        features.uses_savepoints = before


def held_row(model: type[Row], pk: int, *, by: Staff) -> Row | None:
    """Return the row if this person locked or made it in the block."""
    held = _current.get()
    found = held.rows.get((model, pk)) if held else None
    if found is None or found[1] != by.pk or not isinstance(found[0], model):
        return None
    return found[0]


def keep(row: models.Model, *, by: Staff, is_new: bool = False) -> None:
    """Hold a row that was just locked or made, and that this person may see; what belongs to a new one is new."""
    held = _current.get()
    if held is not None:
        held.rows[type(row), row.pk] = (row, by.pk)
        if is_new:
            held.parts[type(row), row.pk] = []


def parts_of(row: models.Model, model: type[Row]) -> list[Row] | None:
    """Return what belongs to a row that was made in the block; None where it was not, and the table must be asked."""
    held = _current.get()
    found = held.parts.get((type(row), row.pk)) if held else None
    return None if found is None else [part for part in found if isinstance(part, model)]


def belonging(row: models.Model, stored: models.QuerySet[Row]) -> list[Row]:
    """Return what belongs to a row: what the block made where it made the row too, else what is stored.

    Whoever writes rows that are asked for in this way tells of them by ``insert`` or ``made``.
    """
    found = parts_of(row, stored.model)
    return list(stored) if found is None else found


def insert(part: models.Model, *, of: models.Model) -> None:
    """Write a new row that belongs to another: at once, or at the end of the block that made the other."""
    held = _current.get()
    if held is None or (type(of), of.pk) not in held.parts:
        part.save(force_insert=True)
        return
    held.new.append(part)
    made(part, of=of)


def made(*parts: models.Model, of: models.Model) -> None:
    """Remember rows that were just written as belonging to one that was made in the block."""
    held = _current.get()
    if held is not None and (type(of), of.pk) in held.parts:
        held.parts[type(of), of.pk].extend(parts)


def count(take: Callable[[], int], *, series: str, year: int) -> int:
    """Return the next number of a counter: by its row, which stays locked from then on, in a block only once."""
    held = _current.get()
    if held is None:
        return take()
    last = held.counted.get((series, year))
    held.counted[series, year] = take() if last is None else last + 1
    return held.counted[series, year]


def save(row: models.Model, names: Iterable[str]) -> None:
    """Write fields of a locked row: at once, or with the rest at the end of the block that holds it."""
    held, key = _current.get(), (type(row), row.pk)
    if held is not None and key in held.rows and held.rows[key][0] is row:
        held.unwritten.setdefault(key, set()).update(names)
    else:
        row.save(update_fields=list(names))


def once(read: Callable[[], Value], *key: Hashable) -> Value:
    """Return what the block read before under this key, or read it: what an import of many rows asks of each row."""
    held = _current.get()
    if held is None:
        return read()
    if key not in held.read:
        held.read[key] = read()
    return cast("Value", held.read[key])
