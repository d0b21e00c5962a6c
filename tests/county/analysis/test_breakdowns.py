"""指标分布: what a number is made of, its lines by hand, the year before, and the petitions behind each line."""

from datetime import date
from typing import Any

import pytest

from huiyin.county.analysis import breakdowns, queries
from huiyin.county.analysis.breakdowns import behind, breakdown, trend
from huiyin.county.analysis.overviews import overview
from huiyin.county.analysis.states import Dimension, Side
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.office.models import Place
from huiyin.county.registry.actions import secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Channel, Confidentiality, Recurrence
from huiyin.kernel.periods import month, year
from huiyin.platform.statistics.indicators import INDICATORS, READ, REPEATED, ChannelGroup

from .conftest import MARCH, Desk, moment

Lines = dict[str, tuple[int, int]]
AT = moment(4, 12)


def lines(code: str, by: Dimension, at=AT) -> Lines:
    return {one.label: (one.part, one.whole) for one in breakdown(code, MARCH, at=at, by=by).divisions}


@pytest.fixture
def spring(desk: Desk) -> dict[str, Petition]:
    """水费信交水务局；重复来信并入；集体来访由领导接访；网上建议未归类；一封举报密封；一封收到未登记。"""
    water = desk.through(desk.registered(desk.receipt(2), place="松林镇上松村"))
    desk.assigned(water, due_on=date(2026, 3, 20))
    again = desk.registered(desk.receipt(6), place="上松村")
    desk.classified(desk.read(again, 6), 6, recurrence=Recurrence.REPEAT, repeats_id=water.pk)
    desk.decided(again, DispositionKind.MERGED, 9, merged_into_id=water.pk)
    group = desk.registered(desk.receipt(3, Channel.WALK_IN, head_count=6))
    desk.classified(desk.read(group, 4, read_by_leader=True, reader_name="李副主任"), 4)
    web = desk.registered(desk.receipt(9, Channel.WEB), summary="建议修路", place="下河乡")
    sealed = desk.registered(desk.receipt(10), summary="举报高站长", place="上湾村")
    Petition.objects.filter(pk=sealed.pk).update(confidentiality=Confidentiality.SEALED.value)
    desk.receipt(11)
    return {"water": water, "again": again, "group": group, "web": web, "sealed": sealed}


SEALED = "检举控告件、密件（不分列）"
ROWS: tuple[tuple[Dimension, Lines], ...] = (
    (Dimension.FIELD, {"农村农业": (3, 3), "未归类": (0, 2), SEALED: (0, 1)}),
    (Dimension.CLASS, {"农村农业": (3, 3), "未归类": (0, 2), SEALED: (0, 1)}),
    (Dimension.UNIT, {"县水务局": (2, 2), "未交办到单位": (1, 3), SEALED: (0, 1)}),
    (Dimension.PLACE, {"松林镇": (2, 2), "下河乡": (0, 1), "未注明属地": (1, 2), SEALED: (0, 1)}),
    (Dimension.CHANNEL, {"来信": (2, 4), "来访": (1, 1), "网上信访": (0, 1)}),
    (Dimension.PURPOSE, {"求决": (3, 3), "未归类": (0, 2), SEALED: (0, 1)}),
    (Dimension.RECURRENCE, {"初次": (2, 2), "重复": (1, 1), "未归类": (0, 2), SEALED: (0, 1)}),
    (Dimension.GROUP, {"个人": (2, 3), "集体访": (1, 1), "未登记": (0, 1), SEALED: (0, 1)}),
    (Dimension.LEADER, {"未经领导阅批接访": (2, 4), "李副主任": (1, 1), SEALED: (0, 1)}),
    (Dimension.MONTH, {"2026年3月": (3, 6)}),
)


@pytest.mark.parametrize(("by", "expected"), [pytest.param(*row, id=row[0].label) for row in ROWS])
def test_a_promise_divided_by_hand(by: Dimension, expected: Lines, spring: Any):
    assert Place.objects.filter(name="松林镇").exists()
    assert lines("M2", by) == expected


def test_a_written_place_of_what_is_kept_from_the_reader_is_not_told(desk: Desk, spring: dict[str, Petition]):
    found = breakdown("M2", MARCH, at=AT, by=Dimension.PLACE)
    assert breakdowns.for_reader(found, desk.people.head) == found
    secrecy.recuse(petition_id=spring["web"].pk, staff=desk.people.head, reason="亲属", by=desk.people.clerk, at=AT)
    told = breakdowns.for_reader(found, desk.people.head)
    assert {one.label: (one.part, one.whole) for one in told.divisions} == {
        "松林镇": (2, 2),
        "其他属地": (0, 1),
        "未注明属地": (1, 2),
        SEALED: (0, 1),
    }


def test_a_rate_divided_by_its_place_counts_petitions_alone(spring: Any):
    assert lines("repeated", Dimension.PLACE) == {"松林镇": (1, 2), "未注明属地": (0, 1)}
    assert lines("timely_report", Dimension.UNIT) == {"县水务局": (0, 1)}
    assert lines("group_people", Dimension.GROUP) == {"集体访": (6, 6)}


def test_every_breakdown_adds_up_to_its_margin(spring: Any):
    sums: dict[str, tuple[int, int]] = {}
    for one in queries.figures(MARCH, at=AT):
        if one.channel != "none":
            part, whole = sums.get(one.indicator, (0, 0))
            sums[one.indicator] = (part + one.part, whole + one.whole)
    for code in ("M1", "M4x", "repeated", "timely_reply", "timely_disposition", "first_matters", "group_people"):
        for by in Dimension:
            total = breakdown(code, MARCH, at=AT, by=by).total
            assert (total.part, total.whole) == sums[code], (code, by)


def test_a_breakdown_at_an_earlier_moment_sees_what_was_true_then(spring: Any):
    assert lines("M2", Dimension.UNIT, at=moment(3, 4, 23)) == {"未交办到单位": (2, 2)}
    assert lines("M2", Dimension.UNIT, at=moment(3, 7)) == {"县水务局": (1, 1), "未交办到单位": (2, 2)}
    assert lines("M2", Dimension.LEADER, at=moment(3, 4, 8)) == {"未经领导阅批接访": (0, 2)}


def test_the_same_days_of_the_year_before_stand_beside_as_they_stood_then(desk: Desk, spring: Any):
    before = spring["web"]
    Receipt.objects.filter(pk=before.receipt_id).update(
        received_on=date(2025, 3, 9), taken_at=moment(3, 9).replace(year=2025)
    )
    Petition.objects.filter(pk=before.pk).update(
        received_on=date(2025, 3, 9), registered_at=moment(3, 9).replace(year=2025)
    )
    found = breakdown("M2", MARCH, at=AT, by=Dimension.CHANNEL)
    assert {one.key: (one.whole, one.whole_before) for one in found.divisions} == {
        "letter": (4, 0),
        "walk_in": (1, 0),
        "web": (0, 1),
    }
    assert found.before == month("2025-03")
    assert (found.at_before.date(), found.at_before.hour) == (date(2025, 4, 12), 23)
    number = overview(MARCH, at=AT, group=ChannelGroup.ALL).number(READ)
    assert (number.part, number.whole, number.part_before, number.whole_before) == (3, 5, 0, 1)
    assert breakdown("M2", MARCH, at=AT, by=Dimension.MONTH).divisions[0].whole_before == 1


def test_an_overview_adds_up_its_own_channels_alone(spring: Any):
    numbers = {group: overview(MARCH, at=AT, group=group).number(READ) for group in ChannelGroup}
    assert {group.value: (one.part, one.whole) for group, one in numbers.items()} == {
        "own": (3, 5),
        "letter": (2, 4),
        "walk_in": (1, 1),
        "phone": (0, 0),
        "web": (0, 1),
        "all": (3, 6),
    }
    assert {one.indicator.code for one in overview(MARCH, at=AT).numbers} == set(INDICATORS)
    assert overview(MARCH, at=AT).number(REPEATED).percent == "33.33%"


@pytest.mark.parametrize(
    ("code", "side", "by", "key", "expected", "unregistered"),
    [
        ("M2", Side.PART, None, None, ("water", "again", "group"), 0),
        ("M2", Side.MISSING, None, None, ("web", "sealed"), 1),
        ("M2", Side.WHOLE, Dimension.PLACE, "101", ("water", "again"), 0),
        ("M2", Side.WHOLE, Dimension.PLACE, "", ("group",), 1),
        ("M2", Side.WHOLE, Dimension.UNIT, "water", ("water", "again"), 0),
        ("repeated", Side.PART, None, None, ("again",), 0),
        ("repeated", Side.MISSING, None, None, ("water", "group"), 0),
        ("timely_report", Side.MISSING, Dimension.UNIT, "water", ("water",), 0),
        ("group_people", Side.PART, None, None, ("group",), 0),
    ],
)
def test_behind_a_number_stand_its_petitions(*, code, side, by, key, expected, unregistered, spring):
    found = behind(code, MARCH, at=AT, side=side, by=by or Dimension.CHANNEL, key=key)
    assert set(found.petition_ids) == {spring[name].pk for name in expected}
    assert found.unregistered == unregistered


def test_the_trend_has_every_month_of_the_year(spring: Any):
    points = trend("M2", year(2026), at=AT)
    assert [(one.first.month, part, whole) for one, part, whole in points if whole] == [(3, 3, 6)]
    assert len(points) == 12


def test_the_number_of_statements_of_a_breakdown_does_not_grow(desk: Desk, django_assert_max_num_queries):
    for place in ("上松村", "下河乡", "上湾村"):
        desk.assigned(desk.through(desk.registered(desk.receipt(2), place=place)))
    with django_assert_max_num_queries(9):
        breakdowns.breakdown("M2", MARCH, at=AT, by=Dimension.PLACE)
    with django_assert_max_num_queries(5):
        breakdowns.breakdown("repeated", MARCH, at=AT, by=Dimension.PLACE)
