"""热点分析: every line of a window at once, judged together, with what is said when nothing survives (DOMAIN §8)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from huiyin.kernel.chance import Difference, holm
from huiyin.kernel.periods import Period

from .hotspot_rules import Hotspot, HotspotRule, Letter, Tally, tally
from .hotspot_states import Ground, HotspotKind, Verdict

# A ledger that begins so much later than the window did cannot be compared with.
LEDGER_MAY_BEGIN = timedelta(days=31)


@dataclass(frozen=True)
class HotspotTable:
    """热点分析: every line of a window, with how many were asked at once and what came of it."""

    kind: HotspotKind
    period: Period
    before: Period
    at: datetime
    rule: HotspotRule
    whole: Tally
    whole_past: Tally
    has_past: bool
    lines: tuple[Hotspot, ...]

    @property
    def hotspots(self) -> tuple[Hotspot, ...]:
        """Return the lines that meet the rule."""
        return tuple(line for line in self.lines if line.is_hotspot)

    @property
    def tested(self) -> int:
        """Return how many lines have enough matters to tell anything."""
        return next((line.tested for line in self.lines), 0)

    @property
    def sure(self) -> tuple[Hotspot, ...]:
        """Return the lines whose change is more than chance."""
        return tuple(line for line in self.lines if line.verdict in {Verdict.RISE, Verdict.FALL})

    @property
    def note(self) -> str:
        """Return what is printed under the table about chance, also when nothing survives."""
        if not self.has_past:
            return "上年同期登记不全，不比较升降；只按件数位次列出热点。"
        if not self.tested:
            return "各项两年的事项数都太少，怎样升降都可能是偶然，不判断升降。"
        method = f"共有{self.tested}项数量足以比较，放在一起判断（霍尔姆法），其中误报哪怕一项的可能不超过5%。"
        if not self.sure:
            return f"{method}没有一项的升降能排除偶然；达到标准的热点仍列出，供选题时参考。"
        names = "、".join(f"{line.label}（{line.verdict.label}）" for line in self.sure)
        return f"{method}能排除偶然的：{names}。"


def table_of(
    letters: Iterable[Letter],
    *,
    kind: HotspotKind,
    labels: Mapping[str, str],
    period: Period,
    at: datetime,
    rule: HotspotRule,
    ledger_begins_on: date | None,
) -> HotspotTable:
    """Return the lines of one window beside the year before, the hotspots first, each with its share and its chance."""
    before, rows = period.previous_year(), list(letters)
    now, past = _by_key(rows, kind, period), _by_key(rows, kind, before)
    tallies = {
        key: (tally(now.get(key, ()), period), tally(past.get(key, ()), before)) for key in sorted({*now, *past} - {""})
    }
    whole, whole_past = (tally(_within(rows, window), window) for window in (period, before))
    has_past = _has_past(whole_past, before, ledger_begins_on)
    adjusted = _adjusted(tallies, period, before) if has_past else {}
    lines = (
        Hotspot(
            kind=kind,
            code=key,
            label=labels.get(key, key),
            period=period,
            before=before,
            at=at,
            rule=rule,
            now=one,
            past=other,
            whole=whole.matters,
            rank=1 + sum(another.matters > one.matters for another, _ in tallies.values()),
            has_past=has_past,
            tested=len(adjusted),
            adjusted=adjusted.get(key),
        )
        for key, (one, other) in tallies.items()
    )
    ranked = sorted(lines, key=lambda line: (not line.is_hotspot, -line.now.matters, -line.past.matters, line.code))
    return HotspotTable(kind, period, before, at, rule, whole, whole_past, has_past, tuple(ranked))


def _within(letters: Iterable[Letter], window: Period) -> list[Letter]:
    return [row for row in letters if window.contains(row.received_on)]


def _has_past(whole_past: Tally, before: Period, ledger_begins_on: date | None) -> bool:
    """Return whether the earlier window can be compared with: the ledger covers it and holds something in it."""
    if ledger_begins_on is None or whole_past.matters == 0:
        return False
    return ledger_begins_on <= before.first + LEDGER_MAY_BEGIN


def _adjusted(tallies: Mapping[str, tuple[Tally, Tally]], period: Period, before: Period) -> dict[str, Fraction]:
    """Return the chance of each line that can tell anything, as it counts among all of them."""
    differences = {
        key: Difference(one.matters, other.matters, period.days, before.days) for key, (one, other) in tallies.items()
    }
    return holm({key: one.chance for key, one in differences.items() if one.can_tell()})


def _by_key(letters: Iterable[Letter], kind: HotspotKind, window: Period) -> dict[str, list[Letter]]:
    """Return the petitions of a window under each key that their matter bears in it."""
    of_matter: dict[int, list[Letter]] = defaultdict(list)
    for row in _within(letters, window):
        of_matter[row.matter_id].append(row)
    found: dict[str, list[Letter]] = defaultdict(list)
    for rows in of_matter.values():
        for key in {key for row in rows for key in row.keys[kind]}:
            found[key].extend(rows)
    return found


def window_at(period: Period, today: date) -> Period:
    """Return the part of a period that has passed: a year that still runs is compared up to the same day."""
    return Period(period.first, today) if period.contains(today) else period


def early(table: HotspotTable) -> tuple[Hotspot, ...]:
    """Return the lines that are worth an early word: risen as the rule asks, and enough to tell anything."""
    return tuple(line for line in table.hotspots if Ground.RISEN in line.grounds and line.difference.can_tell())
