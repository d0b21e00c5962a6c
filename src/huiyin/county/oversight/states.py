"""The steps of oversight (督办), what sets one off, and in which order they come."""

from collections.abc import Mapping

from huiyin.kernel.words import Word


class Level(Word):
    """督办的级次: D1 to D5; a warning (D0) goes out by itself and is no step."""

    REMINDER = "reminder", "催办"
    LETTER = "letter", "督办函"
    INTERVIEW = "interview", "约谈督办"
    DIRECTORS_MEETING = "directors_meeting", "提请主任会议"
    INSTRUMENT = "instrument", "监督手段或三项建议"


class Trigger(Word):
    """督办情形 (R05 §36, R22 §40)."""

    OVERDUE = "overdue", "无正当理由未按期办结"
    NOT_FED_BACK = "not_fed_back", "未按规定反馈结果"
    PROCEDURE = "procedure", "未按规定程序办理"
    SHIRKING = "shirking", "推诿、敷衍、拖延"
    NOT_CARRIED_OUT = "not_carried_out", "不执行处理意见"
    FRAUD = "fraud", "弄虚作假"
    REPEATED = "repeated", "办理期限内重复信访"


class Manner(Word):
    """How a unit is spoken to in person (D3)."""

    TALK = "talk", "约谈"
    HEARING = "hearing", "听取汇报"
    ON_SITE = "on_site", "现场督办"


class Instrument(Word):
    """What the directors' meeting decided to use (D5)."""

    IMPROVE_WORK = "improve_work", "改进工作建议"
    IMPROVE_POLICY = "improve_policy", "完善政策建议"
    ACCOUNTABILITY = "accountability", "追究责任建议"
    LAW_INSPECTION = "law_inspection", "列入执法检查"
    DELIBERATION = "deliberation", "列入专题审议"
    APPRAISAL = "appraisal", "列入评议"
    INVESTIGATION = "investigation", "列入专题调查"
    SPECIAL_INQUIRY = "special_inquiry", "提出专题询问"


# From the second step on it counts against the unit.
COUNTS_AGAINST_UNIT = frozenset(Level) - {Level.REMINDER}
NEEDS_APPROVAL = COUNTS_AGAINST_UNIT
SETS_A_LIMIT = frozenset({Level.REMINDER, Level.LETTER, Level.INTERVIEW})
# What must have been tried before, unless the conduct is grave.
COMES_AFTER: Mapping[Level, Level | None] = {
    Level.REMINDER: None,
    Level.LETTER: Level.REMINDER,
    Level.INTERVIEW: Level.LETTER,
    Level.DIRECTORS_MEETING: Level.INTERVIEW,
    Level.INSTRUMENT: Level.DIRECTORS_MEETING,
}
GRAVE = frozenset({Trigger.SHIRKING, Trigger.NOT_CARRIED_OUT, Trigger.FRAUD})


class RecommendationKind(Word):
    """三项建议 (R05 §36–38, R22 §40)."""

    IMPROVE_WORK = "improve_work", "改进工作建议"
    IMPROVE_POLICY = "improve_policy", "完善政策建议"
    ACCOUNTABILITY = "accountability", "追究责任建议"


class RecommendationState(Word):
    """建议状态: drafted by one person, made by another, answered by the unit."""

    DRAFTED = "drafted", "待批准"
    SENT_BACK = "sent_back", "退回"
    MADE = "made", "已提出"
    ANSWERED = "answered", "已反馈"


class Adoption(Word):
    """采纳情况: what the unit says that it made of a recommendation (R22 §40)."""

    YES = "yes", "采纳"
    PARTLY = "partly", "部分采纳"
    NO = "no", "未采纳"


# A step of D5 that chose a recommendation is carried out by one of its kind.
KIND_OF: Mapping[Instrument, RecommendationKind] = {
    Instrument.IMPROVE_WORK: RecommendationKind.IMPROVE_WORK,
    Instrument.IMPROVE_POLICY: RecommendationKind.IMPROVE_POLICY,
    Instrument.ACCOUNTABILITY: RecommendationKind.ACCOUNTABILITY,
}
