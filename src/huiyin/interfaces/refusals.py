"""Refusals on their way out: 409 or 422 with the rule's own words, never a traceback, never a report."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from huiyin.interfaces.pages import errors
from huiyin.kernel.refusal import Refusal

UNPROCESSABLE = frozenset(
    {"submission.other_body", "submission.bad_key", "submission.key_missing", "submission.bad_version"}
)
NOT_FOUND = frozenset(
    {"receipt.unknown", "petition.unknown", "assignment.unknown", "assignment.other_unit", "reply.unknown"}
)
FORBIDDEN = frozenset({"permission.role_missing"})


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
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer a refusal; leave every other exception to Django."""
        if not isinstance(exception, Refusal):
            return None
        status = status_of(exception)
        if request.path.startswith("/api/"):
            return JsonResponse({"code": exception.code, "words": exception.words}, status=status)
        if status == HTTPStatus.NOT_FOUND:
            return errors.not_found(request, exception)
        return errors.refused(request, exception, status=status)
