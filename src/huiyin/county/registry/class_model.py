"""The class suggestion: multinomial naive Bayes over pairs of characters, learned from an office's own decisions.

It knows only what the office has classified itself. Naive Bayes says everything with too much certainty, so its
certainty is cooled until, over the decisions it learned from with the asked one left out, the mean certainty equals the
share that was right; and it is no more certain of a text than the share of it that the class has read before.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huiyin.kernel.text import meaningful_pairs

FEWEST = 20
SMOOTHING = 0.1
CHECKED_AT_MOST = 300
COOLEST, HALVINGS = 64.0, 24


@dataclass(frozen=True, slots=True)
class Guess:
    """The class that the office would most likely decide, and how certain that is, 0 to 1."""

    code: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Model:
    """What an office has decided so far, counted."""

    documents: Counter[str]
    pairs: dict[str, Counter[str]]
    totals: Counter[str]
    vocabulary: int
    heat: float = 1.0
    checked: int = 0
    right: int = 0

    @property
    def learned_from(self) -> int:
        """Return of how many decisions."""
        return sum(self.documents.values())

    @property
    def is_enough(self) -> bool:
        """Return whether there are enough decisions to suggest anything."""
        return self.learned_from >= FEWEST

    def suggest(self, text: str) -> Guess | None:
        """Return the likeliest class of a text; None where there are too few decisions or nothing to go by."""
        features = meaningful_pairs(text)
        if not self.is_enough or not any(features & known.keys() for known in self.pairs.values()):
            return None
        guess = _likeliest(self._scores(features), heat=self.heat)
        read_before = len(features & self.pairs[guess.code].keys()) / len(features)
        return Guess(guess.code, guess.certainty * read_before)

    def _scores(self, features: set[str], *, without: tuple[str, set[str]] | None = None) -> dict[str, float]:
        """Return the logarithm of each class's share, as if one decision had not been made where it is named."""
        left_class, left_pairs = without or ("", set())
        whole = self.learned_from - bool(without)
        scores = {}
        for code, count in self.documents.items():
            left_out = code == left_class
            documents = count - left_out
            if not documents:
                continue
            known, total = self.pairs[code], self.totals[code] - (len(left_pairs) if left_out else 0)
            below = math.log(total + SMOOTHING * self.vocabulary)
            score = math.log(documents / whole)
            for pair in features:
                seen = known.get(pair, 0) - (left_out and pair in left_pairs)
                score += math.log(seen + SMOOTHING) - below
            scores[code] = score
        return scores

    def left_out(self, decisions: Sequence[tuple[str, set[str]]]) -> list[tuple[str, dict[str, float]]]:
        """Return for each decision what it was and the scores that all others give its text."""
        return [(code, self._scores(found, without=(code, found))) for code, found in decisions]


def train(decisions: Iterable[tuple[str, str]]) -> Model:
    """Learn from decisions, each a class code with its text; the certainty is checked on the latest of them."""
    read = [(code, meaningful_pairs(text)) for code, text in decisions]
    documents: Counter[str] = Counter()
    pairs: dict[str, Counter[str]] = {}
    totals: Counter[str] = Counter()
    for code, found in read:
        documents[code] += 1
        pairs.setdefault(code, Counter()).update(found)
        totals[code] += len(found)
    vocabulary = len({pair for known in pairs.values() for pair in known})
    model = Model(documents, pairs, totals, vocabulary)
    if not model.is_enough:
        return model
    tried = [one for one in model.left_out(read[-CHECKED_AT_MOST:]) if one[1]]
    right = sum(_likeliest(scores, heat=1.0).code == code for code, scores in tried)
    heat = _heat([scores for _, scores in tried], share=right / len(tried))
    return Model(documents, pairs, totals, vocabulary, heat=heat, checked=len(tried), right=right)


def _likeliest(scores: dict[str, float], *, heat: float) -> Guess:
    code = max(sorted(scores), key=lambda one: scores[one])
    weights = [math.exp((score - scores[code]) / heat) for score in scores.values()]
    return Guess(code, 1 / sum(weights))


def _heat(scores: Sequence[dict[str, float]], *, share: float) -> float:
    """Return by how much the scores are divided so that the mean certainty is the share that was right."""
    low, high = 1.0, COOLEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        mean = sum(_likeliest(one, heat=middle).certainty for one in scores) / len(scores)
        low, high = (middle, high) if mean > share else (low, middle)
    return (low + high) / 2
