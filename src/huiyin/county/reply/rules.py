"""What makes an answer an echo, and what must stand before a petition is closed."""

from datetime import date, datetime

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.registry.states import Purpose, State
from huiyin.kernel.refusal import Refusal

from .states import EvaluationStanding, Method, ReopenGround, ReopenState, ReplyKind, Satisfaction

# 办结之后这么多天内可以评价，过期记为超期未评价。
EVALUATION_DAYS = 30
ANSWERED = frozenset({State.REPLIED, State.CLOSED, State.ARCHIVED})
ANSWERERS = (Role.CLERK, Role.HEAD, Role.RESTRICTED)


def check_may_reply(by: Person) -> None:
    """Refuse whoever does not answer for the office."""
    check_has_role(by, *ANSWERERS, act="答复")


def check_may_close(by: Person) -> None:
    """Refuse whoever does not close."""
    check_has_role(by, *ANSWERERS, Role.LEADER, act="办结")


may_reply = may(check_may_reply)
may_close = may(check_may_close)


def check_reply(text: str) -> None:
    """Refuse an answer that says nothing."""
    if not text.strip():
        raise Refusal("reply.text_missing", "请填写答复内容")


def check_delivery(*, proof: str, delivered_at: datetime, replied_at: datetime, at: datetime) -> None:
    """Refuse a delivery without proof, from the future, or before the answer was written."""
    if not proof.strip():
        raise Refusal("reply.proof_missing", "请填写送达凭证，例如挂号信编号、签收人、通话时间")
    if delivered_at > at:
        raise Refusal("reply.delivered_in_the_future", "送达时间不能晚于现在")
    if delivered_at < replied_at.replace(second=0, microsecond=0):  # a moment of delivery is written to the minute
        raise Refusal("reply.delivered_before_written", "送达时间不能早于答复时间")


def check_may_be_undeliverable(method: Method, *, is_named: bool, proof: str) -> None:
    """Refuse to call a named petitioner unreachable without the attempt on record."""
    if method is Method.IMPOSSIBLE and is_named and "次" not in proof and "退" not in proof:
        raise Refusal("reply.attempt_missing", "实名信访无法送达的，须写明尝试送达的次数或退件情况")


def check_close(*, is_delivered: bool, needs_delivery: bool) -> None:
    """Refuse closing without a delivered answer (DOMAIN §4: closing without proof of delivery)."""
    if needs_delivery and not is_delivered:
        raise Refusal("petition.not_delivered", "还没有送达凭证，不能办结")


def check_slip(*, has_slip: bool) -> None:
    """Refuse to close what went sealed before the receiver's slip is back (DOMAIN §6)."""
    if not has_slip:
        raise Refusal("petition.slip_missing", "还没有收到移送回执，不能办结")


def check_evaluation(satisfaction: Satisfaction, reason: str) -> None:
    """Refuse dissatisfaction without its reason."""
    if satisfaction is Satisfaction.DISSATISFIED and not reason.strip():
        raise Refusal("evaluation.reason_missing", "选择“不满意”请写明原因")


def final_kind_for(state: State, purpose: str = "") -> ReplyKind:
    """Return which kind of answer ends a petition that stands in this state; a suggestion hears what was adopted."""
    if state is State.VERIFIED and purpose == Purpose.SUGGESTION.value:
        return ReplyKind.ADOPTION
    return {
        State.GUIDED: ReplyKind.GUIDANCE,
        State.NOT_REACCEPTED: ReplyKind.NOT_REACCEPTED,
        State.REFERRED: ReplyKind.TRANSFER,
        State.TRANSFERRED_SEALED: ReplyKind.TRANSFER,
    }.get(state, ReplyKind.OUTCOME)


def check_may_decide_reopening(by: Person) -> None:
    """Refuse whoever does not decide whether a petition is taken up again."""
    check_has_role(by, *ANSWERERS, act="决定是否重新办理")


def check_reopening_asked(words: str, state: State, ground: ReopenGround, *, is_asked: bool) -> None:
    """Refuse to reopen what is not answered, without a reason, for dissatisfaction nobody voiced, or twice."""
    if not words.strip():
        raise Refusal("reopening.words_missing", "请写明申请重新办理的理由或新的事实")
    if ground is ReopenGround.DISSATISFIED:
        raise Refusal("reopening.by_evaluation", "信访人不满意的，请记满意度评价，申请随评价产生")
    if state not in ANSWERED:
        raise Refusal("reopening.too_early", "本件还在办理，不需要重新办理")
    if is_asked:
        raise Refusal("reopening.asked_already", "已有一项申请等待决定")


def check_reopening_decided(decision: str, *, state: ReopenState) -> None:
    """Refuse a decision without reasons, and a second one."""
    if state is not ReopenState.ASKED:
        raise Refusal("reopening.decided_already", f"这项申请{state.label}，不能再次决定")
    if not decision.strip():
        raise Refusal("reopening.decision_missing", "请写明决定的理由")


def check_archive(file_number: str, pages: int, *, is_taken: bool) -> None:
    """Refuse a file without number or pages, and a number that another file bears."""
    if not file_number.strip():
        raise Refusal("archive.number_missing", "请填写档号")
    if is_taken:
        raise Refusal("archive.number_taken", "已有案卷使用这个档号")
    if pages < 1:
        raise Refusal("archive.pages_missing", "请填写页数")


may_decide_reopening = may(check_may_decide_reopening)


def evaluation_standing(*, closed_on: date | None, evaluated: bool, today: date) -> EvaluationStanding:
    """Return whether a closed petition was evaluated, is still asked, or was not answered in time."""
    if evaluated:
        return EvaluationStanding.DONE
    if closed_on is not None and (today - closed_on).days > EVALUATION_DAYS:
        return EvaluationStanding.OVER
    return EvaluationStanding.ASKED
