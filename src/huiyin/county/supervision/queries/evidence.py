"""What a topic stands on: counted once, frozen on the proposal, shown again as it was (DOMAIN §8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huiyin.accounts.models import Staff
from huiyin.county.analysis import hotspots
from huiyin.county.analysis.hotspot_rules import Tally, tally, values_of
from huiyin.county.analysis.hotspot_states import HotspotKind, Verdict
from huiyin.county.document.rules import hash_of
from huiyin.county.journal.actions import plain
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality
from huiyin.county.supervision.models import TopicProposal
from huiyin.county.supervision.rules.proposals import ProposalEntry
from huiyin.county.supervision.states import Dimension, TopicSource
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal

UNKNOWN_LINE = "hotspot.unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was counted of a topic: its name, its numbers as plain values, whether they meet the hotspot rule."""

    label: str
    values: Mapping[str, object]
    is_hotspot: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One ordinary petition of the evidence: its number, nothing of its content."""

    petition_id: int
    number: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Frozen evidence as one reader sees it: the numbers, the lines open to them, how many are not, and its seal."""

    now: Mapping[str, int]
    past: Mapping[str, int]
    sentence: str
    rule: str
    lines: tuple[Line, ...]
    withheld: int
    is_chosen: bool
    hash: str
    is_intact: bool


def counted(entry: ProposalEntry, *, by: Staff, at: datetime) -> Evidence:
    """Count what a topic stands on: everything of its window as the hotspots count it, or the petitions chosen.

    A topic that came up in another way than by petitions may stand on none.
    """
    window = Period(entry.window_first_on, entry.window_last_on)
    if entry.numbers:
        return _of_chosen(entry, window, by=by, at=at)
    try:
        line = hotspots.hotspot(f"{entry.dimension.value}:{entry.key}", window, at=at)
    except Refusal as refusal:
        if refusal.code != UNKNOWN_LINE or entry.source is TopicSource.PETITIONS:
            raise
        return _evidence(entry, window, Tally(), at=at, is_chosen=False)
    values = _plain({**line.as_values(), "is_chosen": False})
    return Evidence(label=line.label, values=values, is_hotspot=line.is_hotspot)


def _of_chosen(entry: ProposalEntry, window: Period, *, by: Staff, at: datetime) -> Evidence:
    """Count the petitions that were chosen: ordinary ones of the window, whose content the writer may see."""
    wanted = {number.strip() for number in entry.numbers if number.strip()}
    ordinary = Petition.objects.visible_to(by).counted().filter(confidentiality=Confidentiality.ORDINARY.value)
    known = set(ordinary.filter(number__in=wanted).values_list("number", flat=True))
    missing = sorted(wanted - known)
    if missing:
        raise Refusal("topic_proposal.unknown_petition", f"没有信访件{missing[0]}，或它不能列为证据")
    letters = [one for one in hotspots.letters_of(window, at=at, names=hotspots.names_of()) if one.number in wanted]
    outside = sorted(wanted - {letter.number for letter in letters})
    if outside:
        raise Refusal("topic_proposal.outside_window", f"信访件{outside[0]}不在统计期间内")
    return _evidence(entry, window, tally(letters, window), at=at, is_chosen=True)


def _evidence(entry: ProposalEntry, window: Period, now: Tally, *, at: datetime, is_chosen: bool) -> Evidence:
    """Return the evidence of a topic that is no line of the hotspots, in the same form."""
    label = label_of(entry.dimension, entry.key)
    values = {
        "key": f"{entry.dimension.value}:{entry.key}",
        "kind": entry.dimension.value,
        "kind_label": entry.dimension.label,
        "code": entry.key,
        "label": label,
        "at": at,
        "first_on": window.first,
        "last_on": window.last,
        "now": values_of(now),
        "is_chosen": is_chosen,
    }
    return Evidence(label=label, values=_plain(values), is_hotspot=False)


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    frozen = plain(dict(values))
    assert isinstance(frozen, dict)
    return frozen


def label_of(dimension: Dimension, key: str) -> str:
    """Return a topic's name as people call it; refuse what is not there."""
    name = hotspots.names_of().labels[HotspotKind(dimension.value)].get(key)
    if name is None:
        raise Refusal("topic_proposal.unknown_key", f"没有这个{dimension.label}")
    return name


def shown(proposal: TopicProposal, *, by: Staff) -> Shown:
    """Return the evidence as it was frozen; a number that this reader may not see is counted and not named."""
    values = proposal.evidence
    now = values["now"]
    lines = tuple(Line(pk, number) for pk, number in zip(now["petition_ids"], now["numbers"], strict=True))
    listed = set(Petition.objects.listed_for(by).filter(pk__in=now["petition_ids"]).values_list("pk", flat=True))
    opened = tuple(line for line in lines if line.petition_id in listed)
    return Shown(
        now=now,
        past={} if values.get("verdict") == Verdict.NO_PAST.value else values.get("past", {}),
        sentence=values.get("sentence", ""),
        rule=values.get("rule", {}).get("words", ""),
        lines=opened,
        withheld=len(lines) - len(opened),
        is_chosen=values["is_chosen"],
        hash=proposal.evidence_hash,
        is_intact=hash_of(values) == proposal.evidence_hash,
    )
