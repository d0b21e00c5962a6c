"""Where an activity stands, in words and colour."""

from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.states import ActivityState
from huiyin.interfaces.components.contract import Tone
from huiyin.interfaces.components.petitions import StateBadge

TONES: dict[ActivityState, Tone] = {
    ActivityState.PREPARING: "warn",
    ActivityState.APPROVED: "info",
    ActivityState.UNDER_WAY: "info",
    ActivityState.FINISHED: "warn",
    ActivityState.REPORTED: "info",
    ActivityState.DELIBERATED: "info",
    ActivityState.CONCLUDED: "good",
    ActivityState.CANCELLED: "plain",
}


def badge_of(row: Activity) -> StateBadge:
    """Return where an activity stands."""
    state = ActivityState(row.state)
    return StateBadge(label=state.label, tone=TONES[state])
