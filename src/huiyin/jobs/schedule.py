"""Periodic work: sweeps that look at the state, so that what was missed is made up for by the next one."""

import threading
from collections.abc import Callable
from datetime import date, datetime

import structlog
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone
from dramatiq import Actor, Broker, Worker, get_broker
from dramatiq.middleware import Middleware

from huiyin.county.oversight.rules import is_working_time
from huiyin.kernel.calendar import local_day
from huiyin.kernel.tenant import PUBLIC, entered
from huiyin.platform.calendar.queries import working_calendar
from huiyin.platform.directory import queries

from . import (
    assignments,
    attachments,
    deadlines,
    hotspots,
    instructions,
    messages,
    numbers,
    office,
    opinions,
    oversight,
    releases,
    supervision,
)

# Told in working hours only, once a day.
WORKING = (oversight.warn,)
DAILY = (
    attachments.sweep,
    deadlines.recompute,
    assignments.deem_received,
    instructions.remind,
    office.remind_of_hearing,
    hotspots.give_early_notice,
    oversight.remind_of_answers,
    numbers.remind_of_closing,
    supervision.remind,
    opinions.remind,
)
TICK_SECONDS = 60.0
# "huiyin" and "sweep" as numbers: of several who sweep at once, one does.
LOCK = (0x6875696, 0x73776570)

log = structlog.get_logger("huiyin.jobs")


def sweep(*, at: datetime, actors: tuple[Actor[..., None], ...] = DAILY) -> int:
    """Send this day's sweeps for every open office in one transaction; return how many, or 0 if another is at it."""
    counties = [tenant for tenant in queries.tenants(kind="county") if tenant.state == "active"]
    with transaction.atomic():
        if not _is_ours():
            return 0
        for county in counties:
            with entered(county):
                for actor in actors:
                    messages.send(actor, name=local_day(at).isoformat(), at=at)
    return len(counties) * len(actors)


def publish_releases(*, at: datetime) -> int:
    """Send every province's board the job that publishes what counties reported anew; return how many."""
    boards = [tenant for tenant in queries.tenants(kind="province") if tenant.state == "active"]
    with transaction.atomic():
        for board in boards:
            with entered(board):
                messages.send(releases.publish, name=local_day(at).isoformat(), at=at)
    return len(boards)


def recompute_deadlines(*, name: str, at: datetime) -> int:
    """Send every office the job that counts its provisional dates again; return how many: the calendar was changed."""
    counties = [tenant for tenant in queries.tenants(kind="county") if tenant.state != "suspended"]
    with transaction.atomic():
        for county in counties:
            with entered(county):
                messages.send(deadlines.recompute, name=name, at=at)
    return len(counties)


class DailyTick(Middleware):
    """Lets a running worker send the day's sweeps, once a day and once at its start."""

    def __init__(self, now: Callable[[], datetime] = timezone.now) -> None:
        """Take the clock."""
        self._now = now
        self._stopping = threading.Event()
        self._swept_on: date | None = None
        self._warned_on: date | None = None

    def after_worker_boot(self, _broker: Broker, _worker: Worker) -> None:
        """Begin to tick."""
        threading.Thread(target=self._tick, name="huiyin-daily-tick", daemon=True).start()

    def before_worker_shutdown(self, _broker: Broker, _worker: Worker) -> None:
        """Stop ticking."""
        self._stopping.set()

    def _tick(self) -> None:
        while not self._stopping.is_set():
            at = self._now()
            try:
                self._send_due(at)
            except DatabaseError as error:
                log.warning("sweeps not sent", reason=type(error).__name__)
            finally:
                close_old_connections()
            self._stopping.wait(TICK_SECONDS)

    def _send_due(self, at: datetime) -> None:
        """Send what this day has not been sent yet: the sweeps at once, the warnings when the office works."""
        today = local_day(at)
        if self._swept_on != today:
            log.info("sweeps sent", count=sweep(at=at))
            log.info("releases sent", count=publish_releases(at=at))
            self._swept_on = today
        if self._warned_on != today and _is_working_time(at):
            log.info("warnings sent", count=sweep(at=at, actors=WORKING))
            self._warned_on = today


def _is_working_time(at: datetime) -> bool:
    with entered(PUBLIC):
        return is_working_time(at, working_calendar())


def _is_ours() -> bool:
    with entered(PUBLIC), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK)
        return bool(cursor.fetchone()[0])


def connect() -> None:
    """Let the worker tick."""
    get_broker().add_middleware(DailyTick())
