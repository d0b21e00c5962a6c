"""What may be taken in, registered, read and classified, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import UNIT_ROLES, Role
from huiyin.kernel.calendar import local_day, show_day
from huiyin.kernel.identity import read_identity_number, read_phone
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import RuleSet
from huiyin.platform.categories.national import top_codes

from .states import (
    ENDED,
    MOVES,
    AttachmentKind,
    Channel,
    Confidentiality,
    Jurisdiction,
    PetitionerKind,
    Purpose,
    Recurrence,
    Relation,
    State,
)

SUMMARY_LIMIT = 500
JOINT_FROM = 2
REGISTRARS = (Role.CLERK, Role.HEAD, Role.RESTRICTED)
RECEIVERS = (*REGISTRARS, Role.MAIL_ROOM, Role.LEADER)
READERS = (*REGISTRARS, Role.LEADER, Role.GROUP_HEAD)
UNIT_KINDS = frozenset({AttachmentKind.REPORT, AttachmentKind.REPLY, AttachmentKind.PROOF, AttachmentKind.OTHER})
NEEDED_ORIGINAL = {Channel.LETTER: AttachmentKind.ORIGINAL, Channel.WALK_IN: AttachmentKind.RECORD}
MEDIA_TYPES = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}
SIZE_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RepresentativeEntry:
    """代表: one who speaks for a group."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """What is written down when a receipt becomes a petition."""

    summary: str
    petitioner_kind: PetitionerKind = PetitionerKind.NAMED
    name: str = ""
    identity_number: str = ""
    phone: str = ""
    address: str = ""
    content: str = ""
    place: str = ""
    head_count: int = 1
    signer_count: int = 0
    representatives: tuple[RepresentativeEntry, ...] = ()
    claims: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    relation: Relation = Relation.NEW
    earlier_id: int | None = None
    is_split: bool = False
    confidentiality: Confidentiality = Confidentiality.ORDINARY
    source_number: str = ""


@dataclass(frozen=True, slots=True)
class Classification:
    """归类: what a petition is about and whether it was here before."""

    purpose: Purpose
    category_code: str
    category_path: str
    recurrence: Recurrence
    repeats_id: int | None = None
    tags: tuple[str, ...] = ()
    statute_code: str = ""
    article: str = ""
    jurisdiction: Jurisdiction = Jurisdiction.COUNTY
    is_litigation: bool = False
    wants_leader: bool = False


def check_may_take_receipt(by: Person) -> None:
    """Refuse whoever does not take in letters and visitors."""
    check_has_role(by, *RECEIVERS, act="收件")


def check_may_register(by: Person) -> None:
    """Refuse whoever does not register."""
    check_has_role(by, *REGISTRARS, act="登记")


def check_may_register_as(by: Person, confidentiality: Confidentiality) -> None:
    """Refuse an accusation registered by whoever may not see it afterwards (R22 §30)."""
    if confidentiality is not Confidentiality.ORDINARY:
        check_has_role(by, Role.RESTRICTED, act=f"登记{confidentiality.label}")


def check_may_attach(by: Person, kind: AttachmentKind) -> None:
    """Refuse whoever adds no evidence; a unit adds its own, never the original or the office's record."""
    check_has_role(by, *READERS, *UNIT_ROLES, act="上传附件")
    if by.role_set & UNIT_ROLES and kind not in UNIT_KINDS:
        raise Refusal("attachment.not_the_units", f"承办单位不能上传{kind.label}")


def check_may_read(by: Person) -> None:
    """Refuse whoever does not read letters or receive visitors."""
    check_has_role(by, *READERS, act="阅信接谈")


def check_may_classify(by: Person) -> None:
    """Refuse whoever does not classify."""
    check_has_role(by, *REGISTRARS, act="归类")


def check_may_keep(keeper: Person, confidentiality: Confidentiality) -> None:
    """Refuse a keeper who does not work on petitions of this kind."""
    check_has_role(keeper, *REGISTRARS, act="经办")
    check_may_register_as(keeper, confidentiality)


def check_may_approve(by: Person) -> None:
    """Refuse whoever cannot be the second person."""
    check_has_role(by, Role.HEAD, Role.LEADER, Role.GROUP_HEAD, act="审批")


may_take_receipt = may(check_may_take_receipt)
may_register = may(check_may_register)
may_read = may(check_may_read)
may_classify = may(check_may_classify)
may_approve = may(check_may_approve)


def check_move(now: State, then: State) -> None:
    """Refuse a move that the table of states does not have."""
    if then not in MOVES[now]:
        raise Refusal("petition.bad_move", f"{now.label}的信访件不能转为{then.label}", now=now.value, then=then.value)


def check_is_open(now: State) -> None:
    """Refuse any further act on what is closed or void."""
    if now in ENDED:
        raise Refusal("petition.ended", f"{now.label}的信访件不能再办理", now=now.value)


def check_still_to_be_decided(now: State) -> None:
    """Refuse to classify what was proposed or given away already: it comes back to 已归类 only by being taken back."""
    if now not in {State.READ, State.CLASSIFIED}:
        raise Refusal("petition.bad_move", f"{now.label}的信访件不能归类", now=now.value)


def check_received_on(received_on: date, *, at: datetime) -> None:
    """Refuse a receipt from the future."""
    today = local_day(at)
    if received_on > today:
        raise Refusal("receipt.from_the_future", f"收件日期{show_day(received_on)}晚于今天{show_day(today)}，请核对")


def check_head_count(head_count: int) -> None:
    """Refuse a visit by nobody."""
    if head_count < 1:
        raise Refusal("receipt.nobody_came", "来访人数至少为1人")


def check_registration(registration: Registration, *, channel: Channel, ruleset: RuleSet, today: date) -> None:
    """Refuse what lacks a required field, or has one that cannot be right (DOMAIN §4, 已登记)."""
    if not registration.summary.strip():
        raise Refusal("petition.summary_missing", "请填写概况")
    if len(registration.summary) > SUMMARY_LIMIT:
        raise Refusal("petition.summary_too_long", f"概况不超过{SUMMARY_LIMIT}字，其余请写入正文")
    if registration.petitioner_kind is PetitionerKind.NAMED and not registration.name.strip():
        raise Refusal("petition.name_missing", "实名信访请填写姓名；没有姓名请选“匿名”或“不清”")
    check_head_count(registration.head_count)
    if registration.identity_number:
        read_identity_number(registration.identity_number, today=today)
    if registration.phone:
        read_phone(registration.phone)
    check_representatives(registration.representatives, head_count=registration.head_count, ruleset=ruleset)
    if channel is not Channel.WALK_IN and registration.representatives:
        raise Refusal("petition.representatives_without_visit", "只有来访才登记代表；联名信请填联名人数")


def check_representatives(representatives: Iterable[RepresentativeEntry], *, head_count: int, ruleset: RuleSet) -> None:
    """Refuse too many representatives, more than came, or one without a name (R22 §20)."""
    people = tuple(representatives)
    ruleset.representatives.check(representatives=len(people), people=head_count)
    if len(people) > head_count:
        raise Refusal("petition.more_representatives_than_people", f"代表{len(people)}人多于来访{head_count}人")
    if any(not person.name.strip() for person in people):
        raise Refusal("petition.representative_without_name", "请填写每名代表的姓名")


def is_group(channel: Channel, head_count: int, ruleset: RuleSet) -> bool:
    """Whether a visit counts as 集体访: from the rule set's number of visitors on."""
    return channel is Channel.WALK_IN and head_count >= ruleset.group_visit.from_people


def is_joint(channel: Channel, signer_count: int) -> bool:
    """Whether a letter counts as 联名信: one petition with its signers, no group visit."""
    return channel is not Channel.WALK_IN and signer_count >= JOINT_FROM


def check_original_present(channel: Channel, kinds: Iterable[str], *, taken_over: bool) -> None:
    """Refuse to go on without the scan of the letter or the signed record (DOMAIN §4, 已登记).

    What was taken over from an old ledger keeps its gap, which the first promise shows.
    """
    needed = NEEDED_ORIGINAL.get(channel)
    if needed is not None and not taken_over and needed.value not in set(kinds):
        raise Refusal("petition.original_missing", f"请先上传{needed.label}", needed=needed.value)


def check_reading_note(note: str) -> None:
    """Refuse a reading that left no note."""
    if not note.strip():
        raise Refusal("petition.note_missing", "请写明阅信意见或接谈情况")


def check_classification(classification: Classification, *, own_id: int) -> None:
    """Refuse a classification with a part missing (DOMAIN §4, 已归类)."""
    if not classification.category_code:
        raise Refusal("petition.category_missing", "请选择内容分类")
    if classification.category_code[:2] not in top_codes():
        raise Refusal("petition.category_unknown", "没有这个内容分类，请从分类表中选择")
    if classification.recurrence is Recurrence.REPEAT and classification.repeats_id is None:
        raise Refusal("petition.repeated_missing", "重复件请指明与哪一件重复")
    if classification.repeats_id == own_id:
        raise Refusal("petition.repeats_itself", "不能与本件自身重复")


def check_void(reason: str, *, by_id: int, approver_id: int) -> None:
    """Refuse a void without a reason or without a second person: the number stays in the ledger."""
    if not reason.strip():
        raise Refusal("petition.void_reason_missing", "作废须写明原因")
    if by_id == approver_id:
        raise Refusal("petition.void_needs_second_person", "作废须由另一人批准")


def check_reveal(reason: str) -> None:
    """Refuse to show what is personal to whoever does not say what for."""
    if not reason.strip():
        raise Refusal("petition.reveal_reason_missing", "请写明查看完整信息的用途")


def check_version(known: int | None, now: int) -> None:
    """Refuse an edit made on an older state than the one that stands (two clerks at one petition)."""
    if known is not None and known != now:
        raise Refusal("petition.edited_meanwhile", "这件信访件刚被他人修改，请刷新后再办理", known=known, now=now)


def media_type_of(data: bytes) -> str:
    """Return what a file is by its content; refuse what is not a scan, too large, empty or cut off."""
    if not data:
        raise Refusal("attachment.empty", "文件是空的，请重新扫描")
    if len(data) > SIZE_LIMIT:
        raise Refusal("attachment.too_large", f"文件超过{SIZE_LIMIT // 1024 // 1024}MB，请降低扫描分辨率")
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return "application/pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data.endswith(b"IEND\xaeB`\x82"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff") and data.rstrip(b"\x00").endswith(b"\xff\xd9"):
        return "image/jpeg"
    raise Refusal("attachment.unknown_type", "只接受完整的PDF、PNG、JPEG文件；请检查文件是否损坏")
