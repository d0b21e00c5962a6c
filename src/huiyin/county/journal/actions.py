"""The one way into the journal: in the transaction of the act it tells of, with its messages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, models

from huiyin.accounts.models import Staff

from .models import ChainHead, Entry
from .rules import GENESIS, Link, hash_of


@dataclass(slots=True)
class Batch:
    """The entries of one imported row, written together at the end of its transaction."""

    run_id: int
    recorded_at: datetime | None = None
    head: ChainHead | None = None
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

    The block is one transaction's whole work: its entries take their places in the chain as they come, under the
    one lock, and are written together when the block ends. A block that raises must be rolled back.
    """
    if not connection.in_atomic_block:
        message = "an import records inside the transaction of its row"
        raise RuntimeError(message)
    batch = Batch(run_id)
    token = _batch.set(batch)
    try:
        yield
    finally:
        _batch.reset(token)
    if batch.head is not None:
        _write(batch.entries, batch.head)


def plain(value: object) -> object:
    """Return a value as JSON keeps it: days and moments in ISO form."""
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
    **values: object,
) -> Entry:
    """Append one entry to the chain and hand it to the listeners; the caller's transaction decides for both."""
    batch = _batch.get()
    if batch is None:
        recorded_at, head = _moment(), _locked_head()
    else:
        recorded_at = batch.recorded_at = batch.recorded_at or _moment()
        head = batch.head = batch.head or _locked_head()
        values["import_run"] = batch.run_id
    link = Link(
        number=head.number + 1,
        event=event,
        subject=subject._meta.model_name or "",
        subject_id=subject.pk,
        petition_id=petition_id,
        at=at,
        recorded_at=recorded_at,
        by_id=by.pk if by else None,
        by_name=by.name if by else "系统",
        values={key: plain(value) for key, value in values.items()},
    )
    entry = Entry(
        number=link.number,
        event=link.event,
        subject=link.subject,
        subject_id=link.subject_id,
        petition_id=link.petition_id,
        at=link.at,
        recorded_at=link.recorded_at,
        by_id=link.by_id,
        by_name=link.by_name,
        values=link.values,
        previous_hash=head.hash,
        hash=hash_of(link, previous=head.hash),
    )
    head.number, head.hash = entry.number, entry.hash
    if batch is None:
        _write([entry], head)
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


def _write(entries: list[Entry], head: ChainHead) -> None:
    """Write entries and head, and tell the listeners of each entry."""
    Entry.objects.bulk_create(entries)
    head.save()
    for entry in entries:
        for listener in _listeners:
            listener(entry)
