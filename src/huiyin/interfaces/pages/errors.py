"""Pages for what could not be shown or done: Django's own errors and the office's refusals."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from huiyin.interfaces.components.notices import RefusalBox
from huiyin.kernel.refusal import Refusal

CONFLICT = 409
UNPROCESSABLE = 422
RETRY_SECONDS = "120"


@dataclass(frozen=True, slots=True)
class RefusedScreen:
    """What the pages 409 and 422 show."""

    box: RefusalBox
    back_href: str


def plain(status: int, template: str = "") -> HttpResponse:
    """Return a page that needs nothing but its file, so that it can be drawn whatever broke."""
    return HttpResponse(render_to_string(template or f"{status}.html"), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be understood (handler400)."""
    del request, exception
    return plain(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer who may not (handler403)."""
    del request, exception
    return plain(403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token has expired (CSRF_FAILURE_VIEW)."""
    del request, reason
    return plain(403, "403_csrf.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is not there, or is not for this reader: the two look the same (handler404)."""
    del request, exception
    return plain(404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a defect (handler500)."""
    del request
    return plain(500)


def unavailable() -> HttpResponse:
    """Answer while an office is being migrated or is suspended."""
    response = plain(503)
    response["Retry-After"] = RETRY_SECONDS
    return response


def refused(request: HttpRequest, refusal: Refusal, *, status: int = CONFLICT) -> HttpResponse:
    """Show a refusal in the rule's own words, with 409, or 422 for what has to be written differently."""
    box = RefusalBox(words=refusal.words, code=refusal.code)
    screen = RefusedScreen(box=box, back_href=back_href(request))
    return HttpResponse(render_to_string(f"{status}.html", {"screen": screen}, request), status=status)


def back_href(request: HttpRequest) -> str:
    """Return the page the reader came from when it is one of ours, else the first page."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if ours else "/"
