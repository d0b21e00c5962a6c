"""Seeding: the laws that the product knows by name, with their wordings and our captions."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from huiyin.kernel.text import grams, normalise

from .models import Statute, StatuteArticle, StatuteVersion
from .national import StatuteEntry, national_list
from .references import ArticleNumber

OWNER = "owner"


@transaction.atomic(using=OWNER)
def seed_statutes() -> int:
    """Write the shipped laws, wordings and captions that are missing or told otherwise; return of how many laws."""
    return sum(_seed(entry) for entry in national_list().statutes)


def _seed(entry: StatuteEntry) -> bool:
    facts = entry.model_dump(exclude={"versions", "words"}) | {"level": entry.level.value, "words": list(entry.words)}
    statute = Statute.objects.using(OWNER).filter(code=entry.code).first()
    if statute is None:
        statute = Statute.objects.using(OWNER).create(**facts)
        is_changed = True
    else:
        is_changed = any(getattr(statute, name) != value for name, value in facts.items())
        if is_changed:
            Statute.objects.using(OWNER).filter(pk=statute.pk).update(**facts)
    known = {one.in_force_from: one for one in statute.versions.using(OWNER).order_by("in_force_from")}
    for version in entry.versions:
        row = known.get(version.in_force_from)
        if row is None:
            row = StatuteVersion.objects.using(OWNER).create(
                statute=statute, made_on=version.made_on, in_force_from=version.in_force_from
            )
            is_changed = True
        is_changed |= _seed_captions(row, dict(version.captions))
    return is_changed


def _seed_captions(version: StatuteVersion, captions: Mapping[int, str]) -> bool:
    """Write the captions of a wording: an article whose text is known gets its caption, another one is made."""
    known = {one.number: one for one in version.articles.using(OWNER).filter(branch=0)}
    new, changed = [], []
    for number, caption in captions.items():
        article = known.get(number)
        if article is None and not version.sha256:
            new.append(article_of(version, ArticleNumber(number), caption=caption))
        elif article is not None and article.caption != caption:
            article.caption = caption
            article.searchable, article.grams = search_values(ArticleNumber(number), caption, article.paragraphs)
            changed.append(article)
    StatuteArticle.objects.using(OWNER).bulk_create(new)
    StatuteArticle.objects.using(OWNER).bulk_update(changed, ["caption", "searchable", "grams"])
    return bool(new or changed)


def article_of(
    version: StatuteVersion, number: ArticleNumber, *, caption: str, paragraphs: Iterable[str] = (), place: str = ""
) -> StatuteArticle:
    """Return an article that is not saved, with what search asks of it; ``place`` is its chapter."""
    lines = list(paragraphs)
    searchable, found = search_values(number, caption, lines)
    return StatuteArticle(
        version=version,
        number=number.number,
        branch=number.branch,
        chapter=place,
        caption=caption,
        paragraphs=lines,
        searchable=searchable,
        grams=found,
    )


def search_values(number: ArticleNumber, caption: str, paragraphs: Iterable[str]) -> tuple[str, list[str]]:
    """Return the text that search compares and its grams: number, caption, paragraphs."""
    searchable = normalise("\n".join((number.label, caption, *paragraphs)))
    return searchable, grams(searchable)
