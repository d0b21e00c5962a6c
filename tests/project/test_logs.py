"""A log line is one JSON object with request, county and actor id, and never a name or a text."""

import io
import json
import logging
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from huiyin.kernel.tenant import Tenant, entered
from huiyin.project import logs

COUNTY = Tenant(schema="qinglan", kind="county", name="青岚县人大")


class Written:
    """What was logged."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def read(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def lines() -> Iterator[Written]:
    written = Written()
    handler = logging.StreamHandler(written.stream)
    handler.setFormatter(logs.as_json())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_our_line_carries_county_and_job(lines):
    with entered(COUNTY), structlog.contextvars.bound_contextvars(job="attachments.check"):
        structlog.get_logger("huiyin.jobs").info("job done", rows=3)
    (line,) = lines.read()
    assert line.pop("timestamp")
    assert line == {
        "message": "job done",
        "rows": 3,
        "job": "attachments.check",
        "county": "qinglan",
        "level": "info",
        "logger": "huiyin.jobs",
    }


def test_a_librarys_line_loses_the_names_in_it(lines):
    with entered(COUNTY):
        logging.getLogger("django.request").warning("Not Found: %s", "/petitions/?q=欧阳柏舟&phone=13900001234")
    (line,) = lines.read()
    assert line["message"] == "Not Found: /petitions/?＊"
    assert line["county"] == "qinglan"


def test_a_traceback_loses_the_names_in_it(lines):
    try:
        raise ValueError("欧阳柏舟 13900001234")
    except ValueError:
        structlog.get_logger("huiyin.jobs").exception("failed", person={"name": "欧阳柏舟"})
    (line,) = lines.read()
    text = json.dumps(line, ensure_ascii=False)
    assert "ValueError" in text
    assert "欧阳" not in text
    assert "13900001234" not in text


def answer(request: HttpRequest) -> HttpResponse:
    request.tenant = COUNTY  # type: ignore[attr-defined]  # as the tenancy's middleware does
    request._cached_user = SimpleNamespace(pk=7, name="马会计")  # type: ignore[attr-defined]  # as Django's does
    return HttpResponse("ok")


def ask(**headers: str) -> HttpResponse:
    request = RequestFactory().get("/petitions/?q=欧阳柏舟", headers=headers)
    response = logs.RequestLogMiddleware(answer)(request)
    assert isinstance(response, HttpResponse)
    return response


def test_a_request_is_one_line_with_ids(lines):
    response = ask()
    (line,) = lines.read()
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert (line["county"], line["actor"], line["status"], line["method"]) == ("qinglan", 7, 200, "GET")
    assert "欧阳" not in json.dumps(line, ensure_ascii=False)
    assert "马会计" not in json.dumps(line, ensure_ascii=False)


def test_a_proxys_id_is_kept(lines):
    given = "0123456789abcdef0123456789abcdef"
    assert ask(**{"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["13900001234", "欧阳", "", "x" * 500, "990101198001010018"])
def test_what_is_no_proxys_id_is_replaced(lines, given):
    assert ask(**{"X-Request-ID": given}).headers["X-Request-ID"] != given
