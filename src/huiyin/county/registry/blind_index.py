"""Blind index: the same person found again without a readable identity number, phone or name in the index.

A key is the HMAC-SHA256 of a normalised value under the installation's index key and the county's schema: two counties
never share a key, and whoever has the table alone cannot try out phone numbers.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from huiyin.kernel import tenant
from huiyin.kernel.identity import read_identity_number, read_phone
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.words import Word

KEY_LENGTH = 32


class SameBy(Word):
    """By what two petitions are of the same person; the first letter stands before the key."""

    IDENTITY = "identity", "证件号码相同"
    PHONE = "phone", "电话相同"
    NAME = "name", "姓名相同"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person: petitioner, representative or joint signer."""

    name: str = ""
    phone: str = ""
    identity_number: str = ""


def keys_of(people: Iterable[Known]) -> list[str]:
    """Return the keys under which these people are found again, each once."""
    return sorted({key for person in people for key in _keys(person)})


def same_by(key: str) -> SameBy:
    """Return by what a key says that the person is the same."""
    return next(way for way in SameBy if way.value[0] == key[0])


def _keys(person: Known) -> Iterable[str]:
    values = {
        SameBy.IDENTITY: _identity(person.identity_number),
        SameBy.PHONE: _phone(person.phone),
        SameBy.NAME: _bare(person.name),
    }
    return (_key(way, value) for way, value in values.items() if value)


def _key(way: SameBy, value: str) -> str:
    message = f"{tenant.current().schema}:{way.value}:{value}".encode()
    digest = hmac.new(settings.HUIYIN_INDEX_KEY.encode(), message, hashlib.sha256).hexdigest()
    return f"{way.value[0]}{digest[:KEY_LENGTH]}"


def _identity(text: str) -> str:
    try:
        return read_identity_number(text).number
    except Refusal:
        return ""


def _phone(text: str) -> str:
    try:
        return read_phone(text)
    except Refusal:
        return ""


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
