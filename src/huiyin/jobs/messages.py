"""Messages: what a job is told, and the name that makes the same message one message."""

import uuid
from datetime import datetime
from typing import Any

from dramatiq import Actor

from huiyin.kernel import tenant

NAMES = uuid.UUID("5f0d5c1e-7a53-5b0e-9a0e-2f6f6f1f9c11")


def send(actor: Actor[Any, Any], *, name: str, at: datetime, delay: int | None = None, **ids: int | str) -> None:
    """Send a job for the office entered; a message of the same name that still waits is the same message."""
    county = tenant.current().schema
    key = f"{actor.actor_name}:{name}"
    message = actor.message_with_options(kwargs={"county": county, "key": key, "at": at.isoformat(), **ids})
    named = message.copy(message_id=str(uuid.uuid5(NAMES, f"{county}/{key}")))
    actor.broker.enqueue(named, delay=delay)
