"""Questions about the office's own affairs."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear

from huiyin.accounts.models import Staff

from . import rules
from .models import Hearing, Notification, Training


@dataclass(frozen=True, slots=True)
class YearOfTraining:
    """How many classes a year had and how many people were taught in them."""

    year: int
    classes: int
    people: int


def years_of_training() -> tuple[YearOfTraining, ...]:
    """Return the totals of each year that had a class, the latest first."""
    rows = (
        Training.objects.annotate(year=ExtractYear("held_on"))
        .values("year")
        .annotate(classes=Count("pk"), people=Sum("head_count"))
        .order_by("-year")
    )
    return tuple(YearOfTraining(row["year"], row["classes"], row["people"]) for row in rows)


def is_hearing_missing(*, today: date) -> bool:
    """Whether it is time to say that nobody has heard the petition work of this year."""
    heard_on = Hearing.objects.filter(heard_on__year=today.year).values_list("heard_on", flat=True)
    return rules.is_hearing_missing(heard_on, today=today)


def unread_count(person: Staff) -> int:
    """Return how many messages the person has not read."""
    return Notification.objects.to(person).unread().count()
