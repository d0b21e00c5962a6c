"""How an entry is chained to the one before it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """What one entry says, as plain values."""

    number: int
    event: str
    subject: str
    subject_id: int
    petition_id: int | None
    at: datetime
    recorded_at: datetime
    by_id: int | None
    by_name: str
    values: dict[str, object]


def hash_of(link: Link, *, previous: str) -> str:
    """Return the SHA-256 of an entry together with the hash before it, in hexadecimal."""
    parts = [
        previous,
        link.number,
        link.event,
        link.subject,
        link.subject_id,
        link.petition_id,
        link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        link.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        link.by_id,
        link.by_name,
        link.values,
    ]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(links: Iterable[tuple[Link, str, str]]) -> int | None:
    """Return the number of the first entry that does not follow from the one before, or None.

    Takes (link, previous hash as stored, hash as stored) in the order of number.
    """
    previous = GENESIS
    for number, (link, stored_previous, stored) in enumerate(links, start=1):
        if link.number != number or stored_previous != previous or hash_of(link, previous=previous) != stored:
            return number
        previous = stored
    return None
