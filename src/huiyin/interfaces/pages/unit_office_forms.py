"""Forms with which the office decides about objections and extensions, and writes down what units sent on paper."""

from typing import Any

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.assignment.models import Assignment
from huiyin.county.assignment.queries.choices import units_for
from huiyin.county.assignment.rules.objections import ADJUDICATED_FROM, ADJUDICATORS, Receiver
from huiyin.county.assignment.states import OWES, DispositionKind, ExtensionState
from huiyin.county.assignment.unit_models import Extension, Objection
from huiyin.county.registry.models import Petition
from huiyin.kernel.clocks import TimeUnit

from .petition_forms import text_area
from .receipt_forms import day_input
from .unit_work_forms import ExtensionForm, ObjectForm, ProgressForm, TellForm

Choices = list[tuple[str, str]]


def objections_in(petition: Petition, by: Staff) -> list[Objection]:
    """Return the objections that wait for this person: a first one for the office, a further one for who was named."""
    rows = Objection.objects.visible_to(by).pending().filter(petition=petition)
    return list(rows.select_related("assignment__unit").order_by("pk"))


def extensions_in(petition: Petition, by: Staff) -> list[Extension]:
    """Return the wishes for more time that wait."""
    rows = Extension.objects.visible_to(by).pending().filter(assignment__petition=petition)
    return list(rows.select_related("assignment__unit").order_by("pk"))


def without_account(petition: Petition) -> list[Assignment]:
    """Return the assignments in work of units that have no account: the office writes down what came on paper."""
    rows = petition.assignments.filter(state__in=OWES).select_related("unit").order_by("pk")
    return [row for row in rows if not Staff.objects.of_unit(row.unit.code).exists()]


class ObjectionForm(forms.Form):
    """A decision about one objection."""

    is_further = False
    objection = forms.ChoiceField(label="哪一项异议")

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the objections that this decision can be about."""
        super().__init__(*args, **options)
        field = self.fields["objection"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (str(one.pk), f"{one.assignment.unit.name}第{one.round}次异议：{one.reasons[:40]}")
            for one in objections_in(petition, by)
            if (one.round >= ADJUDICATED_FROM) is self.is_further
        ]


class RefuseObjectionForm(ObjectionForm):
    """不同意异议."""

    words = forms.CharField(label="理由", max_length=500, widget=text_area(2))


class GiveInsteadForm(ObjectionForm):
    """同意异议，改交: whom the matter goes to instead."""

    words = forms.CharField(label="处理意见和理由", max_length=500, widget=text_area(2))
    unit = forms.ChoiceField(label="改交哪个单位", required=False)
    handler_name = forms.CharField(label="承办人", max_length=40, required=False, help_text="改交时必填，责任到人")
    handler_phone = forms.CharField(label="承办人电话", max_length=20, required=False)
    due_on = forms.DateField(label="函上载明的期限", required=False, widget=day_input(), help_text="留空按规则计算")

    blank = "不改交，重新决定处理方式"

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the units that may be given this petition."""
        super().__init__(*args, by=by, petition=petition, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", self.blank), *((one.key, one.label) for one in self._units(petition, by))]

    @staticmethod
    def _units(petition: Petition, by: Staff) -> tuple[Any, ...]:
        found = objections_in(petition, by)
        return units_for(petition, DispositionKind(found[0].assignment.kind)) if found else ()

    def receiver(self) -> Receiver | None:
        """Return the unit that gets the matter instead, if one is named."""
        values = self.cleaned_data
        if not values["unit"]:
            return None
        return Receiver(
            unit_code=values["unit"],
            handler_name=values["handler_name"],
            handler_phone=values["handler_phone"],
            due_on=values["due_on"],
        )


class UpholdForm(GiveInsteadForm):
    """同意异议."""

    redaction_confirmed = forms.BooleanField(label="已核对：发给新单位的内容已脱敏", required=False)


class AdjudicateForm(GiveInsteadForm):
    """裁定."""

    is_further = True
    blank = "由原单位继续承办"


class NameAdjudicatorForm(ObjectionForm):
    """指定裁定人."""

    is_further = True
    adjudicator = forms.ChoiceField(label="裁定的领导")

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the leaders and the group head who may see the petition."""
        super().__init__(*args, by=by, petition=petition, **options)
        people = Staff.objects.holding(*ADJUDICATORS).order_by("pk")
        seeing = [one for one in people if Petition.objects.visible_to(one).filter(pk=petition.pk).exists()]
        field = self.fields["adjudicator"]
        assert isinstance(field, forms.ChoiceField)
        named = [(str(one.pk), f"{one.name}（{one.title or one.role_labels}）") for one in seeing]
        field.choices = [("", "请选择"), *named]


class DecideExtensionForm(forms.Form):
    """A decision about more time."""

    extension = forms.ChoiceField(label="哪一项申请")

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the wishes that wait."""
        super().__init__(*args, **options)
        field = self.fields["extension"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (
                str(one.pk),
                f"{one.assignment.unit.name}申请延长{one.amount}{TimeUnit(one.time_unit).label}：{one.reason[:40]}",
            )
            for one in extensions_in(petition, by)
        ]


class ApproveExtensionForm(DecideExtensionForm):
    """批准延期."""

    approver_name = forms.CharField(
        label="纸面批准人", max_length=40, required=False, help_text="由单位负责人纸面批准的，写明姓名"
    )


class RefuseExtensionForm(DecideExtensionForm):
    """不批准延期."""

    words = forms.CharField(label="理由", max_length=300, widget=text_area(2))


class OnPaper(forms.Form):
    """代录: which unit's paper is written down."""

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the assignments of units without an account."""
        del by
        super().__init__(*args, **options)
        choices: Choices = [(str(one.pk), f"{one.unit.name} {one.number}") for one in without_account(petition)]
        self.fields["assignment"] = forms.ChoiceField(label="承办单位", choices=choices)
        self.order_fields(["assignment"])


class PaperObjectionForm(OnPaper, ObjectForm):
    """代录异议."""


class PaperTellForm(OnPaper, TellForm):
    """代录告知."""


class PaperProgressForm(OnPaper, ProgressForm):
    """代录进展."""


class PaperExtensionForm(OnPaper, ExtensionForm):
    """代录延期申请."""


class TellOfExtensionForm(TellForm):
    """代录延期告知."""

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the approved extensions of which the petitioner was not told."""
        super().__init__(*args, **options)
        rows = Extension.objects.visible_to(by).filter(
            assignment__petition=petition, state=ExtensionState.APPROVED.value, told_at=None
        )
        choices: Choices = [(str(one.pk), one.assignment.number) for one in rows.select_related("assignment")]
        self.fields["extension"] = forms.ChoiceField(label="哪一次延期", choices=choices)
        self.order_fields(["extension"])
