"""Writers of merges: into which petition another may be merged, and what goes with it. Part of the decision."""

from datetime import datetime

from huiyin.accounts.models import Staff
from huiyin.county.assignment.queries.main_petitions import absorbed_by, merged_into
from huiyin.county.registry.actions import matters, petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import ENDED, State
from huiyin.kernel.refusal import Refusal


def main_petition(petition: Petition, merged_into_id: int | None, *, by: Staff) -> Petition:
    """Return the petition to merge into: it works still, exists for this person, and was not merged itself."""
    main = Petition.objects.visible_to(by).counted().filter(pk=merged_into_id or 0).exclude(pk=petition.pk).first()
    if main is None:
        raise Refusal("disposition.main_petition_unknown", "并入须指明主件")
    last = merged_into(main)
    if last is not None:
        raise Refusal(
            "disposition.main_petition_is_merged", f"主件本身已并入他件，请选最终的主件{_known_number(last, by)}"
        )
    if petition.source_number is None and State(main.state) in ENDED:
        raise Refusal(
            "disposition.main_petition_ended",
            f"{main.number}已经{State(main.state).label}，再次来信来访须另行办理或不再受理",
        )
    return main


def join_matter(petition: Petition, main: Petition, *, by: Staff, at: datetime) -> None:
    """Let a petition belong to its main one's matter, with whatever was merged into it before."""
    for one in (petition, *(absorbed_by(petition) if petition.source_number is None else ())):
        matters.join(one, main.matter, by=by, at=at)
        petitions.save(one, "matter")


def _known_number(petition: Petition, by: Staff) -> str:
    """Return the number of a petition in brackets, as far as it exists for this person."""
    return f"（{petition.number}）" if Petition.objects.listed_for(by).filter(pk=petition.pk).exists() else ""
