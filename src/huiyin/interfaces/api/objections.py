"""异议 by API: a unit objects, the office decides, a named leader decides the second one for good."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from huiyin.county.assignment.actions import objections
from huiyin.county.assignment.rules.objections import Receiver
from huiyin.county.assignment.states import ObjectionState
from huiyin.county.assignment.unit_models import Objection

from .access import caller, reader
from .petitions import colleague
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["异议"])
of_assignment = Router(tags=["异议"])
LIMIT = 200
Words = Annotated[str, Field(min_length=1, max_length=500)]


class ObjectionIn(In):
    """提出异议."""

    reasons: Annotated[str, Field(min_length=1, max_length=1000)]
    competent: Annotated[str, Field(max_length=80)] = ""


class ReceiverIn(In):
    """改交: the unit that gets the matter instead."""

    unit_code: Annotated[str, Field(max_length=40)]
    handler_name: Annotated[str, Field(max_length=40)]
    handler_phone: Annotated[str, Field(max_length=20)] = ""
    instruction: Annotated[str, Field(max_length=500)] = ""
    due_on: date | None = None

    def receiver(self) -> Receiver:
        """Return the unit as the rules take it."""
        return Receiver(**self.model_dump())


class UpholdIn(In):
    """同意异议; without ``to`` the petition is decided anew, or the co-handler let go."""

    words: Words
    to: ReceiverIn | None = None
    redaction_confirmed: bool = False


class RefuseIn(In):
    """不同意异议."""

    words: Words


class AdjudicatorIn(In):
    """指定裁定人."""

    adjudicator_id: int


class AdjudicationIn(In):
    """裁定; without ``to`` the unit keeps the matter."""

    words: Words
    to: ReceiverIn | None = None


class ObjectionOut(Schema):
    """One objection as it stands."""

    id: int
    assignment_id: int
    round: int
    state: ObjectionState
    unit: str
    reasons: str
    competent: str
    words: str
    given_to: str
    adjudicator_id: int | None

    @classmethod
    def of(cls, row: Objection, *, is_own: bool) -> "ObjectionOut":
        """Return the objection of a row; its own unit is not told who else has to do with the matter."""
        return cls(
            id=row.pk,
            assignment_id=row.assignment_id,
            round=row.round,
            state=ObjectionState(row.state),
            unit=row.assignment.unit.code,
            reasons=row.reasons,
            competent=row.competent,
            words=row.words,
            given_to=row.given_to.code if row.given_to and not is_own else "",
            adjudicator_id=None if is_own else row.adjudicator_id,
        )


def _done(row: Objection) -> Done:
    return Done(id=row.pk, state=row.state)


@router.get("/", response=list[ObjectionOut], summary="异议")
def find(request: HttpRequest, *, pending: bool = False) -> list[ObjectionOut]:
    """Return the objections the caller may see, newest first."""
    by = reader(request, act="查看异议")
    rows = Objection.objects.visible_to(by).select_related("assignment__unit", "given_to").order_by("-pk")
    if pending:
        rows = rows.pending()
    return [ObjectionOut.of(row, is_own=by.is_of_unit) for row in rows[:LIMIT]]


@of_assignment.post("/{int:assignment_id}/objections", response=Done, summary="提出异议")
def raise_objection(request: HttpRequest, assignment_id: int, body: ObjectionIn) -> Done:
    """提出异议."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(objections.raise_objection(assignment_id=assignment_id, **dict(body), by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:objection_id}/uphold", response=Done, summary="同意异议")
def uphold(request: HttpRequest, objection_id: int, body: UpholdIn) -> Done:
    """同意异议, with the unit that gets the matter instead."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = objections.uphold(
            objection_id=objection_id,
            words=body.words,
            to=body.to.receiver() if body.to else None,
            redaction_confirmed=body.redaction_confirmed,
            by=by,
            at=at,
        )
        return _done(row)

    return carried_out(request, body, at, act)


@router.post("/{int:objection_id}/refuse", response=Done, summary="不同意异议")
def refuse(request: HttpRequest, objection_id: int, body: RefuseIn) -> Done:
    """不同意异议."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(objections.refuse(objection_id=objection_id, words=body.words, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:objection_id}/adjudicator", response=Done, summary="指定裁定人")
def name_adjudicator(request: HttpRequest, objection_id: int, body: AdjudicatorIn) -> Done:
    """指定裁定人."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        adjudicator = colleague(body.adjudicator_id)
        return _done(objections.name_adjudicator(objection_id=objection_id, adjudicator=adjudicator, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:objection_id}/adjudicate", response=Done, summary="裁定异议")
def adjudicate(request: HttpRequest, objection_id: int, body: AdjudicationIn) -> Done:
    """裁定."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        to = body.to.receiver() if body.to else None
        return _done(objections.adjudicate(objection_id=objection_id, words=body.words, to=to, by=by, at=at))

    return carried_out(request, body, at, act)
