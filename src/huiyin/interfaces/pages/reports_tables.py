"""The chapters of an analysis report as tables; every number leads to the list that it was counted from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from huiyin.county.analysis.states import Dimension, Side
from huiyin.county.reporting import rules
from huiyin.county.reporting.contents import (
    ActivityLine,
    Basis,
    Contents,
    Count,
    Line,
    Problem,
    Proposed,
    RecommendationLine,
    UnitLine,
)
from huiyin.county.reporting.states import PeriodKind
from huiyin.documents.values.analysis_report import basis_words
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.percent import percent_words
from huiyin.kernel.periods import MONTHS_IN_QUARTER, Period
from huiyin.platform.statistics.indicators import FUNNEL, PROMISES, REGISTERED, ChannelGroup

PROMISE_CODES = frozenset(one.code for one in PROMISES)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of a report: its tables, and on what they stand."""

    title: str
    lead: str
    tables: tuple[DataTable, ...]


def chapters_of(contents: Contents) -> tuple[Chapter, ...]:
    """Return the chapters that hold numbers, in the order of the paper."""
    basis = contents.basis
    lead = f"{basis_words(basis)}；上年同期：{basis.before_words}"
    chapters: tuple[tuple[str, Iterable[DataTable]], ...] = (
        ("基本情况", _figures(contents)),
        ("涉及领域和主要问题", _fields(contents)),
        ("四个百分之百和办理质效", _promises(contents)),
        ("交办、转送和督办", _assigned(contents)),
        ("三项建议", (_recommendations(contents.recommendations),)),
        ("监督工作", (_activities(contents.activities),)),
    )
    return tuple(Chapter(title, lead, tuple(tables)) for title, tables in chapters)


def query_of(period: Period, at: datetime | None = None) -> str:
    """Return how a page of numbers is asked for a period, as of a moment where one is given."""
    kind = rules.kind_of(period)
    asked = {"year": str(period.first.year)}
    if kind is PeriodKind.MONTH:
        asked = {"month": rules.written(period)}
    if kind is PeriodKind.QUARTER:
        asked = {"quarter": f"{period.first.year}-{period.last.month // MONTHS_IN_QUARTER}"}
    if at is not None:
        asked["at"] = moment_of(at)
    return urlencode(asked)


def petitions_href(basis: Basis, *, by: Dimension, key: str) -> str:
    """Return the list of the receipts that were counted under one key, as of the report's moment."""
    asked = {
        "indicator": REGISTERED.code,
        "side": Side.WHOLE.value,
        "since": basis.period.first.isoformat(),
        "until": basis.period.last.isoformat(),
        "channels": ChannelGroup.ALL.value,
        "at": moment_of(basis.as_of),
        "by": by.value,
        "key": key,
    }
    return f"{reverse('petitions')}?{urlencode(asked)}"


def moment_of(at: datetime) -> str:
    """Return a moment as an address writes it."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M:%S.%f")


def _figures(contents: Contents) -> Iterator[DataTable]:
    yield _counts("信访形式", contents.channels, contents.basis, by=Dimension.CHANNEL)
    yield _counts("信访目的", contents.purposes, contents.basis, by=Dimension.PURPOSE)


def _fields(contents: Contents) -> Iterator[DataTable]:
    yield _counts("内容分类", contents.classes, contents.basis, by=Dimension.FIELD)
    yield _problems(contents.problems, contents.basis)


def _counts(heading: str, counts: Iterable[Count], basis: Basis, *, by: Dimension | None = None) -> DataTable:
    return DataTable(
        caption=heading,
        columns=(
            Column(label=heading),
            Column(label="本期", align="end", width="fit"),
            Column(label="上年同期", align="end", width="fit"),
            Column(label="增减", align="end", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.label),
                    Cell(text=str(one.now), href=_list_of(one, basis, by)),
                    Cell(text=str(one.before)),
                    Cell(text=one.change),
                )
            )
            for one in counts
        ),
        empty=EmptyState(title="本期没有"),
    )


def _list_of(one: Count, basis: Basis, by: Dimension | None) -> str:
    return petitions_href(basis, by=by, key=one.code) if by is not None and one.now else ""


def _problems(problems: Iterable[Problem], basis: Basis) -> DataTable:
    query = query_of(basis.period, basis.as_of)
    return DataTable(
        caption="达到热点标准的问题（按信访事项计）",
        columns=(
            Column(label="问题"),
            Column(label="事项", align="end", width="fit"),
            Column(label="上年同期", align="end", width="fit"),
            Column(label="件次", align="end", width="fit"),
            Column(label="集体访", align="end", width="fit"),
            Column(label="升降判断", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.label),
                    Cell(text=str(one.matters), href=f"{reverse('hotspot_line')}?key={one.key}&{query}"),
                    Cell(text=str(one.before)),
                    Cell(text=str(one.petitions)),
                    Cell(text=str(one.group_visits)),
                    Cell(text=one.words),
                )
            )
            for one in problems
        ),
        empty=EmptyState(title="没有达到热点标准的问题"),
    )


def _promises(contents: Contents) -> Iterator[DataTable]:
    for title, lines in contents.chapters.items():
        known = [line for line in lines if line.now[1] or line.before[1]]
        if known:
            yield _lines(title, known, contents.basis)


def _lines(title: str, lines: Iterable[Line], basis: Basis) -> DataTable:
    return DataTable(
        caption=title,
        columns=(
            Column(label="指标"),
            Column(label="本期", align="end", width="fit"),
            Column(label="上年同期", align="end", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.indicator.label, sub=one.indicator.basis.label),
                    _amount(one.now, href=indicator_href(one, basis)),
                    _amount(one.before),
                )
            )
            for one in lines
        ),
    )


def indicator_href(line: Line, basis: Basis) -> str:
    """Return where a number is taken apart: of a promise what is missing, of the linkage where it is told."""
    query = query_of(basis.period, basis.as_of)
    if line.indicator.code in PROMISE_CODES:
        return f"{reverse('promise_missing', args=[line.indicator.code])}?{query}&group={ChannelGroup.ALL.value}"
    if line.indicator in FUNNEL:
        return reverse("supervision")
    return f"{reverse('analysis_breakdown', args=[line.indicator.code])}?{query}&channels={ChannelGroup.ALL.value}"


def _amount(amount: tuple[int, int], *, href: str = "") -> Cell:
    part, whole = amount
    return Cell(text=f"{part}/{whole}", sub=percent_words(part, whole), href=href)


def _assigned(contents: Contents) -> Iterator[DataTable]:
    yield _units(contents.units, contents.basis)
    yield _counts("督办级次", contents.steps, contents.basis)


def _units(units: Iterable[UnitLine], basis: Basis) -> DataTable:
    query = query_of(basis.period, basis.as_of)
    return DataTable(
        caption="承办单位（不含检举控告件和密件）",
        columns=(
            Column(label="承办单位"),
            Column(label="收到", align="end", width="fit"),
            Column(label="上年同期", align="end", width="fit"),
            Column(label="按期反馈", align="end", width="fit"),
            Column(label="退回补正", align="end", width="fit"),
            Column(label="督办函及以上", align="end", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.name),
                    Cell(text=str(one.given), href=f"{reverse('unit_score', args=[one.code])}?{query}"),
                    Cell(text=str(one.given_before)),
                    _amount(one.on_time),
                    _amount(one.returned),
                    Cell(text=str(one.grave_steps)),
                )
            )
            for one in units
        ),
        empty=EmptyState(title="本期没有交办、转送"),
    )


def _recommendations(lines: Iterable[RecommendationLine]) -> DataTable:
    return DataTable(
        caption="三项建议",
        columns=(
            Column(label="建议"),
            Column(label="提出", align="end", width="fit"),
            Column(label="已答复", align="end", width="fit"),
            Column(label="采纳（含部分采纳）", align="end", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=tuple(Cell(text=text) for text in (one.label, str(one.made), str(one.answered), str(one.adopted)))
            )
            for one in lines
        ),
    )


def _activities(lines: Iterable[ActivityLine]) -> DataTable:
    return DataTable(
        caption="本期开始的监督活动",
        columns=(
            Column(label="监督活动"),
            Column(label="方式", width="fit"),
            Column(label="开始日期", width="fit"),
            Column(label="进展", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("activity", args=[one.pk]),
                cells=tuple(Cell(text=text) for text in (one.title, one.kind, day_words(one.begun_on), one.state)),
            )
            for one in lines
        ),
        empty=EmptyState(title="本期没有开始的监督活动"),
    )


def proposed_table(proposed: Iterable[Proposed]) -> DataTable:
    """Return the paragraphs on the work ahead, with the petitions each stands on."""
    return DataTable(
        caption="工作建议",
        columns=(
            Column(label="序号", width="fit"),
            Column(label="建议", width="wide"),
            Column(label="依据"),
            Column(label="写入", width="fit"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=str(place)),
                    Cell(text=one.words),
                    Cell(text="、".join(one.petition_numbers)),
                    Cell(text=one.written_by),
                )
            )
            for place, one in enumerate(proposed, start=1)
        ),
        empty=EmptyState(title="还没有写建议", words="依据哪些信访件、建议做什么，一条一段。"),
    )
