"""References: how an article is named, 第二十条 or 第一百二十条之一, read from what a person writes and written back.

Plain values: no Django, no query.
"""

import re
from dataclasses import dataclass

from huiyin.kernel.numerals import ROUND_ZERO, read_number, write_number
from huiyin.kernel.refusal import Refusal

NUMERAL = f"[0-9零{ROUND_ZERO}一二三四五六七八九十百千两]{{1,9}}"
REFERENCE = re.compile(
    rf"第?(?P<article>{NUMERAL})条?(?:之(?P<branch>{NUMERAL}))?"
    rf"(?:第?(?P<paragraph>{NUMERAL})款)?(?:第?[（(]?(?P<item>{NUMERAL})[)）]?项)?"
)
BETWEEN = re.compile(r"[、，,；;\s和及]+")
ANCHOR = re.compile(r"article-(?P<number>[0-9]{1,4})(?:-(?P<branch>[0-9]{1,2}))?")


@dataclass(frozen=True, slots=True, order=True)
class ArticleNumber:
    """条: the number of an article, with its branch where one was put in later (之一)."""

    number: int
    branch: int = 0

    @property
    def label(self) -> str:
        """Return the number as the law writes it."""
        return f"第{write_number(self.number)}条" + (f"之{write_number(self.branch)}" if self.branch else "")

    @property
    def anchor(self) -> str:
        """Return the name of its place on the page: ``article-20``."""
        return f"article-{self.number}" + (f"-{self.branch}" if self.branch else "")


@dataclass(frozen=True, slots=True)
class Reference:
    """条款: an article, perhaps one paragraph and one item of it; 0 is none."""

    article: ArticleNumber
    paragraph: int = 0
    item: int = 0

    @property
    def label(self) -> str:
        """Return it as papers write it: 第四十八条第一款第（二）项."""
        words = self.article.label
        if self.paragraph:
            words += f"第{write_number(self.paragraph)}款"
        if self.item:
            words += f"第（{write_number(self.item)}）项"
        return words


def read_references(text: str) -> tuple[Reference, ...]:
    """Return the articles that a text names, in its order; refuse what names none: 第四十九条、第55条, or just 49."""
    parts = [part for part in BETWEEN.split(text.strip()) if part]
    return tuple(dict.fromkeys(_read(part) for part in parts))


def _read(part: str) -> Reference:
    found = REFERENCE.fullmatch(part)
    if found is None:
        raise Refusal("statute.not_an_article", f"“{part}”不是条款，请写作“第四十九条”，几条用顿号隔开", text=part)
    read = {name: read_number(value) if value else 0 for name, value in found.groupdict().items()}
    return Reference(ArticleNumber(read["article"], read["branch"]), read["paragraph"], read["item"])


def written(references: tuple[Reference, ...]) -> str:
    """Return references as papers write them, parted by 、."""
    return "、".join(one.label for one in references)
