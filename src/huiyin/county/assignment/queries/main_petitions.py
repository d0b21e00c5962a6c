"""Which petition answers for another: the main one of a repeat, or of what was merged."""

from huiyin.county.assignment.models import Disposition
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.registry.actions import repeats
from huiyin.county.registry.intake_rules import is_in_handling
from huiyin.county.registry.models import Petition


def main_with_units(petition: Petition) -> Petition | None:
    """Return the petition that units work on and whose reply answers this one; None where there is none."""
    main = repeats.main_in_handling(petition)
    if main is not None:
        return main
    merged = merged_into(petition)
    return merged if merged is not None and is_in_handling(merged.state) else None


def merged_into(petition: Petition) -> Petition | None:
    """Return the last petition of the chain that this one was merged into; None where it was not."""
    main, seen = None, {petition.pk}
    following = _next(petition)
    while following is not None and following.pk not in seen:
        main = following
        seen.add(main.pk)
        following = _next(main)
    return main


def absorbed_by(petition: Petition) -> list[Petition]:
    """Return what was merged into a petition, and what was merged into that, the nearest first."""
    found: list[Petition] = []
    seen, nearest = {petition.pk}, [petition.pk]
    while nearest:
        merged = Disposition.objects.filter(merged_into__in=nearest, withdrawn_at=None).exclude(petition__in=seen)
        rows = list(Petition.objects.filter(pk__in=merged.values("petition")).select_related("ruleset").order_by("pk"))
        found += rows
        nearest = [row.pk for row in rows]
        seen.update(nearest)
    return found


def _next(petition: Petition) -> Petition | None:
    merged = Disposition.objects.filter(petition=petition, kind=DispositionKind.MERGED.value, withdrawn_at=None)
    found = merged.select_related("merged_into").order_by("-pk").first()
    return found.merged_into if found else None
