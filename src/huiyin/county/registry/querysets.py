"""Questions to the register; every one that leaves the office starts at ``visible_to``."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q, QuerySet

from huiyin.accounts.roles import READS_PETITIONS, Role
from huiyin.kernel.text import query_grams, terms

from .states import ENDED, Confidentiality, State

if TYPE_CHECKING:
    from huiyin.accounts.models import Staff

    from .models import Deadline, Petition  # noqa: F401  # names the model for the type checker


def content_open_to(by: "Staff", *, way: str = "") -> Q:
    """Return which petitions' content a person of the office may see (DOMAIN §6): the one visibility policy.

    ``way`` leads from the rows asked for to their petition, such as ``petition__``.
    """
    if not by.role_set & READS_PETITIONS:
        return Q(pk__in=[])
    if Role.RESTRICTED in by.role_set:
        return ~Q(**{f"{way}confidentiality": Confidentiality.NUMBER_ONLY.value})
    return Q(**{f"{way}confidentiality": Confidentiality.ORDINARY.value})


class PetitionQuerySet(QuerySet["Petition"]):
    """Petitions, by who asks, by state and by text."""

    def visible_to(self, by: "Staff") -> Self:
        """Keep the petitions whose content this person may see (DOMAIN §6)."""
        if by.is_of_unit:
            of_unit = self.model.objects.filter(assignments__unit__code=by.unit_code).values("pk")
            return self.filter(pk__in=of_unit, confidentiality=Confidentiality.ORDINARY.value)
        return self.filter(content_open_to(by))

    def listed_for(self, by: "Staff") -> Self:
        """Keep the petitions whose number this person may see; the content follows ``visible_to``."""
        if by.is_of_unit or not by.role_set & READS_PETITIONS:
            return self.visible_to(by)
        return self

    def open(self) -> Self:
        """Keep what is not closed and not void."""
        return self.exclude(state__in=[state.value for state in ENDED])

    def counted(self) -> Self:
        """Keep what counts: a void number stays in the ledger and counts nowhere."""
        return self.exclude(state=State.VOIDED.value)

    def received_between(self, first: date, last: date) -> Self:
        """Keep what was received from the first to the last day, both included."""
        return self.filter(received_on__gte=first, received_on__lte=last)

    def matching(self, text: str) -> Self:
        """Keep what contains every word of the text: one character or many, names and numbers too."""
        found = self
        for term in terms(text):
            found = found.filter(grams__contains=query_grams(term), searchable__contains=term)
        return found

    def by_day(self) -> Self:
        """Order by day of receipt, newest first, with the id to make it unique."""
        return self.order_by("-received_on", "-id")


class DeadlineQuerySet(QuerySet["Deadline"]):
    """Clocks of petitions."""

    def running(self) -> Self:
        """Keep the clocks that are neither met nor superseded."""
        return self.filter(met_at=None, superseded_at=None)

    def overdue(self, *, today: date) -> Self:
        """Keep running clocks whose last day has passed."""
        return self.running().filter(due_on__lt=today)

    def due_by(self, last: date, *, today: date) -> Self:
        """Keep running clocks that end from today to the given day."""
        return self.running().filter(due_on__gte=today, due_on__lte=last)

    def visible_to(self, by: "Staff") -> Self:
        """Keep the clocks of petitions whose content this person may see."""
        if by.is_of_unit:
            return self.filter(unit__code=by.unit_code, petition__confidentiality=Confidentiality.ORDINARY.value)
        return self.filter(content_open_to(by, way="petition__"))

    def met_late(self) -> Self:
        """Keep the clocks that were met after their last day."""
        return self.filter(Q(met_at__isnull=False) & Q(met_at__date__gt=F("due_on")))
