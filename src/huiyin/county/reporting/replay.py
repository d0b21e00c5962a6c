"""Replay: every version of every period, from what the journal tells and from nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from .states import PeriodState

STATE_AFTER: Mapping[str, PeriodState] = {
    "period.prepared": PeriodState.PREPARED,
    "period.locked": PeriodState.LOCKED,
    "period.reopened": PeriodState.REOPENED,
    "period.given_up": PeriodState.GIVEN_UP,
}


class Told(Protocol):
    """An entry of the journal, in the order of its number."""

    @property
    def event(self) -> str:
        """What happened."""

    @property
    def subject_id(self) -> int:
        """To which version."""

    @property
    def by_id(self) -> int | None:
        """Who did it."""

    @property
    def values(self) -> Mapping[str, object]:
        """The plain values it was told with."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version as the journal tells of it."""

    first_on: date
    last_on: date
    version: int
    key: str
    numbers_hash: str
    prepared_by: int | None
    state: PeriodState
    approved_by: int | None = None
    reason: str = ""


def replay(entries: Iterable[Told]) -> dict[int, Version]:
    """Return each version with the state to which its acts led."""
    found: dict[int, Version] = {}
    for entry in entries:
        state = STATE_AFTER.get(entry.event)
        if state is PeriodState.PREPARED:
            found[entry.subject_id] = _prepared(entry)
        elif state is PeriodState.LOCKED:
            found[entry.subject_id] = replace(found[entry.subject_id], state=state, approved_by=entry.by_id)
        elif state is not None:
            reason = str(entry.values["reason"])
            found[entry.subject_id] = replace(found[entry.subject_id], state=state, reason=reason)
    return found


def _prepared(entry: Told) -> Version:
    values = entry.values
    return Version(
        first_on=date.fromisoformat(str(values["first_on"])),
        last_on=date.fromisoformat(str(values["last_on"])),
        version=int(str(values["version"])),
        key=str(values["key"]),
        numbers_hash=str(values["numbers_hash"]),
        prepared_by=entry.by_id,
        state=PeriodState.PREPARED,
    )
