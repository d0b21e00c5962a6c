"""Route × role: what each role of the office is answered at each route of the API, compared with the kept table.

Every call has a body of the right shape and a row on which its act is due, so that the status tells who may.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from huiyin.accounts.models import SignInFailure
from huiyin.interfaces.api.api import api

from .route_bodies import ABSENT, BODIES, LEDGER, PDF, QUERIES, naming
from .route_rows import INSTEAD, asked_of, rows_of_the_office

KEPT = Path(__file__).with_name("routes_and_roles.txt")
NOBODY = "nobody"
# What the routes of the laws are called for: it ships with the product.
SHIPPED: dict[str, int | str] = {
    "statute_code": "water_law",
    "article_number": 55,
    "unit_code": "water",
    "code": "repeated",
}
ROLES = (
    "clerk", "head", "leader", "group_head", "restricted", "mail_room", "auditor", "administrator", "unit_clerk",
    "unit_head", "other_unit_clerk",
)  # fmt: skip
OPEN = frozenset(
    {
        "/api/status/",
        "/api/status/evaluate",
        "/api/status/supplement",
        "/api/status/replies/{reply_id}/open",
        "/api/status/papers/{document_id}",
        "/api/web-petitions/",
        "/api/office/contact",
    }
)


@pytest.fixture
def there(program: Any, people: Any, received: Any, a_petition: Any) -> dict[str, int]:
    """What the routes are called for, by name."""
    return rows_of_the_office(program, people, received, a_petition)


def place(path: str, there: dict[str, int]) -> str:
    """Return where a route is called: on the row on which its act is due, on none where there is no such row."""
    standing = SHIPPED | there | {name: there[other] for name, other in INSTEAD.get(path, {}).items()}
    return path.removeprefix("/api").format_map(defaultdict(lambda: ABSENT, standing))


def answered(by: Any, method: str, path: str, *, there: dict[str, int]) -> int:
    """Call a route with what it needs, take back what it did, and return the status."""
    with transaction.atomic():
        SignInFailure.objects.all().delete()
        status = called(by, method, place(path, there), path, there=there)
        transaction.set_rollback(True)
    return status


def called(by: Any, method: str, where: str, path: str, *, there: dict[str, int]) -> int:
    """Return the status of one call."""
    if method == "get":
        return int(by.get(f"{where}{QUERIES.get(path, '')}").status_code)
    if method == "put":
        return int(by.put(where, BODIES[path]).status_code)
    if path.endswith("/attachments"):
        return int(by.upload(where, "又一封.pdf", PDF + b"2", kind="original").status_code)
    if path.endswith("/regulations/files"):
        return int(by.upload(where, "办法.pdf", PDF).status_code)
    if path.endswith("/files"):
        return int(by.upload(where, "台账.csv", LEDGER).status_code)
    body = asked_of(path, there) or (BODIES | naming(there)).get(path)
    return int(by.post(where, body).status_code)


def table(program: Any, people: Any, there: dict[str, int]) -> Iterator[str]:
    """Yield the lines of the table: a route, then the status of each caller."""
    callers = {NOBODY: program(), **{role: program(getattr(people, role)) for role in ROLES}}
    yield "\t".join(("route", *callers))
    paths = callers[NOBODY].get("/openapi.json").json()["paths"]
    for route in sorted(f"{path} {method}" for path, methods in paths.items() for method in methods):
        path, method = route.split()
        statuses = [str(answered(by, method, path, there=there)) for by in callers.values()]
        yield "\t".join((f"{method.upper()} {path}", *statuses))


def test_each_route_answers_each_role_as_the_kept_table_says(program: Any, people: Any, there: Any) -> None:
    found = list(table(program, people, there))
    if os.environ.get("HUIYIN_KEEP_ROUTES"):  # a route was added on purpose: keep the table anew, and read its diff
        KEPT.write_text("\n".join([*found, ""]), encoding="utf-8")
    assert found == KEPT.read_text(encoding="utf-8").splitlines()


def test_no_row_of_the_kept_table_is_about_a_missing_body() -> None:
    lines = KEPT.read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split("\t")[0] for line in lines if set(line.split("\t")[1:]) & {"422", "500"}] == []


def test_a_write_that_the_document_gives_a_key_needs_it_and_no_other_does(
    program: Any, people: Any, there: dict[str, int]
) -> None:
    clerk, bodies = program(people.clerk), BODIES | naming(there)
    for path, methods in clerk.get("/openapi.json").json()["paths"].items():
        for method, operation in methods.items():
            named = {one["name"] for one in operation.get("parameters", [])}
            needs = method == "post" and path not in api.keyless
            assert ("Idempotency-Key" in named) is needs, path
            if needs:
                refused = clerk.post(place(path, there), asked_of(path, there) or bodies.get(path), key=None)
                assert refused.json()["code"] == "submission.key_missing", path


def test_every_route_tells_its_refusals_and_only_the_petitioners_needs_no_account(program: Any) -> None:
    document = program().get("/openapi.json").json()
    shown = document["components"]["schemas"]["RefusalOut"]["properties"]
    assert set(shown) == {"code", "words", "faults"}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            is_open = path in OPEN and (path, method) != ("/api/office/contact", "post")
            assert ("security" in operation) is not is_open, path
            assert {"404", "409", "422"} <= set(operation["responses"]), path
            assert ({"401", "403"} <= set(operation["responses"])) is not is_open, path
