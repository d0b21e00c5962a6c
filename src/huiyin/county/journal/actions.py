"""The one way into the journal: in the transaction of the act it tells of, with its messages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from django.db import connection, models

from huiyin.accounts.models import Staff

from .models import ChainHead, Entry
from .rules import GENESIS, Link, hash_of

SYSTEM = "系统"
PETITIONER = "信访人"


@dataclass(slots=True)
class Batch:
    """The entries of one transaction of an import, written together at its end."""

    run_id: int
    entries: list[Entry] = field(default_factory=list)


_batch: ContextVar[Batch | None] = ContextVar("huiyin_import_batch", default=None)
_listeners: list[Callable[[Entry], None]] = []


def on_record(listener: Callable[[Entry], None]) -> None:
    """Register what is told of every new entry, inside the same transaction (the jobs, once, at start-up)."""
    if listener not in _listeners:
        _listeners.append(listener)


@contextmanager
def importing(run_id: int) -> Iterator[None]:
    """Mark the entries of the block as taken over from an old ledger: nobody is notified of them.

    The block is one transaction's whole work: its entries take their places in the chain when it ends, in the order
    in which they came. So the last link is locked after everything else, and nobody waits for it in a circle. A block
    that raises must be rolled back.
    """
    if not connection.in_atomic_block:
        message = "an import records inside the transaction of its rows"
        raise RuntimeError(message)
    batch = Batch(run_id)
    token = _batch.set(batch)
    try:
        yield
    finally:
        _batch.reset(token)
    if batch.entries:
        _write(batch.entries)


@contextmanager
def revocable() -> Iterator[None]:
    """Take back what the block recorded for an import when it raises: its savepoint is rolled back."""
    batch = _batch.get()
    before = len(batch.entries) if batch is not None else 0
    try:
        yield
    except BaseException:
        if batch is not None:
            del batch.entries[before:]
        raise


def plain(value: object) -> object:
    """Return a value as JSON keeps it: days and moments in ISO form, a word by its code."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def record(
    event: str,
    *,
    subject: models.Model,
    by: Staff | None,
    at: datetime,
    petition_id: int | None = None,
    by_name: str = SYSTEM,
    **values: object,
) -> Entry:
    """Append one entry to the chain and hand it to the listeners; the caller's transaction decides for both.

    ``by_name`` says who acted where nobody with an account did: the system, or the petitioner on a public page.
    """
    batch = _batch.get()
    if batch is not None:
        values["import_run"] = batch.run_id
    entry = Entry(
        event=event,
        subject=subject._meta.model_name or "",
        subject_id=subject.pk,
        petition_id=petition_id,
        at=at,
        by_id=by.pk if by else None,
        by_name=by.name if by else by_name,
        values={key: plain(value) for key, value in values.items()},
    )
    if batch is None:
        _write([entry])
    else:
        batch.entries.append(entry)
    return entry


def _moment() -> datetime:
    """Return the database's own time, which no jump of a machine's clock changes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    assert row is not None
    recorded_at: datetime = row[0]
    return recorded_at


def _locked_head() -> ChainHead:
    """Return the last link, held until the transaction ends."""
    return ChainHead.objects.select_for_update().filter(pk=1).first() or ChainHead(pk=1, number=0, hash=GENESIS)


def _write(entries: list[Entry]) -> None:
    """Give entries their places at the end of the chain, write them, and tell the listeners of each."""
    head, recorded_at = _locked_head(), _moment()
    for entry in entries:
        entry.number, entry.recorded_at, entry.previous_hash = head.number + 1, recorded_at, head.hash
        entry.hash = hash_of(_link_of(entry), previous=head.hash)
        head.number, head.hash = entry.number, entry.hash
    Entry.objects.bulk_create(entries)
    head.save()
    for entry in entries:
        for listener in _listeners:
            listener(entry)


def _link_of(entry: Entry) -> Link:
    return Link(
        number=entry.number,
        event=entry.event,
        subject=entry.subject,
        subject_id=entry.subject_id,
        petition_id=entry.petition_id,
        at=entry.at,
        recorded_at=entry.recorded_at,
        by_id=entry.by_id,
        by_name=entry.by_name,
        values=entry.values,
    )
