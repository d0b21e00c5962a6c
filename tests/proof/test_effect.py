"""成效、联动漏斗 and frozen evidence of 青岚县: three inspections and one deliberation, begun on 1 April 2026."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from math import comb

import pytest

from huiyin.county.registry.actions import classifications
from huiyin.county.registry.models import Petition
from huiyin.county.supervision.actions import effects
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.models import TopicProposal
from huiyin.county.supervision.queries import effects as queries
from huiyin.county.supervision.queries import evidence
from huiyin.county.supervision.queries.funnel import funnel
from huiyin.county.supervision.rules.effects import Counts, Effect, reading, sentence, share_reading
from huiyin.county.supervision.states import Dimension
from huiyin.kernel.calendar import SHANGHAI
from huiyin.kernel.periods import Period, month
from huiyin.kernel.tenant import entered
from huiyin.kernel.windows import Change
from huiyin.platform.statistics.board import Board
from huiyin.platform.statistics.funnel import Stage, funnel_of
from huiyin.platform.statistics.queries import board as board_of

from .counties import CLOSED_AT, QUARTER, YEAR, YEAR_CLOSED_AT, Place
from .paper import CHARGES, GRASS, LAND, QINGLAN, WATER

LATER = datetime(2027, 1, 6, 9, tzinfo=SHANGHAI)
FEBRUARY = datetime(2027, 2, 3, 9, tzinfo=SHANGHAI)
TAIL = Fraction(25, 1000)


def inspected() -> Activity:
    return Activity.objects.get(statute_code="water_law")


def measured() -> Effect:
    (found,) = (one for one in queries.standings(inspected(), at=LATER) if (one.topic.key, one.months) == (WATER, 3))
    assert found.effect is not None
    return found.effect


def concluded(place: Place) -> None:
    pk, by = inspected().pk, place.clerk
    effects.conclude(activity_id=pk, dimension=Dimension.CATEGORY, key=WATER, months=3, by=by, at=LATER)


def test_the_windows_are_equal_in_months_and_hold_5_against_14_of_150_against_141(qinglan: Place):
    """水费之后 5 件、之前 14 件；全县 150 件、141 件（乱收费的八封重复信不是初次事项，只算重复件）。"""
    found = measured()
    assert found.windows.before == Period(date(2026, 1, 1), date(2026, 3, 31))
    assert found.windows.after == Period(date(2026, 10, 1), date(2026, 12, 30))
    assert (found.before, found.after) == (Counts(14, 0, 14, 0), Counts(5, 0, 5, 0))
    assert (found.all_before, found.all_after) == (Counts(141, 8, 141, 0), Counts(150, 0, 150, 0))
    assert sentence(found) == "之后3个月初次信访事项5件，之前3个月14件；同期全县初次信访事项150件，之前141件。"


def test_what_the_numbers_can_tell_is_said_without_a_cause(qinglan: Place):
    """少于之前；每日 5/91 比 14/90，是 0.35 倍；没有“成效显著”“由于”这样的话。"""
    found = measured()
    assert (found.change, found.difference.ratio) == (Change.FEWER, Fraction(5 * 90, 14 * 91))
    assert reading(found).startswith("少于之前；每日平均为之前的0.35倍，95%区间0.10至1.04，")
    assert "差别可能出于偶然" in reading(found)
    assert "5/150" in share_reading(found)
    assert "14/141" in share_reading(found)
    assert not any(word in sentence(found) + reading(found) + share_reading(found) for word in ("因", "由于", "显著"))


def test_the_interval_and_the_shares_by_adding_up_every_outcome(qinglan: Place):
    """19 件落在 91 天和 90 天里；19 件在 291 件里怎样分给 150 和 141。"""
    found = measured()
    interval = found.difference.interval()
    assert interval.upper is not None

    def likely(counts: range, times: Fraction) -> Fraction:
        share = times * 91 / (times * 91 + 90)
        return sum((comb(19, one) * share**one * (1 - share) ** (19 - one) for one in counts), Fraction(0))

    near = Fraction(1, 10_000)
    lower, upper = interval.lower, interval.upper
    assert likely(range(5, 20), lower - near) <= TAIL < likely(range(5, 20), lower + near)
    assert likely(range(6), upper + near) <= TAIL < likely(range(6), upper - near)
    fewer = sum(comb(150, one) * comb(141, 19 - one) for one in range(6))
    assert found.contrast.chance == Fraction(2 * fewer, comb(291, 19))


def test_an_effect_of_fewer_than_five_on_either_side_would_say_too_few(qinglan: Place):
    few = replace(measured(), before=Counts(4, 0, 4, 0), after=Counts(1, 0, 1, 0))
    assert (few.change, reading(few)) == (Change.TOO_FEW, Change.TOO_FEW.label)


# 热点：2026年第一季度五类加水费标签共 6 个，其中四类提了建议；全年水费 19 比 6、土地承包 11 比 7、草原 9 比 5，十四类
# 各 17 至 19 比 7，加标签共 18 个（乱收费 8 比 8，排在第十八，不是），有建议的是前三类。
OF_THE_YEAR = [(3, 18), (4, 4), (1, 4), (1, 2), (0, 0)]
FUNNEL = (
    pytest.param(QUARTER, CLOSED_AT, [(4, 6), (4, 4), (0, 0), (0, 0), (0, 0)], id="第一季度"),
    pytest.param(YEAR, CLOSED_AT, [(4, 6), (4, 4), (0, 4), (0, 0), (0, 0)], id="2026年，4月3日看"),
    pytest.param(YEAR, YEAR_CLOSED_AT, OF_THE_YEAR, id="2026年，年后看"),
)
# 2027年1月：没有来信，没有热点；测算成效一个，之后少于之前。
MEASURED = [(0, 0), (0, 0), (0, 0), (0, 0), (1, 1)]


@pytest.mark.parametrize(("period", "at", "expected"), FUNNEL)
def test_the_linkage_counted_by_hand(period: Period, at: datetime, expected: list[tuple[int, int]], qinglan: Place):
    """热点、议题建议、监督活动、审议意见、成效。"""
    assert [(one.part, one.whole) for one in funnel(period, at=at)] == expected


def test_an_effect_counts_in_the_month_in_which_it_was_measured(qinglan: Place):
    """2027年1月: 测算一个，之后少于之前。"""
    january = month("2027-01")
    assert [(one.part, one.whole) for one in funnel(january, at=FEBRUARY)] == [(0, 0)] * 5
    concluded(qinglan)
    assert [(one.part, one.whole) for one in funnel(january, at=FEBRUARY)] == MEASURED


def steps(shown: Board, schema: str = "") -> list[int]:
    found = funnel_of(shown)
    of = next(one.steps for one in found.counties if one.schema == schema) if schema else found.total
    assert [one.stage for one in of] == list(Stage)
    return [one.count for one in of]


def test_the_provinces_funnel_is_the_sum_of_what_the_counties_pushed(board, provisioned):
    """热点 18+3+2，建议 4，采纳 4，活动 4，审议意见 2，反馈 1，成效 0。

    白芸县三个热点: 水费、乱收费和水费标签；临时县两个: 水费和水费标签。
    """
    shown = board_of(2026, at=YEAR_CLOSED_AT)
    assert steps(shown, "qinglan") == [18, 4, 4, 4, 2, 1, 0]
    assert steps(shown, "baiyun") == [3, 0, 0, 0, 0, 0, 0]
    assert steps(shown, "linshi") == [2, 0, 0, 0, 0, 0, 0]
    assert steps(shown) == [23, 4, 4, 4, 2, 1, 0]


def test_the_effect_reaches_the_province_with_its_month(board, undone):
    """2027年1月报送: 成效 1。"""
    place = undone["qinglan"]
    with entered(place.tenant):
        concluded(place)
        place.closed(month("2027-01"), FEBRUARY)
    assert steps(board_of(2027, at=FEBRUARY), "qinglan")[-1] == 1


@pytest.mark.parametrize(
    ("code", "now", "past", "petitions"),
    [(WATER, 14, 6, 14), (LAND, 11, 7, 11), (GRASS, 9, 5, 9), (CHARGES, 8, 8, 16)],
    ids=["水费14比6", "土地承包11比7", "草原9比5", "乱收费8比8，十六封信"],
)
def test_the_evidence_of_a_proposal_stays_as_it_was_frozen(code, now, past, petitions, qinglan: Place):
    def shown() -> tuple[int, int, int, bool]:
        told = evidence.shown(TopicProposal.objects.get(key=code), by=qinglan.clerk)
        return told.now["matters"], told.past["matters"], len(told.lines), told.is_intact

    assert shown() == (now, past, petitions, True)
    line = next(one for one in QINGLAN if one.code == code)
    qinglan.letter(line, date(2026, 3, 19), "补登户")
    moved = Petition.objects.filter(category_code=code, received_on__year=2026).order_by("pk")[0]
    other = replace(classifications.decided(moved), category_code="1608", category_path="党务政务/政务服务")
    classifications.review(petition_id=moved.pk, classification=other, by=qinglan.head, at=LATER)
    assert shown() == (now, past, petitions, True)


def test_evidence_that_somebody_changed_is_seen(qinglan: Place):
    proposal = TopicProposal.objects.get(key=WATER)
    proposal.evidence["now"]["matters"] = 15
    assert not evidence.shown(proposal, by=qinglan.clerk).is_intact
