"""Leftovers: what a killed server leaves behind in its data folder, and how the folder becomes free again."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

PROCESSES = Path("/proc")
PATIENCE_SECONDS = 20


def clear(data: Path) -> None:
    """Stop orphans of an earlier server in this folder and remove its stale pid file.

    The caller holds the folder's lock, so that no living supervisor owns what is found here. The pid file is
    removed only when no process works in the folder any more: its number may since belong to somebody else,
    and PostgreSQL would then refuse to start.
    """
    if not PROCESSES.joinpath("self", "cwd").exists():
        return
    end = time.monotonic() + PATIENCE_SECONDS
    number = signal.SIGINT
    while orphans := processes_in(data):
        for pid in orphans:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        time.sleep(0.2)
        number = signal.SIGQUIT if time.monotonic() > end - PATIENCE_SECONDS / 2 else signal.SIGINT
        if time.monotonic() > end:
            return
    (data / "postmaster.pid").unlink(missing_ok=True)


def processes_in(data: Path) -> list[int]:
    """Return the processes whose working folder is the data folder: a server and its children."""
    wanted = data.resolve()
    found = []
    for entry in PROCESSES.iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if (entry / "cwd").readlink() == wanted:
                    found.append(int(entry.name))
    return found
