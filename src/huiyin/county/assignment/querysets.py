"""Questions about what units were given."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from huiyin.county.registry.querysets import content_open_to
from huiyin.county.registry.states import Confidentiality

from .states import FINISHED

if TYPE_CHECKING:
    from huiyin.accounts.models import Staff

    from .models import Assignment  # noqa: F401  # names the model for the type checker


class AssignmentQuerySet(QuerySet["Assignment"]):
    """Assignments, by who asks and by day."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep what this person may see: a unit its own, the office all but sealed items."""
        if by.is_of_unit:
            return self.filter(unit__code=by.unit_code, petition__confidentiality=Confidentiality.ORDINARY.value)
        return self.filter(content_open_to(by, way="petition__"))

    def open(self) -> Self:
        """Keep what is neither accepted nor withdrawn."""
        return self.exclude(state__in=[state.value for state in FINISHED])

    def overdue(self, *, today: date) -> Self:
        """Keep open assignments that have no report after their last day."""
        return self.open().filter(due_on__lt=today, reported_at=None)
