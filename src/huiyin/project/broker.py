"""The broker: the queue is a table, and a message stands or falls with the transaction that sends it.

Three ways lead to the queue, and each has its own rights:

* an office *sends*: a plain INSERT on Django's own connection, in the caller's transaction, as the office's role,
  which row security holds to messages of its own;
* the worker *claims, acknowledges, rejects and keeps alive*: on a pool of the application's login that becomes the
  platform's role, which no office has;
* the worker *puts back* what it failed to do: an UPDATE of the message it holds, never an INSERT.
"""

from typing import Any

import psycopg
from django.db import connection, connections
from dramatiq import Message, MessageProxy
from dramatiq.middleware import ShutdownNotifications, TimeLimit
from dramatiq_postgres import PostgresBroker
from dramatiq_postgres.broker import PostgresConsumer
from dramatiq_postgres.utils import transaction
from psycopg import sql
from psycopg_pool import ConnectionPool

from huiyin.jobs.middleware import CountyMiddleware, Patience, PlainMessages
from huiyin.kernel.tenant import Tenant, current_or_none
from huiyin.platform.directory import queries
from huiyin.project.tenancy.names import installed

HEARTBEAT_SECONDS = 5.0
# A worker that was not heard of for so long is dead: its messages go back to the queue.
DEAD_AFTER_SECONDS = 20.0
MOST_SESSIONS = 16
LONGEST_JOB_MILLISECONDS = 10 * 60 * 1000

SEND = """
    INSERT INTO dramatiq.queue (queue_name, message_id, state, message, available_at)
    VALUES (%s, %s, 'queued', %s::jsonb, now() + make_interval(secs => %s))
    ON CONFLICT DO NOTHING
"""
WAKE = "SELECT pg_notify(%s, '')"
PUT_BACK = """
    UPDATE dramatiq.queue
    SET state = 'queued', message = %s::jsonb, worker_id = NULL, consumed_at = NULL, mtime = now(),
        available_at = now() + make_interval(secs => %s)
    WHERE message_id = %s AND state = 'consumed' AND worker_id = %s
"""


class MessageWithoutCountyError(RuntimeError):
    """A message that does not say for which office it is, or says another than the one entered."""


class CountyBroker(PostgresBroker):  # type: ignore[misc]  # the library has no types
    """dramatiq-postgres' broker, with sending inside Django's transaction and a county on every message."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # handed on to the library
        """Prepare the worker's pool without opening it: a web process never does."""
        super().__init__(pool=session_pool(), results=False, **options)
        self._held: set[str] = set()
        self._put_back: set[str] = set()

    def declare_queue(self, queue_name: str) -> None:
        """Declare a queue; a delay is kept by the table itself and needs no second queue."""
        if queue_name not in self.queues:
            self.emit_before("declare_queue", queue_name)
            self.queues[queue_name] = True
            self.emit_after("declare_queue", queue_name)

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 30000) -> "CountyConsumer":
        """Return the iterator that claims messages of this queue."""
        return CountyConsumer(broker=self, queue_name=queue_name, prefetch=prefetch, timeout=timeout)

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """Send a message for the office entered, or put back one that this worker holds."""
        self.emit_before("enqueue", message, delay)
        seconds = (delay or 0) / 1000
        if message.message_id in self._held:
            self._return_to_queue(message, seconds=seconds)
        else:
            self._send(message, seconds=seconds, tenant=current_or_none())
        self.emit_after("enqueue", message, delay)
        return message

    def _send(self, message: Message[Any], *, seconds: float, tenant: Tenant | None) -> None:
        county = message.kwargs.get("county")
        if tenant is None or not county or county != tenant.schema:
            raise MessageWithoutCountyError(
                f"{message.actor_name!r} must be sent with the county entered as its county, not {county!r}"
            )
        with connection.cursor() as cursor:
            cursor.execute(SEND, [message.queue_name, message.message_id, message.encode().decode(), seconds])
            cursor.execute(WAKE, [f"dramatiq.{message.queue_name}.enqueue"])

    def _return_to_queue(self, message: Message[Any], *, seconds: float) -> None:
        with transaction(self.pool) as cursor:
            cursor.execute(PUT_BACK, [message.encode().decode(), seconds, message.message_id, self.worker_id])
        self._put_back.add(message.message_id)

    def hold(self, message_id: str) -> None:
        """Remember that this worker claimed a message."""
        self._held.add(message_id)

    def let_go(self, message_id: str) -> bool:
        """Forget a message; return whether it was put back and therefore still has to be done."""
        self._held.discard(message_id)
        was_put_back = message_id in self._put_back
        self._put_back.discard(message_id)
        return was_put_back


class CountyConsumer(PostgresConsumer):  # type: ignore[misc]  # the library has no types
    """Claims messages and knows which of them went back to the queue: those are not acknowledged."""

    broker: CountyBroker

    def claim(self, limit: int) -> None:
        """Claim some messages for this worker."""
        super().claim(limit)
        for message in self.buffer:
            self.broker.hold(message.message_id)

    def ack(self, message: MessageProxy) -> None:
        """Delete a message that was done; one that was put back stays, whoever may have claimed it by now."""
        if self.broker.let_go(message.message_id):
            self.in_processing.discard(message.message_id)
            self.wakeup.set()
            return
        super().ack(message)

    def nack(self, message: MessageProxy) -> None:
        """Keep a message that cannot be done as rejected, for whoever looks after the queue."""
        self.broker.let_go(message.message_id)
        super().nack(message)


def session_pool() -> "ConnectionPool[psycopg.Connection[tuple[Any, ...]]]":
    """Return the worker's sessions, not yet opened: the application's login as the platform's role."""
    return ConnectionPool(
        "",
        kwargs=_login,
        configure=_become_the_platform,
        check=ConnectionPool.check_connection,
        min_size=0,
        max_size=MOST_SESSIONS,
        open=False,
        name="huiyin-queue",
    )


def _login() -> dict[str, Any]:
    """Return how the application signs in, read when a session is opened."""
    params = connections["default"].get_connection_params()
    for django_only in ("cursor_factory", "context", "prepare_threshold"):
        params.pop(django_only, None)
    return {**params, "application_name": "huiyin-queue"}


def _become_the_platform(session: psycopg.Connection[Any]) -> None:
    role = sql.Identifier(installed().platform)
    session.execute(sql.SQL("SET ROLE {}").format(role))
    session.execute("SET search_path TO pg_catalog")
    session.commit()


def new_broker() -> CountyBroker:
    """Return a broker with everything that happens around a job."""
    return CountyBroker(
        middleware=[
            TimeLimit(time_limit=LONGEST_JOB_MILLISECONDS),
            ShutdownNotifications(),
            Patience(),
            PlainMessages(),
            CountyMiddleware(tenant_of=queries.tenant_of_schema),
        ],
        heartbeat_interval=HEARTBEAT_SECONDS,
        heartbeat_ttl=DEAD_AFTER_SECONDS,
        maintenance_interval=HEARTBEAT_SECONDS,
    )
