"""Environment: the one register of every environment name that the product reads."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Name:
    """One environment name: what it sets and what holds when it is absent."""

    name: str
    meaning: str
    default: str = ""
    secret: bool = False

    def read(self) -> str:
        """Return the value in force."""
        return os.environ.get(self.name, self.default)

    def read_flag(self) -> bool:
        """Return whether the value says yes."""
        return self.read().strip().lower() in {"1", "true", "yes", "on"}

    def read_number(self) -> int:
        """Return the value as a whole number."""
        return int(self.read())

    def read_list(self) -> tuple[str, ...]:
        """Return the value's parts, which commas or spaces divide."""
        return tuple(self.read().replace(",", " ").split())

    def read_folder(self) -> Path:
        """Return the value as an absolute folder."""
        return Path(self.read()).expanduser().resolve()


DATABASE_URL = Name(
    "HUIYIN_DATABASE_URL",
    "where web and worker sign in to PostgreSQL, as the role that inherits nothing",
    "postgresql://huiyin_app@127.0.0.1:5432/huiyin",
    secret=True,
)
OWNER_DATABASE_URL = Name(
    "HUIYIN_OWNER_DATABASE_URL",
    "where onboarding and migrations sign in, as the owner of every schema",
    "postgresql://huiyin_owner@127.0.0.1:5432/huiyin",
    secret=True,
)
SECRET_KEY = Name("HUIYIN_SECRET_KEY", "signs sessions and form tokens", secret=True)
INDEX_KEY = Name(
    "HUIYIN_INDEX_KEY",
    "finds the same petitioner again in the blind index; empty derives it from the secret key, and then a new secret "
    "key forgets who came before",
    secret=True,
)
BASE_DOMAIN = Name("HUIYIN_BASE_DOMAIN", "the domain whose subdomains are the counties", "localhost")
DATA = Name("HUIYIN_DATA", "folder for files and for the embedded database", ".huiyin")
TENANTS = Name("HUIYIN_TENANTS", "folder with the counties' TOML files and the rule sets", "tenants")
FONTS = Name(
    "HUIYIN_FONTS",
    "folder with the office's licensed fonts for its papers (仿宋_GB2312, 方正小标宋, 黑体, 楷体_GB2312, 宋体); "
    "empty prints with the free ones",
)
ROLE_PREFIX = Name("HUIYIN_ROLE_PREFIX", "first part of the name of every database role", "huiyin")
SENTRY_DSN = Name("HUIYIN_SENTRY_DSN", "where errors are reported; empty reports nowhere", secret=True)
PROBE_ADDRESSES = Name(
    "HUIYIN_PROBE_ADDRESSES",
    "the machines that may ask /livez and /readyz: addresses as the server sees them, divided by commas",
    "127.0.0.1,::1",
)
SUPPRESS_BELOW = Name(
    "HUIYIN_SUPPRESS_BELOW",
    "counts from 1 to below this number are hidden in what the province publishes: 3 to 11",
    "3",
)
DEBUG = Name("HUIYIN_DEBUG", "developer's mode: never in production", "0")
SECURE = Name("HUIYIN_SECURE", "served over TLS: secure cookies and HSTS", "0")

ALL = (
    DATABASE_URL,
    OWNER_DATABASE_URL,
    SECRET_KEY,
    INDEX_KEY,
    BASE_DOMAIN,
    DATA,
    TENANTS,
    FONTS,
    ROLE_PREFIX,
    SENTRY_DSN,
    PROBE_ADDRESSES,
    SUPPRESS_BELOW,
    DEBUG,
    SECURE,
)
