"""The shared tables: one list, one migration history."""

from huiyin.platform.calendar.models import CalendarDay, CalendarYear
from huiyin.platform.categories.models import Category
from huiyin.platform.directory.fleet import FleetRun, FleetStep
from huiyin.platform.directory.models import County, Domain
from huiyin.platform.statistics.models import Cell, Figure, Submission
from huiyin.platform.statutes.models import Statute, StatuteArticle, StatuteVersion

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Category",
    "Cell",
    "County",
    "Domain",
    "Figure",
    "FleetRun",
    "FleetStep",
    "Statute",
    "StatuteArticle",
    "StatuteVersion",
    "Submission",
]
