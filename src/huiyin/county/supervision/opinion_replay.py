"""Replay: findings, reports, opinions with their items and answers, follow-ups and effects, from the journal alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

SUBJECTS = frozenset({"finding", "inspectionreport", "opinion", "followup", "effectrecord"})
ORDERED, LINKED, UNLINKED = "finding.put_in_order", "finding.matter_linked", "finding.matter_unlinked"
Rows = dict[tuple[str, int], dict[str, object]]


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
        """The plain values it was told with; ``fields`` are those of the row."""


def replay(entries: Iterable[Told]) -> Rows:
    """Return each row that an act made or changed, with the fields that acts gave it, linked matters among them."""
    rows: Rows = defaultdict(dict)
    for entry in entries:
        fields = entry.values.get("fields")
        if entry.event == ORDERED:
            _reorder(rows, entry.values["order"])
        elif entry.event in {LINKED, UNLINKED}:
            _link(rows[entry.subject, entry.subject_id], entry)
        elif entry.subject in SUBJECTS and isinstance(fields, Mapping):
            rows[entry.subject, entry.subject_id] |= fields
    return dict(rows)


def _reorder(rows: Rows, order: object) -> None:
    for position, pk in enumerate(order if isinstance(order, list) else [], start=1):
        rows["finding", pk]["position"] = position


def _link(row: dict[str, object], entry: Told) -> None:
    before = row.get("matters", frozenset())
    assert isinstance(before, frozenset)
    one = frozenset({entry.values["matter_id"]})
    row["matters"] = before | one if entry.event == LINKED else before - one
