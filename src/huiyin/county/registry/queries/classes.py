"""The classes that a clerk's letters or words lead to: the national list's, and those behind the office's own tags."""

from collections.abc import Iterator

from huiyin.county.office.models import Tag
from huiyin.platform.categories.national import initials
from huiyin.platform.categories.queries import FoundClass, search

SHOWN = 20
EVERYTHING = 10_000


def all_classes() -> tuple[FoundClass, ...]:
    """Return every class of the version in use, in the order of the codes."""
    return search("", limit=EVERYTHING)


def classes_for(text: str) -> tuple[FoundClass, ...]:
    """Return the classes that a text leads to, the nearest first, each once; every class for no text."""
    if not text.strip():
        return all_classes()
    found = {one.code: one for one in (*_by_tag(text.strip()), *search(text, limit=SHOWN))}
    return tuple(found.values())[:SHOWN]


def _by_tag(text: str) -> Iterator[FoundClass]:
    paths = {one.code: one.path for one in all_classes()}
    words = text.casefold()
    for tag in Tag.objects.filter(is_active=True).order_by("name"):
        names = (tag.name, *tag.words)
        is_found = any(words in name.casefold() or initials(name).startswith(words) for name in names)
        if is_found and tag.category_code in paths:
            yield FoundClass(tag.category_code, paths[tag.category_code])
