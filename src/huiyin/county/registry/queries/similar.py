"""Similar petitions: what may be the same person and the same matter, each with its reason in words (DOMAIN §4).

The software suggests and a person decides. The same person is found by the blind index; texts by their rarest pairs of
characters, most of which two letters on one matter share; what is found is compared exactly, and only what this person
may see is ever shown.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.office.models import Unit
from huiyin.county.registry import blind_index
from huiyin.county.registry.blind_index import Known, SameBy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality, PetitionerKind, State
from huiyin.kernel.text import meaningful_pairs, normalise, similarity

AT_MOST = 5
COMPARED_FIELDS = (
    "number", "state", "summary", "place", "received_on", "person_keys", "category_code", "category_path",
    "searchable", "owner_unit__name",
)  # fmt: skip
SHORTEST_TEXT = 4
# A pair of characters that more petitions have than this tells nothing; a candidate by text needs some that few have.
COMMON = 300
PAIRS_ASKED = 48
COMPARED = 80
TEXT_FROM = 0.3
SHOWN_FROM = 0.4
PERSON_LIMIT = 200
PLACE_SHORTEST = 3
WEIGHTS = {SameBy.IDENTITY: 0.95, SameBy.PHONE: 0.85, SameBy.NAME: 0.35}
PLACE, CATEGORY, UNIT, ACCUSED = 0.2, 0.1, 0.15, 0.8
TEXT = 0.95
# The same words from another village are seldom the same matter.
ELSEWHERE = 0.5
# The planner does not know how rare a pair is and would read the whole register once for each.
BY_INDEX, BY_CHOICE = "SET LOCAL enable_seqscan = off", "SET LOCAL enable_seqscan TO DEFAULT"
BY_PAIRS = """
    SELECT pair, array_agg(id)
    FROM unnest(%(pairs)s::text[]) pair,
         LATERAL (SELECT id FROM county_petition WHERE grams @> ARRAY[pair] LIMIT %(limit)s) found
    GROUP BY pair
"""


@dataclass(frozen=True, slots=True)
class Typed:
    """What the clerk has typed so far."""

    people: tuple[Known, ...] = ()
    place: str = ""
    summary: str = ""
    category_code: str = ""
    accused: tuple[str, ...] = ()
    kind: PetitionerKind = PetitionerKind.NAMED


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier petition that may be the same matter, how sure that is, and why."""

    petition_id: int
    number: str
    state: State
    summary: str
    received_on: date
    unit: str
    score: float
    reasons: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Return the score in whole per cent."""
        return round(100 * self.score)


def similar(typed: Typed, *, by: Staff, besides: int | None = None) -> tuple[Similar, ...]:
    """Return at most five earlier petitions that this person may see, the most alike first."""
    keys = blind_index.keys_of(typed.people)
    accused = _accused(typed, by)
    by_person = _found_by_person(keys, by)
    by_accused = _found_by_accused(accused, by)
    by_text = _found_by_text(typed.summary)
    wanted = {*by_person, *by_accused, *by_text} - {besides}
    if not wanted:
        return ()
    units = _units_named(typed.summary)
    rows = (
        Petition.objects.visible_to(by)
        .counted()
        .filter(pk__in=wanted)
        .exclude(confidentiality=Confidentiality.NUMBER_ONLY.value)
        .select_related("owner_unit")
        .only(*COMPARED_FIELDS)
    )
    known = set(keys)
    found = (_compared(row, typed, known=known, units=units, is_accused=row.pk in by_accused) for row in rows)
    likely = [one for one in found if one is not None]
    return tuple(sorted(likely, key=lambda one: (-one.score, -one.received_on.toordinal(), -one.petition_id))[:AT_MOST])


def _accused(typed: Typed, by: Staff) -> tuple[str, ...]:
    """Return the accused names to compare: of an anonymous accusation, and for the restricted officer alone."""
    if Role.RESTRICTED not in by.role_set or typed.kind is PetitionerKind.NAMED:
        return ()
    return tuple(name.strip() for name in typed.accused if name.strip())


def _found_by_person(keys: Sequence[str], by: Staff) -> set[int]:
    if not keys:
        return set()
    rows = Petition.objects.visible_to(by).filter(person_keys__overlap=keys).by_day()
    return set(rows.values_list("pk", flat=True)[:PERSON_LIMIT])


def _found_by_accused(accused: Sequence[str], by: Staff) -> set[int]:
    if not accused:
        return set()
    rows = Petition.objects.visible_to(by).filter(accused__name__in=accused).by_day()
    return set(rows.values_list("pk", flat=True)[:PERSON_LIMIT])


def _found_by_text(text: str) -> set[int]:
    """Return the petitions that share the rarest pairs with a text; those that are everywhere tell nothing."""
    pairs = sorted(meaningful_pairs(text))
    if len(pairs) < SHORTEST_TEXT:
        return set()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
        cursor.execute(BY_PAIRS, {"pairs": _spread(pairs), "limit": COMMON + 1})
        lists = [ids for _, ids in cursor.fetchall() if len(ids) <= COMMON]
        cursor.execute(BY_CHOICE)
    weights: dict[int, float] = defaultdict(float)
    for ids in lists:
        for pk in ids:
            weights[pk] += math.log(2 * COMMON / len(ids))
    return set(sorted(weights, key=lambda pk: (-weights[pk], -pk))[:COMPARED])


def _spread(pairs: Sequence[str]) -> list[str]:
    """Return at most as many pairs as are asked, taken evenly from all of them."""
    if len(pairs) <= PAIRS_ASKED:
        return list(pairs)
    return [pairs[position * len(pairs) // PAIRS_ASKED] for position in range(PAIRS_ASKED)]


def _units_named(text: str) -> dict[str, str]:
    """Return the units that a text names, in full or without the county's sign, and how they are named there."""
    bare = normalise(text)
    named = {}
    for name in Unit.objects.filter(is_active=True).values_list("name", flat=True):
        short = name.removeprefix("县")
        if len(short) >= PLACE_SHORTEST and normalise(short) in bare:
            named[name] = normalise(short)
    return named


def _compared(
    row: Petition, typed: Typed, *, known: set[str], units: dict[str, str], is_accused: bool
) -> Similar | None:
    """Return how alike a petition is and why, or None where it is not likely the same."""
    ways = {blind_index.same_by(key) for key in row.person_keys if key in known}
    alike = similarity(typed.summary, row.summary)
    weighed = [(WEIGHTS[way], f"同人：{way.label}") for way in SameBy if way in ways]
    if is_accused:
        weighed.append((ACCUSED, "被检举控告人相同"))
    if alike >= TEXT_FROM:
        here = TEXT * (ELSEWHERE if _is_elsewhere(row.place, typed.place) else 1)
        weighed.append((here * alike, f"概况相似{round(100 * alike)}%"))
    if not weighed:
        return None
    weighed += _circumstances(row, typed, units=units)
    score = 1 - math.prod(1 - weight for weight, _ in weighed)
    if score < SHOWN_FROM:
        return None
    return Similar(
        petition_id=row.pk,
        number=row.number,
        state=State(row.state),
        summary=row.summary,
        received_on=row.received_on,
        unit=row.owner_unit.name if row.owner_unit else "信访办公室",
        score=score,
        reasons=tuple(words for _, words in weighed),
    )


def _is_same_place(one: str, other: str) -> bool:
    """Return whether one place is named within the other: 上湾村 is 柳溪镇上湾村."""
    here, there = normalise(one), normalise(other)
    return min(len(here), len(there)) >= PLACE_SHORTEST and (here in there or there in here)


def _is_elsewhere(one: str, other: str) -> bool:
    """Return whether both places are known and are not the same."""
    return min(len(one.strip()), len(other.strip())) >= PLACE_SHORTEST and not _is_same_place(one, other)


def _circumstances(row: Petition, typed: Typed, *, units: dict[str, str]) -> Iterable[tuple[float, str]]:
    """Yield what makes a likely one likelier: same place, same class, same unit."""
    if _is_same_place(row.place, typed.place):
        yield PLACE, f"同地点：{row.place}"
    if typed.category_code and row.category_code == typed.category_code:
        yield CATEGORY, f"同类：{row.category_path}"
    owner = row.owner_unit.name if row.owner_unit else ""
    same = next((name for name, short in units.items() if name == owner or short in row.searchable), "")
    if same:
        yield UNIT, f"同单位：{same}"
