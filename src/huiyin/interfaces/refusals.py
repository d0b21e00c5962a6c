"""Refusals on their way out: 409 or 422 with the rule's own words, never a traceback, never a report.

What DOMAIN §4 lists as never allowed is written to the audit log as well, whoever tried it and on whatever screen.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.office.actions import audit
from huiyin.county.registry.models import Petition
from huiyin.county.reply.models import Reply
from huiyin.interfaces.pages import errors
from huiyin.kernel import tenant
from huiyin.kernel.refusal import Refusal

UNPROCESSABLE = frozenset(
    {
        "submission.other_body",
        "submission.bad_key",
        "submission.key_missing",
        "submission.bad_version",
        "status.no_such_pair",
        "booking.no_such_pair",
        "web.consent_missing",
        "web.content_missing",
        "web.content_too_long",
        "web.name_missing",
        "web.phone_missing",
        "web.too_many_files",
        "web.file_too_large",
        "web.files_too_large",
        "web.file_not_plain",
        "request.bad_condition",
    }
)
NOT_FOUND = frozenset(
    {
        "receipt.unknown",
        "release.unknown",
        "release.no_county",
        "release.no_column",
        "petition.unknown",
        "assignment.unknown",
        "document.unknown",
        "assignment.other_unit",
        "proposal.unknown",
        "objection.unknown",
        "extension.unknown",
        "oversight.unknown",
        "period.unknown",
        "priority.unknown",
        "recommendation.unknown",
        "hotspot.unknown",
        "scorecard.nothing",
        "reopening.unknown",
        "reply.unknown",
        "instruction.unknown",
        "instruction.barred",
        "reception_day.unknown",
        "reception.unknown",
        "booking.unknown",
        "notification.unknown",
        "supplement.unknown",
        "account.unknown",
        "token.unknown",
        "unit.unknown",
        "leading_group.unknown",
        "training.unknown",
        "hearing.unknown",
        "regulation.unknown",
        "regulation.unknown_file",
        "statute.unknown",
        "statute.unknown_version",
        "statute.no_such_article",
        "statute_link.unknown",
        "topic_proposal.unknown",
        "directors_meeting.unknown",
        "supervision_plan.unknown",
        "supervision_plan.unknown_item",
        "activity.unknown",
        "activity.unknown_member",
        "activity.unknown_link",
        "finding.unknown",
        "inspection_report.unknown",
        "opinion.unknown",
        "follow_up.unknown",
        "ledger.unknown_upload",
        "ledger.unknown_run",
    }
)
FORBIDDEN = frozenset({"permission.role_missing"})


# Refused and written to the audit log (DOMAIN §4). A leader's instruction keeps its own event, instruction.refused.
AUDITED = frozenset(
    {
        "activity.member_handles_letter",
        "activity.member_has_interest",
        "activity.member_of_inspected_unit",
        "activity.member_recused",
        "activity.petition_sealed",
        "finding.sealed_matter",
        "assignment.unit_accused",
        "assignment.handler_accused",
        "assignment.sealed",
        "assignment.unit_unknown",
        "assignment.elsewhere",
        "assignment.on_the_merits",
        "assignment.handler_missing",
        "attachment.kept_back",
        "deadline.extension_after_due",
        "deadline.extension_beyond_cap",
        "disposition.approver_barred",
        "petition.keeper_may_not_see",
        "petition.keeper_is_accused",
        "petition.leader_is_accused",
        "petition.leader_is_recused",
        "petition.not_delivered",
        "petition.slip_missing",
        "petition.too_many_representatives",
        "petition.void_needs_second_person",
        "petition.void_reason_missing",
        "receipt.backdated",
        "reply.proof_missing",
        "report.handler_missing",
        "split.checker_barred",
        "split.names_accused",
    }
)
CLOSED = "closed"
PETITION_OF: Mapping[str, type[Assignment | Reply]] = {"assignment_id": Assignment, "reply_id": Reply}
_noted: ContextVar[list[Refusal] | None] = ContextVar("huiyin_noted_refusals", default=None)


def is_audited(refusal: Refusal) -> bool:
    """Return whether the attempt goes into the audit log: a listed rule, a short cut to 办结, a recused person."""
    skips = refusal.code == "petition.bad_move" and refusal.facts.get("then") == CLOSED
    return refusal.code in AUDITED or skips or refusal.facts.get("barred") is not None


def note(refusal: Refusal) -> None:
    """Remember a refusal of this request; it is written down when the request's own work has been rolled back."""
    noted = _noted.get()
    if noted is not None and not any(known is refusal for known in noted):
        noted.append(refusal)


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal: what may not be seen is not there."""
    if refusal.code in NOT_FOUND:
        return HTTPStatus.NOT_FOUND
    if refusal.code in FORBIDDEN:
        return HTTPStatus.FORBIDDEN
    return errors.UNPROCESSABLE if refusal.code in UNPROCESSABLE else errors.CONFLICT


class RefusalMiddleware:
    """Turns a refusal that a page did not catch itself into a page or, under /api/, into JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and write down afterwards what was tried in vain and must never be done."""
        noted: list[Refusal] = []
        token = _noted.set(noted)
        try:
            response = self.get_response(request)
        finally:
            _noted.reset(token)
        for refusal in filter(is_audited, noted):
            write_down(request, refusal)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer a refusal; leave every other exception to Django."""
        if not isinstance(exception, Refusal):
            return None
        note(exception)
        status = status_of(exception)
        if request.path.startswith("/api/"):
            return JsonResponse({"code": exception.code, "words": exception.words}, status=status)
        if status == HTTPStatus.NOT_FOUND:
            return errors.not_found(request, exception)
        return errors.refused(request, exception, status=status)


def write_down(request: HttpRequest, refusal: Refusal) -> None:
    """Write one refused attempt into the journal of the office, in a transaction of its own."""
    by = getattr(request, "auth", None) or request.user
    if not isinstance(by, Staff) or not tenant.current().is_county:
        return
    audit.refused(
        code=refusal.code,
        words=refusal.words,
        path=request.path,
        petition_id=petition_of(request),
        by=by,
        at=timezone.now(),
    )


def petition_of(request: HttpRequest) -> int | None:
    """Return the petition that the request was about, where its address names one that exists."""
    match = request.resolver_match
    values = match.kwargs if match is not None else {}
    for name, model in PETITION_OF.items():
        if name in values:
            return model.objects.filter(pk=values[name]).values_list("petition_id", flat=True).first()
    named = values.get("petition_id")
    return named if named is not None and Petition.objects.filter(pk=named).exists() else None
