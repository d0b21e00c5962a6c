"""Home: the folder of one demonstration, with its secrets, its version and the environment it runs in."""

import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from huiyin.kernel.refusal import Refusal
from huiyin.project import environment
from huiyin.project.onboarding.preparation import prepare
from huiyin.project.postgres import Connection
from huiyin.project.tenancy.names import Names

PACKAGE = Path(__file__).resolve().parents[2]
DATABASE = "huiyin"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What one demonstration keeps to itself."""

    secret_key: str
    app_password: str
    owner_password: str
    sign_in_password: str

    @classmethod
    def invent(cls) -> Self:
        """Return new ones."""
        return cls(
            secret_key=secrets.token_urlsafe(48),
            app_password=secrets.token_urlsafe(24),
            owner_password=secrets.token_urlsafe(24),
            sign_in_password=f"huiyin-{secrets.token_hex(4)}",
        )


@dataclass(frozen=True, slots=True)
class Home:
    """One demonstration's folder."""

    folder: Path

    @property
    def postgres(self) -> Path:
        """The folder of the embedded database."""
        return self.folder / "pg"

    @property
    def logs(self) -> Path:
        """The folder of what web and worker write."""
        return self.folder / "run"

    @property
    def ledgers(self) -> Path:
        """The folder of the generated ledgers and scans."""
        return self.folder / "demo"

    @property
    def version(self) -> Path:
        """The file that says which version's data lie here."""
        return self.folder / "VERSION"

    def open(self) -> None:
        """Make the folder, or refuse: not writable, or filled by another version."""
        try:
            self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            self.logs.mkdir(exist_ok=True)
            self.ledgers.mkdir(exist_ok=True)
            trial = self.folder / ".writable"
            trial.write_text("", encoding="utf-8")
            trial.unlink()
        except OSError:
            raise Refusal(
                "demo.not_writable",
                f"不能写入文件夹 {self.folder}，请用 --data 另选一个。"
                f" / The folder {self.folder} is not writable: choose another with --data.",
            ) from None
        self._check_version()

    def secrets(self) -> Secrets:
        """Return this demonstration's secrets, inventing them the first time."""
        path = self.folder / "secrets.json"
        if path.exists():
            return Secrets(**json.loads(path.read_text(encoding="utf-8")))
        invented = Secrets.invent()
        unfinished = path.with_suffix(".unfinished")
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(asdict(invented)), encoding="utf-8")
        unfinished.rename(path)
        return invented

    def prepare_database(self, connection: Connection, kept: Secrets) -> None:
        """Create the logins and the database where they are missing, and put their addresses into the environment."""
        names = Names(environment.ROLE_PREFIX.read())
        prepare(
            superuser_url=connection.url(),
            database=DATABASE,
            names=names,
            app_password=kept.app_password,
            owner_password=kept.owner_password,
        )
        values = {
            environment.DATABASE_URL: connection.url(DATABASE, user=names.app, password=kept.app_password),
            environment.OWNER_DATABASE_URL: connection.url(DATABASE, user=names.owner, password=kept.owner_password),
            environment.SECRET_KEY: kept.secret_key,
            environment.DATA: str(self.folder),
            environment.TENANTS: str(environment.TENANTS.read_folder()),
        }
        os.environ.update({name.name: value for name, value in values.items()})
        self._remember({name.name: value for name, value in values.items()})

    def remembered_environment(self) -> dict[str, str]:
        """Return the environment of the demonstration that ran here last; empty without one."""
        try:
            found = json.loads((self.logs / "environment.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(value) for name, value in found.items()}

    def _remember(self, values: dict[str, str]) -> None:
        path = self.logs / "environment.json"
        unfinished = path.with_suffix(".unfinished")
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(values), encoding="utf-8")
        unfinished.rename(path)

    def _check_version(self) -> None:
        """Refuse data of other migrations than ours; write our version into a new folder."""
        ours = migrations_fingerprint()
        if self.version.exists():
            theirs = self.version.read_text(encoding="utf-8").strip()
            if theirs != ours:
                raise Refusal(
                    "demo.other_version",
                    f"{self.folder} 中的演示数据来自另一个版本，请用 --data 另选一个文件夹。"
                    f" / The demonstration data in {self.folder} are from another version: choose another folder.",
                )
        else:
            self.version.write_text(f"{ours}\n", encoding="utf-8")


def migrations_fingerprint() -> str:
    """Return one short word for all migrations of this version: their names and their contents."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.glob("*/migrations/[0-9]*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
