"""热点: 青岚县's first quarter of 2026 beside that of 2025, counted on paper; matters, never letters."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from math import comb

import pytest

from huiyin.county.analysis import hotspots
from huiyin.county.analysis.hotspot_rules import Hotspot
from huiyin.county.analysis.hotspot_states import Ground, HotspotKind, Verdict
from huiyin.county.office.models import Notification
from huiyin.county.office.states import NotificationKind
from huiyin.kernel.calendar import SHANGHAI

from .counties import CLOSED_AT, QUARTER, Place
from .paper import CHARGES, GRASS, LAND, LETTERS_OF_ONE_WRITER, QINGLAN, WATER

BOTH, FIRST = (Ground.RISEN, Ground.AMONG_FIRST), (Ground.AMONG_FIRST,)
UNSURE, SAME = Verdict.RISE_UNSURE, Verdict.SAME
TAIL = Fraction(25, 1000)
MARCH_20 = datetime(2026, 3, 20, 18, tzinfo=SHANGHAI)

# 今年、上年的事项数，增幅，偶然的可能，真实水平的区间，位次，判断，达到标准的理由。
# 偶然的可能（两窗各90天，双侧）：水费 14/20：C(20,14)+…+C(20,20) = 60460，2×60460/2^20 = 11.53%；土地 11/18：
# 2×63004/2^18 = 48.07%；草原 9/14：2×3473/2^14 = 42.40%；乱收费 8/16 各半，100%。
TABLE = (
    (WATER, 14, 6, "+133.33%", "11.53%", "0.84至7.41倍", 1, UNSURE, BOTH),
    (LAND, 11, 7, "+57.14%", "48.07%", "0.56至4.78倍", 2, UNSURE, BOTH),
    (GRASS, 9, 5, "+80.00%", "42.40%", "0.54至6.84倍", 3, UNSURE, BOTH),
    (CHARGES, 8, 8, "0%", "100.00%", "0.33至3.06倍", 4, SAME, FIRST),
    ("0103", 8, 7, "+14.29%", "100.00%", "0.36至3.70倍", 4, UNSURE, FIRST),
    ("1401", 7, 7, "0%", "100.00%", "0.30至3.34倍", 6, SAME, ()),
)
NAMES = ("水费14比6", "土地承包11比7", "草原9比5", "乱收费8比8（一人九封信是一个事项）", "宅基地8比7", "环境污染7比7")
TAILS = {14: (60460, 20), 11: (63004, 18), 9: (3473, 14)}


def line_of(code: str, kind: HotspotKind = HotspotKind.CATEGORY) -> Hotspot:
    return hotspots.hotspot(f"{kind.value}:{code}", QUARTER, at=CLOSED_AT)


def likely(counts: Iterable[int], whole: int, times: Fraction) -> Fraction:
    """Add up, one by one, the chance that so many of all fall into the later window if it has ``times`` as many."""
    share = times / (1 + times)
    return sum((comb(whole, one) * share**one * (1 - share) ** (whole - one) for one in counts), Fraction(0))


@pytest.mark.parametrize(
    ("code", "now", "past", "change", "chance", "interval", "rank", "verdict", "grounds"), TABLE, ids=NAMES
)
def test_a_line_of_the_quarter(  # the columns of the paper
    *, code, now, past, change, chance, interval, rank, verdict, grounds, qinglan: Place
):
    line = line_of(code)
    assert (line.now.matters, line.past.matters, line.change_words) == (now, past, change)
    assert (line.chance_words, line.interval_words, line.rank) == (chance, interval, rank)
    assert (line.verdict, line.grounds) == (verdict, grounds)


def test_the_tails_are_those_of_the_paper():
    for now, (ways, whole) in TAILS.items():
        assert sum(comb(whole, one) for one in range(now, whole + 1)) == ways


@pytest.mark.parametrize(("now", "past", "printed"), [(row[1], row[2], row[5]) for row in TABLE], ids=NAMES)
def test_an_interval_by_adding_up_every_outcome(now: int, past: int, printed: str, qinglan: Place):
    """区间: at the lower bound so many or more, at the upper so many or fewer are 2.5 % likely (90 天对 90 天)."""
    whole, (lower, upper) = now + past, (Fraction(one) for one in printed.removesuffix("倍").split("至"))
    half = Fraction(5, 1000)
    at_least, at_most = range(now, whole + 1), range(now + 1)
    assert likely(at_least, whole, lower - half) <= TAIL < likely(at_least, whole, lower + half)
    assert likely(at_most, whole, upper + half) <= TAIL < likely(at_most, whole, upper - half)


def test_the_quarter_has_five_hotspots_and_says_that_none_is_beyond_chance(qinglan: Place):
    """热点五个: 水费、土地承包、草原、乱收费、宅基地; 十八类可比, 没有一类排除偶然; 141 比 124."""
    table = hotspots.table(QUARTER, at=CLOSED_AT)
    assert [line.code for line in table.hotspots] == [WATER, LAND, GRASS, CHARGES, "0103"]
    assert (table.whole.matters, table.whole_past.matters, table.tested, table.sure) == (141, 124, 18, ())
    assert table.whole.petitions == 141 + LETTERS_OF_ONE_WRITER - 1
    assert "没有一项的升降能排除偶然" in table.note


def test_by_the_countys_own_tag_the_water_fee_is_the_same(qinglan: Place):
    """农业水费标签: 14 比 6."""
    line = line_of("irrigation_fee", HotspotKind.TAG)
    assert (line.label, line.now.matters, line.past.matters) == ("农业水费", 14, 6)


def test_one_writer_of_nine_letters_is_one_matter_and_nine_writers_are_nine(qinglan: Place):
    """乱收费: 十六封信, 八个事项; 若八封信各有其人, 便是十六个事项, 涨一倍."""
    line = line_of(CHARGES)
    assert (line.now.petitions, line.now.matters, line.now.first) == (16, 8, 8)
    charges = next(one for one in QINGLAN if one.code == CHARGES)
    for turn in range(8):
        qinglan.letter(charges, date(2026, 3, 18), f"另一户{turn}")
    others = line_of(CHARGES)
    assert (others.now.matters, others.change_words, Ground.RISEN in others.grounds) == (16, "+100.00%", True)


def test_the_early_word_names_what_rose_by_march_20_and_comes_once(qinglan: Place):
    """提前提醒: 水费 (类和标签)、土地承包、草原; 乱收费和宅基地不提醒. 四条, 专干和负责人各一次."""
    assert {line.key for _, line in hotspots.rises(at=MARCH_20)} == {
        f"category:{WATER}",
        "tag:irrigation_fee",
        f"category:{LAND}",
        f"category:{GRASS}",
    }
    assert hotspots.give_early_notice(at=MARCH_20, href="/analysis/hotspots/") == 8
    assert hotspots.give_early_notice(at=MARCH_20, href="/analysis/hotspots/") == 0
    assert Notification.objects.filter(kind=NotificationKind.HOTSPOT.value).count() == 8


def test_a_week_into_the_year_there_is_nothing_to_warn_of(qinglan: Place):
    """1月7日: 每类最多三件."""
    assert hotspots.rises(at=datetime(2026, 1, 7, 18, tzinfo=SHANGHAI)) == []
