"""四个百分之百 by API: numerators and denominators, never the percentage alone."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from huiyin.county.analysis import queries, rules
from huiyin.county.registry.queries.withheld import secret_from
from huiyin.interfaces.pages.promises import known_excluded
from huiyin.kernel.periods import Period

from .access import caller

router = Router(tags=["四个百分之百"])


class PromiseOut(Schema):
    """One promise of one group of channels."""

    code: str
    label: str
    sentence: str
    part: int
    whole: int
    percent: str


class ColumnOut(Schema):
    """One group of channels: the office's own promise is letters and walk-ins."""

    group: str
    label: str
    promises: list[PromiseOut]


class PromisesOut(Schema):
    """The table of a period at an instant."""

    first: date
    last: date
    at: datetime
    columns: list[ColumnOut]
    excluded: int


@router.get("/", response=PromisesOut, summary="四个百分之百")
def promises(request: HttpRequest, first: date, last: date, at: datetime | None = None) -> PromisesOut:
    """Return the promises of what was received from the first to the last day, as they stood at an instant."""
    by = caller(request)
    rules.check_may_see_promises(by)
    table = queries.promises(Period(first, last), at=at or timezone.now(), secret=secret_from(by))
    columns = [
        ColumnOut(
            group=column.group.value,
            label=column.group.label,
            promises=[
                PromiseOut(
                    code=one.code,
                    label=one.indicator.label,
                    sentence=one.indicator.sentence,
                    part=one.part,
                    whole=one.whole,
                    percent=one.percent,
                )
                for one in column.promises
            ],
        )
        for column in table.columns
    ]
    excluded = len(list(known_excluded(table.excluded, by)))
    return PromisesOut(first=first, last=last, at=table.at, columns=columns, excluded=excluded)
