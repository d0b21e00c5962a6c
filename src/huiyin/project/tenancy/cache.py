"""Keys and places: whatever is kept outside the database begins with the schema of the office."""

from pathlib import Path

from django.core import signing

from huiyin.kernel.tenant import current


def key(name: str, key_prefix: str, version: int) -> str:
    """Return the cache key under which a value of the entered tenant is kept; refuse without one."""
    return f"{current().schema}:{key_prefix}:{version}:{name}"


def folder(root: Path) -> Path:
    """Return the folder below which the entered tenant's files lie."""
    return root / current().schema


def signer(purpose: str) -> signing.TimestampSigner:
    """Return the signer for this purpose of the entered tenant: its signatures hold on no other host."""
    tenant = current()
    return signing.TimestampSigner(salt=f"huiyin:{tenant.schema}:{tenant.domain}:{purpose}")
