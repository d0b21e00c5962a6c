"""领导批示 by API: put, read, write, take down, carry out."""

from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from huiyin.county.reception import rules
from huiyin.county.reception.actions import instructions as actions
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.states import InstructionState, LegalRoute, PutReason
from huiyin.interfaces.attempts import tried
from huiyin.kernel.refusal import Refusal

from .access import caller, office_reader
from .petitions import colleague
from .reception_schemas import InstructionOut, PutIn, RecordIn, WishIn
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["批示"])
LIMIT = 200


class NoteIn(In):
    """已阅."""

    note: Annotated[str, Field(max_length=200)] = ""


class CarryOutIn(In):
    """落实: by an assignment, or in words."""

    assignment_id: int | None = None
    outcome: Annotated[str, Field(max_length=500)] = ""


class WithdrawIn(In):
    """撤回."""

    reason: Annotated[str, Field(max_length=200)]


def done(row: Instruction) -> Done:
    """Return where an instruction stands after an act."""
    return Done(id=row.pk, number=row.number or "", state=row.state)


def wish_of(body: WishIn) -> rules.Wish:
    """Return the body as the rules take it."""
    return rules.Wish(
        words=body.words,
        wanted_unit=body.wanted_unit,
        due_on=body.due_on,
        route=LegalRoute(body.route) if body.route else None,
    )


@router.get("/", response=list[InstructionOut], summary="领导批示")
def find(
    request: HttpRequest,
    state: InstructionState | None = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[InstructionOut]:
    """Return instructions on petitions that the caller may see, the newest first."""
    by = office_reader(request, act="查看领导批示")
    rows = Instruction.objects.visible_to(by).select_related("petition", "wanted_unit", "assignment")
    if state is not None:
        rows = rows.filter(state=state.value)
    return [InstructionOut.of(row) for row in rows.order_by("-pk")[offset : offset + limit]]


@router.get("/{int:instruction_id}", response=InstructionOut, summary="一件批示")
def one(request: HttpRequest, instruction_id: int) -> InstructionOut:
    """Return one instruction."""
    rows = Instruction.objects.visible_to(caller(request)).select_related("petition", "wanted_unit", "assignment")
    row = rows.filter(pk=instruction_id).first()
    if row is None:
        raise Refusal("instruction.unknown", "没有这件批示，或您无权查看")
    return InstructionOut.of(row)


@router.post("/", response=Done, summary="送阅")
def put(request: HttpRequest, body: PutIn) -> Done:
    """送阅: put a petition before a leader."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        leader = colleague(body.leader_id)
        return done(
            actions.put(
                petition_id=body.petition_id,
                leader=leader,
                reason=PutReason(body.reason),
                note=body.note,
                by=by,
                at=at,
            )
        )

    return tried(lambda: carried_out(request, body, at, act), petition_id=body.petition_id, by=by, at=at)


@router.post("/record", response=Done, summary="登记批示")
def record(request: HttpRequest, body: RecordIn) -> Done:
    """登记批示: from a leader's paper or words, or a leader's own accord."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        leader = colleague(body.leader_id) if body.leader_id else None
        return done(
            actions.record(
                petition_id=body.petition_id,
                wish=wish_of(body),
                leader=leader,
                leader_name=body.leader_name,
                by=by,
                at=at,
            )
        )

    return tried(lambda: carried_out(request, body, at, act), petition_id=body.petition_id, by=by, at=at)


def petition_of(instruction_id: int) -> int:
    """Return the petition of an instruction, to write a refused attempt down on it; refuse where there is none."""
    found = Instruction.objects.filter(pk=instruction_id).values_list("petition_id", flat=True).first()
    if found is None:
        raise Refusal("instruction.unknown", "没有这件批示，或您无权查看")
    return found


@router.post("/{int:instruction_id}/read", response=Done, summary="已阅")
def read(request: HttpRequest, instruction_id: int, body: NoteIn) -> Done:
    """已阅: without an instruction."""
    by, at, petition_id = caller(request), timezone.now(), petition_of(instruction_id)

    def act() -> Done:
        return done(actions.read(instruction_id=instruction_id, note=body.note, by=by, at=at))

    return tried(lambda: carried_out(request, body, at, act), petition_id=petition_id, by=by, at=at)


@router.post("/{int:instruction_id}/write", response=Done, summary="批示")
def write(request: HttpRequest, instruction_id: int, body: WishIn) -> Done:
    """批示: words, wanted unit, day; of a petition in litigation the route only."""
    by, at, petition_id = caller(request), timezone.now(), petition_of(instruction_id)

    def act() -> Done:
        return done(actions.write(instruction_id=instruction_id, wish=wish_of(body), by=by, at=at))

    return tried(lambda: carried_out(request, body, at, act), petition_id=petition_id, by=by, at=at)


@router.post("/{int:instruction_id}/carry-out", response=Done, summary="落实")
def carry_out(request: HttpRequest, instruction_id: int, body: CarryOutIn) -> Done:
    """落实: link the assignment, or say what was done."""
    by, at, petition_id = caller(request), timezone.now(), petition_of(instruction_id)

    def act() -> Done:
        return done(
            actions.carry_out(
                instruction_id=instruction_id,
                assignment_id=body.assignment_id,
                outcome=body.outcome,
                by=by,
                at=at,
            )
        )

    return tried(lambda: carried_out(request, body, at, act), petition_id=petition_id, by=by, at=at)


@router.post("/{int:instruction_id}/withdraw", response=Done, summary="撤回送阅")
def withdraw(request: HttpRequest, instruction_id: int, body: WithdrawIn) -> Done:
    """撤回送阅."""
    by, at, petition_id = caller(request), timezone.now(), petition_of(instruction_id)

    def act() -> Done:
        return done(actions.withdraw(instruction_id=instruction_id, reason=body.reason, by=by, at=at))

    return tried(lambda: carried_out(request, body, at, act), petition_id=petition_id, by=by, at=at)
