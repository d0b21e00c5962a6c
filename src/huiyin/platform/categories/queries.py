"""Questions to the national classes."""

from collections.abc import Sequence

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
