"""Forms of hotspots: which matters are gathered by what, and the thresholds."""

from typing import Any

from django import forms

from huiyin.county.analysis.hotspot_rules import LIMITS, HotspotRule
from huiyin.county.analysis.hotspot_states import HotspotKind
from huiyin.county.analysis.hotspots import Names, Scope

from .period_choice import SpanForm
from .petition_filters import ANY


class HotspotForm(SpanForm):
    """A span and a moment, what the matters are gathered by, and of which township and unit they are."""

    by = forms.ChoiceField(label="归集方式", required=False, choices=HotspotKind.choices())
    place = forms.ChoiceField(label="地点", required=False)
    unit = forms.ChoiceField(label="承办单位", required=False)

    def __init__(self, *args: Any, names: Names, **options: Any) -> None:
        """Offer the office's own places and units."""
        super().__init__(*args, **options)
        for name, kind in (("place", HotspotKind.PLACE), ("unit", HotspotKind.UNIT)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [ANY, *names.labels[kind].items()]

    @property
    def kind(self) -> HotspotKind:
        """Return what the matters are gathered by; a class where nothing else was asked for."""
        return HotspotKind(self.cleaned_data.get("by") or HotspotKind.CATEGORY)

    @property
    def scope(self) -> Scope:
        """Return which matters are looked at."""
        return Scope(place=self.cleaned_data.get("place", ""), unit=self.cleaned_data.get("unit", ""))


class HotspotRuleForm(forms.Form):
    """热点标准."""

    min_matters = forms.IntegerField(label="最少信访事项数", min_value=2, max_value=LIMITS["min_matters"][2])
    rise_percent = forms.IntegerField(
        label="比上年同期增加（%）", min_value=0, max_value=LIMITS["rise_percent"][2], help_text="例如30，即增加三成"
    )
    first = forms.IntegerField(
        label="或者件数居前几位", min_value=0, max_value=LIMITS["first"][2], help_text="填0为不看位次"
    )
    reason = forms.CharField(label="调整理由", max_length=200)

    def rule(self) -> HotspotRule:
        """Return what was filled in, as the rules take it."""
        values = self.cleaned_data
        return HotspotRule(values["min_matters"], values["rise_percent"], values["first"])
