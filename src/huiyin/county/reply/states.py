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


class Satisfaction(Word):
    """满意度评价."""

    SATISFIED = "satisfied", "满意"
    MOSTLY = "mostly", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
