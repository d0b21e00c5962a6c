"""热点: from petitions with their matters to a table that says what is risen and what only seems so (DOMAIN §8).

Everything is counted over matters: one person with twenty letters is one matter. A matter counts once under each class,
tag, place, unit or statute that its petitions of the window bear.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import READS_PETITIONS, Role
from huiyin.kernel.chance import LEVEL, Difference, Interval, count_interval
from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import Period
from huiyin.kernel.refusal import Refusal

from .hotspot_states import Ground, HotspotKind, Verdict

PLACES = 2


@dataclass(frozen=True, slots=True)
class HotspotRule:
    """热点标准: at least so many matters, and either risen by so many percent or among the first so many."""

    min_matters: int = 5
    rise_percent: int = 30
    first: int = 5

    @property
    def words(self) -> str:
        """Return the rule as it is printed beside every table."""
        return (
            f"不少于{self.min_matters}个信访事项，并且比上年同期增加{self.rise_percent}%以上，"
            f"或者件数居前{self.first}位"
        )


LIMITS: Mapping[str, tuple[str, int, int]] = {
    "min_matters": ("最少事项数", 2, 1000),
    "rise_percent": ("同比增幅", 0, 1000),
    "first": ("位次", 0, 50),
}


def check_may_see_hotspots(by: Person) -> None:
    """Refuse whoever is not shown the hotspots."""
    check_has_role(by, *sorted(READS_PETITIONS), act="查看热点")


def check_may_set_rule(by: Person) -> None:
    """Refuse whoever does not decide what counts as a hotspot."""
    check_has_role(by, Role.HEAD, act="调整热点标准")


may_set_rule = may(check_may_set_rule)


def check_rule(rule: HotspotRule, *, standing: HotspotRule, reason: str) -> None:
    """Refuse a rule out of bounds, one that changes nothing, and one without a reason."""
    for name, (label, least, most) in LIMITS.items():
        if not least <= getattr(rule, name) <= most:
            raise Refusal("hotspot.rule_out_of_bounds", f"{label}应在{least}至{most}之间")
    if rule == standing:
        raise Refusal("hotspot.rule_unchanged", "与现行标准相同，不需要保存")
    if not reason.strip():
        raise Refusal("hotspot.reason_missing", "请写明调整的理由")


@dataclass(frozen=True, slots=True)
class Letter:
    """One petition of either window: which matter it belongs to, since when that is known, and what it is about."""

    matter_id: int
    petition_id: int
    number: str
    received_on: date
    first_on: date
    keys: Mapping[HotspotKind, tuple[str, ...]]
    units: tuple[str, ...] = ()
    people: int = 1
    is_group: bool = False
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What one window holds of one line; of sealed petitions there is a number and nothing else."""

    matters: int = 0
    first: int = 0
    petitions: int = 0
    people: int = 0
    group_visits: int = 0
    sealed: int = 0
    units: tuple[str, ...] = ()
    matter_ids: tuple[int, ...] = field(default=(), repr=False)
    petition_ids: tuple[int, ...] = field(default=(), repr=False)
    numbers: tuple[str, ...] = field(default=(), repr=False)


def tally(letters: Iterable[Letter], window: Period) -> Tally:
    """Return the numbers of these petitions; people are those of each matter's greatest party."""
    rows = sorted(letters, key=lambda one: (one.received_on, one.petition_id))
    people: dict[int, int] = defaultdict(int)
    for row in rows:
        people[row.matter_id] = max(people[row.matter_id], row.people)
    shown = [row for row in rows if not row.is_sealed]
    return Tally(
        matters=len(people),
        first=len({row.matter_id for row in rows if window.contains(row.first_on)}),
        petitions=len(rows),
        people=sum(people.values()),
        group_visits=sum(row.is_group for row in rows),
        sealed=len(rows) - len(shown),
        units=tuple(sorted({unit for row in shown for unit in row.units})),
        matter_ids=tuple(dict.fromkeys(row.matter_id for row in shown)),
        petition_ids=tuple(row.petition_id for row in shown),
        numbers=tuple(row.number for row in shown),
    )


@dataclass(frozen=True)
class Hotspot:
    """One line: two windows side by side, whether it meets the rule, and what the numbers can tell."""

    kind: HotspotKind
    code: str
    label: str
    period: Period
    before: Period
    at: datetime
    rule: HotspotRule
    now: Tally
    past: Tally
    whole: int
    rank: int
    has_past: bool
    tested: int = 0
    adjusted: Fraction | None = None

    @property
    def key(self) -> str:
        """Return the name under which it is asked for again: ``tag:irrigation_fee``."""
        return f"{self.kind.value}:{self.code}"

    @cached_property
    def difference(self) -> Difference:
        """Return the two counts with the lengths of their windows."""
        return Difference(self.now.matters, self.past.matters, self.period.days, self.before.days)

    @cached_property
    def chance(self) -> Fraction:
        """Return how likely a difference as great is by chance, asked for this line alone."""
        return self.difference.chance

    @cached_property
    def interval(self) -> Interval:
        """Return between how many times the year before the true change lies, at 95 %."""
        return self.difference.interval()

    @cached_property
    def count_interval(self) -> Interval:
        """Return the exact interval of the number of matters itself."""
        return count_interval(self.now.matters)

    @property
    def has_risen(self) -> bool:
        """Whether it rose by as much as the rule asks; from nothing, anything is a rise."""
        if not self.has_past:
            return False
        now, past = self.now.matters, self.past.matters
        return now > past and now * 100 >= past * (100 + self.rule.rise_percent)

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Return why it is a hotspot; nothing where it is none."""
        if self.now.matters < self.rule.min_matters:
            return ()
        found = ((self.has_risen, Ground.RISEN), (self.rank <= self.rule.first, Ground.AMONG_FIRST))
        return tuple(ground for is_so, ground in found if is_so)

    @property
    def is_hotspot(self) -> bool:
        """Whether it meets the rule."""
        return bool(self.grounds)

    @property
    def verdict(self) -> Verdict:
        """Return what the two counts allow to be said, among all lines that were asked at once."""
        if not self.has_past:
            return Verdict.NO_PAST
        if not self.difference.can_tell():
            return Verdict.TOO_FEW
        if self.difference.direction == 0:
            return Verdict.SAME
        is_sure = self.adjusted is not None and self.adjusted <= LEVEL
        if self.difference.direction > 0:
            return Verdict.RISE if is_sure else Verdict.RISE_UNSURE
        return Verdict.FALL if is_sure else Verdict.FALL_UNSURE

    @property
    def change_words(self) -> str:
        """Return the change to the year before, never a percentage of nothing."""
        if not self.has_past:
            return "—"
        now, past = self.now.matters, self.past.matters
        if past == 0:
            return "上年为0" if now else "—"
        if now == past:
            return "0%"
        return (
            f"+{rounded(Fraction(100 * (now - past), past))}%" if now > past else f"-{percent_words(past - now, past)}"
        )

    @property
    def share_words(self) -> str:
        """Return which share of all matters of the window it has."""
        return percent_words(self.now.matters, self.whole)

    @property
    def interval_words(self) -> str:
        """Return the interval of the change as it is printed: 0.84 至 7.41 倍."""
        if not self.has_past or self.difference.both == 0:
            return "—"
        upper = f"至{rounded(self.interval.upper)}倍" if self.interval.upper is not None else "倍以上"
        return f"{rounded(self.interval.lower)}{upper}"

    @property
    def chance_words(self) -> str:
        """Return the chance as it is printed."""
        return chance_words(self.chance) if self.has_past and self.difference.both else "—"

    @property
    def sentence(self) -> str:
        """Return the whole line as one sentence that a person can read out."""
        head = f"{self.label}：{self.period.label}有{self.now.matters}个事项"
        if not self.has_past:
            return f"{head}；{self.verdict.label}"
        told = f"{head}，上年同期{self.past.matters}个（{self.change_words}）"
        if self.verdict is Verdict.TOO_FEW:
            return f"{told}；{self.verdict.label}"
        return (
            f"{told}；没有真实变化时，单凭偶然出现这样差别的可能为{self.chance_words}，"
            f"真实水平约为上年的{self.interval_words}（95%）；{self.verdict.label}"
        )

    def as_values(self) -> dict[str, object]:
        """Return everything as plain values, for evidence that is frozen: numbers, thresholds, moment, petitions."""
        return {
            "key": self.key,
            "kind": self.kind.value,
            "kind_label": self.kind.label,
            "code": self.code,
            "label": self.label,
            "at": self.at.isoformat(),
            "first_on": self.period.first.isoformat(),
            "last_on": self.period.last.isoformat(),
            "before_first_on": self.before.first.isoformat(),
            "before_last_on": self.before.last.isoformat(),
            "rule": {"min_matters": self.rule.min_matters, "rise_percent": self.rule.rise_percent}
            | {"first": self.rule.first, "words": self.rule.words},
            "now": values_of(self.now),
            "past": values_of(self.past),
            "whole": self.whole,
            "share": self.share_words,
            "rank": self.rank,
            "change": self.change_words,
            "chance": self.chance_words,
            "interval": self.interval_words,
            "tested": self.tested,
            "verdict": self.verdict.value,
            "verdict_label": self.verdict.label,
            "grounds": [ground.value for ground in self.grounds],
            "sentence": self.sentence,
        }


def values_of(window: Tally) -> dict[str, object]:
    """Return one window's numbers as plain values."""
    return {
        "matters": window.matters,
        "first": window.first,
        "petitions": window.petitions,
        "people": window.people,
        "group_visits": window.group_visits,
        "sealed": window.sealed,
        "units": list(window.units),
        "matter_ids": list(window.matter_ids),
        "petition_ids": list(window.petition_ids),
        "numbers": list(window.numbers),
    }


def rounded(value: Fraction) -> str:
    """Return a number with two decimals, half up."""
    hundred = 10**PLACES
    whole = (value * hundred * 2 + 1) // 2
    return f"{whole // hundred}.{whole % hundred:0{PLACES}d}"


def chance_words(chance: Fraction) -> str:
    """Return a probability in percent; what is rarer than one in ten thousand is said to be so."""
    return "小于0.01%" if chance < Fraction(1, 10_000) else f"{rounded(chance * 100)}%"


def place_of(written: str, townships: Mapping[str, str], villages: Mapping[str, str]) -> str:
    """Return the township that a place lies in, by name or by its village; what is not in the gazetteer stays itself.

    ``townships`` leads from names to codes, ``villages`` from names to their township's code.
    """
    if not written:
        return ""
    names = sorted({**villages, **townships}.items(), key=lambda item: (item[0] not in townships, -len(item[0])))
    return next((code for name, code in names if name in written), written)
