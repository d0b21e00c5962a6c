"""Breakdowns: what a number is made of, beside the same days of the year before, and the petitions behind it.

A sealed item is counted and told apart by nothing but its channel and month: it stands on a line of its own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from huiyin.accounts.models import Staff
from huiyin.county.registry.states import Channel
from huiyin.kernel.periods import Period
from huiyin.platform.statistics.indicators import (
    CHANNELS_OF,
    PROMISES,
    ChannelGroup,
    Indicator,
    indicator_of,
)

from . import items, queries, rules
from .asking import Value, rows_of, values_of
from .dividing import ELSEWHERE, ELSEWHERE_LABEL, NOBODY, SEALED, labels_of, place_keys, places_told
from .evidence import ReceiptEvidence
from .statements import CLASSIFIED
from .states import Dimension, Side

KEYS: Mapping[Dimension, str] = {
    Dimension.FIELD: "COALESCE(left(k.category_code, 2), '')",
    Dimension.CLASS: "COALESCE(left(k.category_code, 4), '')",
    Dimension.UNIT: items.UNIT_CODE,
    Dimension.PLACE: "COALESCE(p.place, '')",
    Dimension.CHANNEL: "i.channel",
    Dimension.PURPOSE: "COALESCE(k.purpose, '')",
    Dimension.RECURRENCE: "COALESCE(k.recurrence, '')",
    Dimension.GROUP: "CASE WHEN p.is_group THEN 'group' WHEN p.is_joint THEN 'joint' "
    "WHEN p.id IS NULL THEN '' ELSE 'single' END",
    Dimension.LEADER: items.LEADER_NAME,
    Dimension.MONTH: "to_char(i.day, 'YYYY-MM')",
}
TELLS_NOTHING = frozenset({Dimension.CHANNEL, Dimension.MONTH})
PROMISE_CODES = frozenset(one.code for one in PROMISES)


@dataclass(frozen=True, slots=True)
class Division:
    """One line of a breakdown, beside the same line of the year before."""

    key: str
    label: str
    part: int
    whole: int
    part_before: int
    whole_before: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One number by one dimension; ``before`` and ``at_before`` say what it is compared with."""

    indicator: Indicator
    dimension: Dimension
    group: ChannelGroup
    period: Period
    at: datetime
    before: Period
    at_before: datetime
    divisions: tuple[Division, ...]

    @property
    def total(self) -> Division:
        """Return the number itself: the sum of its divisions."""
        sums = (
            sum(getattr(one, name) for one in self.divisions)
            for name in ("part", "whole", "part_before", "whole_before")
        )
        return Division("", "合计", *sums)


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a number: its petitions, and how many receipts nobody has registered yet."""

    petition_ids: tuple[int, ...]
    unregistered: int
    counted: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was counted, under the key of a dimension."""

    petition_id: int | None
    key: str
    is_part: bool


def breakdown(
    code: str, period: Period, *, at: datetime, by: Dimension, group: ChannelGroup = ChannelGroup.ALL
) -> Breakdown:
    """Return a number divided by a dimension, beside the same days of the year before as they stood then.

    The number of statements depends on neither the number of petitions nor that of the divisions.
    """
    indicator = indicator_of(code)
    before, at_before = period.previous_year(), rules.same_moment_last_year(at)
    now = _sums(indicator, period, at=at, by=by, group=group)
    then = _sums(indicator, before, at=at_before, by=by, group=group)
    if by is Dimension.MONTH:
        then = {_year_later(key): sums for key, sums in then.items()}
        keys = {f"{one.first:%Y-%m}": None for one in period.months()} | dict.fromkeys((*now, *then))
    else:
        keys = dict.fromkeys((*now, *then))
    labels = labels_of(by, keys)
    divisions = [Division(key, labels[key], *now.get(key, (0, 0)), *then.get(key, (0, 0))) for key in keys]
    return Breakdown(
        indicator=indicator,
        dimension=by,
        group=group,
        period=period,
        at=at,
        before=before,
        at_before=at_before,
        divisions=tuple(sorted(divisions, key=lambda one: _order(one, by))),
    )


def for_reader(found: Breakdown, by: Staff) -> Breakdown:
    """Return a breakdown as this person may read it: a written place of petitions kept from them is 其他属地."""
    if found.dimension is not Dimension.PLACE:
        return found
    told = places_told((one.key for one in found.divisions), by)
    kept = [one for one in found.divisions if one.key in told]
    rest = [one for one in found.divisions if one.key not in told]
    if not rest:
        return found
    added = replace(found, divisions=tuple(rest)).total
    kept.append(replace(added, key=ELSEWHERE, label=ELSEWHERE_LABEL))
    return replace(found, divisions=tuple(sorted(kept, key=lambda one: _order(one, found.dimension))))


def _year_later(month: str) -> str:
    year, _, number = month.partition("-")
    return f"{int(year) + 1:04d}-{number}"


def _order(one: Division, by: Dimension) -> tuple[bool, bool, int, str]:
    """Return where a line stands: months in their order, the rest by size; what is not told apart comes last."""
    size = 0 if by is Dimension.MONTH else -one.whole
    return (one.key == SEALED, one.key == NOBODY, size, one.key)


def _sums(
    indicator: Indicator, period: Period, *, at: datetime, by: Dimension, group: ChannelGroup
) -> dict[str, tuple[int, int]]:
    """Return part and whole under each key."""
    if indicator.code in PROMISE_CODES:
        return _summed(_of_receipts(indicator, period, at=at, by=by, group=group))
    statement = f"""
    WITH {items.ITEMS}
    SELECT {_key(by)}, sum(i.part)::bigint, sum(i.whole)::bigint {_from(by)} GROUP BY 1
    """  # put together from the constants above
    rows = rows_of(statement, {**_values(period, at, group), "indicator": indicator.code})
    return _joined(((key, part, whole) for key, part, whole in rows), by)


def _joined(rows: Iterable[tuple[str, int, int]], by: Dimension) -> dict[str, tuple[int, int]]:
    """Return the sums with written places under their township."""
    rows = [*rows]
    known = place_keys(key for key, _, _ in rows) if by is Dimension.PLACE else {}
    parts: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    for written, part, whole in rows:
        key = known.get(written, written)
        parts[key] += part
        wholes[key] += whole
    return {key: (parts[key], wholes[key]) for key in wholes}


def _summed(found: Iterable[tuple[str, bool]]) -> dict[str, tuple[int, int]]:
    parts: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    for key, is_kept in found:
        parts[key] += is_kept
        wholes[key] += 1
    return {key: (parts[key], wholes[key]) for key in wholes}


def _values(period: Period, at: datetime, group: ChannelGroup) -> dict[str, Value]:
    return values_of(period, at, [Channel(one) for one in CHANNELS_OF[group]])


def _key(by: Dimension) -> str:
    """Return by what a petition is told apart; a sealed one is not."""
    if by in TELLS_NOTHING:
        return KEYS[by]
    return f"CASE WHEN p.confidentiality <> 'ordinary' THEN '{SEALED}' ELSE {KEYS[by]} END"


def _from(by: Dimension) -> str:
    classified = f"LEFT JOIN LATERAL ({CLASSIFIED}) k ON true" if "k." in KEYS[by] else ""
    return f"""
    FROM items i LEFT JOIN county_petition p ON p.id = i.petition_id {classified}
    WHERE i.indicator = %(indicator)s"""


def _keys_of_receipts(period: Period, *, at: datetime, by: Dimension, group: ChannelGroup) -> dict[int, str]:
    statement = f"SELECT r.id, {_key(by)} {items.OF_RECEIPTS}"  # put together from constants
    rows = rows_of(statement, _values(period, at, group))
    known = place_keys(key for _, key in rows) if by is Dimension.PLACE else {}
    return {receipt_id: known.get(key, key) for receipt_id, key in rows}


def _of_receipts(
    indicator: Indicator, period: Period, *, at: datetime, by: Dimension, group: ChannelGroup
) -> Iterator[tuple[str, bool]]:
    channels = frozenset(Channel(one) for one in CHANNELS_OF[group])
    receipts = queries.evidence_of(period, at=at, channels=channels)
    keys = _keys_of_receipts(period, at=at, by=by, group=group)
    for receipt in receipts:
        if rules.counts(receipt, indicator):
            yield keys[receipt.receipt_id], not rules.missing_of(receipt, indicator)


def behind(
    code: str,
    period: Period,
    *,
    at: datetime,
    side: Side,
    by: Dimension = Dimension.CHANNEL,
    key: str | None = None,
    group: ChannelGroup = ChannelGroup.ALL,
) -> Behind:
    """Return the petitions that a number counts, or leaves out of its part: all, or those under one key.

    Whoever shows them asks the visibility policy which of them may be listed.
    """
    indicator = indicator_of(code)
    if indicator.code in PROMISE_CODES:
        found = _receipts_behind(indicator, period, at=at, by=by, group=group)
    else:
        found = _items_behind(indicator, period, at=at, by=by, group=group)
    wanted = [
        one
        for one in found
        if (key is None or one.key == key) and (side is Side.WHOLE or one.is_part is (side is Side.PART))
    ]
    return Behind(
        petition_ids=tuple(dict.fromkeys(one.petition_id for one in wanted if one.petition_id is not None)),
        unregistered=sum(one.petition_id is None for one in wanted) if indicator.code in PROMISE_CODES else 0,
        counted=len(wanted),
    )


def _items_behind(
    indicator: Indicator, period: Period, *, at: datetime, by: Dimension, group: ChannelGroup
) -> list[Item]:
    statement = f"""
    WITH {items.ITEMS}
    SELECT i.petition_id, {_key(by)}, i.part > 0 {_from(by)} ORDER BY i.petition_id
    """  # put together from the constants above
    rows = rows_of(statement, {**_values(period, at, group), "indicator": indicator.code})
    known = place_keys(key for _, key, _ in rows) if by is Dimension.PLACE else {}
    return [Item(petition_id, known.get(key, key), is_part) for petition_id, key, is_part in rows]


def _receipts_behind(
    indicator: Indicator, period: Period, *, at: datetime, by: Dimension, group: ChannelGroup
) -> list[Item]:
    channels = frozenset(Channel(one) for one in CHANNELS_OF[group])
    receipts = queries.evidence_of(period, at=at, channels=channels)
    keys = _keys_of_receipts(period, at=at, by=by, group=group)
    return [
        item
        for receipt in receipts
        if rules.counts(receipt, indicator)
        for item in _of_receipt(receipt, indicator, keys[receipt.receipt_id])
    ]


def _of_receipt(receipt: ReceiptEvidence, indicator: Indicator, key: str) -> Iterator[Item]:
    """Yield the petitions of a receipt; what lacks something is out of the part although another of it is not."""
    lacking = {line.petition_id for line in rules.missing_of(receipt, indicator)}
    petitions: list[int | None] = [one.petition_id for one in receipt.petitions]
    for petition_id in petitions or [None]:
        yield Item(petition_id, key, petition_id not in lacking)


def trend(
    code: str, period: Period, *, at: datetime, group: ChannelGroup = ChannelGroup.ALL
) -> tuple[tuple[Period, int, int], ...]:
    """Return part and whole of a number in each calendar month that the period touches."""
    sums = _sums(indicator_of(code), period, at=at, by=Dimension.MONTH, group=group)
    return tuple((one, *sums.get(f"{one.first:%Y-%m}", (0, 0))) for one in period.months())
