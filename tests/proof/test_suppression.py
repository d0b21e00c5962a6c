"""抑制: class × county of 2026年第一季度 as the province releases it, and what primary alone would give away."""

from fractions import Fraction
from math import comb

import pytest

from huiyin.kernel.periods import Period
from huiyin.platform.statistics.audit import Snapshot, audit
from huiyin.platform.statistics.breakdowns import ALL, Kind
from huiyin.platform.statistics.crosstab import PROVINCE, Cell, Level, Measure, named
from huiyin.platform.statistics.suppression import primary_only
from huiyin.province import actions, queries
from huiyin.province.hotspots import common_hotspots
from huiyin.province.queries import ReleasedTable

from .counties import QUARTER, QUARTER_BEFORE, YEAR_CLOSED_AT

PREFECTURE = "9901"
# 登记的信访件，各县 × 一级分类；其余类只有青岚县有。
WHOLE = {
    ("qinglan", "01"): 33, ("baiyun", "01"): 10, ("linshi", "01"): 8, (PROVINCE, "01"): 51,
    ("qinglan", "02"): 16, ("baiyun", "02"): 2, ("linshi", "02"): 3, (PROVINCE, "02"): 21,
    ("qinglan", "06"): 23, ("baiyun", "06"): 5, ("linshi", "06"): 2, (PROVINCE, "06"): 30,
    ("qinglan", "03"): 14, (PROVINCE, "03"): 14, ("qinglan", "04"): 14, (PROVINCE, "04"): 14,
    ("qinglan", ALL): 149, ("baiyun", ALL): 17, ("linshi", ALL): 13, (PROVINCE, ALL): 179,
}  # fmt: skip
# 不足三件的：白芸县草原两件，临时县乱收费两件。
SMALL = (("baiyun", "02", 2), ("linshi", "06", 2))


def cell(place: str, column: str, measure: Measure = Measure.WHOLE) -> Cell:
    return Cell(measure, place, column if column == ALL else named(Kind.CATEGORY, column))


def published(period: Period = QUARTER) -> ReleasedTable:
    assert actions.publish(kind=Kind.CATEGORY, period=period, threshold=3, at=YEAR_CLOSED_AT) is not None
    found = queries.newest(Kind.CATEGORY, period)
    assert found is not None
    return found


def snapshot() -> Snapshot:
    (one,) = (one for one in queries.snapshots(2026) if one.period == QUARTER)
    return one


def test_behind_the_release_stands_the_table_of_the_paper(board):
    """水费、土地承包在农村农业；草原在自然资源；乱收费在教育."""
    published()
    table = snapshot().table
    assert {key: table.value(cell(*key)) for key in WHOLE} == WHOLE
    assert table.value(cell(PROVINCE, "06", Measure.PART)) == 22
    assert table.value(cell(PREFECTURE, ALL)) == 179


@pytest.mark.parametrize(("place", "column", "count"), SMALL, ids=["白芸县草原两件", "临时县乱收费两件"])
def test_a_small_count_hidden_alone_is_given_away_by_the_totals(place: str, column: str, count: int, board):
    """草原 21-16-3 = 2；乱收费 30-23-5 = 2: 只藏不足三件的, 稽核一减就得到."""
    published()
    alone = primary_only(snapshot().table, period=QUARTER, threshold=3)
    assert cell(place, column) in alone.hidden
    found = audit([alone], threshold=3)
    assert (cell(place, column), count) in {(one.cell, one.value) for one in found.exposed}


def test_the_release_gives_nothing_back(board):
    """稽核没有发现; 两个小数藏了, 每行每列都不止藏一个."""
    released, one = published(), snapshot()
    assert audit([one], threshold=3).is_safe
    assert queries.audit_of_year(2026, threshold=3).is_safe
    assert one.level is Level.COUNTIES
    hidden = {(one.place, one.column) for one in one.hidden if one.measure is Measure.WHOLE}
    for place, column, _ in SMALL:
        name = named(Kind.CATEGORY, column)
        assert (place, name) in hidden
        assert len([other for other in hidden if other[0] == place]) >= 2
        assert len([other for other in hidden if other[1] == name]) >= 2
        shown = dict(zip((one.code for one in released.columns), released.county(place).amounts, strict=True))
        assert (shown[column].whole, shown[column].whole_words, shown[column].rate_words) == (None, "＊", "＊")


def test_what_is_shown_is_what_was_counted(board):
    released = published()
    codes = [one.code for one in released.columns]
    seen = 0
    for line in (*released.counties, released.total):
        for code, amount in zip(codes, line.amounts, strict=True):
            if amount.whole is not None and (line.place, code) in WHOLE:
                assert amount.whole == WHOLE[line.place, code]
                seen += 1
    assert seen >= 10
    assert [(one.county, one.version) for one in released.sources] == [("baiyun", 1), ("linshi", 1), ("qinglan", 1)]


def test_a_second_publication_of_the_same_versions_is_the_same_release(board):
    first = published()
    assert (published().id, first.version) == (first.id, 1)


def test_three_counties_together_show_no_rise_that_chance_excludes(board):
    """农村农业 51 比 31，三县都升；十二类一起判断，不能排除偶然. 自然资源 21 比 13."""
    for period in (QUARTER, QUARTER_BEFORE):
        published(period)
    found = {one.category: one for one in common_hotspots(QUARTER).lines}
    assert {code: (one.counties, one.rising, one.is_common) for code, one in found.items()} == {
        "01": (3, 3, False),
        "02": (3, 3, False),
        "06": (3, 0, False),
    }
    counts = {code: (one.now, one.before) for code, one in found.items()}
    assert counts == {"01": (51, 31), "02": (21, 13), "06": (22, 23)}
    # 82 件里今年 51 件或更多，双侧，十二类一起问（霍尔姆法）乘十二。
    assert found["01"].chance == 12 * 2 * Fraction(sum(comb(82, one) for one in range(51, 83)), 2**82)
