"""Forms of the steps of one petition."""

from typing import Any

from django import forms

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.registry.states import AttachmentKind
from huiyin.county.reply.states import Method, ReplyKind, Satisfaction

APPROVERS = (Role.HEAD.value, Role.LEADER.value, Role.GROUP_HEAD.value)


def approvers(*, besides: Staff) -> "list[tuple[str, str]]":
    """Return who can be the second person, as choices."""
    people = Staff.objects.filter(roles__overlap=list(APPROVERS), is_active=True).exclude(pk=besides.pk).order_by("id")
    return [
        ("", "请选择"),
        *((str(person.pk), f"{person.name}（{person.title or person.role_labels}）") for person in people),
    ]


def text_area(rows: int = 3) -> forms.Textarea:
    """Return a text area of some rows."""
    return forms.Textarea(attrs={"rows": rows})


class AttachForm(forms.Form):
    """上传附件."""

    kind = forms.ChoiceField(label="材料种类", choices=AttachmentKind.choices())
    scan = forms.FileField(label="文件", help_text="PDF、PNG或JPEG，20MB以内")


class ReadForm(forms.Form):
    """阅信/接谈."""

    note = forms.CharField(label="阅信意见或接谈情况", widget=text_area())
    reader_name = forms.CharField(label="阅信或接谈人", max_length=40, required=False, help_text="留空即本人")
    read_by_leader = forms.BooleanField(label="领导亲自阅批或接访", required=False)


class ReplyForm(forms.Form):
    """答复."""

    kind = forms.ChoiceField(label="答复种类", choices=ReplyKind.choices())
    text = forms.CharField(label="答复内容", widget=text_area(5))


class DeliverForm(forms.Form):
    """送达."""

    method = forms.ChoiceField(label="送达方式", choices=Method.choices(), widget=forms.RadioSelect)
    delivered_at = forms.DateTimeField(
        label="送达时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    recipient = forms.CharField(label="收件人", max_length=60, required=False)
    proof = forms.CharField(
        label="送达凭证", max_length=300, help_text="挂号信编号、签收人、通话时间；无法送达写明尝试情况"
    )


class EvaluateForm(forms.Form):
    """满意度评价."""

    satisfaction = forms.ChoiceField(label="评价", choices=Satisfaction.choices(), widget=forms.RadioSelect)
    reason = forms.CharField(label="原因", max_length=300, required=False, help_text="不满意必填")


class VoidForm(forms.Form):
    """作废."""

    reason = forms.CharField(label="作废原因", max_length=200)
    approver = forms.ChoiceField(label="批准人")

    def __init__(self, *args: Any, by: Staff, **options: Any) -> None:
        """Offer who can be the second person."""
        super().__init__(*args, **options)
        field = self.fields["approver"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = approvers(besides=by)
