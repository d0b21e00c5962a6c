"""Which organs an activity is about: its units, with those above and below them."""

from collections.abc import Collection

from huiyin.county.office.models import Unit
from huiyin.kernel.refusal import Refusal

from .rules.activities import Inspected


def units_of(codes: Collection[str]) -> list[Unit]:
    """Return the units of these codes, or refuse where one is not there or not in use."""
    found = list(Unit.objects.filter(code__in=codes, is_active=True).order_by("pk"))
    missing = set(codes) - {unit.code for unit in found}
    if missing:
        raise Refusal("activity.unit_unknown", "受检单位不在单位名单中，或已停用")
    return found


def inspected(codes: Collection[str]) -> Inspected:
    """Return the units with every superior and every subordinate: whoever works there takes no part in the team."""
    known = {unit.pk: unit for unit in Unit.objects.order_by("pk")}
    above = {pk: unit.superior_id for pk, unit in known.items()}
    own = {unit.pk for unit in known.values() if unit.code in codes}
    found = set(own)
    for pk in own:
        found |= _superiors(pk, above)
    found |= {pk for pk in known if _superiors(pk, above) & own}
    return Inspected(codes=frozenset(known[pk].code for pk in found), names=frozenset(known[pk].name for pk in found))


def _superiors(pk: int, above: dict[int, int | None]) -> set[int]:
    """Return the units above one, up to the top; a circle ends where it began."""
    found: set[int] = set()
    superior = above[pk]
    while superior is not None and superior not in found:
        found.add(superior)
        superior = above[superior]
    return found
