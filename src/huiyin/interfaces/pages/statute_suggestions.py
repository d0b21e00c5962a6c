"""法律建议: beside the form of 归类, from tags, class and words; the clerk decides."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.barred import unknown
from huiyin.county.registry.queries.class_suggestion import likely_code
from huiyin.county.registry.queries.statute_suggestion import StatuteSuggestion, suggest, text_of
from huiyin.kernel.calendar import local_day

from .access import OFFICE_READERS, needs, staff_of

STEPS = ("classify", "review")


@dataclass(frozen=True, slots=True)
class ArticleChoice:
    """One article to look at, or to take over with its law."""

    label: str
    caption: str
    reason: str
    href: str
    fill: str


@dataclass(frozen=True, slots=True)
class StatuteCard:
    """One law that is suggested."""

    title: str
    reasons: str
    href: str
    fill: str
    articles: tuple[ArticleChoice, ...]


@needs(OFFICE_READERS)
@require_safe
def statute_suggestions(request: HttpRequest, petition_id: int) -> HttpResponse:
    """法律建议: for the class and the tags that are chosen in the form at this moment."""
    by = staff_of(request)
    petition = Petition.objects.visible_to(by).filter(pk=petition_id).first()
    if petition is None:
        raise unknown(petition_id, by=by)
    asked = request.GET.get("step", "")
    step = asked if asked in STEPS else STEPS[0]
    cards = cards_for(
        petition, step=step, category=request.GET.get(f"{step}-category", ""), tags=request.GET.getlist(f"{step}-tags")
    )
    return render(request, "statute_suggestions.html", {"cards": cards})


def cards_for(petition: Petition, *, step: str, category: str = "", tags: list[str] | None = None) -> list[StatuteCard]:
    """Return the laws to be offered; without a class the likeliest class of the text counts."""
    code = category or petition.category_code or likely_code(petition.summary)
    chosen = petition.tags if tags is None else tags
    found = suggest(text_of(petition), category_code=code, tags=chosen, on=local_day(timezone.now()))
    return [_card(one, step) for one in found]


def _card(one: StatuteSuggestion, step: str) -> StatuteCard:
    home = reverse("statute", args=[one.code])
    return StatuteCard(
        title=f"《{one.title}》",
        reasons="；".join(one.reasons),
        href=home,
        fill=urlencode({f"{step}-statute": one.code}),
        articles=tuple(
            ArticleChoice(
                label=article.label,
                caption=article.caption,
                reason=article.reason,
                href=f"{home}#{article.number.anchor}",
                fill=urlencode({f"{step}-statute": one.code, f"{step}-article": article.label}),
            )
            for article in one.articles
        ),
    )
