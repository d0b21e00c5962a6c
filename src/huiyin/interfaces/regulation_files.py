"""The files of the regulations library: kept by content like every file of the county, before the act names them."""

from dataclasses import astuple

from django.core import signing

from huiyin.county.office.actions.regulations import StoredFile
from huiyin.county.registry import files
from huiyin.county.registry.rules import media_type_of
from huiyin.kernel import tenant
from huiyin.kernel.refusal import Refusal

NAME_LENGTH = 120
LIFE_SECONDS = 24 * 60 * 60
SALT = "regulation"


def stored(data: bytes, *, name: str) -> StoredFile:
    """Keep a file that was sent and return what the act needs to name it; refuse what is no document or picture.

    The content lies under its own hash, so a file whose act is refused afterwards harms nothing.
    """
    media_type = media_type_of(data)
    return StoredFile(name.strip()[-NAME_LENGTH:] or "文件", files.store(data), media_type, len(data))


def written(file: StoredFile) -> str:
    """Return a kept file as the next call carries it, signed: whoever knows a hash only cannot ask for its content."""
    return signing.dumps([tenant.current().schema, *astuple(file)], salt=SALT)


def read(ticket: str) -> StoredFile:
    """Return the file a call carries; one that was changed, is old or another office's is not there."""
    try:
        schema, name, sha256, media_type, size = signing.loads(ticket, salt=SALT, max_age=LIFE_SECONDS)
    except (signing.BadSignature, ValueError):
        schema, name, sha256, media_type, size = "", "", "", "", 0
    if schema != tenant.current().schema:
        raise Refusal("regulation.unknown_file", "没有这个文件，或上传已超过一天，请重新上传")
    return StoredFile(name=name, sha256=sha256, media_type=media_type, size=size)
