"""Constraints that many tables of a county have, spelled once."""

from django.db import models
from django.db.models import Q


def set_together(moment: str, person: str, *, name: str = "") -> models.CheckConstraint:
    """Return the constraint that a moment and the person of that moment are both known or both not."""
    whose = "by" if person == moment.replace("_at", "_by") else person
    return models.CheckConstraint(
        name=name or f"{moment}_and_{whose}_are_set_together",
        condition=Q(**{moment: None, person: None}) | Q(**{f"{moment}__isnull": False, f"{person}__isnull": False}),
    )
