"""相似信访件: beside the form, while the clerk types, with the reason; the clerk decides."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from huiyin.county.registry.queries.class_suggestion import likely_code
from huiyin.county.registry.queries.receipts import listed_receipts
from huiyin.county.registry.queries.similar import Similar, Typed, similar
from huiyin.county.registry.rules import REGISTRARS
from huiyin.county.registry.states import Relation
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.words import day_words

from .access import needs, staff_of
from .petition_screen import TONES
from .register_forms import typed_of


@dataclass(frozen=True, slots=True)
class SimilarCard:
    """One earlier petition beside what is typed."""

    number: str
    href: str
    state: StateBadge
    summary: str
    when: str
    unit: str
    percent: int
    reasons: str
    repeat: str
    joins: str


@needs(REGISTRARS)
@require_POST
def similar_petitions(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """相似信访件: the candidates of what is typed so far; it is posted because it holds names and phones."""
    by = staff_of(request)
    get_object_or_404(listed_receipts(by), pk=receipt_id)
    typed = with_class(typed_of(request.POST))
    cards = [_card(one) for one in similar(typed, by=by)]
    return render(request, "similar.html", {"cards": cards})


def with_class(typed: Typed) -> Typed:
    """Return what is typed with the class that its text most likely is, to say which earlier ones are of it too."""
    return Typed(
        people=typed.people,
        place=typed.place,
        summary=typed.summary,
        category_code=likely_code(typed.summary),
        accused=typed.accused,
        kind=typed.kind,
    )


def _card(one: Similar) -> SimilarCard:
    return SimilarCard(
        number=one.number,
        href=reverse("petition", args=[one.petition_id]),
        state=StateBadge(label=one.state.label, tone=TONES.get(one.state, "info")),
        summary=one.summary,
        when=f"{day_words(one.received_on)}收",
        unit=one.unit,
        percent=one.percent,
        reasons="；".join(one.reasons),
        repeat=urlencode({"relation": Relation.REPEAT.value, "earlier": one.number}),
        joins=urlencode({"relation": Relation.JOINS.value, "earlier": one.number}),
    )
