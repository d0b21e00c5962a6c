"""Suggestion: the laws and articles that a text shares words with, and why. A person decides."""

from dataclasses import dataclass
from datetime import date

from .models import Statute
from .overlap import most_telling, shared_words, telling_pairs
from .queries import ShownArticle, in_force, shown

WORD_WEIGHT = 6.0
CLOSE = 0.4
MOST_ARTICLES = 3


@dataclass(frozen=True, slots=True)
class SuggestedArticle:
    """An article with the words that it shares with the text."""

    article: ShownArticle
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class ByWords:
    """A law that a text leads to: by what people call the things it rules, and by words of its articles."""

    code: str
    weight: float
    spoken: tuple[str, ...]
    articles: tuple[SuggestedArticle, ...]


def by_words(text: str, *, on: date) -> tuple[ByWords, ...]:
    """Return the laws that the words of a text lead to, the likeliest first.

    A law is named by what people call its things, or where one of its articles shares more than a single pair of
    characters with the text: one rare pair alone is mostly chance. An article that has such a word comes first.
    """
    pairs = telling_pairs(text)
    if not pairs:
        return ()
    rows = list(in_force(on=on).exclude(version__statute__in_force_until__lt=on).sharing(pairs).in_order())
    out_of = in_force(on=on).count()
    found = shared_words(text, [row.searchable for row in rows], out_of=out_of)
    said = {code: tuple(word for word in words if word in text) for code, words in _laws_in_force(on)}
    articles: dict[str, list[SuggestedArticle]] = {}
    for one in found:
        row = rows[one.place]
        article = shown(row)
        named = sum(word in row.searchable for word in said.get(article.statute_code, ()))
        weight = one.weight + named * most_telling(out_of)
        articles.setdefault(article.statute_code, []).append(SuggestedArticle(article, one.words, weight))
    laws = []
    for code, spoken in said.items():
        best = sorted(articles.get(code, []), key=lambda one: (-one.weight, one.article.number))
        weight = WORD_WEIGHT * len(spoken) + (best[0].weight if best else 0.0)
        if spoken or weight > most_telling(out_of):
            laws.append(ByWords(code, weight, spoken, _best(best)))
    ranked = sorted(laws, key=lambda one: (-one.weight, one.code))
    return tuple(one for one in ranked if one.weight >= CLOSE * ranked[0].weight)


def _laws_in_force(on: date) -> list[tuple[str, list[str]]]:
    rows = Statute.objects.exclude(in_force_until__lt=on).order_by("code")
    return list(rows.values_list("code", "words"))


def _best(articles: list[SuggestedArticle]) -> tuple[SuggestedArticle, ...]:
    """Return the few articles that share nearly as much as the first."""
    least = CLOSE * articles[0].weight if articles else 0.0
    return tuple(one for one in articles if one.weight >= least)[:MOST_ARTICLES]
