"""Questions to the journal."""

from collections.abc import Iterator
from dataclasses import dataclass

from .models import ChainHead, Entry
from .rules import GENESIS, Link, first_broken


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Whether the chain holds: how many entries, and the first that does not follow."""

    entries: int
    first_broken: int | None
    tail_cut: bool

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, removed or cut."""
        return self.first_broken is None and not self.tail_cut


def _links() -> Iterator[tuple[Link, str, str]]:
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        link = Link(
            number=entry.number,
            event=entry.event,
            subject=entry.subject,
            subject_id=entry.subject_id,
            petition_id=entry.petition_id,
            at=entry.at,
            recorded_at=entry.recorded_at,
            by_id=entry.by_id,
            by_name=entry.by_name,
            values=entry.values,
        )
        yield link, entry.previous_hash, entry.hash


def chain() -> ChainReport:
    """Walk the whole chain of this county and compare it with its head."""
    head = ChainHead.objects.filter(pk=1).first()
    last = Entry.objects.order_by("-number").first()
    tail = (last.number, last.hash) if last else (0, GENESIS)
    expected = (head.number, head.hash) if head else (0, GENESIS)
    return ChainReport(entries=tail[0], first_broken=first_broken(_links()), tail_cut=tail != expected)
