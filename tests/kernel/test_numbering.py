"""Numbers as they stand on letters, and back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.kernel.numbering import Number, NumberStyle, check_style, render, year_of
from huiyin.kernel.refusal import Refusal

FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None)
SERIES = ("信", "访", "电", "网")
STYLES = [
    "{organ}信〔{year}〕{number}号",
    "{organ}{series}〔{year}〕{number}号",
    "{organ}〔{year}〕{series}{number:4}号",
    "{organ}{series}字〔{year}〕第{number}号",
    "〔{year}〕{number:3}",
]


@pytest.mark.parametrize(
    ("style", "series", "number", "written"),
    [
        (
            "{organ}信〔{year}〕{number}号",
            "访",
            7,
            "青人信〔2026〕访7号",
        ),  # no {series}: the mark stands before the number
        ("{organ}信〔{year}〕{number}号", "", 7, "青人信〔2026〕7号"),
        ("{organ}{series}〔{year}〕{number}号", "访", 7, "青人访〔2026〕7号"),
        ("{organ}〔{year}〕{series}{number:4}号", "信", 7, "青人〔2026〕信0007号"),
        ("{organ}〔{year}〕{series}{number:4}号", "信", 12345, "青人〔2026〕信12345号"),
    ],
)
def test_a_number_is_written_in_the_style_of_the_county(style: str, series: str, number: int, written: str) -> None:
    assert render(style, organ="青人", series=series, year=2026, number=number) == written


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("{organ}〔{year}〕号", "必须各出现一次"),
        ("{organ}{number}号", "必须各出现一次"),
        ("〔{year}〕{number}-{number}", "必须各出现一次"),
        ("{organ}{organ}〔{year}〕{number}号", "最多各出现一次"),
        ("{organ}[{year}]{number}号", "六角括号"),
        ("{organ}({year}){number}号", "六角括号"),
        ("{county}〔{year}〕{number}号", "没有“{county}”这一项"),
        ("{organ〔{year}〕{number}号", "没有“{organ〔{year”|花括号不成对"),
        ("{organ}〔{year}〕{number}号}", "花括号不成对"),
        ("{organ}〔{year}〕 {number}号", "不能有空格"),
        ("{organ}〔{year}〕{number}1号", "不能紧跟数字"),
        ("{organ}〔{year}〕{number:x}号", "补零写作"),
        ("信" * 60 + "〔{year}〕{number}", "不超过60个字"),
        ("", "必须各出现一次"),
    ],
)
def test_a_style_that_cannot_number_anything_is_refused(style: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        check_style(style)


@pytest.mark.parametrize(("year", "number"), [(2026, 0), (2026, -1), (26, 1), (20260, 1)])
def test_a_number_begins_with_one_in_a_year_of_the_office(year: int, number: int) -> None:
    with pytest.raises(Refusal):
        render(STYLES[0], organ="青人", series="信", year=year, number=number)


@FEW
@given(
    style=st.sampled_from(STYLES),
    series=st.sampled_from(SERIES),
    year=st.integers(1990, 2100),
    number=st.integers(1, 999999),
)
def test_what_was_written_is_read_back(style: str, series: str, year: int, number: int) -> None:
    parsed = NumberStyle.parse(style)
    written = parsed.render(organ="青人", series=series, year=year, number=number)
    assert parsed.read(written, organ="青人", series=SERIES) == Number("青人", series, year, number)


@FEW
@given(
    style=st.sampled_from(STYLES),
    one=st.tuples(st.sampled_from(SERIES), st.integers(2025, 2027), st.integers(1, 30)),
    other=st.tuples(st.sampled_from(SERIES), st.integers(2025, 2027), st.integers(1, 30)),
)
def test_two_numbers_are_never_written_alike(
    style: str, one: tuple[str, int, int], other: tuple[str, int, int]
) -> None:
    texts = [
        render(style, organ="青人", series=series, year=year, number=number) for series, year, number in (one, other)
    ]
    assert (texts[0] == texts[1]) is (one == other)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("青人访〔2026〕7号", 7),
        ("青人访[2026]7号", 7),
        ("青人访（2026）７号", 7),
        (" 青人访 【2026】 007 号", 7),
        ("青人访2026年7号", None),
        ("白人访〔2026〕7号", None),  # another county's
        ("青人督〔2026〕7号", None),
        ("", None),
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed: str, number: int | None) -> None:
    found = NumberStyle.parse(STYLES[1]).read(typed, organ="青人", series=SERIES)
    assert found == (None if number is None else Number("青人", "访", 2026, number))


def test_the_year_turns_at_midnight_in_china() -> None:
    assert year_of(datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)) == 2026
    assert year_of(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == 2027
