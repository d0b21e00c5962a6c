"""Rule sets: dated data that says how long each step may take, read from TOML and chosen by the day of receipt."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator

from .calendar import show_day
from .clocks import Clock, TimeUnit
from .refusal import Refusal
from .strict_toml import DefinitionError, Mistake, Strict, read
from .words import Word

Text = Annotated[str, Field(min_length=1)]
Positive = Annotated[int, Field(gt=0)]
Amount = Annotated[int, Field(ge=0)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]


class IntakeMode(Word):
    """What happens to a matter that is not the congress's own to solve."""

    TRANSFER = "transfer", "转送交办"
    GUIDE = "guide", "引导告知"


class Approver(Word):
    """Whose approval an extension needs."""

    UNIT_HEAD = "unit_head", "承办单位负责人"
    ASSIGNER = "assigner", "交办机关"


class ExtensionRule(Strict):
    """How far a step may be extended (延期), all extensions of one file together."""

    at_most: Positive
    unit: TimeUnit
    approver: Approver
    article: Text
    law: Text | None = None


class Step(Strict):
    """One step: how long it may take and which article says so; ``law`` where it is not the rule set's own."""

    amount: Amount
    unit: TimeUnit
    article: Text
    law: Text | None = None
    extension: ExtensionRule | None = None

    @property
    def length(self) -> str:
        """Return the limit as people say it: 60日, 5个工作日, 当日."""
        return f"{self.amount}{self.unit.label}" if self.amount else "当日"


class Stricter(Strict):
    """A smaller number of representatives for a smaller group."""

    when_people_at_most: Positive
    at_most: Positive


class Representatives(Strict):
    """How many representatives (代表) a visiting group may send."""

    at_most: Positive
    article: Text
    law: Text | None = None
    stricter: tuple[Stricter, ...] = ()

    def allowed(self, people: int) -> int:
        """Return how many representatives a group of this many people may send."""
        limits = [rule.at_most for rule in self.stricter if people <= rule.when_people_at_most]
        return min([self.at_most, *limits])

    def check(self, *, representatives: int, people: int) -> None:
        """Refuse more representatives than the rule set allows (R22 §20: 不得超过5人)."""
        allowed = self.allowed(people)
        if representatives > allowed:
            raise Refusal(
                "petition.too_many_representatives",
                f"来访{people}人，代表不得超过{allowed}人（{self.article}），现登记{representatives}人",
                allowed=allowed,
                given=representatives,
            )


class GroupVisit(Strict):
    """From how many visitors on a visit counts as a group visit (集体访)."""

    from_people: Positive
    article: Text
    law: Text | None = None


class RuleSet(Strict):
    """One regulation's limits, in force for a span of days; a petition keeps a copy of its own."""

    code: Code
    title: Text
    family: Slug
    otherwise: Slug | None = None
    in_force_from: date
    in_force_until: date | None = None
    intake_mode: IntakeMode
    intake_modes: tuple[IntakeMode, ...]
    intake_article: Text
    steps: dict[Clock, Step]
    absent: tuple[Clock, ...]
    representatives: Representatives
    group_visit: GroupVisit

    @field_validator("absent")
    @classmethod
    def _every_clock_is_a_step_or_absent(cls, absent: tuple[Clock, ...], info: ValidationInfo) -> tuple[Clock, ...]:
        """Refuse a clock that is both, and one that was forgotten."""
        steps = info.data.get("steps", dict.fromkeys(Clock))
        both = [clock for clock in absent if "steps" in info.data and clock in steps]
        neither = [clock for clock in Clock if clock not in steps and clock not in absent]
        if both:
            raise ValueError(f"这些步骤既有期限又列在 absent 中：{'、'.join(both)}")
        if neither:
            raise ValueError(f"这些步骤既没有期限也没有列在 absent 中：{'、'.join(neither)}")
        return absent

    @field_validator("in_force_until")
    @classmethod
    def _ends_after_it_begins(cls, last: date | None, info: ValidationInfo) -> date | None:
        """Refuse a rule set that ends before it begins."""
        first = info.data.get("in_force_from")
        if last is not None and first is not None and last < first:
            raise ValueError("in_force_until 早于 in_force_from")
        return last

    @field_validator("intake_modes")
    @classmethod
    def _mode_is_among_them(cls, modes: tuple[IntakeMode, ...], info: ValidationInfo) -> tuple[IntakeMode, ...]:
        """Refuse a mode that the rule set itself does not allow."""
        if info.data.get("intake_mode", modes[0] if modes else None) not in modes:
            raise ValueError("intake_mode 不在 intake_modes 之中")
        return modes

    def is_in_force(self, day: date) -> bool:
        """Whether petitions received on this day fall under this rule set; first and last day included."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)

    def has(self, clock: Clock) -> bool:
        """Whether this rule set gives this step a limit."""
        return clock in self.steps

    def step(self, clock: Clock) -> Step:
        """Return the step's limit, or refuse where the rule set has none."""
        if clock not in self.steps:
            raise Refusal("deadline.step_absent", f"《{self.title}》没有规定“{clock.label}”的期限", clock=clock.value)
        return self.steps[clock]

    def cite(self, entry: Step | ExtensionRule | Representatives | GroupVisit) -> str:
        """Return the legal basis of an entry as letters print it: 《信访工作条例》第三十四条."""
        return f"《{entry.law or self.title}》{entry.article}"

    def as_values(self) -> dict[str, object]:
        """Return the rule set as plain values, to be kept with a petition."""
        return self.model_dump(mode="json")

    @classmethod
    def from_values(cls, values: Mapping[str, object]) -> Self:
        """Read back what ``as_values`` wrote."""
        return cls.model_validate(values, strict=False)


def load(path: Path) -> RuleSet:
    """Read one rule set; a mistake names file, line and key."""
    return read(path, RuleSet)


def load_folder(path: Path) -> tuple[RuleSet, ...]:
    """Read every rule set of a folder, in order of code, and check that they fit together.

    Codes are unique, rule sets of one family never overlap, and ``otherwise`` names a family that exists.
    """
    files = sorted(path.glob("*.toml"))
    found = {file: load(file) for file in files}
    mistakes = [
        Mistake(str(file), None, key, words)
        for position, (file, ruleset) in enumerate(found.items())
        for key, words in clashes(ruleset, others=list(found.values())[:position], everyone=found.values())
    ]
    if not found:
        mistakes = [Mistake(str(path), None, "", "文件夹里没有规则文件（*.toml）")]
    if mistakes:
        raise DefinitionError(tuple(mistakes))
    return tuple(sorted(found.values(), key=lambda ruleset: ruleset.code))


def clashes(ruleset: RuleSet, *, others: Iterable[RuleSet], everyone: Iterable[RuleSet]) -> Iterable[tuple[str, str]]:
    """Yield what is wrong with a rule set beside the others: (key, words)."""
    for other in others:
        if other.code == ruleset.code:
            yield "code", f"代码 {ruleset.code} 已被另一个规则文件使用"
        elif other.family == ruleset.family and overlap(ruleset, other):
            yield "in_force_from", f"与 {other.code} 的施行期间重叠"
    if ruleset.otherwise is not None and ruleset.otherwise not in {one.family for one in everyone}:
        yield "otherwise", f"没有名为 {ruleset.otherwise} 的规则系列"


def overlap(one: RuleSet, other: RuleSet) -> bool:
    """Whether two rule sets are in force on the same day at least once."""
    starts_last = max(one.in_force_from, other.in_force_from)
    return one.is_in_force(starts_last) and other.is_in_force(starts_last)


def choose(rulesets: Iterable[RuleSet], name: str, received_on: date) -> RuleSet:
    """Return the rule set a petition received on this day falls under.

    ``name`` is what the county's file says: a family ("national", "henan") or the code of one of its
    members ("R22"), which stands for its whole family. Before a family's first rule set, and in its
    gaps, the family named by ``otherwise`` applies.
    """
    known = tuple(rulesets)
    family = family_of(known, name)
    tried: set[str] = set()
    while family not in tried:
        tried.add(family)
        members = [ruleset for ruleset in known if ruleset.family == family]
        chosen = next((ruleset for ruleset in members if ruleset.is_in_force(received_on)), None)
        if chosen is not None:
            return chosen
        family = next((ruleset.otherwise for ruleset in members if ruleset.otherwise is not None), family)
    raise Refusal(
        "ruleset.none_in_force",
        f"{show_day(received_on)}没有施行中的信访规则，请核对收件日期",
        received_on=received_on.isoformat(),
    )


def family_of(rulesets: Iterable[RuleSet], name: str) -> str:
    """Return the family a county's setting names, directly or by the code of a member."""
    for ruleset in rulesets:
        if name in {ruleset.family, ruleset.code}:
            return ruleset.family
    raise Refusal("ruleset.unknown", f"没有名为“{name}”的信访规则", name=name)
