"""Where one county's files lie: by their content, in the county's own folder, never by a name from outside."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from huiyin.kernel import tenant

CHUNK = 1024 * 1024


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file's content in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def path_of(sha256: str) -> Path:
    """Return where the entered county keeps this content."""
    return Path(settings.HUIYIN_DATA) / "files" / tenant.current().schema / sha256[:2] / sha256


def store(data: bytes) -> str:
    """Keep the content on disk and return its hash; the same content is kept once, and a damaged file is written anew.

    The file is complete and synced before it gets its name, so a row never points at half a file.
    """
    sha256 = digest_of(data)
    if is_intact(sha256):
        return sha256
    path = path_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".pending-", delete=False) as pending:
        pending.write(data)
        pending.flush()
        os.fsync(pending.fileno())
    Path(pending.name).replace(path)
    return sha256


def is_intact(sha256: str) -> bool:
    """Whether the stored content still has the hash it was stored under; a missing file has not."""
    path = path_of(sha256)
    if not path.is_file():
        return False
    running = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            running.update(chunk)
    return running.hexdigest() == sha256
