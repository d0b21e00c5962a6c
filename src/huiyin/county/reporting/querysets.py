"""Questions about the versions of periods."""

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from huiyin.kernel.periods import Period

from .states import REPORTED, STANDING, PeriodState

if TYPE_CHECKING:
    from .models import Priority, ReportedPeriod  # noqa: F401  # names the models for the type checker


class ReportedPeriodQuerySet(QuerySet["ReportedPeriod"]):
    """Versions, by period and by state."""

    def of(self, period: Period) -> Self:
        """Keep the versions of one period."""
        return self.filter(first_on=period.first, last_on=period.last)

    def standing(self) -> Self:
        """Keep the version that waits for its approval or is locked: a period has at most one."""
        return self.filter(state__in=[state.value for state in STANDING])

    def reported(self) -> Self:
        """Keep what was ever locked, and so went to the province."""
        return self.filter(state__in=[state.value for state in REPORTED])

    def locked(self) -> Self:
        """Keep what is locked now."""
        return self.filter(state=PeriodState.LOCKED.value)

    def by_version(self) -> Self:
        """Order the versions of a period, those given up in the place where they were made, the newest first."""
        return self.order_by("-version", "-pk")


class PriorityQuerySet(QuerySet["Priority"]):
    """Proposals for the work ahead."""

    def of(self, period: Period) -> Self:
        """Keep what stands of one period, in the order in which it was written."""
        return self.filter(first_on=period.first, last_on=period.last, removed_at=None).order_by("pk")
