"""People of the province, counties that report, and what the pages show as rows of words."""

import html
import io
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from huiyin.accounts.actions import open_account
from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.kernel.periods import Period, month
from huiyin.kernel.tenant import Tenant, entered
from huiyin.platform.statistics import intake

HOST = "province.localhost"
AT = datetime(2026, 4, 3, 1, tzinfo=UTC)
Rows = list[list[str]]


def viewer(role: Role = Role.PROVINCE_VIEWER) -> Staff:
    return open_account(username=f"p_{role.value}", name="省级小陈", roles=frozenset({role}), at=AT)


def get(client: Client, path: str) -> Any:
    return client.get(path, HTTP_HOST=HOST)


def post(client: Client, path: str, values: dict[str, str]) -> Any:
    return client.post(path, values, HTTP_HOST=HOST)


def words(markup: str) -> str:
    """Return the words of a piece of a page; the quieter line in brackets, as an export writes it."""
    marked = re.sub(r'<span class="hy-cell-sub">(.*?)</span>', r"（\1）", markup)
    marked = re.sub(r'<span class="(?:hy-sort-mark|visually-hidden)".*?</span>', "", marked)
    return html.unescape(re.sub(r"<[^>]+>", "", marked)).strip()


def table(answer: Any, name: str) -> Rows:
    """Return a table of a page, its heads first."""
    found = re.search(rf'id="{name}">(.*?)</table>', answer.content.decode(), flags=re.DOTALL)
    assert found is not None, f"{name} is not on the page"
    rows = re.findall(r"<tr[ >].*?</tr>", found[1], flags=re.DOTALL)
    return [[words(cell) for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row, flags=re.DOTALL)] for row in rows]


def sheets(answer: Any) -> list[Rows]:
    """Return the sheets of an exported workbook; the last one says how to read the others."""
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    every = (book.get_sheet_by_index(place).to_python() for place in range(len(book.sheet_names)))
    return [[[str(cell) for cell in row] for row in sheet] for sheet in every]


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(viewer(role), backend="huiyin.accounts.backend.StaffBackend")
    return client


@pytest.fixture
def province_client(province: Tenant) -> Client:
    return signed_in(Role.PROVINCE_VIEWER)


@pytest.fixture
def analyst_client(province: Tenant) -> Client:
    return signed_in(Role.PROVINCE_ANALYST)


def figure(indicator: str, part: int, whole: int, channel: str = "letter") -> dict[str, object]:
    return {"indicator": indicator, "channel": channel, "part": part, "whole": whole}


Push = Callable[..., None]


@pytest.fixture
def push() -> Push:
    """Report figures, and first-time matters by class, as the county's own role."""

    def pushed(
        county: Tenant,
        period: Period,
        figures: Iterable[dict[str, object]] = (),
        *,
        at: datetime = AT,
        version: int = 1,
        classes: dict[str, tuple[int, int]] | None = None,
    ) -> None:
        divided = classes or {}
        part, whole = (sum(pair[place] for pair in divided.values()) for place in (0, 1))
        sums = [figure("first_matters", part, whole)] if divided else []
        with entered(county):
            intake.accept(
                county=county,
                key=uuid4(),
                first_on=period.first,
                last_on=period.last,
                version=version,
                data_as_of=at,
                figures=[*figures, *sums],
                cells=[
                    figure("first_matters", *pair) | {"purpose": "claim", "category": category}
                    for category, pair in divided.items()
                ],
                at=at,
            )

    return pushed


@pytest.fixture
def march(county: Tenant, other_county: Tenant, province: Tenant, push: Push) -> None:
    """青岚县 and 白芸县 report March."""
    push(county, month("2026-03"), [figure("M1", 9, 10)])
    push(other_county, month("2026-03"), [figure("M1", 3, 10)])
