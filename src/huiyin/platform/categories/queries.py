"""Questions to the national classes."""

from collections.abc import Sequence

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
