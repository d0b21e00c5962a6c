"""Questions to the laws: the catalogue, one law with its articles, one article, search, and what a citation names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.text import normalise, terms

from .models import Statute, StatuteArticle, StatuteVersion
from .querysets import ArticleQuerySet
from .references import ArticleNumber, read_references, written
from .states import Level

END_OF_TIME = date.max
SHOWN = 30
AROUND = 60


@dataclass(frozen=True, slots=True)
class Listed:
    """A law as the catalogue lists it, by the wording in force on the day asked for."""

    code: str
    title: str
    short_name: str
    level: Level
    organ: str
    in_force_from: date | None
    in_force_until: date | None
    articles: int
    has_text: bool


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """One article: where it stands, our caption, its paragraphs where the text was imported."""

    statute_code: str
    statute_title: str
    number: ArticleNumber
    part: str
    chapter: str
    section: str
    caption: str
    paragraphs: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return how papers name it: 第二十条."""
        return self.number.label

    @property
    def anchor(self) -> str:
        """Return its place on the law's page."""
        return self.number.anchor

    @property
    def title(self) -> str:
        """Return law and article as papers write them: 《水法》第五十五条."""
        return f"《{self.statute_title}》{self.label}"


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a law."""

    made_on: date | None
    in_force_from: date
    has_text: bool


@dataclass(frozen=True, slots=True)
class ShownStatute:
    """A law with all its wordings and the articles of one of them."""

    listed: Listed
    adopted_on: date | None
    words: tuple[str, ...]
    wordings: tuple[Wording, ...]
    shown: Wording
    missing: tuple[int, ...]
    articles: tuple[ShownArticle, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a found line: what was searched for, or what stands around it."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that has every word, with caption and line in pieces to be highlighted."""

    article: ShownArticle
    caption: tuple[Part, ...]
    line: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """How many articles have every word, the page of them that was asked for, and the laws that are named so."""

    total: int
    found: tuple[FoundArticle, ...]
    statutes: tuple[Listed, ...]


def statute_titles() -> dict[str, str]:
    """Return the title of every law by its code, in the order of the titles."""
    return dict(Statute.objects.order_by("title").values_list("code", "title"))


def short_names() -> dict[str, str]:
    """Return the short name of every law by its code."""
    rows = Statute.objects.order_by("title").values_list("code", "short_name", "title")
    return {code: short or title for code, short, title in rows}


def catalogue(*, on: date) -> tuple[Listed, ...]:
    """Return every law, what is in force first, by the wording of the day."""
    versions = {
        one.statute_id: one
        for one in StatuteVersion.objects.in_force(on=on).annotate(count=Count("articles")).order_by("pk")
    }
    listed = [_listed(one, versions.get(one.pk)) for one in Statute.objects.order_by("title")]
    return tuple(sorted(listed, key=lambda one: (_is_over(one, on), list(Level).index(one.level))))


def _is_over(one: Listed, on: date) -> bool:
    return one.in_force_until is not None and one.in_force_until < on


def _listed(statute: Statute, version: StatuteVersion | None) -> Listed:
    return Listed(
        code=statute.code,
        title=statute.title,
        short_name=statute.short_name or statute.title,
        level=Level(statute.level),
        organ=statute.organ,
        in_force_from=version.in_force_from if version else None,
        in_force_until=statute.in_force_until,
        articles=getattr(version, "count", 0) if version else 0,
        has_text=bool(version and version.sha256),
    )


def statute(code: str, *, on: date | None = None, version_of: date | None = None) -> ShownStatute:
    """Return a law with its articles: of the wording in force on the day, or of the one named; refuse an unknown."""
    row = Statute.objects.filter(code=code).first()
    if row is None:
        raise Refusal("statute.unknown", f"没有代码为{code}的法律")
    versions = list(row.versions.annotate(count=Count("articles")).order_by("-in_force_from"))
    shown = _chosen(versions, on=on or END_OF_TIME, version_of=version_of)
    return ShownStatute(
        listed=_listed(row, shown),
        adopted_on=row.adopted_on,
        words=tuple(row.words),
        wordings=tuple(_wording(one) for one in versions),
        shown=_wording(shown),
        missing=tuple(shown.missing),
        articles=tuple(_articles(shown.articles.select_related("version__statute").in_order())),
    )


def _chosen(versions: Sequence[StatuteVersion], *, on: date, version_of: date | None) -> StatuteVersion:
    """Return the wording named by its day, or the latest that has begun, or the first of all."""
    if version_of is not None:
        for one in versions:
            if one.in_force_from == version_of:
                return one
        raise Refusal("statute.unknown_version", "没有这一版")
    begun = [one for one in versions if one.in_force_from <= on]
    return begun[0] if begun else versions[-1]


def _wording(one: StatuteVersion) -> Wording:
    return Wording(one.made_on, one.in_force_from, has_text=bool(one.sha256))


def _articles(rows: ArticleQuerySet) -> Iterator[ShownArticle]:
    return (shown(row) for row in rows)


def shown(row: StatuteArticle) -> ShownArticle:
    """Return an article as screens and papers take it."""
    law = row.version.statute
    return ShownArticle(
        statute_code=law.code,
        statute_title=law.short_name or law.title,
        number=ArticleNumber(row.number, row.branch),
        part=row.part,
        chapter=row.chapter,
        section=row.section,
        caption=row.caption,
        paragraphs=tuple(row.paragraphs),
    )


def in_force(*, on: date | None = None) -> ArticleQuerySet:
    """Return the articles of the wordings in force on a day, of every law; without a day, of the newest ones."""
    versions = StatuteVersion.objects.in_force(on=on or END_OF_TIME)
    return StatuteArticle.objects.filter(version__in=versions).select_related("version__statute")


def article(code: str, number: int, *, branch: int = 0, on: date | None = None) -> ShownArticle:
    """Return one article; refuse one that is neither captioned nor imported."""
    row = in_force(on=on).filter(version__statute__code=code, number=number, branch=branch).first()
    if row is None:
        raise Refusal("statute.no_such_article", f"{code}没有收入{ArticleNumber(number, branch).label}")
    return shown(row)


def search(words: str, *, on: date | None = None, code: str = "", start: int = 0, limit: int = SHOWN) -> SearchResult:
    """Return the articles that have every word, 1 character or many, with what was found marked.

    A word that is the name of a law asks for that law: 水法 水费 finds 水费 in the 水法.
    """
    asked, named = [], list(_named(terms(words)))
    law_words = {name for _, name in named}
    asked = [term for term in terms(words) if term not in law_words]
    rows = in_force(on=on).matching(" ".join(asked))
    if named:
        rows = rows.filter(version__statute__code__in=[one for one, _ in named])
    if code:
        rows = rows.filter(version__statute__code=code)
    laws = _laws(terms(words), on=on or END_OF_TIME)
    if not asked:
        return SearchResult(0, (), laws)
    total = rows.count()
    page = [_found(shown(row), asked) for row in rows.in_order().defer("grams", "searchable")[start : start + limit]]
    return SearchResult(total, tuple(page), laws)


def _named(asked: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the laws that a word names in full, with the word."""
    for code, short, title in Statute.objects.order_by("code").values_list("code", "short_name", "title"):
        for name in {normalise(short), normalise(title), normalise(f"《{short}》")} & set(asked):
            yield code, name


def _laws(asked: Sequence[str], *, on: date) -> tuple[Listed, ...]:
    """Return the laws whose title, or whose everyday words, have every word asked for."""
    if not asked:
        return ()
    rows = Statute.objects.order_by("title")
    known = {one.code: normalise(f"{one.title} {one.short_name} {' '.join(one.words)}") for one in rows}
    wanted = {code for code, text in known.items() if all(term in text for term in asked)}
    return tuple(one for one in catalogue(on=on) if one.code in wanted)


def _found(one: ShownArticle, asked: Sequence[str]) -> FoundArticle:
    lines = [line for line in one.paragraphs if any(term in normalise(line) for term in asked)]
    return FoundArticle(
        article=one,
        caption=marked(one.caption, asked),
        line=marked(around(lines[0], asked), asked) if lines else (),
    )


def marked(text: str, asked: Sequence[str]) -> tuple[Part, ...]:
    """Return a text in pieces, those that were searched for marked."""
    plain, places = _flattened(text)
    hit = [False] * len(text)
    for term in asked:
        at = plain.find(term)
        while at >= 0:
            hit[places[at] : places[at + len(term) - 1] + 1] = [True] * (places[at + len(term) - 1] + 1 - places[at])
            at = plain.find(term, at + 1)
    pieces: list[Part] = []
    for sign, is_hit in zip(text, hit, strict=True):
        if pieces and pieces[-1].is_hit is is_hit:
            pieces[-1] = Part(pieces[-1].text + sign, is_hit)
        else:
            pieces.append(Part(sign, is_hit))
    return tuple(pieces)


def _flattened(text: str) -> tuple[str, list[int]]:
    """Return a text as search compares it, and where each of its characters stood."""
    plain, places = "", []
    for at, sign in enumerate(text):
        folded = normalise(sign)
        plain += folded
        places += [at] * len(folded)
    return plain, places


def around(text: str, asked: Sequence[str]) -> str:
    """Return the piece of a long line in which the first word stands."""
    plain, places = _flattened(text)
    found = [at for term in asked if (at := plain.find(term)) >= 0]
    if not found or len(text) <= 2 * AROUND:
        return text
    middle = places[min(found)]
    begin, end = max(0, middle - AROUND), min(len(text), middle + AROUND)
    return ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")


def cited(code: str, article_words: str, *, on: date) -> str:
    """Return the articles that a person named as papers write them.

    Refuse an unknown law, and an article that the imported text in force on the day has not; where no text was
    imported every number is taken as it was given.
    """
    if not code:
        return article_words.strip()
    if not Statute.objects.filter(code=code).exists():
        raise Refusal("statute.unknown_code", f"没有代码为{code}的法律")
    references = read_references(article_words)
    version = StatuteVersion.objects.in_force(on=on).filter(statute__code=code).exclude(sha256="").first()
    if version is not None and references:
        wanted = Q()
        for one in references:
            wanted |= Q(number=one.article.number, branch=one.article.branch)
        rows = version.articles.filter(wanted).values_list("number", "branch")
        known = {ArticleNumber(*row) for row in rows} | {ArticleNumber(one) for one in version.missing}
        unknown = [one.article.label for one in references if one.article not in known]
        if unknown:
            title = Statute.objects.get(code=code).title
            raise Refusal("statute.unknown_article", f"《{title}》没有{'、'.join(unknown)}，请核对条款")
    return written(references)
