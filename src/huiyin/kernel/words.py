"""Words: the closed vocabularies of the office, each member with the term the clerk reads."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A code for programs that carries its Chinese label for people.

    Declare members as ``NAME = "code", "标签"``.
    """

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """Create the member from its code and its label; without one, finding a member by its code has no type."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (code, label) pairs in the order of declaration."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def from_label(cls, label: str) -> Self | None:
        """Return the member a person wrote by its label, or None when there is no such word."""
        return next((member for member in cls if member.label == label), None)
