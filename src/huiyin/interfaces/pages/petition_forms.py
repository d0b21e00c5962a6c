"""Forms of the steps of one petition."""

from typing import Any

from django import forms

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.assignment.states import DispositionKind, ReturnReason
from huiyin.county.office.models import Tag, Unit
from huiyin.county.registry.models import Petition
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.states import AttachmentKind, Purpose, Recurrence
from huiyin.county.reply.states import Method, ReplyKind, Satisfaction
from huiyin.kernel.refusal import Refusal
from huiyin.platform.categories.models import Category
from huiyin.platform.statutes.models import Statute

from .receipt_forms import day_input

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


class ClassifyForm(forms.Form):
    """归类."""

    purpose = forms.ChoiceField(label="信访目的", choices=Purpose.choices(), widget=forms.RadioSelect)
    category = forms.ChoiceField(label="内容分类")
    tags = forms.MultipleChoiceField(label="本地标签", required=False, widget=forms.CheckboxSelectMultiple)
    statute = forms.ChoiceField(label="关联法律", required=False)
    recurrence = forms.ChoiceField(
        label="初次或重复", choices=Recurrence.choices(), initial=Recurrence.FIRST.value, widget=forms.RadioSelect
    )
    repeats = forms.CharField(label="与哪一件重复", max_length=60, required=False, help_text="填原信访件编号")
    is_litigation = forms.BooleanField(label="涉法涉诉", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the classes, tags and laws in force."""
        super().__init__(*args, **options)
        choices = _category_choices()
        self.paths = {code: path for code, path in choices if code}
        self._choice("category").choices = choices
        self._choice("tags").choices = list(
            Tag.objects.filter(is_active=True).order_by("name").values_list("code", "name")
        )
        self._choice("statute").choices = [
            ("", "不关联"),
            *Statute.objects.order_by("title").values_list("code", "title"),
        ]

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def classification(self, *, by: Staff) -> Classification:
        """Return what was decided, as the rules take it; refuse a number that nobody has."""
        values = self.cleaned_data
        repeats_id = None
        if values["repeats"]:
            number = values["repeats"].strip()
            earlier = Petition.objects.visible_to(by).filter(number=number).first()
            if earlier is None:
                raise Refusal("petition.repeated_unknown", f"没有编号为{number}的信访件")
            repeats_id = earlier.pk
        return Classification(
            purpose=Purpose(values["purpose"]),
            category_code=values["category"],
            category_path=self.paths[values["category"]],
            recurrence=Recurrence(values["recurrence"]),
            repeats_id=repeats_id,
            tags=tuple(values["tags"]),
            statute_code=values["statute"],
            is_litigation=values["is_litigation"],
        )


def _category_choices() -> list[tuple[str, str]]:
    rows = list(Category.objects.order_by("code").values_list("code", "parent_code", "name"))
    names = {code: (parent, name) for code, parent, name in rows}

    def path(code: str) -> str:
        parent, name = names[code]
        return f"{path(parent)}/{name}" if parent in names else name

    return [("", "请选择"), *((code, path(code)) for code, _, _ in rows)]


class AssignForm(forms.Form):
    """交办/转送/直接办理."""

    kind = forms.ChoiceField(
        label="处理方式",
        choices=[
            (kind.value, kind.label)
            for kind in (DispositionKind.ASSIGNMENT, DispositionKind.REFERRAL, DispositionKind.INTERNAL)
        ],
        initial=DispositionKind.ASSIGNMENT.value,
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(label="承办单位")
    handler_name = forms.CharField(label="承办人", max_length=40)
    handler_phone = forms.CharField(label="承办人电话", max_length=20, required=False)
    due_on = forms.DateField(
        label="函上载明的期限", required=False, widget=day_input(), help_text="留空按规则计算；更晚的日期须经审批"
    )
    due_approver = forms.ChoiceField(label="延后期限的审批人", required=False)
    instruction = forms.CharField(label="办理要求", required=False, max_length=500, widget=text_area(2))
    reason = forms.CharField(label="拟办理由", required=False, max_length=500, widget=text_area(2))

    def __init__(self, *args: Any, by: Staff, **options: Any) -> None:
        """Offer the units that are active."""
        super().__init__(*args, **options)
        units = Unit.objects.filter(is_active=True).order_by("branch", "name").values_list("code", "name")
        field, approver = self.fields["unit"], self.fields["due_approver"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(approver, forms.ChoiceField)
        field.choices = [("", "请选择"), *units]
        approver.choices = approvers(besides=by)


class DecideHereForm(forms.Form):
    """引导告知/不再受理/存查/并入."""

    kind = forms.ChoiceField(
        label="处理方式",
        choices=[
            (kind.value, kind.label)
            for kind in (
                DispositionKind.GUIDANCE,
                DispositionKind.NOT_REACCEPTED,
                DispositionKind.FILED,
                DispositionKind.MERGED,
            )
        ],
        initial=DispositionKind.GUIDANCE.value,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="理由", max_length=500, widget=text_area(2))
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text="法规条款；并入可不填")
    competent_organ = forms.CharField(label="有权处理机关", max_length=80, required=False, help_text="引导告知必填")
    merged_into = forms.CharField(label="并入哪一件", max_length=60, required=False, help_text="并入时填主件编号")
    approver = forms.ChoiceField(label="审批人")

    def __init__(self, *args: Any, by: Staff, **options: Any) -> None:
        """Offer who can be the second person."""
        super().__init__(*args, **options)
        field = self.fields["approver"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = approvers(besides=by)


class ReturnForm(forms.Form):
    """退回."""

    reasons = forms.MultipleChoiceField(
        label="退回原因", choices=ReturnReason.choices(), widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(label="需要补正的内容", max_length=500, widget=text_area(2))


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
