"""Steps of leaders: 送阅, 登记批示."""

from huiyin.accounts.models import Staff
from huiyin.county.reception.actions import instructions
from huiyin.county.reception.rules import may_put, may_record
from huiyin.county.reception.states import PutReason
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import ENDED, State
from huiyin.interfaces.pages import instructions_forms as f

from .kinds import StepKind, Submitted, person, with_petition
from .registry_steps import lacks_original


def _put(sent: Submitted) -> object:
    return instructions.put(
        petition_id=sent.petition.pk,
        leader=person(sent.text("leader")),
        reason=PutReason(sent.text("reason")),
        note=sent.text("note"),
        by=sent.by,
        at=sent.at,
    )


def _record(sent: Submitted) -> object:
    assert isinstance(sent.form, f.RecordForm)
    leader = person(sent.text("leader")) if sent.text("leader") else None
    return instructions.record(
        petition_id=sent.petition.pk, wish=sent.form.wish(), leader=leader, by=sent.by, at=sent.at
    )


def _may_put(petition: Petition, by: Staff) -> bool:
    return State(petition.state) not in ENDED and may_put(by) and not lacks_original(petition)


def _may_record(petition: Petition, by: Staff) -> bool:
    return State(petition.state) not in ENDED and may_record(by) and not lacks_original(petition)


STEPS: dict[str, StepKind] = {
    "put": StepKind(
        "送领导阅批", "送阅", "已送阅", _may_put, with_petition(f.PutForm), _put,
        lead="领导在手机上看到原件、情况和意见，批示由信访办登记编号、统一交办", kind="secondary", folded=True,
    ),
    "instruct": StepKind(
        "登记领导批示", "登记批示", "批示已登记，待落实", _may_record, with_petition(f.RecordForm), _record,
        lead="纸上的批示、当面的意见在这里登记；登记后列入待落实批示", kind="secondary", folded=True,
    ),
}  # fmt: skip
