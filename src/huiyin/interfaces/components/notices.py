"""Components that tell the user something: an alert, and a refusal in the rule's own words."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic.dataclasses import dataclass

from .contract import STRICT, Component
from .links import Href, OptionalHref, Words
from .words import moment_words


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Alert(Component):
    """A message: what happened and, where there is one, the way on."""

    component: ClassVar[str] = "alert"
    words: Words
    kind: Literal["info", "good", "warn", "bad"] = "info"
    title: str = ""
    href: OptionalHref = ""
    href_label: str = "查看"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class RefusalBox(Component):
    """What a rule refused, why, and that nothing was changed."""

    component: ClassVar[str] = "refusal_box"
    words: Words
    code: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    unchanged: str = "本次操作没有保存，资料未作任何改动。"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Message:
    """One message: what it tells, when, whether it was read; ``read_href`` posts that it was, and leads on."""

    words: Words
    kind: Words
    when: datetime
    read_href: Href
    leads_on: bool = False
    is_read: bool = False

    @property
    def moment(self) -> str:
        """Return when, in the office's time."""
        return moment_words(self.when)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class MessageList(Component):
    """Messages to one person: those that were not read stand out and can be opened or marked."""

    component: ClassVar[str] = "message_list"
    label: Words
    items: tuple[Message, ...]
    empty: str = "没有消息"
