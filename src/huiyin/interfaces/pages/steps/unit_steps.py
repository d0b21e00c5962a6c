"""Steps of the office towards units: 异议, 裁定, 延期, and what a unit without an account sent on paper."""

from collections.abc import Callable

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import extensions, objections, progress
from huiyin.county.assignment.rules import objections as rules
from huiyin.county.assignment.rules.dispositions import DECIDERS, may_dispose
from huiyin.county.registry.models import Petition
from huiyin.interfaces.pages import unit_office_forms as f
from huiyin.interfaces.pages.unit_work_forms import TellForm

from .kinds import Act, Offered, StepKind, Submitted, person, with_petition


def _first(petition: Petition, by: Staff) -> bool:
    pending = f.objections_in(petition, by)
    return rules.may_decide(by) and any(one.round < rules.ADJUDICATED_FROM for one in pending)


def _unnamed(petition: Petition, by: Staff) -> bool:
    pending = f.objections_in(petition, by)
    return rules.may_decide(by) and any(one.round >= rules.ADJUDICATED_FROM for one in pending)


def _named(petition: Petition, by: Staff) -> bool:
    return any(one.adjudicator_id == by.pk for one in f.objections_in(petition, by))


def _extension_waits(petition: Petition, by: Staff) -> bool:
    may = may_dispose(by) or bool(by.role_set & frozenset(DECIDERS))
    return may and bool(f.extensions_in(petition, by))


def _on_paper(petition: Petition, by: Staff) -> bool:
    return may_dispose(by) and bool(f.without_account(petition))


def _untold(petition: Petition, by: Staff) -> bool:
    told = petition.assignments.filter(extensions__due_on_after__isnull=False, extensions__told_at=None)
    return _on_paper(petition, by) and told.exists()


def _pk(sent: Submitted, name: str) -> int:
    return int(sent.text(name))


def _uphold(sent: Submitted) -> object:
    assert isinstance(sent.form, f.UpholdForm)
    return objections.uphold(
        objection_id=_pk(sent, "objection"),
        words=sent.text("words"),
        to=sent.form.receiver(),
        redaction_confirmed=bool(sent.values["redaction_confirmed"]),
        by=sent.by,
        at=sent.at,
    )


def _refuse(sent: Submitted) -> object:
    return objections.refuse(objection_id=_pk(sent, "objection"), words=sent.text("words"), by=sent.by, at=sent.at)


def _name(sent: Submitted) -> object:
    return objections.name_adjudicator(
        objection_id=_pk(sent, "objection"), adjudicator=person(sent.text("adjudicator")), by=sent.by, at=sent.at
    )


def _adjudicate(sent: Submitted) -> object:
    assert isinstance(sent.form, f.AdjudicateForm)
    return objections.adjudicate(
        objection_id=_pk(sent, "objection"), words=sent.text("words"), to=sent.form.receiver(), by=sent.by, at=sent.at
    )


def _approve(sent: Submitted) -> object:
    return extensions.approve(
        extension_id=_pk(sent, "extension"), approver_name=sent.text("approver_name"), by=sent.by, at=sent.at
    )


def _refuse_extension(sent: Submitted) -> object:
    return extensions.refuse(extension_id=_pk(sent, "extension"), words=sent.text("words"), by=sent.by, at=sent.at)


def _object(sent: Submitted) -> object:
    return objections.raise_objection(
        assignment_id=_pk(sent, "assignment"),
        reasons=sent.text("reasons"),
        competent=sent.text("competent"),
        by=sent.by,
        at=sent.at,
    )


def _tell(sent: Submitted) -> object:
    assert isinstance(sent.form, TellForm)
    telling = sent.form.telling()
    return progress.tell_petitioner(assignment_id=_pk(sent, "assignment"), telling=telling, by=sent.by, at=sent.at)


def _progress(sent: Submitted) -> object:
    return progress.report_progress(
        assignment_id=_pk(sent, "assignment"), words=sent.text("words"), by=sent.by, at=sent.at
    )


def _ask(sent: Submitted) -> object:
    amount: int = sent.values["amount"]  # type: ignore[assignment]  # an IntegerField's cleaned value
    return extensions.ask(
        assignment_id=_pk(sent, "assignment"), amount=amount, reason=sent.text("reason"), by=sent.by, at=sent.at
    )


def _tell_of_extension(sent: Submitted) -> object:
    assert isinstance(sent.form, TellForm)
    telling = sent.form.telling()
    return extensions.tell_petitioner(extension_id=_pk(sent, "extension"), telling=telling, by=sent.by, at=sent.at)


def _paper(title: str, submit: str, done: str, form: Callable[..., forms.Form], act: Act) -> StepKind:
    return _written_down(title, submit, done, with_petition(form), act, offered=_on_paper)


def _written_down(
    title: str, submit: str, done: str, form: Callable[..., forms.Form], act: Act, *, offered: Offered
) -> StepKind:
    return StepKind(
        title, submit, done, offered, form, act,
        lead="承办单位没有账号，用纸质材料的，由信访办代录", kind="secondary", folded=True,
    )  # fmt: skip


STEPS: dict[str, StepKind] = {
    "uphold-objection": StepKind(
        "同意异议", "同意", "异议已同意", _first, with_petition(f.UpholdForm), _uphold,
        lead="改交其他单位：新的文号，新单位的期限重新计算，信访件本身的期限不变",
    ),
    "refuse-objection": StepKind(
        "不同意异议", "不同意", "已记下不同意", _first, with_petition(f.RefuseObjectionForm), _refuse, kind="secondary",
    ),
    "adjudicate": StepKind(
        "裁定异议", "裁定", "异议已裁定", _named, with_petition(f.AdjudicateForm), _adjudicate,
        lead="裁定后不能再提出异议；交哪个单位，就由哪个单位承办",
    ),
    "name-adjudicator": StepKind(
        "指定裁定人", "指定", "已送请裁定", _unnamed, with_petition(f.NameAdjudicatorForm), _name,
        lead="同一件的第二次异议，由指定的常委会领导或组长裁定",
    ),
    "approve-extension": StepKind(
        "批准延期", "批准", "延期已批准", _extension_waits, with_petition(f.ApproveExtensionForm), _approve,
        lead="由承办单位负责人批准的，单位没有账号时凭纸面批准代录",
    ),
    "refuse-extension": StepKind(
        "不批准延期", "不批准", "已记下不批准", _extension_waits, with_petition(f.RefuseExtensionForm),
        _refuse_extension, kind="secondary", folded=True,
    ),
    "record-notice": _paper("代录告知", "记下告知", "告知已记录", f.PaperTellForm, _tell),
    "record-progress": _paper("代录进展", "记下进展", "进展已记录", f.PaperProgressForm, _progress),
    "record-objection": _paper("代录异议", "记下异议", "异议已记录", f.PaperObjectionForm, _object),
    "record-extension": _paper("代录延期申请", "记下申请", "延期申请已记录", f.PaperExtensionForm, _ask),
    "record-extension-notice": _written_down(
        "代录延期告知", "记下告知", "延期告知已记录", with_petition(f.TellOfExtensionForm), _tell_of_extension,
        offered=_untold,
    ),
}  # fmt: skip
