"""Indicators: every number of the office once, as a sentence, a part and a whole.

Screens, reports, the closing of a period and the province's board read this list and nothing else. The first six are
the four promises (四个百分之百); they stand on the day of receipt. The others say on what they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.kernel.refusal import Refusal
from huiyin.kernel.words import Word


class Basis(Word):
    """口径: which items belong to a period."""

    RECEIVED = "received", "按收件日期"
    DUE = "due", "按到期日期"
    HAPPENED = "happened", "按发生日期"


class ReportedChannel(Word):
    """信访形式, as far as it stands beside a number; the county's register uses the same codes."""

    LETTER = "letter", "来信"
    WALK_IN = "walk_in", "来访"
    PHONE = "phone", "来电"
    WEB = "web", "网上信访"
    NONE = "none", "不分渠道"


class ChannelGroup(Word):
    """Which channels are added up: the office's own promise is letters and walk-ins, and is never mixed silently."""

    OWN = "own", "来信来访"
    LETTER = "letter", "来信"
    WALK_IN = "walk_in", "来访"
    PHONE = "phone", "来电"
    WEB = "web", "网上信访"
    ALL = "all", "全部渠道"

    @property
    def channels(self) -> tuple[str, ...]:
        """Return the channels that are added up."""
        return CHANNELS_OF[self]


CHANNELS_OF: Mapping[ChannelGroup, tuple[str, ...]] = {
    ChannelGroup.OWN: (ReportedChannel.LETTER.value, ReportedChannel.WALK_IN.value),
    ChannelGroup.LETTER: (ReportedChannel.LETTER.value,),
    ChannelGroup.WALK_IN: (ReportedChannel.WALK_IN.value,),
    ChannelGroup.PHONE: (ReportedChannel.PHONE.value,),
    ChannelGroup.WEB: (ReportedChannel.WEB.value,),
    ChannelGroup.ALL: tuple(channel.value for channel in ReportedChannel if channel is not ReportedChannel.NONE),
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number: what it says, what is counted, of what, and which items belong to a period.

    ``has_channel`` is false where the number counts no petitions: it stands once, under 不分渠道, and has no cells.
    """

    code: str
    label: str
    sentence: str
    part: str
    whole: str
    basis: Basis = Basis.RECEIVED
    unit: str = "件"
    has_channel: bool = True


RECEIVED = "本期收件（不含两人确认的非信访件和作废编号）"
REGISTERED = Indicator(
    "M1",
    "件件登记",
    "本期收件中，已登记且随时可查的件数：编号唯一、要素齐全、原件在案且校验值重算一致，按编号、姓名（或匿名）、内容都检索得到。",
    part="已登记且可查的收件",
    whole=RECEIVED,
)
READ = Indicator(
    "M2",
    "件件有人阅",
    "本期收件中，有具名的人阅信或接谈、留有时间，并已完整归类（目的、内容分类、初次或重复）的件数。",
    part="有人阅、有人接且已归类的收件",
    whole=RECEIVED,
)
ASSIGNED = Indicator(
    "M3a",
    "件件交办（严格）",
    "本期收件中，已交办、转送、移送、直接办理到单位并明确到人的件数；并入的，看主件是否落实到单位和个人。",
    part="责任落实到单位和个人的收件",
    whole=RECEIVED,
)
DISPOSED = Indicator(
    "M3b",
    "件件交办（含依法例外）",
    "在件件交办（严格）之外，加上有依据、有审批人、有经办人的引导告知、不再受理和存查。",
    part="责任落实到单位和个人，或依法不交办且手续齐全的收件",
    whole=RECEIVED,
)
ANSWERED = Indicator(
    "M4",
    "件件有回音",
    "本期收件中，最终答复或告知已经送达且有送达凭证的件数；受理告知不算；并入的，看主件的答复。",
    part="最终回音已送达的收件",
    whole=RECEIVED,
)
ANSWERED_OF_ANSWERABLE = Indicator(
    "M4x",
    "可答复件有回音",
    "从件件有回音的分母中减去依法无法答复的：姓名、住址都不清，并且没有任何联系方式，或者留有联系不上的记录。",
    part="最终回音已送达的收件",
    whole="本期收件减去依法无法答复的",
)
TIMELY_DISPOSITION = Indicator(
    "timely_disposition",
    "及时受理率",
    "受理处理期限在本期到期的信访件中，按期作出处理决定的件数；不含涉法涉诉件；尚未到期又未办的不计。",
    part="按期作出处理决定的信访件",
    whole="受理处理期限在本期到期的信访件",
    basis=Basis.DUE,
)
TIMELY_REPLY = Indicator(
    "timely_reply",
    "按期答复率",
    "答复期限在本期到期的信访件中，最终答复在期限当日或以前送达信访人且有送达凭证的件数。交办、直接办理的，以主办单位的报结期限"
    "（简易办理的为简易答复期限，经批准延期的为延期后的期限）为准；转送、移送、引导告知、不再受理和尚未作出处理决定的，以受理处理"
    "并告知的期限为准。存查和并入的、依法无法答复的、涉法涉诉的不计；尚未到期又未答复的不计。",
    part="期限内最终答复已送达的信访件",
    whole="答复期限在本期到期的信访件",
    basis=Basis.DUE,
)
TIMELY_REPORT = Indicator(
    "timely_report",
    "按期办结率",
    "报结期限（简易办理的为简易答复期限）在本期到期的交办件中，承办单位按期报结的件数；退回补正的以首次报结为准；不含涉法涉诉件；"
    "尚未到期又未报的不计。",
    part="按期报结的交办件",
    whole="报结期限在本期到期的交办件",
    basis=Basis.DUE,
)
RETURNED = Indicator(
    "returned",
    "退回率",
    "报结期限在本期到期、承办单位已报结的交办件中，被退回补正过的件数。",
    part="被退回补正过的交办件",
    whole="已报结的交办件",
    basis=Basis.DUE,
)
OVERSIGHT_STEPS = Indicator(
    "oversight_steps",
    "督办次数",
    "本期对承办单位发出的催办和督办的次数，其中督办函及以上（督办函、约谈督办、提请主任会议、监督手段或三项建议）的次数。",
    part="督办函及以上的次数",
    whole="催办和督办的次数",
    basis=Basis.HAPPENED,
    unit="次",
)
SATISFIED = Indicator(
    "satisfied",
    "满意率",
    "本期收到的信访件中，已评价的里面评价为满意或基本满意的件数。",
    part="评价为满意、基本满意的信访件",
    whole="已评价的信访件",
)
EVALUATED = Indicator(
    "evaluated",
    "参评率",
    "本期收到的信访件中，已评价的件数；分母为已评价与超期未评价（答复后办结满30日仍未评价）之和。",
    part="已评价的信访件",
    whole="已评价和超期未评价的信访件",
)
REPEATED = Indicator(
    "repeated",
    "重复率",
    "本期收到并已归类的信访件中，认定为重复的件数；不含涉法涉诉件。",
    part="重复信访件",
    whole="已归类的信访件（不含涉法涉诉）",
)
GROUP_VISITS = Indicator(
    "group_visits",
    "集体访批次",
    "本期来访中，达到集体访人数的批次。",
    part="集体访批次",
    whole="来访批次",
    unit="批",
)
GROUP_PEOPLE = Indicator(
    "group_people",
    "集体访人次",
    "本期来访人次中，集体访的人次。",
    part="集体访人次",
    whole="来访人次",
    unit="人次",
)
FIRST_MATTERS = Indicator(
    "first_matters",
    "初次信访事项",
    "本期登记的信访件中，作为一个信访事项的第一件收到的件数：同人同事的第一次反映；重复件、并入件和重新办理的不是第一件。",
    part="信访事项的第一件",
    whole="登记的信访件",
)
READ_BY_LEADER = Indicator(
    "read_by_leader",
    "领导接访阅批率",
    "本期登记的信访件中，由领导本人阅批或接访的件数。",
    part="领导阅批、接访的信访件",
    whole="登记的信访件",
)

RECOMMENDATIONS_ANSWERED = Indicator(
    "recommendations_answered",
    "建议答复率",
    "本期提出的三项建议（改进工作、完善政策、追究责任）中，有关单位已经反馈采纳情况的件数。",
    part="已答复的三项建议",
    whole="提出的三项建议",
    basis=Basis.HAPPENED,
    has_channel=False,
)
RECOMMENDATIONS_ADOPTED = Indicator(
    "recommendations_adopted",
    "建议采纳率",
    "本期提出的三项建议中，有关单位反馈采纳或部分采纳的件数。",
    part="采纳和部分采纳的三项建议",
    whole="提出的三项建议",
    basis=Basis.HAPPENED,
    has_channel=False,
)
HOTSPOTS = Indicator(
    "hotspots",
    "热点转化",
    "本期发现的热点中，已经据以提出议题建议的个数。",
    part="已提出议题建议的热点",
    whole="发现的热点",
    basis=Basis.HAPPENED,
    unit="个",
    has_channel=False,
)
TOPIC_PROPOSALS = Indicator(
    "topic_proposals",
    "议题建议采纳",
    "本期提出的议题建议中，主任会议决定列入的件数。",
    part="列入的议题建议",
    whole="提出的议题建议",
    basis=Basis.HAPPENED,
    has_channel=False,
)
ACTIVITIES = Indicator(
    "activities",
    "监督活动",
    "本期开始的监督活动（执法检查、专题审议、视察、评议、专题调查、专题询问、特定问题调查）中，已经结束的项数。",
    part="已结束的监督活动",
    whole="开始的监督活动",
    basis=Basis.HAPPENED,
    unit="项",
    has_channel=False,
)
OPINIONS = Indicator(
    "opinions",
    "审议意见反馈",
    "本期送交的审议意见中，已经收到研究处理情况反馈的件数。",
    part="已反馈的审议意见",
    whole="送交的审议意见",
    basis=Basis.HAPPENED,
    has_channel=False,
)
EFFECTS = Indicator(
    "effects",
    "监督成效",
    "本期测算的监督成效中，之后同样时长内的初次信访事项少于之前的个数；只作前后对照，不说明原因。",
    part="之后初次信访事项少于之前的",
    whole="测算的监督成效",
    basis=Basis.HAPPENED,
    unit="个",
    has_channel=False,
)

PROMISES = (REGISTERED, READ, ASSIGNED, DISPOSED, ANSWERED, ANSWERED_OF_ANSWERABLE)
TIMELINESS = (TIMELY_DISPOSITION, TIMELY_REPLY, TIMELY_REPORT, RETURNED, OVERSIGHT_STEPS)
EVALUATIONS = (SATISFIED, EVALUATED)
COURSE = (REPEATED, FIRST_MATTERS, GROUP_VISITS, GROUP_PEOPLE, READ_BY_LEADER)
RECOMMENDATIONS = (RECOMMENDATIONS_ANSWERED, RECOMMENDATIONS_ADOPTED)
FUNNEL = (HOTSPOTS, TOPIC_PROPOSALS, ACTIVITIES, OPINIONS, EFFECTS)
# Counted from petitions and what hangs on them by ``county.analysis``; the funnel is counted by ``county.supervision``.
RATES = (*TIMELINESS, *EVALUATIONS, *COURSE, *RECOMMENDATIONS)
INDICATORS: Mapping[str, Indicator] = {indicator.code: indicator for indicator in (*PROMISES, *RATES, *FUNNEL)}
CHAPTERS: Mapping[str, tuple[Indicator, ...]] = {
    "四个百分之百": PROMISES,
    "时限与督办": TIMELINESS,
    "群众评价": EVALUATIONS,
    "来信来访": COURSE,
    "三项建议": RECOMMENDATIONS,
    "监督联动": FUNNEL,
}


@dataclass(frozen=True, slots=True, order=True)
class FigureEntry:
    """One number as it is reported: part and whole of one indicator and one channel, never a percentage."""

    indicator: str
    channel: str
    part: int
    whole: int

    def as_values(self) -> dict[str, str | int]:
        """Return the number as JSON keeps it."""
        return {"indicator": self.indicator, "channel": self.channel, "part": self.part, "whole": self.whole}


@dataclass(frozen=True, slots=True, order=True)
class CellEntry:
    """A number in its finest division; the cells of one indicator and channel add up to its ``FigureEntry``.

    ``purpose`` is empty where nothing is classified yet, and so is ``category``, the national class of the first level
    by its two digits.
    """

    indicator: str
    channel: str
    purpose: str
    category: str
    part: int
    whole: int

    def as_values(self) -> dict[str, str | int]:
        """Return the cell as JSON keeps it."""
        return {
            "indicator": self.indicator,
            "channel": self.channel,
            "purpose": self.purpose,
            "category": self.category,
            "part": self.part,
            "whole": self.whole,
        }


def indicator_of(code: str) -> Indicator:
    """Return the indicator with this code; refuse an unknown one."""
    if code not in INDICATORS:
        raise Refusal("statistics.unknown_indicator", f"没有指标“{code}”", indicator=code)
    return INDICATORS[code]
