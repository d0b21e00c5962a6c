"""The one way into the journal: in the transaction of the act it tells of, with its messages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.db import connection, models

from huiyin.accounts.models import Staff

from .models import ChainHead, Entry
from .rules import GENESIS, Link, hash_of

_import_run: ContextVar[int | None] = ContextVar("huiyin_import_run", default=None)
_listeners: list[Callable[[Entry], None]] = []


def on_record(listener: Callable[[Entry], None]) -> None:
    """Register what is told of every new entry, inside the same transaction (the jobs, once, at start-up)."""
    if listener not in _listeners:
        _listeners.append(listener)


@contextmanager
def importing(run_id: int) -> Iterator[None]:
    """Mark the entries of the block as taken over from an old ledger: nobody is notified of them."""
    token = _import_run.set(run_id)
    try:
        yield
    finally:
        _import_run.reset(token)


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
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    assert row is not None
    recorded_at: datetime = row[0]
    head = ChainHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        head = ChainHead(pk=1, number=0, hash=GENESIS)
    import_run = _import_run.get()
    if import_run is not None:
        values["import_run"] = import_run
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
    entry.save(force_insert=True)
    head.number, head.hash = entry.number, entry.hash
    head.save()
    for listener in _listeners:
        listener(entry)
    return entry
