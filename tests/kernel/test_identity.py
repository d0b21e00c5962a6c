"""Identity and phone numbers; all of them are invented, of regions and birthdays nobody has."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.kernel.identity import (
    Sex,
    check_digit,
    check_identity_number,
    check_phone,
    read_identity_number,
    read_phone,
)
from huiyin.kernel.refusal import Refusal

FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None)
TODAY = date(2026, 3, 2)


def wide(text: str) -> str:
    return "".join(chr(ord(mark) + 0xFEE0) for mark in text)


def a_number(body: str) -> str:
    return body + check_digit(body)


@pytest.mark.parametrize(
    ("text", "number", "born_on", "sex"),
    [
        (a_number("15999919700101999"), a_number("15999919700101999"), date(1970, 1, 1), Sex.MALE),
        (a_number("15999919700101998"), a_number("15999919700101998"), date(1970, 1, 1), Sex.FEMALE),
        (a_number("15999920040229991"), a_number("15999920040229991"), date(2004, 2, 29), Sex.MALE),
        (
            "159999 19700101 " + a_number("15999919700101999")[14:],
            a_number("15999919700101999"),
            date(1970, 1, 1),
            Sex.MALE,
        ),
        ("159999700101999", a_number("15999919700101999"), date(1970, 1, 1), Sex.MALE),  # an old one
        (wide("159999700101999"), a_number("15999919700101999"), date(1970, 1, 1), Sex.MALE),
    ],
)
def test_an_identity_number_tells_birthday_and_sex(text: str, number: str, born_on: date, sex: Sex) -> None:
    found = read_identity_number(text, today=TODAY)
    assert (found.number, found.born_on, found.sex, found.region) == (number, born_on, sex, "159999")
    assert found.written_old is (len(text) == 15)


def test_the_check_digit_can_be_an_x_in_either_case() -> None:
    body = next(body for n in range(100, 999) if check_digit(body := f"15999919700101{n}") == "X")
    assert read_identity_number(body + "x", today=TODAY).number == body + "X"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "是空的"),
        ("1599991970010199", "应当是18位，现在是16位"),
        (a_number("15999919700101999")[:-1] + "?", "只能有数字"),
        ("15999919700X019990", "只能有数字"),
        (a_number("99999919700101999"), "前两位“99”"),
        (a_number("15999919701301999"), "出生日期“19701301”不存在"),
        (a_number("15999920230229999"), "出生日期“20230229”不存在"),
        (a_number("15999920260303999"), "2026年3月3日不合理"),  # tomorrow
        (a_number("15999918001231999"), "不合理"),
        ("15999919700101999" + "0123456789X"["0123456789X".index(check_digit("15999919700101999")) - 1], "校验位不对"),
    ],
)
def test_an_identity_number_that_cannot_be_right_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        check_identity_number(text, today=TODAY)


@FEW
@given(body=st.text(alphabet="0123456789", min_size=17, max_size=17))
def test_the_weighted_sum_with_the_check_digit_leaves_one_modulo_eleven(body: str) -> None:
    values = [10 if mark == "X" else int(mark) for mark in a_number(body)]
    assert sum(value * 2 ** (17 - place) for place, value in enumerate(values)) % 11 == 1


@FEW
@given(place=st.integers(0, 16), digit=st.integers(0, 9), serial=st.integers(0, 999))
def test_one_digit_written_wrong_is_always_noticed(place: int, digit: int, serial: int) -> None:
    right = a_number(f"15999919700101{serial:03d}")
    wrong = right[:place] + str(digit) + right[place + 1 :]
    if wrong == right:
        check_identity_number(right)
    else:
        with pytest.raises(Refusal):
            check_identity_number(wrong)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13800000000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        (wide("13800000000"), "13800000000"),
        ("0999-5550123", "09995550123"),
        ("010-55501234", "01055501234"),
        ("(0999)5550123", "09995550123"),
        ("5550123", "5550123"),
        ("0999-5550123-12", None),
        ("0999-5550123转12", "09995550123转12"),
        ("12345", "12345"),
        ("400-000-0000", "4000000000"),
    ],
)
def test_a_phone_number_is_read_as_people_write_it(text: str, number: str | None) -> None:
    if number is None:
        with pytest.raises(Refusal):
            read_phone(text)
    else:
        assert read_phone(text) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "是空的"),
        ("1380000000", "应当是11位，现在是10位"),
        ("138000000000", "应当是11位，现在是12位"),
        ("12800000000", "没有以12开头的手机号码"),
        ("0999-555", "固定电话应当是区号加7位或8位号码"),
        ("555012", "固定电话应当是7位或8位（可加区号），现在是6位"),
        ("王会计", "只能有数字"),
        ("13800000000、13800000001", "两个号码请分开登记"),
    ],
)
def test_a_phone_number_that_cannot_be_right_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        check_phone(text)
