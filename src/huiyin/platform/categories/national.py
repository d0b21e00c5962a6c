"""The national list of content classes that ships with the product: its first two levels and their codes."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field
from pypinyin import Style, lazy_pinyin

from huiyin.kernel.strict_toml import Strict, read

SHIPPED = Path(__file__).with_name("national.toml")
Name = Annotated[str, Field(min_length=1, max_length=80)]


class TopClass(Strict):
    """A class of the first level with the names of those below it, whose order is their code."""

    code: Annotated[str, Field(pattern=r"^[0-9]{2}$")]
    name: Name
    children: tuple[Name, ...] = Field(min_length=1, max_length=99)


class NationalList(Strict):
    """One version of the list."""

    version: Annotated[str, Field(min_length=1, max_length=20)]
    classes: tuple[TopClass, ...] = Field(min_length=1, max_length=99)


class ClassEntry(Strict):
    """One class of any level, as a row of the table."""

    code: str
    parent_code: str
    level: int
    name: str

    @property
    def initials(self) -> str:
        """The first letters of the name in pinyin, by which a clerk finds it: 农业水费 is nysf."""
        return initials(self.name)


@lru_cache(maxsize=1)
def national_list() -> NationalList:
    """Return the shipped list."""
    return read(SHIPPED, NationalList)


@lru_cache(maxsize=1)
def top_codes() -> tuple[str, ...]:
    """Return the two-digit codes of the first level, which every longer code begins with."""
    return tuple(top.code for top in national_list().classes)


@lru_cache(maxsize=1)
def shipped_entries() -> tuple[ClassEntry, ...]:
    """Return every class of the shipped list, each after the one it stands under."""
    entries = []
    for top in national_list().classes:
        entries.append(ClassEntry(code=top.code, parent_code="", level=1, name=top.name))
        for position, name in enumerate(top.children, start=1):
            entries.append(ClassEntry(code=f"{top.code}{position:02d}", parent_code=top.code, level=2, name=name))
    return tuple(entries)


@lru_cache(maxsize=1)
def national_codes() -> frozenset[str]:
    """Return the codes of the shipped list."""
    return frozenset(entry.code for entry in shipped_entries())


def initials(name: str) -> str:
    """Return the first letter of each syllable in lower case; what has no pinyin stays as it is."""
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return "".join(letter for letter in letters.lower() if letter.isalnum())[:80]


def deepest(classes: Mapping[tuple[str, ...], str], names: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
    """Return code and names of the deepest class that the names lead to; None where even the first is unknown."""
    for length in range(len(names), 0, -1):
        path = tuple(names[:length])
        if path in classes:
            return classes[path], path
    return None
