"""What the page of one petition must not tell a reader who may see it: of others, and of what was split off."""

from collections.abc import Mapping
from datetime import datetime

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.registry.models import Petition
from huiyin.county.registry.querysets import barred_for
from huiyin.county.registry.states import Confidentiality

WITHHELD = "（不便显示）"


def numbers_withheld(by: Staff) -> frozenset[str]:
    """Return the numbers of petitions that do not exist for this person: the time line of another may name them."""
    return frozenset(Petition.objects.filter(barred_for(by)).values_list("number", flat=True))


def secret_from(by: Staff) -> frozenset[int]:
    """Return the accusations and 密件 that do not exist for this person: no number on a screen may count them."""
    secret = Petition.objects.exclude(confidentiality=Confidentiality.ORDINARY.value)
    return frozenset(secret.filter(barred_for(by)).values_list("pk", flat=True))


def shown_number(number: str, withheld: frozenset[str]) -> str:
    """Return a number, or what stands in its place."""
    return WITHHELD if number in withheld else number


def shown_values(values: Mapping[str, object], withheld: frozenset[str]) -> dict[str, object]:
    """Return the values of a journal entry without those numbers."""
    return {key: WITHHELD if isinstance(value, str) and value in withheld else value for key, value in values.items()}


def split_at(petition: Petition, *, by: Staff) -> datetime | None:
    """Return when an accusation was split off, where this reader may not know what was written of it before."""
    if not petition.excerpt or Role.RESTRICTED in by.role_set:
        return None
    parts = petition.split_into.exclude(confidentiality=Confidentiality.ORDINARY.value)
    return parts.order_by("pk").values_list("registered_at", flat=True).first()
