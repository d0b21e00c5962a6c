"""Seeding: the laws that the product knows by name."""

from datetime import date
from pathlib import Path
from typing import Annotated

from django.db import transaction
from pydantic import Field

from huiyin.kernel.strict_toml import Strict, read

from .models import Statute

SHIPPED = Path(__file__).with_name("national.toml")


class StatuteEntry(Strict):
    """One law."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    in_force_from: date


class StatuteList(Strict):
    """The shipped laws."""

    statutes: tuple[StatuteEntry, ...] = Field(min_length=1)


@transaction.atomic(using="owner")
def seed_statutes() -> int:
    """Write the shipped laws that are missing; return how many were written."""
    known = set(Statute.objects.using("owner").values_list("code", flat=True))
    rows = [Statute(**entry.model_dump()) for entry in read(SHIPPED, StatuteList).statutes if entry.code not in known]
    Statute.objects.using("owner").bulk_create(rows)
    return len(rows)
