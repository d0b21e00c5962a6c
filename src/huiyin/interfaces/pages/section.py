"""A further block of a petition's page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.interfaces.components.contract import Component


@dataclass(frozen=True, slots=True)
class Section:
    """A block with its heading: any components, one below the other."""

    title: str
    parts: tuple[Component, ...]
    lead: str = ""


Show = Callable[[Petition, Staff, date], Section | None]
