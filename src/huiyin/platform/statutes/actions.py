"""What changes the laws: importing a full text from a file, beside the wordings that are there."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huiyin.kernel.refusal import Refusal

from . import texts
from .inspection import lines_of
from .models import Statute, StatuteArticle, StatuteVersion
from .references import ArticleNumber
from .seeding import OWNER, article_of
from .states import Level
from .texts import ReadText

LEVEL_OF_TITLE = (("法", Level.LAW), ("条例", Level.ADMINISTRATIVE))


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """What the operator says of the file: its law by code, and what the file itself may not tell."""

    code: str
    name: str
    data: bytes
    in_force_from: date | None = None
    level: Level | None = None
    short_name: str = ""
    organ: str = ""
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was found in the file, and what was or would be done with it."""

    code: str
    title: str
    outcome: str
    made_on: date | None
    in_force_from: date
    day_from: str
    chapters: int
    articles: int
    first: str
    last: str
    missing: tuple[str, ...]
    captions: int
    sha256: str
    written: bool

    @property
    def words(self) -> str:
        """Return the report in sentences."""
        gaps = f"；缺{'、'.join(self.missing)}" if self.missing else "；条文连续，无缺漏、无重复"
        return (
            f"《{self.title}》（{self.code}）：{self.outcome}。"
            f"共 {self.chapters} 章 {self.articles} 条，{self.first}至{self.last}{gaps}；"
            f"{self.in_force_from.isoformat()} 起施行（{self.day_from}）；沿用本产品的条文提要 {self.captions} 条"
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that was read and found good, with the law it belongs to; None where the catalogue has it not yet."""

    text: ReadText
    statute: Statute | None
    day: date
    day_from: str
    sha256: str
    missing: tuple[ArticleNumber, ...]


@transaction.atomic(using=OWNER)
def import_text(*, entry: ImportEntry, at: datetime) -> ImportReport:
    """Write the full text of a law as a wording of its own; the same file a second time changes nothing."""
    found = _found(entry)
    known = _version(found)
    if known is not None and known.sha256 == found.sha256:
        return _report(
            entry, found, outcome="这份文件已经导入，没有改动", captions=_captions_kept(known), written=False
        )
    _check_replacing(known, replaces=entry.replaces)
    statute = found.statute or _new_statute(entry, found)
    version = known or StatuteVersion(statute=statute, in_force_from=found.day)
    captions = _captions(known)
    version.made_on, version.sha256, version.imported_at = found.text.made_on or version.made_on, found.sha256, at
    version.missing = [one.number for one in found.missing]
    version.save(using=OWNER)
    version.articles.using(OWNER).all().delete()
    StatuteArticle.objects.using(OWNER).bulk_create(_rows(version, found.text, captions))
    kept = sum(one.number in captions for one in found.text.articles)
    return _report(entry, found, outcome=_outcome(known, is_new=found.statute is None), captions=kept, written=True)


def try_import(*, entry: ImportEntry) -> ImportReport:
    """Return what an import would do, and write nothing; refuse what it would refuse."""
    found = _found(entry)
    known = _version(found)
    if known is not None and known.sha256 == found.sha256:
        return _report(
            entry, found, outcome="这份文件已经导入，没有改动", captions=_captions_kept(known), written=False
        )
    _check_replacing(known, replaces=entry.replaces)
    if found.statute is None:
        _level(entry, found.text.title)
    captions = _captions(known)
    kept = sum(one.number in captions for one in found.text.articles)
    outcome = f"试运行，没有写入；正式导入将{_outcome(known, is_new=found.statute is None)}"
    return _report(entry, found, outcome=outcome, captions=kept, written=False)


def _found(entry: ImportEntry) -> _Found:
    text = texts.read_text(lines_of(entry.data, entry.name))
    texts.check_is_law(text)
    faults = texts.faults_of(text.numbers)
    texts.check_numbering(faults)
    statute = Statute.objects.using(OWNER).filter(code=entry.code).first()
    if statute is not None:
        texts.check_same_title(text.title, statute.title)
    day, day_from = _in_force_from(entry, text, statute)
    sha256 = hashlib.sha256(entry.data).hexdigest()
    return _Found(text, statute, day, day_from, sha256, faults.missing)


def _in_force_from(entry: ImportEntry, text: ReadText, statute: Statute | None) -> tuple[date, str]:
    """Return from when this wording is in force and who says so: the operator, the catalogue, or the file."""
    if entry.in_force_from is not None:
        return texts.check_in_force(entry.in_force_from, text.made_on), "由命令写明"
    known = (
        StatuteVersion.objects.using(OWNER).filter(statute=statute, made_on=text.made_on).first()
        if statute is not None and text.made_on is not None
        else None
    )
    if known is not None:
        return known.in_force_from, "按本产品的目录"
    return texts.check_in_force(text.says_in_force_from, text.made_on), "按文件，请核对"


def _version(found: _Found) -> StatuteVersion | None:
    if found.statute is None:
        return None
    return StatuteVersion.objects.using(OWNER).filter(statute=found.statute, in_force_from=found.day).first()


def _check_replacing(known: StatuteVersion | None, *, replaces: bool) -> None:
    """Refuse to write over an imported text that nobody asked to replace."""
    if known is not None and known.sha256 and not replaces:
        raise Refusal(
            "statute.known_text",
            f"{known.in_force_from.isoformat()} 起施行的文本已经导入，内容不同；确认以这份文件为准，请加 --replace",
        )


def _new_statute(entry: ImportEntry, found: _Found) -> Statute:
    title = found.text.title
    return Statute.objects.using(OWNER).create(
        code=entry.code,
        title=title,
        short_name=entry.short_name or texts.bare(title)[:40],
        level=_level(entry, title).value,
        organ=entry.organ,
        adopted_on=min((one.day for one in found.text.made), default=None),
        in_force_from=found.day,
    )


def _level(entry: ImportEntry, title: str) -> Level:
    """Return the level of a law that the catalogue has not: as said, or as its title tells."""
    if entry.level is not None:
        return entry.level
    if title.startswith("中华人民共和国"):
        for ending, level in LEVEL_OF_TITLE:
            if title.endswith(ending):
                return level
    raise Refusal("statute.no_level", "目录里没有这部法，请用 --level 写明效力级别")


def _captions(known: StatuteVersion | None) -> Mapping[ArticleNumber, str]:
    """Return our captions of this wording, by number."""
    if known is None:
        return {}
    rows = known.articles.using(OWNER).exclude(caption="").values_list("number", "branch", "caption")
    return {ArticleNumber(number, branch): caption for number, branch, caption in rows}


def _captions_kept(known: StatuteVersion) -> int:
    return len(_captions(known))


def _rows(version: StatuteVersion, text: ReadText, captions: Mapping[ArticleNumber, str]) -> list[StatuteArticle]:
    rows = []
    for one in text.articles:
        caption = captions.get(one.number, one.caption)
        row = article_of(version, one.number, caption=caption, paragraphs=one.paragraphs, place=one.chapter)
        row.part, row.section = one.part, one.section
        rows.append(row)
    return rows


def _outcome(known: StatuteVersion | None, *, is_new: bool) -> str:
    if is_new:
        return "列入目录并写入正文"
    if known is None:
        return "在原有版本之外增加一版"
    return "替换原来导入的正文" if known.sha256 else "写入目录中这一版的正文"


def _report(entry: ImportEntry, found: _Found, *, outcome: str, captions: int, written: bool) -> ImportReport:
    return ImportReport(
        code=entry.code,
        title=found.text.title,
        outcome=outcome,
        made_on=found.text.made_on,
        in_force_from=found.day,
        day_from=found.day_from,
        chapters=sum(place.partition("　")[0].endswith("章") for place in found.text.chapters),
        articles=len(found.text.articles),
        first=found.text.numbers[0].label,
        last=found.text.numbers[-1].label,
        missing=tuple(one.label for one in found.missing),
        captions=captions,
        sha256=found.sha256,
        written=written,
    )
