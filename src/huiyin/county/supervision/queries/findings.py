"""Questions about findings: what the office sees of the matters behind them, and the little that goes outward."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality
from huiyin.county.supervision.finding_models import Finding, FindingMatter
from huiyin.county.supervision.opinion_states import Severity
from huiyin.county.supervision.statutes import cited

NO_CLASS, NO_PLACE = "未归类", "地点未填"


@dataclass(frozen=True, slots=True)
class Anonymous:
    """What is told outward of the matters behind a finding: how many, of which classes, from where."""

    matters: int
    classes: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, int], ...]

    @property
    def words(self) -> str:
        """Return it as a sentence; nothing where no matter is linked."""
        if not self.matters:
            return ""
        told = [_listed(counts) for counts in (self.classes, self.places) if counts]
        return f"涉及信访事项{self.matters}件" + (f"（{'；'.join(told)}）" if told else "")


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return "、".join(f"{name}{count}件" for name, count in counts)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding as it is shown and reported: nothing in it tells who petitioned."""

    id: int
    position: int
    fact: str
    unit_code: str
    unit_name: str
    severity: str
    severity_label: str
    basis: str
    statute_code: str
    article: str
    view_asked: bool
    view: str
    behind: Anonymous

    def as_values(self) -> dict[str, object]:
        """Return it as plain values, to be frozen in a report."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class LinkedMatter:
    """A matter behind a finding, as the office sees it: its petitions as far as this person may see them."""

    matter_id: int
    category: str
    place: str
    petitions: tuple[tuple[int, str], ...]
    withheld: int


def list_of(activity_id: int) -> tuple[FindingLine, ...]:
    """Return the findings on an activity's list in their order."""
    rows = Finding.objects.filter(activity=activity_id, withdrawn_at=None).select_related("unit").order_by("position")
    found = list(rows)
    behind = _behind([row.pk for row in found])
    return tuple(_line(row, behind[row.pk]) for row in found)


def _line(row: Finding, behind: Anonymous) -> FindingLine:
    severity = Severity(row.severity)
    return FindingLine(
        id=row.pk,
        position=row.position,
        fact=row.fact,
        unit_code=row.unit.code,
        unit_name=row.unit.name,
        severity=severity.value,
        severity_label=severity.label,
        basis=cited(row.statute_code, [row.article] if row.article else []),
        statute_code=row.statute_code,
        article=row.article,
        view_asked=row.view_asked_at is not None,
        view=row.view,
        behind=behind,
    )


def _open_links(finding_ids: Iterable[int]) -> list[FindingMatter]:
    """Return the links that count: a matter sealed after it was linked is behind nothing any more."""
    links = FindingMatter.objects.filter(finding__in=list(finding_ids), unlinked_at=None).order_by("pk")
    sealed = Petition.objects.exclude(confidentiality=Confidentiality.ORDINARY.value)
    return list(links.exclude(matter__in=sealed.values("matter")))


def _behind(finding_ids: list[int]) -> dict[int, Anonymous]:
    links = _open_links(finding_ids)
    return {pk: _anonymous([link for link in links if link.finding_id == pk]) for pk in finding_ids}


def _anonymous(links: list[FindingMatter]) -> Anonymous:
    classes = Counter(link.category_path or NO_CLASS for link in links)
    places = Counter(link.place or NO_PLACE for link in links if any(one.place for one in links))
    return Anonymous(matters=len(links), classes=_ranked(classes), places=_ranked(places))


def _ranked(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def matters_of(finding_id: int, *, by: Staff) -> tuple[LinkedMatter, ...]:
    """Return the matters behind a finding with those of their petitions that this person may see."""
    links = _open_links([finding_id])
    keys = [link.matter_id for link in links]
    every = Counter(Petition.objects.counted().filter(matter__in=keys).values_list("matter_id", flat=True))
    visible = Petition.objects.visible_to(by).counted().filter(matter__in=keys).order_by("received_on", "pk")
    seen: dict[int, list[tuple[int, str]]] = {key: [] for key in keys}
    for pk, number, matter_id in visible.values_list("pk", "number", "matter_id"):
        seen[matter_id].append((pk, number))
    return tuple(
        LinkedMatter(
            matter_id=link.matter_id,
            category=link.category_path or NO_CLASS,
            place=link.place or NO_PLACE,
            petitions=tuple(seen[link.matter_id]),
            withheld=every[link.matter_id] - len(seen[link.matter_id]),
        )
        for link in links
    )
