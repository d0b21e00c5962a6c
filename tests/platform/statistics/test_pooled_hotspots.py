"""共性热点 and 联动漏斗, computed by hand."""

from fractions import Fraction

import pytest

from huiyin.kernel.periods import month, year
from huiyin.kernel.tenant import entered
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.crosstab import Row
from huiyin.platform.statistics.funnel import funnel_of
from huiyin.platform.statistics.pooled_hotspots import pooled

from .conftest import figure, moment, pushed

MARCH, MARCH_BEFORE = month("2026-03"), month("2025-03")
COUNTIES = ("qinglan", "baiyun", "yunling", "heshan")


def rows(counts: tuple[int, ...], column: str = "01") -> list[Row]:
    return [Row(county, column, count, count) for county, count in zip(COUNTIES, counts, strict=False)]


def none(part: int, whole: int, indicator: str) -> dict[str, object]:
    return figure(part, whole, indicator, "none")


def change(now: tuple[int, ...], before: tuple[int, ...]):
    (found,) = pooled(rows(now), rows(before), period=MARCH, compared=MARCH_BEFORE)
    return found


@pytest.mark.parametrize(
    ("now", "before", "chance", "is_common", "alone"),
    [
        # 15 against 9: P(X >= 15 of 24) = 2579130/2^24, doubled 0.307: not common.
        pytest.param((5, 5, 5), (3, 3, 3), Fraction(2 * 2579130, 2**24), False, 0, id="三县水费各由三件到五件"),
        # 24 against 9: P(X >= 24 of 33) = 0.00676, doubled 0.0135: common, though 8 against 3 alone is 0.227.
        pytest.param((8, 8, 8), (3, 3, 3), None, True, 0, id="三县水费各由三件到八件，单看哪县都不显著"),
        # One county alone: 20 against 2 is no common rise although the sum shows it.
        pytest.param((20, 0, 0), (2, 0, 0), None, False, 1, id="只有一县由二件到二十件，不是共性"),
        pytest.param((1, 1, 1), (0, 1, 0), None, False, 0, id="总共四件，太少看不出"),
        pytest.param((3, 3, 3), (8, 8, 8), None, False, 0, id="三县都少了，不是热点"),
        pytest.param((4, 4, 0), (0, 0, 0), Fraction(2, 2**8), True, 0, id="去年没有、今年两县各四件"),
    ],
)
def test_pooled_counts_against_the_year_before(now, before, chance, is_common, alone):
    found = change(now, before)
    assert (found.is_common, found.alone) == (is_common, alone)
    assert found.is_hidden_in_each is (is_common and alone == 0)
    if chance is not None:
        assert found.chance == chance


def test_too_few_to_tell_is_said_and_not_guessed():
    assert change((1, 1, 1), (0, 1, 0)).is_too_few
    assert not change((5, 5, 5), (3, 3, 3)).is_too_few


def test_all_classes_are_asked_at_once():
    """24 对 9 alone stands at 0.0135; as one of five classes that could tell it counts 0.0676 and is no hotspot."""
    quiet = [row for column in ("02", "03", "04", "05") for row in rows((5, 5, 5), column)]
    found = pooled([*rows((8, 8, 8)), *quiet], [*rows((3, 3, 3)), *quiet], period=MARCH, compared=MARCH_BEFORE)
    water = next(one for one in found if one.column == "01")
    alone = change((8, 8, 8), (3, 3, 3))
    assert water.chance == 5 * alone.chance
    assert not water.is_common


def test_a_county_that_reported_one_of_the_periods_is_left_out():
    found = change((8, 8, 8, 90), (3, 3, 3))
    assert (found.now, found.before, found.counties) == (24, 9, 3)


def test_the_linkage_is_added_up_step_by_step(county, other_county, province):
    """联动漏斗：热点五、建议三、采纳二、活动二、审议意见四、反馈三、成效一。"""
    pushed(
        county,
        month("2026-01"),
        [none(2, 3, "hotspots"), none(1, 2, "topic_proposals"), none(0, 1, "activities"), none(3, 3, "opinions"),
         none(1, 2, "effects"), figure(9, 9)],
        at=moment(2, 3),
    )  # fmt: skip
    pushed(county, month("2026-02"), [none(1, 2, "hotspots"), none(0, 0, "topic_proposals")], at=moment(3, 3))
    pushed(
        other_county,
        month("2026-01"),
        [none(0, 0, "hotspots"), none(1, 1, "topic_proposals"), none(1, 1, "activities"), none(0, 1, "opinions")],
        at=moment(2, 3),
    )
    with entered(province):
        found = funnel_of(queries.board(2026, at=moment(4, 20)))
    assert {step.stage.label: step.count for step in found.total} == {
        "热点": 5, "建议": 3, "采纳": 2, "活动": 2, "审议意见": 4, "反馈": 3, "成效": 1
    }  # fmt: skip
    steps = {one.schema: [step.count for step in one.steps] for one in found.counties}
    assert steps["qinglan"] == [5, 2, 1, 1, 3, 3, 1]
    assert steps["baiyun"] == [0, 1, 1, 1, 1, 0, 0]


def test_the_hotspots_of_a_year_are_what_its_report_found_also_when_a_month_is_restated_later(county, province):
    pushed(county, month("2026-01"), [none(0, 1, "hotspots"), none(1, 1, "activities"), figure(9, 9)], at=moment(2, 3))
    pushed(county, year(2026), [none(3, 7, "hotspots"), none(1, 1, "activities"), figure(90, 90)], at=moment(3, 3))
    restated = [none(0, 1, "hotspots"), none(2, 2, "activities"), figure(8, 9)]
    pushed(county, month("2026-01"), restated, at=moment(4, 3), version=2)
    with entered(province):
        found = funnel_of(queries.board(2026, at=moment(4, 20)))
    steps = {one.schema: {step.stage.label: step.count for step in one.steps} for one in found.counties}
    assert (steps["qinglan"]["热点"], steps["qinglan"]["活动"]) == (7, 2)
