"""Hosts: one spelling for each, and a short memory of which office each one belongs to."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from huiyin.kernel.tenant import Tenant

LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
LONGEST = 253
WITH_PORT = re.compile(r"(?P<name>[^:]+)(:[0-9]{0,5})?")


def one_spelling(host: str) -> str | None:
    """Return the host as the register spells it, or None for what cannot be a host.

    Port, case, one trailing dot and Chinese or other letters beyond ASCII (IDN) make no difference.
    """
    match = WITH_PORT.fullmatch(host.strip())
    name = match["name"].removesuffix(".") if match else ""
    try:
        plain = name.lower() if name.isascii() else _in_ascii(name)
    except UnicodeError:
        return None
    if len(plain) > LONGEST or not all(LABEL.fullmatch(label) for label in plain.split(".")):
        return None
    return plain


def _in_ascii(name: str) -> str:
    with suppress(UnicodeError):
        # A server hands over the bytes of a header as Latin-1.
        name = name.encode("latin-1").decode("utf-8")
    return name.encode("idna").decode("ascii").lower()


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was found for a host, and until when it is believed."""

    tenant: Tenant | None
    until: float


class HostMemory:
    """Remembers hosts, also those that belong to nobody, for a few seconds and up to a size."""

    def __init__(
        self,
        look_up: Callable[[str], Tenant | None],
        *,
        seconds: float = 5.0,
        size: int = 4096,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember nothing yet."""
        self._look_up = look_up
        self._seconds = seconds
        self._size = size
        self._clock = clock
        self._found: dict[str, Remembered] = {}

    def tenant_of(self, host: str) -> Tenant | None:
        """Return the office of this host, asking the register at most once in the time remembered."""
        now = self._clock()
        remembered = self._found.get(host)
        if remembered is None or remembered.until <= now:
            remembered = Remembered(self._look_up(host), now + self._seconds)
            self._make_room(now)
            self._found[host] = remembered
        return remembered.tenant

    def forget(self, host: str | None = None) -> None:
        """Forget one host, or all of them: the register was changed."""
        if host is None:
            self._found = {}
        else:
            self._found.pop(host, None)

    def _make_room(self, now: float) -> None:
        """Drop what is out of date and what belongs to nobody: a flood of invented names costs no memory."""
        if len(self._found) < self._size:
            return
        kept = {host: one for host, one in self._found.copy().items() if one.until > now and one.tenant is not None}
        self._found = kept if len(kept) < self._size else {}
