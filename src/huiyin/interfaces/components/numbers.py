"""Components that show numbers: never a percentage without its part and whole, always a way to what is missing."""

from typing import Annotated, ClassVar, Literal, Self

from django.utils.safestring import SafeString
from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from huiyin.kernel.percent import percent, percent_words

from .contract import STRICT, Component, Tone
from .links import Count, OptionalHref, Words

WAITING_TONES: tuple[Tone, ...] = ("warn", "bad")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Stat(Component):
    """One number with its words: either ``value``, or ``part`` of ``whole``."""

    component: ClassVar[str] = "stat"
    label: Words
    value: Count | None = None
    part: Count | None = None
    whole: Count | None = None
    unit: str = "件"
    href: OptionalHref = ""
    missing_href: OptionalHref = ""
    note: str = ""
    tone: Tone = "plain"

    @model_validator(mode="after")
    def has_one_number(self) -> Self:
        """Refuse a stat without a number, with two, or with a part greater than its whole."""
        if (self.part is None) != (self.whole is None):
            raise ValueError("part and whole are given together")
        if (self.value is None) == (self.part is None):
            raise ValueError("give either value, or part and whole")
        if self.part is not None and self.whole is not None and self.part > self.whole:
            raise ValueError("the part is greater than the whole")
        return self

    @property
    def percent(self) -> str:
        """Return the percentage, or nothing for a plain number."""
        return "" if self.part is None or self.whole is None else percent_words(self.part, self.whole)

    @property
    def missing(self) -> int:
        """Return how many the part lacks."""
        return 0 if self.part is None or self.whole is None else self.whole - self.part

    @property
    def raised_tone(self) -> Tone:
        """Return the tone, which a warning keeps only while there is something to warn of."""
        return "plain" if self.value == 0 and self.tone in WAITING_TONES else self.tone


@dataclass(frozen=True, kw_only=True, config=STRICT)
class StatStrip(Component):
    """Several numbers side by side."""

    component: ClassVar[str] = "stat_strip"
    label: Words
    items: tuple[Stat, ...]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PromiseLine:
    """A second reading of one promise, such as the strict one or one channel's."""

    label: Words
    part: Count
    whole: Count
    href: OptionalHref = ""

    @property
    def percent(self) -> str:
        """Return the percentage of this line."""
        return percent_words(self.part, self.whole)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PromiseCard(Component):
    """One of 四个百分之百: part, whole, percentage, and the list of what is missing."""

    component: ClassVar[str] = "promise_card"
    code: Words
    title: Words
    part: Count
    whole: Count
    sentence: str = ""
    href: OptionalHref = ""
    missing_href: OptionalHref = ""
    lines: tuple[PromiseLine, ...] = ()

    @model_validator(mode="after")
    def is_a_part(self) -> Self:
        """Refuse a part greater than its whole."""
        if self.part > self.whole:
            raise ValueError("the part is greater than the whole")
        return self

    @property
    def percent(self) -> str:
        """Return the percentage."""
        return percent_words(self.part, self.whole)

    @property
    def missing(self) -> int:
        """Return how many lack the evidence."""
        return self.whole - self.part

    @property
    def bar(self) -> str:
        """Return the length of the bar, of 100."""
        return str(percent(self.part, self.whole) or 0)

    @property
    def tone(self) -> Tone:
        """Return green only when the promise is kept for every item."""
        if self.whole == 0:
            return "plain"
        return "good" if self.missing == 0 else "bad"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Series:
    """One line or one set of bars; None where there is no figure."""

    name: Words
    values: tuple[int | float | None, ...]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ChartWithTable(Component):
    """A drawing and, beside it, the same figures as a table."""

    component: ClassVar[str] = "chart_with_table"
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Words
    kind: Literal["line", "bar", "stacked", "ranking"]
    categories: tuple[Words, ...]
    series: tuple[Series, ...]
    category_label: str = "时间"
    category_notes: tuple[str, ...] = ()
    unit: str = "件"
    note: str = ""
    as_of: str = ""

    @model_validator(mode="after")
    def has_one_value_per_category(self) -> Self:
        """Refuse a series that is longer or shorter than the categories, and notes that are not one for each."""
        if self.category_notes and len(self.category_notes) != len(self.categories):
            raise ValueError("every category has one note, or none has")
        if any(len(line.values) != len(self.categories) for line in self.series):
            raise ValueError("every series has one value per category")
        return self

    @property
    def figures_id(self) -> str:
        """Return the id under which the drawing finds its figures."""
        return f"{self.id}-figures"

    @property
    def figures(self) -> dict[str, object]:
        """Return what the drawing reads."""
        return {
            "kind": self.kind,
            "unit": self.unit,
            "categories": list(self.categories),
            "series": [{"name": line.name, "values": list(line.values)} for line in self.series],
        }

    @property
    def rows(self) -> tuple[tuple[str, str, tuple[int | float | None, ...]], ...]:
        """Return the table: one row per category, with its note."""
        notes = self.category_notes or ("",) * len(self.categories)
        return tuple(
            (category, note, tuple(line.values[place] for line in self.series))
            for place, (category, note) in enumerate(zip(self.categories, notes, strict=True))
        )


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Panel(Component):
    """A titled part of a page; the body is its content."""

    component: ClassVar[str] = "panel"
    takes_body: ClassVar[bool] = True
    title: Words
    lead: str = ""
    href: OptionalHref = ""
    href_label: str = "查看全部"
    flush: bool = False
    body: SafeString = SafeString()
