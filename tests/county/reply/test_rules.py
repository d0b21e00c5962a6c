"""答复、送达、办结: what makes an echo."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from huiyin.county.registry.states import State
from huiyin.county.reply import rules
from huiyin.county.reply.states import FINAL, Method, ReplyKind, Satisfaction
from huiyin.kernel.refusal import Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")


def on(day: int) -> datetime:
    return datetime(2026, 4, day, 9, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("proof", "delivered", "code"),
    [
        ("", 13, "reply.proof_missing"),
        ("挂号信XA00000001", 15, "reply.delivered_in_the_future"),
        ("挂号信XA00000001", 8, "reply.delivered_before_written"),
        ("挂号信XA00000001", 13, None),
    ],
)
def test_a_delivery_has_proof_and_a_possible_moment(proof, delivered, code):
    def check() -> None:
        rules.check_delivery(proof=proof, delivered_at=on(delivered), replied_at=on(9), at=on(14))

    if code is None:
        check()
        return
    with pytest.raises(Refusal) as refused:
        check()
    assert refused.value.code == code


def test_a_delivery_in_the_minute_of_the_reply_is_in_order_and_one_the_minute_before_is_not():
    replied_at = on(9).replace(minute=30, second=40)
    same_minute, minute_before = replied_at.replace(second=0), replied_at.replace(minute=29, second=59)
    rules.check_delivery(proof="本人签收", delivered_at=same_minute, replied_at=replied_at, at=on(14))
    with pytest.raises(Refusal) as refused:
        rules.check_delivery(proof="本人签收", delivered_at=minute_before, replied_at=replied_at, at=on(14))
    assert refused.value.code == "reply.delivered_before_written"


@pytest.mark.parametrize(
    ("method", "named", "proof", "refused"),
    [
        (Method.IMPOSSIBLE, True, "联系不上", True),
        (Method.IMPOSSIBLE, True, "电话三次无人接听，信件退回", False),
        (Method.IMPOSSIBLE, False, "匿名，无联系方式", False),
        (Method.POST, True, "挂号信", False),
    ],
)
def test_a_named_petitioner_is_unreachable_only_after_attempts(method, named, proof, refused):
    if refused:
        with pytest.raises(Refusal, match="尝试送达"):
            rules.check_may_be_undeliverable(method, is_named=named, proof=proof)
    else:
        rules.check_may_be_undeliverable(method, is_named=named, proof=proof)


@pytest.mark.parametrize(
    ("delivered", "needed", "refused"), [(False, True, True), (True, True, False), (False, False, False)]
)
def test_nothing_is_closed_without_its_delivery(delivered, needed, refused):
    if refused:
        with pytest.raises(Refusal, match="送达凭证"):
            rules.check_close(is_delivered=delivered, needs_delivery=needed)
    else:
        rules.check_close(is_delivered=delivered, needs_delivery=needed)


def test_dissatisfaction_says_why():
    with pytest.raises(Refusal, match="写明原因"):
        rules.check_evaluation(Satisfaction.DISSATISFIED, " ")
    rules.check_evaluation(Satisfaction.DISSATISFIED, "至今没有退款")
    rules.check_evaluation(Satisfaction.MOSTLY, "")


def test_telling_of_the_receipt_is_no_echo():
    assert ReplyKind.RECEIPT not in FINAL
    assert rules.final_kind_for(State.GUIDED) is ReplyKind.GUIDANCE
    assert rules.final_kind_for(State.VERIFIED) is ReplyKind.OUTCOME
