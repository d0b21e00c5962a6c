"""Elimination and bounds on equations small enough to be solved by hand, and by fractions."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.platform.statistics.bounds import ranges
from huiyin.platform.statistics.elimination import determined

EQUATIONS = st.lists(st.dictionaries(st.integers(0, 7), st.sampled_from([-2, -1, 1, 3]), min_size=1), max_size=9)


def follows(equations: list[dict[int, int]], unknown: int) -> bool:
    """Whether the unknown alone is a combination of the equations, by plain Gauss with fractions."""
    rows = [[Fraction(one.get(column, 0)) for column in range(8)] for one in equations]
    target = [Fraction(column == unknown) for column in range(8)]
    for column in range(8):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        rows = [[a - row[column] / pivot[column] * b for a, b in zip(row, pivot, strict=True)] for row in rows]
        target = [a - target[column] / pivot[column] * b for a, b in zip(target, pivot, strict=True)]
    return not any(target)


@settings(max_examples=150, deadline=None)
@given(EQUATIONS)
def test_elimination_finds_what_plain_gauss_with_fractions_finds(equations):
    assert determined(equations) == {one for one in range(8) if follows(equations, one)}


@pytest.mark.parametrize(
    ("equations", "expected"),
    [
        ([{1: 1, 2: 1}], set()),  # one sum of two tells neither
        ([{1: 1, 2: 1}, {2: 1}], {1, 2}),
        ([{1: 1, 2: 1}, {1: 1, 2: -1}], {1, 2}),  # sum and difference tell both
        ([{1: 1, 2: 1}, {2: 1, 3: 1}, {1: 1, 3: 1}], {1, 2, 3}),  # three sums of pairs tell all three
        ([{1: 1, 2: 1}, {1: 2, 2: 2}], set()),  # the same said twice
        ([], set()),
    ],
)
def test_what_sums_give_away(equations, expected):
    assert determined(equations) == expected


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ([({1: 1, 2: 1}, 2)], {1: (1, 1), 2: (1, 1)}),  # two that are there make two: one each
        ([({1: 1, 2: 1}, 3)], {1: (1, 2), 2: (1, 2)}),
        ([({1: 1, 2: 1}, 5), ({2: 1, 3: 1}, 2)], {1: (4, 4), 2: (1, 1), 3: (1, 1)}),
        ([({1: 1, 2: -1}, 0)], {1: (1, None), 2: (1, None)}),  # a total that is hidden too bounds nothing from above
    ],
)
def test_bounds_are_passed_on_from_sum_to_sum(sums, expected):
    assert ranges(sums, positive={1, 2, 3}) == expected


def test_what_is_shown_nowhere_may_be_zero():
    assert ranges([({1: 1, 2: 1}, 2)], positive=set()) == {1: (0, 2), 2: (0, 2)}
