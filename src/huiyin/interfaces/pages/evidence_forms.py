"""The form of 转交新证据."""

from typing import Any

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.assignment.rules.new_evidence import WORDS_LIMIT
from huiyin.county.registry.models import Attachment, Petition

from .petition_forms import text_area

LINES = 4


class NewEvidenceForm(forms.Form):
    """转交新证据."""

    words = forms.CharField(
        label="新的事实",
        required=False,
        max_length=WORDS_LIMIT,
        widget=text_area(LINES),
        help_text="承办单位照此核实；不写个人信息，不写检举控告内容",
    )
    enclosed = forms.MultipleChoiceField(label="转交的附件", required=False, widget=forms.CheckboxSelectMultiple)
    redaction_confirmed = forms.BooleanField(label="已核对：事实和附件已脱敏，不含检举控告内容")

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the files of the repeat that may leave the office."""
        super().__init__(*args, **options)
        field = self.fields["enclosed"]
        assert isinstance(field, forms.MultipleChoiceField)
        rows = Attachment.objects.visible_to(by).filter(petition=petition, is_kept_back=False).order_by("pk")
        field.choices = [(str(row.pk), row.name) for row in rows]
        if not field.choices:
            del self.fields["enclosed"]

    @property
    def attachment_ids(self) -> tuple[int, ...]:
        """The files that were marked."""
        return tuple(int(pk) for pk in self.cleaned_data.get("enclosed") or ())
