"""序数: the numbers of articles, read and written."""

import pytest

from huiyin.kernel.numerals import read_number, write_number
from huiyin.kernel.refusal import Refusal


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百零一"),
        (110, "一百一十"), (119, "一百一十九"), (260, "二百六十"), (1000, "一千"), (1001, "一千零一"),
        (1010, "一千零一十"), (1260, "一千二百六十"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_laws_write_it_and_read_back(number, written):
    assert write_number(number) == written
    assert read_number(written) == number


def test_every_number_of_an_article_reads_as_it_was_written():
    assert [read_number(write_number(number)) for number in range(1, 1300)] == list(range(1, 1300))


@pytest.mark.parametrize(("text", "number"), [("49", 49), (" 12 ", 12), ("二〇", 20), ("一〇三", 103), ("两百", 200)])
def test_other_ways_to_write_a_number_are_read(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "零", "0", "十百", "第五", "五五十", "二十三号", "10000"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Refusal, match="不是序数"):
        read_number(text)


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_what_no_law_counts_to_is_not_written(number):
    with pytest.raises(ValueError, match=str(number)):
        write_number(number)
