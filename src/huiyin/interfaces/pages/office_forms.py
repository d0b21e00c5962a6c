"""Forms of the office's own records: leading group, trainings, hearings, regulations."""

from django import forms

from huiyin.county.office.actions.hearings import HearingEntry
from huiyin.county.office.actions.regulations import RegulationEntry
from huiyin.county.office.actions.trainings import TrainingEntry
from huiyin.county.office.rules import Term
from huiyin.county.office.states import HeardBy, RegulationKind

from .receipt_forms import day_input

TEXT_LIMIT = 100_000


class MemberForm(forms.Form):
    """任职: who, with which duty, from when."""

    name = forms.CharField(label="姓名", max_length=40)
    title = forms.CharField(label="职务", max_length=60, help_text="例如：县人大常委会副主任")
    duty = forms.CharField(label="组内职责", max_length=40, help_text="例如：组长、副组长、成员；同一时间只有一位组长")
    from_on = forms.DateField(label="任期开始", widget=day_input())
    until_on = forms.DateField(label="任期结束", required=False, widget=day_input(), help_text="在任的留空")

    def term(self) -> Term:
        """Return what was filled in, as the rules take it."""
        values = self.cleaned_data
        return Term(values["name"], values["duty"], values["from_on"], values["until_on"])


class EndForm(forms.Form):
    """任期结束: the last day."""

    until_on = forms.DateField(label="任期结束（最后一天）", widget=day_input())


class TrainingForm(forms.Form):
    """培训."""

    held_on = forms.DateField(label="日期", widget=day_input())
    topic = forms.CharField(label="主题", max_length=100)
    teacher = forms.CharField(label="授课人", max_length=60)
    participants = forms.CharField(
        label="参训范围", max_length=300, help_text="哪些单位、哪些人，例如：各乡镇、县直部门信访工作人员"
    )
    head_count = forms.IntegerField(label="参训人数", min_value=1, max_value=99999)
    place = forms.CharField(label="地点", max_length=80, required=False)
    note = forms.CharField(label="备注", max_length=300, required=False)

    def entry(self) -> TrainingEntry:
        """Return what was filled in, as the act takes it."""
        return TrainingEntry(**self.cleaned_data)


class HearingForm(forms.Form):
    """年度听取."""

    heard_on = forms.DateField(label="日期", widget=day_input())
    heard_by = forms.ChoiceField(label="听取的会议", choices=HeardBy.choices(), widget=forms.RadioSelect)
    meeting = forms.CharField(label="会议名称", max_length=80, help_text="例如：第四十一次主任会议")
    resolution = forms.CharField(
        label="审议意见",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="会议对信访工作的决定和要求，照纪要填写",
    )

    def entry(self) -> HearingEntry:
        """Return what was filled in, as the act takes it."""
        return HearingEntry(**self.cleaned_data)


class RegulationForm(forms.Form):
    """制度汇编."""

    title = forms.CharField(label="名称", max_length=120)
    kind = forms.ChoiceField(label="类别", choices=RegulationKind.choices(), initial=RegulationKind.OWN.value)
    number = forms.CharField(label="文号", max_length=60, required=False)
    issuer = forms.CharField(label="印发机关", max_length=80, required=False)
    issued_on = forms.DateField(label="印发日期", widget=day_input())
    in_force_until = forms.DateField(
        label="有效至", required=False, widget=day_input(), help_text="最后有效的一天；长期有效的留空"
    )
    text = forms.CharField(
        label="正文",
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="录入正文才能按正文检索；也可以只上传文件",
    )
    file = forms.FileField(
        label="文件",
        required=False,
        help_text="PDF、PNG或JPEG，20MB以内",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def entry(self) -> RegulationEntry:
        """Return what was filled in, as the act takes it; the file comes beside it."""
        return RegulationEntry(**{name: value for name, value in self.cleaned_data.items() if name != "file"})
