"""三项建议 by API: drafting, deciding, answering; a unit sees those made to it."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from huiyin.county.oversight.actions import recommendations as actions
from huiyin.county.oversight.recommendation_models import Recommendation
from huiyin.county.oversight.recommendation_rules import BASIS, AnswerEntry, RecommendationEntry
from huiyin.county.oversight.states import Adoption, RecommendationKind, RecommendationState
from huiyin.kernel.refusal import Refusal

from .access import caller, reader
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["三项建议"])
PAGE_LIMIT = 500
LongText = Annotated[str, Field(min_length=1, max_length=10_000)]


class RecommendationIn(In):
    """拟写建议; without a basis it is that of its kind."""

    kind: RecommendationKind
    unit_code: Annotated[str, Field(max_length=40)]
    subject: Annotated[str, Field(min_length=1, max_length=100)]
    facts: LongText
    words: LongText
    due_on: date
    basis: Annotated[str, Field(max_length=300)] = ""
    petition_numbers: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=200)] = []
    oversight_id: int | None = None

    def entry(self) -> RecommendationEntry:
        """Return the draft as the rules take it."""
        basis = self.basis or BASIS[self.kind]
        return RecommendationEntry(self.kind, self.subject, self.facts, self.words, basis, self.due_on)


class SendBackIn(In):
    """退回重拟."""

    words: Annotated[str, Field(min_length=1, max_length=500)]


class AnswerIn(In):
    """反馈采纳情况."""

    adoption: Adoption
    answer: LongText
    answered_on: date


class RecommendationOut(Schema):
    """One recommendation as it stands."""

    id: int
    number: str
    kind: RecommendationKind
    state: RecommendationState
    unit: str
    subject: str
    facts: str
    words: str
    basis: str
    due_on: date
    made_at: datetime | None
    adoption: Adoption | None
    answer: str
    answered_on: date | None

    @classmethod
    def of(cls, row: Recommendation) -> "RecommendationOut":
        """Return the recommendation of a row."""
        return cls(
            id=row.pk,
            number=row.number,
            kind=RecommendationKind(row.kind),
            state=RecommendationState(row.state),
            unit=row.unit.code,
            subject=row.subject,
            facts=row.facts,
            words=row.words,
            basis=row.basis,
            due_on=row.due_on,
            made_at=row.made_at,
            adoption=Adoption(row.adoption) if row.adoption else None,
            answer=row.answer,
            answered_on=row.answered_on,
        )


@router.get("/", response=list[RecommendationOut], summary="三项建议")
def recommendations(
    request: HttpRequest,
    unit: str = "",
    state: RecommendationState | None = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[RecommendationOut]:
    """Return the recommendations that the caller may see, newest first."""
    rows = Recommendation.objects.visible_to(reader(request, act="查看三项建议")).select_related("unit").order_by("-pk")
    if unit:
        rows = rows.filter(unit__code=unit)
    if state is not None:
        rows = rows.filter(state=state.value)
    return [RecommendationOut.of(row) for row in rows[offset : offset + limit]]


@router.get("/{int:recommendation_id}", response=RecommendationOut, summary="一份建议")
def recommendation(request: HttpRequest, recommendation_id: int) -> RecommendationOut:
    """Return one recommendation."""
    by = reader(request, act="查看三项建议")
    row = Recommendation.objects.visible_to(by).select_related("unit").filter(pk=recommendation_id).first()
    if row is None:
        raise Refusal("recommendation.unknown", "没有这份建议，或您无权查看")
    return RecommendationOut.of(row)


@router.post("/", response=Done, summary="拟写建议")
def draft(request: HttpRequest, body: RecommendationIn) -> Done:
    """拟写建议."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = actions.draft(
            unit_code=body.unit_code,
            entry=body.entry(),
            petition_numbers=body.petition_numbers,
            oversight_id=body.oversight_id,
            by=by,
            at=at,
        )
        return _done(row)

    return carried_out(request, body, at, act)


@router.post("/{int:recommendation_id}/make", response=Done, summary="批准提出建议")
def make(request: HttpRequest, recommendation_id: int) -> Done:
    """批准提出: by a second person."""
    by, at = caller(request), timezone.now()
    return carried_out(
        request, None, at, lambda: _done(actions.make(recommendation_id=recommendation_id, by=by, at=at))
    )


@router.post("/{int:recommendation_id}/send-back", response=Done, summary="退回重拟")
def send_back(request: HttpRequest, recommendation_id: int, body: SendBackIn) -> Done:
    """退回重拟."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(actions.send_back(recommendation_id=recommendation_id, words=body.words, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:recommendation_id}/answer", response=Done, summary="反馈采纳情况")
def answer(request: HttpRequest, recommendation_id: int, body: AnswerIn) -> Done:
    """反馈采纳情况: by the unit, or by the office for what came on paper."""
    by, at = caller(request), timezone.now()
    entry = AnswerEntry(body.adoption, body.answer, body.answered_on)

    def act() -> Done:
        return _done(actions.answer(recommendation_id=recommendation_id, entry=entry, by=by, at=at))

    return carried_out(request, body, at, act)


def _done(row: Recommendation) -> Done:
    return Done(id=row.pk, number=row.number, state=row.state)
