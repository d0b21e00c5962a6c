"""One law: its facts, its wordings, its chapters as a table of contents, its articles each with a place of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.accounts.roles import OFFICE_ROLES
from huiyin.interfaces.components.links import Button, Chip, Chips, Crumb
from huiyin.interfaces.components.petitions import Fact, Facts, StateBadge
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.calendar import local_day
from huiyin.platform.statutes import queries
from huiyin.platform.statutes.queries import ShownArticle, ShownStatute
from huiyin.platform.statutes.references import ArticleNumber

from .access import needs, staff_of
from .statutes import badge_of, counts_for, petitions_href


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One article as the page shows it."""

    anchor: str
    label: str
    caption: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChapterBlock:
    """A chapter, or a section of one, with its articles."""

    anchor: str
    title: str
    is_section: bool
    span: str
    articles: tuple[ArticleLine, ...]


@dataclass(frozen=True, slots=True)
class StatuteScreen:
    """One law to be read."""

    title: str
    crumbs: tuple[Crumb, ...]
    badge: StateBadge
    petitions: Button | None
    facts: Facts
    versions: Chips
    search_action: str
    short_name: str
    note: str
    chapters: tuple[ChapterBlock, ...]


@needs(OFFICE_ROLES)
@require_safe
def statute(request: HttpRequest, statute_code: str) -> HttpResponse:
    """One law, by the wording in force today or by the one that was asked for."""
    today, counts = local_day(timezone.now()), counts_for(staff_of(request))
    found = queries.statute(statute_code, on=today, version_of=day_of(request.GET.get("version", "")))
    listed = found.listed
    count = counts.get(listed.code, 0) if counts is not None else 0
    screen = StatuteScreen(
        title=listed.title,
        crumbs=(Crumb(label="法律库", href=reverse("statutes")),),
        badge=badge_of(listed, today=today),
        petitions=Button(label=f"信访件 {count} 件", href=petitions_href(listed.code)) if count else None,
        facts=_facts(found, count=None if counts is None else count),
        versions=_versions(found),
        search_action=reverse("statutes"),
        short_name=listed.short_name,
        note=_note(found),
        chapters=tuple(_chapters(found.articles)),
    )
    return render(request, "statute.html", {"screen": screen})


def day_of(text: str) -> date | None:
    """Return the day that an address names, or none where it names none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _facts(found: ShownStatute, *, count: int | None) -> Facts:
    listed, shown = found.listed, found.shown
    items = [
        Fact(label="效力级别", value=listed.level.label),
        Fact(label="制定机关", value=listed.organ or "—"),
        Fact(label="通过", value=day_words(found.adopted_on) if found.adopted_on else "—"),
        Fact(label="本版通过或修改", value=day_words(shown.made_on) if shown.made_on else "—"),
        Fact(label="本版施行", value=day_words(shown.in_force_from)),
    ]
    if listed.in_force_until:
        items.append(Fact(label="有效至", value=day_words(listed.in_force_until)))
    if count is not None:
        items.append(Fact(label="关联的信访件", value=f"{count} 件"))
    if found.words:
        items.append(Fact(label="常用说法", value="、".join(found.words), wide=True))
    return Facts(items=tuple(items), columns=3)


def _versions(found: ShownStatute) -> Chips:
    home = reverse("statute", args=[found.listed.code])
    items = (
        Chip(
            label=f"{day_words(one.in_force_from)} 起",
            href=f"{home}?version={one.in_force_from.isoformat()}",
            active=one.in_force_from == found.shown.in_force_from,
        )
        for one in found.wordings
    )
    return Chips(label="版本", items=tuple(items))


def _note(found: ShownStatute) -> str:
    if not found.shown.has_text:
        what = "下面是信访工作常引用的条文的提要" if found.articles else "这一版也没有条文提要"
        return f"这一版的正文没有导入，{what}。正文由平台运维从文件导入；引用原文请以公布的文本为准。"
    if found.missing:
        numbers = "、".join(ArticleNumber(one).label for one in found.missing)
        return f"导入的文件缺{numbers}，引用时请核对公布的文本。"
    return ""


def _chapters(articles: tuple[ShownArticle, ...]) -> Iterator[ChapterBlock]:
    number, chapter_before = 0, ""
    for (part, chapter, section), group in groupby(articles, key=lambda one: (one.part, one.chapter, one.section)):
        rows = tuple(group)
        if section and chapter != chapter_before:
            number += 1
            yield ChapterBlock(f"chapter-{number}", _title(part, chapter), is_section=False, span="", articles=())
        number, chapter_before = number + 1, chapter
        yield ChapterBlock(
            anchor=f"chapter-{number}",
            title=section or _title(part, chapter) or "条文",
            is_section=bool(section),
            span=rows[0].label if len(rows) == 1 else f"{rows[0].label}至{rows[-1].label}",
            articles=tuple(ArticleLine(one.anchor, one.label, one.caption, one.paragraphs) for one in rows),
        )


def _title(part: str, chapter: str) -> str:
    return "　".join(words for words in (part, chapter) if words)
