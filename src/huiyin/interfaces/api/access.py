"""Who calls the API: a program with a token, or a signed-in page with its CSRF token."""

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from huiyin.accounts.actions import staff_of_token
from huiyin.accounts.models import Staff
from huiyin.kernel.refusal import Refusal


class TokenAuth(HttpBearer):
    """``Authorization: Bearer hy_…``; the token belongs to an account of the host's own county."""

    def authenticate(self, request: HttpRequest, token: str) -> Staff | None:
        """Return the account of a token that is not revoked."""
        del request
        return staff_of_token(token)


class PageAuth(SessionAuth):
    """The session of a signed-in page; writes need the CSRF token."""


EITHER = [TokenAuth(), PageAuth(csrf=True)]


def caller(request: HttpRequest) -> Staff:
    """Return who calls."""
    return cast("Staff", request.auth)  # type: ignore[attr-defined]  # set by ninja


def version_of(request: HttpRequest) -> int | None:
    """Return the version the caller saw, from ``If-Match``, or None where it does not say."""
    written = request.headers.get("If-Match", "").strip().strip('"')
    if not written:
        return None
    if not written.isdecimal():
        raise Refusal("submission.bad_version", "If-Match 应为信访件的版本号")
    return int(written)
