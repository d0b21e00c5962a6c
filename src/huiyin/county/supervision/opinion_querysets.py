"""Questions to 审议意见; every one that leaves the office starts at ``visible_to`` or ``published``."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from huiyin.accounts.roles import READS_PETITIONS

from .opinion_states import OWES_ANSWER, WITH_UNIT

if TYPE_CHECKING:
    from huiyin.accounts.models import Staff

    from .opinion_models import Opinion  # noqa: F401  # names the model for the type checker

CODES_WITH_UNIT = sorted(state.value for state in WITH_UNIT)
CODES_OWING = sorted(state.value for state in OWES_ANSWER)


class OpinionQuerySet(QuerySet["Opinion"]):
    """审议意见, by who asks and by how far they are."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep what this person may read: a unit what was sent to it, the office's readers all of them."""
        if by.is_of_unit:
            return self.filter(unit__code=by.unit_code, state__in=CODES_WITH_UNIT).exclude(unit__code="")
        return self.all() if by.role_set & READS_PETITIONS else self.none()

    def owing(self) -> Self:
        """Keep what waits for the unit's answer."""
        return self.filter(state__in=CODES_OWING)

    def overdue(self, *, today: date) -> Self:
        """Keep what was not answered by its last day, which is in time."""
        return self.owing().filter(due_on__lt=today)

    def published(self) -> Self:
        """Keep what was made public with its answer."""
        return self.filter(published_at__isnull=False)
