"""Forms of instructions: 送阅, 批示, 登记批示, 落实."""

from typing import Any

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.assignment.queries.choices import units_for
from huiyin.county.assignment.states import DispositionKind
from huiyin.county.office.models import Unit
from huiyin.county.reception.models import Instruction
from huiyin.county.reception.rules import LEADERS, WORDS_LIMIT, Wish, may_instruct
from huiyin.county.reception.states import LegalRoute, PutReason
from huiyin.county.registry.models import Petition
from huiyin.county.registry.states import Confidentiality

from .petition_forms import text_area
from .receipt_forms import day_input

Choices = list[tuple[str, str]]


def leaders_for(petition: Petition) -> Choices:
    """Return the leaders who may be given a petition, as choices: none who is recused, of a sealed one the named."""
    rows = Staff.objects.filter(roles__overlap=[role.value for role in LEADERS], is_active=True).order_by("pk")
    is_sealed = petition.confidentiality != Confidentiality.ORDINARY.value
    found = [
        one
        for one in rows
        if Petition.objects.visible_to(one).filter(pk=petition.pk).exists()
        and (not is_sealed or petition.named_leader_id == one.pk)
    ]
    return [("", "请选择"), *((str(one.pk), f"{one.name}（{one.title or one.role_labels}）") for one in found)]


def unit_choices(nobody: str = "不指定", *, petition: Petition | None = None) -> Choices:
    """Return the units that may be given something; of a petition that accuses one, neither it nor any below it."""
    if petition is not None:
        given = units_for(petition, DispositionKind.ASSIGNMENT)
        return [("", nobody), *((one.key, one.label) for one in given)]
    units = Unit.objects.filter(is_active=True).order_by("branch", "name").values_list("code", "name")
    return [("", nobody), *units]


class PutForm(forms.Form):
    """送阅: before whom and why."""

    reason = forms.ChoiceField(
        label="送阅理由",
        choices=PutReason.choices(),
        initial=PutReason.IMPORTANT.value,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="给领导的话", max_length=200, required=False, widget=text_area(2))

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the leaders who may see the petition."""
        del by
        super().__init__(*args, **options)
        self.fields["leader"] = forms.ChoiceField(label="送哪位领导", choices=leaders_for(petition))
        self.order_fields(["leader"])


class WishForm(forms.Form):
    """批示: words, a wanted unit, a day; of a petition in litigation only the route."""

    def __init__(self, *args: Any, petition: Petition, **options: Any) -> None:
        """Show what may be said of this petition."""
        super().__init__(*args, **options)
        if petition.is_litigation:
            self.fields["route"] = forms.ChoiceField(
                label="依法处理意见",
                choices=LegalRoute.choices(),
                widget=forms.RadioSelect,
                help_text="本件涉法涉诉，不就案件实体作批示",
            )
            return
        self.fields["words"] = forms.CharField(label="批示", max_length=WORDS_LIMIT, widget=text_area(4))
        self.fields["wanted_unit"] = forms.ChoiceField(
            label="建议由哪个单位办理",
            choices=unit_choices(petition=petition),
            required=False,
            help_text="由信访办统一交办",
        )
        self.fields["due_on"] = forms.DateField(
            label="要求何时办结", required=False, widget=day_input(), help_text="早于规定期限的以此为准"
        )

    def wish(self) -> Wish:
        """Return what was written, as the rules take it."""
        values = self.cleaned_data
        return Wish(
            words=values.get("words", ""),
            wanted_unit=values.get("wanted_unit", ""),
            due_on=values.get("due_on"),
            route=LegalRoute(values["route"]) if values.get("route") else None,
        )


class RecordForm(WishForm):
    """登记批示: what a leader wrote on paper; a leader who writes himself is not asked who he is."""

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the leaders to the clerk."""
        super().__init__(*args, petition=petition, **options)
        if not may_instruct(by):
            self.fields["leader"] = forms.ChoiceField(label="哪位领导的批示", choices=leaders_for(petition))
            self.order_fields(["leader"])


class NoteForm(forms.Form):
    """已阅: a word, or none."""

    note = forms.CharField(label="阅后意见", max_length=200, required=False, help_text="只阅不批；可以不填")


class WithdrawForm(forms.Form):
    """撤回送阅."""

    reason = forms.CharField(label="撤回原因", max_length=200)


class InstructedAssignForm(forms.Form):
    """按批示交办: to whom, with the leader's day where it is the earlier one."""

    unit = forms.ChoiceField(label="承办单位")
    handler_name = forms.CharField(label="承办人", max_length=40)
    handler_phone = forms.CharField(label="承办人电话", max_length=20, required=False)
    due_on = forms.DateField(
        label="函上载明的期限", required=False, widget=day_input(), help_text="早于规则期限的才写；留空按规则计算"
    )
    instruction = forms.CharField(label="办理要求", max_length=500, widget=text_area(3))
    redaction_confirmed = forms.BooleanField(
        label="已核对并脱敏：信访人不愿公开的信息、检举内容不发给承办单位", required=False
    )

    def __init__(self, *args: Any, petition: Petition, **options: Any) -> None:
        """Offer the units that may be given the petition."""
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = unit_choices("请选择", petition=petition)


class CarryOutForm(forms.Form):
    """落实: by an assignment that the petition has already, or as the words say."""

    outcome = forms.CharField(
        label="落实情况", max_length=500, required=False, widget=text_area(3), help_text="没有交办的，写明怎样落实的"
    )

    def __init__(self, *args: Any, instruction: Instruction, **options: Any) -> None:
        """Offer the petition's own assignments."""
        super().__init__(*args, **options)
        rows = instruction.petition.assignments.select_related("unit").order_by("-pk")
        given = [(str(row.pk), f"{row.unit.name}　{row.number}") for row in rows]
        if given:
            self.fields["assignment"] = forms.ChoiceField(
                label="由哪件交办落实", choices=[("", "不是由交办落实"), *given], required=False
            )
            self.order_fields(["assignment"])
