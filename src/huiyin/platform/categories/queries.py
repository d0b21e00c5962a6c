"""Questions to the national classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.kernel.refusal import Refusal

from .models import Category
from .national import deepest, national_list


def class_paths() -> dict[tuple[str, ...], str]:
    """Return the code of every class of the version in use by the names that lead to it."""
    rows = Category.objects.filter(version=national_list().version).order_by("level", "code")
    names: dict[str, tuple[str, ...]] = {}
    for row in rows:
        names[row.code] = (*names.get(row.parent_code, ()), row.name)
    return {path: code for code, path in names.items()}


def find_by_path(names: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
    """Return code and names of the deepest class that the names lead to; None where even the first is unknown."""
    return deepest(class_paths(), names)


def path_of_code(code: str) -> str:
    """Return a class as it is written, ``农村农业/土地承包``; refuse a code that the version in use does not have."""
    for path, known in class_paths().items():
        if known == code:
            return "/".join(path)
    raise Refusal("category.unknown", f"没有代码为{code}的内容分类")


@dataclass(frozen=True, slots=True)
class FoundClass:
    """A class that a clerk's letters or words lead to."""

    code: str
    path: str


def search(text: str, *, limit: int = 20) -> tuple[FoundClass, ...]:
    """Return the classes that pinyin initials (nysf) or keywords (水费) lead to, the nearest first; all for no text.

    Every word must be found in the names that lead to the class; letters must stand in the initials of its name, or of
    the whole path.
    """
    words = [word.casefold() for word in text.split()]
    found = [(_rank(known, words), known) for known in _known_classes()]
    ranked = sorted(
        ((rank, known) for rank, known in found if rank is not None),
        key=lambda one: (one[0], len(one[1].path), one[1].code),
    )
    return tuple(FoundClass(known.code, "/".join(known.path)) for _, known in ranked[:limit])


@dataclass(frozen=True, slots=True)
class _Known:
    """A class as it is searched: its names and the initials of the last and of all."""

    code: str
    path: tuple[str, ...]
    initials: str
    all_initials: str


def _known_classes() -> list[_Known]:
    rows = Category.objects.filter(version=national_list().version).order_by("level", "code")
    known: dict[str, _Known] = {}
    for row in rows:
        above = known.get(row.parent_code)
        path = (*(above.path if above else ()), row.name)
        letters = f"{above.all_initials if above else ''}{row.initials}"
        known[row.code] = _Known(row.code, path, row.initials, letters)
    return list(known.values())


def _rank(known: _Known, words: Sequence[str]) -> int | None:
    """Return how near a class is to the words, 0 the nearest; None where one of them is not found."""
    ranks = [_rank_of_word(known, word) for word in words]
    return None if None in ranks else max((rank for rank in ranks if rank is not None), default=0)


def _rank_of_word(known: _Known, word: str) -> int | None:
    name, path = known.path[-1].casefold(), "/".join(known.path).casefold()
    nearness = (
        word in {known.initials, name, known.code},
        known.initials.startswith(word) or name.startswith(word),
        word in name or word in known.initials,
        word in path or word in known.all_initials,
    )
    return next((rank for rank, is_so in enumerate(nearness) if is_so), None)
