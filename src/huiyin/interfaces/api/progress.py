"""告知, 进展, 起草 and 审核提示 by API: what a unit does between signing and reporting, and what is looked at again."""

from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from huiyin.county.assignment.actions import progress, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.queries.report_checks import checks_of_latest
from huiyin.county.assignment.rules.report_checks import Finding
from huiyin.county.assignment.rules.reports import check_may_verify
from huiyin.kernel.refusal import Refusal

from .access import caller
from .extensions import TellingIn
from .schemas import Done, In
from .writes import carried_out

router = Router(tags=["办理"])
DRAFT_FIELDS = 200


class ProgressIn(In):
    """反馈进展."""

    words: Annotated[str, Field(min_length=1, max_length=1000)]


class DraftIn(In):
    """起草反馈: the fields of the form of the report, as far as they are written."""

    values: Annotated[dict[str, Annotated[str, Field(max_length=20_000)]], Field(max_length=DRAFT_FIELDS)]


class CheckOut(Schema):
    """One thing to look at again in a report."""

    finding: Finding
    words: str


@router.post("/{int:assignment_id}/notice", response=Done, summary="告知信访人")
def tell(request: HttpRequest, assignment_id: int, body: TellingIn) -> Done:
    """告知信访人."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        telling = body.telling()
        return Done(id=progress.tell_petitioner(assignment_id=assignment_id, telling=telling, by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/{int:assignment_id}/progress", response=Done, summary="反馈进展")
def report_progress(request: HttpRequest, assignment_id: int, body: ProgressIn) -> Done:
    """反馈进展."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=progress.report_progress(assignment_id=assignment_id, words=body.words, by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.post("/{int:assignment_id}/draft", response=Done, summary="起草反馈")
def draft(request: HttpRequest, assignment_id: int, body: DraftIn) -> Done:
    """起草反馈."""
    by, at = caller(request), timezone.now()

    def act() -> Done:
        return Done(id=reports.draft(assignment_id=assignment_id, values=body.values, by=by, at=at).pk)

    return carried_out(request, body, at, act)


@router.get("/{int:assignment_id}/checks", response=list[CheckOut], summary="反馈审核提示")
def checks(request: HttpRequest, assignment_id: int) -> list[CheckOut]:
    """Return what to look at again in the newest report, for whoever accepts reports."""
    by = caller(request)
    check_may_verify(by)
    found = Assignment.objects.visible_to(by).select_related("petition", "unit").filter(pk=assignment_id).first()
    if found is None:
        raise Refusal("assignment.unknown", "没有这件交办件，或您无权查看")
    return [CheckOut(finding=one.finding, words=one.words) for one in checks_of_latest(found)]
