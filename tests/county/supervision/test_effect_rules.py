"""成效：raw numbers in equal windows, the whole county beside them, and no word on what caused what."""

from datetime import date, timedelta

import pytest

from huiyin.county.supervision.rules import effects as rules
from huiyin.county.supervision.rules.effects import Counts, Effect
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.windows import Change, around

WINDOWS = around(began_on=date(2026, 6, 10), ended_on=date(2026, 10, 15), months=6)
NOTHING = Counts(0, 0, 0, 0)


def effect(before: int, after: int, *, all_before: int = 141, all_after: int = 150) -> Effect:
    return Effect(
        windows=WINDOWS,
        before=Counts(before, 3, 40, 2),
        after=Counts(after, 1, 9, 0),
        all_before=Counts(all_before, 30, 400, 6),
        all_after=Counts(all_after, 28, 380, 5),
    )


@pytest.mark.parametrize(
    ("before", "after", "all_before", "all_after"),
    [(14, 5, 141, 150)],
    ids=["农业水费：之后5件之前14件，全县之后150件之前141件"],
)
def test_five_after_and_fourteen_before_while_the_county_grew(before, after, all_before, all_after):
    found = effect(before, after, all_before=all_before, all_after=all_after)
    assert found.change is Change.FEWER
    assert rules.sentence(found) == "之后6个月初次信访事项5件，之前6个月14件；同期全县初次信访事项150件，之前141件。"
    # 182 days each, 5/14 = 0.357; of 19 at most 5 in one half: 16664/2^19, twice that is 0.0636; the interval holds 1.
    assert (found.windows.before.days, found.windows.after.days) == (182, 182)
    assert float(found.difference.chance) == pytest.approx(2 * 16664 / 2**19)
    assert rules.reading(found) == "少于之前；每日平均为之前的0.36倍，95%区间0.10至1.05，区间含1，差别可能出于偶然"
    # Fisher's exact test of 5/150 against 14/141.
    assert rules.share_reading(found) == "占全县初次信访事项：之后5/150，之前14/141，精确检验 p=0.040，所占比重有差别"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (4, 0, "数量太少，不作比较"),
        (4, 4, "数量太少，不作比较"),
        (0, 5, "多于之前；之前没有，不计算比值"),
        (8, 8, "与之前相同；每日平均为之前的1.00倍，95%区间0.33至3.06，区间含1，差别可能出于偶然"),
        (20, 5, "少于之前；每日平均为之前的0.25倍，95%区间0.07至0.69，区间不含1，超出通常的偶然波动"),
    ],
    ids=["四件到零件", "四件到四件", "零件到五件", "乱收费八件到八件", "二十件到五件"],
)
def test_what_so_many_can_tell(before, after, words):
    assert rules.reading(effect(before, after)) == words


@pytest.mark.parametrize(("before", "after"), [(14, 5), (4, 0), (20, 5), (0, 5), (8, 8), (5, 14)])
def test_no_word_says_what_caused_what(before, after):
    words = "".join((rules.sentence(effect(before, after)), rules.reading(effect(before, after))))
    words += rules.share_reading(effect(before, after))
    assert not [
        causal for causal in ("因此", "由于", "导致", "促使", "使得", "成效显著", "效果", "归功") if causal in words
    ]


@pytest.mark.parametrize("months", [3, 6, 12])
def test_three_six_or_twelve_months(months):
    rules.check_months(months)


@pytest.mark.parametrize("months", [0, 1, 9, 24])
def test_and_no_other_length(months):
    with pytest.raises(Refusal, match="3个月、6个月或12个月"):
        rules.check_months(months)


def test_an_open_window_says_when_it_will_be_over():
    last = WINDOWS.after.last
    with pytest.raises(Refusal, match="2027年4月16日起可以登记成效") as refused:
        rules.check_over(WINDOWS, today=last)
    assert refused.value.facts == {"complete_on": "2027-04-16"}
    rules.check_over(WINDOWS, today=last + timedelta(days=1))
