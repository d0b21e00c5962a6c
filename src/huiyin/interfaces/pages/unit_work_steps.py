"""The steps of a unit on one assignment: when each is offered to whom, its form, what it carries out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django import forms

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.assignment.actions import extensions, objections, progress, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.queries.unit_work import Standing
from huiyin.county.assignment.states import FINISHED
from huiyin.county.registry.actions import attachments
from huiyin.county.registry.states import AttachmentKind
from huiyin.kernel.refusal import Refusal
from huiyin.kernel.rulesets import Approver

from . import unit_work_forms as f

SIGNS_ALONE = frozenset({Role.UNIT_HEAD})


@dataclass(frozen=True, slots=True)
class Sent:
    """A step as a unit sent it: the assignment, the checked form, who and when."""

    given: Assignment
    form: forms.Form
    by: Staff
    at: datetime

    def text(self, name: str) -> str:
        """Return one value as text."""
        return str(self.form.cleaned_data.get(name) or "")


@dataclass(frozen=True, slots=True)
class UnitStep:
    """One step of a unit."""

    title: str
    submit: str
    done: str
    offered: Callable[[Standing, Staff], bool]
    form: Callable[..., forms.Form]
    act: Callable[[Sent], object]
    lead: str = ""
    kind: str = "secondary"
    folded: bool = True


def _object(sent: Sent) -> object:
    return objections.raise_objection(
        assignment_id=sent.given.pk,
        reasons=sent.text("reasons"),
        competent=sent.text("competent"),
        by=sent.by,
        at=sent.at,
    )


def _tell(sent: Sent) -> object:
    assert isinstance(sent.form, f.TellForm)
    telling = sent.form.telling()
    return progress.tell_petitioner(assignment_id=sent.given.pk, telling=telling, by=sent.by, at=sent.at)


def _progress(sent: Sent) -> object:
    return progress.report_progress(assignment_id=sent.given.pk, words=sent.text("words"), by=sent.by, at=sent.at)


def _extend(sent: Sent) -> object:
    amount: int = sent.form.cleaned_data["amount"]
    return extensions.ask(
        assignment_id=sent.given.pk, amount=amount, reason=sent.text("reason"), by=sent.by, at=sent.at
    )


def _pending(sent: Sent) -> int:
    found = sent.given.extensions.filter(decided_at=None).first()
    if found is None:
        raise Refusal("extension.unknown", "没有待批准的延期申请")
    return found.pk


def _approve(sent: Sent) -> object:
    return extensions.approve(extension_id=_pending(sent), by=sent.by, at=sent.at)


def _refuse(sent: Sent) -> object:
    return extensions.refuse(extension_id=_pending(sent), words=sent.text("words"), by=sent.by, at=sent.at)


def _tell_of_extension(sent: Sent) -> object:
    assert isinstance(sent.form, f.TellForm)
    found = sent.given.extensions.filter(due_on_after__isnull=False, told_at=None).order_by("pk").first()
    if found is None:
        raise Refusal("extension.unknown", "没有需要告知的延期")
    return extensions.tell_petitioner(extension_id=found.pk, telling=sent.form.telling(), by=sent.by, at=sent.at)


def _draft(sent: Sent) -> object:
    assert isinstance(sent.form, f.DraftForm)
    return reports.draft(assignment_id=sent.given.pk, values=sent.form.values(), by=sent.by, at=sent.at)


def _attach(sent: Sent) -> object:
    scan = sent.form.cleaned_data["scan"]
    return attachments.attach(
        petition_id=sent.given.petition_id,
        kind=AttachmentKind(sent.text("kind")),
        name=scan.name,
        data=scan.read(),
        by=sent.by,
        at=sent.at,
    )


def reports_alone(standing: Standing, by: Staff) -> bool:
    """Return whether this person reports: the head, or the clerk of a unit whose head has no account."""
    return bool(by.role_set & SIGNS_ALONE) or not standing.has_head


def _approves(standing: Standing, by: Staff) -> bool:
    is_head = Role.UNIT_HEAD in by.role_set
    return standing.pending is not None and standing.approver is Approver.UNIT_HEAD and is_head


STEPS: Mapping[str, UnitStep] = {
    "approve-extension": UnitStep(
        "批准延期", "批准", "延期已批准，请告知信访人", _approves, f.ApproveForm, _approve,
        kind="primary", folded=False,
    ),
    "refuse-extension": UnitStep("不批准延期", "不批准", "已记下不批准", _approves, f.RefuseForm, _refuse),
    "tell-extension": UnitStep(
        "告知信访人延期", "记下告知", "延期告知已记录", lambda standing, _by: standing.untold is not None,
        f.TellForm, _tell_of_extension, lead="延期须告知信访人理由；延期告知书在文书里", folded=False,
    ),
    "tell": UnitStep(
        "告知信访人", "记下告知", "告知已记录", lambda standing, _by: standing.may_tell, f.TellForm, _tell,
        lead="在期限内告知信访人：已经收到、是否受理、由谁办理",
    ),
    "progress": UnitStep(
        "反馈进展", "提交进展", "进展已提交，下一期重新计算",
        lambda standing, _by: standing.is_in_work and standing.reports_back, f.ProgressForm, _progress,
        lead="办理期间每满一期反馈一次",
    ),
    "draft": UnitStep(
        "起草办结报告", "保存并送负责人", "草稿已保存，已通知本单位负责人",
        lambda standing, by: standing.owes_report and not reports_alone(standing, by), f.DraftForm, _draft,
        lead="报告由本单位负责人审核后报出；可以先填一部分", kind="primary", folded=False,
    ),
    "attach": UnitStep(
        "上传材料", "上传", "材料已上传", lambda standing, _by: standing.state not in FINISHED, f.AttachForm, _attach,
        lead="给信访人的答复意见书、送达凭证、签字的办结报告",
    ),
    "extend": UnitStep(
        "申请延期", "提出申请", "延期申请已提出", lambda standing, _by: standing.may_extend, f.ExtensionForm, _extend,
        lead="到期之前提出；到期以后不能再申请",
    ),
    "object": UnitStep(
        "提出异议", "提出异议", "异议已提出，等待信访办公室处理", lambda standing, _by: standing.may_object,
        f.ObjectForm, _object, lead="不属于本单位职责的，在期限内提出；提出异议不停止计算期限",
    ),
}  # fmt: skip


def made(name: str, given: Assignment, *sent: object) -> forms.Form:
    """Return the form of a step, blank or with what was sent."""
    step = STEPS[name]
    if name != "draft":
        return step.form(*sent, prefix=name)
    draft = getattr(given, "draft", None)
    initial = draft.values if draft is not None else {"handler_name": given.handler_name}
    return step.form(*sent, prefix=name, petition=given.petition, initial=initial)
