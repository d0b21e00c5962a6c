"""审议意见 by API: every act from the draft to what followed; a unit sees and answers its own."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from huiyin.county.supervision.actions import opinions as actions
from huiyin.county.supervision.actions import responses
from huiyin.county.supervision.opinion_models import Opinion
from huiyin.county.supervision.opinion_states import (
    FollowUpKind,
    ItemKind,
    ItemResult,
    OpinionState,
    ResponseDecision,
)
from huiyin.county.supervision.rules.opinions import ItemEntry, OpinionEntry
from huiyin.county.supervision.rules.responses import (
    FollowUpEntry,
    ItemAnswer,
    RatingEntry,
    ResponseEntry,
    ReviewEntry,
)
from huiyin.kernel.refusal import Refusal

from .access import caller, reader
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["审议意见"])
follow_up_router = Router(tags=["审议意见"])
PAGE_LIMIT = 500
Words = Annotated[str, Field(min_length=1, max_length=4000)]
Items = Annotated[list["ItemIn"], Field(min_length=1, max_length=200)]


class ItemIn(In):
    """One item of an opinion."""

    kind: ItemKind
    text: Words
    due_on: date | None = None
    finding_id: int | None = None


class OpinionIn(In):
    """An opinion to one unit."""

    unit: Annotated[str, Field(min_length=1, max_length=40)]
    items: Items
    answer_asked_on: date | None = None

    def entry(self) -> OpinionEntry:
        """Return the opinion as the rules take it."""
        items = tuple(ItemEntry(one.kind, one.text, one.due_on, one.finding_id) for one in self.items)
        return OpinionEntry(self.unit, items, self.answer_asked_on)


class NewOpinionIn(OpinionIn):
    """An opinion on an activity."""

    activity_id: int


class SendIn(In):
    """On which day the unit received it."""

    received_on: date


class ItemAnswerIn(In):
    """What was done about one item."""

    item_id: int
    result: ItemResult
    words: Words


class AnswerIn(In):
    """研究处理情况."""

    words: Words
    signed_by: Annotated[str, Field(min_length=1, max_length=40)]
    answered_on: date
    items: Annotated[list[ItemAnswerIn], Field(max_length=200)]

    def entry(self) -> ResponseEntry:
        """Return the answer as the rules take it."""
        items = tuple(ItemAnswer(one.item_id, one.result, one.words) for one in self.items)
        return ResponseEntry(self.words, self.signed_by, self.answered_on, items)


class ReviewIn(In):
    """What the committee made of it."""

    decision: ResponseDecision
    words: Annotated[str, Field(max_length=1000)] = ""
    return_due_on: date | None = None


class RatingIn(In):
    """The votes; what they mean follows from the rule."""

    session: Annotated[str, Field(min_length=1, max_length=80)]
    rated_on: date
    members: Annotated[int, Field(ge=1, le=999)]
    satisfied: Annotated[int, Field(ge=0, le=999)]
    mostly: Annotated[int, Field(ge=0, le=999)]
    dissatisfied: Annotated[int, Field(ge=0, le=999)]


class FollowUpIn(In):
    """跟踪检查, 决议 or 专题询问."""

    kind: FollowUpKind
    held_on: date
    words: Words
    due_on: date | None = None


class OutcomeIn(In):
    """What came of it."""

    outcome: Words


class ItemOut(Schema):
    """One item, with what the last answer says to it."""

    id: int
    position: int
    kind: ItemKind
    text: str
    due_on: date | None
    result: ItemResult | None
    answer: str


class OpinionOut(Schema):
    """An opinion as a list shows it."""

    id: int
    number: str
    activity_id: int
    unit: str
    state: OpinionState
    session: str
    session_on: date
    due_on: date | None
    published: bool

    @classmethod
    def of(cls, row: Opinion) -> "OpinionOut":
        """Return the opinion of a row."""
        return cls(
            id=row.pk,
            number=row.number,
            activity_id=row.activity_id,
            unit=row.unit.code,
            state=OpinionState(row.state),
            session=row.session,
            session_on=row.session_on,
            due_on=row.due_on,
            published=row.published_at is not None,
        )


class OpinionDetail(Schema):
    """An opinion with its items and how often it was answered."""

    opinion: OpinionOut
    items: list[ItemOut]
    rounds: int


@router.get("/", response=list[OpinionOut], summary="审议意见")
def opinions(
    request: HttpRequest, activity_id: int | None = None, limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT)] = 100
) -> list[OpinionOut]:
    """Return the opinions the caller may read, the latest first; a unit those that were sent to it."""
    rows = Opinion.objects.visible_to(reader(request, act="查看审议意见")).select_related("unit").order_by("-pk")
    if activity_id is not None:
        rows = rows.filter(activity=activity_id)
    return [OpinionOut.of(row) for row in rows[:limit]]


@router.get("/{int:opinion_id}", response=OpinionDetail, summary="一份审议意见")
def opinion(request: HttpRequest, opinion_id: int) -> OpinionDetail:
    """Return one with its items."""
    by = reader(request, act="查看审议意见")
    row = Opinion.objects.visible_to(by).select_related("unit").filter(pk=opinion_id).first()
    if row is None:
        raise Refusal("opinion.unknown", "没有这份审议意见，或您无权查看")
    last = row.responses.order_by("-round").first()
    said = {one.item_id: one for one in last.items.order_by("pk")} if last else {}
    items = [
        ItemOut(
            id=item.pk,
            position=item.position,
            kind=ItemKind(item.kind),
            text=item.text,
            due_on=item.due_on,
            result=ItemResult(said[item.pk].result) if item.pk in said else None,
            answer=said[item.pk].words if item.pk in said else "",
        )
        for item in row.items.order_by("position")
    ]
    return OpinionDetail(opinion=OpinionOut.of(row), items=items, rounds=last.round if last else 0)


def _done(row: Opinion) -> Done:
    return Done(id=row.pk, number=row.number, state=row.state)


@router.post("/", response=Done, summary="起草审议意见")
def write(request: HttpRequest, body: NewOpinionIn) -> Done:
    """起草审议意见."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(actions.write(activity_id=body.activity_id, entry=body.entry(), by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:opinion_id}/change", response=Done, summary="修改审议意见")
def change(request: HttpRequest, opinion_id: int, body: OpinionIn) -> Done:
    """修改审议意见."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(actions.change(opinion_id=opinion_id, entry=body.entry(), by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:opinion_id}/approve", response=Done, summary="审定审议意见")
def approve(request: HttpRequest, opinion_id: int) -> Done:
    """审定审议意见."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(actions.approve(opinion_id=opinion_id, by=by, at=at))

    return carried_out(request, None, at, act)


@router.post("/{int:opinion_id}/send", response=Done, summary="送交审议意见")
def send(request: HttpRequest, opinion_id: int, body: SendIn) -> Done:
    """送交审议意见."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(actions.send(opinion_id=opinion_id, received_on=body.received_on, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:opinion_id}/answer", response=Done, summary="反馈研究处理情况")
def answer(request: HttpRequest, opinion_id: int, body: AnswerIn) -> Done:
    """反馈研究处理情况."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = responses.answer(opinion_id=opinion_id, entry=body.entry(), by=by, at=at)
        return Done(id=row.pk, state=row.opinion.state)

    return carried_out(request, body, at, act)


@router.post("/{int:opinion_id}/review", response=Done, summary="审查研究处理情况")
def review(request: HttpRequest, opinion_id: int, body: ReviewIn) -> Done:
    """审查研究处理情况."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        entry = ReviewEntry(body.decision, body.words, body.return_due_on)
        row = responses.review(opinion_id=opinion_id, entry=entry, by=by, at=at)
        return Done(id=row.pk, state=row.decision)

    return carried_out(request, body, at, act)


@router.post("/{int:opinion_id}/rating", response=Done, summary="登记满意度测评")
def rate(request: HttpRequest, opinion_id: int, body: RatingIn) -> Done:
    """登记满意度测评: the answer's state is what the votes mean."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = responses.rate(opinion_id=opinion_id, entry=RatingEntry(**body.model_dump()), by=by, at=at)
        return Done(id=row.pk, state=responses.result_of(row).value)

    return carried_out(request, body, at, act)


@router.post("/{int:opinion_id}/publish", response=Done, summary="公开")
def publish(request: HttpRequest, opinion_id: int) -> Done:
    """公开 the opinion with the accepted answer."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(actions.publish(opinion_id=opinion_id, by=by, at=at))

    return carried_out(request, None, at, act)


@router.post("/{int:opinion_id}/follow-ups", response=Done, summary="登记跟踪监督")
def follow_up(request: HttpRequest, opinion_id: int, body: FollowUpIn) -> Done:
    """登记跟踪检查, 决议 or 专题询问."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        entry = FollowUpEntry(body.kind, body.held_on, body.words, body.due_on)
        row = responses.follow_up(opinion_id=opinion_id, entry=entry, by=by, at=at)
        return Done(id=row.pk, state=row.kind)

    return carried_out(request, body, at, act)


@follow_up_router.post("/{int:follow_up_id}/conclude", response=Done, summary="了结跟踪监督")
def conclude_follow_up(request: HttpRequest, follow_up_id: int, body: OutcomeIn) -> Done:
    """了结跟踪监督."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = responses.conclude_follow_up(follow_up_id=follow_up_id, outcome=body.outcome, by=by, at=at)
        return Done(id=row.pk, state=row.kind)

    return carried_out(request, body, at, act)
