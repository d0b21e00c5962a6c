"""Writers of repeats: 重复件 that came while a unit works on the earlier one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from huiyin.accounts.models import Staff
from huiyin.county.journal import actions as journal
from huiyin.county.registry.intake_rules import IN_HANDLING, is_in_handling
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Relation, State
from huiyin.kernel.refusal import Refusal

GIVEN = frozenset({State.ASSIGNED, State.REFERRED, State.INTERNAL})


def earlier_of(registration: Registration, *, by: Staff) -> Petition | None:
    """Return the petition that a new one repeats or joins; refuse one that this person may not see."""
    if registration.relation is Relation.NEW:
        return None
    earlier = Petition.objects.visible_to(by).counted().filter(pk=registration.earlier_id or 0).first()
    if earlier is None:
        raise Refusal("petition.repeated_unknown", "没有找到这件原信访件")
    return earlier


def main_of(earlier: Petition) -> Petition:
    """Return the first petition of a chain of repeats: the one whose assignment answers all of them."""
    seen = {earlier.pk}
    main = earlier
    while main.repeats is not None and main.repeats.pk not in seen:
        main = main.repeats
        seen.add(main.pk)
    return main


def main_in_handling(petition: Petition) -> Petition | None:
    """Return the petition that a unit works on and that this one repeats: it gets no second assignment (DOMAIN §4)."""
    if petition.repeats is None:
        return None
    first = main_of(petition.repeats)
    candidates = (petition.repeats, first, *_of_the_matter(petition, first))
    return next((one for one in candidates if one.pk != petition.pk and is_in_handling(one.state)), None)


def _of_the_matter(petition: Petition, first: Petition) -> Iterable[Petition]:
    """Return what else of the matter units may work on, where what is repeated was merged into another (DOMAIN §4)."""
    merged = {petition.repeats.state if petition.repeats else "", first.state}
    if State.MERGED.value not in merged:
        return ()
    return Petition.objects.counted().filter(matter=first.matter_id).order_by("pk")


def check_no_second_assignment(petition: Petition, then: State) -> None:
    """Refuse to give a repeat to a unit while one works on the main petition: it is merged (DOMAIN §4).

    What an old ledger tells is taken over as it was.
    """
    is_first_giving = then in GIVEN and State(petition.state) not in IN_HANDLING
    if not is_first_giving or petition.source_number is not None or petition.repeats_id is None:
        return
    main = main_in_handling(petition)
    if main is not None:
        raise Refusal(
            "petition.repeat_in_handling",
            f"本件与{main.number}重复，该件正在办理，不另行交办；请并入该件",
            main=main.number,
        )


@transaction.atomic
def remind(*, petition: Petition, by: Staff, at: datetime) -> Petition | None:
    """重复来信来访: tell that a repeat came inside the handling period; the main petition's unit is reminded of it.

    This function will return the main petition, or None where no unit works on it and nothing is told.
    """
    main = main_in_handling(petition)
    if main is None:
        return None
    journal.record(
        "petition.repeated",
        subject=main,
        petition_id=main.pk,
        by=by,
        at=at,
        repeat_id=petition.pk,
        repeat=petition.number,
        main=main.number,
        received_on=petition.received_on,
    )
    return main
