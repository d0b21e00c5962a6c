"""A message stands or falls with its transaction, carries its county, and is done although its worker is killed."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dramatiq
import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from dramatiq import Message, Worker

from huiyin.accounts.models import Staff
from huiyin.county.journal.models import JobDone
from huiyin.county.registry.receipt_models import Counter
from huiyin.jobs.middleware import OfficeMigratingError
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import PUBLIC, Tenant, current, current_or_none, entered
from huiyin.project.broker import SEND, CountyBroker, MessageWithoutCountyError, new_broker

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
SCRIPT = Path(__file__).with_name("slow_worker.py")


def message(county: str | None = "qinglan", *, actor: str = "tests.look", **more: Any) -> Message[Any]:
    kwargs = {"key": f"{actor}:{uuid.uuid4()}", "at": AT.isoformat(), **more}
    if county is not None:
        kwargs["county"] = county
    return Message(queue_name="default", actor_name=actor, args=(), kwargs=kwargs, options={})


def waits(one: Message[Any]) -> bool:
    with entered(PUBLIC), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dramatiq.queue WHERE message_id = %s", [one.message_id])
        return bool(cursor.fetchone()[0])


@pytest.fixture
def broker() -> CountyBroker:
    """A broker of its own, as a web process has it: without sessions of its own."""
    return new_broker()


@pytest.fixture
def superuser(provisioned) -> Iterator[psycopg.Connection[Any]]:
    url = f"{provisioned.superuser_url.rpartition('/')[0]}/{provisioned.database}"
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("DELETE FROM dramatiq.queue")
        yield session
        session.execute("DELETE FROM dramatiq.queue")


# Sending


def test_row_and_message_are_committed_together(committed_county, broker, superuser):
    one = message("linshi")
    with entered(committed_county):
        with transaction.atomic():
            Counter.objects.create(series="试", year=2026, value=1)
            broker.enqueue(one)
            assert superuser.execute("SELECT count(*) FROM dramatiq.queue").fetchone() == (0,)
        assert superuser.execute("SELECT message_id::text FROM dramatiq.queue").fetchall() == [(one.message_id,)]
        assert Counter.objects.filter(series="试").exists()


def test_row_and_message_are_rolled_back_together(committed_county, broker, superuser):
    with entered(committed_county):
        with suppress(ZeroDivisionError), transaction.atomic():
            Counter.objects.create(series="试", year=2026, value=1)
            broker.enqueue(message("linshi"))
            raise ZeroDivisionError
        assert superuser.execute("SELECT count(*) FROM dramatiq.queue").fetchone() == (0,)
        assert not Counter.objects.filter(series="试").exists()


def test_a_savepoint_takes_its_message_along(county, broker):
    kept, lost = message(), message()
    broker.enqueue(kept)
    with suppress(ZeroDivisionError), transaction.atomic():
        broker.enqueue(lost)
        raise ZeroDivisionError
    assert waits(kept)
    assert not waits(lost)


def test_sending_opens_no_session_of_its_own(county, broker):
    broker.enqueue(message())
    assert broker.pool.closed
    assert broker.pool.get_stats()["pool_size"] == 0


def test_the_same_message_twice_is_one_message(county, broker):
    one = message()
    broker.enqueue(one)
    broker.enqueue(one)
    assert waits(one)


def test_a_delay_is_kept_by_the_table(county, broker):
    one = message()
    broker.enqueue(one, delay=60_000)
    with entered(PUBLIC), connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, available_at - now() FROM dramatiq.queue WHERE message_id = %s", [one.message_id]
        )
        queue, later = cursor.fetchone()
    assert (queue, round(later.total_seconds())) == ("default", 60)


@pytest.mark.parametrize("of", [None, "", "baiyun"])
def test_a_message_without_its_county_is_refused(county, broker, of):
    with pytest.raises(MessageWithoutCountyError):
        broker.enqueue(message(of))


def test_outside_every_office_nothing_is_sent(db, broker):
    with pytest.raises(MessageWithoutCountyError):
        broker.enqueue(message())


def test_the_database_too_refuses_a_message_in_the_name_of_another(county):
    one = message("baiyun")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SEND, ["default", one.message_id, one.encode().decode(), 0.0])


@pytest.mark.parametrize(
    "statement",
    ["SELECT * FROM dramatiq.queue", "DELETE FROM dramatiq.queue", "UPDATE dramatiq.queue SET state = 'queued'"],
)
def test_an_office_reads_and_changes_no_message(county, statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# Working


class Working:
    """A worker in this process, and what its jobs saw."""

    def __init__(self, broker: CountyBroker, superuser: psycopg.Connection[Any]) -> None:
        self.broker = broker
        self.superuser = superuser
        self.seen: list[Any] = []

    def job(self, act: Callable[..., Any]) -> None:
        def look(**told: Any) -> None:
            self.seen.append(act(**told))

        dramatiq.actor(actor_name="tests.look", broker=self.broker, min_backoff=1)(look)

    def work_off(self, *, until: int = 0, seconds: float = 15) -> None:
        """Work until so many messages are left that are neither rejected nor waiting for their time."""
        self.broker.pool.open()
        worker = Worker(self.broker, worker_threads=2, worker_timeout=50)
        worker.start()
        ends = time.monotonic() + seconds
        try:
            while self.left() > until:
                assert time.monotonic() < ends, "the queue was not worked off"
                time.sleep(0.02)
        finally:
            worker.stop()
            self.broker.close()
            self.broker.pool.close()

    def left(self) -> int:
        row = self.superuser.execute(
            "SELECT count(*) FROM dramatiq.queue WHERE state <> 'rejected' AND available_at < now() + interval '10 s'"
        ).fetchone()
        assert row is not None
        return int(row[0])

    def rejected(self) -> list[dict[str, Any]]:
        rows = self.superuser.execute("SELECT message::text FROM dramatiq.queue WHERE state = 'rejected'").fetchall()
        return [json.loads(text) for (text,) in rows]


@pytest.fixture
def working(committed_county, broker, superuser) -> Working:
    broker.poll_interval = 0.05
    return Working(broker, superuser)


def send(working: Working, tenant: Tenant, one: Message[Any]) -> None:
    with entered(tenant):
        working.broker.enqueue(one)


def test_a_job_runs_for_its_county_as_its_role(working, committed_county, provisioned):
    def who(**_told: Any) -> tuple[str, str, str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user::text, current_schema()::text")
            return (current().name, *cursor.fetchone())

    working.job(who)
    send(working, committed_county, message("linshi"))
    send(working, provisioned.offices["baiyun"], message("baiyun"))
    working.work_off()
    assert sorted(working.seen) == [
        ("临时县人大常委会", "hytest_c_linshi", "linshi"),
        (provisioned.offices["baiyun"].name, "hytest_c_baiyun", "baiyun"),
    ]
    assert current_or_none() is None


def test_a_job_of_one_county_reaches_no_other(working, committed_county):
    def reach(**_told: Any) -> str:
        own = Staff.objects.filter(name="马会计").count()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM baiyun.accounts_staff")
        except DatabaseError as error:
            return f"{own} {str(error).partition(' for ')[0]}"
        return "reached"

    working.job(reach)
    send(working, committed_county, message("linshi"))
    working.work_off()
    assert working.seen == ["1 permission denied"]


def test_a_failed_job_is_tried_again_and_loses_nothing(working, committed_county):
    def fail_once(**_told: Any) -> str:
        if not working.seen:
            working.seen.append("failed")
            raise ValueError("马长根的电话是13900001234")
        return "done"

    working.job(fail_once)
    send(working, committed_county, message("linshi"))
    working.work_off()
    assert working.seen == ["failed", "done"]
    assert working.rejected() == []


def test_what_a_failure_said_is_not_kept_in_the_queue(working, committed_county, superuser):
    def fail(**_told: Any) -> None:
        raise ValueError("马长根的电话是13900001234")

    working.job(fail)
    one = message("linshi")
    one.options["min_backoff"] = one.options["max_backoff"] = 120_000
    send(working, committed_county, one)
    working.work_off()
    ((kept,),) = superuser.execute("SELECT message::text FROM dramatiq.queue").fetchall()
    assert json.loads(kept)["options"]["retries"] == 1
    assert "13900001234" not in kept
    assert "traceback" not in kept


def test_a_refused_job_is_kept_as_rejected_and_not_tried_again(working, committed_county):
    def refuse(**_told: Any) -> None:
        working.seen.append("asked")
        raise Refusal("test.no", "不可以")

    working.job(refuse)
    send(working, committed_county, message("linshi"))
    working.work_off()
    assert working.seen == ["asked"]
    assert len(working.rejected()) == 1


@pytest.mark.parametrize("county", [None, "nowhere"])
def test_a_message_of_no_known_county_is_not_run(working, superuser, county):
    working.job(lambda **_told: "ran")
    one = message(county)
    superuser.execute(SEND.encode(), ["default", one.message_id, one.encode().decode(), 0.0])
    working.work_off()
    assert working.seen == []
    assert len(working.rejected()) == 1


def test_a_job_of_a_closed_office_is_not_run(working, committed_county, superuser):
    working.job(lambda **_told: "ran")
    send(working, committed_county, message("linshi"))
    superuser.execute("UPDATE platform_county SET state = 'suspended' WHERE schema_name = 'linshi'")
    working.work_off()
    assert working.seen == []
    assert len(working.rejected()) == 1


def test_a_job_of_an_office_being_upgraded_waits(working, committed_county, superuser):
    working.job(lambda **_told: "ran")
    send(working, committed_county, message("linshi"))
    superuser.execute("UPDATE platform_county SET state = 'migrating' WHERE schema_name = 'linshi'")
    working.work_off()
    assert working.seen == []
    assert superuser.execute("SELECT state::text FROM dramatiq.queue").fetchall() == [("queued",)]
    assert issubclass(OfficeMigratingError, dramatiq.errors.Retry)


# Killed


def start(provisioned: Any, folder: Path) -> subprocess.Popen[bytes]:
    place = provisioned.superuser_url.rpartition("@")[2].partition("/")[0]
    surroundings = os.environ | {
        "HUIYIN_DATABASE_URL": f"postgresql://hytest_app:only-for-tests@{place}/{provisioned.database}"
    }
    with (folder / "worker.log").open("ab") as log:
        return subprocess.Popen([sys.executable, str(SCRIPT), str(folder)], env=surroundings, stdout=log, stderr=log)


def wait_for(what: Callable[[], object], folder: Path, *, seconds: float = 40) -> None:
    ends = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < ends, (folder / "worker.log").read_text(encoding="utf-8")
        time.sleep(0.05)


def test_a_killed_workers_job_is_done_once_by_the_next(committed_county, broker, provisioned, superuser, tmp_path):
    one = message("linshi", actor="tests.count")
    (tmp_path / "hold").touch()
    with entered(committed_county):
        broker.enqueue(one)
    first = start(provisioned, tmp_path)
    second = None
    try:
        wait_for(lambda: list(tmp_path.glob("begun-*")), tmp_path)
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        with entered(committed_county):
            assert not Counter.objects.filter(series="试").exists()
        assert superuser.execute(
            "SELECT state::text FROM dramatiq.queue WHERE message_id = %s", [one.message_id]
        ).fetchone() == ("consumed",)
        (tmp_path / "hold").unlink()
        second = start(provisioned, tmp_path)
        gone = "SELECT 1 FROM dramatiq.queue WHERE message_id = %s"
        wait_for(lambda: superuser.execute(gone, [one.message_id]).fetchone() is None, tmp_path)
        second.send_signal(signal.SIGTERM)
        assert second.wait(20) == 0
    finally:
        for process in (first, second):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait(10)
    with entered(committed_county):
        assert Counter.objects.get(series="试").value == 1
        assert JobDone.objects.filter(key=one.kwargs["key"]).count() == 1
    lines = [json.loads(line) for line in (tmp_path / "worker.log").read_text(encoding="utf-8").splitlines()]
    (done,) = [line for line in lines if line["message"] == "job done" and line["job"] == "tests.count"]
    assert done["county"] == "linshi"
