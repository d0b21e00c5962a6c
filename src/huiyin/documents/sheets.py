"""Sheets: what stands on a paper, in order, as plain frozen values; PDF and .docx are made from the same ones."""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Literal, Self

from pydantic import TypeAdapter

from huiyin.kernel.words import Word

TEMPLATE = "2026.1"
KEPT_CONTROLS = frozenset("\n")
UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co"})


class Form(Word):
    """版式: how a sheet is laid out (GB/T 9704-2012)."""

    LETTER = "letter", "信函格式"
    PLAIN = "plain", "表格"
    RECORD = "record", "笔录"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the body, a heading, a line at the left, or a small note."""

    text: str
    style: Literal["body", "heading", "subheading", "flush", "centre", "note"] = "body"
    block: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Facts:
    """A table of labels and values; a row holds one pair or two."""

    rows: tuple[tuple[tuple[str, str], ...], ...]
    block: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with headings; ``widths`` are the columns' shares of the line."""

    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    block: Literal["grid"] = "grid"


@dataclass(frozen=True, slots=True)
class Signing:
    """Places to sign: each label with an empty line after it."""

    labels: tuple[str, ...]
    block: Literal["signing"] = "signing"


Block = Text | Facts | Grid | Signing


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: head, title, whom it addresses, its blocks, who signs it and on which day."""

    form: Form
    organ: str
    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    addressee: str = ""
    signer: str = ""
    signed_on: str = ""
    after: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its sheets in order, a letter with its receipt slip for instance."""

    sheets: tuple[Sheet, ...]

    def as_values(self) -> dict[str, object]:
        """Return the paper as plain values, without anything that cannot be printed."""
        values = printable(asdict(self))
        assert isinstance(values, dict)
        return values

    @classmethod
    def from_values(cls, values: Mapping[str, object]) -> Self:
        """Read back what ``as_values`` wrote."""
        paper = ADAPTER.validate_python(values, strict=False)
        return cls(sheets=paper.sheets)

    def numbered(self, number: str) -> "Paper":
        """Return the paper with the number that its first sheet bears."""
        first, *others = self.sheets
        return Paper(sheets=(replace(first, number=number or first.number), *others))

    @property
    def text(self) -> str:
        """Return everything that is written on it, line by line."""
        return "\n".join(line for sheet in self.sheets for line in lines_of(sheet) if line)


ADAPTER: TypeAdapter[Paper] = TypeAdapter(Paper)


def printable(value: object) -> object:
    """Return a value in which no text holds a control or formatting character, a line's end excepted."""
    if isinstance(value, str):
        tidy = unicodedata.normalize("NFC", str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
        return "".join(mark for mark in tidy if mark in KEPT_CONTROLS or unicodedata.category(mark) not in UNPRINTABLE)
    if isinstance(value, dict):
        return {key: printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [printable(inner) for inner in value]
    return value


def lines_of(sheet: Sheet) -> tuple[str, ...]:
    """Return the words of a sheet in the order in which they stand on it."""
    head = (sheet.organ, sheet.mark, sheet.number, sheet.title, sheet.addressee)
    body = tuple(line for block in sheet.blocks for line in lines_of_block(block))
    return (*head, *body, sheet.signer, sheet.signed_on, *sheet.after)


def lines_of_block(block: Block) -> tuple[str, ...]:
    """Return the words of a block in order; a pair of a table stands in one line."""
    if isinstance(block, Text):
        return (block.text,)
    if isinstance(block, Facts):
        return tuple(f"{label}：{value}" for row in block.rows for label, value in row)
    if isinstance(block, Grid):
        return ("　".join(block.headings), *("　".join(row) for row in block.rows))
    return block.labels


def paragraphs(text: str) -> tuple[Text, ...]:
    """Return a longer text as paragraphs of the body, one for each line that says something."""
    return tuple(Text(line.strip()) for line in text.splitlines() if line.strip())
