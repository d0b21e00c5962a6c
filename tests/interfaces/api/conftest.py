"""Programs that call the API of an office, and the state of its tables before and after."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from huiyin.accounts.actions import issue_api_token
from huiyin.accounts.models import Staff
from huiyin.county.journal.models import Entry
from huiyin.county.registry.receipt_models import Counter
from huiyin.kernel.tenant import Tenant, entered

HOST = "qinglan.localhost"
PDF = b"%PDF-1.4\n% invented scan\n%%EOF\n"


@dataclass(frozen=True)
class Program:
    """A caller with a token (or none) at one office's host."""

    client: Client
    keys: Iterator[int]
    token: str = ""
    host: str = HOST

    def headers(self, given: dict[str, str]) -> dict[str, str]:
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {**bearer, **given}

    def get(self, path: str, **query: str | int) -> Any:
        return self.client.get(f"/api{path}", query, headers=self.headers({}), HTTP_HOST=self.host)

    def post(self, path: str, body: object = None, *, key: str | None = "", **headers: str) -> Any:
        """Send JSON under a new key; ``key=None`` sends none, another text sends that."""
        if key is not None:
            headers["Idempotency-Key"] = key or f"api-call-{next(self.keys):012d}"
        return self.client.post(
            f"/api{path}",
            "" if body is None else json.dumps(body, ensure_ascii=False),
            content_type="application/json",
            headers=self.headers({name.replace("_", "-"): value for name, value in headers.items()}),
            HTTP_HOST=self.host,
        )

    def put(self, path: str, body: object) -> Any:
        """Send JSON in the place of what is there."""
        return self.client.put(
            f"/api{path}",
            json.dumps(body, ensure_ascii=False),
            content_type="application/json",
            headers=self.headers({}),
            HTTP_HOST=self.host,
        )

    def upload(self, path: str, name: str, data: bytes, **query: str) -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415  # only where a file is sent

        return self.client.post(
            f"/api{path}",
            {"file": SimpleUploadedFile(name, data)},
            query_params=query,
            headers=self.headers({}),
            HTTP_HOST=self.host,
        )


@pytest.fixture
def program(county: Tenant) -> Callable[..., Program]:
    """Open a program with the token of an account, issued once for each, or without one."""
    keys, tokens = count(1), dict[tuple[str, int], str]()

    def opened(person: Staff | None = None, *, host: str = HOST) -> Program:
        if person is None:
            return Program(Client(), keys, "", host)
        if (host, person.pk) not in tokens:
            tokens[host, person.pk] = issue_api_token(staff=person, name="试验", at=timezone.now())
        return Program(Client(), keys, tokens[host, person.pk], host)

    return opened


@pytest.fixture
def foreign(program: Any, other_county: Tenant) -> Program:
    """A clerk of 白芸县 with a token of 白芸县, at the host of 白芸县."""
    with entered(other_county):
        opened: Program = program(Staff.objects.get(username="ma"), host="baiyun.localhost")
    return opened


@pytest.fixture
def tables(county: Tenant) -> Callable[[], dict[str, object]]:
    """Return how many rows each table of the office has, and which numbers were given."""

    def counted() -> dict[str, object]:
        models = apps.get_app_config("county").get_models()
        rows: dict[str, object] = {model.__name__: model._default_manager.count() for model in models}
        # What must never be done is refused and audited: the one row that an attempt leaves.
        refused = Entry.objects.filter(event="act.refused").count()
        rows["Entry"] = Entry.objects.count() - refused
        rows["numbers"] = sorted(Counter.objects.values_list("series", "year", "value"))
        return rows

    return counted


@pytest.fixture
def received(program: Any, people: Any) -> Callable[..., int]:
    """Take a receipt of today by API and return its id."""

    def taken(channel: str = "letter", **values: object) -> int:
        body = {"channel": channel, "received_on": timezone.localdate().isoformat(), **values}
        answer = program(people.clerk).post("/receipts/", body)
        assert answer.status_code == 200, answer.content.decode()
        pk: int = answer.json()["id"]
        return pk

    return taken
