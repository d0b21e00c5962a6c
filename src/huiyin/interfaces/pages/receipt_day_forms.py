"""The form of 更正收件日期."""

from typing import Any

from django import forms

from huiyin.accounts.models import Staff

from .petition_forms import approvers
from .receipt_forms import day_input


class ReceiptDayForm(forms.Form):
    """更正收件日期."""

    received_on = forms.DateField(label="正确的收件日期", widget=day_input())
    reason = forms.CharField(label="更正原因", max_length=200, help_text="例如：信封上的收件章是前一天的")
    approver = forms.ChoiceField(label="批准人", required=False, help_text="改为更早的日期，须由另一人批准")

    def __init__(self, *args: Any, by: Staff, **options: Any) -> None:
        """Offer who can be the second person."""
        super().__init__(*args, **options)
        field = self.fields["approver"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = approvers(besides=by)
