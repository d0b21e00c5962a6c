"""Texts: the lines of a file read as a law, its title, dates, chapters and articles, and what is wrong with it.

Files come from many hands: with a table of contents or without, spaces between the characters of a heading, a title
that stands twice, articles in bold. Plain values: no Django, no query, no file.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from huiyin.kernel.calendar import show_day
from huiyin.kernel.numerals import read_number, write_number
from huiyin.kernel.refusal import Refusal

from .references import NUMERAL, ArticleNumber
from .states import HeadingLevel

WIDE = "⺀-鿿、，。《》（）"
GAP = re.compile(rf"(?<=[{WIDE}])[ 　\t]+(?=[{WIDE}])")
HEADING = re.compile(rf"第(?P<number>{NUMERAL})(?P<kind>[编章节])(?:[ 　\t]+(?P<title>\S.*))?$")
ARTICLE = re.compile(
    rf"第(?P<number>{NUMERAL})条(?:之(?P<branch>{NUMERAL}))?(?P<rest>[ 　\t]+.*|[【\[].*|)$", re.DOTALL
)
BRACKETED = re.compile(r"^[【\[](?P<caption>[^】\]]{1,60})[】\]]")
CONTENTS = re.compile(r"目[ 　]*[录次]")
DAY = re.compile(r"([12][0-9]{3})年([0-9]{1,2})月([0-9]{1,2})日")
FROM_DAY = re.compile(r"自([12][0-9]{3})年([0-9]{1,2})月([0-9]{1,2})日起(?:施行|实施|生效)")
MADE = re.compile(r"通过|修订|修正|修改|批准|公布|发布|颁布")
AMENDED = re.compile(r"修正|修改")
TITLE_ENDS = ("法", "条例", "规定", "办法", "规则", "细则", "决定", "法典", "实施办法")
TITLE_LIMIT = 120
KIND = {one.label: one for one in HeadingLevel}


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """One article as the file has it: its number, where it stands, its paragraphs, its caption if the file has one."""

    number: ArticleNumber
    part: str
    chapter: str
    section: str
    paragraphs: tuple[str, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class MadeOn:
    """A day of the preamble with what happened on it."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class ReadText:
    """A whole law as the file has it."""

    title: str
    made: tuple[MadeOn, ...]
    articles: tuple[ReadArticle, ...]
    chapters: tuple[str, ...]

    @property
    def numbers(self) -> tuple[ArticleNumber, ...]:
        """Return the numbers of the articles, in the order of the file."""
        return tuple(one.number for one in self.articles)

    @property
    def made_on(self) -> date | None:
        """Return the latest day on which this wording was decided or published; None where the file tells none."""
        days = [one.day for one in self.made if MADE.search(one.words)]
        return max(days, default=None)

    @property
    def says_in_force_from(self) -> date | None:
        """Return from when this wording is in force, as far as the file tells it.

        The last article names the day of the first wording; an amendment that is later than that is in force from its
        own day, unless its decision says otherwise, which the file does not tell.
        """
        last = " ".join(text for one in self.articles[-2:] for text in one.paragraphs)
        named = [date(*map(int, found)) for found in FROM_DAY.findall(last)]
        named += [one.day for one in self.made if "施行" in one.words and not MADE.search(one.words)]
        days = [day for day in (*named, self.made_on) if day is not None]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with the numbering: numbers left out, numbers twice, articles that stand before their place."""

    missing: tuple[ArticleNumber, ...] = ()
    duplicates: tuple[ArticleNumber, ...] = ()
    out_of_order: tuple[ArticleNumber, ...] = ()


@dataclass(slots=True)
class _Reader:
    """What was read so far."""

    title: str = ""
    preamble: list[str] = field(default_factory=list)
    place: dict[HeadingLevel, str] = field(default_factory=dict)
    chapters: list[str] = field(default_factory=list)
    number: ArticleNumber | None = None
    caption: str = ""
    lines: list[str] = field(default_factory=list)
    articles: list[ReadArticle] = field(default_factory=list)


def read_text(lines: Iterable[str]) -> ReadText:
    """Return the law that the lines hold; refuse lines that hold none."""
    reader = _Reader()
    for line in tidy(lines):
        _take(reader, line)
    _close(reader)
    if not reader.title and not reader.articles:
        raise Refusal("statute.empty", "文件里没有文字")
    if not reader.articles:
        raise Refusal("statute.not_a_law", "文件里没有“第一条”这样的条文，不是法律法规的文本")
    return ReadText(
        title=reader.title,
        made=tuple(_days(reader.preamble)),
        articles=tuple(reader.articles),
        chapters=tuple(reader.chapters),
    )


def tidy(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines that say something, without marks of Markdown, comments and spaces at the ends."""
    is_comment = False
    for raw in lines:
        line = re.sub(r"<!--.*?-->", "", raw)
        if is_comment or "<!--" in line:
            is_comment = "-->" not in line
            continue
        line = re.sub(r"^\s*(?:#{1,6}\s+|>\s+)", "", line)
        line = line.replace("**", "").replace("\\", "").replace("\u200b", "").replace("\ufeff", "").strip(" 　\t\r\n")
        if line and not re.fullmatch(r"[-*_=—]{3,}|[-—]?\s*[0-9]{1,3}\s*[-—]?", line):
            yield line


def _take(reader: _Reader, line: str) -> None:
    heading, article = HEADING.fullmatch(line), ARTICLE.fullmatch(line)
    if heading is not None:
        _close(reader)
        _enter(reader, KIND[heading["kind"]], read_number(heading["number"]), closed(heading["title"] or ""))
    elif article is not None:
        _close(reader)
        branch = read_number(article["branch"]) if article["branch"] else 0
        reader.number = ArticleNumber(read_number(article["number"]), branch)
        rest = article["rest"].strip(" 　\t")
        captioned = BRACKETED.match(rest)
        reader.caption = captioned["caption"] if captioned else ""
        rest = rest[captioned.end() :].strip(" 　\t") if captioned else rest
        reader.lines = [closed(rest)] if rest else []
    elif reader.number is not None:
        reader.lines.append(closed(line))
    elif not reader.title:
        reader.title = closed(line).strip("《》")[:TITLE_LIMIT]
    elif not CONTENTS.fullmatch(line):
        reader.preamble.append(line)


def closed(text: str) -> str:
    """Return a text without the spaces that a typesetter put between Chinese characters: 总　则 is 总则."""
    return GAP.sub("", text)


def _enter(reader: _Reader, level: HeadingLevel, number: int, title: str) -> None:
    """Step into a chapter; the chapters of a table of contents are forgotten when the first one comes again."""
    words = f"第{write_number(number)}{level.label}{'　' if title else ''}{title}"
    if words in reader.chapters and not reader.articles:
        reader.chapters.clear()
        reader.place.clear()
    below = list(HeadingLevel)[list(HeadingLevel).index(level) + 1 :]
    reader.place[level] = words
    for one in below:
        reader.place.pop(one, None)
    if level is not HeadingLevel.SECTION:
        reader.chapters.append(words)


def _close(reader: _Reader) -> None:
    if reader.number is None:
        return
    reader.articles.append(
        ReadArticle(
            number=reader.number,
            part=reader.place.get(HeadingLevel.PART, ""),
            chapter=reader.place.get(HeadingLevel.CHAPTER, ""),
            section=reader.place.get(HeadingLevel.SECTION, ""),
            paragraphs=tuple(reader.lines),
            caption=reader.caption,
        )
    )
    reader.number, reader.lines, reader.caption = None, [], ""


def _days(preamble: Iterable[str]) -> Iterator[MadeOn]:
    text = " ".join(preamble)
    found = list(DAY.finditer(text))
    places = [(one.start(), one.end()) for one in found] + [(len(text), len(text))]
    for one, ((_, begin), (end, _)) in zip(found, pairwise(places), strict=True):
        words = text[begin:end]
        try:
            day = date(*(int(part) for part in one.groups()))
        except ValueError:
            continue
        yield MadeOn(day, closed(words).strip(" 　（）()"))


def faults_of(numbers: Iterable[ArticleNumber]) -> Faults:
    """Return what is wrong with the numbering of a text; a first article other than 第一条 is out of its place."""
    missing, duplicates, out_of_order = [], [], []
    seen: set[ArticleNumber] = set()
    last = ArticleNumber(0)
    for number in numbers:
        if number in seen:
            duplicates.append(number)
        elif number < last:
            out_of_order.append(number)
        else:
            missing += [ArticleNumber(one) for one in range(last.number + 1, number.number)]
            last = number
        seen.add(number)
    return Faults(tuple(one for one in missing if one not in seen), tuple(duplicates), tuple(out_of_order))


def check_numbering(faults: Faults) -> None:
    """Refuse a text whose articles stand in a wrong order or twice: an anchor must lead to one place."""
    if faults.out_of_order:
        words = "、".join(one.label for one in faults.out_of_order[:5])
        raise Refusal("statute.out_of_order", f"条文顺序不对：{words}排在后面的条文之后，请核对文件")
    if faults.duplicates:
        words = "、".join(one.label for one in faults.duplicates[:5])
        raise Refusal("statute.duplicate_article", f"条文重复：{words}出现不止一次，请核对文件")


def check_is_law(text: ReadText) -> None:
    """Refuse a text whose title is not that of a law, or whose articles say nothing."""
    if not text.title.endswith(TITLE_ENDS):
        raise Refusal("statute.not_a_law", f"标题“{text.title[:30]}”不是法律法规的名称（以法、条例、规定、办法等结尾）")
    empty = [one.number.label for one in text.articles if not one.paragraphs]
    if empty:
        raise Refusal("statute.empty_article", f"{'、'.join(empty[:5])}没有正文，请核对文件")


def check_same_title(title: str, known: str) -> None:
    """Refuse the text of another law than the one that the catalogue has under the code."""
    if bare(title) != bare(known):
        raise Refusal("statute.other_title", f"文件的标题是《{title}》，目录里这个代码是《{known}》")


def bare(title: str) -> str:
    """Return a title by which two files of one law are told to be the same."""
    without = re.sub(r"[（(].*?[)）]", "", title)
    return re.sub(r"[\s《》]", "", without).removeprefix("中华人民共和国")


def check_in_force(day: date | None, made_on: date | None) -> date:
    """Return the day from which the wording is in force; refuse none, and one before it was made."""
    if day is None:
        raise Refusal("statute.no_day", "文件没有写明施行日期，请用 --in-force-from 写明，例如 2019-01-01")
    if made_on is not None and day < made_on:
        raise Refusal("statute.in_force_too_early", f"施行日期{show_day(day)}早于通过日期{show_day(made_on)}，请核对")
    return day
