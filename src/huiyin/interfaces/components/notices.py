"""Components that tell the user something: an alert, and a refusal in the rule's own words."""

from typing import ClassVar, Literal

from pydantic.dataclasses import dataclass

from .contract import STRICT, Component
from .links import OptionalHref, Words


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
