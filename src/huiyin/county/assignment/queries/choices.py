"""Questions before a decision: which units can be given a petition, on whose instruction, with which files."""

from dataclasses import dataclass

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.assignment.models import Assignment, Proposal
from huiyin.county.assignment.rules.dispositions import JUDICIAL
from huiyin.county.assignment.states import AssignmentState, DispositionKind, ProposalState
from huiyin.county.office.models import Unit
from huiyin.county.office.states import Branch
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.states import WRITTEN
from huiyin.county.registry.models import Attachment, Petition

RECEIVERS = frozenset({Branch.SUPERVISION_COMMISSION, Branch.SUPERIOR})


@dataclass(frozen=True, slots=True)
class Choice:
    """One row that can be chosen: its key and how it reads."""

    key: str
    label: str


def units_for(petition: Petition, kind: DispositionKind) -> tuple[Choice, ...]:
    """Return the units that may be given the petition so: nobody accused and nobody below them is among them."""
    units = {unit.pk: unit for unit in Unit.objects.order_by("branch", "name")}
    accused = set(petition.accused.filter(unit__isnull=False).values_list("unit_id", flat=True))
    wanted = _branches(petition, kind)
    return tuple(
        Choice(unit.code, unit.name)
        for unit in units.values()
        if unit.is_active and Branch(unit.branch) in wanted and not accused & _upwards(unit, units)
    )


def _branches(petition: Petition, kind: DispositionKind) -> frozenset[Branch]:
    if kind is DispositionKind.SEALED_TRANSFER:
        return RECEIVERS
    if kind is DispositionKind.INTERNAL:
        return frozenset({Branch.CONGRESS})
    if petition.is_litigation:
        return JUDICIAL
    return frozenset(Branch) - {Branch.SUPERIOR}


def _upwards(unit: Unit, units: dict[int, Unit]) -> set[int]:
    """Return the keys of a unit and of everything above it."""
    above: set[int] = set()
    now: int | None = unit.pk
    while now is not None and now not in above:
        above.add(now)
        now = units[now].superior_id
    return above


def instructions_of(petition: Petition) -> tuple[Choice, ...]:
    """Return the leaders' written instructions that a decision can name as its source, the newest first."""
    written = [state.value for state in WRITTEN]
    rows = Instruction.objects.filter(petition=petition, state__in=written).order_by("-pk")
    return tuple(Choice(str(row.pk), f"{row.number}　{row.leader_name}") for row in rows)


def sealed_approvers(petition: Petition, *, besides: Staff) -> list[Staff]:
    """Return who can agree that a sealed item is sent on: head and group head, as far as it exists for them."""
    roles = [Role.HEAD.value, Role.GROUP_HEAD.value]
    people = Staff.objects.filter(roles__overlap=roles, is_active=True).exclude(pk=besides.pk).order_by("pk")
    return [one for one in people if Petition.objects.listed_for(one).filter(pk=petition.pk).exists()]


def files_for_units(petition: Petition) -> tuple[Choice, ...]:
    """Return the files that may be marked for a unit; what is kept back is not among them."""
    rows = Attachment.objects.filter(petition=petition, is_kept_back=False).order_by("pk")
    return tuple(Choice(str(row.pk), row.name) for row in rows)


def assignments_in(petition: Petition, *states: AssignmentState, leads: bool | None = None) -> tuple[Choice, ...]:
    """Return the assignments of a petition in one of these states, the lead's first; leads or co-handlers only."""
    rows = petition.assignments.filter(state__in=[state.value for state in states]).select_related("unit")
    if leads is not None:
        rows = rows.filter(is_lead=leads)
    return tuple(
        Choice(str(row.pk), f"{row.unit.name}（{'主办' if row.is_lead else '会办'}，{row.number}）")
        for row in rows.order_by("-is_lead", "pk")
    )


def pending_proposal(petition: Petition) -> Proposal | None:
    """Return the proposal that waits for a head or leader."""
    return petition.proposals.filter(state=ProposalState.PENDING.value).select_related("proposed_by", "unit").first()


def lead_of(petition: Petition) -> Assignment | None:
    """Return the assignment of the unit that has the lead, where the petition is with one."""
    return petition.assignments.standing().filter(is_lead=True).select_related("unit").first()
