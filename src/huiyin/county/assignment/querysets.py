"""Questions about what units were given."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from huiyin.county.registry.querysets import content_open_to, open_to_unit

from .states import FINISHED, AssignmentState, ExtensionState, ObjectionState

if TYPE_CHECKING:
    from huiyin.accounts.models import Staff

    from .models import Assignment  # noqa: F401  # names the model for the type checker
    from .unit_models import Extension, Objection  # noqa: F401  # names the models for the type checker


class AssignmentQuerySet(QuerySet["Assignment"]):
    """Assignments, by who asks and by day."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep what this person may see: a unit its own, the office all but sealed items."""
        if by.is_of_unit:
            theirs = self.filter(open_to_unit(by.unit_code, way="petition__"), unit__code=by.unit_code)
            return theirs.exclude(state=AssignmentState.WITHDRAWN.value)
        return self.filter(content_open_to(by, way="petition__"))

    def open(self) -> Self:
        """Keep what is neither accepted nor withdrawn."""
        return self.exclude(state__in=[state.value for state in FINISHED])

    def standing(self) -> Self:
        """Keep what was not withdrawn, the lead's first."""
        return self.exclude(state=AssignmentState.WITHDRAWN.value).order_by("-is_lead", "pk")

    def overdue(self, *, today: date) -> Self:
        """Keep open assignments that have no report after their last day."""
        return self.open().filter(due_on__lt=today, reported_at=None)


class ObjectionQuerySet(QuerySet["Objection"]):
    """Objections, by who asks."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep what this person may see: a unit its own, the office those of petitions open to it."""
        if by.is_of_unit:
            return self.filter(open_to_unit(by.unit_code, way="petition__"), assignment__unit__code=by.unit_code)
        return self.filter(content_open_to(by, way="petition__"))

    def pending(self) -> Self:
        """Keep what waits for its decision."""
        return self.filter(state=ObjectionState.PENDING.value)


class ExtensionQuerySet(QuerySet["Extension"]):
    """Wishes for more time, by who asks."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep what this person may see: a unit its own, the office those of petitions open to it."""
        way = "assignment__petition__"
        if by.is_of_unit:
            return self.filter(open_to_unit(by.unit_code, way=way), assignment__unit__code=by.unit_code)
        return self.filter(content_open_to(by, way=way))

    def pending(self) -> Self:
        """Keep what waits for its decision."""
        return self.filter(state=ExtensionState.PENDING.value)
