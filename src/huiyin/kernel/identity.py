"""Identity: whether an identity number or a phone number can be right, in words the clerk understands."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from .calendar import show_day
from .refusal import Refusal
from .words import Word

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
NEW_LENGTH, OLD_LENGTH = 18, 15
OLDEST = 1880
PROVINCES = frozenset(
    {"11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"}
    | {"41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"}
    | {"71", "81", "82", "83"}
)
MOBILE_LENGTH = 11
MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))?([2-8][0-9]{6,7})(?:转([0-9]{1,6}))?")
HOTLINE = re.compile(r"[48]00[0-9]{7}|1[0-9]{4}|9[0-9]{4,7}")


class Sex(Word):
    """The sex an identity number tells."""

    MALE = "male", "男"
    FEMALE = "female", "女"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """An identity number that can be right, always in its 18 digits, and what it tells."""

    number: str
    region: str
    born_on: date
    sex: Sex
    written_old: bool


def check_identity_number(text: str, *, today: date | None = None) -> None:
    """Refuse an identity number that cannot be right, with the reason."""
    read_identity_number(text, today=today)


def check_phone(text: str) -> None:
    """Refuse a phone number that cannot be right, with the reason."""
    read_phone(text)


def read_identity_number(text: str, *, today: date | None = None) -> IdentityNumber:
    """Read an 18-digit number (GB 11643) or an old one of 15 digits, or refuse it with the reason.

    Where the day is told, a birthday after it is refused too.
    """
    number = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if not number:
        raise Refusal("identity.empty", "身份证号码是空的")
    if len(number) not in {NEW_LENGTH, OLD_LENGTH}:
        raise Refusal("identity.bad_length", f"身份证号码应当是18位，现在是{len(number)}位", length=len(number))
    written_old = len(number) == OLD_LENGTH
    body = number[:6] + "19" + number[6:] if written_old else number[:-1]
    if not re.fullmatch(r"[0-9]{17}", body) or not re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X]", number):
        raise Refusal("identity.bad_characters", "身份证号码只能有数字，只有第18位可以是X")
    if body[:2] not in PROVINCES:
        raise Refusal("identity.bad_region", f"身份证号码前两位“{body[:2]}”不是省级行政区划代码")
    born_on = birthday(body[6:14], today=today)
    full = body + check_digit(body)
    if not written_old and full != number:
        raise Refusal("identity.bad_check_digit", "身份证号码的校验位不对，请逐位核对是否有抄写错误")
    sex = Sex.MALE if int(body[-1]) % 2 else Sex.FEMALE
    return IdentityNumber(number=full, region=body[:6], born_on=born_on, sex=sex, written_old=written_old)


def check_digit(body: str) -> str:
    """Return the 18th character of an identity number (GB 11643, ISO 7064 MOD 11-2)."""
    return CHECK_DIGITS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True)) % 11]


def birthday(digits: str, *, today: date | None) -> date:
    """Read the eight digits of the birthday, or refuse a day that was never, or is not yet."""
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise Refusal("identity.bad_birthday", f"身份证号码中的出生日期“{digits}”不存在") from None
    if born_on.year < OLDEST or (today is not None and born_on > today):
        raise Refusal("identity.bad_birthday", f"身份证号码中的出生日期{show_day(born_on)}不合理")
    return born_on


def read_phone(text: str) -> str:
    """Read a mobile, landline or service number and return its digits, or refuse it with the reason.

    A country code +86 and separators are dropped; an extension is kept as 转NNN.
    """
    tidy = re.sub(r"[\s().-]", "", unicodedata.normalize("NFKC", text))
    tidy = re.sub(r"(?:转|ext|[#*,])0*(?=[0-9])", "转", tidy, count=1, flags=re.IGNORECASE)
    tidy = re.sub(r"^(?:\+|00)86", "", tidy)
    if not tidy:
        raise Refusal("phone.empty", "电话号码是空的")
    if MOBILE.fullmatch(tidy) or LANDLINE.fullmatch(tidy) or HOTLINE.fullmatch(tidy):
        return tidy
    if not re.fullmatch(r"[0-9]+(?:转[0-9]+)?", tidy):
        raise Refusal("phone.bad_characters", "电话号码只能有数字，分机写作“转”加分机号；两个号码请分开登记")
    if tidy.startswith("1") and len(tidy) != MOBILE_LENGTH:
        raise Refusal("phone.bad_length", f"手机号码应当是11位，现在是{len(tidy)}位", length=len(tidy))
    if tidy.startswith("1"):
        raise Refusal("phone.bad_prefix", f"没有以{tidy[:2]}开头的手机号码，请核对")
    if tidy.startswith("0"):
        raise Refusal("phone.bad_length", "固定电话应当是区号加7位或8位号码，请核对", length=len(tidy))
    raise Refusal("phone.bad_length", f"固定电话应当是7位或8位（可加区号），现在是{len(tidy)}位", length=len(tidy))
