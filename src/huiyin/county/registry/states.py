"""The way of one petition, as a table, and the words that describe it."""

from collections.abc import Mapping

from huiyin.kernel.words import Word


class Channel(Word):
    """信访形式: how it reached the office."""

    LETTER = "letter", "来信"
    WALK_IN = "walk_in", "来访"
    PHONE = "phone", "来电"
    WEB = "web", "网上信访"


OWN_CHANNELS = frozenset({Channel.LETTER, Channel.WALK_IN})


class Origin(Word):
    """Who handed the item to the office."""

    DIRECT = "direct", "群众直接反映"
    LEADER = "leader", "领导交办"
    DEPUTY = "deputy", "代表转交"
    SUPERIOR = "superior", "上级交办转办"
    INSPECTION_TEAM = "inspection_team", "执法检查组转来"


class Purpose(Word):
    """信访目的."""

    APPEAL = "appeal", "申诉"
    CLAIM = "claim", "求决"
    SUGGESTION = "suggestion", "意见建议"
    ACCUSATION = "accusation", "揭发控告"
    INQUIRY = "inquiry", "咨询"
    OTHER = "other", "其他"


class PetitionerKind(Word):
    """What the office knows of the writer."""

    NAMED = "named", "实名"
    ANONYMOUS = "anonymous", "匿名"
    ILLEGIBLE = "illegible", "不清"


class Confidentiality(Word):
    """Who may see an item at all."""

    ORDINARY = "ordinary", "一般"
    SEALED = "sealed", "检举控告件"
    NUMBER_ONLY = "number_only", "密件"


class Recurrence(Word):
    """初次或重复: a person decides, the software only suggests."""

    FIRST = "first", "初次"
    REPEAT = "repeat", "重复"


class AttachmentKind(Word):
    """What a stored file is evidence of."""

    ORIGINAL = "original", "来信原件"
    RECORD = "record", "接谈笔录"
    REPORT = "report", "办结报告"
    REPLY = "reply", "答复文书"
    PROOF = "proof", "送达凭证"
    OTHER = "other", "其他材料"


class State(Word):
    """状态: where a petition stands."""

    REGISTERED = "registered", "已登记"
    READ = "read", "已阅/已接谈"
    CLASSIFIED = "classified", "已归类"
    ASSIGNED = "assigned", "已交办"
    REFERRED = "referred", "已转送"
    INTERNAL = "internal", "直接办理"
    GUIDED = "guided", "已引导"
    NOT_REACCEPTED = "not_reaccepted", "不再受理"
    FILED = "filed", "存查"
    MERGED = "merged", "已并入"
    IN_PROGRESS = "in_progress", "办理中"
    REPORTED = "reported", "已报结"
    RETURNED = "returned", "已退回"
    VERIFIED = "verified", "审核通过"
    REPLIED = "replied", "已答复"
    CLOSED = "closed", "办结"
    VOIDED = "voided", "作废"


MOVES: Mapping[State, frozenset[State]] = {
    State.REGISTERED: frozenset({State.READ, State.VOIDED}),
    State.READ: frozenset({State.CLASSIFIED, State.VOIDED}),
    State.CLASSIFIED: frozenset(
        {
            State.ASSIGNED,
            State.REFERRED,
            State.INTERNAL,
            State.GUIDED,
            State.NOT_REACCEPTED,
            State.FILED,
            State.MERGED,
            State.VOIDED,
        }
    ),
    State.ASSIGNED: frozenset({State.IN_PROGRESS, State.VOIDED}),
    State.REFERRED: frozenset({State.REPLIED}),
    State.INTERNAL: frozenset({State.IN_PROGRESS}),
    State.IN_PROGRESS: frozenset({State.REPORTED}),
    State.REPORTED: frozenset({State.RETURNED, State.VERIFIED}),
    State.RETURNED: frozenset({State.REPORTED}),
    State.VERIFIED: frozenset({State.REPLIED}),
    State.GUIDED: frozenset({State.REPLIED}),
    State.NOT_REACCEPTED: frozenset({State.REPLIED}),
    State.FILED: frozenset({State.CLOSED}),
    State.MERGED: frozenset({State.CLOSED}),
    State.REPLIED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
    State.VOIDED: frozenset(),
}
ENDED = frozenset({State.CLOSED, State.VOIDED})
OPEN = frozenset(State) - ENDED
