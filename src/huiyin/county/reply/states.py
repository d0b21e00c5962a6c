"""Replies and how they reach the petitioner."""

from huiyin.kernel.words import Word


class ReplyKind(Word):
    """回音: what the petitioner is told."""

    RECEIPT = "receipt", "受理告知"
    OUTCOME = "outcome", "办理结果答复"
    GUIDANCE = "guidance", "引导告知"
    NOT_REACCEPTED = "not_reaccepted", "不再受理告知"
    TRANSFER = "transfer", "转送移送告知"
    ADOPTION = "adoption", "建议采纳答复"


# A receipt tells the way, not the result: it is no final echo (DOMAIN §7, M4).
FINAL = frozenset(ReplyKind) - {ReplyKind.RECEIPT}


class Method(Word):
    """送达方式."""

    POST = "post", "邮寄"
    IN_PERSON = "in_person", "当面送达"
    PHONE = "phone", "电话告知"
    MESSAGE = "message", "短信告知"
    PAGE = "page", "网上告知"
    IMPOSSIBLE = "impossible", "无法送达"


class EvaluationStanding(Word):
    """Where the question for the petitioner's satisfaction stands."""

    ASKED = "asked", "待评价"
    DONE = "done", "已评价"
    OVER = "over", "超期未评价"


class ReopenState(Word):
    """Where a request to reopen stands."""

    ASKED = "asked", "待决定"
    AGREED = "agreed", "已重新办理"
    REFUSED = "refused", "不重新办理"


class ReopenGround(Word):
    """Why a petition is asked to be taken up again."""

    DISSATISFIED = "dissatisfied", "信访人不满意"
    NEW_FACTS = "new_facts", "有新的事实或证据"
    NOT_CARRIED_OUT = "not_carried_out", "处理结果没有落实"


class Retention(Word):
    """保管期限 of an archived file."""

    PERMANENT = "permanent", "永久"
    THIRTY_YEARS = "thirty_years", "30年"
    TEN_YEARS = "ten_years", "10年"


class Satisfaction(Word):
    """满意度评价."""

    SATISFIED = "satisfied", "满意"
    MOSTLY = "mostly", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
