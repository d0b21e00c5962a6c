"""The command ``huiyin``: short help, and words instead of tracebacks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def huiyin(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUIYIN_", "DJANGO_"))}
    values = {
        "HUIYIN_TENANTS": str(ROOT / "tenants"),
        "HUIYIN_DATA": str(folder),
        "HUIYIN_SECRET_KEY": "x" * 50,
        **more,
    }
    return subprocess.run(
        [sys.executable, "-m", "huiyin.project.console", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=kept | values,
        timeout=120,
    )


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",)])
def test_without_a_command_the_short_help_is_shown(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    answer = huiyin(*arguments, folder=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "huiyin COMMAND" in answer.stdout
    assert "  demo " in answer.stdout


def test_an_unknown_command_is_told_in_a_sentence(tmp_path: Path) -> None:
    answer = huiyin("onbord", folder=tmp_path)
    assert answer.returncode == 1
    assert "onbord" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_database_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    nowhere = "postgresql://nobody:nothing@127.0.0.1:9/nowhere"
    answer = huiyin(
        "install",
        folder=tmp_path,
        HUIYIN_DATABASE_URL=nowhere,
        HUIYIN_OWNER_DATABASE_URL=nowhere,
    )
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
