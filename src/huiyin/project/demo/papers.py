"""Papers: the ledgers and the scans of one county's years, as its office would hand them in."""

from dataclasses import dataclass
from pathlib import Path

from huiyin.platform.directory.definitions import CountyDefinition
from huiyin.project.demo.home import Home
from huiyin.project.demo.items import BEFORE, items_of_the_year
from huiyin.project.demo.ledger import write_items, write_ledger
from huiyin.project.demo.office import Office
from huiyin.project.demo.scans import write_scans


@dataclass(frozen=True, slots=True)
class Papers:
    """Where one year's ledger and scans lie."""

    ledger: Path
    scans: Path


def write(home: Home, county: CountyDefinition, *, every: int) -> Papers:
    """Write the year's papers that are not yet there; a smaller county keeps every so-many-th item."""
    papers = Papers(home.ledgers / f"{county.slug}.xlsx", home.ledgers / county.slug)
    office = Office.of(county)
    seed = int(county.gb_code)
    if not papers.ledger.exists():
        write_scans(papers.scans, office=office, seed=seed, every=every)
        unfinished = papers.ledger.with_suffix(".unfinished")
        write_ledger(unfinished, office=office, seed=seed, every=every)
        unfinished.rename(papers.ledger)
    return papers


def write_before(home: Home, county: CountyDefinition, *, every: int) -> Papers:
    """Write the papers of the year before, tidier than those of the year, where they are not yet there."""
    name = f"{county.slug}-{BEFORE.year}"
    papers = Papers(home.ledgers / f"{name}.xlsx", home.ledgers / name)
    office = Office.of(county)
    seed = int(county.gb_code)
    if not papers.ledger.exists():
        write_scans(papers.scans, office=office, seed=seed, every=every, season=BEFORE)
        unfinished = papers.ledger.with_suffix(".unfinished")
        items = items_of_the_year(office, seed=seed, every=every, season=BEFORE)
        write_items(unfinished, items, seed=seed, year=BEFORE.year)
        unfinished.rename(papers.ledger)
    return papers
