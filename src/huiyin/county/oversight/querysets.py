"""Questions about oversight and recommendations."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from huiyin.accounts.roles import READS_PETITIONS
from huiyin.county.registry.querysets import barred_for, content_open_to, open_to_unit
from huiyin.kernel.calendar import SHANGHAI
from huiyin.kernel.periods import Period

from .states import RecommendationState

if TYPE_CHECKING:
    from huiyin.accounts.models import Staff

    from .models import Oversight  # noqa: F401  # names the model for the type checker
    from .recommendation_models import Recommendation  # noqa: F401  # likewise


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


class RecommendationQuerySet(QuerySet["Recommendation"]):
    """Recommendations, by who asks and by where they stand."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep what this person may see: a unit those made to it, the office all that stand on nothing it is kept from.

        Its words tell of the petitions that it stands on: whoever stays away from one of them does not see it.
        """
        if by.is_of_unit:
            return self.made().filter(unit__code=by.unit_code).exclude(unit__code="")
        if not by.role_set & READS_PETITIONS:
            return self.none()
        return self.exclude(pk__in=self.model.objects.filter(barred_for(by, way="links__petition__")).values("pk"))

    def made(self) -> Self:
        """Keep what was made, answered or not."""
        return self.filter(state__in=[RecommendationState.MADE.value, RecommendationState.ANSWERED.value])

    def standing(self) -> Self:
        """Keep what was not sent back."""
        return self.exclude(state=RecommendationState.SENT_BACK.value)

    def unanswered(self) -> Self:
        """Keep what was made and waits for the unit's answer."""
        return self.filter(state=RecommendationState.MADE.value)

    def overdue(self, *, today: date) -> Self:
        """Keep what has no answer after its last day."""
        return self.unanswered().filter(due_on__lt=today)

    def made_to(self, unit_code: str, *, period: Period, at: datetime) -> Self:
        """Keep what was made to a unit on a day of a period and by an instant, in the order of the numbers."""
        first = datetime.combine(period.first, time(), SHANGHAI)
        after = datetime.combine(period.last + timedelta(days=1), time(), SHANGHAI)
        return self.filter(unit__code=unit_code, made_at__gte=first, made_at__lt=after, made_at__lte=at).order_by(
            "made_at", "pk"
        )
