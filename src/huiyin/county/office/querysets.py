"""Questions to the office's rows."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q, QuerySet

from huiyin.kernel.text import query_grams, terms

if TYPE_CHECKING:
    from huiyin.accounts.models import Staff

    from .models import LeadingGroupMember, Notification, Regulation  # noqa: F401  # name models for the type checker
    from .statute_models import StatuteLink  # noqa: F401  # likewise


class NotificationQuerySet(QuerySet["Notification"]):
    """Messages, by whom they are for."""

    def to(self, person: "Staff") -> Self:
        """Keep what is for this person."""
        return self.filter(to_staff=person)

    def unread(self) -> Self:
        """Keep what was not opened yet."""
        return self.filter(read_at=None)

    def unread_first(self) -> Self:
        """Order what was not read before what was, each with the newest first."""
        return self.order_by(F("read_at").desc(nulls_first=True), "-created_at", "-pk")


class LeadingGroupQuerySet(QuerySet["LeadingGroupMember"]):
    """Terms in the leading group, by day."""

    def serving(self, *, today: date) -> Self:
        """Keep the terms that the day lies in, their first and last day included."""
        return self.filter(from_on__lte=today).filter(Q(until_on=None) | Q(until_on__gte=today))


class RegulationQuerySet(QuerySet["Regulation"]):
    """The library, by words and by day."""

    def matching(self, text: str) -> Self:
        """Keep what contains every word of the text: one character or many, in title, number or text."""
        found = self
        for term in terms(text):
            found = found.filter(grams__contains=query_grams(term), searchable__contains=term)
        return found

    def in_force(self, *, today: date) -> Self:
        """Keep what is in force on the day; the last day counts."""
        return self.filter(issued_on__lte=today).filter(Q(in_force_until=None) | Q(in_force_until__gte=today))


class StatuteLinkQuerySet(QuerySet["StatuteLink"]):
    """Links to laws."""

    def standing(self) -> Self:
        """Keep what was not undone."""
        return self.filter(unlinked_at=None)

    def of_class(self, category_code: str) -> Self:
        """Keep the links of a class and of the classes above it."""
        above = [category_code[:length] for length in range(2, len(category_code) + 1, 2)]
        return self.filter(tag=None, category_code__in=above)
