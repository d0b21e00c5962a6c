"""Rules of papers, as functions of values."""

import hashlib
import json
import re
from collections.abc import Mapping

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.registry.states import Confidentiality
from huiyin.kernel.refusal import Refusal

from .states import OF_SEALED, DocumentKind

WRITERS = (Role.CLERK, Role.HEAD, Role.RESTRICTED)
UNSAFE_IN_A_NAME = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff〔〕-]+")
SHORTEST_REASON = 2


def check_may_write(by: Person) -> None:
    """Refuse whoever writes no papers for the office."""
    check_has_role(by, *WRITERS, act="制作文书")


may_write = may(check_may_write)


def check_secrecy(kind: DocumentKind, confidentiality: Confidentiality) -> None:
    """Refuse a paper that would carry the content of a sealed item, and a sealed transfer of an open one.

    Accusation material reaches nobody but the organ it is transferred to (《信访工作条例》第三十条).
    """
    is_open = confidentiality is Confidentiality.ORDINARY
    if not is_open and kind not in OF_SEALED:
        raise Refusal("document.sealed", f"{confidentiality.label}只制作移送函，不制作{kind.label}")


may_be_written = may(check_secrecy)


def check_void(reason: str, *, is_void: bool) -> None:
    """Refuse voiding without a reason, or twice."""
    if is_void:
        raise Refusal("document.void_already", "这份文书已经作废")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal("document.void_without_reason", "作废文书须写明原因")


def hash_of(values: Mapping[str, object]) -> str:
    """Return the SHA-256 of frozen values, whatever the order of their names."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def file_name(kind: DocumentKind, number: str, *, ending: str) -> str:
    """Return the name a paper is saved under: kind and number, never a person's name (DOMAIN §6)."""
    return f"{kind.label}{UNSAFE_IN_A_NAME.sub('', number)}.{ending}"
