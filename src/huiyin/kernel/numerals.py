"""Numerals: the numbers that laws count their articles with, read and written: 二十 is 20, 一百零三 is 103."""

from .refusal import Refusal

ROUND_ZERO = "\u3007"  # the zero of years: written out, it looks like a Latin O
DIGITS = {
    "零": 0,
    ROUND_ZERO: 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
WRITTEN = "零一二三四五六七八九"
LARGEST = 9999


def read_number(text: str) -> int:
    """Return the number that Chinese or Arabic numerals write, 1 to 9999; refuse what writes none."""
    plain = text.strip()
    number = int(plain) if plain.isascii() and plain.isdecimal() else _chinese(plain)
    if not 1 <= number <= LARGEST:
        raise Refusal("numeral.not_a_number", f"“{text}”不是序数", text=text)
    return number


def _chinese(text: str) -> int:
    """Return the value of Chinese numerals, 0 where they are none; 二〇 reads digit by digit."""
    if text and all(sign in DIGITS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    total, digit, last = 0, "", LARGEST + 1
    for sign in text:
        if sign in UNITS and UNITS[sign] < last:
            last = UNITS[sign]
            total, digit = total + DIGITS.get(digit, 1) * last, ""
        elif sign in DIGITS and digit in {"", "零", ROUND_ZERO}:
            digit = sign
        else:
            return 0
    return total + DIGITS.get(digit, 0)


def write_number(number: int) -> str:
    """Return a number as laws write it: 10 is 十, 20 is 二十, 103 is 一百零三."""
    if not 1 <= number <= LARGEST:
        raise ValueError(number)
    words, gap = "", False
    for sign, unit in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + WRITTEN[digit] + sign
            gap = False
        else:
            gap = bool(words)
    return words.removeprefix("一") if words.startswith("一十") else words
