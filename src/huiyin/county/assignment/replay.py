"""Replay: the states of petitions and assignments, from what the journal tells and from nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from huiyin.kernel.clocks import Clock

from .states import AssignmentState

STATE_AFTER: Mapping[str, AssignmentState] = {
    "assignment.issued": AssignmentState.ISSUED,
    "assignment.signed": AssignmentState.SIGNED,
    "assignment.reported": AssignmentState.REPORTED,
    "assignment.returned": AssignmentState.RETURNED,
    "assignment.verified": AssignmentState.VERIFIED,
    "assignment.withdrawn": AssignmentState.WITHDRAWN,
}
# An objection tells itself where the assignment stands afterwards: back where it stood, or withdrawn.
OBJECTIONS = frozenset({"objection.raised", "objection.refused", "objection.upheld", "objection.adjudicated"})
# A clock whose day is the assignment's own.
UNIT_CLOCKS = frozenset({Clock.REPORT.value, Clock.SIMPLE_REPLY.value})


class Told(Protocol):
    """An entry of the journal, in the order of its number."""

    @property
    def event(self) -> str:
        """What happened."""

    @property
    def subject(self) -> str:
        """What kind of row it happened to."""

    @property
    def subject_id(self) -> int:
        """Which one."""

    @property
    def petition_id(self) -> int | None:
        """Of which petition."""

    @property
    def values(self) -> Mapping[str, object]:
        """The plain values it was told with."""


@dataclass(slots=True)
class Standing:
    """Where one assignment stands."""

    petition_id: int | None
    unit: str
    state: AssignmentState
    due_on: date | None


@dataclass(slots=True)
class Replayed:
    """Where everything stands once the entries were told."""

    petitions: dict[int, str] = field(default_factory=dict)
    assignments: dict[int, Standing] = field(default_factory=dict)


def replay(entries: Iterable[Told]) -> Replayed:
    """Tell the entries one after the other and return where every petition and assignment stands."""
    standing = Replayed()
    newest: dict[tuple[int | None, str], int] = {}
    for entry in entries:
        state = entry.values.get("state")
        if isinstance(state, str) and entry.petition_id is not None:
            standing.petitions[entry.petition_id] = state
        if entry.event == "petition.split":
            standing.petitions[int(str(entry.values["part_id"]))] = str(entry.values["part_state"])
        if entry.event == "assignment.issued":
            newest[(entry.petition_id, _unit(entry))] = entry.subject_id
            standing.assignments[entry.subject_id] = Standing(
                entry.petition_id, _unit(entry), AssignmentState.ISSUED, _due_on(entry)
            )
        elif entry.event in STATE_AFTER or entry.event in OBJECTIONS:
            _move(standing, newest, entry)
        elif _moves_day(entry):
            standing.assignments[newest[(entry.petition_id, _unit(entry))]].due_on = _due_on(entry)
    return standing


def _move(standing: Replayed, newest: Mapping[tuple[int | None, str], int], entry: Told) -> None:
    """Move the assignment that an entry speaks of: it, its newest report, or the newest one of that unit."""
    is_itself = entry.subject == "assignment"
    found = entry.subject_id if is_itself else newest[(entry.petition_id, _unit(entry))]
    told = entry.values.get("assignment_state")
    standing.assignments[found].state = AssignmentState(str(told)) if told else STATE_AFTER[entry.event]
    if "due_on" in entry.values:
        standing.assignments[found].due_on = _due_on(entry)


def _moves_day(entry: Told) -> bool:
    """Return whether an entry gives an assignment another day and nothing else."""
    is_recount = entry.event == "deadline.recomputed" and entry.values.get("clock") in UNIT_CLOCKS
    return is_recount or entry.event == "extension.approved"


def _unit(entry: Told) -> str:
    return str(entry.values.get("unit"))


def _due_on(entry: Told) -> date | None:
    written = entry.values.get("due_on")
    return date.fromisoformat(written) if isinstance(written, str) else None
