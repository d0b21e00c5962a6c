"""The province's other tables for programs: releases, common hotspots, the linkage, completeness of reporting."""

from datetime import date, datetime
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from huiyin.accounts.permissions import check_has_role
from huiyin.interfaces.api.access import caller
from huiyin.kernel.periods import FIRST_YEAR, LAST_YEAR, Period, month, quarter
from huiyin.kernel.periods import year as year_of
from huiyin.platform.statistics import queries as statistics
from huiyin.platform.statistics.breakdowns import Kind
from huiyin.platform.statistics.crosstab import Level
from huiyin.platform.statistics.funnel import Stage, Step, funnel_of
from huiyin.platform.statistics.rules import Punctuality
from huiyin.province import actions, queries
from huiyin.province.hotspots import CommonHotspot, common_hotspots
from huiyin.province.queries import Line, ReleasedTable

from .frame import PUBLISHES, SEES_THE_BOARD, newest_year

router = Router()
Year = Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)]
Written = Annotated[str, Query(pattern=r"^[0-9]{4}(-Q[1-4]|-[0-9]{2})?$", description="2026-03、2026-Q1 或 2026")]


class ListedOut(Schema):
    """One release in the list."""

    id: int
    kind: Kind
    first_on: date
    last_on: date
    version: int
    level: Level
    data_as_of: datetime
    made_at: datetime


class AmountOut(Schema):
    """Part and whole of one column; null is a hidden count (＊)."""

    part: int | None
    whole: int | None


class PlaceOut(Schema):
    """One county, prefecture or the province, by column."""

    place: str
    name: str
    gb_code: str
    amounts: dict[str, AmountOut]

    @classmethod
    def of(cls, line: Line, columns: tuple[str, ...]) -> "PlaceOut":
        """Return one line of a release."""
        pairs = zip(columns, line.amounts, strict=True)
        amounts = {code: AmountOut(part=one.part, whole=one.whole) for code, one in pairs}
        return cls(place=line.place, name=line.name, gb_code=line.gb_code, amounts=amounts)


class SourceOut(Schema):
    """One reported version that a release was made from."""

    county: str
    name: str
    first_on: date
    last_on: date
    version: int
    data_as_of: datetime


class ReleaseOut(Schema):
    """One release: ``part`` is 初次信访事项, ``whole`` 登记的信访件; columns by code, ``all`` is the sum."""

    id: int
    kind: Kind
    first_on: date
    last_on: date
    version: int
    level: Level
    threshold: int
    data_as_of: datetime
    made_at: datetime
    columns: dict[str, str]
    counties: list[PlaceOut]
    prefectures: list[PlaceOut]
    total: PlaceOut
    sources: list[SourceOut]

    @classmethod
    def of(cls, found: ReleasedTable) -> "ReleaseOut":
        """Return a release as values."""
        codes = tuple(one.code for one in found.columns)
        return cls(
            id=found.id,
            kind=found.kind,
            first_on=found.period.first,
            last_on=found.period.last,
            version=found.version,
            level=found.level,
            threshold=found.threshold,
            data_as_of=found.as_of,
            made_at=found.made_at,
            columns={one.code: one.label for one in found.columns},
            counties=[PlaceOut.of(line, codes) for line in found.counties],
            prefectures=[PlaceOut.of(line, codes) for line in found.prefectures],
            total=PlaceOut.of(found.total, codes),
            sources=[
                SourceOut(
                    county=one.county,
                    name=one.name,
                    first_on=one.period.first,
                    last_on=one.period.last,
                    version=one.version,
                    data_as_of=one.data_as_of,
                )
                for one in found.sources
            ],
        )


class PublishedOut(Schema):
    """How many tables were published."""

    published: int


class HotspotOut(Schema):
    """One class pooled over the counties; null where the count, or what it follows from, is hidden."""

    category: str
    label: str
    counties: int
    rising: int
    alone: int
    now: int | None
    before: int | None
    chance: float | None
    is_common: bool
    is_hidden_in_each: bool
    is_too_few: bool

    @classmethod
    def of(cls, one: CommonHotspot) -> "HotspotOut":
        """Return one line."""
        return cls(
            category=one.category,
            label=one.label,
            counties=one.counties,
            rising=one.rising,
            alone=one.alone,
            now=one.now,
            before=one.before,
            chance=None if one.chance is None else float(one.chance),
            is_common=one.is_common,
            is_hidden_in_each=one.is_hidden_in_each,
            is_too_few=one.is_too_few,
        )


class HotspotsOut(Schema):
    """The classes of a period against the same period a year before."""

    first_on: date
    last_on: date
    compared_first_on: date
    compared_last_on: date
    counties: int
    left_out: list[str]
    lines: list[HotspotOut]


class StepOut(Schema):
    """One step of the linkage."""

    stage: Stage
    label: str
    count: int
    of: int

    @classmethod
    def all_of(cls, steps: tuple[Step, ...]) -> "list[StepOut]":
        """Return every step in order."""
        return [cls(stage=one.stage, label=one.stage.label, count=one.count, of=one.of) for one in steps]


class CountyFunnelOut(Schema):
    """The linkage of one county."""

    county: str
    name: str
    has_reported: bool
    steps: list[StepOut]


class FunnelOut(Schema):
    """The linkage of a year."""

    year: int
    total: list[StepOut]
    counties: list[CountyFunnelOut]


class MonthOut(Schema):
    """How one month of one county stands; null where nothing was reported."""

    first_on: date
    punctuality: Punctuality
    version: int | None
    data_as_of: datetime | None


class CompletenessOut(Schema):
    """The months of one county."""

    county: str
    name: str
    gb_code: str
    months: list[MonthOut]


def check_reads(request: HttpRequest, *, act: str) -> None:
    """Refuse whoever is not shown the province's numbers."""
    check_has_role(caller(request), *sorted(SEES_THE_BOARD), act=act)


def period_of(written: str) -> Period:
    """Return a period from how an address writes it."""
    if "-Q" in written:
        return quarter(int(written[:4]), int(written[-1]))
    return month(written) if "-" in written else year_of(int(written))


@router.get("/releases/", response=list[ListedOut], summary="分类统计的发布", tags=["分类统计"])
def releases(request: HttpRequest, year: Year = None, kind: Kind | None = None) -> list[ListedOut]:
    """Return every release of a year and its parts, the newest version of each first."""
    check_reads(request, act="查看分类统计")
    of_year = year or newest_year(at=timezone.now())
    return [
        ListedOut(
            id=one.id,
            kind=one.kind,
            first_on=one.period.first,
            last_on=one.period.last,
            version=one.version,
            level=one.level,
            data_as_of=one.as_of,
            made_at=one.made_at,
        )
        for one in queries.releases_of_year(of_year)
        if kind in {None, one.kind}
    ]


class PublishIn(Schema):
    """Of which year."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


@router.post("/releases/", response=PublishedOut, summary="发布分类统计", tags=["分类统计"])
def publish(request: HttpRequest, body: PublishIn) -> PublishedOut:
    """发布: bring the tables of a year up to the counties' newest versions; sent twice, it is done once."""
    check_has_role(caller(request), *sorted(PUBLISHES), act="发布分类统计")
    made = actions.publish_due(of_year=body.year, threshold=settings.HUIYIN_SUPPRESS_BELOW, at=timezone.now())
    return PublishedOut(published=len(made))


@router.get("/releases/{int:release_id}", response=ReleaseOut, summary="一份发布", tags=["分类统计"])
def release(request: HttpRequest, release_id: int) -> ReleaseOut:
    """Return one release as it was published; hidden counts are null."""
    check_reads(request, act="查看分类统计")
    return ReleaseOut.of(queries.release(release_id))


@router.get("/hotspots", response=HotspotsOut, summary="共性热点", tags=["共性热点"])
def hotspots(request: HttpRequest, period: Written) -> HotspotsOut:
    """Return what rose in several counties between a period and the same period a year before."""
    check_reads(request, act="查看共性热点")
    found = common_hotspots(period_of(period))
    return HotspotsOut(
        first_on=found.period.first,
        last_on=found.period.last,
        compared_first_on=found.compared.first,
        compared_last_on=found.compared.last,
        counties=found.counties,
        left_out=list(found.left_out),
        lines=[HotspotOut.of(one) for one in found.lines],
    )


@router.get("/funnel", response=FunnelOut, summary="联动漏斗", tags=["联动漏斗"])
def funnel(request: HttpRequest, year: Year = None) -> FunnelOut:
    """Return how far hotspots went in a year."""
    check_reads(request, act="查看联动漏斗")
    at = timezone.now()
    found = funnel_of(statistics.board(year or newest_year(at=at), at=at, indicators=()))
    return FunnelOut(
        year=found.year,
        total=StepOut.all_of(found.total),
        counties=[
            CountyFunnelOut(
                county=one.schema, name=one.name, has_reported=one.has_reported, steps=StepOut.all_of(one.steps)
            )
            for one in found.counties
        ],
    )


@router.get("/completeness", response=list[CompletenessOut], summary="报送情况", tags=["报送情况"])
def completeness(request: HttpRequest, year: Year = None) -> list[CompletenessOut]:
    """Return how every month of every county stands."""
    check_reads(request, act="查看报送情况")
    at = timezone.now()
    found = statistics.board(year or newest_year(at=at), at=at, indicators=())
    return [
        CompletenessOut(
            county=line.schema,
            name=line.name,
            gb_code=line.gb_code,
            months=[
                MonthOut(
                    first_on=one.month.first,
                    punctuality=one.punctuality,
                    version=one.latest.version if one.latest else None,
                    data_as_of=one.latest.data_as_of if one.latest else None,
                )
                for one in line.months
            ],
        )
        for line in found.counties
    ]
