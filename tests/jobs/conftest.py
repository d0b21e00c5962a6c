"""What jobs' tests look at: the messages that wait, and the same job delivered once more."""

import json
from collections.abc import Callable
from typing import Any

import dramatiq
import pytest
from django.db import connection

from huiyin.kernel.tenant import PUBLIC, entered

Message = dict[str, Any]


def waiting() -> list[Message]:
    """The messages in the queue, oldest first."""
    with entered(PUBLIC), connection.cursor() as cursor:
        cursor.execute("SELECT message::text FROM dramatiq.queue ORDER BY position")
        return [json.loads(text) for (text,) in cursor.fetchall()]


@pytest.fixture
def sent(db) -> Callable[[], list[Message]]:
    """The messages sent since the test began."""
    before = {message["message_id"] for message in waiting()}
    return lambda: [message for message in waiting() if message["message_id"] not in before]


@pytest.fixture
def deliver() -> Callable[[Message], None]:
    """Do a message's job as the worker does once its office is entered."""

    def do(message: Message) -> None:
        dramatiq.get_broker().get_actor(message["actor_name"])(**message["kwargs"])

    return do
