"""Chromium, the office served on this machine, and what the browser complained of."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections

from huiyin.accounts.models import Staff
from huiyin.county.registry.actions import petitions, receipts
from huiyin.county.registry.rules import Registration
from huiyin.county.registry.states import Channel
from huiyin.kernel.calendar import local_day
from huiyin.kernel.tenant import Tenant, entered

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[2] / "src" / "huiyin" / "interfaces" / "assets" / "built" / ".tests" / "axe.min.js"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
)
PASSWORD = "only-for-tests-2026"
WIDTHS = {"wide": 1280, "phone": 390}
EARLIER = (
    ("反映松林镇上松村农业水费收缴标准不公开，要求公示近三年账目", "周桂兰", Channel.WALK_IN, 120),
    ("要求落实承包地经营权证并更正面积", "吴满仓", Channel.LETTER, 40),
    ("来电反映灌溉支渠断水十余日，玉米受旱", "佚名", Channel.PHONE, 9),
    ("建议县人大视察饮用水源地保护情况", "尤一平", Channel.WEB, 2),
)


def missing(what: str) -> None:
    """Leave the browser's tests out with a loud reason; where CI promises a browser, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"the browser's tests must run here, but {what} is missing")
    pytest.skip(f"NOT TESTED IN A BROWSER: {what} is missing")


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each request; its database connection ends with it."""

    daemon_threads = True
    block_on_close = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hung up is no fault."""


class Handler(WSGIRequestHandler):
    """Says nothing of every request."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the library's own name
        del format, args


@pytest.fixture
def served(committed_county: Tenant) -> Iterator[int]:
    """Serve the installation on a free port of this machine; the county has some petitions already."""
    with entered(committed_county):
        clerk = Staff.objects.get(username="ma")
        for summary, name, channel, days in EARLIER:
            at = datetime.now(UTC) - timedelta(days=days)
            receipt = receipts.take_receipt(channel=channel, received_on=local_day(at), sender=name, by=clerk, at=at)
            petitions.register(
                receipt_id=receipt.pk, registration=Registration(summary=summary, name=name), by=clerk, at=at
            )
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Desk:
    """One person's browser window, worked by the keyboard alone."""

    page: Any
    origin: str
    shots: Path
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> None:
        self.page.goto(f"{self.origin}{path}")

    def sign_in(self, username: str) -> None:
        self.go("/sign-in/")
        self.reach("username").keyboard.type(username)
        self.reach("password").keyboard.type(PASSWORD)
        self.sends("Enter")
        assert "/sign-in/" not in self.page.url

    def reach(self, wanted: str) -> Any:
        """Press Tab until the field of this name, or the link or button of these words, has the focus."""
        for _ in range(150):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(
                "() => { const e = document.activeElement; return [e.name || '', (e.textContent || '').trim()] }"
            )
            if wanted in here or (here[0] and here[0].rpartition("-")[2] == wanted):
                return self.page
        raise AssertionError(f"{wanted} is not reached by the keyboard on {self.page.url}")

    def types(self, field_name: str, text: str) -> None:
        self.reach(field_name).keyboard.type(text)

    def picks(self, field_name: str, label: str) -> None:
        """Choose in a list by the arrow."""
        self.reach(field_name)
        for _ in range(60):
            self.page.keyboard.press("ArrowDown")
            if label in self.page.evaluate("() => document.activeElement.selectedOptions[0].text"):
                return
        raise AssertionError(f"{label} is no choice of {field_name}")

    def sends(self, keys: str = "Control+Enter") -> None:
        """Send the form and wait for the page that answers."""
        with self.page.expect_navigation():
            self.page.keyboard.press(keys)
        assert not self.page.locator(".hy-fault-list").count(), self.page.locator(".hy-fault-list").inner_text()

    def presses(self, words: str) -> None:
        """Reach a button or link of these words and press Enter on it."""
        self.reach(words)
        self.sends("Enter")

    def text(self) -> str:
        words: str = self.page.locator("body").inner_text()
        return words

    def looks(self, name: str) -> None:
        """Keep how the page looks wide and on a phone; it must not be wider than the phone, and axe finds nothing."""
        for width, pixels in WIDTHS.items():
            self.page.set_viewport_size({"width": pixels, "height": 900})
            self.page.screenshot(path=str(self.shots / f"{name}-{width}.png"), full_page=True)
            wide = self.page.evaluate("() => document.documentElement.scrollWidth")
            assert wide <= pixels, f"{name} is {wide} wide on {pixels}"
        self.page.set_viewport_size({"width": WIDTHS["wide"], "height": 900})
        self.page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
        found = self.page.evaluate("() => axe.run()")
        told = [
            f"{one['id']}: {one['help']} — {node['target']} {node.get('failureSummary', '')}"
            for one in found["violations"]
            for node in one["nodes"]
        ]
        assert not told, f"{name}: {told}"
        assert not self.complaints, f"{name}: {self.complaints}"


@pytest.fixture
def desk(served: int, tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Open a window of its own, with its own cookies, at an office's host."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where it is installed
    except ImportError:
        missing("playwright")
    for needed in (CHROMIUM, AXE):
        if not needed.exists():
            missing(str(needed))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))

        def opened(office: str) -> Desk:
            context = browser.new_context(
                locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900}
            )
            context.set_default_timeout(20_000)
            return Desk(context.new_page(), f"http://{office}.localhost:{served}", tmp_path)

        try:
            yield opened
        finally:
            browser.close()
