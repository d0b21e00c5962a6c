"""Tables: a list that sorts, pages, opens its rows and becomes cards on a phone."""

from typing import Annotated, ClassVar, Literal, Self

from django.utils.safestring import SafeString
from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from .contract import STRICT, Component, Tone
from .links import Href, OptionalHref, Pagination, Words


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Column:
    """One column: ``sort_href`` makes its head a link; ``phone`` says what a phone shows of it."""

    label: Words
    align: Literal["start", "end", "center"] = "start"
    width: Literal["fit", "normal", "wide"] = "normal"
    sort_href: OptionalHref = ""
    sorted: Literal["", "ascending", "descending"] = ""
    phone: Literal["show", "hide"] = "show"

    @property
    def sort_words(self) -> str:
        """Return how the column is sorted now, for those who hear the page."""
        return {"": "可排序", "ascending": "升序", "descending": "降序"}[self.sorted]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Cell:
    """One value: words, or a component such as a badge; ``sub`` is a second, quieter line."""

    text: str = ""
    sub: str = ""
    href: OptionalHref = ""
    component: Component | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Row:
    """One line; ``href`` opens it from the first cell, by mouse anywhere and by key."""

    cells: tuple[Cell, ...]
    href: OptionalHref = ""
    tone: Tone = "plain"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class EmptyState(Component):
    """What stands where nothing is, and what to do about it."""

    component: ClassVar[str] = "empty_state"
    title: Words
    words: str = ""
    action: Component | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class DataTable(Component):
    """A table of rows with its caption, its pages and what stands there when it is empty."""

    component: ClassVar[str] = "data_table"
    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: EmptyState | None = None
    pagination: Pagination | None = None
    phone: Literal["cards", "scroll"] = "cards"
    caption_visible: bool = False
    id: Annotated[str, Field(pattern=r"^($|[a-z][a-z0-9-]*$)")] = ""

    @model_validator(mode="after")
    def has_one_cell_per_column(self) -> Self:
        """Refuse a row with more or fewer cells than columns."""
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("every row has one cell per column")
        return self

    @property
    def lines(self) -> tuple[tuple[Row, tuple[tuple[Column, Cell], ...]], ...]:
        """Return each row with its cells, each beside its column."""
        return tuple((row, tuple(zip(self.columns, row.cells, strict=True))) for row in self.rows)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ActiveFilter:
    """One filter in force and the address without it."""

    label: Words
    remove_href: Href


@dataclass(frozen=True, kw_only=True, config=STRICT)
class FilterBar(Component):
    """Search words and filters above a list; the body holds further fields."""

    component: ClassVar[str] = "filter_bar"
    takes_body: ClassVar[bool] = True
    action: Href
    search_name: str = "q"
    search_value: str = ""
    search_label: str = "编号、姓名、内容"
    active: tuple[ActiveFilter, ...] = ()
    reset_href: OptionalHref = ""
    result: str = ""
    live_target: Annotated[str, Field(pattern=r"^($|#[a-z][a-z0-9-]*$)")] = ""
    body: SafeString = SafeString()
