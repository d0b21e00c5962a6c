"""What may be decided for a petition, by whom, and what each decision must show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.county.assignment.states import REPORTS_BACK, TO_A_UNIT, DispatchMethod, DispositionKind
from huiyin.county.office.states import Branch
from huiyin.county.registry.states import Channel, Confidentiality, Jurisdiction, Recurrence, State
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import IntakeMode

ASSIGNERS = (Role.CLERK, Role.HEAD, Role.RESTRICTED)
DECIDERS = (Role.HEAD, Role.LEADER, Role.GROUP_HEAD)
JUDICIAL = frozenset({Branch.POLITICAL_LEGAL, Branch.COURT, Branch.PROCURATORATE})
WRITTEN = frozenset({Channel.LETTER, Channel.WEB})
# Of what is sealed nothing is given to a unit by an open letter (R22 §30).
OPEN_TO_SEALED = frozenset(
    {
        DispositionKind.SEALED_TRANSFER,
        DispositionKind.FILED,
        DispositionKind.NOT_REACCEPTED,
        DispositionKind.GUIDANCE,
        DispositionKind.MERGED,
    }
)


@dataclass(frozen=True, slots=True)
class CoHandler:
    """会办: a further unit with its own letter and its own named person."""

    unit_code: str
    handler_name: str
    handler_phone: str = ""
    instruction: str = ""


@dataclass(frozen=True, slots=True)
class Giving:
    """What a letter to a unit needs: to whom, until when, what is asked, and how it goes out."""

    unit_code: str
    handler_name: str
    handler_phone: str = ""
    instruction: str = ""
    reason: str = ""
    basis: str = ""
    procedure: str = ""
    due_on: date | None = None
    due_approver_id: int | None = None
    is_simple: bool = False
    is_refusal_likely: bool = False
    redaction_confirmed: bool = False
    sent_by: DispatchMethod = DispatchMethod.SYSTEM
    co_handlers: tuple[CoHandler, ...] = ()
    attachment_ids: tuple[int, ...] = ()
    instruction_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """What a decision that ends here needs: why, on what basis, and where else the matter stands or goes."""

    reason: str
    basis: str = ""
    competent_organ: str = ""
    procedure: str = ""
    merged_into_id: int | None = None
    concluded_id: int | None = None
    conclusion: str = ""
    second_note: str = ""
    instruction_id: int | None = None


@dataclass(frozen=True, slots=True)
class Nature:
    """What of a petition decides which ways are open to it."""

    channel: Channel
    confidentiality: Confidentiality
    jurisdiction: Jurisdiction | None
    is_litigation: bool
    is_important: bool
    is_from_above: bool
    is_many: bool
    recurrence: Recurrence | None
    intake_mode: IntakeMode
    taken_over: bool


def check_may_dispose(by: Person) -> None:
    """Refuse whoever does not decide what becomes of a petition: only the office assigns (统一交办)."""
    check_has_role(by, *ASSIGNERS, act="交办")


def check_may_approve(by: Person) -> None:
    """Refuse whoever cannot be the second person of a decision that ends here."""
    check_has_role(by, *DECIDERS, act="审批")


def check_may_transfer_sealed(by: Person) -> None:
    """Refuse whoever does not send accusations on: only the restricted officer does (R22 §30)."""
    check_has_role(by, Role.RESTRICTED, act="密封移送")


def check_may_split(by: Person) -> None:
    """Refuse whoever may not know the accusation of a mixed letter once it is split off."""
    check_has_role(by, Role.RESTRICTED, act="拆分信件")


may_dispose = may(check_may_dispose)
may_approve = may(check_may_approve)
may_transfer_sealed = may(check_may_transfer_sealed)
may_split = may(check_may_split)


def check_goes_to_a_unit(kind: DispositionKind) -> None:
    """Refuse to give a unit by an open letter what does not go to one so."""
    if kind not in TO_A_UNIT:
        raise Refusal("assignment.goes_to_no_unit", f"{kind.label}不需要承办单位")
    if kind is DispositionKind.SEALED_TRANSFER:
        raise Refusal("assignment.kind_closed", f"{kind.label}由保密专人密封办理")


def check_unit(
    kind: DispositionKind, *, branch: Branch, is_active: bool, intake_mode: IntakeMode, taken_over: bool = False
) -> None:
    """Refuse a unit that cannot be given this (DOMAIN §5: GUIDE has no assignment; internal stays in the house).

    What an old ledger tells was done: a unit that is gone since, or an assignment where we guide, is history.
    """
    if taken_over and kind is not DispositionKind.INTERNAL:
        return
    if not is_active:
        raise Refusal("assignment.unit_inactive", "该单位已停用，请另选承办单位")
    if kind is DispositionKind.INTERNAL and branch is not Branch.CONGRESS:
        raise Refusal("assignment.internal_is_in_house", "直接办理只能交本机关的工作机构")
    if kind in {DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL}:
        if intake_mode is IntakeMode.GUIDE:
            raise Refusal(
                "assignment.guide_mode", "本地规则为引导告知：不属本机关职责的，书面告知有权处理机关，不作交办"
            )
        if branch is Branch.SUPERIOR:
            raise Refusal(
                "assignment.unit_is_above", "不能向上级机关交办、转送；属上级管辖的请引导告知，检举控告由保密专人移送"
            )


def check_is_undecided(now: State, *, may_be_unread: bool = False) -> None:
    """Refuse a second decision on what was decided already; a 密件 is sent on as it was registered."""
    if now not in {State.CLASSIFIED, State.PROPOSED} and not (may_be_unread and now is State.REGISTERED):
        raise Refusal("petition.bad_move", f"{now.label}的信访件不能作处理决定", now=now.value)


def check_unit_is_not_accused(unit_and_superiors: Collection[str], accused: Collection[str]) -> None:
    """Refuse a unit that stands accused, or is subordinate to one that does (R22 §30)."""
    if set(unit_and_superiors) & set(accused):
        raise Refusal("assignment.unit_accused", "不得将检举控告材料转给被检举控告的人员、单位或其下属，请另选单位")


def check_person_is_not_accused(name: str, accused: Collection[str]) -> None:
    """Refuse a handler who bears the name of an accused person (R22 §30)."""
    if name.strip() in {one.strip() for one in accused}:
        raise Refusal("assignment.handler_accused", "该承办人不能办理本件，请另选承办人")


def check_kind(kind: DispositionKind, nature: Nature) -> None:
    """Refuse a way that the petition's nature closes: secrecy, litigation, another place's matter.

    What an old ledger tells was done is history.
    """
    if nature.taken_over:
        return
    if nature.confidentiality is not Confidentiality.ORDINARY and kind not in OPEN_TO_SEALED:
        raise Refusal("assignment.sealed", "检举控告件只能密封移送，不得交办、转送")
    if nature.confidentiality is Confidentiality.ORDINARY and kind is DispositionKind.SEALED_TRANSFER:
        raise Refusal("disposition.not_sealed", "只有检举控告件和密件才密封移送；混合信件请先拆分")
    if nature.is_litigation:
        check_litigation(kind, channel=nature.channel)
    if nature.jurisdiction is Jurisdiction.ELSEWHERE and kind in {DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL}:
        raise Refusal("assignment.elsewhere", "问题不在本县，不能交办、转送外县单位，请引导信访人向有权处理的机关提出")
    if nature.jurisdiction in {Jurisdiction.SUPERIOR, Jurisdiction.OTHER_ROUTE} and kind is DispositionKind.ASSIGNMENT:
        route = "属上级机关管辖" if nature.jurisdiction is Jurisdiction.SUPERIOR else "应通过诉讼、仲裁、复议等法定途径"
        raise Refusal("assignment.other_route", f"本件{route}，不作交办，请引导告知")


def check_litigation(kind: DispositionKind, *, channel: Channel) -> None:
    """Refuse to instruct a case on its merits: a letter is referred or guided, a visitor guided (DOMAIN §4)."""
    if kind in REPORTS_BACK:
        raise Refusal(
            "assignment.on_the_merits", "涉法涉诉件不得就案件实体交办，来信转同级政法机关并书面引导，来访引导"
        )
    if kind is DispositionKind.REFERRAL and channel not in WRITTEN:
        raise Refusal("assignment.visitor_is_guided", "来访、来电反映涉法涉诉问题的，引导信访人依法向有关政法机关提出")


def check_judicial(kind: DispositionKind, *, branch: Branch, procedure: str, nature: Nature) -> None:
    """Refuse to refer litigation elsewhere than to the political-legal organs, or without the written guidance."""
    if nature.taken_over or not nature.is_litigation or kind is not DispositionKind.REFERRAL:
        return
    if branch not in JUDICIAL:
        raise Refusal("assignment.not_judicial", "涉法涉诉件只能转同级政法机关、人民法院或人民检察院")
    if not procedure.strip():
        raise Refusal("assignment.guidance_missing", "涉法涉诉件转送须同时书面引导：请写明依法应当走的程序")


def check_decided_rightly(
    kind: DispositionKind, nature: Nature, *, is_approved: bool, is_pending: bool, leader_is_named: bool = True
) -> None:
    """Refuse to dispose of what a head or leader has to decide, or has before them at the moment (DOMAIN §4, 已拟办).

    ``is_approved`` when a proposal was approved, or a leader's written instruction is named as the source. A sealed
    item with no leader named on it is open to the restricted officer alone, and is sent on with an approver.
    """
    if nature.taken_over or is_approved:
        return
    if is_pending:
        raise Refusal("disposition.proposal_pending", "本件已拟办待批，请等待审批，或注明领导批示的文号")
    if kind is DispositionKind.SEALED_TRANSFER and not leader_is_named:
        return
    if nature.is_important:
        raise Refusal("disposition.needs_proposal", "重要信访件须先拟办，报负责人或领导决定后办理")


def check_simple(nature: Nature, *, kind: DispositionKind, units: int, is_refusal_likely: bool) -> None:
    """Refuse the simple procedure where the rules keep it out (DOMAIN §4, 简易办理)."""
    reasons = [
        (kind not in REPORTS_BACK, "只有交办、直接办理才适用"),
        (nature.recurrence is not Recurrence.FIRST, "只适用于初次信访"),
        (nature.is_from_above, "上级和领导交来的不适用"),
        (nature.is_litigation or nature.jurisdiction is Jurisdiction.OTHER_ROUTE, "有法定途径的不适用"),
        (nature.is_many, "联名信、集体访不适用"),
        (is_refusal_likely, "诉求可能不予支持的不适用"),
        (units > 1, "需要几个单位会同办理的不适用"),
    ]
    found = [words for applies, words in reasons if applies]
    if found:
        raise Refusal("assignment.not_simple", f"不能简易办理：{'；'.join(found)}")


def check_proposal(*, reason: str, basis: str) -> None:
    """Refuse a proposal without its reason or its legal basis (DOMAIN §4, 已拟办)."""
    if not reason.strip():
        raise Refusal("proposal.reason_missing", "拟办须写明理由")
    if not basis.strip():
        raise Refusal("proposal.basis_missing", "拟办须写明依据")


def check_may_decide(by: Person, *, by_id: int, proposer_id: int) -> None:
    """Refuse whoever decides no proposals, and whoever made this one."""
    check_has_role(by, *DECIDERS, act="审批拟办意见")
    if by_id == proposer_id:
        raise Refusal("proposal.needs_second_person", "拟办意见须由另一人审批")


def check_sent_back(words: str) -> None:
    """Refuse to send a proposal back without a word about what to change."""
    if not words.strip():
        raise Refusal("proposal.words_missing", "退回重拟须写明意见")


def check_sealed_receiver(branch: Branch, *, is_active: bool, confidentiality: Confidentiality) -> None:
    """Refuse to send an accusation elsewhere than to the supervision commission or upward; a 密件 only upward."""
    if not is_active:
        raise Refusal("assignment.unit_inactive", "该单位已停用，请另选接收机关")
    if confidentiality is Confidentiality.NUMBER_ONLY and branch is not Branch.SUPERIOR:
        raise Refusal("disposition.goes_upward", "密件只能密封移送上级机关")
    if branch not in {Branch.SUPERVISION_COMMISSION, Branch.SUPERIOR}:
        raise Refusal("disposition.not_a_receiver", "检举控告件只能移送监察机关或上级机关")


def check_sealed_approver(approver: Person | None, *, by_id: int, approver_id: int | None, is_decided: bool) -> None:
    """Refuse to send an accusation away on one person's word: the head or the group head agrees (R22 §30).

    ``is_decided`` when a leader has decided it already, or it was taken over from an old ledger. Who agrees learns the
    number and the receiver, and nothing that was written.
    """
    if is_decided:
        return
    if approver is None or approver_id == by_id:
        raise Refusal("disposition.sealed_needs_second_person", "密封移送须由负责人或领导小组组长批准，请选择批准人")
    check_has_role(approver, Role.HEAD, Role.GROUP_HEAD, act="批准密封移送")


def check_decision_here(kind: DispositionKind, *, basis: str, reason: str, by_id: int, approver_id: int) -> None:
    """Refuse a decision that ends the matter here without basis, reason or a second person (DOMAIN §4)."""
    if kind in TO_A_UNIT:
        raise Refusal("disposition.needs_a_unit", f"{kind.label}须选择承办单位")
    if not reason.strip():
        raise Refusal("disposition.reason_missing", f"{kind.label}须写明理由")
    if kind is DispositionKind.MERGED:
        return
    if not basis.strip():
        raise Refusal("disposition.basis_missing", f"{kind.label}须写明依据")
    if by_id == approver_id:
        raise Refusal("disposition.needs_second_person", f"{kind.label}须由另一人审批")


def check_guidance(kind: DispositionKind, competent_organ: str) -> None:
    """Refuse guidance that does not say where to go."""
    if kind is DispositionKind.GUIDANCE and not competent_organ.strip():
        raise Refusal("disposition.organ_missing", "引导告知须写明有权处理的机关")


def check_ending(kind: DispositionKind, ending: Ending, *, taken_over: bool) -> None:
    """Refuse what an ending lacks of its own: procedure, the conclusion it stands on, the second reader's note.

    What an old ledger took over keeps its gaps.
    """
    if taken_over:
        return
    if kind is DispositionKind.GUIDANCE and not ending.procedure.strip():
        raise Refusal("disposition.procedure_missing", "引导告知须写明信访人可以走的程序")
    if kind is DispositionKind.NOT_REACCEPTED and ending.concluded_id is None and not ending.conclusion.strip():
        raise Refusal("disposition.conclusion_missing", "不再受理须指明已办结的原件，或三级终结的复核意见")
    if kind is DispositionKind.FILED and not ending.second_note.strip():
        raise Refusal("disposition.second_note_missing", "存查须有两人阅信意见，请填写第二人的阅信意见")
