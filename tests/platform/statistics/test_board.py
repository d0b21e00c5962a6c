"""看板: the province's numbers are the sums of the counties', by part and by whole."""

import pytest

from huiyin.kernel.periods import month, year
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.tenant import entered
from huiyin.platform.statistics import queries
from huiyin.platform.statistics.board import Amount
from huiyin.platform.statistics.indicators import ANSWERED, INDICATORS, REGISTERED, ChannelGroup
from huiyin.platform.statistics.rules import Punctuality

from .conftest import figure, moment, pushed

JANUARY, FEBRUARY, MARCH = (month(f"2026-0{number}") for number in (1, 2, 3))
AT = moment(4, 20)


@pytest.fixture
def reported(county, other_county, province):
    """青岚县 reports January, February late and again; 白芸县 reports January only."""
    pushed(county, JANUARY, [figure(9, 10), figure(1, 2, channel="web"), figure(4, 10, "M4")], at=moment(2, 10))
    pushed(county, FEBRUARY, [figure(4, 8), figure(2, 3, channel="walk_in")], at=moment(3, 11))
    pushed(county, FEBRUARY, [figure(8, 8), figure(3, 3, channel="walk_in")], at=moment(3, 20), version=2)
    pushed(other_county, JANUARY, [figure(1, 3)], at=moment(2, 3))


def on_board(of_year=2026, group=ChannelGroup.OWN, at=AT):
    return queries.board(of_year, at=at, group=group)


def test_months_are_added_up_with_the_latest_version_of_each(reported):
    board = on_board()
    assert board.county("qinglan").amounts.of(REGISTERED) == Amount(9 + 8 + 3, 10 + 8 + 3)
    assert board.county("baiyun").amounts.of(REGISTERED) == Amount(1, 3)
    assert board.total.of(REGISTERED) == Amount(21, 24)
    assert board.total.of(ANSWERED) == Amount(4, 10)
    assert on_board(group=ChannelGroup.ALL).total.of(REGISTERED) == Amount(22, 26)
    assert on_board(group=ChannelGroup.WALK_IN).total.of(REGISTERED) == Amount(3, 3)


@pytest.mark.parametrize("group", list(ChannelGroup))
def test_the_total_is_the_sum_of_the_counties_of_the_prefectures_and_of_the_months(reported, group):
    board = on_board(group=group)
    for indicator in INDICATORS.values():
        total = board.total.of(indicator)
        for lines in (board.counties, board.prefectures, board.trend):
            amounts = [line.amounts.of(indicator) for line in lines]
            assert sum((one.part for one in amounts), 0) == total.part
            assert sum((one.whole for one in amounts), 0) == total.whole


def test_each_month_shows_whether_it_came_in_time(reported):
    qinglan, baiyun = on_board().county("qinglan"), on_board().county("baiyun")
    kinds = Punctuality
    assert [one.punctuality for one in qinglan.months[:5]] == [
        kinds.ON_TIME, kinds.LATE, kinds.MISSING, kinds.NOT_DUE, kinds.NOT_DUE
    ]  # fmt: skip
    assert [one.punctuality for one in baiyun.months[:3]] == [kinds.ON_TIME, kinds.MISSING, kinds.MISSING]
    assert (qinglan.late, qinglan.restated, qinglan.reported) == (2, 1, 2)
    assert (baiyun.late, baiyun.restated, baiyun.reported) == (2, 0, 1)


def test_the_board_says_from_when_its_numbers_are(reported):
    assert on_board().as_of == (moment(2, 3), moment(3, 20))
    assert on_board().county("qinglan").data_as_of == moment(2, 10)


def test_a_county_that_never_reported_stands_there(county, other_county, province):
    pushed(county, JANUARY, [figure(9, 10)], at=moment(2, 3))
    board = on_board()
    assert [line.schema for line in board.silent] == ["baiyun"]
    assert board.county("baiyun").amounts.of(REGISTERED).percent == "—"
    assert {line.schema for line in board.counties} == {"qinglan", "baiyun"}


def test_counties_of_one_prefecture_are_added_up(reported):
    board = on_board()
    codes = {line.schema: line.gb_code for line in board.counties}
    assert sorted(one.code for one in board.prefectures) == sorted({code[:4] for code in codes.values()})
    assert sum(one.counties for one in board.prefectures) == 2


def test_a_report_of_the_whole_year_takes_the_place_of_its_months_until_one_is_newer(county, province):
    of_2025 = month("2025-01")
    pushed(county, of_2025, [figure(5, 6)], at=moment(1, 5))
    pushed(county, year(2025), [figure(90, 100)], at=moment(1, 8))
    line = on_board(2025).county("qinglan")
    assert (line.is_by_year, line.amounts.of(REGISTERED)) == (True, Amount(90, 100))
    assert queries.months_of(line, ChannelGroup.OWN)[0].of(REGISTERED) == Amount(5, 6)
    of_january = queries.board(2025, at=AT, month=of_2025).county("qinglan")
    assert (of_january.is_by_year, of_january.amounts.of(REGISTERED)) == (False, Amount(5, 6))
    pushed(county, of_2025, [figure(6, 6)], at=moment(1, 9), version=2)
    line = on_board(2025).county("qinglan")
    assert (line.is_by_year, line.amounts.of(REGISTERED)) == (False, Amount(6, 6))


def test_years_with_numbers_newest_first(county, province):
    pushed(county, month("2025-12"), [figure(1, 1)], at=moment(1, 5))
    pushed(county, JANUARY, [figure(1, 1)], at=moment(2, 5))
    with entered(province):
        assert queries.years() == (2026, 2025)


def test_an_unknown_county_is_refused(province):
    with pytest.raises(Refusal, match="没有这个县"):
        on_board().county("nowhere")


def test_the_number_of_statements_does_not_grow(reported, django_assert_num_queries):
    with django_assert_num_queries(3):
        on_board()


def test_a_board_of_one_month_shows_that_month_and_keeps_the_trend_of_the_year(reported):
    board = queries.board(2026, at=AT, month=FEBRUARY)
    assert board.total.of(REGISTERED) == Amount(11, 11)
    assert [line.schema for line in board.silent] == ["baiyun"]
    assert [point.amounts.of(REGISTERED).whole for point in board.trend[:3]] == [13, 11, 0]


def test_a_board_of_some_indicators_adds_up_those_alone(reported):
    board = queries.board(2026, at=AT, indicators=(REGISTERED,))
    assert (board.total.of(REGISTERED), board.total.of(ANSWERED)) == (Amount(21, 24), Amount())


def test_what_the_board_depends_on_differs_after_each_report(reported, county):
    before = queries.state_of(2026)
    assert queries.state_of(2026) == before
    pushed(county, MARCH, [figure(1, 1)], at=moment(4, 19))
    assert queries.state_of(2026) != before


def test_every_indicator_is_a_sentence_with_a_part_and_a_whole():
    assert len({one.label for one in INDICATORS.values()}) == len(INDICATORS)
    assert all(one.sentence.endswith("。") and one.part and one.whole for one in INDICATORS.values())
