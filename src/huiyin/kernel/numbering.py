"""Numbering: 文号 and registration numbers, written in the style of the county's file and read back."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from .calendar import local_day
from .refusal import Refusal

FIELD = re.compile(r"\{([^{}]*)\}")
WIDTH = re.compile(r"^number:(\d)$")
KNOWN = frozenset({"organ", "series", "year", "number"})
FOLD = str.maketrans({**dict.fromkeys("[【(", "〔"), **dict.fromkeys("]】)", "〕"), " ": None})
LONGEST = 60
FIRST_YEAR, LAST_YEAR = 1949, 2199


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """The parts of a number, in the order in which numbers are sorted."""

    organ: str
    series: str
    year: int
    number: int


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """A style such as ``{organ}信〔{year}〕{number}号``; ``{number:4}`` pads with zeros to four digits.

    ``{series}`` is where the mark of the series stands (信, 访, 电, 网). A style without it gets the mark
    directly before the number, because two series of one year may never write the same number.
    """

    text: str
    width: int

    @classmethod
    def parse(cls, text: str) -> "NumberStyle":
        """Check a style and return it; what is wrong with it is refused in words."""
        fields = FIELD.findall(text)
        names = [field.split(":")[0] for field in fields]
        unknown = [name for name in names if name not in KNOWN]
        if unknown:
            raise bad_style(text, f"没有“{{{unknown[0]}}}”这一项，只能用 {{organ}} {{series}} {{year}} {{number}}")
        if re.search(r"[{}]", FIELD.sub("", text)):
            raise bad_style(text, "花括号不成对")
        if names.count("year") != 1 or names.count("number") != 1:
            raise bad_style(text, "{year} 和 {number} 必须各出现一次")
        if names.count("organ") > 1 or names.count("series") > 1:
            raise bad_style(text, "{organ} 和 {series} 最多各出现一次")
        if "〔{year}〕" not in text:
            raise bad_style(text, "年份须用六角括号，写作 〔{year}〕")
        if re.search(r"\{number[^}]*\}\d|\d\{number", text):
            raise bad_style(text, "{number} 前后不能紧跟数字")
        if len(text) > LONGEST or re.search(r"\s", text):
            raise bad_style(text, f"不能有空格，且不超过{LONGEST}个字")
        return cls(text=text, width=width_of(text, fields))

    def render(self, *, organ: str, series: str, year: int, number: int) -> str:
        """Write a number; an ordinal below one or a year out of range is refused."""
        if number < 1:
            raise Refusal("numbering.bad_number", "编号从1开始", number=number)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refusal("numbering.bad_year", f"年份应当在{FIRST_YEAR}年至{LAST_YEAR}年之间", year=year)
        ordinal = f"{number:0{self.width}d}"
        if "{series}" not in self.text:
            ordinal = series + ordinal
        parts = {"organ": organ, "series": series, "year": str(year), "number": ordinal}
        return FIELD.sub(lambda found: parts[found[1].split(":")[0]], self.text)

    def read(self, written: str, *, organ: str, series: tuple[str, ...]) -> Number | None:
        """Read a number somebody typed, with any brackets and spaces; None when it is not of this style."""
        marks = "|".join(re.escape(folded(mark)) for mark in sorted(series, key=len, reverse=True))
        patterns = {
            "organ": re.escape(folded(organ)),
            "series": f"(?P<series>{marks})",
            "year": r"(?P<year>[0-9]{4})",
            "number": ("" if "{series}" in self.text else f"(?P<series>{marks})") + r"(?P<number>[0-9]{1,9})",
        }
        literal = [re.escape(part) for part in FIELD.split(folded(self.text))[::2]]
        fields = [patterns[field.split(":")[0]] for field in FIELD.findall(self.text)]
        pattern = literal[0] + "".join(field + after for field, after in zip(fields, literal[1:], strict=True))
        found = re.fullmatch(pattern, folded(written))
        if found is None:
            return None
        return Number(organ=organ, series=found["series"], year=int(found["year"]), number=int(found["number"]))


def check_style(style: str) -> None:
    """Refuse a style that cannot number anything, with the reason."""
    NumberStyle.parse(style)


def render(style: str, *, organ: str, series: str, year: int, number: int) -> str:
    """Write a number in a style given as text, as it stands on the county's row."""
    return NumberStyle.parse(style).render(organ=organ, series=series, year=year, number=number)


def year_of(registered_at: datetime) -> int:
    """Return the year a number belongs to: that of the day of registration in China."""
    return local_day(registered_at).year


def width_of(text: str, fields: list[str]) -> int:
    """Return to how many digits the ordinal is padded."""
    for field in fields:
        if ":" in field:
            found = WIDTH.match(field)
            if found is None:
                raise bad_style(text, f"“{{{field}}}”写法不对，补零写作 {{number:4}}")
            return int(found[1])
    return 1


def folded(text: str) -> str:
    """Return the text with one kind of bracket and without spaces, full-width letters made plain."""
    return unicodedata.normalize("NFKC", text).translate(FOLD)


def bad_style(text: str, words: str) -> Refusal:
    """Return the refusal of a style."""
    return Refusal("numbering.bad_style", f"编号样式“{text}”不对：{words}", style=text)
