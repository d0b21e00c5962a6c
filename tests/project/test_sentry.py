"""An error that needs a change of code is reported; whoever wrote the petition is found nowhere in the report."""

import gzip
import json
import logging
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import sentry_sdk
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from dramatiq import Message, MessageProxy, get_broker
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from huiyin.jobs.middleware import CountyMiddleware
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import Tenant, current_or_none, entered
from huiyin.project import sentry
from huiyin.project.scrubbing import text_without_people, without_people

COUNTY = Tenant(schema="qinglan", kind="county", name="青岚县人大")
NAME, PLACE, STORY = "欧阳柏舟", "松林镇上松村七组", "水费收了两遍还不给票"
IDENTITY, PHONE, MAIL = "990101198001010018", "13900001234", "bozhou.ouyang@example.org"
CODE, COOKIE, WORD = "K7Q2M9XWPT4R", "sid-canary-4711", "canaryword"
CANARIES = (NAME, PLACE, STORY, IDENTITY, PHONE, MAIL, CODE, COOKIE, WORD)


def break_down(request: HttpRequest, petition: str) -> HttpResponse:
    person = {"name": NAME, "petition": petition, "identity_number": IDENTITY, "phone": PHONE}
    sentry_sdk.add_breadcrumb(message=f"opened {NAME}")
    logging.getLogger("huiyin.test").error("about %s, %s", NAME, person)
    try:
        raise IntegrityError(f'duplicate key "one_person"\nDETAIL:  Key (phone)=({WORD}) already exists.')
    except IntegrityError as error:
        text = f"{request.body.decode()} {NAME} {PLACE} {IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]} {person!r}"
        raise ValueError(f"cannot read {text} of {MAIL} at /status/?code={CODE} '{WORD} {WORD}'") from error


def refuse(_request: HttpRequest) -> HttpResponse:
    raise Refusal("petition.no", f"不可以，{NAME}")


urlpatterns = [path("petitions/<slug:petition>/", break_down), path("refused/", refuse)]


class Memory(Transport):
    """Keeps what would have been sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.append(envelope.serialize())

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(one.splitlines()[-1]) for one in self.sent]


@pytest.fixture(autouse=True)
def _silence_afterwards() -> Iterator[None]:
    yield
    sentry_sdk.get_client().close(timeout=0)
    sentry_sdk.get_global_scope().set_client(None)
    sentry_sdk.get_isolation_scope().clear()
    sentry_sdk.get_global_scope().clear()


@pytest.fixture
def memory() -> Iterator[Memory]:
    transport = Memory()
    with override_settings(HUIYIN_SENTRY_DSN="http://key@127.0.0.1:9/1"):
        assert sentry.start("web", transport=transport)
        yield transport


def post(where: str = f"/petitions/{WORD}/") -> None:
    client = Client(raise_request_exception=False, headers={"X-Secret": CODE, "X-Forwarded-For": "203.0.113.7"})
    client.cookies["session"] = COOKIE
    with entered(COUNTY), override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["*"]):
        client.post(f"{where}?code={CODE}&q={NAME}", {"name": NAME, "content": STORY, "phone": PHONE})


def canaries_in(sent: bytes) -> list[str]:
    """Which canaries stand in it, as they are or as JSON or an address writes them."""
    text = sent.decode()
    looks = {one: (one, json.dumps(one)[1:-1], f"%{one.encode().hex('%')}") for one in CANARIES}
    return [one for one in CANARIES if any(look in text or look.upper() in text for look in looks[one])]


def test_without_an_address_nothing_is_started():
    with override_settings(HUIYIN_SENTRY_DSN=""):
        assert not sentry.start("web")
    assert not sentry_sdk.get_client().is_active()


def test_an_error_of_a_page_is_reported_without_anybody(memory):
    post()
    (event,) = memory.events
    assert canaries_in(memory.sent[0]) == []
    assert [one["type"] for one in event["exception"]["values"]] == ["IntegrityError", "ValueError"]
    assert event["tags"] == {"county": "qinglan", "process": "web"}
    assert "break_down" in str(event["exception"])
    assert event["transaction"] == "/petitions/{petition}/"
    assert not {"request", "user", "breadcrumbs", "extra", "server_name"} & set(event)


def test_frames_hold_neither_variables_nor_source(memory):
    post()
    frames = [one for value in memory.events[0]["exception"]["values"] for one in value["stacktrace"]["frames"]]
    assert frames
    assert not {"vars", "context_line", "pre_context", "post_context"} & {key for frame in frames for key in frame}


def test_control_without_scrubbing_the_writer_is_in_the_report(monkeypatch):
    transport = Memory()
    monkeypatch.setattr(sentry, "before_send", lambda event, _hint: event)
    with override_settings(HUIYIN_SENTRY_DSN="http://key@127.0.0.1:9/1"):
        sentry.start("web", transport=transport)
        post()
    assert {NAME, PHONE, IDENTITY} <= set(canaries_in(transport.sent[0]))


def test_a_refusal_is_no_error(memory):
    post("/refused/")
    sentry_sdk.capture_exception(Refusal("petition.no", "不可以"))
    assert memory.sent == []


def test_a_line_in_the_log_is_no_report(memory):
    logging.getLogger("huiyin.test").error("about %s", NAME)
    assert memory.sent == []


def test_a_failed_job_is_reported_with_its_county(memory):
    around = CountyMiddleware(tenant_of=lambda _schema: COUNTY)
    proxy = MessageProxy(Message("default", "tests.fail", (), {"county": "qinglan", "entry_id": 7}, {}))
    around.before_process_message(get_broker(), proxy)
    assert current_or_none() == COUNTY
    try:
        raise ValueError(f"{NAME} {PHONE}")
    except ValueError as error:
        around.after_process_message(get_broker(), proxy, exception=error)
    (event,) = memory.events
    assert event["tags"] == {"county": "qinglan", "process": "web", "job": "tests.fail"}
    assert canaries_in(memory.sent[0]) == []
    assert current_or_none() is None


def test_a_refused_job_is_not_reported(memory):
    around = CountyMiddleware(tenant_of=lambda _schema: COUNTY)
    proxy = MessageProxy(Message("default", "tests.refuse", (), {"county": "qinglan"}, {}))
    around.before_process_message(get_broker(), proxy)
    around.after_process_message(get_broker(), proxy, exception=Refusal("petition.no", "不可以"))
    assert memory.sent == []


@pytest.fixture
def sink() -> Iterator[tuple[str, Callable[[], list[bytes]]]]:
    """A server on this machine that takes reports in, its address, and what came."""
    came: list[bytes] = []

    class Sink(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came.append(str(self.headers).encode())
            came.append(gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Sink) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://key@127.0.0.1:{server.server_address[1]}/1", lambda: came
        server.shutdown()
        thread.join()


def test_on_the_wire_too_nobody_is_found(sink):
    address, came = sink
    with override_settings(HUIYIN_SENTRY_DSN=address):
        sentry.start("web")
        post()
        sentry_sdk.flush(timeout=5)
    reports = came()
    assert any(b'"county":"qinglan"' in one and b"ValueError" in one for one in reports)
    assert [canaries_in(one) for one in reports] == [[]] * len(reports)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (f"identity {IDENTITY}", "identity ＊"),
        ("990101 19800101 001X", "＊"),
        (f"call {PHONE} or 139 0000 1234 or +86 139-0000-1234", "call ＊ or ＊ or ＊"),
        ("call 0199-5550111", "call ＊"),
        ("of 欧阳柏舟（松林镇）", "of ＊"),
        ("mail a.b@example.org now", "mail ＊ now"),
        ("GET /status/?code=K7Q2 done", "GET /status/?＊ done"),
        ('File "/srv/huiyin/project/wsgi.py", line 7', 'File "/srv/huiyin/project/wsgi.py", line 7'),
        ("KeyError: 'petition_id'", "KeyError: 'petition_id'"),
        ("bad value 'some free words'", "bad value ＊"),
        ("bad\nDETAIL:  Key (name)=(zhang san) already exists.", "bad\n"),
        ("{'name': 'zhang', 'unit_code': 'x'}", "{'name': ＊, 'unit_code': ＊}"),
        ("bad\nDETAIL:  zhang\nsan\n\nThe above exception was", "bad\n\n\nThe above exception was"),
        (r"\u6b27\u9633 and %E6%AC%A7%E9%98%B3", "＊ and ＊"),
        ("took 250 ms, 12 rows, in 2026", "took 250 ms, 12 rows, in 2026"),
    ],
)
def test_texts_are_cleaned_by_their_look(written, left):
    assert text_without_people(written) == left


def test_values_are_cleaned_by_their_keys_all_the_way_down():
    value = {"a": [{"phone": "1", "rows": 3, "Cookie": "x", "deep": ({"content": "x", "kept": 13900001234},)}], 1: "x"}
    assert without_people(value) == {"a": [{"rows": 3, "deep": [{"kept": "＊"}]}]}


def test_what_is_nested_too_deep_is_dropped():
    deep: list[Any] = []
    for _ in range(50):
        deep = [deep]
    assert "＊" in str(without_people(deep))
