"""Middleware: from the host of a request to the office it is for, and nothing before that.

Written for WSGI: under ASGI a request's work may run where the entered tenant does not follow.
"""

from collections.abc import Callable, Iterator
from typing import cast

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_urlconf
from django.utils.cache import add_never_cache_headers

from huiyin.kernel.tenant import Tenant, entered
from huiyin.project.tenancy import directory, notices, readiness
from huiyin.project.tenancy.hosts import HostMemory, one_spelling

Next = Callable[[HttpRequest], HttpResponseBase]

URLCONF_OF_KIND = {"county": "huiyin.project.urls_county", "province": "huiyin.project.urls_province"}
SESSION_KEY = "county"
HOSTS = HostMemory(directory.tenant_of_host)


class ProbeMiddleware:
    """Answers ``/livez`` and ``/readyz`` before any office is looked for, and only to the machine that asks them."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a probe; pass everything else on, a stranger's question for a probe too."""
        if request.path_info not in {"/livez", "/readyz"} or not _is_from_a_probe(request):
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        lacking = readiness.lacking() if request.path_info == "/readyz" else ()
        response = HttpResponse("\n".join(lacking) or "ok", content_type="text/plain; charset=utf-8")
        response.status_code = 503 if lacking else 200
        add_never_cache_headers(response)
        return response


class TenantMiddleware:
    """Enters the office of the request's host; answers for it where it cannot be entered."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Run the rest of the request for the host's office, its streamed answer included."""
        tenant = _tenant_of(request)
        if tenant is None or tenant.kind not in URLCONF_OF_KIND:
            return notices.unknown()
        if tenant.state == "migrating":
            return notices.migrating(request, tenant)
        if tenant.state != "active":
            return notices.suspended(request, tenant)
        request.tenant = tenant  # type: ignore[attr-defined]  # what this middleware is for
        request.urlconf = URLCONF_OF_KIND[tenant.kind]
        set_urlconf(request.urlconf)
        with entered(tenant):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            if response.is_async:
                raise TypeError("an asynchronous answer would be written outside the office: see the decisions")
            parts = cast("Iterator[bytes]", response.streaming_content)
            response.streaming_content = for_tenant(tenant, iter(parts))
        return response


class SessionCountyMiddleware:
    """Compares the county written in a session with the one of the host: a difference ends the session."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Drop a session of another office before it is read; write the county into one that is kept."""
        schema: str = request.tenant.schema  # type: ignore[attr-defined]  # set above
        if request.session.get(SESSION_KEY, schema) != schema:
            request.session.flush()
        response = self.get_response(request)
        if request.session.modified and not request.session.is_empty():
            request.session[SESSION_KEY] = schema
        return response


def for_tenant(tenant: Tenant, parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the parts of a streamed answer, making each one inside the office.

    The tenant is entered anew for every part: a generator that stays inside would leave the server's thread there.
    """
    while True:
        with entered(tenant):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _tenant_of(request: HttpRequest) -> Tenant | None:
    try:
        host = one_spelling(request.get_host())
    except DisallowedHost:
        return None
    return HOSTS.tenant_of(host) if host else None


def _is_from_a_probe(request: HttpRequest) -> bool:
    return request.META.get("REMOTE_ADDR", "") in settings.HUIYIN_PROBE_ADDRESSES
