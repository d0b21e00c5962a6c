"""A worker for the tests: as ``huiyin work``, with one job more, that can be held half-way, and a faster heart.

``python slow_worker.py FOLDER``: the job adds one to a counter; while FOLDER/hold exists it waits before its commit.
"""

# ruff: noqa: E402  # models are imported once Django is set up

import os
import sys
import time
from datetime import datetime
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.project.settings")
django.setup()

import dramatiq
from django.db import transaction

from huiyin.county.registry.receipt_models import Counter
from huiyin.jobs import inbox
from huiyin.project.broker import CountyBroker
from huiyin.project.worker import work

FOLDER = Path(sys.argv[1])


@dramatiq.actor(actor_name="tests.count")
def count(*, county: str, key: str, at: str) -> None:
    """Add one, once."""
    del county
    with transaction.atomic():
        if not inbox.is_first(key, at=datetime.fromisoformat(at)):
            return
        counter, _ = Counter.objects.get_or_create(series="试", year=2026, defaults={"value": 0})
        counter.value += 1
        counter.save()
        (FOLDER / f"begun-{os.getpid()}").touch()
        while (FOLDER / "hold").exists():
            time.sleep(0.05)


broker = dramatiq.get_broker()
assert isinstance(broker, CountyBroker)
broker.poll_interval = 0.1
broker.heartbeat_interval = broker.maintenance_interval = 0.2
broker.heartbeat_ttl = 1.0
work(threads=2)
