"""Numbers that counties push, as themselves."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from huiyin.kernel.periods import Period
from huiyin.kernel.tenant import Tenant, entered
from huiyin.platform.statistics import intake
from huiyin.platform.statistics.models import Submission

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(of_month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, of_month, day, 9, tzinfo=SHANGHAI)


def figure(part: object, whole: object, indicator: str = "M1", channel: str = "letter") -> dict[str, object]:
    return {"indicator": indicator, "channel": channel, "part": part, "whole": whole}


def cell(
    part: object, whole: object, *, purpose: str = "", category: str = "", channel: str = "letter"
) -> dict[str, object]:
    divided = {"purpose": purpose, "category": category}
    return figure(part, whole, "first_matters", channel) | divided


def pushed(
    county: Tenant,
    period: Period,
    figures: Iterable[dict[str, object]],
    *,
    at: datetime,
    version: int = 1,
    key: UUID | None = None,
    cells: Iterable[dict[str, object]] = (),
) -> Submission:
    """Push as the county's own role."""
    with entered(county):
        return intake.accept(
            county=county,
            key=key or uuid4(),
            first_on=period.first,
            last_on=period.last,
            version=version,
            data_as_of=at,
            figures=figures,
            cells=cells,
            at=at,
        )
