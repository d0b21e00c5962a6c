"""Cells that two counties push, and the province that publishes them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from huiyin.kernel.periods import Period
from huiyin.kernel.tenant import Tenant, entered
from huiyin.platform.statistics import intake

SHANGHAI = ZoneInfo("Asia/Shanghai")
Counts = Mapping[str, tuple[int, int]]


def moment(of_month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, of_month, day, 9, tzinfo=SHANGHAI)


Push = Callable[..., UUID]


@pytest.fixture
def push() -> Push:
    """Report first-time matters of registered petitions by class, as the county's own role."""

    def pushed(county: Tenant, period: Period, counts: Counts, *, at: datetime, version: int = 1) -> UUID:
        key = uuid4()
        cells: list[dict[str, object]] = [
            {"indicator": "first_matters", "channel": "letter", "purpose": "claim", "category": category,
             "part": part, "whole": whole}
            for category, (part, whole) in counts.items()
        ]  # fmt: skip
        part, whole = (sum(pair[place] for pair in counts.values()) for place in (0, 1))
        figure: dict[str, object] = {"indicator": "first_matters", "channel": "letter", "part": part, "whole": whole}
        with entered(county):
            intake.accept(
                county=county,
                key=key,
                first_on=period.first,
                last_on=period.last,
                version=version,
                data_as_of=at,
                figures=[figure],
                cells=cells,
                at=at,
            )
        return key

    return pushed
