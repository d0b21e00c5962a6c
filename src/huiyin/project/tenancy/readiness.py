"""Readiness: whether this process can serve, which one broken county does not decide."""

import shutil
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from huiyin.kernel.tenant import PUBLIC, entered

LEAST_FREE_BYTES = 64 * 1024 * 1024


def lacking() -> tuple[str, ...]:
    """Return what this process lacks in order to serve: words for whoever runs the server, none when it is ready."""
    try:
        missing = missing_migrations()
    except DatabaseError as error:
        return (f"database: {type(error).__name__}",)
    found = [f"migration: {name}" for name in missing]
    if shutil.disk_usage(_existing_folder()).free < LEAST_FREE_BYTES:
        found.append("disk: full")
    return tuple(found)


def missing_migrations() -> tuple[str, ...]:
    """Return the migrations of the shared tables that this code needs and the database has not had."""
    with entered(PUBLIC), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM public.django_migrations WHERE app = 'platform'")
        applied = {name for (name,) in cursor.fetchall()}
    return tuple(name for name in known_migrations() if name not in applied)


@cache
def known_migrations() -> tuple[str, ...]:
    """Return the migrations of the shared tables that this code has: read once, they do not change while it runs."""
    return tuple(sorted(name for app, name in MigrationLoader(None).disk_migrations or {} if app == "platform"))


def _existing_folder() -> str:
    folder = settings.HUIYIN_DATA
    while not folder.exists():
        folder = folder.parent
    return str(folder)
