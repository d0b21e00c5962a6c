"""Forms of dispositions: one for each way that a petition can go, with the fields of that way and no other."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.assignment.actions.proposals import deciders_of
from huiyin.county.assignment.queries.choices import (
    Choice,
    files_for_units,
    instructions_of,
    sealed_approvers,
    units_for,
)
from huiyin.county.assignment.rules.dispositions import CoHandler, Giving
from huiyin.county.assignment.states import DispatchMethod, DispositionKind
from huiyin.county.registry.models import Petition

from .petition_forms import text_area
from .receipt_forms import day_input

LINES = 2


def chosen_from(choices: Iterable[Choice], *, blank: str = "请选择") -> list[tuple[str, str]]:
    """Return choices as a select shows them, after a blank line."""
    return [("", blank), *((one.key, one.label) for one in choices)]


def people(staff: Iterable[Staff]) -> list[tuple[str, str]]:
    """Return people of the office as choices."""
    return [("", "请选择"), *((str(one.pk), f"{one.name}（{one.title or one.role_labels}）") for one in staff)]


class DecisionForm(forms.Form):
    """What every disposition asks: why and on what basis; who decides it, and on whose instruction."""

    kind: ClassVar[DispositionKind]
    is_proposal: ClassVar[bool] = False

    reason = forms.CharField(label="理由", max_length=500, widget=text_area(LINES))
    basis = forms.CharField(label="依据", max_length=200, help_text="法规名称和条款")
    instruction_source = forms.ChoiceField(label="据以办理的领导批示", required=False)
    to_leader = forms.BooleanField(label="先报负责人或领导审批", required=False)

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer what this petition leaves to choose; leave out what it does not."""
        super().__init__(*args, **options)
        self.by, self.petition = by, petition
        self.offer("instruction_source", instructions_of(petition), blank="没有")
        if self.is_proposal:
            self.fields.pop("to_leader")
            self.fields.pop("instruction_source", None)

    def offer(self, name: str, choices: tuple[Choice, ...], *, blank: str = "请选择") -> None:
        """Put choices into a field; a field that may be left out and has none is not shown."""
        field = self.fields.get(name)
        if field is None:
            return
        if not choices and not field.required:
            self.fields.pop(name)
            return
        assert isinstance(field, forms.ChoiceField)
        field.choices = chosen_from(choices, blank=blank)

    def text(self, name: str) -> str:
        """Return one value as text; of a field that is not shown, nothing."""
        return str(self.cleaned_data.get(name) or "").strip()

    @property
    def instruction_id(self) -> int | None:
        """The leader's instruction that was named."""
        return int(self.text("instruction_source")) if self.text("instruction_source") else None

    @property
    def goes_to_leader(self) -> bool:
        """Whether this is proposed to a head or leader first."""
        return self.is_proposal or bool(self.cleaned_data.get("to_leader"))


class GivingForm(DecisionForm):
    """A letter to one unit: to whom, how it goes out, and that it is redacted."""

    reason = forms.CharField(label="理由", required=False, max_length=500, widget=text_area(LINES))
    basis = forms.CharField(label="依据", required=False, max_length=200, help_text="法规名称和条款")
    unit = forms.ChoiceField(label="承办单位")
    handler_name = forms.CharField(label="承办人", max_length=40, help_text="责任到单位，也到个人")
    handler_phone = forms.CharField(label="承办人电话", max_length=20, required=False)
    instruction = forms.CharField(label="办理要求", required=False, max_length=500, widget=text_area(LINES))
    enclosed = forms.MultipleChoiceField(
        label="随函发给承办单位的附件",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不选的，承办单位不能打开",
    )
    sent_by = forms.ChoiceField(
        label="发送方式",
        choices=DispatchMethod.choices(),
        initial=DispatchMethod.SYSTEM.value,
        widget=forms.RadioSelect,
    )
    redaction_confirmed = forms.BooleanField(label="已核对：概况、诉求和附件已脱敏，不含检举控告内容")

    field_order = (
        "unit",
        "handler_name",
        "handler_phone",
        "due_on",
        "due_approver",
        "procedure",
        "instruction",
        "enclosed",
    )

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the units that may be given this, and the files that may go with it."""
        super().__init__(*args, by=by, petition=petition, **options)
        self.offer("unit", units_for(petition, self.kind))
        files = files_for_units(petition)
        field = self.fields["enclosed"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.key, one.label) for one in files]
        if not files:
            self.fields.pop("enclosed")
        for name in ("reason", "basis"):
            self.fields[name].required = self.is_proposal

    def clean(self) -> dict[str, Any]:
        """Ask for reason and basis where the decision goes to a leader first."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("to_leader"):
            for name in ("reason", "basis"):
                if not values.get(name):
                    self.add_error(name, "报批须填写")
        return values

    def giving(self) -> Giving:
        """Return the letter as the rules take it."""
        values = self.cleaned_data
        return Giving(
            unit_code=self.text("unit"),
            handler_name=self.text("handler_name"),
            handler_phone=self.text("handler_phone"),
            instruction=self.text("instruction"),
            reason=self.text("reason"),
            basis=self.text("basis"),
            procedure=self.text("procedure"),
            due_on=values.get("due_on"),
            due_approver_id=int(self.text("due_approver")) if self.text("due_approver") else None,
            is_simple=bool(values.get("is_simple")),
            is_refusal_likely=False,
            redaction_confirmed=bool(values.get("redaction_confirmed")),
            sent_by=DispatchMethod(self.text("sent_by")),
            co_handlers=self.co_handlers(),
            attachment_ids=tuple(int(pk) for pk in values.get("enclosed") or ()),
            instruction_id=self.instruction_id,
        )

    def co_handlers(self) -> tuple[CoHandler, ...]:
        """Return the further unit, where one was chosen."""
        if not self.text("co_unit"):
            return ()
        return (CoHandler(self.text("co_unit"), self.text("co_handler_name"), instruction=self.text("co_instruction")),)


class DatedForm(GivingForm):
    """A letter that asks for a result by a day."""

    due_on = forms.DateField(
        label="函上载明的期限", required=False, widget=day_input(), help_text="留空按规则计算；更晚的日期须经审批"
    )
    due_approver = forms.ChoiceField(label="延后期限的审批人", required=False)

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer who can approve a later day; of a proposal it is whoever decides."""
        super().__init__(*args, by=by, petition=petition, **options)
        approver = self.fields["due_approver"]
        assert isinstance(approver, forms.ChoiceField)
        approver.choices = people(deciders_of(petition, besides=by))
        if self.is_proposal:
            self.fields.pop("due_approver")


class AssignForm(DatedForm):
    """交办."""

    kind = DispositionKind.ASSIGNMENT
    is_simple = forms.BooleanField(
        label="简易办理（初次、诉求合理、当场可办）", required=False, help_text="3个工作日受理，受理后10个工作日答复"
    )
    co_unit = forms.ChoiceField(label="会办单位", required=False, help_text="更多的会办单位，交办后再增加")
    co_handler_name = forms.CharField(label="会办承办人", required=False, max_length=40)
    co_instruction = forms.CharField(label="会办要求", required=False, max_length=500)

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the same units for 会办."""
        super().__init__(*args, by=by, petition=petition, **options)
        self.offer("co_unit", units_for(petition, self.kind), blank="没有")

    def clean(self) -> dict[str, Any]:
        """Ask for the person of the further unit."""
        values = super().clean()
        if values.get("co_unit") and not values.get("co_handler_name"):
            self.add_error("co_handler_name", "请填写会办单位的承办人")
        return values


class InternalForm(DatedForm):
    """直接办理."""

    kind = DispositionKind.INTERNAL


class ReferForm(GivingForm):
    """转送."""

    kind = DispositionKind.REFERRAL
    procedure = forms.CharField(
        label="书面引导的程序", required=False, max_length=200, help_text="涉法涉诉件必填：信访人依法可以走的程序"
    )

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Ask for the written guidance of litigation, and of nothing else."""
        super().__init__(*args, by=by, petition=petition, **options)
        self.fields["procedure"].required = petition.is_litigation
        if not petition.is_litigation:
            self.fields.pop("procedure")


class TransferSealedForm(DecisionForm):
    """密封移送."""

    kind = DispositionKind.SEALED_TRANSFER
    reason = forms.CharField(label="理由", required=False, max_length=500, widget=text_area(LINES))
    basis = forms.CharField(label="依据", required=False, max_length=200, help_text="法规名称和条款")
    unit = forms.ChoiceField(label="接收机关", help_text="监察机关或上级机关；密件只移送上级")
    handler_name = forms.CharField(label="接收部门或接收人", max_length=40)
    sent_by = forms.ChoiceField(
        label="发送方式",
        choices=[
            (one.value, one.label)
            for one in (DispatchMethod.CONFIDENTIAL, DispatchMethod.IN_PERSON, DispatchMethod.EXCHANGE)
        ],
        initial=DispatchMethod.CONFIDENTIAL.value,
        widget=forms.RadioSelect,
    )

    approver = forms.ChoiceField(
        label="批准人", required=False, help_text="只知道编号和接收机关，看不到内容；据领导批示移送的不用填"
    )

    field_order = ("unit", "handler_name", "sent_by", "approver")

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the organs that receive what is sealed, and who can agree; of a proposal it is whoever decides."""
        super().__init__(*args, by=by, petition=petition, **options)
        self.offer("unit", units_for(petition, self.kind))
        self.fields.pop("to_leader", None)
        approver = self.fields["approver"]
        assert isinstance(approver, forms.ChoiceField)
        approver.choices = people(sealed_approvers(petition, besides=by))
        if self.is_proposal:
            self.fields.pop("approver")
        for name in ("reason", "basis"):
            self.fields[name].required = self.is_proposal

    def giving(self) -> Giving:
        """Return the letter as the rules take it: it tells the number and nothing of the content."""
        return Giving(
            unit_code=self.text("unit"),
            handler_name=self.text("handler_name"),
            reason=self.text("reason"),
            basis=self.text("basis"),
            sent_by=DispatchMethod(self.text("sent_by")),
            instruction_id=self.instruction_id,
        )


class EndingForm(DecisionForm):
    """What ends here: decided by the clerk with a second person, or proposed."""

    approver = forms.ChoiceField(label="审批人", required=False)

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer who can be the second person; of a proposal it is whoever decides."""
        super().__init__(*args, by=by, petition=petition, **options)
        approver = self.fields.get("approver")
        if isinstance(approver, forms.ChoiceField):
            approver.choices = people(deciders_of(petition, besides=by))
        if self.is_proposal:
            self.fields.pop("approver", None)
            self.fields.pop("second_note", None)

    def clean(self) -> dict[str, Any]:
        """Ask for the second person, unless a head or leader decides anyway."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("approver", "second_note"):
            if name in self.fields and not values.get("to_leader") and not values.get(name):
                self.add_error(name, "请填写；或选择先报审批")
        return values


class GuideForm(EndingForm):
    """引导告知."""

    kind = DispositionKind.GUIDANCE
    competent_organ = forms.CharField(label="有权处理的机关", max_length=80)
    procedure = forms.CharField(label="可以走的程序", max_length=200, help_text="例如向某法院起诉、申请行政复议")


class NotReacceptForm(EndingForm):
    """不再受理."""

    kind = DispositionKind.NOT_REACCEPTED
    concluded = forms.CharField(label="已办结的原件编号", max_length=60, required=False)
    conclusion = forms.CharField(
        label="三级终结的复核意见", max_length=200, required=False, help_text="没有原件编号的，写明机关和文号"
    )


class FileForm(EndingForm):
    """存查."""

    kind = DispositionKind.FILED
    reason = forms.CharField(label="本人阅信意见", max_length=500, widget=text_area(LINES))
    second_note = forms.CharField(
        label="第二人阅信意见", max_length=500, required=False, widget=text_area(LINES), help_text="由审批人阅信后填写"
    )


class MergeForm(DecisionForm):
    """并入."""

    kind = DispositionKind.MERGED
    basis = forms.CharField(label="依据", required=False, max_length=200)
    merged_into = forms.CharField(label="主件编号", max_length=60)

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Ask for the basis only where a leader decides."""
        super().__init__(*args, by=by, petition=petition, **options)
        self.fields.pop("to_leader", None)
        self.fields["basis"].required = self.is_proposal
