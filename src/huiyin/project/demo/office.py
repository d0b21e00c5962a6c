"""Office: the names that the invented year of one county is told with, taken from the county's own file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from huiyin.kernel.strict_toml import read_text
from huiyin.platform.directory.definitions import CountyDefinition, UnitSeed

# What a topic may ask for when a county's file has no unit of that code: any unit of a branch, or the government.
LAST_RESORT = "government"


@dataclass(frozen=True, slots=True)
class Office:
    """One county's units, villages and people."""

    slug: str
    units: tuple[UnitSeed, ...]
    places: tuple[str, ...]
    leaders: tuple[str, ...]
    registrars: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the office that a file under ``tenants/`` tells of."""
        return cls.of(read_text(path.read_text(encoding="utf-8-sig"), CountyDefinition, file=str(path)))

    @classmethod
    def of(cls, definition: CountyDefinition) -> Self:
        """Return the office that a definition tells of."""
        townships = {place.code: place.name for place in definition.gazetteer if place.superior is None}
        villages = [
            f"{townships.get(place.superior, '')}{place.name}" for place in definition.gazetteer if place.superior
        ]
        clerks = [member.name for member in definition.leading_group if member.duty == "联络员"]
        leaders = [member.name for member in definition.leading_group if member.name not in clerks]
        return cls(
            slug=definition.slug,
            units=definition.units,
            places=tuple(villages or townships.values()),
            leaders=tuple(leaders),
            registrars=tuple(clerks or [definition.administrator.name]),
        )

    def unit(self, wanted: str) -> UnitSeed:
        """Return the unit of that code, or else the first of that branch, or else the government."""
        for unit in self.units:
            if unit.code == wanted:
                return unit
        branches = (unit for unit in self.units if unit.branch == wanted)
        return next(branches, next(unit for unit in self.units if unit.code == LAST_RESORT))
