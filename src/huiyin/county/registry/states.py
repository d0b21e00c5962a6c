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


class Addressee(Word):
    """收信人: whom an envelope names."""

    CONGRESS = "congress", "县人大常委会"
    LEADER = "leader", "领导本人"
    OFFICE = "office", "信访办公室"


class UrgentReceiver(Word):
    """重大紧急的报告对象: who is told by telephone before registration (R22 §25)."""

    DUTY_LEADER = "duty_leader", "值班领导"
    PARTY_OFFICE = "party_office", "县委办公室"
    GOVERNMENT_OFFICE = "government_office", "县政府办公室"
    JOINT_CONFERENCE = "joint_conference", "信访联席会议办公室"


class Elsewhere(Word):
    """此前是否在别处处理: what a petitioner says on the page of where the thing has been."""

    NONE = "none", "没有"
    COURT = "court", "法院（诉讼）"
    ARBITRATION = "arbitration", "仲裁"
    REVIEW = "review", "行政复议"
    OTHER_ORGAN = "other_organ", "其他机关"


class Relation(Word):
    """与前件的关系: what the clerk decides while registering; the software only suggests."""

    NEW = "new", "新事项"
    REPEAT = "repeat", "重复件"
    JOINS = "joins", "同一事项"


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


class Jurisdiction(Word):
    """管辖: whose matter it is by law."""

    COUNTY = "county", "本县有关单位"
    SUPERIOR = "superior", "上级机关"
    ELSEWHERE = "elsewhere", "其他地方"
    OTHER_ROUTE = "other_route", "诉讼、仲裁、复议等法定途径"


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
    PROPOSED = "proposed", "已拟办"
    ASSIGNED = "assigned", "已交办"
    REFERRED = "referred", "已转送"
    INTERNAL = "internal", "直接办理"
    TRANSFERRED_SEALED = "transferred_sealed", "已移送"
    GUIDED = "guided", "已引导"
    NOT_REACCEPTED = "not_reaccepted", "不再受理"
    FILED = "filed", "存查"
    MERGED = "merged", "已并入"
    DISPUTED = "disputed", "有异议"
    IN_PROGRESS = "in_progress", "办理中"
    REPORTED = "reported", "已报结"
    RETURNED = "returned", "已退回"
    VERIFIED = "verified", "审核通过"
    REPLIED = "replied", "已答复"
    CLOSED = "closed", "办结"
    ARCHIVED = "archived", "已归档"
    VOIDED = "voided", "作废"


DISPOSED = frozenset(
    {
        State.ASSIGNED,
        State.REFERRED,
        State.INTERNAL,
        State.TRANSFERRED_SEALED,
        State.GUIDED,
        State.NOT_REACCEPTED,
        State.FILED,
        State.MERGED,
    }
)

MOVES: Mapping[State, frozenset[State]] = {
    # 密件 is taken down as a number and goes sealed upward: nobody here reads or classifies it.
    State.REGISTERED: frozenset({State.READ, State.TRANSFERRED_SEALED, State.VOIDED}),
    State.READ: frozenset({State.CLASSIFIED, State.VOIDED}),
    State.CLASSIFIED: DISPOSED | {State.CLASSIFIED, State.PROPOSED, State.VOIDED},
    State.PROPOSED: DISPOSED | {State.CLASSIFIED, State.VOIDED},
    State.ASSIGNED: frozenset({State.IN_PROGRESS, State.DISPUTED, State.CLASSIFIED, State.VOIDED}),
    State.REFERRED: frozenset({State.REPLIED, State.DISPUTED, State.CLASSIFIED}),
    State.INTERNAL: frozenset({State.IN_PROGRESS, State.CLASSIFIED}),
    State.TRANSFERRED_SEALED: frozenset({State.REPLIED, State.CLOSED}),
    State.DISPUTED: frozenset({State.ASSIGNED, State.REFERRED, State.IN_PROGRESS, State.CLASSIFIED}),
    State.IN_PROGRESS: frozenset({State.REPORTED, State.DISPUTED, State.CLASSIFIED}),
    State.REPORTED: frozenset({State.RETURNED, State.VERIFIED}),
    State.RETURNED: frozenset({State.REPORTED}),
    State.VERIFIED: frozenset({State.REPLIED}),
    State.GUIDED: frozenset({State.REPLIED}),
    State.NOT_REACCEPTED: frozenset({State.REPLIED}),
    State.FILED: frozenset({State.CLOSED}),
    State.MERGED: frozenset({State.CLOSED}),
    State.REPLIED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.ARCHIVED}),
    State.ARCHIVED: frozenset(),
    State.VOIDED: frozenset(),
}
ENDED = frozenset({State.CLOSED, State.ARCHIVED, State.VOIDED})
OPEN = frozenset(State) - ENDED
# While it stands here a unit answers for it; otherwise the office does.
WITH_UNIT = frozenset({State.ASSIGNED, State.INTERNAL, State.IN_PROGRESS, State.RETURNED})
