"""The app of the background half: it has no tables, only what happens after."""

from importlib import import_module

import dramatiq
from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string


class JobsConfig(AppConfig):
    """Chooses the broker, then loads the jobs, then lets the journal tell of every new entry."""

    name = "huiyin.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Connect once at start-up: an actor belongs to the broker that was chosen when it was declared."""
        dramatiq.set_broker(import_string(settings.HUIYIN_BROKER)())
        import_module("huiyin.jobs.reactions").connect()
        import_module("huiyin.jobs.schedule").connect()
        # Sent by a screen and by no reaction: the worker has to know it all the same.
        import_module("huiyin.jobs.ledger")
