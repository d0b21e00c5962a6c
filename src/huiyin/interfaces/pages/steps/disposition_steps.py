"""Steps of dispositions: each way with its own form, decided at once or proposed to a head or leader."""

from collections.abc import Callable
from dataclasses import fields

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import dispositions, proposals, splits
from huiyin.county.assignment.queries.choices import instructions_of, pending_proposal
from huiyin.county.assignment.rules.dispositions import (
    Ending,
    Giving,
    may_approve,
    may_dispose,
    may_split,
    may_transfer_sealed,
)
from huiyin.county.assignment.rules.splits import SPLITTABLE
from huiyin.county.assignment.states import TO_A_UNIT, DispositionKind
from huiyin.county.registry import clocks, importance
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Channel, Confidentiality, State
from huiyin.interfaces.pages import assignment_step_forms as later
from huiyin.interfaces.pages import disposition_forms as f
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import IntakeMode

from .kinds import Offered, StepKind, Submitted, person, plain, with_petition

OPEN_LETTERS = frozenset({DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL, DispositionKind.INTERNAL})


def must_be_proposed(petition: Petition) -> bool:
    """Return whether a head or leader has to decide what becomes of this petition (DOMAIN §4, 已拟办)."""
    if petition.source_number is not None:
        return False
    if importance.is_sealed(petition) and petition.named_leader_id is None:
        return False
    return importance.is_important(petition)


def is_open_to(petition: Petition, kind: DispositionKind) -> bool:
    """Return whether the petition's nature leaves this way open: secrecy, litigation, the rule set's intake mode."""
    is_sealed = importance.is_sealed(petition)
    if kind is DispositionKind.SEALED_TRANSFER:
        return is_sealed
    if is_sealed and kind in OPEN_LETTERS:
        return False
    is_letter = petition.channel in {Channel.LETTER.value, Channel.WEB.value}
    if petition.is_litigation and (kind in OPEN_LETTERS - {DispositionKind.REFERRAL} or not is_letter):
        return kind not in OPEN_LETTERS
    guides = clocks.rules_of(petition).intake_mode is IntakeMode.GUIDE
    return not (guides and kind in {DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL})


def offered(kind: DispositionKind, *, as_proposal: bool) -> Offered:
    """Return the question whether this way is offered, to be decided at once or to be proposed."""

    def question(petition: Petition, by: Staff) -> bool:
        if not _may(kind, by) or not is_open_to(petition, kind):
            return False
        bare = (
            petition.confidentiality == Confidentiality.NUMBER_ONLY.value and petition.state == State.REGISTERED.value
        )
        if bare:
            return kind is DispositionKind.SEALED_TRANSFER and not as_proposal
        if petition.state != State.CLASSIFIED.value:
            return _replaces_proposal(petition) and not as_proposal
        if as_proposal:
            return must_be_proposed(petition)
        return not must_be_proposed(petition) or bool(instructions_of(petition))

    return question


def _may(kind: DispositionKind, by: Staff) -> bool:
    return may_transfer_sealed(by) if kind is DispositionKind.SEALED_TRANSFER else may_dispose(by)


def _replaces_proposal(petition: Petition) -> bool:
    """Return whether a leader's instruction may be carried out in place of a pending proposal."""
    return petition.state == State.PROPOSED.value and bool(instructions_of(petition))


def _numbered(number: str, by: Staff) -> int | None:
    """Return the petition that bears a number, where this person may see it."""
    if not number:
        return None
    found = Petition.objects.visible_to(by).filter(number=number).first()
    if found is None:
        raise Refusal("disposition.number_unknown", f"没有编号为{number}的信访件")
    return found.pk


def _ending(sent: Submitted, form: f.DecisionForm) -> Ending:
    return Ending(
        reason=form.text("reason"),
        basis=form.text("basis"),
        competent_organ=form.text("competent_organ"),
        procedure=form.text("procedure"),
        merged_into_id=_numbered(form.text("merged_into"), sent.by),
        concluded_id=_numbered(form.text("concluded"), sent.by),
        conclusion=form.text("conclusion"),
        second_note=form.text("second_note"),
        instruction_id=form.instruction_id,
    )


def _decide(sent: Submitted) -> object:
    """Carry the decision out, or put it before a head or leader."""
    form = sent.form
    assert isinstance(form, f.DecisionForm)
    what: Giving | Ending
    what = form.giving() if isinstance(form, f.GivingForm | f.TransferSealedForm) else _ending(sent, form)
    told = {"petition_id": sent.petition.pk, "version": sent.version, "by": sent.by, "at": sent.at}
    if form.goes_to_leader:
        return proposals.propose(
            petition_id=sent.petition.pk, kind=form.kind, what=what, version=sent.version, by=sent.by, at=sent.at
        )
    if isinstance(what, Ending):
        second = person(form.text("approver")) if form.kind is not DispositionKind.MERGED else sent.by
        return dispositions.decide_here(kind=form.kind, approver=second, **told, **_values(what))  # type: ignore[arg-type]  # one value for each field of the dataclass
    if form.kind is DispositionKind.SEALED_TRANSFER:
        return dispositions.transfer_sealed(
            unit_code=what.unit_code,
            handler_name=what.handler_name,
            reason=what.reason,
            basis=what.basis,
            sent_by=what.sent_by,
            instruction_id=what.instruction_id,
            approver=person(form.text("approver")) if form.text("approver") else None,
            **told,  # type: ignore[arg-type]  # who, when and on which version
        )
    values = _values(what)
    approver_id = values.pop("due_approver_id")
    approver = person(str(approver_id)) if approver_id else None
    return dispositions.assign(kind=form.kind, due_approver=approver, **told, **values)  # type: ignore[arg-type]  # likewise


def _values(what: Giving | Ending) -> dict[str, object]:
    """Return each field of what was decided by its name."""
    return {one.name: getattr(what, one.name) for one in fields(what)}


def _approve(sent: Submitted) -> object:
    return proposals.approve(
        proposal_id=_pending(sent.petition), words=sent.text("words"), version=sent.version, by=sent.by, at=sent.at
    )


def _send_back(sent: Submitted) -> object:
    return proposals.send_back(
        proposal_id=_pending(sent.petition), words=sent.text("words"), version=sent.version, by=sent.by, at=sent.at
    )


def _pending(petition: Petition) -> int:
    proposal = pending_proposal(petition)
    if proposal is None:
        raise Refusal("proposal.unknown", "没有待批的拟办意见")
    return proposal.pk


def _may_decide(petition: Petition, by: Staff) -> bool:
    if petition.state != State.PROPOSED.value or not may_approve(by):
        return False
    proposal = pending_proposal(petition)
    return proposal is not None and proposal.proposed_by_id != by.pk


def _split(sent: Submitted) -> object:
    assert isinstance(sent.form, later.SplitForm)
    return splits.split(
        petition_id=sent.petition.pk,
        entry=sent.form.entry(),
        checked_by=person(sent.text("checked_by")),
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


def _may_split(petition: Petition, by: Staff) -> bool:
    is_whole = petition.confidentiality == Confidentiality.ORDINARY.value and not petition.excerpt
    return is_whole and State(petition.state) in SPLITTABLE and may_split(by)


def proposal_of(form: type[f.DecisionForm]) -> type[f.DecisionForm]:
    """Return the form of a way as a proposal: whoever decides it need not be named."""
    return type(f"Propose{form.__name__}", (form,), {"is_proposal": True})


def _step(name: str, form: type[f.DecisionForm], lead: str, *, kind: str = "secondary") -> dict[str, StepKind]:
    """Return a way's two steps: to decide it, and to propose it."""
    way, is_first = form.kind, kind == "primary"
    make: Callable[..., forms.Form] = with_petition(form)
    submit = "发出" if way in TO_A_UNIT else "决定"
    return {
        name: StepKind(
            way.label, submit, f"{way.label}已办理", offered(way, as_proposal=False), make, _decide,
            lead=lead, kind=kind, folded=not is_first,
        ),
        f"propose-{name}": StepKind(
            f"拟{way.label}", "报批", f"拟{way.label}已报批", offered(way, as_proposal=True),
            with_petition(proposal_of(form)), _decide, lead=f"重要信访件，报负责人或领导决定。{lead}",
            kind=kind, folded=not is_first,
        ),
    }  # fmt: skip


STEPS: dict[str, StepKind] = {
    "approve": StepKind(
        "审批拟办意见", "批准并办理", "已批准，已办理", _may_decide, with_petition(later.ApproveForm), _approve,
        lead="批准后立即按拟办意见办理",
    ),
    "send-back": StepKind(
        "退回重拟", "退回", "已退回重拟", _may_decide, plain(later.SendBackForm), _send_back, kind="secondary",
        folded=True,
    ),
    **_step("assign", f.AssignForm, "责任到单位，也到个人", kind="primary"),
    **_step("transfer-sealed", f.TransferSealedForm, "移送函只写编号，不写内容", kind="primary"),
    **_step("refer", f.ReferForm, "转给有权处理的单位，由该单位答复"),
    **_step("internal", f.InternalForm, "交本机关的工作机构办理"),
    **_step("guide", f.GuideForm, "书面告知有权处理的机关和程序"),
    **_step("not-reaccept", f.NotReacceptForm, "已经办结或三级终结的，书面告知"),
    **_step("file", f.FileForm, "两人阅信，各写意见"),
    **_step("merge", f.MergeForm, "与主件一并办理，以主件的答复为回音"),
    "split": StepKind(
        "拆分混合信件", "拆分", "已拆分：诉求部分走摘抄件，检举控告部分已密封", _may_split,
        with_petition(later.SplitForm), _split, lead="原件从此不出机关", kind="secondary", folded=True,
        confirm="拆分后不能合并。摘抄件与原件核对过了吗？",
    ),
}  # fmt: skip
