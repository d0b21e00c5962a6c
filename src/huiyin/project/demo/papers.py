"""Papers: the ledger and the scans of one county's year, as its office would hand them in."""

from dataclasses import dataclass
from pathlib import Path

from huiyin.platform.directory.definitions import CountyDefinition
from huiyin.project.demo.home import Home
from huiyin.project.demo.ledger import write_ledger
from huiyin.project.demo.office import Office
from huiyin.project.demo.scans import write_scans


@dataclass(frozen=True, slots=True)
class Papers:
    """Where one county's ledger and scans lie."""

    ledger: Path
    scans: Path


def write(home: Home, county: CountyDefinition, *, every: int) -> Papers:
    """Write what is not yet there; a smaller county keeps every so-many-th item of the year."""
    papers = Papers(home.ledgers / f"{county.slug}.xlsx", home.ledgers / county.slug)
    office = Office.of(county)
    seed = int(county.gb_code)
    if not papers.ledger.exists():
        write_scans(papers.scans, office=office, seed=seed, every=every)
        unfinished = papers.ledger.with_suffix(".unfinished")
        write_ledger(unfinished, office=office, seed=seed, every=every)
        unfinished.rename(papers.ledger)
    return papers
