"""Questions to the wordings and articles of laws."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import OuterRef, QuerySet, Subquery

from huiyin.kernel.text import query_grams, terms

if TYPE_CHECKING:
    from .models import StatuteArticle, StatuteVersion  # noqa: F401  # name models for the type checker


class VersionQuerySet(QuerySet["StatuteVersion"]):
    """Wordings, by day."""

    def in_force(self, *, on: date) -> Self:
        """Keep of each law the wording that is in force on the day: the latest that has begun."""
        latest = (
            self.model.objects.filter(statute=OuterRef("statute"), in_force_from__lte=on)
            .order_by("-in_force_from")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(latest))


class ArticleQuerySet(QuerySet["StatuteArticle"]):
    """Articles, by words and by number."""

    def matching(self, text: str) -> Self:
        """Keep what contains every word of the text: one character or many, in caption or text."""
        found = self
        for term in terms(text):
            found = found.filter(grams__contains=query_grams(term), searchable__contains=term)
        return found

    def sharing(self, pairs: Collection[str]) -> Self:
        """Keep what has at least one of the pairs of characters."""
        return self.filter(grams__overlap=sorted(pairs))

    def in_order(self) -> Self:
        """Order by law and number, as they stand in the text."""
        return self.order_by("version__statute__code", "number", "branch")
