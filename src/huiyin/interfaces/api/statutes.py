"""法律库 by API: the catalogue, one law, its articles, search, the office's links, and suggestions for a petition."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from huiyin.accounts.models import Staff
from huiyin.accounts.permissions import check_has_role
from huiyin.accounts.roles import OFFICE_ROLES, READS_PETITIONS
from huiyin.county.office.actions import statute_links
from huiyin.county.office.actions.statute_links import LinkEntry
from huiyin.county.office.statute_models import StatuteLink
from huiyin.county.registry.queries.statute_counts import petitions_by_statute
from huiyin.county.registry.queries.statute_suggestion import suggest_for
from huiyin.kernel.calendar import local_day
from huiyin.platform.statutes import queries
from huiyin.platform.statutes.queries import Listed, ShownArticle

from .access import caller, office_reader
from .petitions import found
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["法律库"])
of_petition = Router(tags=["信访件"])


class StatuteOut(Schema):
    """One law; ``petitions`` only for those who may list petitions."""

    code: str
    title: str
    short_name: str
    level: str
    organ: str
    in_force_from: date | None
    in_force_until: date | None
    articles: int
    has_text: bool
    petitions: int | None

    @classmethod
    def of(cls, one: Listed, counts: Mapping[str, int] | None) -> Self:
        """Return a law with its count of petitions."""
        return cls(
            code=one.code,
            title=one.title,
            short_name=one.short_name,
            level=one.level.value,
            organ=one.organ,
            in_force_from=one.in_force_from,
            in_force_until=one.in_force_until,
            articles=one.articles,
            has_text=one.has_text,
            petitions=None if counts is None else counts.get(one.code, 0),
        )


class ArticleOut(Schema):
    """One article; without an imported text it has only our caption."""

    statute_code: str
    number: int
    branch: int
    label: str
    anchor: str
    chapter: str
    section: str
    caption: str
    paragraphs: list[str]

    @classmethod
    def of(cls, one: ShownArticle) -> Self:
        """Return an article."""
        return cls(
            statute_code=one.statute_code,
            number=one.number.number,
            branch=one.number.branch,
            label=one.label,
            anchor=one.anchor,
            chapter=one.chapter,
            section=one.section,
            caption=one.caption,
            paragraphs=list(one.paragraphs),
        )


class WordingOut(Schema):
    """One version of a law."""

    made_on: date | None
    in_force_from: date
    has_text: bool


class WholeStatuteOut(Schema):
    """A law with the articles of one wording."""

    statute: StatuteOut
    wordings: list[WordingOut]
    shown: WordingOut
    missing: list[int]
    articles: list[ArticleOut]


class FoundOut(Schema):
    """What a search found: the laws named so, and a page of the articles that have every word."""

    total: int
    statutes: list[StatuteOut]
    items: list[ArticleOut]


class LinkIn(In):
    """关联: from a tag or from a class, to a law."""

    statute_code: Annotated[str, Field(min_length=1, max_length=40)]
    tag_code: Annotated[str, Field(max_length=40)] = ""
    category_code: Annotated[str, Field(max_length=20)] = ""
    article: Annotated[str, Field(max_length=40)] = ""
    note: Annotated[str, Field(max_length=200)] = ""


class LinkOut(Schema):
    """One link of the office."""

    id: int
    tag_code: str
    category_code: str
    statute_code: str
    article: str
    note: str


class SuggestedArticleOut(Schema):
    """An article to look at, and why."""

    label: str
    caption: str
    reason: str


class SuggestionOut(Schema):
    """A law that the petition may be about; it is never applied by itself."""

    code: str
    title: str
    weight: float
    reasons: list[str]
    articles: list[SuggestedArticleOut]


def office_person(request: HttpRequest) -> Staff:
    """Return who calls, of the office."""
    by = caller(request)
    check_has_role(by, *sorted(OFFICE_ROLES), act="查看法律库")
    return by


def counts_for(by: Staff) -> Mapping[str, int] | None:
    """Return how many petitions are about each law, for those who may list petitions."""
    return petitions_by_statute(by) if by.role_set & READS_PETITIONS else None


@router.get("/", response=list[StatuteOut], summary="法律目录")
def catalogue(request: HttpRequest) -> list[StatuteOut]:
    """Return every law of the catalogue, by the wording in force today."""
    counts = counts_for(office_person(request))
    return [StatuteOut.of(one, counts) for one in queries.catalogue(on=local_day(timezone.now()))]


@router.get("/search", response=FoundOut, summary="检索条文")
def search(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=60)] = "",
    code: Annotated[str, Query(max_length=40)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = queries.SHOWN,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> FoundOut:
    """Return the articles in force today that have every word, one character or many."""
    counts = counts_for(office_person(request))
    result = queries.search(q, on=local_day(timezone.now()), code=code, start=offset, limit=limit)
    return FoundOut(
        total=result.total,
        statutes=[StatuteOut.of(one, counts) for one in result.statutes],
        items=[ArticleOut.of(one.article) for one in result.found],
    )


@router.get("/links", response=list[LinkOut], summary="标签、分类的关联")
def links(request: HttpRequest) -> list[LinkOut]:
    """Return the office's own links."""
    office_person(request)
    rows = StatuteLink.objects.standing().select_related("tag").order_by("pk")
    return [
        LinkOut(
            id=row.pk,
            tag_code=row.tag.code if row.tag else "",
            category_code=row.category_code,
            statute_code=row.statute_code,
            article=row.article,
            note=row.note,
        )
        for row in rows
    ]


@router.post("/links", response=Done, summary="关联法律")
def link(request: HttpRequest, body: LinkIn) -> Done:
    """关联法律: petitions of the tag or class are offered the law from now on."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=statute_links.link(entry=LinkEntry(**dict(body)), by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/links/{int:statute_link_id}/unlink", response=Done, summary="解除关联")
def unlink(request: HttpRequest, statute_link_id: int) -> Done:
    """解除关联: what was classified stays as it is."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=statute_links.unlink(link_id=statute_link_id, by=by, at=at).pk)

    return carried_out(request, None, at, act)


@router.get("/{statute_code}", response=WholeStatuteOut, summary="一部法律")
def statute(request: HttpRequest, statute_code: str, version: date | None = None) -> WholeStatuteOut:
    """Return a law with its articles: of the wording in force today, or of the one named by its first day."""
    counts = counts_for(office_person(request))
    one = queries.statute(statute_code, on=local_day(timezone.now()), version_of=version)
    return WholeStatuteOut(
        statute=StatuteOut.of(one.listed, counts),
        wordings=[_wording(each) for each in one.wordings],
        shown=_wording(one.shown),
        missing=list(one.missing),
        articles=[ArticleOut.of(each) for each in one.articles],
    )


def _wording(one: queries.Wording) -> WordingOut:
    return WordingOut(made_on=one.made_on, in_force_from=one.in_force_from, has_text=one.has_text)


@router.get("/{statute_code}/articles/{int:article_number}", response=ArticleOut, summary="一条")
def article(request: HttpRequest, statute_code: str, article_number: int, branch: int = 0) -> ArticleOut:
    """Return one article of the wording in force today."""
    office_person(request)
    return ArticleOut.of(queries.article(statute_code, article_number, branch=branch, on=local_day(timezone.now())))


@of_petition.get("/{int:petition_id}/statute-suggestions", response=list[SuggestionOut], summary="关联法律的建议")
def suggested(request: HttpRequest, petition_id: int) -> list[SuggestionOut]:
    """Return the laws that the petition may be about, with articles and reasons; it is never applied by itself."""
    by = office_reader(request, act="看关联法律的建议")
    rows = suggest_for(found(by, petition_id), on=local_day(timezone.now()))
    return [
        SuggestionOut(
            code=row.code,
            title=row.title,
            weight=round(row.weight, 2),
            reasons=list(row.reasons),
            articles=[
                SuggestedArticleOut(label=one.label, caption=one.caption, reason=one.reason) for one in row.articles
            ],
        )
        for row in rows
    ]
