"""A paper that an event asks for."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from huiyin.county.document.actions import Subject
from huiyin.county.document.states import DocumentKind
from huiyin.county.registry.models import Petition

from .sheets import Paper


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that an event asks for; ``replaces`` are the rows whose earlier paper of this kind it stands for."""

    kind: DocumentKind
    petition: Petition | None
    make: Callable[[], Paper]
    subject: Subject
    number: str = ""
    replaces: tuple[Subject, ...] = ()


def subject_of(row: models.Model, *, unit_code: str = "") -> Subject:
    """Return a row as a paper names it."""
    return Subject(name=row._meta.model_name or "", pk=row.pk, unit_code=unit_code)
