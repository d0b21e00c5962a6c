"""A percentage is never better than it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.kernel.percent import percent, percent_words

FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (141, 141, "100.00%"),
        (137, 141, "97.16%"),
        (0, 141, "0.00%"),
        (0, 0, "—"),
        (1, 3, "33.33%"),
        (2, 3, "66.67%"),
        (1, 800, "0.13%"),  # 0.125 goes up
        (99999, 100000, "99.99%"),  # never 100 by rounding
        (1, 100000, "0.01%"),  # never nothing by rounding
    ],
)
def test_a_share_is_written_half_up_with_two_decimals(part: int, whole: int, words: str) -> None:
    assert percent_words(part, whole) == words


@pytest.mark.parametrize(("part", "whole"), [(2, 1), (1, 0), (-1, 5), (0, -1)])
def test_what_is_no_part_is_a_defect(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="no part"):
        percent(part, whole)


@FEW
@given(whole=st.integers(1, 300000), data=st.data())
def test_only_all_is_a_hundred_and_only_none_is_zero(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    found = percent(part, whole)
    assert found is not None
    assert (found == 100) is (part == whole)
    assert (found == 0) is (part == 0)
