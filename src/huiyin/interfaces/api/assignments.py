"""交办件 by API: what a unit sees, signs and reports, and what the office makes of it."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from huiyin.county.assignment.actions import assignments, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.reply.actions import replies

from .access import caller, reader
from .schemas import AssignmentOut, DeliveryIn, Done, ReportIn, ReturnIn, SigningIn
from .writes import carried_out

router = Router(tags=["交办"])
reply_router = Router(tags=["答复"])
LIMIT = 200


@router.get("/", response=list[AssignmentOut], summary="交办件")
def find(request: HttpRequest) -> list[AssignmentOut]:
    """Return the open assignments the caller may see, the next due first; a unit sees its own."""
    by = reader(request, act="查看交办件")
    rows = Assignment.objects.visible_to(by).open().select_related("unit").order_by("due_on", "id")
    return [AssignmentOut.of(row) for row in rows[:LIMIT]]


@router.post("/{int:assignment_id}/sign", response=Done, summary="签收")
def sign(request: HttpRequest, assignment_id: int, body: SigningIn) -> Done:
    """签收."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = assignments.sign(assignment_id=assignment_id, **dict(body), by=by, at=at)
        return Done(id=row.pk, number=row.number, state=row.state)

    return carried_out(request, body, at, act)


@router.post("/{int:assignment_id}/report", response=Done, summary="反馈")
def report(request: HttpRequest, assignment_id: int, body: ReportIn) -> Done:
    """反馈, claim by claim."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        answers = tuple(ClaimAnswer(one.claim_id, one.outcome, one.words) for one in body.answers)
        entry = ReportEntry(**{**dict(body), "answers": answers})
        return Done(id=reports.report(assignment_id=assignment_id, entry=entry, by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/{int:assignment_id}/return", response=Done, summary="退回")
def return_report(request: HttpRequest, assignment_id: int, body: ReturnIn) -> Done:
    """退回补正."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = reports.return_report(assignment_id=assignment_id, reasons=body.reasons, words=body.words, by=by, at=at)
        return Done(id=row.pk)

    return carried_out(request, body, at, act)


@router.post("/{int:assignment_id}/verify", response=Done, summary="审核通过")
def verify(request: HttpRequest, assignment_id: int) -> Done:
    """审核通过."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        row = reports.verify(assignment_id=assignment_id, by=by, at=at)
        return Done(id=row.pk, number=row.number, state=row.state)

    return carried_out(request, None, at, act)


@reply_router.post("/{int:reply_id}/deliver", response=Done, summary="送达")
def deliver(request: HttpRequest, reply_id: int, body: DeliveryIn) -> Done:
    """送达."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=replies.deliver(reply_id=reply_id, **dict(body), by=by, at=at).pk)

    return carried_out(request, body, at, act)
