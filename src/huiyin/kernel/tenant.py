"""Tenant: whose office this code is running for, known from one ContextVar."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


class NoTenantError(RuntimeError):
    """Code that needs an office ran without one: a defect, never a user's mistake."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """One row of the register as the running code sees it: no database object, safe to cache."""

    schema: str
    kind: str
    name: str
    domain: str = ""
    gb_code: str = ""
    shard: str = "default"
    state: str = "active"
    number_style: str = "{organ}〔{year}〕{number}号"
    ruleset: str = ""
    organ: str = ""

    @property
    def is_county(self) -> bool:
        """Whether this is a county's office, as against the province's board or public."""
        return self.kind == "county"


PUBLIC = Tenant(schema="public", kind="public", name="平台")

_current: ContextVar[Tenant | None] = ContextVar("huiyin_tenant", default=None)


def current() -> Tenant:
    """Return the tenant entered last; raise NoTenantError where none was."""
    tenant = _current.get()
    if tenant is None:
        raise NoTenantError("no tenant was entered")
    return tenant


def current_or_none() -> Tenant | None:
    """Return the tenant entered last, or None outside any."""
    return _current.get()


@contextmanager
def entered(tenant: Tenant) -> Iterator[Tenant]:
    """Run the block for this tenant and go back to the one before, whatever happens."""
    token = _current.set(tenant)
    try:
        yield tenant
    finally:
        _current.reset(token)
