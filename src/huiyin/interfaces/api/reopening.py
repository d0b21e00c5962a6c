"""重新办理 and 归档 by API."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from huiyin.county.registry.models import Petition
from huiyin.county.reply.actions import archives, evaluations
from huiyin.county.reply.models import ReopenRequest
from huiyin.county.reply.states import ReopenGround, ReopenState, Retention

from .access import caller, office_reader
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["重新办理与归档"])
Words = Annotated[str, Field(min_length=1, max_length=500)]


class ReopeningIn(In):
    """申请重新办理."""

    ground: ReopenGround
    words: Words


class DecisionIn(In):
    """The reasons of a decision."""

    decision: Words


class ArchiveIn(In):
    """归档."""

    file_number: Annotated[str, Field(min_length=1, max_length=60)]
    retention: Retention
    pages: Annotated[int, Field(ge=1, le=9999)]


class ReopeningOut(Schema):
    """One request to take a petition up again."""

    id: int
    ground: ReopenGround
    words: str
    state: ReopenState
    decision: str
    asked_at: datetime
    reopened_as: int | None


def _out(row: ReopenRequest) -> ReopeningOut:
    return ReopeningOut(
        id=row.pk,
        ground=ReopenGround(row.ground),
        words=row.words,
        state=ReopenState(row.state),
        decision=row.decision,
        asked_at=row.asked_at,
        reopened_as=row.reopened_as_id,
    )


@router.get("/petitions/{int:petition_id}/reopenings", response=list[ReopeningOut], summary="重新办理申请")
def reopenings(request: HttpRequest, petition_id: int) -> list[ReopeningOut]:
    """Return the requests of a petition that the caller may see; of any other none."""
    by = office_reader(request, act="查看重新办理申请")
    visible = Petition.objects.visible_to(by).filter(pk=petition_id)
    return [_out(row) for row in ReopenRequest.objects.filter(petition__in=visible).order_by("pk")]


@router.post("/petitions/{int:petition_id}/reopenings", response=Done, summary="申请重新办理")
def ask(request: HttpRequest, petition_id: int, body: ReopeningIn) -> Done:
    """申请重新办理."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = evaluations.ask_reopening(petition_id=petition_id, ground=body.ground, words=body.words, by=by, at=at)
        return Done(id=row.pk, state=row.state)

    return carried_out(request, body, at, act)


@router.post("/reopenings/{int:request_id}/agree", response=Done, summary="同意重新办理")
def agree(request: HttpRequest, request_id: int, body: DecisionIn) -> Done:
    """重新办理: answers with the new petition."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = evaluations.agree_to_reopen(request_id=request_id, decision=body.decision, by=by, at=at)
        assert row.reopened_as is not None
        return Done(id=row.reopened_as.pk, number=row.reopened_as.number, state=row.reopened_as.state)

    return carried_out(request, body, at, act)


@router.post("/reopenings/{int:request_id}/refuse", response=Done, summary="不重新办理")
def refuse(request: HttpRequest, request_id: int, body: DecisionIn) -> Done:
    """不重新办理."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = evaluations.refuse_to_reopen(request_id=request_id, decision=body.decision, by=by, at=at)
        return Done(id=row.pk, state=row.state)

    return carried_out(request, body, at, act)


@router.post("/petitions/{int:petition_id}/archive", response=Done, summary="归档")
def archive(request: HttpRequest, petition_id: int, body: ArchiveIn) -> Done:
    """归档."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = archives.archive(petition_id=petition_id, **dict(body), by=by, at=at)
        return Done(id=row.pk, number=row.file_number, state=row.petition.state)

    return carried_out(request, body, at, act)
