"""What changes the national classes: seeding the shipped levels, importing the full list."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from huiyin.kernel.refusal import Refusal

from .models import Category
from .national import ClassEntry, national_list, shipped_entries

HEADINGS = (("yjnr", "ejnr", "sjnr"), ("一级", "二级", "三级"), ("一级内容", "二级内容", "三级内容"))
DEEPEST = 3
MOST_SIBLINGS = 99


@transaction.atomic(using="owner")
def seed() -> int:
    """Write the shipped two levels where they are missing; return how many were written."""
    return write(national_list().version, shipped_entries())


@transaction.atomic(using="owner")
def import_full(rows: Iterable[Sequence[str]]) -> int:
    """Write the classes of a full three-level list (columns: first, second, third level); return how many were new.

    A class that is known keeps its code; a new one gets the next code below its parent, in the order of the list.
    """
    version = national_list().version
    seed()
    known = {
        (entry.parent_code, entry.name): entry.code
        for entry in Category.objects.using("owner").filter(version=version).order_by("code")
    }
    entries: list[ClassEntry] = []
    for line, row in enumerate(rows, start=1):
        names = tuple(cell.strip() for cell in row)
        if line == 1 and names in HEADINGS:
            continue
        check_row(names, line=line)
        parent = ""
        for level, name in enumerate(names, start=1):
            code = known.get((parent, name))
            if code is None:
                code = next_code(parent, known)
                known[(parent, name)] = code
                entries.append(ClassEntry(code=code, parent_code=parent, level=level, name=name))
            parent = code
    return write(version, entries)


def check_row(names: Sequence[str], *, line: int) -> None:
    """Refuse a row that is not three names."""
    if len(names) != DEEPEST or not all(names):
        raise Refusal("categories.bad_row", f"第{line}行应当有一级、二级、三级三列，用制表符或逗号隔开", line=line)


def next_code(parent: str, known: dict[tuple[str, str], str]) -> str:
    """Return the first code below the parent that no class has."""
    taken = {code for (above, _), code in known.items() if above == parent}
    for number in range(1, MOST_SIBLINGS + 1):
        code = f"{parent}{number:02d}"
        if code not in taken:
            return code
    raise Refusal("categories.too_many", f"“{parent}”之下的分类超过 {MOST_SIBLINGS} 个")


def write(version: str, entries: Iterable[ClassEntry]) -> int:
    """Insert the classes that are missing; nothing that stands is changed."""
    written = Category.objects.using("owner").filter(version=version)
    before = set(written.values_list("code", flat=True))
    rows = [
        Category(version=version, initials=entry.initials, **entry.model_dump())
        for entry in entries
        if entry.code not in before
    ]
    Category.objects.using("owner").bulk_create(rows)
    return len(rows)
