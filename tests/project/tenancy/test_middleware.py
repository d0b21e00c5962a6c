"""From the host of a request to its office: nothing runs before that, and nothing outside it."""

import threading
from collections.abc import Callable, Iterator
from typing import cast

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache as shared_cache
from django.core.signing import BadSignature
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory, override_settings
from django.urls import get_urlconf, set_urlconf

from huiyin.kernel.tenant import PUBLIC, NoTenantError, Tenant, current, current_or_none, entered
from huiyin.platform.directory.models import County
from huiyin.project.tenancy import cache, directory, middleware
from huiyin.project.tenancy.backend.base import DatabaseWrapper
from huiyin.project.tenancy.middleware import ProbeMiddleware, SessionCountyMiddleware, TenantMiddleware

View = Callable[[HttpRequest], HttpResponseBase]


@pytest.fixture(autouse=True)
def _urlconf_of_before(app: DatabaseWrapper) -> Iterator[None]:
    yield
    set_urlconf(None)


def ask(
    view: View, path: str = "/", *, host: str = "qinglan.localhost:8000", address: str = "127.0.0.1"
) -> HttpResponse:
    """Send a request through the two outer layers, as the server does."""
    request = RequestFactory().get(path, headers={"host": host}, REMOTE_ADDR=address)
    response = ProbeMiddleware(TenantMiddleware(view))(request)
    assert isinstance(response, HttpResponse)
    return response


def who_works_here() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
    return str(schema)


def say_where(request: HttpRequest) -> HttpResponse:
    assert request.tenant == current()  # type: ignore[attr-defined]  # set by the middleware
    return HttpResponse(f"{who_works_here()} {request.urlconf} {get_urlconf()}")


def never(request: HttpRequest) -> HttpResponse:
    raise AssertionError(request.path)


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        ("qinglan.localhost", "qinglan huiyin.project.urls_county huiyin.project.urls_county"),
        ("Baiyun.Localhost.:8000", "baiyun huiyin.project.urls_county huiyin.project.urls_county"),
        ("province.localhost", "province huiyin.project.urls_province huiyin.project.urls_province"),
    ],
)
def test_a_host_leads_to_its_office_and_its_pages(host: str, answer: str) -> None:
    assert ask(say_where, host=host).content.decode() == answer
    assert current_or_none() is None


@pytest.mark.parametrize(
    "host", ["nobody.localhost", "localhost", "public.localhost", "127.0.0.1", "qing_lan", "a b", ""]
)
@pytest.mark.parametrize("path", ["/", "/sign-in", "/api/petitions", "/livez2"])
def test_a_host_of_nobody_is_answered_alike_and_without_a_hint(host: str, path: str) -> None:
    answer = ask(never, path, host=host)
    assert (answer.status_code, answer.content) == (404, ask(never, host="other.example").content)
    assert "Django" not in answer.content.decode()


@override_settings(ALLOWED_HOSTS=[".localhost"])
def test_a_host_that_django_refuses_is_answered_like_any_of_nobody() -> None:
    assert ask(never, host="evil.example").status_code == 404


@pytest.fixture
def in_state(owner: DatabaseWrapper) -> Iterator[Callable[[str], None]]:
    """Sets the state of 青岚县 in the register, for the length of a test."""

    def set_state(state: str) -> None:
        with entered(PUBLIC):
            County.objects.using("owner").filter(schema_name="qinglan").update(state=state)
        middleware.HOSTS.forget()

    yield set_state
    set_state("active")


def test_an_office_under_migration_asks_to_come_back(in_state: Callable[[str], None]) -> None:
    in_state("migrating")
    answer = ask(never)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "青岚县人大常委会的系统正在升级" in answer.content.decode()
    assert ask(say_where, host="baiyun.localhost").status_code == 200


def test_a_suspended_office_says_so(in_state: Callable[[str], None]) -> None:
    in_state("suspended")
    assert ask(never).status_code == 403
    answer = ask(never, "/api/petitions")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/json")


def test_a_change_of_state_is_seen_when_the_memory_of_the_host_ends(in_state: Callable[[str], None]) -> None:
    assert ask(say_where).status_code == 200
    in_state("migrating")
    assert ask(never).status_code == 503


def test_a_known_host_costs_no_query(app: DatabaseWrapper) -> None:
    ask(lambda _request: HttpResponse("known"))
    app.force_debug_cursor = True
    try:
        before = len(app.queries_log)
        ask(lambda _request: HttpResponse("again"))
        assert len(app.queries_log) == before
    finally:
        app.force_debug_cursor = False


def test_a_streamed_answer_is_made_inside_the_office() -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(3):
            yield f"{current().schema} {who_works_here()};".encode()

    def view(_request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(parts())

    answers = []
    for host in ("qinglan.localhost", "baiyun.localhost"):
        request = RequestFactory().get("/", headers={"host": host})
        answer = TenantMiddleware(view)(request)
        assert isinstance(answer, StreamingHttpResponse)
        answers.append(cast("Iterator[bytes]", answer.streaming_content))
    written = []
    for _ in range(3):
        for answer_parts in answers:
            written.append(next(answer_parts))
            assert current_or_none() is None
    assert written == [b"qinglan qinglan;", b"baiyun baiyun;"] * 3


def test_a_view_that_fails_leaves_nobody_behind() -> None:
    with pytest.raises(AssertionError):
        ask(never)
    assert current_or_none() is None


def test_offices_answered_at_the_same_time_never_mix() -> None:
    wrong: list[str] = []

    def work(host: str, schema: str) -> None:
        for _ in range(30):
            answer = ask(say_where, host=host).content.decode()
            if not answer.startswith(f"{schema} "):
                wrong.append(answer)
        connection.close()

    pairs = [("qinglan.localhost", "qinglan"), ("baiyun.localhost", "baiyun"), ("province.localhost", "province")] * 2
    threads = [threading.Thread(target=work, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_process_is_alive_without_database_and_office(app: DatabaseWrapper) -> None:
    answer = ask(never, "/livez", host="10.0.0.7:8000")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert app.connection is None


def test_the_process_is_ready_when_database_and_migrations_are_there() -> None:
    assert (ask(never, "/readyz", host="10.0.0.7").content, ask(never, "/readyz").status_code) == (b"ok", 200)


def test_the_process_is_not_ready_without_its_database(app: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.settings_dict, "PORT", "1")
    answer = ask(never, "/readyz")
    assert (answer.status_code, answer.content) == (503, b"database: OperationalError")


def test_the_process_is_not_ready_for_a_database_without_its_migrations(app: DatabaseWrapper, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as superuser:
        superuser.execute("UPDATE public.django_migrations SET app = 'hidden' WHERE app = 'platform'")
        try:
            answer = ask(never, "/readyz")
        finally:
            superuser.execute("UPDATE public.django_migrations SET app = 'platform' WHERE app = 'hidden'")
    assert answer.status_code == 503
    assert b"migration: 0001_initial" in answer.content


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_probe_from_elsewhere_is_a_page_that_does_not_exist(path: str) -> None:
    assert ask(never, path, host="nobody.localhost", address="203.0.113.9").status_code == 404


def test_a_probe_may_ask_from_the_addresses_of_the_settings_only() -> None:
    with override_settings(HUIYIN_PROBE_ADDRESSES=("192.0.2.7",)):
        assert ask(never, "/livez", address="192.0.2.7").status_code == 200
        assert ask(never, "/livez", host="nobody.localhost", address="127.0.0.1").status_code == 404


@pytest.fixture
def undone() -> Iterator[None]:
    """Whatever the test writes is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def with_session(tenant: Tenant, key: str | None, view: View) -> SessionStore:
    """Send a request with this session through the layer that compares its county."""
    request = RequestFactory().get("/")
    request.tenant = tenant  # type: ignore[attr-defined]  # what the middleware before sets
    request.session = SessionStore(key)
    with entered(tenant):
        SessionCountyMiddleware(view)(request)
    return request.session


def sign_in(request: HttpRequest) -> HttpResponse:
    request.session["_auth_user_id"] = "1"
    return HttpResponse()


def test_a_session_carries_its_county(qinglan: Tenant) -> None:
    assert with_session(qinglan, None, sign_in)["county"] == "qinglan"


def test_nobody_is_given_a_session_for_looking(qinglan: Tenant) -> None:
    assert with_session(qinglan, None, lambda _request: HttpResponse()).is_empty()


@pytest.mark.usefixtures("undone")
def test_a_session_of_another_county_is_ended(qinglan: Tenant, baiyun: Tenant) -> None:
    session = with_session(qinglan, None, sign_in)
    with entered(qinglan):
        session.save()
    with entered(baiyun):
        copied = SessionStore(session.session_key)
        copied.update(dict(session.items()))
        copied.save(must_create=True)

    def look(request: HttpRequest) -> HttpResponse:
        assert "_auth_user_id" not in request.session
        return HttpResponse()

    assert with_session(baiyun, session.session_key, look).is_empty()


@pytest.mark.usefixtures("undone")
def test_a_session_key_of_one_county_opens_nothing_in_another(qinglan: Tenant, baiyun: Tenant) -> None:
    session = with_session(qinglan, None, sign_in)
    with entered(qinglan):
        session.save()
    with entered(baiyun):
        assert SessionStore(session.session_key).load() == {}


def test_cookies_belong_to_one_host() -> None:
    assert settings.SESSION_COOKIE_DOMAIN is None
    assert settings.CSRF_COOKIE_DOMAIN is None
    assert settings.CSRF_TRUSTED_ORIGINS == []


def test_what_is_cached_begins_with_the_schema(qinglan: Tenant, baiyun: Tenant) -> None:
    with entered(qinglan):
        shared_cache.set("promises", 1)
        assert cache.key("promises", "", 1) == "qinglan::1:promises"
    with entered(baiyun):
        assert shared_cache.get("promises") is None
    with pytest.raises(NoTenantError):
        shared_cache.get("promises")


def test_a_signature_holds_on_one_host_only(qinglan: Tenant, baiyun: Tenant) -> None:
    with entered(qinglan):
        signed = cache.signer("setup").sign("7")
        assert cache.signer("setup").unsign(signed) == "7"
    with entered(baiyun), pytest.raises(BadSignature):
        cache.signer("setup").unsign(signed)


def test_the_directory_finds_offices_by_schema_and_kind(qinglan: Tenant) -> None:
    assert directory.tenant_of_schema("qinglan").domain == "qinglan.localhost"
    assert [tenant.schema for tenant in directory.tenants()] == ["baiyun", "province", "qinglan"]
    assert [tenant.schema for tenant in directory.tenants(kind="province")] == ["province"]
