"""Questions about oversight."""

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from huiyin.county.registry.querysets import content_open_to, open_to_unit

if TYPE_CHECKING:
    from huiyin.accounts.models import Staff

    from .models import Oversight  # noqa: F401  # names the model for the type checker


class OversightQuerySet(QuerySet["Oversight"]):
    """Steps of oversight, by who asks and by whether they still run."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep what this person may see: a unit the letters to itself, the office those of petitions open to it."""
        if by.is_of_unit:
            return self.filter(open_to_unit(by.unit_code, way="petition__"), assignment__unit__code=by.unit_code)
        return self.filter(content_open_to(by, way="petition__"))

    def running(self) -> Self:
        """Keep the steps whose outcome is not on record."""
        return self.filter(concluded_at=None)
