"""Replay: the rows of the office's own affairs, from what the journal tells and from nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

OWN = {"staff", "unit", "leadinggroupmember", "training", "hearing", "regulation", "statutelink"}
SUBJECTS = frozenset(OWN | {"recommendation", "hotspotthreshold"})
Rows = dict[tuple[str, int], dict[str, object]]


class Told(Protocol):
    """An entry of the journal, in the order of its number."""

    @property
    def subject(self) -> str:
        """What kind of row it happened to."""

    @property
    def subject_id(self) -> int:
        """Which one."""

    @property
    def values(self) -> Mapping[str, object]:
        """The plain values it was told with; ``fields`` are those of the row."""


def replay(entries: Iterable[Told]) -> Rows:
    """Return each row that an act made or changed, with the fields that acts gave it."""
    rows: Rows = defaultdict(dict)
    for entry in entries:
        fields = entry.values.get("fields")
        if entry.subject in SUBJECTS and isinstance(fields, Mapping):
            rows[entry.subject, entry.subject_id] |= fields
    return dict(rows)
