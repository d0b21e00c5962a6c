"""The worker process: claims jobs, does them on a few threads, and ends without losing one.

``python -m huiyin.project.worker [--threads N]``, or ``huiyin work``. Run as many as wanted: what a killed one had
claimed goes back to the queue when its heartbeat is old, and is done by another or by its own successor.
"""

import os
import signal
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Sequence
from types import FrameType

import django
import dramatiq
import structlog
from dramatiq import Worker

from huiyin.kernel.refusal import Refusal
from huiyin.project import sentry
from huiyin.project.broker import CountyBroker
from huiyin.project.tenancy.selftest import refuse_unfit_server

THREADS = 4
IDLE_MILLISECONDS = 1000
# A job that runs longer than this after the signal is left to the next worker.
STOP_MILLISECONDS = 10_000

log = structlog.get_logger("huiyin.worker")


def main(arguments: Sequence[str] | None = None) -> int:
    """Set Django up and work until told to stop; a refusal is told in its own words, with exit code 1."""
    parser = ArgumentParser(prog="huiyin work", description="运行后台任务 / run the background jobs")
    parser.add_argument("--threads", type=int, default=THREADS, help=f"同时进行的任务数，默认 {THREADS}")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.project.settings")
    django.setup()
    try:
        work(threads=options.threads)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.words}\n")
        return 1
    return 0


def work(*, threads: int = THREADS) -> None:
    """Do jobs until SIGTERM or SIGINT, then finish what was begun and give back what was not."""
    sentry.start("worker")
    refuse_unfit_server()
    broker = dramatiq.get_broker()
    assert isinstance(broker, CountyBroker)
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    broker.pool.open()
    worker = Worker(broker, worker_threads=threads, worker_timeout=IDLE_MILLISECONDS)
    worker.start()
    log.info("worker started", threads=threads)
    while not stopping.wait(IDLE_MILLISECONDS / 1000):
        pass
    worker.stop(timeout=STOP_MILLISECONDS)
    broker.close()
    broker.pool.close()
    log.info("worker stopped")


if __name__ == "__main__":
    sys.exit(main())
