"""Writers of matters: what joins one brings its recusals with it, and comes under those that stand (DOMAIN §6)."""

from collections.abc import Sequence
from datetime import datetime

from huiyin.accounts.models import Staff
from huiyin.county.registry import rules, standing
from huiyin.county.registry.models import Matter, Petition
from huiyin.county.registry.secrecy_models import Recusal
from huiyin.county.registry.states import Confidentiality


def of(petition: Petition) -> set[int]:
    """Return the matter of a petition, and those of the other parts of its letter where it was split."""
    parts = Petition.objects.filter(split_into=petition.pk) | Petition.objects.filter(split_from=petition.pk)
    return {petition.matter_id, *parts.values_list("matter_id", flat=True)}


def kept_by(staff: Staff, matters: set[int]) -> list[Petition]:
    """Lock and return the open petitions of these matters that a person keeps."""
    rows = Petition.objects.open().filter(matter__in=matters, keeper=staff)
    return list(rows.select_for_update(of=("self",)).select_related("ruleset").order_by("pk"))


def join(petition: Petition, matter: Matter, *, by: Staff, at: datetime) -> None:
    """Let a locked petition belong to a matter; whoever keeps a part of it and stays away from the whole gives it up.

    It is part of the act that records it, which writes the petition's own field. Who acts sees both, and so takes over.
    """
    rows = list(Recusal.objects.filter(petition__matter__in=[petition.matter_id, matter.pk]).order_by("pk"))
    staying_away = {row.staff_id for row in rows}
    _stay_away(petition, rows)
    petition.matter = matter
    if not staying_away:
        return
    kept = Petition.objects.open().filter(matter=matter, keeper__in=staying_away).exclude(pk=petition.pk)
    for other in kept.select_for_update(of=("self",)).select_related("ruleset").order_by("pk"):
        _take_over(other, by=by, at=at)
    if petition.keeper_id in staying_away:
        _take_over(petition, by=by, at=at)


def _stay_away(petition: Petition, rows: Sequence[Recusal]) -> None:
    """Let whoever stays away from either matter stay away from this petition itself, whatever it joins later."""
    known = {row.staff_id for row in rows if row.petition_id == petition.pk}
    new = {row.staff_id: row for row in rows if row.staff_id not in known}
    Recusal.objects.bulk_create(
        Recusal(
            petition=petition,
            staff_id=row.staff_id,
            reason=row.reason,
            decided_at=row.decided_at,
            decided_by_id=row.decided_by_id,
        )
        for row in new.values()
    )


def _take_over(petition: Petition, *, by: Staff, at: datetime) -> None:
    rules.check_may_keep(by, Confidentiality(petition.confidentiality))
    petition.keeper = by
    petition.version += 1
    petition.save(update_fields=["keeper", "version", *standing.follow(petition)])
    standing.settle(petition, at=at)
