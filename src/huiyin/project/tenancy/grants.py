"""Grants: who may do what with which table. This table is the whole wall; a test compares it with the catalog.

A table that is not named here is readable by nobody but its owner, and fails that test.
"""

from collections.abc import Mapping
from dataclasses import dataclass

READ = "SELECT"
APPEND = "SELECT, INSERT"
WRITE = "SELECT, INSERT, UPDATE, DELETE"

# The facts of an office that the province's board shows; the rest of the register is the platform's.
PUBLIC_FACTS = ("id", "schema_name", "kind", "name", "organ", "gb_code", "state", "onboarded_at")


@dataclass(frozen=True, slots=True)
class Shared:
    """What each group may do with one shared table; empty is nothing.

    ``own`` is an SQL expression that names the office of a row: it puts the table under row security, and the groups
    of ``own_only`` reach only rows of the office as whose role they work.
    """

    platform: str = ""
    county: str = ""
    province: str = ""
    columns: tuple[str, ...] = ()
    own: str = ""
    own_only: tuple[str, ...] = ()


REFERENCE = Shared(platform=READ, county=READ, province=READ)
STATISTICS = Shared(county=APPEND, province=READ, own="county", own_only=("county",))

SHARED: Mapping[str, Shared] = {
    "public.django_migrations": Shared(platform=READ),
    "public.platform_county": Shared(platform=READ, province=READ, columns=PUBLIC_FACTS),
    "public.platform_domain": Shared(platform=READ),
    "public.platform_fleet_run": Shared(platform=READ),
    "public.platform_fleet_step": Shared(platform=READ),
    "public.platform_calendar_day": REFERENCE,
    "public.platform_calendar_year": REFERENCE,
    "public.platform_category": REFERENCE,
    "public.platform_statute": REFERENCE,
    "public.platform_statute_version": REFERENCE,
    "public.platform_statute_article": REFERENCE,
    "public.platform_submission": STATISTICS,
    "public.platform_figure": STATISTICS,
    "public.platform_cell": STATISTICS,
    "dramatiq.queue": Shared(
        platform=WRITE,
        county="INSERT",
        province="INSERT",
        own="message -> 'kwargs' ->> 'county'",
        own_only=("county", "province"),
    ),
    "dramatiq.worker": Shared(platform=WRITE),
    "dramatiq.result": Shared(platform=WRITE),
}

# Inside an office's own schema everything may be written, but for what is evidence.
OWN: Mapping[str, str] = {
    "county_journal_entry": APPEND,
    "county_journal_head": "SELECT, INSERT, UPDATE",
    "province_release": APPEND,
    "django_migrations": "",
}


def own_privileges(table: str) -> str:
    """Return what an office's role may do with this table of its own schema; empty is nothing."""
    return OWN.get(table, WRITE)
