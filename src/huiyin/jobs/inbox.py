"""The inbox: a job that may be delivered twice has its effect once."""

from datetime import datetime

from django.db import connection

from huiyin.county.journal.models import JobDone

CLAIM = "INSERT INTO county_job_done (key, at) VALUES (%s, %s) ON CONFLICT (key) DO NOTHING"


def is_first(key: str, *, at: datetime) -> bool:
    """Write down that this is done now and return whether it was not done before.

    To be called in the transaction of the effect: if the effect fails, the key goes with it. A second delivery that
    runs at the same time waits here for the first one's transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the key of a job is written in the transaction of its effect")
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [key, at])
        return bool(cursor.rowcount == 1)


def is_done(key: str) -> bool:
    """Return whether a job's effect stands."""
    return JobDone.objects.filter(key=key).exists()
