"""Forms of 签收 and 反馈, for the unit's own account and for the office that writes down what the unit sent back."""

from typing import Any

from django import forms

from huiyin.county.assignment.rules.reports import ClaimAnswer, ReportEntry
from huiyin.county.assignment.states import Outcome
from huiyin.county.registry.models import Claim, Petition


def lines(rows: int) -> forms.Textarea:
    """Return an input of several lines."""
    return forms.Textarea(attrs={"rows": rows})


class SignForm(forms.Form):
    """签收: who handles it and how to reach them."""

    handler_name = forms.CharField(label="承办人", max_length=40, help_text="具体办理的人，须写真名")
    handler_phone = forms.CharField(
        label="承办人电话", max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )


class ReportForm(forms.Form):
    """反馈: facts, basis, measures, and an outcome for each claim."""

    facts = forms.CharField(label="调查核实的事实", widget=lines(4))
    basis = forms.CharField(label="处理依据", max_length=500, help_text="法律、法规或政策的名称和条款")
    measures = forms.CharField(label="采取的措施", required=False, widget=lines(3))
    handler_name = forms.CharField(label="承办人", max_length=40)

    def __init__(self, *args: Any, petition: Petition, asks_head: bool = False, **options: Any) -> None:
        """Ask for an outcome for each claim, and for the head of a unit whose clerk reports from the signed paper."""
        super().__init__(*args, **options)
        if asks_head:
            self.fields["head_name"] = forms.CharField(
                label="签发负责人", max_length=40, help_text="负责人没有账号的，写明签发人，并先上传签字的办结报告"
            )
        self.claims: tuple[Claim, ...] = tuple(petition.claims.order_by("position"))
        for claim in self.claims:
            self.fields[f"outcome_{claim.pk}"] = forms.ChoiceField(
                label=f"诉求{claim.position}：{claim.text}", choices=Outcome.choices(), widget=forms.RadioSelect
            )
            self.fields[f"words_{claim.pk}"] = forms.CharField(
                label=f"对诉求{claim.position}的说明", required=False, max_length=500, widget=lines(2)
            )

    def entry(self) -> ReportEntry:
        """Return the report as the rules take it."""
        values = self.cleaned_data
        return ReportEntry(
            facts=values["facts"],
            basis=values["basis"],
            measures=values["measures"],
            handler_name=values["handler_name"],
            head_name=values.get("head_name", ""),
            answers=tuple(
                ClaimAnswer(
                    claim_id=claim.pk,
                    outcome=Outcome(values[f"outcome_{claim.pk}"]),
                    words=values[f"words_{claim.pk}"],
                )
                for claim in self.claims
            ),
        )
