"""The next step of a petition: which forms the page shows to this person in this state, and what each carries out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions import dispositions, reports
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.rules import may_dispose, may_verify
from huiyin.county.assignment.states import REPORTS_BACK, AssignmentState, DispositionKind, ReturnReason
from huiyin.county.registry.actions import attachments, petitions
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import NEEDED_ORIGINAL, may_classify, may_read, may_register
from huiyin.county.registry.states import ENDED, MOVES, AttachmentKind, Channel, State
from huiyin.county.reply import actions as reply
from huiyin.county.reply.rules import final_kind_for, may_close, may_reply
from huiyin.county.reply.states import FINAL, Method, ReplyKind, Satisfaction
from huiyin.kernel.refusal import Refusal

from . import petition_forms as f
from .assignment_forms import ReportForm, SignForm

Act = Callable[["Submitted"], object]
FORM_ID = "step"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A step as it was sent: the petition, the checked values, who and when."""

    petition: Petition
    form: forms.Form
    request: HttpRequest
    by: Staff
    at: datetime

    @property
    def version(self) -> int | None:
        """The version of the petition that the page showed when the form was opened."""
        seen: int | None = self.form.cleaned_data.get("version")
        return seen

    @property
    def values(self) -> dict[str, object]:
        """The checked values of the form."""
        return self.form.cleaned_data

    def text(self, name: str) -> str:
        """Return one value as text."""
        return str(self.values.get(name) or "")


@dataclass(frozen=True, slots=True)
class StepForm:
    """One form of the page: what it is called, where it goes, what its button says."""

    name: str
    title: str
    lead: str
    form: forms.Form
    action: str
    submit: str
    kind: str = "primary"
    confirm: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class StepKind:
    """A step: how its form is made, what it carries out, what is said when it is done."""

    title: str
    submit: str
    done: str
    make: Callable[..., forms.Form]
    act: Act
    lead: str = ""
    confirm: str = ""
    kind: str = "primary"
    folded: bool = False


def _person(pk: str) -> Staff:
    found = Staff.objects.filter(pk=int(pk), is_active=True).first() if pk.isdecimal() else None
    if found is None:
        raise Refusal("petition.approver_missing", "请选择审批人")
    return found


def _attach(sent: Submitted) -> object:
    scan = sent.form.cleaned_data["scan"]
    return attachments.attach(
        petition_id=sent.petition.pk,
        kind=AttachmentKind(sent.text("kind")),
        name=scan.name,
        data=scan.read(),
        by=sent.by,
        at=sent.at,
    )


def _read(sent: Submitted) -> object:
    return petitions.read(
        petition_id=sent.petition.pk,
        note=sent.text("note"),
        reader_name=sent.text("reader_name"),
        read_by_leader=bool(sent.values["read_by_leader"]),
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


def _classify(sent: Submitted) -> object:
    assert isinstance(sent.form, f.ClassifyForm)
    return petitions.classify(
        petition_id=sent.petition.pk,
        classification=sent.form.classification(by=sent.by),
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


def _assign(sent: Submitted) -> object:
    return dispositions.assign(
        petition_id=sent.petition.pk,
        kind=DispositionKind(sent.text("kind")),
        unit_code=sent.text("unit"),
        handler_name=sent.text("handler_name"),
        handler_phone=sent.text("handler_phone"),
        instruction=sent.text("instruction"),
        reason=sent.text("reason"),
        due_on=sent.form.cleaned_data["due_on"],
        due_approver=_person(sent.text("due_approver")) if sent.text("due_approver") else None,
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


def _decide_here(sent: Submitted) -> object:
    kind = DispositionKind(sent.text("kind"))
    main_id = None
    if kind is DispositionKind.MERGED:
        found = Petition.objects.visible_to(sent.by).filter(number=sent.text("merged_into").strip()).first()
        main_id = found.pk if found else None
    return dispositions.decide_here(
        petition_id=sent.petition.pk,
        kind=kind,
        reason=sent.text("reason"),
        basis=sent.text("basis"),
        competent_organ=sent.text("competent_organ"),
        approver=_person(sent.text("approver")),
        merged_into_id=main_id,
        version=sent.version,
        by=sent.by,
        at=sent.at,
    )


def _latest(petition: Petition) -> Assignment:
    found = petition.assignments.order_by("-id").first()
    if found is None:
        raise Refusal("assignment.unknown", "本件没有交办")
    return found


def _verify(sent: Submitted) -> object:
    return reports.verify(assignment_id=_latest(sent.petition).pk, by=sent.by, at=sent.at)


def _return(sent: Submitted) -> object:
    return reports.return_report(
        assignment_id=_latest(sent.petition).pk,
        reasons=[ReturnReason(code) for code in sent.form.cleaned_data["reasons"]],
        words=sent.text("words"),
        by=sent.by,
        at=sent.at,
    )


def _reply(sent: Submitted) -> object:
    return reply.reply(
        petition_id=sent.petition.pk,
        kind=ReplyKind(sent.text("kind")),
        text=sent.text("text"),
        by=sent.by,
        at=sent.at,
    )


def _deliver(sent: Submitted) -> object:
    written = sent.petition.replies.filter(kind__in=[kind.value for kind in FINAL]).order_by("-id").first()
    if written is None:
        raise Refusal("reply.unknown", "还没有答复可以送达")
    return reply.deliver(
        reply_id=written.pk,
        method=Method(sent.text("method")),
        delivered_at=sent.form.cleaned_data["delivered_at"],
        recipient=sent.text("recipient"),
        proof=sent.text("proof"),
        by=sent.by,
        at=sent.at,
    )


def _close(sent: Submitted) -> object:
    return reply.close(petition_id=sent.petition.pk, version=sent.version, by=sent.by, at=sent.at)


def _evaluate(sent: Submitted) -> object:
    return reply.evaluate(
        petition_id=sent.petition.pk,
        satisfaction=Satisfaction(sent.text("satisfaction")),
        reason=sent.text("reason"),
        by=sent.by,
        at=sent.at,
    )


def _void(sent: Submitted) -> object:
    return petitions.void(
        petition_id=sent.petition.pk,
        reason=sent.text("reason"),
        approver=_person(sent.text("approver")),
        by=sent.by,
        at=sent.at,
    )


def _plain(form: type[forms.Form]) -> Callable[..., forms.Form]:
    def make(*args: object, by: Staff, petition: Petition, **options: object) -> forms.Form:
        del by
        return form(*args, **{**options, "initial": _initial(form, petition)})  # type: ignore[arg-type]  # Django's own loose signature

    return make


def _initial(form: type[forms.Form], petition: Petition) -> dict[str, object]:
    if form is f.AttachForm:
        return {"kind": NEEDED_ORIGINAL.get(Channel(petition.channel), AttachmentKind.OTHER).value}
    if form is f.ReplyForm:
        return {"kind": final_kind_for(petition.state).value}
    if form is f.DeliverForm:
        return {"delivered_at": timezone.localtime(), "recipient": petition.petitioner.name}
    return {}


def _with_person(form: Callable[..., forms.Form]) -> Callable[..., forms.Form]:
    def make(*args: object, by: Staff, petition: Petition, **options: object) -> forms.Form:
        del petition
        return form(*args, by=by, **options)

    return make


STEPS: dict[str, StepKind] = {
    "attach": StepKind("上传附件", "上传", "附件已保存", _plain(f.AttachForm), _attach, kind="secondary", folded=True),
    "read": StepKind("阅信接谈", "记下", "已记下阅信接谈情况", _plain(f.ReadForm), _read),
    "classify": StepKind("归类", "归类", "已归类", _plain(f.ClassifyForm), _classify),
    "assign": StepKind("交办", "发出", "已交办", _with_person(f.AssignForm), _assign, lead="责任到单位，也到个人"),
    "decide": StepKind(
        "不交办", "决定", "已作出决定", _with_person(f.DecideHereForm), _decide_here,
        lead="引导告知、不再受理、存查须有依据和另一人审批", kind="secondary", folded=True,
    ),
    "verify": StepKind("审核通过", "审核通过", "反馈已审核通过", _plain(forms.Form), _verify),
    "return": StepKind(
        "退回补正", "退回", "反馈已退回", _plain(f.ReturnForm), _return, kind="secondary", folded=True
    ),
    "reply": StepKind("答复信访人", "答复", "答复已写好，请送达", _plain(f.ReplyForm), _reply),
    "deliver": StepKind("送达", "记下送达", "送达已记录", _plain(f.DeliverForm), _deliver, lead="没有送达凭证不能办结"),
    "close": StepKind("办结", "办结", "已办结", _plain(forms.Form), _close),
    "evaluate": StepKind("满意度评价", "记下评价", "评价已记录", _plain(f.EvaluateForm), _evaluate, kind="secondary"),
    "void": StepKind(
        "作废", "作废", "已作废，编号保留", _with_person(f.VoidForm), _void,
        lead="编号留在台账中，不再使用", kind="danger", confirm="作废后不能恢复。确定作废吗？", folded=True,
    ),
}  # fmt: skip


NEXT: tuple[tuple[frozenset[State], Callable[[Staff], bool], tuple[str, ...]], ...] = (
    (frozenset({State.REGISTERED}), may_read, ("read",)),
    (frozenset({State.READ}), may_classify, ("classify",)),
    (frozenset({State.CLASSIFIED}), may_dispose, ("assign", "decide")),
    (frozenset({State.REPORTED}), may_verify, ("verify", "return")),
    (frozenset({State.VERIFIED, State.GUIDED, State.NOT_REACCEPTED, State.REFERRED}), may_reply, ("reply",)),
    (frozenset({State.FILED, State.MERGED}), may_close, ("close",)),
)
VOIDABLE = frozenset(then for then, ways in MOVES.items() if State.VOIDED in ways)


def open_steps(petition: Petition, by: Staff) -> Iterator[str]:
    """Yield the names of the steps that this person may take now, the most likely first."""
    state = State(petition.state)
    lacks_original = state is State.REGISTERED and not _has_original(petition)
    if lacks_original and may_register(by):
        yield "attach"
    for states, may, names in NEXT:
        if state in states and may(by):
            yield from names
    if state is State.REPLIED and may_close(by):
        yield "close" if _is_delivered(petition) else "deliver"
    if state in {State.REPLIED, State.CLOSED} and may_reply(by) and not petition.evaluations.exists():
        yield "evaluate"
    if state not in ENDED and may_register(by):
        if not lacks_original:
            yield "attach"
        if state in VOIDABLE:
            yield "void"


def _has_original(petition: Petition) -> bool:
    needed = NEEDED_ORIGINAL.get(Channel(petition.channel))
    return needed is None or petition.attachments.filter(kind=needed.value).exists()


def _is_delivered(petition: Petition) -> bool:
    final = [kind.value for kind in FINAL]
    return petition.replies.filter(kind__in=final, deliveries__isnull=False).exists()


def made(name: str, petition: Petition, by: Staff, *sent: object) -> forms.Form:
    """Return the form of a step, blank or with what was sent; it carries the version that its page shows."""
    form = STEPS[name].make(*sent, by=by, petition=petition, prefix=name)
    form.fields["version"] = forms.IntegerField(
        widget=forms.HiddenInput(), initial=petition.version, required=False, min_value=1
    )
    return form


def step_form(name: str, petition: Petition, by: Staff, *, bound: forms.Form | None = None) -> StepForm:
    """Return the form of a step for the page; a bound one that was refused in its place."""
    step = STEPS[name]
    form = bound if bound is not None else made(name, petition, by)
    is_needed = name == "attach" and not _has_original(petition)
    return StepForm(
        name=name,
        title=step.title,
        lead=step.lead,
        form=form,
        action=reverse("petition_step", args=[petition.pk, name]),
        submit=step.submit,
        kind="primary" if is_needed else step.kind,
        confirm=step.confirm,
        folded=step.folded and bound is None and not is_needed,
    )


def unit_forms(petition: Petition, by: Staff) -> Iterator[StepForm]:
    """Yield the forms that record a unit's signature or report on its behalf, from the paper it sent."""
    for row in petition.assignments.exclude(state__in=[AssignmentState.VERIFIED.value]).order_by("id"):
        state = AssignmentState(row.state)
        if state is AssignmentState.ISSUED and may_dispose(by):
            initial = {"handler_name": row.handler_name, "handler_phone": row.handler_phone}
            yield StepForm(
                name="sign",
                title="代录签收",
                lead="承办单位用纸质回执签收的，由信访办代录",
                form=SignForm(initial=initial),
                action=reverse("assignment_sign", args=[row.pk]),
                submit="签收",
                kind="secondary",
            )
        reports = row.kind in {kind.value for kind in REPORTS_BACK}
        if reports and state in {AssignmentState.SIGNED, AssignmentState.RETURNED} and may_dispose(by):
            yield StepForm(
                name="report",
                title="代录反馈",
                lead="承办单位用纸质报告反馈的，由信访办代录",
                form=ReportForm(petition=petition, initial={"handler_name": row.handler_name}),
                action=reverse("assignment_report", args=[row.pk]),
                submit="反馈",
                kind="secondary",
                folded=True,
            )
