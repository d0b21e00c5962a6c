"""The board for programs: the same numbers as the page, numerators and denominators, never the percentage alone."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema

from huiyin.accounts.permissions import check_has_role
from huiyin.interfaces.api.access import caller
from huiyin.interfaces.api.contract import OfficeApi
from huiyin.kernel.periods import FIRST_YEAR, LAST_YEAR, MONTHS_IN_YEAR, month_of
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.board import Amounts, Board, CountyLine
from huiyin.platform.statistics.indicators import ChannelGroup

from .api_tables import router
from .frame import OPEN_INDICATORS, SEES_THE_BOARD, newest_year

api = OfficeApi(
    title="回音 省级看板 API",
    description="各县报送的数字：分子、分母和报送情况；分类统计只有发布的数，抑制的数为 null。",
    namespace="api_province",
    keyless=frozenset({"/api/releases/"}),
)
api.add_router("", router)


class FigureOut(Schema):
    """One indicator: part and whole, and the percentage as it is printed beside them."""

    label: str
    part: int
    whole: int
    percent: str

    @classmethod
    def all_of(cls, amounts: Amounts) -> "dict[str, FigureOut]":
        """Return every indicator by its code but the one that releases divide."""
        found = {}
        for indicator in OPEN_INDICATORS:
            amount = amounts.of(indicator)
            found[indicator.code] = cls(
                label=indicator.label, part=amount.part, whole=amount.whole, percent=amount.percent
            )
        return found


class CountyOut(Schema):
    """One county with how complete its numbers are."""

    county: str
    name: str
    gb_code: str
    is_active: bool
    has_reported: bool
    by_year: bool
    months_reported: int
    months_late: int
    months_restated: int
    data_as_of: datetime | None
    figures: dict[str, FigureOut]

    @classmethod
    def of(cls, line: CountyLine) -> "CountyOut":
        """Return one line of the board."""
        return cls(
            county=line.schema,
            name=line.name,
            gb_code=line.gb_code,
            is_active=line.is_active,
            has_reported=line.has_reported,
            by_year=line.is_by_year,
            months_reported=line.reported,
            months_late=line.late,
            months_restated=line.restated,
            data_as_of=line.data_as_of,
            figures=FigureOut.all_of(line.amounts),
        )


class PrefectureOut(Schema):
    """The sum of the counties of one prefecture."""

    code: str
    counties: int
    figures: dict[str, FigureOut]


class MonthOut(Schema):
    """The sum of the counties that reported one month."""

    first_on: date
    counties: int
    figures: dict[str, FigureOut]


class BoardOut(Schema):
    """The board of a year or a month; ``data_as_of``: the oldest and the newest moment, null where nobody reported."""

    year: int
    month: date | None
    group: ChannelGroup
    data_as_of: list[datetime] | None
    total: dict[str, FigureOut]
    counties: list[CountyOut]
    prefectures: list[PrefectureOut]
    months: list[MonthOut]

    @classmethod
    def of(cls, found: Board) -> "BoardOut":
        """Return the board as values."""
        return cls(
            year=found.year,
            month=found.month.first if found.month else None,
            group=found.group,
            data_as_of=list(found.as_of) if found.as_of else None,
            total=FigureOut.all_of(found.total),
            counties=[CountyOut.of(line) for line in found.counties],
            prefectures=[
                PrefectureOut(code=one.code, counties=one.counties, figures=FigureOut.all_of(one.amounts))
                for one in found.prefectures
            ],
            months=[
                MonthOut(first_on=point.month.first, counties=point.counties, figures=FigureOut.all_of(point.amounts))
                for point in found.trend
            ],
        )


@api.get("/board", response=BoardOut, summary="各县看板", tags=["看板"])
def board(
    request: HttpRequest,
    year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None,
    month: Annotated[int | None, Query(ge=1, le=MONTHS_IN_YEAR)] = None,
    group: ChannelGroup = ChannelGroup.OWN,
) -> BoardOut:
    """Return the board of a year, the newest with numbers where none is named, or of one month of it."""
    check_has_role(caller(request), *sorted(SEES_THE_BOARD), act="查看各县看板")
    at = timezone.now()
    of_year = year or newest_year(at=at)
    of_month = month_of(date(of_year, month, 1)) if month else None
    return BoardOut.of(queries.board(of_year, at=at, group=group, month=of_month, indicators=OPEN_INDICATORS))
