"""Which gaps of a reconciliation a reader may know: the one visibility policy, applied as it stands today."""

from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.reporting.rules import Gap


@dataclass(frozen=True, slots=True)
class KnownGap:
    """One gap; of one that is not open to the reader there is the number and nothing else."""

    gap: Gap
    is_open: bool


def known_gaps(gaps: Iterable[Gap], *, by: Staff) -> tuple[KnownGap, ...]:
    """Return the gaps as far as this person may know them; a recused or accused person is shown not even the number.

    What is not open to the reader stands there once, however much it lacks.
    """
    found = tuple(gaps)
    asked = {gap.petition_id for gap in found if gap.petition_id is not None}
    shown = set(Petition.objects.visible_to(by).filter(pk__in=asked).values_list("pk", flat=True))
    listed = set(Petition.objects.listed_for(by).filter(pk__in=asked).values_list("pk", flat=True))
    known = [gap for gap in found if gap.petition_id is None or gap.petition_id in listed]
    kept_shut = {gap.petition_id: gap for gap in reversed(known) if gap.petition_id not in {*shown, None}}
    return tuple(
        KnownGap(gap, is_open=gap.petition_id not in kept_shut)
        for gap in known
        if kept_shut.get(gap.petition_id, gap) is gap
    )
