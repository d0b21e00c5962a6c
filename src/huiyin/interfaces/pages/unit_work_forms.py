"""Forms with which a unit works on one assignment: 异议, 告知, 进展, 延期, 起草, 附件; the office fills the same in."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from huiyin.county.assignment.rules.progress import Telling
from huiyin.county.assignment.states import TellingMethod
from huiyin.county.registry.states import AttachmentKind

from .assignment_forms import ReportForm, lines

MOMENT = "%Y-%m-%dT%H:%M"
UNIT_KINDS = (AttachmentKind.REPLY, AttachmentKind.PROOF, AttachmentKind.REPORT, AttachmentKind.OTHER)


def moment_field(label: str) -> forms.DateTimeField:
    """Return a field for a day and a time."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MOMENT], initial=now)


def now() -> datetime:
    """Return the present moment as a form shows it, to the minute."""
    return timezone.localtime().replace(second=0, microsecond=0)


class ObjectForm(forms.Form):
    """提出异议."""

    reasons = forms.CharField(
        label="理由和依据", max_length=1000, widget=lines(4), help_text="为什么不属于本单位职责，写明依据"
    )
    competent = forms.CharField(label="认为应由哪个单位办理", max_length=80, required=False)


class TellForm(forms.Form):
    """告知: when, how and what the petitioner was told."""

    told_at = moment_field("告知时间")
    method = forms.ChoiceField(label="告知方式", choices=TellingMethod.choices())
    words = forms.CharField(label="告知的内容", max_length=500, widget=lines(3), help_text="无法告知的，写明尝试的情况")

    def telling(self) -> Telling:
        """Return what was told as the rules take it."""
        values = self.cleaned_data
        return Telling(values["told_at"], TellingMethod(values["method"]), values["words"])


class ProgressForm(forms.Form):
    """反馈进展."""

    words = forms.CharField(label="办理进展", max_length=1000, widget=lines(3), help_text="做了什么，下一步做什么")


class ExtensionForm(forms.Form):
    """申请延期."""

    amount = forms.IntegerField(label="延长天数", min_value=1, max_value=365)
    reason = forms.CharField(label="延期理由", max_length=500, widget=lines(3), help_text="将写入给信访人的延期告知书")


class ApproveForm(forms.Form):
    """批准延期: the unit's head has nothing to add."""


class RefuseForm(forms.Form):
    """不批准."""

    words = forms.CharField(label="理由", max_length=300, widget=lines(2))


class DraftForm(ReportForm):
    """起草反馈: the same fields, none of them required yet."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Let a draft be incomplete."""
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = False

    def values(self) -> dict[str, str]:
        """Return what was written so far."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class AttachForm(forms.Form):
    """上传材料."""

    kind = forms.ChoiceField(label="材料种类", choices=[(kind.value, kind.label) for kind in UNIT_KINDS])
    scan = forms.FileField(label="文件", help_text="PDF、PNG或JPEG，20MB以内")
