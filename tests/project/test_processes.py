"""Web and worker under supervision: restarted when they die, gone when we are gone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from huiyin.project import processes
from huiyin.project.processes import Child, stop_all


def eventually(question: Callable[[], bool]) -> bool:
    """Ask again and again for a while."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.05)
    return False


def is_alive(pid: int) -> bool:
    """Say whether a process runs, zombies excluded."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    """Give a program that has a child of its own and would run for a minute."""
    script = "sleep 60 & echo $! > $PIDS; echo ready; wait"
    environment = {**os.environ, "PIDS": str(tmp_path / "grandchild")}
    child = Child("web", ["/bin/sh", "-c", script], environment, tmp_path / "web.log")
    yield child
    child.stop()


def grandchild(tmp_path: Path) -> int:
    """Wait for the number of the child's child."""
    path = tmp_path / "grandchild"
    assert eventually(lambda: path.exists() and path.read_text().strip().isdigit())
    return int(path.read_text())


def test_a_child_that_dies_is_started_again(child: Child) -> None:
    child.start()
    first = child.pid
    assert not child.restart_if_dead()
    os.kill(first, signal.SIGKILL)
    assert eventually(child.restart_if_dead)
    assert child.pid != first
    assert child.starts == 2


def test_a_child_that_dies_at_once_is_not_started_in_a_hurry(tmp_path: Path) -> None:
    child = Child("web", ["/bin/false"], dict(os.environ), tmp_path / "log")
    child.start()
    end = time.monotonic() + 2
    while time.monotonic() < end:
        child.restart_if_dead()
        time.sleep(0.02)
    child.stop()
    assert 2 <= child.starts <= 4


def test_stopping_ends_the_childs_own_children(child: Child, tmp_path: Path) -> None:
    child.start()
    below = grandchild(tmp_path)
    child.stop()
    assert child.pid == 0
    assert eventually(lambda: not is_alive(below))


def test_a_child_that_does_not_listen_is_made_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "STOP_SECONDS", 0.5)
    script = "trap '' TERM; echo ready; while :; do sleep 0.1; done"
    child = Child("web", ["/bin/sh", "-c", script], dict(os.environ), tmp_path / "log")
    child.start()
    assert eventually(lambda: "ready" in child.log.read_text())
    pid = child.pid
    stop_all([child])
    assert not is_alive(pid)


def test_children_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, sys, time; from pathlib import Path; from huiyin.project.processes import Child\n"
        "child = Child('web', ['sleep', '60'], dict(os.environ), Path(sys.argv[1])); child.start()\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True
    )
    assert supervisor.stdout is not None
    pid = int(supervisor.stdout.readline())
    assert is_alive(pid)
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    assert eventually(lambda: not is_alive(pid))
