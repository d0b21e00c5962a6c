"""The province's screens in a real browser: the board, a release and the matrix, without a complaint of axe."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from huiyin.accounts.actions import open_account
from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.kernel.periods import month
from huiyin.kernel.tenant import Tenant, entered
from huiyin.platform.statistics import intake
from huiyin.province import actions

from .conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AT = datetime(2026, 2, 5, 1, tzinfo=UTC)
PROMISES = (("M1", 14), ("M2", 14), ("M3a", 13), ("M3b", 14), ("M4", 11), ("M4x", 11), ("satisfied", 6))
CLASSES = {"01": (5, 9), "02": (3, 3), "04": (2, 2)}


@pytest.fixture
def analyst(provisioned: Any, committed_county: Tenant) -> Iterator[str]:
    """An analyst of the province; 临时县 reported January, and it was released. Taken away afterwards."""
    january, province = month("2026-01"), provisioned.offices["province"]
    figures = [{"indicator": code, "channel": "letter", "part": part, "whole": 14} for code, part in PROMISES]
    figures.append({"indicator": "first_matters", "channel": "letter", "part": 10, "whole": 14})
    divided = {"indicator": "first_matters", "channel": "letter", "purpose": "claim"}
    cells = [divided | {"category": code, "part": part, "whole": whole} for code, (part, whole) in CLASSES.items()]
    with entered(committed_county):
        intake.accept(
            county=committed_county, key=uuid4(), first_on=january.first, last_on=january.last, version=1,
            data_as_of=AT, figures=figures, cells=cells, at=AT,
        )  # fmt: skip
    with entered(province):
        staff: Staff = open_account(
            username="fu", name="傅析", roles=frozenset({Role.PROVINCE_ANALYST}), at=AT, password=PASSWORD
        )
        actions.publish_due(of_year=2026, threshold=3, at=AT)
    yield "fu"
    with psycopg.connect(f"{provisioned.superuser_url.rpartition('/')[0]}/{provisioned.database}") as session:
        for table in ("submission", "figure", "cell"):
            session.execute(f"DELETE FROM platform_{table} WHERE county = 'linshi'".encode())
        session.execute("DELETE FROM province.province_release")
        session.execute("DELETE FROM province.accounts_staff WHERE id = %s", [staff.pk])


def test_from_the_board_to_a_release_and_the_matrix(analyst: str, desk: Any) -> None:
    province = desk("province")
    province.sign_in(analyst)
    province.go("/?year=2026")
    province.looks("board")
    assert province.page.locator("canvas").count() == 1
    province.presses("分类统计")
    province.looks("releases")
    province.go("/releases/?year=2026")
    province.presses("2026年1月")
    province.looks("release")
    assert "＊" in province.text()
    for path, name in (("/completeness/", "completeness"), ("/funnel/", "funnel"), ("/hotspots/", "hotspots")):
        province.go(f"{path}?year=2026")
        province.looks(name)
    province.go("/counties/linshi/?year=2026")
    province.looks("county")
