"""Words of the second half of supervision: findings, report, opinion items, response, follow-up, effect."""

from collections.abc import Mapping

from huiyin.kernel.words import Word


class Severity(Word):
    """问题的程度."""

    MINOR = "minor", "一般"
    SERIOUS = "serious", "较重"
    GRAVE = "grave", "严重"


class ReportState(Word):
    """执法检查报告 on its way to the session."""

    WRITTEN = "written", "起草"
    APPROVED = "approved", "已审定"
    SUBMITTED = "submitted", "已提请审议"
    REPLACED = "replaced", "已有新稿"


REPORT_MOVES: Mapping[ReportState, frozenset[ReportState]] = {
    ReportState.WRITTEN: frozenset({ReportState.APPROVED, ReportState.REPLACED}),
    ReportState.APPROVED: frozenset({ReportState.SUBMITTED, ReportState.REPLACED}),
    ReportState.SUBMITTED: frozenset(),
    ReportState.REPLACED: frozenset(),
}


class ItemKind(Word):
    """What an item of 审议意见 is."""

    OVERALL = "overall", "总体评价"
    PROBLEM = "problem", "主要问题"
    SUGGESTION = "suggestion", "改进建议"


# What the unit answers point by point; the overall view wants no answer.
WANTS_ANSWER = frozenset({ItemKind.PROBLEM, ItemKind.SUGGESTION})


class OpinionState(Word):
    """审议意见 and what became of it."""

    WRITTEN = "written", "起草"
    APPROVED = "approved", "已审定待送交"
    SENT = "sent", "已送交待反馈"
    ANSWERED = "answered", "已反馈待审查"
    RETURNED = "returned", "退回重新研究处理"
    TABLED = "tabled", "提请常委会审议"
    ACCEPTED = "accepted", "审查认可"


OPINION_MOVES: Mapping[OpinionState, frozenset[OpinionState]] = {
    OpinionState.WRITTEN: frozenset({OpinionState.APPROVED}),
    OpinionState.APPROVED: frozenset({OpinionState.SENT}),
    OpinionState.SENT: frozenset({OpinionState.ANSWERED}),
    OpinionState.ANSWERED: frozenset({OpinionState.ACCEPTED, OpinionState.RETURNED, OpinionState.TABLED}),
    OpinionState.RETURNED: frozenset({OpinionState.ANSWERED}),
    OpinionState.TABLED: frozenset({OpinionState.ACCEPTED, OpinionState.RETURNED}),
    OpinionState.ACCEPTED: frozenset(),
}
# In these the unit owes an answer.
OWES_ANSWER = frozenset({OpinionState.SENT, OpinionState.RETURNED})
# In these the unit has the opinion before it.
WITH_UNIT = frozenset(OpinionState) - {OpinionState.WRITTEN, OpinionState.APPROVED}


class ItemResult(Word):
    """How far the unit says an item was carried out."""

    DONE = "done", "已完成"
    UNDER_WAY = "under_way", "正在办理"
    NOT_DONE = "not_done", "未办理"


class ResponseDecision(Word):
    """What the committee made of 研究处理情况."""

    ACCEPTED = "accepted", "认可"
    RETURNED = "returned", "退回"
    TABLED = "tabled", "提请常委会审议"


STATE_AFTER: Mapping[ResponseDecision, OpinionState] = {
    ResponseDecision.ACCEPTED: OpinionState.ACCEPTED,
    ResponseDecision.RETURNED: OpinionState.RETURNED,
    ResponseDecision.TABLED: OpinionState.TABLED,
}


class RatingResult(Word):
    """满意度测评的结果."""

    SATISFIED = "satisfied", "满意"
    MOSTLY = "mostly", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class FollowUpKind(Word):
    """What the standing committee does after the answer (JD24 §37, §47)."""

    FOLLOW_UP_CHECK = "follow_up_check", "跟踪检查"
    RESOLUTION = "resolution", "决议"
    SPECIAL_INQUIRY = "special_inquiry", "专题询问"
