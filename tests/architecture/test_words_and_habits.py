"""Words that no module bears, writers that stand where they belong, templates that only show."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

Calls = Callable[[ast.AST], Iterator[tuple[str, ast.Call]]]

BANNED = re.compile(r"(^|_)(cases?|tickets?|utils?|helpers?|services?|managers?|common|misc)(_|$)")
WRITES = ("save", "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update")
# Who writes besides actions: messages, clocks, hold, drafts, seeds, the province's intake, making an installation.
WRITERS = (
    "county/office/notifications.py",
    "county/oversight/warnings.py",
    "county/registry/drafts.py",
    "county/registry/holding.py",
    "county/registry/standing.py",
    "platform/calendar/seeding.py",
    "platform/statutes/seeding.py",
    "platform/statistics/intake.py",
    "project/onboarding/fleet.py",
    "project/onboarding/offices.py",
    "project/onboarding/seeds.py",
    "project/bench/",
)
NOW = {"timezone.now", "timezone.localdate", "timezone.localtime", "datetime.now", "date.today", "datetime.today"}
TELLS_THE_TIME = ("interfaces/", "jobs/", "project/")
SHOWN = re.compile(r"""["'](?:[\w/]+/)?([\w/]+\.html)["']""")
BY_STATUS = re.compile(r"^[45]\d\d\.html$")
NOT_A_WRITE = ("csv.", "workbook.", "image.", "word_file.")


def is_action(path: str) -> bool:
    """Return whether a module holds actions: ``actions.py``, or a noun of a subject that has many."""
    return path.endswith("/actions.py") or "/actions/" in path


def writes(module: ast.Module, calls_of: Calls) -> set[str]:
    return {
        written
        for written, _ in calls_of(module)
        if written.rpartition(".")[2] in WRITES and "." in written and not written.startswith(NOT_A_WRITE)
    }


def test_no_module_bears_a_banned_word(modules: dict[str, ast.Module]) -> None:
    named = {path: [part.removesuffix(".py") for part in path.split("/")] for path in modules}
    assert not {path for path, parts in named.items() if any(BANNED.search(part) for part in parts)}
    assert BANNED.search("date_utils")


def test_only_writers_write(modules: dict[str, ast.Module], calls_of: Calls) -> None:
    found = {path for path, module in modules.items() if writes(module, calls_of)}
    others = {path for path in found if not is_action(path) and not path.startswith(WRITERS)}
    assert others == set()
    assert writes(ast.parse("petition.save()\nTag.objects.create()"), calls_of) == {
        "petition.save",
        "Tag.objects.create",
    }


def test_no_writer_is_listed_in_vain(modules: dict[str, ast.Module], calls_of: Calls) -> None:
    found = [path for path, module in modules.items() if writes(module, calls_of)]
    assert not [listed for listed in WRITERS if not any(path.startswith(listed) for path in found)]


def test_below_the_interfaces_nobody_asks_the_time(modules: dict[str, ast.Module], calls_of: Calls) -> None:
    asking = {
        path
        for path, module in modules.items()
        if not path.startswith(TELLS_THE_TIME) and NOW & {written for written, _ in calls_of(module)}
    }
    assert not asking
    assert NOW & {written for written, _ in calls_of(ast.parse("at = timezone.now()"))}


def test_the_source_knows_no_county_by_name(package: Path) -> None:
    definitions = [
        tomllib.loads(file.read_text(encoding="utf-8")) for file in package.parents[1].glob("tenants/*.toml")
    ]
    names = {one["name"][:3] for one in definitions if one.get("kind", "county") == "county"}
    assert len(names) >= 3
    found = {
        path.relative_to(package).as_posix()
        for kind in ("*.py", "*.html", "*.toml")
        for path in package.rglob(kind)
        if "node_modules" not in path.parts and any(name in path.read_text(encoding="utf-8") for name in names)
    }
    assert not found


def test_templates_ask_the_database_nothing(package: Path) -> None:
    folder = package / "interfaces" / "templates"
    asking = re.compile(r"\.objects\b|_set\b|\.(filter|exclude|order_by|select_related|values_list)\b")
    shown = {path: re.findall(r"{[{%].*?[%}]}", path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    assert not {path.name for path, tags in shown.items() if any(asking.search(tag) for tag in tags)}
    assert asking.search("{% for one in petition.claim_set.all %}")


def test_every_template_is_used(package: Path) -> None:
    folder = package / "interfaces" / "templates"
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    sources = [path for path in package.rglob("*.py") if "node_modules" not in path.parts] + list(
        folder.rglob("*.html")
    )
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    unused = {
        name
        for name in there
        if f'"{name}"' not in text
        and not BY_STATUS.match(name)
        and not (name.startswith("components/") and f'"{Path(name).stem}"' in text)
    }
    assert not unused
