"""Steps of assignments: 会办, 改定主办, 撤回, 移送回执, 审核, 退回, and what the office records for a unit."""

from collections.abc import Iterator

from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import assignments, reports
from huiyin.county.assignment.queries.choices import assignments_in, lead_of
from huiyin.county.assignment.rules.dispositions import may_dispose, may_transfer_sealed
from huiyin.county.assignment.rules.reports import may_verify
from huiyin.county.assignment.states import (
    REPORTS_BACK,
    AssignmentState,
    DispatchMethod,
    DispositionKind,
    ReturnReason,
)
from huiyin.county.registry import importance
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import State
from huiyin.interfaces.pages import assignment_step_forms as f
from huiyin.interfaces.pages.assignment_forms import ReportForm, SignForm
from huiyin.kernel.refusal import Refusal

from .kinds import StepForm, StepKind, Submitted, person, with_petition

JOINABLE = frozenset({State.ASSIGNED.value, State.INTERNAL.value, State.IN_PROGRESS.value, State.RETURNED.value})
REPLACEABLE = frozenset({State.ASSIGNED.value, State.INTERNAL.value, State.IN_PROGRESS.value, State.REFERRED.value})


def _chosen(sent: Submitted) -> int:
    return int(sent.text("assignment"))


def _verify(sent: Submitted) -> object:
    return reports.verify(assignment_id=_chosen(sent), by=sent.by, at=sent.at)


def _return(sent: Submitted) -> object:
    return reports.return_report(
        assignment_id=_chosen(sent),
        reasons=[ReturnReason(code) for code in sent.form.cleaned_data["reasons"]],
        words=sent.text("words"),
        by=sent.by,
        at=sent.at,
    )


def _withdraw(sent: Submitted) -> object:
    return assignments.withdraw(assignment_id=_chosen(sent), reason=sent.text("reason"), by=sent.by, at=sent.at)


def _lead(sent: Submitted) -> object:
    return assignments.change_lead(assignment_id=_chosen(sent), reason=sent.text("reason"), by=sent.by, at=sent.at)


def _join(sent: Submitted) -> object:
    assert isinstance(sent.form, f.JoinForm)
    return assignments.add_co_handler(
        petition_id=sent.petition.pk,
        co_handler=sent.form.co_handler(),
        due_on=sent.form.cleaned_data["due_on"],
        due_approver=person(sent.text("due_approver")) if sent.text("due_approver") else None,
        redaction_confirmed=bool(sent.values["redaction_confirmed"]),
        sent_by=DispatchMethod(sent.text("sent_by")),
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


def _slip(sent: Submitted) -> object:
    given = sent.petition.assignments.filter(state=AssignmentState.ISSUED.value).order_by("-pk").first()
    if given is None:
        raise Refusal("assignment.unknown", "没有等待回执的移送")
    return assignments.sign(
        assignment_id=given.pk, handler_name=sent.text("handler_name"), handler_phone="", by=sent.by, at=sent.at
    )


def _waits_for_review(petition: Petition) -> bool:
    return bool(assignments_in(petition, AssignmentState.REPORTED))


def _may_verify(petition: Petition, by: Staff) -> bool:
    return may_verify(by) and importance.may_settle(by, petition, act="审核通过") and _waits_for_review(petition)


def _may_return(petition: Petition, by: Staff) -> bool:
    return may_verify(by) and _waits_for_review(petition)


def _may_withdraw(petition: Petition, by: Staff) -> bool:
    return petition.state in REPLACEABLE and may_dispose(by) and bool(assignments_in(petition, *f.WORKING))


def _may_lead(petition: Petition, by: Staff) -> bool:
    return petition.state in JOINABLE and may_dispose(by) and bool(assignments_in(petition, *f.WORKING, leads=False))


def _may_join(petition: Petition, by: Staff) -> bool:
    if petition.state not in JOINABLE or not may_dispose(by):
        return False
    lead = lead_of(petition)
    return lead is not None and not lead.is_simple


def _may_record_slip(petition: Petition, by: Staff) -> bool:
    is_sent = petition.state in {State.TRANSFERRED_SEALED.value, State.REPLIED.value}
    sealed = petition.assignments.filter(kind=DispositionKind.SEALED_TRANSFER.value, state=AssignmentState.ISSUED.value)
    return is_sent and may_transfer_sealed(by) and sealed.exists()


STEPS: dict[str, StepKind] = {
    "verify": StepKind(
        "审核通过", "审核通过", "反馈已审核通过", _may_verify, with_petition(f.VerifyForm), _verify,
        lead="全部单位的反馈都通过后，才算审核通过",
    ),
    "return": StepKind(
        "退回补正", "退回", "反馈已退回", _may_return, with_petition(f.ReturnForm), _return, kind="secondary",
        folded=True,
    ),
    "slip": StepKind(
        "登记移送回执", "登记回执", "回执已登记", _may_record_slip, with_petition(f.SlipForm), _slip,
        lead="接收机关寄回的回执，照实登记",
    ),
    "join": StepKind(
        "增加会办单位", "发出", "会办单位已增加", _may_join, with_petition(f.JoinForm), _join, kind="secondary",
        folded=True,
    ),
    "lead": StepKind(
        "改定主办单位", "改定", "主办单位已改定", _may_lead, with_petition(f.LeadForm), _lead, kind="secondary",
        folded=True, lead="原主办单位改为会办",
    ),
    "withdraw": StepKind(
        "撤回交办", "撤回", "已撤回", _may_withdraw, with_petition(f.WithdrawForm), _withdraw, kind="danger",
        folded=True, lead="主办撤回后，信访件回到已归类，重新决定", confirm="撤回后该单位不再看到本件。确定撤回吗？",
    ),
}  # fmt: skip


def unit_forms(petition: Petition, by: Staff) -> Iterator[StepForm]:
    """Yield the forms that record a unit's signature or report on its behalf, from the paper it sent."""
    ours = petition.assignments.exclude(kind=DispositionKind.SEALED_TRANSFER.value)
    for row in ours.open().select_related("unit").order_by("-is_lead", "id"):
        state = AssignmentState(row.state)
        if state is AssignmentState.ISSUED and may_dispose(by):
            initial = {"handler_name": row.handler_name, "handler_phone": row.handler_phone}
            yield StepForm(
                name="sign",
                title=f"代录签收　{row.unit.name}",
                lead="承办单位用纸质回执签收的，由信访办代录",
                form=SignForm(initial=initial, auto_id=f"sign_{row.pk}_%s"),
                action=reverse("assignment_sign", args=[row.pk]),
                submit="签收",
                kind="secondary",
            )
        reports = row.kind in {kind.value for kind in REPORTS_BACK}
        if reports and state in {AssignmentState.SIGNED, AssignmentState.RETURNED} and may_dispose(by):
            yield StepForm(
                name="report",
                title=f"代录反馈　{row.unit.name}",
                lead="承办单位用纸质报告反馈的，由信访办代录",
                form=ReportForm(
                    petition=petition, initial={"handler_name": row.handler_name}, auto_id=f"report_{row.pk}_%s"
                ),
                action=reverse("assignment_report", args=[row.pk]),
                submit="反馈",
                kind="secondary",
                folded=True,
            )
