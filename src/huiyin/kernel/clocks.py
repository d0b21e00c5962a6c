"""Clocks: the separate limits of the office, each with its own name, and the units they are counted in."""

from collections.abc import Mapping

from .words import Word


class TimeUnit(Word):
    """What a limit is counted in."""

    DAYS = "days", "日"
    WORKING_DAYS = "working_days", "个工作日"
    MONTHS = "months", "个月"


class Clock(Word):
    """One limit: what has to be done before it ends."""

    REGISTER = "register", "登记"
    URGENT_REGISTER = "urgent_register", "重大紧急补登记"
    CLASSIFY = "classify", "归类"
    DISPOSITION = "disposition", "受理处理并告知"
    NEXT_STEP = "next_step", "信访办下一步"
    NOTICE = "notice", "承办单位告知"
    SEALED_TRANSFER = "sealed_transfer", "密件移送"
    SIGN = "sign", "签收"
    OBJECTION = "objection", "提出异议"
    PROGRESS = "progress", "反馈进展"
    FINISH = "finish", "转办办结"
    REPORT = "report", "交办报结"
    RECTIFICATION = "rectification", "补正"
    OVERSIGHT = "oversight", "督办办结"
    SIMPLE_ACCEPT = "simple_accept", "简易受理"
    SIMPLE_REPLY = "simple_reply", "简易答复"
    RE_EXAMINATION_ASK = "re_examination_ask", "申请复查"
    RE_EXAMINATION = "re_examination", "复查答复"
    FINAL_REVIEW_ASK = "final_review_ask", "申请复核"
    FINAL_REVIEW = "final_review", "复核答复"
    OPINION_SENT = "opinion_sent", "送交审议意见"
    OPINION_ANSWER = "opinion_answer", "反馈研究处理情况"
    OPINION_REPORT = "opinion_report", "报告落实情况"


STARTS: Mapping[Clock, str] = {
    Clock.REGISTER: "收件之日",
    Clock.URGENT_REGISTER: "报告之日",
    Clock.CLASSIFY: "收件之日",
    Clock.DISPOSITION: "收件之日",
    Clock.NEXT_STEP: "进入本环节之日",
    Clock.NOTICE: "承办单位收到之日",
    Clock.SEALED_TRANSFER: "收件之日",
    Clock.SIGN: "送达之日",
    Clock.OBJECTION: "承办单位收到之日",
    Clock.PROGRESS: "上次反馈或收到之日",
    Clock.FINISH: "受理之日",
    Clock.REPORT: "承办单位收到之日",
    Clock.RECTIFICATION: "退回之日",
    Clock.OVERSIGHT: "督办函发出之日",
    Clock.SIMPLE_ACCEPT: "收件之日",
    Clock.SIMPLE_REPLY: "受理之日",
    Clock.RE_EXAMINATION_ASK: "收到答复之日",
    Clock.RE_EXAMINATION: "收到复查请求之日",
    Clock.FINAL_REVIEW_ASK: "收到复查意见之日",
    Clock.FINAL_REVIEW: "收到复核请求之日",
    Clock.OPINION_SENT: "会议结束之日",
    Clock.OPINION_ANSWER: "收到审议意见之日",
    Clock.OPINION_REPORT: "收到审议意见之日",
}
"""The event each limit is counted from; the day of the event is day 0."""
LAPSING = frozenset({Clock.OBJECTION})
"""Rights, not duties: when such a limit ends nobody is late, and it is nobody's next step."""
