"""Processes: web and worker as children that are restarted when they die and that never outlive us."""

import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

STOP_SECONDS = 15
# A child that lives this long has started well; one that dies sooner waits longer before each new start.
HEALTHY_SECONDS = 10
LONGEST_PAUSE_SECONDS = 15
# Ends the child's group when our end of the pipe closes, which the system does even after a SIGKILL.
WATCHER = 'while read -r _; do :; done; kill -s TERM -- "-$1"'


@dataclass(slots=True)
class Child:
    """One program in a process group of its own, with its log."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path
    starts: int = 0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _watcher: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _started: float = 0
    _pause: float = 0

    @property
    def pid(self) -> int:
        """The process id; 0 while it does not run."""
        return self._process.pid if self._process and self._process.poll() is None else 0

    def start(self) -> None:
        """Start the program."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # the command is our own
                self.command,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._watcher = subprocess.Popen(  # noqa: S603  # the command is our own
            ["/bin/sh", "-c", WATCHER, "watcher", str(self._process.pid)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._started = time.monotonic()
        self.starts += 1

    def restart_if_dead(self) -> bool:
        """Start the program anew when it has died and its pause is over; say whether that happened."""
        if self.pid:
            return False
        lived = time.monotonic() - self._started
        if self._process is not None:
            self._end_group(signal.SIGKILL)
            self._process = None
            self._pause = 0.5 if lived >= HEALTHY_SECONDS else min(LONGEST_PAUSE_SECONDS, self._pause * 2 + 0.5)
            self._started = time.monotonic()
            lived = 0.0
        if lived < self._pause:
            return False
        self.start()
        return True

    def ask_to_stop(self) -> None:
        """Ask the program to end, without waiting."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """End the program: asked first, made to when it does not listen; its own children too."""
        self.ask_to_stop()
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
            self._end_group(signal.SIGKILL)
            self._process.wait(STOP_SECONDS)
            self._process = None
        self._dismiss_watcher()

    def _end_group(self, number: int) -> None:
        """Signal what is left of the child's group, and stop watching it."""
        self._dismiss_watcher()
        if self._process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def _dismiss_watcher(self) -> None:
        if self._watcher is not None:
            self._watcher.kill()
            self._watcher.wait()
            if self._watcher.stdin:
                self._watcher.stdin.close()
            self._watcher = None


def stop_all(children: Iterable[Child]) -> None:
    """Ask all to end at once, then see each of them off."""
    ending = list(children)
    for child in ending:
        child.ask_to_stop()
    for child in ending:
        child.stop()
