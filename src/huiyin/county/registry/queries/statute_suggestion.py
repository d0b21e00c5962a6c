"""The laws that a petition may be about: by its tags and class, and by the words it shares with their articles."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from huiyin.county.office.models import Tag
from huiyin.county.office.statute_models import StatuteLink
from huiyin.county.registry.models import Petition
from huiyin.platform.statutes import suggestion as articles
from huiyin.platform.statutes.national import links_of
from huiyin.platform.statutes.queries import ShownArticle, in_force, short_names, shown
from huiyin.platform.statutes.references import ArticleNumber, read_references

from .classes import all_classes

BY_TAG, BY_OWN_CLASS, BY_CLASS = 40.0, 30.0, 20.0
MOST, MOST_ARTICLES = 3, 4


@dataclass(frozen=True, slots=True)
class SuggestedArticle:
    """An article to look at, and why."""

    number: ArticleNumber
    caption: str
    reason: str

    @property
    def label(self) -> str:
        """Return how papers name it."""
        return self.number.label


@dataclass(frozen=True, slots=True)
class StatuteSuggestion:
    """A law that the petition may be about, with articles and every reason; the clerk decides."""

    code: str
    title: str
    weight: float
    reasons: tuple[str, ...]
    articles: tuple[SuggestedArticle, ...]

    @property
    def citation(self) -> str:
        """Return the likeliest article as the classification keeps it, or nothing."""
        return self.articles[0].label if self.articles else ""


@dataclass(slots=True)
class _Gathered:
    """What speaks for one law so far."""

    weight: float = 0.0
    reasons: list[str] = field(default_factory=list)
    numbers: dict[ArticleNumber, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Ground:
    """One link: the law, the articles it names, how much it counts and why."""

    statute_code: str
    numbers: tuple[ArticleNumber, ...]
    weight: float
    reason: str


def suggest_for(petition: Petition, *, on: date) -> tuple[StatuteSuggestion, ...]:
    """Return the laws that a petition may be about, by what was decided of it so far."""
    return suggest(text_of(petition), category_code=petition.category_code, tags=petition.tags, on=on)


def text_of(petition: Petition) -> str:
    """Return what a petition says, without what was split off it."""
    return f"{petition.summary}\n{petition.excerpt or petition.content}"


def suggest(text: str, *, on: date, category_code: str = "", tags: Sequence[str] = ()) -> tuple[StatuteSuggestion, ...]:
    """Return the likeliest laws of a text, of a class and of tags; a tag whose words stand in the text counts too."""
    gathered: dict[str, _Gathered] = {}
    for ground in _grounds(text, category_code=category_code, tags=tags):
        one = gathered.setdefault(ground.statute_code, _Gathered())
        one.weight += ground.weight
        one.reasons.append(ground.reason)
        for number in ground.numbers:
            one.numbers.setdefault(number, ground.reason)
    for found in articles.by_words(text, on=on):
        one = gathered.setdefault(found.code, _Gathered())
        one.weight += found.weight
        if found.spoken:
            one.reasons.append(f"内容中有{_quoted(found.spoken)}")
        for article in found.articles:
            reason = f"与内容同有{_quoted(article.words)}"
            one.numbers.setdefault(article.article.number, reason)
    ranked = sorted(gathered.items(), key=lambda item: (-item[1].weight, item[0]))[:MOST]
    return tuple(_presented(ranked, on=on))


def _grounds(text: str, *, category_code: str, tags: Sequence[str]) -> Iterator[_Ground]:
    for tag in Tag.objects.filter(is_active=True).order_by("code"):
        spoken = [word for word in (tag.name, *tag.words) if word in text]
        if tag.code in tags or spoken:
            why = f"标签“{tag.name}”" if tag.code in tags else f"标签“{tag.name}”（内容中有{_quoted(spoken[:2])}）"
            if tag.statute_code:
                yield _Ground(tag.statute_code, (), BY_TAG, why)
            for link in tag.statute_links.standing().order_by("pk"):
                yield _Ground(link.statute_code, _numbers(link.article), BY_TAG, f"{why}，本办关联")
    if not category_code:
        return
    paths = {one.code: one.path for one in all_classes()}
    for link in StatuteLink.objects.standing().of_class(category_code).order_by("-category_code", "pk"):
        path = paths.get(link.category_code, link.category_code)
        yield _Ground(link.statute_code, _numbers(link.article), BY_OWN_CLASS, f"分类“{path}”，本办关联")
    for one in links_of(category_code):
        numbers = tuple(ArticleNumber(number) for number in one.articles)
        yield _Ground(one.statute, numbers, BY_CLASS, f"分类“{paths.get(one.category, one.category)}”")


def _numbers(article: str) -> tuple[ArticleNumber, ...]:
    return tuple(one.article for one in read_references(article))


def _quoted(words: Iterable[str]) -> str:
    return "".join(f"“{word}”" for word in words)


def _presented(ranked: Iterable[tuple[str, _Gathered]], *, on: date) -> Iterator[StatuteSuggestion]:
    laws = list(ranked)
    titles = short_names()
    known: dict[tuple[str, ArticleNumber], ShownArticle] = {}
    for row in in_force(on=on).filter(version__statute__code__in=[code for code, _ in laws]):
        one = shown(row)
        known[one.statute_code, one.number] = one
    for code, gathered in laws:
        if code not in titles:
            continue
        chosen = list(gathered.numbers.items())[:MOST_ARTICLES]
        yield StatuteSuggestion(
            code=code,
            title=titles[code],
            weight=gathered.weight,
            reasons=tuple(dict.fromkeys(gathered.reasons)),
            articles=tuple(
                SuggestedArticle(number, _caption(known.get((code, number))), reason) for number, reason in chosen
            ),
        )


def _caption(article: ShownArticle | None) -> str:
    """Return what an article is about: our caption, or the beginning of its text."""
    if article is None:
        return ""
    return article.caption or (article.paragraphs[0][:30] if article.paragraphs else "")
