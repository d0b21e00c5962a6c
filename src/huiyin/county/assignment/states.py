"""What the office decides for a petition, and how an assignment moves."""

from collections.abc import Mapping

from huiyin.kernel.words import Word


class DispositionKind(Word):
    """处理方式: everything the office can decide for a classified petition."""

    ASSIGNMENT = "assignment", "交办"
    REFERRAL = "referral", "转送"
    INTERNAL = "internal", "直接办理"
    GUIDANCE = "guidance", "引导告知"
    NOT_REACCEPTED = "not_reaccepted", "不再受理"
    FILED = "filed", "存查"
    MERGED = "merged", "并入"
    SEALED_TRANSFER = "sealed_transfer", "移送"


class ProposalState(Word):
    """拟办状态: what became of a proposed disposition."""

    PENDING = "pending", "待批"
    CARRIED_OUT = "carried_out", "已批准办理"
    SENT_BACK = "sent_back", "退回重拟"
    SUPERSEDED = "superseded", "已按批示办理"


class DispatchMethod(Word):
    """发送方式: how a letter went to the unit."""

    SYSTEM = "system", "系统送达"
    EXCHANGE = "exchange", "公文交换"
    CONFIDENTIAL = "confidential", "机要交换"
    IN_PERSON = "in_person", "专人送达"
    POST = "post", "邮寄"


TO_A_UNIT = frozenset(
    {
        DispositionKind.ASSIGNMENT,
        DispositionKind.REFERRAL,
        DispositionKind.INTERNAL,
        DispositionKind.SEALED_TRANSFER,
    }
)
REPORTS_BACK = frozenset({DispositionKind.ASSIGNMENT, DispositionKind.INTERNAL})
# M3a counts these; the rest count in M3b when basis, approver and responsible person are on record.
GIVES_RESPONSIBILITY = TO_A_UNIT | {DispositionKind.MERGED}
LAWFUL_EXCEPTIONS = frozenset({DispositionKind.GUIDANCE, DispositionKind.NOT_REACCEPTED, DispositionKind.FILED})


class AssignmentState(Word):
    """交办件状态: where one unit stands with what it was given."""

    ISSUED = "issued", "已交办"
    SIGNED = "signed", "已签收"
    DISPUTED = "disputed", "有异议"
    REPORTED = "reported", "已反馈"
    RETURNED = "returned", "已退回"
    VERIFIED = "verified", "审核通过"
    WITHDRAWN = "withdrawn", "已撤回"


MOVES: Mapping[AssignmentState, frozenset[AssignmentState]] = {
    AssignmentState.ISSUED: frozenset({AssignmentState.SIGNED, AssignmentState.DISPUTED, AssignmentState.WITHDRAWN}),
    AssignmentState.SIGNED: frozenset({AssignmentState.REPORTED, AssignmentState.DISPUTED, AssignmentState.WITHDRAWN}),
    # An objection that is refused leads back to where the unit stood.
    AssignmentState.DISPUTED: frozenset({AssignmentState.ISSUED, AssignmentState.SIGNED, AssignmentState.WITHDRAWN}),
    AssignmentState.REPORTED: frozenset({AssignmentState.RETURNED, AssignmentState.VERIFIED}),
    AssignmentState.RETURNED: frozenset({AssignmentState.REPORTED}),
    AssignmentState.VERIFIED: frozenset(),
    AssignmentState.WITHDRAWN: frozenset(),
}
# While it stands here the unit owes a report.
OWES = frozenset({AssignmentState.ISSUED, AssignmentState.SIGNED, AssignmentState.DISPUTED, AssignmentState.RETURNED})
FINISHED = frozenset({AssignmentState.VERIFIED, AssignmentState.WITHDRAWN})


class Outcome(Word):
    """What the unit says to one claim."""

    SUPPORTED = "supported", "支持"
    EXPLAINED = "explained", "解释说明"
    NOT_SUPPORTED = "not_supported", "不支持"


class ReturnReason(Word):
    """退回原因."""

    CLAIM_UNANSWERED = "claim_unanswered", "诉求未逐项答复"
    FACTS_UNCLEAR = "facts_unclear", "事实不清"
    BASIS_MISSING = "basis_missing", "依据不足"
    PROOF_MISSING = "proof_missing", "缺少送达凭证"
    NOT_CARRIED_OUT = "not_carried_out", "措施未落实"
    NEAR_COPY = "near_copy", "照搬以往答复"
    OUTCOME_UNCLEAR = "outcome_unclear", "结果与内容不符"


class ObjectionState(Word):
    """异议状态: what became of a unit's objection."""

    PENDING = "pending", "待处理"
    UPHELD = "upheld", "同意"
    REFUSED = "refused", "不同意"


class ExtensionState(Word):
    """延期状态: what became of the wish for more time."""

    PENDING = "pending", "待批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"


class TellingMethod(Word):
    """告知方式: how a unit told the petitioner of something on the way."""

    WRITTEN = "written", "书面"
    PHONE = "phone", "电话"
    MESSAGE = "message", "短信"
    IN_PERSON = "in_person", "当面"
    WEB = "web", "网上"
    IMPOSSIBLE = "impossible", "无法告知"
