"""Forms of what follows an answer: 受理告知, 申请重新办理, 决定, 归档."""

from typing import Any

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.registry.models import Petition
from huiyin.county.reply.states import ReopenGround, ReopenState, Retention

from .petition_forms import text_area

# 信访人不满意由评价产生，不在这里选。
GROUNDS = [(code, label) for code, label in ReopenGround.choices() if code != ReopenGround.DISSATISFIED.value]


class AcknowledgeForm(forms.Form):
    """受理告知."""

    text = forms.CharField(label="告知内容", widget=text_area(4))


class AskReopeningForm(forms.Form):
    """申请重新办理, written down for the petitioner."""

    ground = forms.ChoiceField(label="情形", choices=GROUNDS)
    words = forms.CharField(label="理由或新的事实", max_length=500, widget=text_area())


class DecideReopeningForm(forms.Form):
    """决定是否重新办理."""

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Show what was asked."""
        del by
        super().__init__(*args, **options)
        asked = petition.reopen_requests.filter(state=ReopenState.ASKED.value).first()
        words = f"{ReopenGround(asked.ground).label}：{asked.words}" if asked else ""
        choices = [("agree", "同意，重新办理"), ("refuse", "不重新办理")]
        self.fields["choice"] = forms.ChoiceField(
            label="决定", choices=choices, widget=forms.RadioSelect, help_text=words
        )
        self.fields["decision"] = forms.CharField(label="决定的理由", max_length=500, widget=text_area())


class ArchiveForm(forms.Form):
    """归档."""

    file_number = forms.CharField(label="档号", max_length=60)
    retention = forms.ChoiceField(label="保管期限", choices=Retention.choices(), initial=Retention.THIRTY_YEARS.value)
    pages = forms.IntegerField(label="页数", min_value=1, max_value=9999)
