"""The short session after the right query code: a signed cookie for one petition of one county, fifteen minutes."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from huiyin.county.registry.web_models import WebSubmission
from huiyin.kernel import tenant
from huiyin.kernel.refusal import Refusal

from .question import NOTHING, Found, petition_of, standing_of

LIFE = 15 * 60


def cookie_name() -> str:
    """Return the cookie's name: behind TLS no other host can set one of that name."""
    return "__Host-own" if settings.SECURE_TLS else "own"


def _salt() -> str:
    return f"huiyin.portal.session:{tenant.current().schema}"


def begin(response: HttpResponse, found: Found) -> None:
    """Let the browser that knew the code come back to this one petition for a while."""
    told = {
        "petition": found.petition.pk if found.petition else None,
        "submission": found.submission.pk if found.submission else None,
    }
    response.set_cookie(
        cookie_name(),
        signing.dumps(told, salt=_salt()),
        max_age=LIFE,
        secure=settings.SECURE_TLS,
        httponly=True,
        samesite="Strict",
    )


def end(response: HttpResponseBase) -> None:
    """Forget the petition on this browser."""
    response.delete_cookie(cookie_name(), samesite="Strict")


def own(request: HttpRequest) -> Found:
    """Return what this browser asked for with its code; nothing once the time is over, or in another county."""
    try:
        told = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=_salt(), max_age=LIFE)
    except signing.BadSignature:
        return NOTHING
    if told["petition"] is not None:
        return Found(petition=petition_of(told["petition"]))
    submission = WebSubmission.objects.filter(pk=told["submission"]).select_related("receipt").first()
    return standing_of(submission) if submission is not None else NOTHING


def own_or_refused(request: HttpRequest) -> Found:
    """Return what this browser asked for, or refuse: the code is asked again."""
    found = own(request)
    if not found:
        raise Refusal("status.over", "查询已超过15分钟，请重新输入编号和查询码")
    return found
