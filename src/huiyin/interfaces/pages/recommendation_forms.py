"""Forms of recommendations: 拟写, 批准提出, 退回, 反馈采纳情况."""

from typing import Any

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.office.models import Unit
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.recommendation_rules import BASIS, AnswerEntry, RecommendationEntry
from huiyin.county.oversight.states import KIND_OF, Adoption, Instrument, Level, RecommendationKind

from .petition_filters import ANY
from .petition_forms import text_area
from .receipt_forms import day_input

TEXT_LIMIT = 10_000


def open_steps(by: Staff) -> list[tuple[str, str]]:
    """Return the steps of oversight that chose a recommendation, as choices."""
    chosen = [instrument.value for instrument in KIND_OF]
    rows = Oversight.objects.visible_to(by).filter(level=Level.INSTRUMENT.value, instrument__in=chosen)
    return [
        (str(row.pk), f"{row.number}　{row.assignment.unit.name}　{Instrument(row.instrument).label}")
        for row in rows.select_related("assignment__unit").order_by("-pk")
    ]


class RecommendationForm(forms.Form):
    """拟写建议."""

    kind = forms.ChoiceField(label="种类", choices=RecommendationKind.choices(), widget=forms.RadioSelect)
    unit = forms.ChoiceField(label="对哪个单位")
    subject = forms.CharField(label="事由", max_length=100, help_text="例如：农业水费收缴公开")
    facts = forms.CharField(
        label="事实", max_length=TEXT_LIMIT, widget=text_area(), help_text="查明的情况；不写信访人姓名、电话和住址"
    )
    words = forms.CharField(label="建议内容", max_length=TEXT_LIMIT, widget=text_area())
    basis = forms.CharField(label="依据", max_length=300, required=False, help_text="不填的，用该种类的规定条款")
    due_on = forms.DateField(label="反馈期限", widget=day_input())
    petitions = forms.CharField(
        label="所依据的信访件",
        required=False,
        max_length=5000,
        widget=text_area(),
        help_text="信访编号，一行一个；建议书里不出现编号和信访人。检举控告件不能列入",
    )
    oversight = forms.ChoiceField(label="所依据的督办决定", required=False)

    def __init__(self, *args: Any, by: Staff, **options: Any) -> None:
        """Offer the units in force and the steps that chose a recommendation."""
        super().__init__(*args, **options)
        units = Unit.objects.filter(is_active=True).order_by("pk").values_list("code", "name")
        choices = {"unit": [("", "请选择"), *units], "oversight": [("", "无"), *open_steps(by)]}
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def entry(self) -> RecommendationEntry:
        """Return what was filled in, as the rules take it."""
        values = self.cleaned_data
        kind = RecommendationKind(values["kind"])
        return RecommendationEntry(
            kind=kind,
            subject=values["subject"],
            facts=values["facts"],
            words=values["words"],
            basis=values["basis"] or BASIS[kind],
            due_on=values["due_on"],
        )

    def numbers(self) -> list[str]:
        """Return the numbers of the petitions, one a line."""
        return [line.strip() for line in self.cleaned_data["petitions"].splitlines() if line.strip()]

    def step(self) -> int | None:
        """Return the step of oversight that it carries out."""
        return int(self.cleaned_data["oversight"]) if self.cleaned_data["oversight"] else None


class SendBackForm(forms.Form):
    """退回重拟."""

    words = forms.CharField(label="退回理由", max_length=500, widget=text_area())


class AnswerForm(forms.Form):
    """反馈采纳情况."""

    adoption = forms.ChoiceField(label="采纳情况", choices=Adoption.choices(), widget=forms.RadioSelect)
    answer = forms.CharField(
        label="措施或理由",
        max_length=TEXT_LIMIT,
        widget=text_area(),
        help_text="采纳的写明措施和完成时间；部分采纳、未采纳的写明理由",
    )
    answered_on = forms.DateField(label="反馈日期", widget=day_input())

    def entry(self) -> AnswerEntry:
        """Return what was filled in, as the rules take it."""
        values = self.cleaned_data
        return AnswerEntry(Adoption(values["adoption"]), values["answer"], values["answered_on"])


class RecommendationFilterForm(forms.Form):
    """Which recommendations are listed."""

    unit = forms.ChoiceField(label="单位", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer every unit."""
        super().__init__(*args, **options)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ANY, *Unit.objects.order_by("pk").values_list("code", "name")]
