"""The worker process: claims jobs, does them on a few threads, and ends without losing one.

Started by ``huiyin work [--threads N]``. Run as many as wanted: what a killed one had
claimed goes back to the queue when its heartbeat is old, and is done by another or by its own successor.
"""

import signal
import threading
from types import FrameType

import dramatiq
import structlog
from dramatiq import Worker

from huiyin.project import sentry
from huiyin.project.broker import CountyBroker
from huiyin.project.tenancy.selftest import refuse_unfit_server

THREADS = 4
IDLE_MILLISECONDS = 1000
# A job that runs longer than this after the signal is left to the next worker.
STOP_MILLISECONDS = 10_000

log = structlog.get_logger("huiyin.worker")


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
