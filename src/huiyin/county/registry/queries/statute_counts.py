"""How many petitions are about each law, of those that the asking person may see."""

from django.db.models import Count

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition


def petitions_by_statute(by: Staff) -> dict[str, int]:
    """Return how many petitions were classified under each law; a void number counts nowhere."""
    rows = (
        Petition.objects.visible_to(by)
        .counted()
        .exclude(statute_code="")
        .values("statute_code")
        .annotate(count=Count("pk", distinct=True))
        .order_by("statute_code")
    )
    return {row["statute_code"]: row["count"] for row in rows}
