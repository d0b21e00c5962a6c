"""The class that this office would most likely decide, learned from its own confirmed decisions."""

from dataclasses import dataclass

from huiyin.county.journal.models import Entry
from huiyin.county.registry.class_model import FEWEST, Model, train
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality
from huiyin.kernel import tenant

from .classes import all_classes

LEARNT_FROM = ("petition.classified", "petition.reclassified", "petition.voided", "petition.sealed")
MOST_DECISIONS = 20_000
MOST_COUNTIES = 200
_models: dict[str, tuple[str, Model]] = {}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested class with its certainty and what it was learned from; no code where there is none."""

    code: str
    path: str
    certainty: float
    learned_from: int
    checked: int
    right: int

    @property
    def is_enough(self) -> bool:
        """Return whether the office has decided often enough to suggest anything."""
        return self.learned_from >= FEWEST

    @property
    def percent(self) -> int:
        """Return the certainty in whole per cent."""
        return round(100 * self.certainty)

    @property
    def words(self) -> str:
        """Return the suggestion as the clerk reads it."""
        if not self.is_enough:
            return f"样本不足：本办只有{self.learned_from}件已归类，满{FEWEST}件才给出建议"
        if not self.code:
            return "没有可参照的归类"
        return (
            f"建议：{self.path}，把握{self.percent}%；依据本办{self.learned_from}件，"
            f"逐件回测{self.checked}件中{self.right}件相符"
        )


def suggest(text: str) -> Suggestion:
    """Return the likeliest class of a text by the decisions of this office; it is never applied by itself."""
    model = learned()
    guess = model.suggest(text)
    code = guess.code if guess else ""
    return Suggestion(
        code=code,
        path=_path_of(code),
        certainty=guess.certainty if guess else 0.0,
        learned_from=model.learned_from,
        checked=model.checked,
        right=model.right,
    )


def learned() -> Model:
    """Return what was learned from every confirmed decision; learned anew when the journal tells of another one."""
    schema = tenant.current().schema
    last = Entry.objects.filter(event__in=LEARNT_FROM).order_by("-number").values_list("hash", flat=True).first() or ""
    known = _models.get(schema)
    if known is not None and known[0] == last:
        return known[1]
    model = train(decisions())
    if len(_models) >= MOST_COUNTIES:
        _models.clear()
    _models[schema] = (last, model)
    return model


def decisions() -> list[tuple[str, str]]:
    """Return class and text of what was classified, the oldest first; nothing sealed is learned from."""
    rows = (
        Petition.objects.counted()
        .filter(classified_at__isnull=False, confidentiality=Confidentiality.ORDINARY.value)
        .order_by("-classified_at", "-pk")
        .values_list("category_code", "summary")[:MOST_DECISIONS]
    )
    return list(reversed(rows))


def likely_code(text: str) -> str:
    """Return the code of the likeliest class of a text, or nothing."""
    guess = learned().suggest(text)
    return guess.code if guess else ""


def _path_of(code: str) -> str:
    """Return how a class is written; a code that the version in use does not have stands for itself."""
    if not code:
        return ""
    return next((one.path for one in all_classes() if one.code == code), code)
