"""Tables of the province: plain words in rows, drawn with few steps and exported exactly as they are drawn.

A board has thousands of cells. The general table checks and draws each as a component, in a dozen steps of a template;
here a cell is its words and where they lead, and the rows are put together in one go, every word of them escaped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

from huiyin.interfaces.components.contract import ComponentError, Tone

NONE = "—"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; with ``href`` it sorts."""

    label: str
    align: Literal["start", "end"] = "end"
    href: str = ""
    sorted: Literal["", "ascending", "descending"] = ""

    @property
    def mark(self) -> str:
        """Return the sign of the order."""
        return {"": "↕", "ascending": "▲", "descending": "▼"}[self.sorted]

    @property
    def sort_words(self) -> str:
        """Return how the column is sorted now, for those who hear the page."""
        return {"": "可排序", "ascending": "升序", "descending": "降序"}[self.sorted]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value with a second, quieter line; ``tone`` colours words and never speaks alone; ``text`` wraps."""

    text: str = NONE
    sub: str = ""
    href: str = ""
    tone: Tone = "plain"
    align: Literal["start", "end", "text"] = "end"

    @property
    def markup(self) -> str:
        """Return the cell as it is drawn."""
        text, sub = escape(self.text), f'<span class="hy-cell-sub">{escape(self.sub)}</span>' if self.sub else ""
        if self.href:
            text = f'<a href="{escape(self.href)}">{text}</a>'
        return f'<td class="hy-{self.align} hy-tone-{self.tone}">{text}{sub}</td>'

    @property
    def words(self) -> str:
        """Return all that the cell says, as an export writes it."""
        return f"{self.text}（{self.sub}）" if self.sub else self.text


@dataclass(frozen=True, slots=True)
class Line:
    """One row."""

    cells: tuple[Cell, ...]
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``empty`` stands where there is no row."""

    id: str
    caption: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    empty: str = "没有内容"

    def __post_init__(self) -> None:
        """Refuse a row with more or fewer cells than heads."""
        if any(len(line.cells) != len(self.heads) for line in self.lines):
            raise ComponentError(f"{self.id}: every row has one cell per head")

    @property
    def body(self) -> SafeString:
        """Return all rows as they are drawn."""
        return mark_safe("\n".join(self._drawn()))  # noqa: S308  # every word is escaped by its cell

    def _drawn(self) -> Iterator[str]:
        for line in self.lines:
            yield f'<tr class="hy-row hy-row-{line.tone}">{"".join(cell.markup for cell in line.cells)}</tr>'

    @property
    def rows(self) -> Sequence[tuple[str, ...]]:
        """Return the words of every row."""
        return [tuple(cell.words for cell in line.cells) for line in self.lines]


def named(text: str, *, sub: str = "", href: str = "") -> Cell:
    """Return the first cell of a row: whose row it is."""
    return Cell(text=text, sub=sub, href=href, align="start")
