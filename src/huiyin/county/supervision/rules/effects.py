"""Rules of 成效: equal windows, raw numbers, the whole county beside them, and no word on what caused what."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.kernel.calendar import show_day
from huiyin.kernel.chance import LEVEL, Contrast, Difference, Interval
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.windows import Change, Windows, change

CONCLUDERS = (Role.CLERK, Role.HEAD)
MONTHS = (3, 6, 12)


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted in one window: 初次信访事项, 重复件次, 人次, 集体访批次."""

    first_matters: int
    repeats: int
    people: int
    group_visits: int


COUNTED = (
    ("first_matters", "初次信访事项", "件"),
    ("repeats", "重复件次", "件"),
    ("people", "人次", "人次"),
    ("group_visits", "集体访批次", "批"),
)


@dataclass(frozen=True, slots=True)
class Effect:
    """The same numbers in two equal windows, of one topic and of the whole county."""

    windows: Windows
    before: Counts
    after: Counts
    all_before: Counts
    all_after: Counts

    @property
    def change(self) -> Change:
        """Return what the first-time matters say: fewer, more, the same, or too few to say."""
        return change(self.before.first_matters, self.after.first_matters)

    @property
    def difference(self) -> Difference:
        """Return the two counts with the days they were counted over."""
        return Difference(
            now=self.after.first_matters,
            before=self.before.first_matters,
            now_days=self.windows.after.days,
            before_days=self.windows.before.days,
        )

    @property
    def contrast(self) -> Contrast:
        """Return the topic's share of all first-time matters, after and before."""
        return Contrast(
            part=self.after.first_matters,
            whole=self.all_after.first_matters,
            other_part=self.before.first_matters,
            other_whole=self.all_before.first_matters,
        )


def check_may_conclude(by: Person) -> None:
    """Refuse whoever concludes nothing for the office."""
    check_has_role(by, *CONCLUDERS, act="登记成效")


may_conclude = may(check_may_conclude)


def check_months(months: int) -> None:
    """Refuse a window that the office does not use."""
    if months not in MONTHS:
        raise Refusal("effect.bad_months", "对比期限为3个月、6个月或12个月", months=months)


def check_over(windows: Windows, *, today: date) -> None:
    """Refuse to conclude before the later window is over."""
    if not windows.is_over(today=today):
        raise Refusal(
            "effect.window_open",
            f"之后的{windows.months}个月到{show_day(windows.after.last)}届满，{show_day(windows.complete_on)}起可以登记成效",
            complete_on=windows.complete_on.isoformat(),
        )


def sentence(effect: Effect) -> str:
    """Say the numbers beside each other: first-time matters, then the whole county's; never why."""
    return (
        f"之后{effect.windows.months}个月初次信访事项{effect.after.first_matters}件，"
        f"之前{effect.windows.months}个月{effect.before.first_matters}件；"
        f"同期全县初次信访事项{effect.all_after.first_matters}件，之前{effect.all_before.first_matters}件。"
    )


def reading(effect: Effect) -> str:
    """Say what so many can tell: too few, or the ratio with its interval and whether it could be chance alone."""
    if effect.change is Change.TOO_FEW:
        return Change.TOO_FEW.label
    difference = effect.difference
    ratio = difference.ratio
    if ratio is None:
        return f"{effect.change.label}；之前没有，不计算比值"
    words = f"每日平均为之前的{shown(ratio)}倍，95%区间{interval_words(difference.interval())}"
    if difference.chance > LEVEL:
        return f"{effect.change.label}；{words}，区间含1，差别可能出于偶然"
    return f"{effect.change.label}；{words}，区间不含1，超出通常的偶然波动"


def share_reading(effect: Effect) -> str:
    """Say whether the topic's share of the whole county's first-time matters differs; nothing where too few."""
    if effect.change is Change.TOO_FEW:
        return ""
    contrast = effect.contrast
    words = (
        f"占全县初次信访事项：之后{contrast.part}/{contrast.whole}，之前{contrast.other_part}/{contrast.other_whole}，"
        f"精确检验 p={probability_words(contrast.chance)}"
    )
    return words + ("，所占比重有差别" if contrast.chance <= LEVEL else "，看不出所占比重有差别")


def interval_words(interval: Interval) -> str:
    """Write an interval with two decimals; open above where nothing bounds it."""
    upper = "以上" if interval.upper is None else f"至{shown(interval.upper)}"
    return f"{shown(interval.lower)}{upper}"


def shown(value: Fraction) -> str:
    """Return a ratio with two decimals, rounded half up."""
    hundredths = (200 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def probability_words(value: Fraction) -> str:
    """Return a probability with three decimals, rounded half up; the smallest ones as such."""
    thousandths = (2000 * value.numerator + value.denominator) // (2 * value.denominator)
    return "<0.001" if thousandths == 0 else f"{thousandths // 1000}.{thousandths % 1000:03d}"
