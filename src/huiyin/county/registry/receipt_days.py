"""更正收件日期: which day a receipt may be given afterwards, and whose agreement that takes (DOMAIN §4)."""

from datetime import date

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.kernel.calendar import show_day
from huiyin.kernel.refusal import Refusal

from .rules import REGISTRARS


def check_may_correct(by: Person) -> None:
    """Refuse whoever does not keep the register."""
    check_has_role(by, *REGISTRARS, act="更正收件日期")


may_correct = may(check_may_correct)


def check_new_day(received_on: date, *, stood: date, taken_on: date, postmarked_on: date | None) -> None:
    """Refuse the same day again, one after the receipt was written down, and one before the postmark."""
    if received_on == stood:
        raise Refusal("receipt.day_unchanged", f"收件日期已经是{show_day(stood)}")
    if received_on > taken_on:
        raise Refusal("receipt.day_after_taking", f"本件{show_day(taken_on)}已经记入收件登记簿，收件日期不能晚于这一天")
    if postmarked_on is not None and postmarked_on > received_on:
        raise Refusal(
            "receipt.postmark_after_receipt",
            f"邮戳日期{show_day(postmarked_on)}晚于收件日期{show_day(received_on)}，请核对",
        )


def check_correction(reason: str, *, is_earlier: bool, by_id: int, approver_id: int | None) -> None:
    """Refuse a correction without its reason, and back-dating that no second person agreed to (DOMAIN §4)."""
    if not reason.strip():
        raise Refusal("receipt.correction_reason_missing", "更正收件日期须写明原因")
    if is_earlier and approver_id in {None, by_id}:
        raise Refusal("receipt.backdated", "收件日期不得倒签；确属误记须提前的，由另一人批准")


def check_same_rules(before: str, after: str) -> None:
    """Refuse a day on which another rule set was in force: a stored date is never rewritten by it (DOMAIN §5)."""
    if before != after:
        raise Refusal(
            "receipt.other_rules", "更正后的日期适用另一版规则，本件已按原规则登记；请作废后按正确的日期重新收件登记"
        )
