"""Components that lead somewhere: buttons, tabs, chips, steps, pages, the navigation and the page's head."""

from typing import Annotated, ClassVar, Literal

from django.utils.safestring import SafeString
from pydantic import Field
from pydantic.dataclasses import dataclass

from .contract import STRICT, Component

Words = Annotated[str, Field(min_length=1)]
Href = Annotated[str, Field(pattern=r"^(/|\?|#|https?://)")]
OptionalHref = Annotated[str, Field(pattern=r"^($|/|\?|#|https?://)")]
Count = Annotated[int, Field(ge=0)]
ButtonKind = Literal["primary", "secondary", "quiet", "danger"]
IconName = Literal[
    "today",
    "letter",
    "group",
    "list",
    "search",
    "plus",
    "chart",
    "clock",
    "check",
    "upload",
    "download",
    "print",
    "people",
    "settings",
    "book",
    "bell",
    "lock",
    "file",
    "map",
    "calendar",
    "exit",
    "question",
]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Icon(Component):
    """One drawn sign; it decorates words and never replaces them."""

    component: ClassVar[str] = "icon"
    name: IconName


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Button(Component):
    """A link that looks like a button; an action that writes is a ButtonForm."""

    component: ClassVar[str] = "button"
    label: Words
    href: Href
    kind: ButtonKind = "secondary"
    icon: IconName | None = None
    key: str = ""
    new_tab: bool = False
    download: bool = False
    is_new: bool = False


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Hidden:
    """One hidden value of a ButtonForm."""

    name: Words
    value: str


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ButtonForm(Component):
    """A button that posts, with its tokens; ``confirm`` asks before."""

    component: ClassVar[str] = "button_form"
    takes_body: ClassVar[bool] = True
    label: Words
    action: Href
    kind: ButtonKind = "secondary"
    icon: IconName | None = None
    confirm: str = ""
    hidden: tuple[Hidden, ...] = ()
    body: SafeString = SafeString()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Crumb:
    """One step of the way back to the top."""

    label: Words
    href: Href


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PageHeader(Component):
    """The page's only h1, the way back, and what can be done here (the body)."""

    component: ClassVar[str] = "page_header"
    takes_body: ClassVar[bool] = True
    title: Words
    lead: str = ""
    number: str = ""
    crumbs: tuple[Crumb, ...] = ()
    badge: Component | None = None
    body: SafeString = SafeString()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class NavItem:
    """One place of the office."""

    label: Words
    href: Href
    icon: IconName
    active: bool = False
    count: Count | None = None
    count_label: str = "件"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class NavGroup:
    """Places that belong together."""

    items: tuple[NavItem, ...]
    title: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Nav(Component):
    """The navigation at the left, on a phone at the top."""

    component: ClassVar[str] = "nav"
    groups: tuple[NavGroup, ...]
    label: str = "主导航"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Tab:
    """One view of the same thing."""

    label: Words
    href: Href
    active: bool = False
    count: Count | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Tabs(Component):
    """Views of the same thing, each with its own address."""

    component: ClassVar[str] = "tabs"
    label: Words
    items: tuple[Tab, ...]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Chip:
    """One quick choice of a list."""

    label: Words
    href: Href
    active: bool = False
    count: Count | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Chips(Component):
    """Quick choices above a list; each is a link."""

    component: ClassVar[str] = "chips"
    label: Words
    items: tuple[Chip, ...]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Step:
    """One station of a petition's way."""

    label: Words
    state: Literal["done", "now", "todo", "skipped"]
    when: str = ""
    who: str = ""

    @property
    def state_words(self) -> str:
        """Return the state for those who hear the page."""
        return {"done": "已完成", "now": "当前", "todo": "未到", "skipped": "不适用"}[self.state]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Steps(Component):
    """The way of a petition, from receipt to archive."""

    component: ClassVar[str] = "steps"
    label: Words
    items: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Pagination(Component):
    """Where in a long list the reader stands."""

    component: ClassVar[str] = "pagination"
    page: Annotated[int, Field(ge=1)]
    pages: Annotated[int, Field(ge=1)]
    total: Count
    previous_href: OptionalHref = ""
    next_href: OptionalHref = ""
    first_href: OptionalHref = ""
    last_href: OptionalHref = ""
    unit: str = "件"
    label: Words = "翻页"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class KeyHint(Component):
    """A key and what it does."""

    component: ClassVar[str] = "key_hint"
    keys: tuple[Words, ...]
    words: str = ""
