"""承办单位评价: what a unit did with what it was given, beside the other units, without shaming small numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.county.oversight.states import COUNTS_AGAINST_UNIT, Level
from huiyin.kernel.chance import LEVEL, Contrast, holm, share_interval
from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import Period
from huiyin.kernel.text import meaningful_pairs
from huiyin.kernel.words import Word

NEAR_COPY_FROM = 0.8
COMPARED = 30


class Measure(Word):
    """评价指标: a part of a whole that says something of a unit."""

    ON_TIME = "on_time", "按期反馈"
    RETURNED = "returned", "退回补正"
    OBJECTION_REFUSED = "objection_refused", "异议不成立"
    REPEATED = "repeated", "办结后重复信访"
    SATISFIED = "satisfied", "满意和基本满意"
    NEAR_COPY = "near_copy", "反馈雷同"


SENTENCES: Mapping[Measure, str] = {
    Measure.ON_TIME: (
        "报结期限在本期到期的交办件中，期限当日或以前首次反馈的件数；不含涉法涉诉件；尚未到期又未反馈的不计。"
    ),
    Measure.RETURNED: "上一项中已经反馈的交办件里，被退回补正过的件数。",
    Measure.OBJECTION_REFUSED: "本期提出并已有结论的异议中，结论为不同意（应由该单位承办）的次数。",
    Measure.REPEATED: ("本期办结、由该单位主办的信访件中，办结后同一事项又来信来访的件数；不含涉法涉诉件。"),
    Measure.SATISFIED: "本期评价、由该单位主办的信访件中，评价为满意或基本满意的件数。",
    Measure.NEAR_COPY: (
        f"本期各次反馈中，与该单位此前{COMPARED}次内对其他信访件的反馈相似八成以上的次数；是否照搬由人判断。"
    ),
}
MORE_IS_BETTER = frozenset({Measure.ON_TIME, Measure.SATISFIED})


class Standing(Word):
    """与其他单位比较: what two shares allow to be said."""

    BETTER = "better", "好于其他单位"
    WORSE = "worse", "差于其他单位"
    ALIKE = "alike", "与其他单位分不出差别"
    TOO_FEW = "too_few", "数量太少，无法比较"
    NOTHING = "nothing", "本期没有"


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One thing that stands behind a number: the petition, the paper and the day."""

    day: date
    petition_number: str
    petition_id: int
    paper: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, with what is behind both."""

    measure: Measure
    items: tuple[Item, ...] = ()
    parts: tuple[Item, ...] = ()

    @property
    def part(self) -> int:
        """Return how many."""
        return len(self.parts)

    @property
    def whole(self) -> int:
        """Return of how many."""
        return len(self.items)

    @property
    def percent(self) -> str:
        """Return the percentage as it is printed beside part and whole."""
        return percent_words(self.part, self.whole)

    @property
    def interval_words(self) -> str:
        """Return between which percentages the unit's true share lies, at 95 %; nothing of nothing."""
        if not self.whole:
            return "—"
        found = share_interval(self.part, self.whole)
        assert found.upper is not None
        return f"{round(float(found.lower) * 100)}%至{round(float(found.upper) * 100)}%"


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One unit in one period, as of a moment."""

    unit_code: str
    unit_name: str
    period: Period
    at: datetime
    given: tuple[Item, ...]
    shares: Mapping[Measure, Share]
    steps: Mapping[Level, tuple[Item, ...]]
    objections: Mapping[str, tuple[Item, ...]]
    overdue: tuple[Item, ...]

    @property
    def has_anything(self) -> bool:
        """Whether there is anything to say of the unit."""
        return bool(
            self.given
            or self.overdue
            or any(share.items for share in self.shares.values())
            or any(self.steps.values())
            or any(self.objections.values())
        )

    @property
    def grave_steps(self) -> int:
        """Return how many steps count against the unit: from 督办函 on."""
        return sum(len(items) for level, items in self.steps.items() if level in COUNTS_AGAINST_UNIT)

    @property
    def petition_ids(self) -> frozenset[int]:
        """Return every petition that stands behind a number of the card."""
        every = (
            *self.given,
            *self.overdue,
            *(item for share in self.shares.values() for item in share.items),
            *(item for items in self.steps.values() for item in items),
            *(item for items in self.objections.values() for item in items),
        )
        return frozenset(item.petition_id for item in every)


@dataclass(frozen=True, slots=True)
class Compared:
    """One share of a unit beside that of all other units together."""

    share: Share
    others_part: int
    others_whole: int
    standing: Standing

    @property
    def others_percent(self) -> str:
        """Return the others' percentage."""
        return percent_words(self.others_part, self.others_whole)


@dataclass(frozen=True)
class Board:
    """Every unit of a period, each compared with the others; nobody is given a rank."""

    period: Period
    at: datetime
    cards: tuple[Scorecard, ...]
    compared: Mapping[tuple[str, Measure], Compared]

    def card(self, unit_code: str) -> Scorecard | None:
        """Return a unit's card."""
        return next((card for card in self.cards if card.unit_code == unit_code), None)

    def of_unit(self, unit_code: str) -> tuple[Compared, ...]:
        """Return a unit's shares beside the others'."""
        return tuple(self.compared[unit_code, measure] for measure in Measure)

    def total(self, measure: Measure) -> tuple[int, int]:
        """Return part and whole of all units together."""
        shares = [card.shares[measure] for card in self.cards]
        return sum(share.part for share in shares), sum(share.whole for share in shares)


def board_of(cards: Sequence[Scorecard], *, period: Period, at: datetime) -> Board:
    """Return the units with their comparisons; per measure all units are judged at once (Holm)."""
    compared: dict[tuple[str, Measure], Compared] = {}
    for measure in Measure:
        compared |= _compared(cards, measure)
    return Board(period, at, tuple(cards), compared)


def _compared(cards: Sequence[Scorecard], measure: Measure) -> dict[tuple[str, Measure], Compared]:
    parts = sum(card.shares[measure].part for card in cards)
    wholes = sum(card.shares[measure].whole for card in cards)
    contrasts = {
        card.unit_code: Contrast(
            card.shares[measure].part,
            card.shares[measure].whole,
            parts - card.shares[measure].part,
            wholes - card.shares[measure].whole,
        )
        for card in cards
    }
    adjusted = holm({code: one.chance for code, one in contrasts.items() if one.can_tell()})
    return {
        (card.unit_code, measure): Compared(
            card.shares[measure],
            contrasts[card.unit_code].other_part,
            contrasts[card.unit_code].other_whole,
            _standing(contrasts[card.unit_code], measure, is_sure=adjusted.get(card.unit_code, LEVEL + 1) <= LEVEL),
        )
        for card in cards
    }


def _standing(contrast: Contrast, measure: Measure, *, is_sure: bool) -> Standing:
    if contrast.whole == 0:
        return Standing.NOTHING
    if not contrast.can_tell():
        return Standing.TOO_FEW
    if not is_sure or contrast.direction == 0:
        return Standing.ALIKE
    return Standing.BETTER if (contrast.direction > 0) is (measure in MORE_IS_BETTER) else Standing.WORSE


@dataclass(frozen=True, slots=True)
class Written:
    """One report of a unit in its own words."""

    key: int
    petition_id: int
    text: str


def near_copies(reports: Iterable[Written]) -> frozenset[int]:
    """Return which of a unit's reports, in their order, are near copies of one before, made of another petition."""
    earlier: list[tuple[int, set[str]]] = []
    found: set[int] = set()
    for report in reports:
        pairs = meaningful_pairs(report.text)
        if any(
            petition_id != report.petition_id and alike(pairs, before) >= NEAR_COPY_FROM
            for petition_id, before in earlier[-COMPARED:]
        ):
            found.add(report.key)
        earlier.append((report.petition_id, pairs))
    return frozenset(found)


def alike(one: set[str], other: set[str]) -> float:
    """Return how alike two texts are by their pairs of characters, 0 to 1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
