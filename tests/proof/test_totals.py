"""指标、结账、报送: 青岚县's first quarter by hand, its months closed, the province's sums of three counties."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest

from huiyin.county.analysis import queries as analysis
from huiyin.county.document.rules import hash_of
from huiyin.county.reporting.actions import periods
from huiyin.county.reporting.models import ReportedPeriod
from huiyin.county.reporting.queries import periods as queries
from huiyin.county.supervision.queries.funnel import funnel
from huiyin.kernel.calendar import SHANGHAI
from huiyin.kernel.periods import Period
from huiyin.kernel.tenant import entered
from huiyin.platform.statistics.indicators import FIRST_MATTERS, INDICATORS, PROMISES, REGISTERED, ChannelGroup
from huiyin.platform.statistics.models import Cell, Figure, Submission
from huiyin.platform.statistics.queries import board as board_of

from .counties import CLOSED_AT, MONTHS, QUARTER, YEAR_CLOSED_AT, Place
from .paper import QINGLAN

Figures = dict[tuple[str, str], tuple[int, int]]
# 来信：水费 14、其余十四类 99；来访：土地承包 11；来电：草原 9；网上：乱收费 8 户 16 封。
LETTERS, VISITS, CALLS, WEB = 113, 11, 9, 16
COUNT = {"letter": LETTERS, "walk_in": VISITS, "phone": CALLS, "web": WEB}
# 全部登记、阅信、归类，一件未处理；最迟3月16日收到，十五日受理处理期限3月31日，4月3日看全部逾期。
EVERY: Figures = {
    (code, channel): (part * count, count)
    for channel, count in COUNT.items()
    for code, part in (
        ("M1", 1), ("M2", 1), ("M3a", 0), ("M3b", 0), ("M4", 0), ("M4x", 0),
        ("read_by_leader", 0), ("timely_disposition", 0), ("timely_reply", 0),
    )
}  # fmt: skip
PAPER: Figures = EVERY | {
    ("first_matters", "letter"): (113, 113),
    ("first_matters", "walk_in"): (11, 11),
    ("first_matters", "phone"): (9, 9),
    ("first_matters", "web"): (8, 16),
    ("repeated", "letter"): (0, 113),
    ("repeated", "walk_in"): (0, 11),
    ("repeated", "phone"): (0, 9),
    ("repeated", "web"): (8, 16),
    ("group_visits", "walk_in"): (0, 11),
    ("group_people", "walk_in"): (0, 11),
    ("hotspots", "none"): (4, 6),
    ("topic_proposals", "none"): (4, 4),
}
# 每月初次事项和登记件数。来信 47、34、32；来访 4、4、3；来电 3、3、3；网上 3、3、2+8。
BY_MONTH = (
    ("一月", {"letter": (47, 47), "walk_in": (4, 4), "phone": (3, 3), "web": (3, 3)}),
    ("二月", {"letter": (34, 34), "walk_in": (4, 4), "phone": (3, 3), "web": (3, 3)}),
    ("三月", {"letter": (32, 32), "walk_in": (3, 3), "phone": (3, 3), "web": (2, 10)}),
)
APRIL_8 = datetime(2026, 4, 8, 9, tzinfo=SHANGHAI)


def figures_of(row: ReportedPeriod) -> Figures:
    return {(one["indicator"], one["channel"]): (one["part"], one["whole"]) for one in row.figures if one["whole"]}


def closed(period: Period) -> ReportedPeriod:
    return ReportedPeriod.objects.of(period).get()


def test_the_quarter_as_it_was_closed(qinglan: Place):
    """2026年第一季度, 每个指标每种信访形式."""
    assert figures_of(closed(QUARTER)) == PAPER


@pytest.mark.parametrize(
    ("number", "expected"),
    [(number, row[1]) for number, row in enumerate(BY_MONTH)],
    ids=["一月57件", "二月44件", "三月48件"],
)
def test_a_month_as_it_was_closed(number: int, expected: dict[str, tuple[int, int]], qinglan: Place):
    found = figures_of(closed(MONTHS[number]))
    assert {channel: found["first_matters", channel] for channel in COUNT} == expected


def test_the_months_add_up_to_the_quarter(qinglan: Place):
    """按收件日期的指标: 三个月之和就是一季度."""
    sums: Figures = {}
    for period in MONTHS:
        for key, (part, whole) in figures_of(closed(period)).items():
            before = sums.get(key, (0, 0))
            sums[key] = (before[0] + part, before[1] + whole)
    for code in (*(one.code for one in PROMISES), "first_matters", "repeated", "read_by_leader", "group_people"):
        for channel in COUNT:
            assert sums.get((code, channel)) == PAPER.get((code, channel)), (code, channel)


def test_cells_add_up_to_their_margins_in_the_county_and_in_the_province(qinglan: Place):
    row = closed(QUARTER)
    sums: Figures = {}
    for one in row.cells:
        part, whole = sums.get((one["indicator"], one["channel"]), (0, 0))
        sums[one["indicator"], one["channel"]] = (part + one["part"], whole + one["whole"])
    assert sums == {key: value for key, value in PAPER.items() if key[1] != "none"}
    assert Cell.objects.filter(submission_key=row.key).count() == len(row.cells)
    assert Figure.objects.filter(submission_key=row.key).count() == len(row.figures)


def test_the_classes_of_the_quarter(qinglan: Place):
    """农村农业 14+11+8 = 33，自然资源 9+7 = 16，教育 8+7 = 15（登记 16+7 = 23），城乡建设、劳动各 14，其余七类各 7."""
    found: dict[str, tuple[int, int]] = {}
    for one in closed(QUARTER).cells:
        if one["indicator"] == "first_matters":
            part, whole = found.get(one["category"], (0, 0))
            found[one["category"]] = (part + one["part"], whole + one["whole"])
    sevens = dict.fromkeys(("05", "07", "08", "09", "10", "14", "16"), (7, 7))
    assert found == {"01": (33, 33), "02": (16, 16), "03": (14, 14), "04": (14, 14), "06": (15, 23), **sevens}


def test_a_reopened_month_is_version_2_and_the_first_is_produced_again_as_it_was(qinglan: Place):
    """一月补登一封水费信: 第二版来信 48，第一版仍是 47，按当时重算一字不差."""
    january = MONTHS[0]
    first = closed(january)
    frozen = (first.figures, first.cells, first.reconciliation, first.numbers_hash)
    periods.reopen(period_id=first.pk, reason="补登一件来信", by=qinglan.head, at=APRIL_8)
    qinglan.letter(QINGLAN[0], date(2026, 1, 20), "补登户", at=APRIL_8)
    second = qinglan.closed(january, APRIL_8 + timedelta(days=1))
    first.refresh_from_db()
    assert (second.version, first.version) == (2, 1)
    assert (figures_of(second)["first_matters", "letter"], figures_of(first)["first_matters", "letter"]) == (
        (48, 48),
        (47, 47),
    )
    again = queries.numbers_of(january, at=first.prepared_at)
    produced = {
        "figures": [one.as_values() for one in again.figures],
        "cells": [one.as_values() for one in again.cells],
        "reconciliation": again.reconciliation.as_values(),
    }
    assert (*produced.values(), hash_of(produced)) == frozen
    assert (first.figures, first.cells, first.reconciliation, first.numbers_hash) == frozen
    now = [one.as_values() for one in queries.numbers_of(january, at=second.prepared_at).figures]
    assert now != first.figures
    assert [
        one.version
        for one in Submission.objects.filter(county="qinglan", first_on=january.first, last_on=january.last).order_by(
            "version"
        )
    ] == [1, 2]


# 省里2026年（各县年报）：初次事项和登记件数。青岚县 141+150 和 149+150，白芸县 17，临时县 13。
YEAR_OF = {"qinglan": (291, 299), "baiyun": (17, 17), "linshi": (13, 13)}
# 来信来访：青岚县 113+150+11 = 274，白芸县 17，临时县 10（草原三件是来电）。
OWN_OF = {"qinglan": 274, "baiyun": 17, "linshi": 10}


def test_the_board_of_the_year_is_the_sum_of_three_counties(board):
    """全省初次信访事项 321/329；来信来访 301."""
    shown = board_of(2026, at=YEAR_CLOSED_AT, group=ChannelGroup.ALL)
    amounts = {schema: shown.county(schema).amounts.of(FIRST_MATTERS) for schema in YEAR_OF}
    assert {schema: (one.part, one.whole) for schema, one in amounts.items()} == YEAR_OF
    total = shown.total.of(FIRST_MATTERS)
    assert (total.part, total.whole) == (321, 329)
    own = board_of(2026, at=YEAR_CLOSED_AT)
    assert {schema: own.county(schema).amounts.of(REGISTERED).whole for schema in OWN_OF} == OWN_OF
    assert own.total.of(REGISTERED).whole == 301
    assert [(one.code, one.counties) for one in own.prefectures] == [("9901", 3)]


@pytest.mark.parametrize("group", list(ChannelGroup), ids=[one.label for one in ChannelGroup])
def test_every_total_is_the_sum_of_what_was_pushed(group: ChannelGroup, board):
    """全省 = Σ 各县 = Σ 报送的行, 每个指标；不分渠道的, 看哪种形式都一样."""
    shown = board_of(2026, at=YEAR_CLOSED_AT, group=group)
    keys = [version.key for line in shown.counties for version in line.used]
    assert len(keys) == 3
    pushed = list(Figure.objects.filter(submission_key__in=keys))
    for code, indicator in INDICATORS.items():
        channels = set(group.channels) if indicator.has_channel else {"none"}
        rows = [(one.part, one.whole) for one in pushed if one.indicator == code and one.channel in channels]
        lines = [line.amounts.of(indicator) for line in shown.counties]
        total = shown.total.of(indicator)
        assert (total.part, total.whole) == (sum(part for part, _ in rows), sum(whole for _, whole in rows)), code
        assert (total.part, total.whole) == (sum(one.part for one in lines), sum(one.whole for one in lines)), code


def test_what_a_county_keeps_and_what_the_province_has_are_the_same_rows(board, undone):
    def values(one: Mapping[str, object]) -> tuple[str, ...]:
        return tuple(str(one[name]) for name in ("indicator", "channel", "part", "whole"))

    for place in undone.values():
        with entered(place.tenant):
            kept = {str(row.key): row.figures for row in ReportedPeriod.objects.order_by("pk")}
        assert len(kept) == 6
        for key, figures in kept.items():
            rows = Figure.objects.filter(submission_key=key).values("indicator", "channel", "part", "whole")
            assert sorted(map(values, rows)) == sorted(map(values, figures))


def test_a_number_is_the_same_whenever_it_is_asked_for_that_day(qinglan: Place):
    """4月3日的数字, 年后再算还是那个数."""
    assert queries.amounts_of(QUARTER, at=CLOSED_AT)[0] == tuple(
        sorted((*analysis.figures(QUARTER, at=CLOSED_AT), *funnel(QUARTER, at=CLOSED_AT)))
    )
    assert [one.as_values() for one in queries.amounts_of(QUARTER, at=CLOSED_AT)[0]] == closed(QUARTER).figures
