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
    REPORTED = "reported", "已反馈"
    RETURNED = "returned", "已退回"
    VERIFIED = "verified", "审核通过"
    WITHDRAWN = "withdrawn", "已撤回"


MOVES: Mapping[AssignmentState, frozenset[AssignmentState]] = {
    AssignmentState.ISSUED: frozenset({AssignmentState.SIGNED, AssignmentState.WITHDRAWN}),
    AssignmentState.SIGNED: frozenset({AssignmentState.REPORTED, AssignmentState.WITHDRAWN}),
    AssignmentState.REPORTED: frozenset({AssignmentState.RETURNED, AssignmentState.VERIFIED}),
    AssignmentState.RETURNED: frozenset({AssignmentState.REPORTED}),
    AssignmentState.VERIFIED: frozenset(),
    AssignmentState.WITHDRAWN: frozenset(),
}
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
