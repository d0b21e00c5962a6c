"""Steps of secrecy: 检举控告, 指定阅看, 回避, 移交."""

from huiyin.accounts.models import Staff
from huiyin.county.registry.actions import petitions, secrecy
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import may_register
from huiyin.county.registry.secrecy import SEALABLE, may_keep_sealed, may_recuse, may_seal
from huiyin.county.registry.states import ENDED, Confidentiality, State
from huiyin.interfaces.pages import secrecy_forms as f

from .kinds import StepKind, Submitted, person, plain, with_person, with_petition


def _seal(sent: Submitted) -> object:
    assert isinstance(sent.form, f.SealForm)
    return secrecy.seal(
        petition_id=sent.petition.pk,
        accused=sent.form.entries(),
        keeper=person(sent.text("keeper")),
        named_leader=person(sent.text("leader")) if sent.text("leader") else None,
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


def _accuse(sent: Submitted) -> object:
    assert isinstance(sent.form, f.AccusedForm)
    return secrecy.accuse(petition_id=sent.petition.pk, accused=sent.form.entries(), by=sent.by, at=sent.at)


def _unseal(sent: Submitted) -> object:
    return secrecy.unseal(
        petition_id=sent.petition.pk,
        reason=sent.text("reason"),
        approver=person(sent.text("approver")),
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


def _name_leader(sent: Submitted) -> object:
    leader = person(sent.text("leader"))
    return secrecy.name_leader(petition_id=sent.petition.pk, leader=leader, by=sent.by, at=sent.at)


def _recuse(sent: Submitted) -> object:
    return secrecy.recuse(
        petition_id=sent.petition.pk,
        staff=person(sent.text("staff")),
        reason=sent.text("reason"),
        keeper=person(sent.text("keeper")) if sent.text("keeper") else None,
        by=sent.by,
        at=sent.at,
    )


def _hand_over(sent: Submitted) -> object:
    keeper = person(sent.text("keeper"))
    return petitions.hand_over(petition_id=sent.petition.pk, keeper=keeper, by=sent.by, at=sent.at)


def _may_seal(petition: Petition, by: Staff) -> bool:
    ordinary = petition.confidentiality == Confidentiality.ORDINARY.value
    return ordinary and State(petition.state) in SEALABLE and may_seal(by)


def _is_sealed(petition: Petition, by: Staff) -> bool:
    sealed = petition.confidentiality == Confidentiality.SEALED.value
    return sealed and State(petition.state) not in ENDED and may_keep_sealed(by)


def _may_recuse(petition: Petition, by: Staff) -> bool:
    return State(petition.state) not in ENDED and may_recuse(by)


def _may_hand_over(petition: Petition, by: Staff) -> bool:
    return State(petition.state) not in ENDED and may_register(by)


STEPS: dict[str, StepKind] = {
    "hand-over": StepKind(
        "移交经办人", "移交", "已移交", _may_hand_over, with_petition(f.HandOverForm), _hand_over,
        kind="secondary", folded=True,
    ),
    "recuse": StepKind(
        "回避", "登记回避", "已登记回避", _may_recuse, with_petition(f.RecuseForm), _recuse,
        lead="与本件有关系的人不得接待、批示、经办，也看不到本件", kind="secondary", folded=True,
    ),
    "seal": StepKind(
        "转为检举控告件", "转为检举控告件", "已转为检举控告件，由保密专人办理",
        _may_seal, with_petition(f.SealForm), _seal,
        lead="被检举控告的人和单位不得知道本件；转出后只有保密专人和指定的领导能看到内容", kind="danger",
        confirm="转出后您将看不到本件内容。确定吗？", folded=True,
    ),
    "accuse": StepKind(
        "补登被检举控告人", "补登", "已补登", _is_sealed, plain(f.AccusedForm), _accuse, kind="secondary", folded=True
    ),
    "name-leader": StepKind(
        "指定阅看领导", "指定", "已指定", _is_sealed, with_petition(f.NameLeaderForm), _name_leader,
        kind="secondary", folded=True,
    ),
    "unseal": StepKind(
        "解除检举控告件", "解除", "已解除", _is_sealed, with_person(f.UnsealForm), _unseal,
        lead="经核实不属检举控告的，由另一人批准后解除", kind="danger", folded=True,
    ),
}  # fmt: skip
