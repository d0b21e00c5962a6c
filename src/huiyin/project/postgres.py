"""PostgreSQL: a small supervisor for one server in one local folder, reached over 127.0.0.1 only."""

import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import sql

from huiyin.kernel.refusal import Refusal
from huiyin.project import postgres_binaries
from huiyin.project import postgres_leftovers as leftovers
from huiyin.project.postgres_binaries import Account, Binaries

SUPERUSER = "postgres"
PASSWORD_FILE = "huiyin_password"  # noqa: S105  # the name of a file
PORTS = range(20000, 32000)
START_SECONDS = 120
STOP_SECONDS = 30
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_locks_per_transaction": "256",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
SETTINGS_WHEN_FAST = {"fsync": "off", "full_page_writes": "off", "autovacuum_naptime": "1h"}
# Ends the server when our end of its pipe closes, which the system does even after a SIGKILL.
WATCHER = 'while read -r _; do :; done; read -r pid < "$1" && [ "$pid" = "$2" ] && kill -INT "$2"'


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the server answers, and as whom one signs in."""

    port: int
    password: str
    host: str = "127.0.0.1"
    user: str = SUPERUSER

    def url(self, database: str = "postgres", *, user: str | None = None, password: str | None = None) -> str:
        """Return the URL of one database, as the superuser or as the named login."""
        name, secret = (user or self.user), (self.password if password is None else password)
        return f"postgresql://{quote(name)}:{quote(secret)}@{self.host}:{self.port}/{quote(database)}"


class Cluster:
    """One server and its folder: ``with Cluster(folder) as connection: …``."""

    def __init__(self, folder: Path, *, fast: bool = False, max_connections: int = 100) -> None:
        """Remember the folder; nothing is touched before ``start``."""
        self.wanted_folder = folder.absolute()
        self.folder = self.wanted_folder
        self.fast = fast
        self.max_connections = max_connections
        self._account: Account | None = None
        self._binaries: Binaries | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._watcher: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    def __enter__(self) -> Connection:
        """Start the server and return its connection."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server, whatever happened."""
        self.stop()

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        """What the server wrote."""
        return self.folder / "server.log"

    @property
    def is_running(self) -> bool:
        """Whether the server that we started still lives."""
        return self._server is not None and self._server.poll() is None

    @property
    def pid(self) -> int:
        """The process id of the server that we started; 0 without one."""
        return self._server.pid if self._server else 0

    @property
    def psql(self) -> Path:
        """Where this installation's psql lies."""
        return self._found_binaries().path("psql")

    @property
    def connection(self) -> Connection:
        """Where the server answers, or answered last, read from its folder."""
        port = (self.folder / "port").read_text("ascii")
        return Connection(int(port), (self.data / PASSWORD_FILE).read_text("ascii").strip())

    def start(self, *, fast: bool | None = None) -> Connection:
        """Start the server in its folder, creating or recovering what is needed; return where it answers."""
        if fast is not None:
            self.fast = fast
        if self.is_running:
            return self.connection
        self._let_go()
        self._open_folder()
        try:
            self._found_binaries()
            if self.data.exists():
                self._check_version()
                leftovers.clear(self.data)
            else:
                self._create()
            self._launch()
        except BaseException:
            self.stop()
            raise
        return self.connection

    def stop(self) -> None:
        """Stop the server that we started, politely first; do nothing without one."""
        server = self._server
        if server is not None and server.poll() is None:
            for number, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
                server.send_signal(number)
                with suppress(subprocess.TimeoutExpired):
                    server.wait(seconds)
                    break
        self._let_go()

    def ensure_database(self, name: str) -> str:
        """Create the database where it is missing; return the superuser's URL of it."""
        with psycopg.connect(self.connection.url(), autocommit=True) as session:
            found = session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if found is None:
                session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.connection.url(name)

    def _found_binaries(self) -> Binaries:
        if self._binaries is None:
            self._account = self._account or postgres_binaries.account_for(self.data)
            self._binaries = postgres_binaries.find(account=self._account)
        return self._binaries

    def _open_folder(self) -> None:
        """Create the folder, or its stand-in where the server's account may not enter, and lock it."""
        self.folder = _made(self.wanted_folder)
        self._account = postgres_binaries.account_for(self.data)
        if self._account and not postgres_binaries.can_enter(self.folder, self._account):
            name = hashlib.sha256(str(self.wanted_folder).encode()).hexdigest()[:16]
            self.folder = _made(postgres_binaries.SHELTER / name)
            self._account = postgres_binaries.account_for(self.data)
            (self.wanted_folder / "kept_in.txt").write_text(f"{self.folder}\n", encoding="utf-8")
        lock = (self.folder / "lock").open("w", encoding="ascii")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise Refusal(
                "postgres.already_running",
                f"数据文件夹 {self.folder} 正被另一个回音程序使用，请先停止它。"
                f" / The data folder {self.folder} is in use by another huiyin: stop that one first.",
            ) from None
        self._lock = lock

    def _check_version(self) -> None:
        """Refuse data that another major version of PostgreSQL wrote."""
        written_by = (self.data / "PG_VERSION").read_text("ascii").strip()
        major = str(self._found_binaries().major)
        if written_by != major:
            raise Refusal(
                "postgres.other_version",
                f"{self.data} 中的数据由 PostgreSQL {written_by} 写入，本机程序为 {major}，不能直接打开。"
                f" / The data in {self.data} was written by PostgreSQL {written_by}; this is {major}.",
            )

    def _create(self) -> None:
        """Create the data folder beside its final place and rename it: killed half-way, nothing remains."""
        unfinished = self.folder / "cluster.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        password = self.folder / "password.unfinished"
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24), encoding="ascii")
        if self._account:
            for path in (unfinished, password):
                os.chown(path, self._account.uid, self._account.gid)
        command = [str(self._found_binaries().path("initdb")), f"--pgdata={unfinished}", f"--pwfile={password}"]
        answer = postgres_binaries.run([*command, *self._creation_options()], account=self._account)
        if answer.returncode != 0:
            raise Refusal(
                "postgres.not_created",
                f"无法在 {self.folder} 创建数据库：{answer.stderr.strip()}"
                f" / The database could not be created in {self.folder}.",
            )
        password.rename(unfinished / PASSWORD_FILE)
        unfinished.rename(self.data)

    def _creation_options(self) -> list[str]:
        """Return initdb's options: Chinese is text and sorts by code point on every machine."""
        options = [f"--username={SUPERUSER}", "--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"]
        if self.fast:
            options.append("--no-sync")
        if self._found_binaries().major < postgres_binaries.FIRST_MAJOR_WITH_BUILTIN_LOCALE:
            return [*options, "--locale=C.UTF-8"]
        return [
            *options,
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--lc-collate=C",
            "--lc-ctype=C.UTF-8",
        ]

    def _launch(self) -> None:
        """Start the server on its remembered port, or on another where that one is taken."""
        remembered = self.folder / "port"
        ports = [int(remembered.read_text("ascii"))] if remembered.exists() else []
        ports += [secrets.choice(PORTS) for _ in range(20)]
        words = ""
        for port in ports:
            remembered.write_text(str(port), encoding="ascii")
            written = self.log.stat().st_size if self.log.exists() else 0
            self._server = self._spawn(port)
            if self._answers(port):
                self._watcher = self._watch()
                return
            with self.log.open(encoding="utf-8", errors="replace") as log:
                log.seek(written)
                words = log.read()
            self._stop_server_only()
            if "Address already in use" not in words:
                break
        raise Refusal(
            "postgres.not_started",
            f"数据库没有启动，详见 {self.log}：{words.strip()[-600:]} / The database did not start, see {self.log}.",
        )

    def _spawn(self, port: int) -> subprocess.Popen[bytes]:
        """Start the server's process in a session of its own, so that Ctrl-C reaches only us."""
        settings = SETTINGS | {"port": str(port), "max_connections": str(self.max_connections)}
        if sys.platform == "linux":
            settings["recovery_init_sync_method"] = "syncfs"
        if self.fast:
            settings |= SETTINGS_WHEN_FAST
        command = [str(self._found_binaries().path("postgres")), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            return self._popen(command, output=log)

    def _watch(self) -> subprocess.Popen[bytes]:
        """Start the shell that stops the server when this process is no more."""
        command = ["/bin/sh", "-c", WATCHER, "watcher", str(self.data / "postmaster.pid"), str(self.pid)]
        return self._popen(command, output=None)

    def _popen(self, command: list[str], *, output: IO[bytes] | None) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # the arguments are our own
            command,
            stdin=subprocess.DEVNULL if output else subprocess.PIPE,
            stdout=output or subprocess.DEVNULL,
            stderr=output or subprocess.DEVNULL,
            cwd="/",
            env=postgres_binaries.environment(),
            start_new_session=True,
            user=self._account.uid if self._account else None,
            group=self._account.gid if self._account else None,
            extra_groups=[] if self._account else None,
        )

    def _answers(self, port: int) -> bool:
        """Wait until the server answers; False when it ended first or took too long."""
        password = (self.data / PASSWORD_FILE).read_text("ascii").strip()
        end = time.monotonic() + START_SECONDS
        while self.is_running and time.monotonic() < end:
            with suppress(psycopg.OperationalError):
                psycopg.connect(Connection(port, password).url(), connect_timeout=2).close()
                return self.is_running
            time.sleep(0.05)
        return False

    def _stop_server_only(self) -> None:
        """End a server that did not get as far as answering; keep the folder locked."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(ProcessLookupError):
                server.send_signal(signal.SIGQUIT)
            server.wait(STOP_SECONDS)

    def _let_go(self) -> None:
        """Reap what has ended and unlock the folder."""
        if self._server is not None:
            self._server.poll()
            self._server = None
        if self._watcher is not None:
            if self._watcher.stdin:
                self._watcher.stdin.close()
            self._watcher.wait(10)
            self._watcher = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _made(folder: Path) -> Path:
    """Create the folder, or refuse where this user may not write."""
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        if folder.is_relative_to(postgres_binaries.SHELTER):
            postgres_binaries.SHELTER.chmod(0o755)
            folder.chmod(0o755)
        writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        raise Refusal(
            "postgres.not_writable",
            f"不能写入文件夹 {folder}，请用 --data 另选一个。"
            f" / The folder {folder} is not writable: choose another with --data.",
        )
    return folder
