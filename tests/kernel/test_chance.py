"""What small counts can tell: published tables, values counted by hand, and what must hold of every count."""

from fractions import Fraction
from itertools import pairwise
from math import comb, exp, factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.kernel.chance import (
    LEVEL,
    Contrast,
    Difference,
    at_least,
    at_most,
    count_interval,
    holm,
    share_interval,
)

HALF = Fraction(1, 2)
counts = st.integers(min_value=0, max_value=40)
days = st.sampled_from([1, 30, 31, 90, 365, 366])


@pytest.mark.parametrize(
    ("part", "whole", "share", "chance"),
    [
        (3, 3, HALF, Fraction(1, 8)),
        (2, 3, HALF, Fraction(1, 2)),
        (1, 2, Fraction(1, 3), Fraction(5, 9)),
        (0, 5, HALF, Fraction(1)),
        (6, 5, HALF, Fraction(0)),
    ],
)
def test_tails_counted_by_hand(part, whole, share, chance):
    assert at_least(part, whole, share) == chance
    assert at_most(part - 1, whole, share) == 1 - chance


# The exact Poisson limits of 95 % as printed in the tables of Garwood (1936).
GARWOOD = {
    0: (0, 3.689),
    1: (0.0253, 5.572),
    2: (0.2422, 7.225),
    3: (0.6187, 8.767),
    5: (1.6235, 11.668),
    10: (4.7954, 18.390),
    20: (12.2165, 30.888),
}


@pytest.mark.parametrize(("count", "bounds"), GARWOOD.items())
def test_the_interval_of_a_count_is_the_printed_one(count, bounds):
    found = count_interval(count)
    assert found.upper is not None
    assert (float(found.lower), float(found.upper)) == pytest.approx(bounds, abs=6e-4)


# Clopper and Pearson's limits of 95 %, as printed in tables of the binomial distribution.
CLOPPER_PEARSON = {
    (0, 10): (0, 0.3085),
    (1, 10): (0.0025, 0.4450),
    (5, 10): (0.1871, 0.8129),
    (8, 10): (0.4439, 0.9748),
    (10, 10): (0.6915, 1),
    (7, 20): (0.1539, 0.5922),
}


@pytest.mark.parametrize(("counted", "bounds"), CLOPPER_PEARSON.items())
def test_the_interval_of_a_share_is_the_printed_one(counted, bounds):
    found = share_interval(*counted)
    assert found.upper is not None
    assert (float(found.lower), float(found.upper)) == pytest.approx(bounds, abs=6e-5)


@pytest.mark.parametrize(
    ("now", "before", "doubled_tail"),
    [
        (14, 6, Fraction(2 * sum(comb(20, k) for k in range(14, 21)), 2**20)),
        (11, 7, Fraction(2 * sum(comb(18, k) for k in range(11, 19)), 2**18)),
        (9, 5, Fraction(2 * sum(comb(14, k) for k in range(9, 15)), 2**14)),
        (8, 8, Fraction(1)),
        (6, 0, Fraction(2, 64)),
        (0, 6, Fraction(2, 64)),
        (0, 0, Fraction(1)),
    ],
    ids=["水费 14 比 6", "土地承包 11 比 7", "草原 9 比 5", "乱收费 8 比 8", "上年为零", "今年为零", "两年都没有"],
)
def test_the_chance_of_a_difference_counted_by_hand(now, before, doubled_tail):
    assert Difference(now, before).chance == doubled_tail


def test_water_fees_in_decimals():
    change = Difference(14, 6)
    assert float(change.chance) == pytest.approx(0.115318, abs=1e-6)
    assert change.ratio == Fraction(7, 3)
    found = change.interval()
    assert found.upper is not None
    # 14 of 20: Clopper–Pearson 0.4572 to 0.8811, as odds.
    assert (float(found.lower), float(found.upper)) == pytest.approx((0.8423, 7.411), abs=5e-3)


@pytest.mark.parametrize(
    ("both", "tells"), [(0, False), (3, False), (5, False), (6, True), (7, True)], ids=["零", "三", "五", "六", "七"]
)
def test_fewer_than_six_in_two_equal_windows_can_tell_nothing(both, tells):
    assert Difference(both, 0).can_tell() is tells
    assert (Difference(both, 0).chance <= LEVEL) is tells


def test_windows_of_unequal_length_are_weighed():
    change = Difference(now=10, before=10, now_days=10, before_days=30)
    assert change.direction == 1
    assert change.ratio == Fraction(3)
    assert change.chance == 2 * at_least(10, 20, Fraction(1, 4))


@given(counts, counts, days, days)
@settings(max_examples=80, deadline=None)
def test_the_interval_holds_the_ratio_and_agrees_with_the_chance(now, before, now_days, before_days):
    change = Difference(now, before, now_days, before_days)
    found = change.interval()
    if change.ratio is not None:
        assert found.contains(change.ratio)
    else:
        assert found.upper is None
    assert 0 <= change.chance <= 1
    if abs(change.chance - LEVEL) > Fraction(1, 10_000):
        assert found.contains(Fraction(1)) is (change.chance > LEVEL)
    if not change.can_tell():
        assert change.chance > LEVEL


@given(counts, st.integers(min_value=1, max_value=40))
@settings(max_examples=60, deadline=None)
def test_more_of_the_same_moves_every_bound_up(part, more):
    whole = part + more
    lower, higher = share_interval(part, whole), share_interval(part + 1, whole)
    assert lower.contains(Fraction(part, whole))
    assert lower.lower <= higher.lower
    assert (lower.upper or 0) <= (higher.upper or 0)
    assert at_least(part, whole, HALF) >= at_least(part + 1, whole, HALF)


@pytest.mark.parametrize("count", [0, 1, 4, 9, 30])
def test_a_greater_count_has_greater_bounds_and_its_own_between_them(count):
    one, more = count_interval(count), count_interval(count + 1)
    assert one.contains(Fraction(count))
    assert one.upper is not None
    assert more.upper is not None
    assert (one.lower <= more.lower, one.upper < more.upper) == (True, True)


@pytest.mark.parametrize("mean", [0.3, 1.0, 2.5, 4.0, 7.0])
def test_the_interval_of_a_count_covers_its_mean_often_enough(mean):
    """Every count that can come is counted: those whose interval holds the mean come in 95 of 100."""
    covered = sum(
        exp(-mean) * mean**count / factorial(count)
        for count in range(60)
        if count_interval(count).contains(Fraction(mean))
    )
    assert covered >= 0.95


@pytest.mark.parametrize(("now", "before"), [(2.0, 2.0), (3.0, 1.0), (5.0, 2.0)])
def test_the_interval_of_the_ratio_covers_it_often_enough(now, before):
    def weight(mean: float, count: int) -> float:
        return exp(-mean) * mean**count / factorial(count)

    covered = sum(
        weight(now, a) * weight(before, b)
        for a in range(26)
        for b in range(18)
        if Difference(a, b).interval().contains(Fraction(now) / Fraction(before))
    )
    assert covered >= 0.95


@pytest.mark.parametrize("mean", [1.0, 3.0, 6.0])
def test_no_change_is_called_a_change_in_at_most_one_of_twenty(mean):
    called = sum(
        exp(-2 * mean) * mean ** (a + b) / factorial(a) / factorial(b)
        for a in range(25)
        for b in range(25)
        if Difference(a, b).chance <= LEVEL
    )
    assert called <= 0.05


def test_two_shares_counted_by_hand():
    # 3 of 4 against 1 of 4: Fisher's tea. One-sided 17/70, doubled.
    assert Contrast(3, 4, 1, 4).chance == Fraction(34, 70)
    assert Contrast(4, 4, 0, 4).chance == Fraction(2, 70)
    assert Contrast(4, 4, 0, 4).can_tell()
    assert not Contrast(3, 3, 0, 3).can_tell()  # at best 2 of 20
    assert not Contrast(0, 0, 5, 9).can_tell()
    assert Contrast(1, 2, 5, 10).direction == 0


@given(counts, counts, counts, counts)
@settings(max_examples=60, deadline=None)
def test_two_shares_compared_either_way_differ_alike(part, rest, other, other_rest):
    there = Contrast(part, part + rest, other, other + other_rest)
    back = Contrast(other, other + other_rest, part, part + rest)
    assert (there.chance, there.direction, there.can_tell()) == (back.chance, -back.direction, back.can_tell())
    if there.chance <= LEVEL:
        assert there.can_tell()


def test_holm_counted_by_hand():
    found = holm({"a": Fraction(1, 100), "b": Fraction(4, 100), "c": Fraction(3, 100), "d": Fraction(5, 1000)})
    assert found == {"d": Fraction(2, 100), "a": Fraction(3, 100), "c": Fraction(6, 100), "b": Fraction(6, 100)}
    assert holm({}) == {}


@given(st.lists(st.fractions(min_value=0, max_value=1), max_size=12))
def test_holm_keeps_the_order_and_only_raises(chances):
    adjusted = holm(dict(enumerate(chances)))
    assert all(chances[place] <= value <= 1 for place, value in adjusted.items())
    ranked = sorted(range(len(chances)), key=lambda place: chances[place])
    assert all(adjusted[one] <= adjusted[other] for one, other in pairwise(ranked))


def test_what_is_no_count_is_refused():
    with pytest.raises(ValueError, match="no part"):
        share_interval(3, 2)
    with pytest.raises(ValueError, match="no count"):
        count_interval(-1)
