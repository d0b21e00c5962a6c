"""The pages of help: one for each job of the day, found by any words in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from huiyin.kernel.text import normalise, terms
from huiyin.platform.statistics.indicators import INDICATORS, PROMISES


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its address, what it is about, its text; ``for_units`` where unit people are told of it too."""

    slug: str
    title: str
    summary: str
    template: str
    for_units: bool = False


HELP_PAGES = (
    HelpPage("receiving", "收件登记", "先收件、再登记；怎样填，要哪些凭据", "help/receiving.html"),
    HelpPage("classifying", "归类", "目的、分类、初次还是重复、标记", "help/classifying.html"),
    HelpPage("assigning", "交办", "交办、转送、直接办理、引导告知、存查、并入怎样选", "help/assigning.html"),
    HelpPage("checking", "审核反馈", "看什么，不合格的怎样退回", "help/checking.html"),
    HelpPage("replying", "答复送达", "答复、送达凭证、办结、评价", "help/replying.html"),
    HelpPage("papers", "文书", "自动制作的和按需制作的，打印、编辑、案卷", "help/papers.html"),
    HelpPage("overseeing", "督办", "从提醒到监督方式，一级一级来", "help/overseeing.html"),
    HelpPage("recommendations", "三项建议", "拟写、批准、反馈采纳情况", "help/recommendations.html", for_units=True),
    HelpPage("supervising", "监督", "议题建议、主任会议、年度计划、监督活动、回避、随行来信", "help/supervising.html"),
    HelpPage("opinions", "审议意见与成效", "问题、报告、审议意见、反馈、公开、成效", "help/opinions.html"),
    HelpPage("reception", "接待日", "领导接待的排班、签到、笔录、批示", "help/reception.html"),
    HelpPage("secrecy", "保密回避", "检举控告、密件、回避、个人信息", "help/secrecy.html"),
    HelpPage("importing", "台账导入", "对应表头、试运行、正式导入", "help/importing.html"),
    HelpPage("promises", "四个百分之百", "每个数字的分子、分母和凭据", "help/promises.html"),
    HelpPage("hotspots", "热点与单位评价", "热点怎样算，是不是真的上升；承办单位评价和评议材料", "help/hotspots.html"),
    HelpPage("analysis", "指标", "期间、时点、口径、分布和去年同期", "help/analysis.html"),
    HelpPage("closing", "结账与分析报告", "核对、审定、重新打开；锁定后变动；分析报告", "help/closing.html"),
    HelpPage("accounts", "账号与单位", "开户、重置、停用；单位；消息；我的账号", "help/accounts.html", for_units=True),
    HelpPage("records", "机关事务", "领导小组、培训、年度听取、制度汇编、法律库", "help/records.html"),
    HelpPage("unit-work", "承办单位", "签收、异议、告知、延期、报告、补正", "help/unit_work.html", for_units=True),
)
BY_SLUG: Mapping[str, HelpPage] = {page.slug: page for page in HELP_PAGES}


@lru_cache(maxsize=len(HELP_PAGES))
def words_of(page: HelpPage) -> str:
    """Return what a page says, without its markup, as search compares it."""
    text = strip_tags(render_to_string(page.template, context_of_help()))
    return normalise(f"{page.title} {page.summary} {text}")


def context_of_help() -> dict[str, object]:
    """Return what the pages of help read."""
    return {"promises": PROMISES, "indicators": tuple(INDICATORS.values())}


def found_pages(query: str, *, of_unit: bool) -> tuple[HelpPage, ...]:
    """Return the pages a person is told of that contain every word of the query, in the order of the work."""
    wanted = terms(query)
    told = (page for page in HELP_PAGES if page.for_units or not of_unit)
    return tuple(page for page in told if all(term in words_of(page) for term in wanted))
