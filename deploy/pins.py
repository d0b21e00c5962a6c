"""Pins: writes what uv.lock pins, with hashes, in the form pip reads; for machines without uv.

python pins.py uv.lock [GROUP] > pins.txt
"""

import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Pin:
    """One package in one version, and the markers under which anything needs it ("" is: always)."""

    table: dict[str, Any]
    markers: set[str] = field(default_factory=set)

    def line(self) -> str:
        """Return the requirement with its marker and the hash of every file that may satisfy it."""
        needed = "" if "" in self.markers else " ; " + " or ".join(f"({marker})" for marker in sorted(self.markers))
        files = [*self.table.get("wheels", []), *([self.table["sdist"]] if "sdist" in self.table else [])]
        hashes = " ".join(f"--hash={file['hash']}" for file in files)
        return f"{self.table['name']}=={self.table['version']}{needed} {hashes}"


def pins(lock: dict[str, Any], groups: Iterable[str]) -> Iterator[str]:
    """Yield one line for each package that the product, or one of the groups, needs."""
    found = {(table["name"], table["version"]): Pin(table) for table in lock["package"] if "version" in table}
    root = next(table for table in lock["package"] if "editable" in table["source"])
    waiting = [(edge, "") for edge in root["dependencies"]]
    for group in groups:
        waiting += [(edge, "") for edge in root["dev-dependencies"][group]]
    seen = set()
    while waiting:
        edge, above = waiting.pop()
        marker = " and ".join(f"({part})" for part in (above, edge.get("marker", "")) if part)
        extras = tuple(edge.get("extra", ()))
        for key in (key for key in found if key[0] == edge["name"] and edge.get("version", key[1]) == key[1]):
            if (key, extras, marker) in seen:
                continue
            seen.add((key, extras, marker))
            table = found[key].table
            found[key].markers.add(marker)
            waiting += [(below, marker) for below in table.get("dependencies", [])]
            for extra in extras:
                waiting += [(below, marker) for below in table["optional-dependencies"][extra]]
    return (pin.line() for key, pin in sorted(found.items()) if pin.markers)


if __name__ == "__main__":
    content = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stdout.write("".join(f"{line}\n" for line in pins(content, [name for name in sys.argv[2:] if name])))
