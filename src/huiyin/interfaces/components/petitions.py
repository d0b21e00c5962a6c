"""Components that show what happened to a petition: time line, due dates, states, people, attachments."""

import re
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from .contract import STRICT, Component, Tone
from .links import Count, Href, OptionalHref, Words
from .words import day_words, moment_words, size_words

SOON_DAYS = 3
UNMASKED = re.compile(r"\d{11,}")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Evidence:
    """What proves one step."""

    label: Words
    href: OptionalHref = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TimelineEntry:
    """One step: who, when, what, with which evidence."""

    who: Words
    when: datetime
    what: Words
    phrase: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    tone: Tone = "plain"

    @property
    def moment(self) -> str:
        """Return when, in the office's time."""
        return moment_words(self.when)

    @property
    def machine_moment(self) -> str:
        """Return when, for programs."""
        return self.when.isoformat()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Timeline(Component):
    """All that happened, in one line."""

    component: ClassVar[str] = "timeline"
    label: Words
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class DueBadge(Component):
    """A due date: colour and words, its provisional mark, and why it is that day."""

    component: ClassVar[str] = "due_badge"
    due_on: date
    today: date
    label: str = ""
    done_on: date | None = None
    provisional: bool = False
    explanation: tuple[Words, ...] = ()

    @property
    def day(self) -> str:
        """Return the due date in words."""
        return day_words(self.due_on)

    @property
    def days_left(self) -> int:
        """Return the days until the due date, from the day it was done or from today."""
        return (self.due_on - (self.done_on or self.today)).days

    @property
    def words(self) -> str:
        """Return what the date means now."""
        left = self.days_left
        if self.done_on is not None:
            return "按期完成" if left >= 0 else f"逾期{-left}天完成"
        if left == 0:
            return "今天到期"
        return f"还有{left}天" if left > 0 else f"已逾期{-left}天"

    @property
    def tone(self) -> Tone:
        """Return the colour of the words."""
        if self.days_left < 0:
            return "bad"
        if self.done_on is not None:
            return "good"
        return "warn" if self.days_left <= SOON_DAYS else "plain"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class StateBadge(Component):
    """A state in words and colour."""

    component: ClassVar[str] = "state_badge"
    label: Words
    tone: Tone = "plain"
    note: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PersonLine(Component):
    """A person in one line, masked; ``reveal_href`` posts the wish to read them unmasked, which is recorded."""

    component: ClassVar[str] = "person_line"
    name: Words
    role: str = ""
    phone: str = ""
    identity: str = ""
    address: str = ""
    reveal_href: OptionalHref = ""
    unmasked: bool = False

    @model_validator(mode="after")
    def is_masked(self) -> Self:
        """Refuse a telephone or identity number in full unless the caller says that it was asked for."""
        if not self.unmasked and (UNMASKED.search(self.phone) or UNMASKED.search(self.identity)):
            raise ValueError("phone and identity must arrive masked")
        return self


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Attachment:
    """One file as the list shows it."""

    name: Words
    href: Href
    size: Count
    kind: str = ""
    added_by: str = ""
    added_at: datetime | None = None
    sha256: Annotated[str, Field(pattern=r"^($|[0-9a-f]{64}$)")] = ""

    @property
    def size_words(self) -> str:
        """Return the size in the unit a person would use."""
        return size_words(self.size)

    @property
    def moment(self) -> str:
        """Return when it was added, or nothing."""
        return "" if self.added_at is None else moment_words(self.added_at)

    @property
    def short_hash(self) -> str:
        """Return the first digits of the hash, enough to compare by eye."""
        return self.sha256[:12]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class AttachmentList(Component):
    """The scans and files of one petition."""

    component: ClassVar[str] = "attachment_list"
    label: Words
    items: tuple[Attachment, ...]
    empty: str = "没有附件"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Fact:
    """A label and its value, words or a component."""

    label: Words
    value: str = ""
    component: Component | None = None
    wide: bool = False


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Facts(Component):
    """Labels and values, two columns on a wide screen."""

    component: ClassVar[str] = "facts"
    items: tuple[Fact, ...]
    columns: Literal[1, 2, 3] = 2


@dataclass(frozen=True, kw_only=True, config=STRICT)
class CodeBox(Component):
    """A number to be written down: a petition's number, a query code."""

    component: ClassVar[str] = "code_box"
    label: Words
    value: Words
    note: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PrintHeader(Component):
    """The head of a printed page; a screen does not show it."""

    component: ClassVar[str] = "print_header"
    office: Words
    title: Words
    printed_by: Words
    printed_at: datetime

    @property
    def moment(self) -> str:
        """Return when it was printed."""
        return moment_words(self.printed_at)
