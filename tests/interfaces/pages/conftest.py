"""People at their browsers, and petitions that were brought to a state by the steps that lead there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.accounts.models import Staff
from huiyin.kernel.tenant import Tenant

HOST = "qinglan.localhost"


@dataclass(frozen=True)
class Browser:
    """A client of the office's host."""

    client: Client
    token: Iterator[int]

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(path, query, HTTP_HOST=HOST)

    def post(self, path: str, **values: object) -> Any:
        values.setdefault("form_token", f"form-token-{next(self.token):08d}")
        return self.client.post(path, values, HTTP_HOST=HOST)


@pytest.fixture
def browser(county: Tenant) -> Callable[[Staff | None], Browser]:
    """Open a browser for a person who is signed in, or for nobody."""
    tokens = count(1)

    def opened(person: Staff | None = None) -> Browser:
        client = Client()
        if person is not None:
            client.force_login(person, backend="huiyin.accounts.backend.StaffBackend")
        return Browser(client, tokens)

    return opened


@pytest.fixture
def queries_of() -> Callable[[Callable[[], object]], int]:
    """Count the queries of a request, without the one that now and then asks whose host it is."""

    def counted(ask: Callable[[], object]) -> int:
        ask()
        with CaptureQueriesContext(connection) as captured:
            ask()
        return sum("platform_domain" not in query["sql"] for query in captured.captured_queries)

    return counted
