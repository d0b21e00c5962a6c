"""``huiyin demo``: it refuses in words, sets up from nothing, and a second run loses nothing."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from huiyin.kernel.refusal import Refusal
from huiyin.project.demo import program
from huiyin.project.demo.home import Home, migrations_fingerprint

ROOT = Path(__file__).parents[3]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that every account may enter."""
    folder = Path(tempfile.mkdtemp(prefix="huiyin-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def demo_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "huiyin.project.console", "demo", *arguments]


def surroundings() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUIYIN_", "DJANGO_"))}
    return kept | {"HUIYIN_TENANTS": str(ROOT / "tenants")}


def run_demo(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        demo_command(*arguments), capture_output=True, text=True, check=False, env=surroundings(), timeout=240
    )


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind((program.HOST, 0))
        return int(trial.getsockname()[1])


def test_a_taken_port_is_refused_in_words(socket_enabled: None) -> None:
    with socket.socket() as taken:
        taken.bind((program.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refusal, match=rf"端口 {port} 已被占用.*--port") as refused:
            program.check_port_is_free(port)
    assert refused.value.code == "demo.port_taken"
    program.check_port_is_free(port)


def test_a_folder_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Refusal, match=r"不能写入文件夹.*--data") as refused:
        Home(tmp_path / "file" / "data").open()
    assert refused.value.code == "demo.not_writable"


def test_data_of_another_version_are_refused_and_left_alone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.open()
    assert home.version.read_text().strip() == migrations_fingerprint()
    home.open()
    home.version.write_text("another\n")
    with pytest.raises(Refusal, match=r"另一个版本.*--data") as refused:
        home.open()
    assert refused.value.code == "demo.other_version"
    assert home.version.read_text() == "another\n"


def test_secrets_are_invented_once_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.open()
    first = home.secrets()
    assert home.secrets() == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0
    assert len({first.secret_key, first.app_password, first.owner_password, first.sign_in_password}) == 4


def test_a_refusal_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    answer = run_demo("--once", "--data", str(tmp_path / "file" / "data"))
    assert answer.returncode == 1
    assert "不能写入文件夹" in answer.stderr
    assert "is not writable" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_demonstration_sets_itself_up_serves_stops_cleanly_and_loses_nothing(
    open_folder: Path, socket_enabled: None
) -> None:
    data, port = str(open_folder / "data"), free_port()
    check_it_serves_and_stops(port, data)
    second = run_demo("--once", "--data", data)
    assert second.returncode == 0, second.stderr
    assert "141" in second.stdout
    began = time.monotonic()
    third = run_demo("--once", "--data", data)
    assert third.returncode == 0, third.stderr
    assert time.monotonic() - began < 30
    assert numbers_of(third.stdout) == numbers_of(second.stdout)


def check_it_serves_and_stops(port: int, data: str) -> None:
    demo = subprocess.Popen(
        demo_command("--port", str(port), "--data", data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=surroundings(),
    )
    try:
        assert demo.stdout is not None
        lines = []
        for line in demo.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        said = "".join(lines)
        assert f"http://qinglan.localhost:{port}" in said
        assert f"http://province.localhost:{port}" in said
        answer = ask(port, "qinglan.localhost")
        assert " 302 " in answer.splitlines()[0] or " 200 " in answer.splitlines()[0]
        demo.send_signal(signal.SIGINT)
        rest = demo.stdout.read()
        assert demo.wait(60) == 0, rest
        assert "已停止" in rest
        demo.stdout.close()
    finally:
        demo.kill()
        demo.wait()
    with socket.socket() as knocking:
        assert knocking.connect_ex((program.HOST, port)) != 0


def numbers_of(output: str) -> list[str]:
    """Keep the tables of an output: everything but the steps with their times."""
    return [line for line in output.splitlines() if line.strip() and "✓" not in line]


def ask(port: int, host: str) -> str:
    """Ask for the first page of one host."""
    with socket.create_connection((program.HOST, port), timeout=30) as connection:
        connection.sendall(f"GET / HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts).decode(errors="replace")
