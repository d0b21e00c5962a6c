"""Search finds exactly the substrings; hints compare; masks hide."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.kernel.text import (
    grams,
    mask_address,
    mask_id_number,
    mask_phone,
    normalise,
    query_grams,
    similarity,
    terms,
)

FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None)
LETTERS = st.text(alphabet="水费收取不合理张三ab 12340〔〕（），。　\uff21\uff22\uff11\n", max_size=40)
LETTER = "青岚县柳河镇　张三 反映农业水费（２０２５年度）收取不合理，电话13800000000，编号青人访〔2026〕7号"


@pytest.mark.parametrize(
    "query",
    [
        "水",
        "水费",
        "农业水费",
        "张三",
        "张 三",
        "柳河镇张三",
        "2025",
        "2025年度",
        "1380",
        "0000",
        "7",
        "7号",
        "青人访〔2026〕7号",
        "青人访[2026]7号",
        "(2025年度)",
        "，电话",
    ],
)
def test_a_letter_is_found_by_any_part_of_it(query: str) -> None:
    assert normalise(query) in normalise(LETTER)
    assert set(query_grams(query)) <= set(grams(LETTER))


@pytest.mark.parametrize("query", ["土地", "水价", "李四", "2024", "1390", "水费收缴"])
def test_a_letter_is_not_found_by_what_is_not_in_it(query: str) -> None:
    assert not set(query_grams(query)) <= set(grams(LETTER))


@FEW
@given(text=LETTERS, start=st.integers(0, 40), length=st.integers(0, 12))
def test_any_substring_asks_only_for_what_was_kept(text: str, start: int, length: int) -> None:
    part = normalise(text)[start : start + length]
    assert set(query_grams(part)) <= set(grams(text))


@FEW
@given(text=st.text(max_size=30), start=st.integers(0, 30), length=st.integers(0, 8))
def test_any_substring_of_any_script_asks_only_for_what_was_kept(text: str, start: int, length: int) -> None:
    part = normalise(text)[start : start + length]
    assert set(query_grams(part)) <= set(grams(text))


@FEW
@given(text=st.text(max_size=30))
def test_normalising_twice_changes_nothing_and_leaves_no_control_characters(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "\x00" not in once


def test_a_query_asks_for_few_and_telling_grams() -> None:
    assert query_grams("水") == ["水"]
    assert query_grams("农业水费") == ["业水", "农业", "水费"]
    assert query_grams("2026") == ["026", "202"]
    assert query_grams("访2026") == ["026", "202", "访2"]
    assert query_grams("") == []


@pytest.mark.parametrize(
    ("query", "parts"),
    [("张三 水费", ["张三", "水费"]), ("　\uff21\uff22\uff11　", ["ab1"]), ("水费 水费", ["水费"]), ("  ", [])],
)
def test_a_query_is_split_into_terms_that_each_must_be_found(query: str, parts: list[str]) -> None:
    assert terms(query) == parts


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("农业水费收取不合理", "农业水费收取不合理", 1.0, 1.0),
        ("农业水费，收取不合理！", "农业水费收取不合理", 1.0, 1.0),  # punctuation says nothing
        ("反映农业水费收取不合理", "农业用水收费不合理的问题", 0.2, 0.6),
        ("农业水费收取不合理", "草原承包纠纷", 0.0, 0.0),
        ("水", "水", 1.0, 1.0),
        ("", "水费", 0.0, 0.0),
        ("", "", 0.0, 0.0),  # nothing to compare is no likeness
    ],
)
def test_alike_texts_are_alike(one: str, other: str, least: float, most: float) -> None:
    assert least <= similarity(one, other) <= most


@FEW
@given(one=LETTERS, other=LETTERS)
def test_likeness_is_mutual_and_between_nothing_and_one(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) == similarity(other, one) <= 1


@pytest.mark.parametrize(
    ("masked", "shown"),
    [
        (mask_id_number("000000199001010000"), "000***********0000"),
        (mask_id_number("000000900101000"), "000********1000"),
        (mask_id_number("0000"), "****"),
        (mask_phone("13800000000"), "138****0000"),
        (mask_phone("00001111111"), "000****1111"),
        (mask_phone("5550123"), "*****23"),
        (mask_phone("12"), "**"),
        (mask_phone(""), ""),
        (mask_address("青岚县柳河镇东街12号"), "青岚县柳河" + "*" * 6),
        (mask_address("东街12号"), "东街***"),
        (mask_address("青岚县柳河镇东街北巷12号院3单元"), "青岚县柳河镇" + "*" * 11),
    ],
)
def test_masks_hide_what_names_a_person(masked: str, shown: str) -> None:
    assert masked == shown
