"""督办 by API: what is open with whom, what is proposed, each step and what came of it."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from huiyin.county.oversight import queries
from huiyin.county.oversight.actions import steps as actions
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.rules import OversightEntry
from huiyin.county.oversight.states import Instrument, Level, Manner, Trigger
from huiyin.kernel.calendar import local_day

from .access import caller, office_reader, reader
from .petitions import colleague
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["督办"])
PAGE_LIMIT = 500


class OversightIn(In):
    """One step."""

    assignment_id: int
    level: Level
    trigger: Trigger
    words: Annotated[str, Field(min_length=1, max_length=1000)]
    due_on: date | None = None
    manner: Manner | None = None
    held_on: date | None = None
    attendees: Annotated[str, Field(max_length=300)] = ""
    instrument: Instrument | None = None
    approver_id: int | None = None

    def entry(self) -> OversightEntry:
        """Return the step as the rules take it."""
        return OversightEntry(
            self.level,
            self.trigger,
            self.words,
            due_on=self.due_on,
            manner=self.manner,
            held_on=self.held_on,
            attendees=self.attendees,
            instrument=self.instrument,
        )


class OutcomeIn(In):
    """What came of a step."""

    outcome: Annotated[str, Field(min_length=1, max_length=1000)]


class OversightOut(Schema):
    """One step as it stands."""

    id: int
    number: str
    petition_id: int
    assignment_id: int
    level: Level
    trigger: Trigger
    unit: str
    words: str
    due_on: date | None
    outcome: str
    concluded: bool

    @classmethod
    def of(cls, row: Oversight) -> "OversightOut":
        """Return the step of a row."""
        return cls(
            id=row.pk,
            number=row.number,
            petition_id=row.petition_id,
            assignment_id=row.assignment_id,
            level=Level(row.level),
            trigger=Trigger(row.trigger),
            unit=row.assignment.unit.code,
            words=row.words,
            due_on=row.due_on,
            outcome=row.outcome,
            concluded=row.concluded_at is not None,
        )


class SuggestionOut(Schema):
    """Where to step in next."""

    assignment_id: int
    petition_id: int
    unit: str
    clock: str
    due_on: date
    days_late: int
    trigger: Trigger
    level: Level | None


class BoardLine(Schema):
    """One open petition with who answers for it and what comes next."""

    id: int
    number: str
    state: str
    unit: str
    owner: str
    next_due_on: date | None
    next_clock: str
    highest: Level | None


@router.get("/board", response=list[BoardLine], summary="在办总表")
def board(
    request: HttpRequest, limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT)] = 100, offset: int = 0
) -> list[BoardLine]:
    """Return what is open and may be seen, by its next date."""
    rows = queries.board(by=office_reader(request, act="查看在办总表"))[offset : offset + limit]
    return [
        BoardLine(
            id=row.pk,
            number=row.number,
            state=row.state,
            unit=row.owner_unit.code if row.owner_unit else "",
            owner=row.owner_name,
            next_due_on=row.next_due_on,
            next_clock=row.next_clock,
            highest=queries.highest_of(row),
        )
        for row in rows
    ]


@router.get("/suggestions", response=list[SuggestionOut], summary="建议督办")
def suggestions(request: HttpRequest) -> list[SuggestionOut]:
    """Return what is late and the step that comes next."""
    found = queries.suggestions(by=office_reader(request, act="查看督办建议"), today=local_day(timezone.now()))
    return [
        SuggestionOut(
            assignment_id=one.assignment.pk,
            petition_id=one.assignment.petition_id,
            unit=one.assignment.unit.code,
            clock=one.clock.value,
            due_on=one.due_on,
            days_late=one.days_late,
            trigger=one.trigger,
            level=one.level,
        )
        for one in found
    ]


@router.get("/", response=list[OversightOut], summary="督办台账")
def steps(
    request: HttpRequest, petition_id: int | None = None, limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT)] = 100
) -> list[OversightOut]:
    """Return the steps the caller may see, newest first; of one petition where it is named."""
    by = reader(request, act="查看督办台账")
    rows = Oversight.objects.visible_to(by).select_related("assignment__unit").order_by("-pk")
    if petition_id is not None:
        rows = rows.filter(petition_id=petition_id)
    return [OversightOut.of(row) for row in rows[:limit]]


@router.post("/", response=Done, summary="督办")
def issue(request: HttpRequest, body: OversightIn) -> Done:
    """督办: take the next step."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        approver = colleague(body.approver_id) if body.approver_id else None
        row = actions.issue(assignment_id=body.assignment_id, entry=body.entry(), approver=approver, by=by, at=at)
        return Done(id=row.pk, number=row.number, state=row.level)

    return carried_out(request, body, at, act)


@router.post("/{int:oversight_id}/conclude", response=Done, summary="了结督办")
def conclude(request: HttpRequest, oversight_id: int, body: OutcomeIn) -> Done:
    """了结: write down what came of a step."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = actions.conclude(oversight_id=oversight_id, outcome=body.outcome, by=by, at=at)
        return Done(id=row.pk, number=row.number, state=row.level)

    return carried_out(request, body, at, act)
