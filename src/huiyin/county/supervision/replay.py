"""Replay: where topics, plans and activities stand, from what the journal tells and from nothing else."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from .states import ActivityState, PlanState, ProposalState

PROPOSAL_AFTER: Mapping[str, ProposalState] = {
    "topic_proposal.written": ProposalState.DRAFT,
    "topic_proposal.submitted": ProposalState.SUBMITTED,
    "topic_proposal.sent_back": ProposalState.DRAFT,
    "topic_proposal.approved": ProposalState.WAITING,
    "topic_proposal.put_again": ProposalState.WAITING,
}
PLAN_AFTER: Mapping[str, PlanState] = {
    "supervision_plan.begun": PlanState.DRAFT,
    "supervision_plan.published": PlanState.PUBLISHED,
}
ACTIVITY_AFTER: Mapping[str, ActivityState] = {
    "activity.prepared": ActivityState.PREPARING,
    "activity.approved": ActivityState.APPROVED,
    "activity.sent_back": ActivityState.PREPARING,
    "activity.begun": ActivityState.UNDER_WAY,
    "activity.finished": ActivityState.FINISHED,
    "activity.deliberated": ActivityState.DELIBERATED,
    "activity.concluded": ActivityState.CONCLUDED,
    "activity.cancelled": ActivityState.CANCELLED,
}
# A decision tells itself where the topic stands afterwards.
DECIDED = "topic_proposal.decided"
Standing = dict[tuple[str, int], str]


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
    def values(self) -> Mapping[str, object]:
        """The plain values it was told with."""


def replay(entries: Iterable[Told]) -> Standing:
    """Return the state of every topic, plan and activity; a plan that is published adjusts the one before."""
    standing: Standing = {}
    years: dict[object, int] = {}
    for entry in entries:
        state = _state_after(entry)
        if state is None:
            continue
        if entry.event == "supervision_plan.published":
            before = years.get(entry.values["year"])
            if before is not None:
                standing[entry.subject, before] = PlanState.SUPERSEDED.value
            years[entry.values["year"]] = entry.subject_id
        standing[entry.subject, entry.subject_id] = state
    return standing


def _state_after(entry: Told) -> str | None:
    """Return where a row stands after an entry; None where the entry moves nothing."""
    if entry.event == DECIDED:
        return ProposalState(str(entry.values["state"])).value
    for table in (PROPOSAL_AFTER, PLAN_AFTER, ACTIVITY_AFTER):
        if entry.event in table:
            return table[entry.event].value
    return None
