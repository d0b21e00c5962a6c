"""Who calls the API: a program with a token, or a signed-in page with its CSRF token."""

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from huiyin.accounts.actions import staff_of_token
from huiyin.accounts.models import Staff
from huiyin.accounts.permissions import check_has_role
from huiyin.accounts.roles import READS_PETITIONS, UNIT_ROLES, Role
from huiyin.kernel.refusal import Refusal


class TokenAuth(HttpBearer):
    """``Authorization: Bearer hy_…``; the token belongs to an account of the host's own county."""

    def authenticate(self, request: HttpRequest, token: str) -> Staff | None:
        """Return the account of a token that is not revoked."""
        del request
        return staff_of_token(token)


class PageAuth(SessionAuth):
    """The session of a signed-in page; writes need the CSRF token."""

    def __call__(self, request: HttpRequest) -> Staff | None:
        """Return who is signed in; whoever is not is a stranger, whatever else the request lacks."""
        return cast("Staff | None", super().__call__(request)) if request.user.is_authenticated else None


EITHER = [TokenAuth(), PageAuth(csrf=True)]


def caller(request: HttpRequest) -> Staff:
    """Return who calls."""
    return cast("Staff", request.auth)  # type: ignore[attr-defined]  # set by ninja


def reader(request: HttpRequest, *, act: str) -> Staff:
    """Return who calls, of the office or of a unit; 收发 and 县管理员 read nothing of petitions (DOMAIN §3)."""
    return reader_with(request, READS_PETITIONS | UNIT_ROLES, act=act)


def office_reader(request: HttpRequest, *, act: str) -> Staff:
    """Return who calls, of the office's own readers: units are not shown what the office has in view of them."""
    return reader_with(request, READS_PETITIONS, act=act)


def reader_with(request: HttpRequest, roles: frozenset[Role], *, act: str) -> Staff:
    """Return who calls with one of the roles; anyone else is refused, as on the page."""
    by = caller(request)
    check_has_role(by, *sorted(roles), act=act)
    return by


def version_of(request: HttpRequest) -> int | None:
    """Return the version the caller saw, from ``If-Match``, or None where it does not say."""
    written = request.headers.get("If-Match", "").strip().strip('"')
    if not written:
        return None
    if not written.isdecimal():
        raise Refusal("submission.bad_version", "If-Match 应为信访件的版本号")
    return int(written)
