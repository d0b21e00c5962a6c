"""延期 by API: asked by the unit, approved by whom the rule set names, told to the petitioner."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from huiyin.county.assignment.actions import extensions
from huiyin.county.assignment.rules.progress import Telling
from huiyin.county.assignment.states import ExtensionState, TellingMethod
from huiyin.county.assignment.unit_models import Extension

from .access import caller, reader
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["延期"])
of_assignment = Router(tags=["延期"])
LIMIT = 200


class ExtensionIn(In):
    """申请延期."""

    amount: Annotated[int, Field(ge=1, le=365)]
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class ApprovalIn(In):
    """批准延期; the approver's name where a unit without accounts approved on paper."""

    approver_name: Annotated[str, Field(max_length=40)] = ""


class RefusalIn(In):
    """不批准延期."""

    words: Annotated[str, Field(min_length=1, max_length=300)]


class TellingIn(In):
    """告知: when, how and what the petitioner was told."""

    told_at: datetime
    method: TellingMethod
    words: Annotated[str, Field(min_length=1, max_length=500)]

    def telling(self) -> Telling:
        """Return what was told as the rules take it."""
        return Telling(self.told_at, self.method, self.words)


class ExtensionOut(Schema):
    """One wish for more time as it stands."""

    id: int
    assignment_id: int
    state: ExtensionState
    amount: int
    time_unit: str
    reason: str
    due_on_before: date
    due_on_after: date | None
    approver: str
    told_at: datetime | None

    @classmethod
    def of(cls, row: Extension) -> "ExtensionOut":
        """Return the extension of a row."""
        return cls(
            id=row.pk,
            assignment_id=row.assignment_id,
            state=ExtensionState(row.state),
            amount=row.amount,
            time_unit=row.time_unit,
            reason=row.reason,
            due_on_before=row.due_on_before,
            due_on_after=row.due_on_after,
            approver=row.approver_name,
            told_at=row.told_at,
        )


def _done(row: Extension) -> Done:
    return Done(id=row.pk, state=row.state)


@router.get("/", response=list[ExtensionOut], summary="延期申请")
def find(request: HttpRequest, *, pending: bool = False) -> list[ExtensionOut]:
    """Return the wishes for more time that the caller may see, newest first."""
    rows = Extension.objects.visible_to(reader(request, act="查看延期申请")).order_by("-pk")
    if pending:
        rows = rows.pending()
    return [ExtensionOut.of(row) for row in rows[:LIMIT]]


@of_assignment.post("/{int:assignment_id}/extensions", response=Done, summary="申请延期")
def ask(request: HttpRequest, assignment_id: int, body: ExtensionIn) -> Done:
    """申请延期."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(extensions.ask(assignment_id=assignment_id, **dict(body), by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:extension_id}/approve", response=Done, summary="批准延期")
def approve(request: HttpRequest, extension_id: int, body: ApprovalIn) -> Done:
    """批准延期."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(extensions.approve(extension_id=extension_id, **dict(body), by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:extension_id}/refuse", response=Done, summary="不批准延期")
def refuse(request: HttpRequest, extension_id: int, body: RefusalIn) -> Done:
    """不批准延期."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(extensions.refuse(extension_id=extension_id, words=body.words, by=by, at=at))

    return carried_out(request, body, at, act)


@router.post("/{int:extension_id}/tell", response=Done, summary="延期告知")
def tell(request: HttpRequest, extension_id: int, body: TellingIn) -> Done:
    """延期告知."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return _done(extensions.tell_petitioner(extension_id=extension_id, telling=body.telling(), by=by, at=at))

    return carried_out(request, body, at, act)
