"""Cells: what a clerk writes into one cell of a ledger, read as a value, or refused in words."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

from huiyin.county.assignment.states import DispositionKind, Outcome
from huiyin.county.registry.states import Channel, Purpose
from huiyin.county.reply.states import Method, Satisfaction
from huiyin.kernel.calendar import FIRST_YEAR, LAST_YEAR
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.text import MASK
from huiyin.kernel.words import Word

WordOf = TypeVar("WordOf", bound=Word)

WRITTEN_DAY = re.compile(r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})\s*日?(?:[\sT][0-9: 时分秒.]*)?")
EIGHT_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
SERIAL_DAY = re.compile(r"[2-6][0-9]{4}(?:\.[0-9]+)?")
SERIAL_BEGINS = date(1899, 12, 30)
COUNT = re.compile(r"([0-9]{1,6})\s*(?:人次|人|名|位|户)?")
CLASS_MARKS = re.compile(r"\s*[/_>\\→—]+\s*")
NAME_MARKS = re.compile(r"[、,;/\s]+")
NOTHING = frozenset({"", "无", "不详", "未知", "-", "--", "—", "——", "/", "\\", "空", "暂无", "未提供", "没有"})
YES = frozenset(
    {"是", "√", "✓", "✔", "☑", "对", "有", "y", "yes", "true", "1", "已办结", "办结", "初次", "初信", "初访"}
)
NO = frozenset(
    {"否", "×", "✗", "✘", "x", "不是", "无", "n", "no", "false", "0", "未办结", "未办", "重复", "重信", "重访"}
)
NAMELESS = frozenset({"匿名", "佚名", "无名", "未署名", "无名氏", "匿名信"})
ILLEGIBLE = frozenset({"不清", "字迹不清", "不详", "无法辨认", "姓名不清", "未知"})

CHANNELS: Mapping[str, Channel] = {channel.label: channel for channel in Channel} | {
    "写信": Channel.LETTER, "信件": Channel.LETTER, "信": Channel.LETTER, "来函": Channel.LETTER,
    "联名信": Channel.LETTER, "群众来信": Channel.LETTER, "走访": Channel.WALK_IN, "上访": Channel.WALK_IN,
    "来访接待": Channel.WALK_IN, "群众来访": Channel.WALK_IN, "集体访": Channel.WALK_IN, "个访": Channel.WALK_IN,
    "个体访": Channel.WALK_IN, "访": Channel.WALK_IN, "接访": Channel.WALK_IN, "电话": Channel.PHONE,
    "来电来话": Channel.PHONE, "热线": Channel.PHONE, "电": Channel.PHONE, "电话信访": Channel.PHONE,
    "网信": Channel.WEB, "网上": Channel.WEB, "网络": Channel.WEB, "网上投诉": Channel.WEB, "网上留言": Channel.WEB,
    "网络信访": Channel.WEB, "邮件": Channel.WEB, "电子邮件": Channel.WEB, "微信": Channel.WEB, "手机信访": Channel.WEB,
    "网": Channel.WEB,
}  # fmt: skip
PURPOSES: Mapping[str, Purpose] = {purpose.label: purpose for purpose in Purpose} | {
    "申诉类": Purpose.APPEAL, "求决类": Purpose.CLAIM, "诉求": Purpose.CLAIM, "求助": Purpose.CLAIM,
    "投诉": Purpose.CLAIM, "投诉请求": Purpose.CLAIM, "意见": Purpose.SUGGESTION,
    "建议": Purpose.SUGGESTION, "建议意见": Purpose.SUGGESTION,
    "意见和建议": Purpose.SUGGESTION, "检举控告": Purpose.ACCUSATION, "揭发": Purpose.ACCUSATION,
    "控告": Purpose.ACCUSATION,
    "检举": Purpose.ACCUSATION, "举报": Purpose.ACCUSATION, "检举揭发": Purpose.ACCUSATION, "咨询类": Purpose.INQUIRY,
    "政策咨询": Purpose.INQUIRY, "其它": Purpose.OTHER,
}  # fmt: skip
DISPOSITIONS: Mapping[str, DispositionKind] = {kind.label: kind for kind in DispositionKind} | {
    "转办": DispositionKind.REFERRAL, "转交": DispositionKind.REFERRAL, "自办": DispositionKind.INTERNAL,
    "本级办理": DispositionKind.INTERNAL, "引导": DispositionKind.GUIDANCE, "告知引导": DispositionKind.GUIDANCE,
    "不予受理": DispositionKind.GUIDANCE, "存档": DispositionKind.FILED, "留存": DispositionKind.FILED,
    "合并": DispositionKind.MERGED, "并案": DispositionKind.MERGED,
}  # fmt: skip
METHODS: Mapping[str, Method] = {method.label: method for method in Method} | {
    "挂号信": Method.POST, "邮政快递": Method.POST, "快递": Method.POST, "EMS": Method.POST, "信函": Method.POST,
    "书面": Method.POST, "书面答复": Method.POST, "当面": Method.IN_PERSON, "当面答复": Method.IN_PERSON,
    "面复": Method.IN_PERSON, "上门": Method.IN_PERSON, "口头": Method.IN_PERSON, "口头答复": Method.IN_PERSON,
    "直接送达": Method.IN_PERSON, "电话": Method.PHONE, "电话答复": Method.PHONE, "短信": Method.MESSAGE,
    "微信": Method.MESSAGE, "网上": Method.PAGE, "网上答复": Method.PAGE, "无法答复": Method.IMPOSSIBLE,
}  # fmt: skip
SATISFACTIONS: Mapping[str, Satisfaction] = {word.label: word for word in Satisfaction} | {
    "非常满意": Satisfaction.SATISFIED, "很满意": Satisfaction.SATISFIED, "比较满意": Satisfaction.MOSTLY,
    "较满意": Satisfaction.MOSTLY, "一般": Satisfaction.MOSTLY, "很不满意": Satisfaction.DISSATISFIED,
}  # fmt: skip
NOT_EVALUATED = frozenset({"未评价", "待评价", "超期未评价", "未回访"})
# What a result says of the demand; a result that says neither was explained to the petitioner.
UNSUPPORTED_WORDS = re.compile(r"不支持|不予支持|不予认可|诉求不成立|没有事实依据|无事实依据|不符合政策")


def plain(written: str) -> str:
    """Return a short entry in one spelling: full-width marks made plain, no spaces around."""
    return unicodedata.normalize("NFKC", written).strip()


def is_nothing(written: str) -> bool:
    """Whether the cell says that there is nothing to say."""
    return plain(written) in NOTHING


def is_masked(written: str) -> bool:
    """Whether the value was hidden by an export."""
    return MASK in plain(written)


def read_day(written: str) -> date:
    """Read a day in any of the ways offices write one, as a number of the table program's own calendar too."""
    tidy = plain(written)
    found = WRITTEN_DAY.fullmatch(tidy) or EIGHT_DIGITS.fullmatch(tidy)
    if found is None and SERIAL_DAY.fullmatch(tidy):
        return SERIAL_BEGINS + timedelta(days=int(float(tidy)))
    if found is None:
        raise Refusal("ledger.bad_day", "不是日期，应写作 2026-03-05、2026.3.5 或 2026年3月5日")
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Refusal("ledger.no_such_day", "没有这一天，请核对年月日") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refusal("ledger.year_out_of_range", f"年份应当在{FIRST_YEAR}年至{LAST_YEAR}年之间")
    return day


def read_flag(written: str) -> bool:
    """Read 是 or 否 in the marks people use for them."""
    tidy = plain(written).lower()
    if tidy in YES:
        return True
    if tidy in NO:
        return False
    raise Refusal("ledger.bad_flag", "应填“是”或“否”")


def read_count(written: str) -> int:
    """Read a number of people, with or without 人."""
    found = COUNT.fullmatch(plain(written))
    if found is None or int(found[1]) < 1:
        raise Refusal("ledger.bad_count", "应填人数，例如 3 或 3人")
    return int(found[1])


def read_channel(written: str) -> Channel:
    """Read how an item reached the office."""
    return word_of(CHANNELS, written, "信访形式应为来信、来访、来电或网上信访")


def read_purpose(written: str) -> Purpose:
    """Read 信访目的."""
    return word_of(PURPOSES, written, "信访目的应为" + "、".join(purpose.label for purpose in Purpose))


def read_disposition(written: str) -> DispositionKind:
    """Read 处理方式."""
    return word_of(DISPOSITIONS, written, "处理方式应为" + "、".join(kind.label for kind in DispositionKind))


def read_method(written: str) -> Method:
    """Read 答复方式."""
    return word_of(METHODS, written, "答复方式应为" + "、".join(method.label for method in Method))


def read_satisfaction(written: str) -> Satisfaction | None:
    """Read 满意度; None where nobody was asked or nobody answered."""
    if plain(written) in NOT_EVALUATED:
        return None
    return word_of(SATISFACTIONS, written, "满意度应为满意、基本满意或不满意")


def word_of(words: Mapping[str, WordOf], written: str, advice: str) -> WordOf:
    """Return the word of a closed list that the cell names."""
    found = words.get(plain(written)) or words.get(plain(written).upper())
    if found is None:
        raise Refusal("ledger.unknown_word", advice)
    return found


def read_class(written: str) -> tuple[str, ...]:
    """Return the levels of 内容分类, parted by / or _ or an arrow."""
    return tuple(part for part in CLASS_MARKS.split(plain(written)) if part)


def read_names(written: str) -> tuple[str, ...]:
    """Return the names of a list of people."""
    return tuple(part for part in NAME_MARKS.split(plain(written)) if part)


def outcome_of(result: str) -> Outcome:
    """Return what a result says to the demand: the word it begins with, or a plain no, or an explanation."""
    for outcome in (Outcome.NOT_SUPPORTED, Outcome.SUPPORTED, Outcome.EXPLAINED):
        if plain(result).startswith(outcome.label):
            return outcome
    return Outcome.NOT_SUPPORTED if UNSUPPORTED_WORDS.search(result) else Outcome.EXPLAINED


def kind_of_status(status: str) -> DispositionKind | None:
    """Return what 信访件状态 says of the decision: 已转送, 存查, 不再受理; None where it says nothing of it."""
    told = plain(status)
    order = ("不再受理", "不予受理", "引导", "存查", "存档", "直接办理", "移送", "转送", "转办", "交办")
    return next((DISPOSITIONS[word] for word in order if word in told), None)
