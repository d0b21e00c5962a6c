"""What an envelope, a call, a visit or an item handed in must tell, and how a petition follows an earlier one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.identity import read_phone
from huiyin.kernel.refusal import Refusal

from .rules import RECEIVERS, Classification, Registration
from .states import (
    WITH_UNIT,
    Addressee,
    Channel,
    Confidentiality,
    Origin,
    Relation,
    State,
    UrgentReceiver,
)

REVIEWERS = (Role.HEAD, Role.LEADER, Role.GROUP_HEAD)
SIGNERS_LIMIT = 2000
# From the assignment to the checked report a unit works on it: a repeat now is a reminder, not a second assignment.
IN_HANDLING = WITH_UNIT | {State.REFERRED, State.DISPUTED, State.REPORTED, State.VERIFIED}


@dataclass(frozen=True, slots=True)
class ReceiptDetails:
    """What else is written down of a receipt: the envelope, the call, who handed it in."""

    addressed_to: Addressee | None = None
    recipient: str = ""
    mail_number: str = ""
    caller_phone: str = ""
    representatives: tuple[str, ...] = ()
    origin_name: str = ""
    origin_number: str = ""
    origin_due_on: date | None = None
    origin_words: str = ""


@dataclass(frozen=True, slots=True)
class UrgentEntry:
    """重大紧急报告: who was told by telephone, on which number, when, and what was said."""

    to: UrgentReceiver
    person: str
    phone: str
    words: str
    reported_at: datetime


def check_details(
    details: ReceiptDetails, *, channel: Channel, origin: Origin, received_on: date, postmarked_on: date | None
) -> None:
    """Refuse details that contradict the channel or the source (DOMAIN §4, 已收件)."""
    if postmarked_on is not None and channel is not Channel.LETTER:
        raise Refusal("receipt.postmark_without_letter", "只有来信才填邮戳日期")
    if postmarked_on is not None and postmarked_on > received_on:
        raise Refusal(
            "receipt.postmark_after_receipt",
            f"邮戳日期{show_day(postmarked_on)}晚于收件日期{show_day(received_on)}，请核对",
        )
    if details.mail_number and channel is not Channel.LETTER:
        raise Refusal("receipt.mail_number_without_letter", "只有来信才填挂号信编号")
    if details.addressed_to is Addressee.LEADER and not details.recipient.strip():
        raise Refusal("receipt.recipient_missing", "写给领导本人的，请填写信封上的姓名")
    if details.caller_phone:
        read_phone(details.caller_phone)
    if details.representatives and channel is not Channel.WALK_IN:
        raise Refusal("petition.representatives_without_visit", "只有来访才登记代表；联名信请填联名人数")
    check_origin(details, origin=origin, received_on=received_on)


def check_origin(details: ReceiptDetails, *, origin: Origin, received_on: date) -> None:
    """Refuse an item from above without its source, and a source on what came directly (DOMAIN §4, §5)."""
    told = (details.origin_name, details.origin_number, details.origin_words)
    if origin is Origin.DIRECT:
        if any(text.strip() for text in told) or details.origin_due_on is not None:
            raise Refusal("receipt.origin_without_source", "群众直接反映的不填交办来源；请先选择来源")
        return
    if not details.origin_name.strip():
        raise Refusal("receipt.origin_name_missing", f"{origin.label}的，请写明交来的人或机关")
    if origin is Origin.INSPECTION_TEAM and not details.origin_words.strip():
        raise Refusal("receipt.activity_missing", "执法检查组转来的，请写明是哪一次执法检查、视察或调查")
    if details.origin_due_on is not None and details.origin_due_on < received_on:
        raise Refusal(
            "receipt.origin_due_before_receipt",
            f"要求反馈的日期{show_day(details.origin_due_on)}早于收件日期{show_day(received_on)}，请核对",
        )


def check_may_report_urgent(by: Person) -> None:
    """Refuse whoever takes in nothing: whoever takes it in calls at once (R22 §25)."""
    check_has_role(by, *RECEIVERS, act="报告重大紧急事项")


def check_urgent_reason(reason: str) -> None:
    """Refuse an urgent mark without its reason."""
    if not reason.strip():
        raise Refusal("receipt.urgent_reason_missing", "标记重大紧急须写明紧急情况")


def check_urgent_entry(entry: UrgentEntry, *, received_on: date, at: datetime) -> None:
    """Refuse a report without a person, a number or words, one from the future, and one before the receipt.

    An office's short number is one, too.
    """
    is_number = any(sign.isdecimal() for sign in entry.phone)
    if not entry.person.strip() or not entry.words.strip() or not is_number:
        raise Refusal("receipt.urgent_report_incomplete", "请写明接听人、电话号码和报告内容")
    if entry.reported_at > at:
        raise Refusal("receipt.urgent_report_from_the_future", "报告时间晚于现在，请核对")
    if local_day(entry.reported_at) < received_on:
        raise Refusal("receipt.urgent_report_before_receipt", "报告时间早于收件日期，请核对")


def check_urgent_reported(told: Collection[str]) -> None:
    """Refuse to call an urgent report complete before the duty leader was told (R22 §25)."""
    if UrgentReceiver.DUTY_LEADER.value not in told:
        raise Refusal("receipt.duty_leader_not_told", "重大紧急事项须先报告值班领导，记下接听人和时间")


def check_urgent_before_registration(*, is_urgent: bool, is_reported: bool) -> None:
    """Refuse to register what is urgent before the calls were made and recorded (R22 §25)."""
    if is_urgent and not is_reported:
        raise Refusal("receipt.urgent_not_reported", "重大紧急事项先电话报告、完成报告记录，再登记")


def check_registered_once(*, is_registered: bool, is_split: bool) -> None:
    """Refuse to register a receipt again by mistake: only another matter of the same letter is a second petition."""
    if is_registered and not is_split:
        raise Refusal("receipt.registered_already", "这份收件已经登记；一信多事的，请用“再登记一件”")
    if is_split and not is_registered:
        raise Refusal("receipt.nothing_to_split", "还没有登记第一件，不能拆分")


def check_signers(names: Iterable[str], *, signer_count: int, channel: Channel) -> None:
    """Refuse more names than signers, a name without letters, and joint signers of a visit."""
    signers = tuple(names)
    if not signers:
        return
    if channel is Channel.WALK_IN:
        raise Refusal("petition.signers_of_a_visit", "来访登记代表，不登记联名人")
    if len(signers) > SIGNERS_LIMIT:
        raise Refusal("petition.too_many_signers", f"联名人姓名最多登记{SIGNERS_LIMIT}个，其余只填人数")
    if any(not name.strip() for name in signers):
        raise Refusal("petition.signer_without_name", "联名人姓名不能是空的")
    if len(signers) > signer_count:
        raise Refusal(
            "petition.fewer_signers_than_names", f"联名人数{signer_count}人少于登记的{len(signers)}个姓名，请核对"
        )


def check_relation(registration: Registration) -> None:
    """Refuse a repeat or a joining that names no earlier petition, and an earlier one of what is new."""
    if registration.relation is Relation.NEW and registration.earlier_id is not None:
        raise Refusal("petition.earlier_of_a_new_one", "选了新事项，就不填原信访件编号")
    if registration.relation is not Relation.NEW and registration.earlier_id is None:
        raise Refusal("petition.repeated_missing", f"{registration.relation.label}请指明是哪一件")
    if registration.relation is not Relation.NEW and registration.confidentiality is Confidentiality.NUMBER_ONLY:
        raise Refusal("petition.number_only_joins_nothing", "密件不与其他信访件并列")


def is_in_handling(state: str) -> bool:
    """Whether a unit works on a petition in this state: a repeat is then merged and becomes a reminder."""
    return State(state) in IN_HANDLING


def check_reviewed_before_deciding(*, is_reviewed: bool, is_important: bool) -> None:
    """Refuse to dispose of what is important before a second person has looked at its classification (DOMAIN §4).

    An ordinary one may be decided: where one person works alone, the missing review is shown and made up for.
    """
    if is_important and not is_reviewed:
        raise Refusal("disposition.needs_review", "重要信访件的归类须先由负责人或领导复核，再作处理决定")


def check_may_review(by: Person) -> None:
    """Refuse whoever does not review classifications."""
    check_has_role(by, *REVIEWERS, act="复核归类")


may_review = may(check_may_review)
may_report_urgent = may(check_may_report_urgent)


def check_review(*, is_classified: bool, by_id: int, classified_by_id: int | None) -> None:
    """Refuse to review what is not classified, and one's own classification."""
    if not is_classified:
        raise Refusal("petition.not_classified", "还没有归类，不能复核")
    if by_id == classified_by_id:
        raise Refusal("petition.review_needs_second_person", "自己归类的须由另一人复核")


def check_article(classification: Classification) -> None:
    """Refuse an article of no law."""
    if classification.article.strip() and not classification.statute_code:
        raise Refusal("petition.article_without_statute", "填了条款，请同时选择是哪一部法律")
