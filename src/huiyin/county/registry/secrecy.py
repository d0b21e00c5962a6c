"""Rules of secrecy and recusal: who must never learn of a petition, and who stays away from it (R22 §30, §46)."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from huiyin.accounts.permissions import Person, check_has_role, may
from huiyin.accounts.roles import Role
from huiyin.kernel.refusal import Refusal

from .states import Confidentiality, State

SEALABLE = frozenset({State.REGISTERED, State.READ, State.CLASSIFIED, State.PROPOSED})
# Whatever is told of a 密件 stands here: that it is one (DOMAIN §6).
NUMBER_ONLY_CATEGORY = "18"
NUMBER_ONLY_PATH = "纪检监察"


@dataclass(frozen=True, slots=True)
class AccusedEntry:
    """被检举控告人 as written down: a person or a unit; ``staff_id`` when it is somebody of this office."""

    name: str
    post: str = ""
    unit_code: str = ""
    staff_id: int | None = None


def check_may_seal(by: Person) -> None:
    """Refuse whoever may not say that a petition is an accusation."""
    check_has_role(by, Role.CLERK, Role.HEAD, Role.RESTRICTED, act="转为检举控告件")


def check_may_keep_sealed(by: Person) -> None:
    """Refuse whoever does not keep sealed items: only the restricted officer does."""
    check_has_role(by, Role.RESTRICTED, act="办理检举控告件")


def check_may_recuse(by: Person) -> None:
    """Refuse whoever decides about nobody's recusal."""
    check_has_role(by, Role.CLERK, Role.HEAD, Role.LEADER, Role.GROUP_HEAD, Role.RESTRICTED, act="登记回避")


may_seal = may(check_may_seal)
may_keep_sealed = may(check_may_keep_sealed)
may_recuse = may(check_may_recuse)


def check_sealable(state: State, confidentiality: Confidentiality) -> None:
    """Refuse to seal what a unit was already given, and what is sealed already."""
    if confidentiality is not Confidentiality.ORDINARY:
        raise Refusal("petition.sealed_already", f"本件已经是{confidentiality.label}")
    if state not in SEALABLE:
        raise Refusal("petition.given_away_already", "本件已经交出办理，不能再转为检举控告件；请拆分出检举控告部分")


def check_unsealable(confidentiality: Confidentiality, reason: str, *, by_id: int, approver_id: int) -> None:
    """Refuse to open a sealed item without a reason and a second person."""
    if confidentiality is not Confidentiality.SEALED:
        raise Refusal("petition.not_sealed", "只有检举控告件才能解除")
    if not reason.strip():
        raise Refusal("petition.unseal_reason_missing", "解除须写明原因")
    if by_id == approver_id:
        raise Refusal("petition.unseal_needs_second_person", "解除须由另一人批准")


def check_accused(accused: Sequence[AccusedEntry]) -> None:
    """Refuse an accusation of nobody, and an accused without a name."""
    if not accused:
        raise Refusal("petition.accused_missing", "请填写被检举控告的人或单位")
    if any(not entry.name.strip() for entry in accused):
        raise Refusal("petition.accused_without_name", "请填写被检举控告人的姓名或单位名称")


def check_accused_are_known(
    accused: Sequence[AccusedEntry], *, units: Container[str], staff_ids: Container[int]
) -> None:
    """Refuse a unit or account that is none: an accused that is not recognised would not be kept away."""
    if any(entry.unit_code and entry.unit_code not in units for entry in accused):
        raise Refusal("petition.accused_unit_unknown", "没有这个被检举控告的单位")
    if any(entry.staff_id is not None and entry.staff_id not in staff_ids for entry in accused):
        raise Refusal("petition.accused_staff_unknown", "没有这个被检举控告人的账号")


def check_not_about_oneself(by_id: int, hidden_from: Sequence[int]) -> None:
    """Refuse to take down a 密件 about oneself."""
    if by_id in hidden_from:
        raise Refusal("recusal.own_item", "被反映的人不能登记本件")


def check_named_leader(leader: Person, *, is_accused: bool, is_recused: bool) -> None:
    """Refuse to open an accusation to somebody who is no leader, stands accused in it or stays away from it."""
    check_has_role(leader, Role.LEADER, Role.GROUP_HEAD, act="阅看检举控告件")
    if is_accused:
        raise Refusal("petition.leader_is_accused", "被检举控告的人不能阅看本件")
    if is_recused:
        raise Refusal("petition.leader_is_recused", "该领导已对本件回避，不能阅看")


def check_recusal(reason: str, *, is_keeper: bool, keeper_id: int | None, staff_id: int) -> None:
    """Refuse a recusal without a reason, and one that would leave the petition to nobody."""
    if not reason.strip():
        raise Refusal("recusal.reason_missing", "回避须写明原因，例如亲属、曾任职单位")
    if is_keeper and keeper_id in {None, staff_id}:
        raise Refusal("recusal.keeper_missing", "回避的人正在经办本件，请同时指定接手的人")


def check_number_only_is_bare(confidentiality: Confidentiality, *contents: object) -> None:
    """Refuse any content on an item of which only the number is kept (DOMAIN §6, 密件)."""
    if confidentiality is Confidentiality.NUMBER_ONLY and any(contents):
        raise Refusal("petition.number_only_has_content", "密件只登记编号、时间和经办人，不得填写任何内容")
