"""Forms of the petitioners' pages: the question, a petition by the web, an evaluation, a supplement."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from huiyin.county.office.models import Place
from huiyin.county.registry.rules import SUMMARY_LIMIT
from huiyin.county.registry.states import Elsewhere, Purpose
from huiyin.county.registry.web_rules import (
    CLAIM_LIMIT,
    CLAIMS_LIMIT,
    CONTENT_LIMIT,
    FILE_LIMIT,
    FILES_LIMIT,
    SentFile,
    WebEntry,
)
from huiyin.county.reply.states import Satisfaction

from .question import CODE_LIMIT, NUMBER_LIMIT

PLACE_LIMIT = 40
REASON_LIMIT = 300
FILE_MEGABYTES = FILE_LIMIT // 1024 // 1024
FILES_HELP = f"最多{FILES_LIMIT}个，PDF、JPEG或PNG，每个不超过{FILE_MEGABYTES}MB；请传照片或复印件，原件自己留着"
# The portal's own words come first: what most people write for stands at the top.
PURPOSES = (Purpose.CLAIM, Purpose.APPEAL, Purpose.SUGGESTION, Purpose.INQUIRY, Purpose.OTHER)
PURPOSE_WORDS = {
    Purpose.CLAIM: "要求解决问题",
    Purpose.APPEAL: "对处理不服",
    Purpose.SUGGESTION: "提意见建议",
    Purpose.INQUIRY: "咨询",
    Purpose.OTHER: "其他",
}


def code_input() -> forms.TextInput:
    """Return the input of a query code."""
    return forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"})


class StatusForm(forms.Form):
    """What a petitioner has in hand: the number (or the phone's last digits) and the query code."""

    number = forms.CharField(
        label="编号",
        max_length=NUMBER_LIMIT,
        help_text="信访件编号或收件号；找不到编号的，填留下的电话的后四位",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )
    code = forms.CharField(
        label="查询码", max_length=CODE_LIMIT, help_text="12位字母和数字，不分大小写", widget=code_input()
    )


class SeveralFiles(forms.FileInput):
    """An input for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each of which may be empty-handed but not too large to be read."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Return the files that were chosen; one too large is refused before it is read."""
        chosen: Sequence[UploadedFile[Any]] = data if isinstance(data, list | tuple) else [data] if data else []
        if len(chosen) > FILES_LIMIT:
            raise forms.ValidationError(f"附件最多{FILES_LIMIT}个")
        files = [super(FilesField, self).clean(one, initial) for one in chosen]
        if any((file.size or 0) > FILE_LIMIT for file in files):
            raise forms.ValidationError(f"每个附件不超过{FILE_MEGABYTES}MB")
        return files


def sent_files(files: "Sequence[UploadedFile[Any]]") -> tuple[SentFile, ...]:
    """Return the chosen files as the rules take them."""
    return tuple(SentFile(name=file.name or "", data=file.read()) for file in files)


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class WebPetitionForm(forms.Form):
    """网上信访, in three parts: who writes, what happened, what proves it."""

    name = forms.CharField(
        label="姓名",
        max_length=60,
        required=False,
        help_text="必须填写；检举、控告可以不署名",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label="电话",
        max_length=30,
        required=False,
        help_text="必须填写；告知结果用，后四位可用来查询",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    identity_number = forms.CharField(
        label="身份证号码",
        max_length=24,
        required=False,
        help_text="可以不填",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(
        label="住址", max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    is_accusation = forms.BooleanField(
        label="这是检举、控告（反映某个人或单位违纪违法）",
        required=False,
        help_text="只由保密专人拆看，不转给被检举的人和单位；可以不署名",
    )
    purpose = forms.ChoiceField(
        label="目的",
        choices=[(purpose.value, PURPOSE_WORDS[purpose]) for purpose in PURPOSES],
        initial=Purpose.CLAIM.value,
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(label="事情发生在", required=False)
    place_words = forms.CharField(
        label="具体地点", max_length=PLACE_LIMIT, required=False, help_text="村组、小区、单位"
    )
    content = forms.CharField(
        label="发生了什么事",
        max_length=CONTENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="什么时间、什么地点、谁、什么事、找过谁、结果怎样",
    )
    summary = forms.CharField(
        label="一句话概括", max_length=SUMMARY_LIMIT, required=False, help_text="可以不填，不填就用上面的第一句话"
    )
    claims = forms.CharField(
        label="要求怎样解决",
        required=False,
        max_length=(CLAIM_LIMIT + 1) * CLAIMS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行写一项，每一项都会得到答复",
    )
    elsewhere = forms.ChoiceField(
        label="这件事在别处处理过吗", choices=Elsewhere.choices(), initial=Elsewhere.NONE.value
    )
    elsewhere_words = forms.CharField(
        label="哪个机关，进行到哪一步", max_length=200, required=False, help_text="上一项选了“没有”的，不用填"
    )
    evidence = FilesField(label="附件", required=False, help_text=FILES_HELP)
    has_consented = forms.BooleanField(
        label="我写的是实情，同意信访办公室为办理本件使用以上信息",
        required=False,
        help_text="信息只用于办理，转给承办单位的只限办理所需；捏造事实诬告他人要负法律责任",
    )
    homepage = forms.CharField(
        label="此栏请留空", required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the places of the county's gazetteer."""
        super().__init__(*args, **options)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = place_choices()
        self.fields["evidence"].widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png"

    def entry(self) -> WebEntry:
        """Return what was filled in, as the rules take it."""
        values = self.cleaned_data
        return WebEntry(
            content=values["content"],
            name=values["name"],
            identity_number=values["identity_number"],
            phone=values["phone"],
            address=values["address"],
            place=f"{values['place']}{values['place_words']}",
            purpose=Purpose.ACCUSATION if values["is_accusation"] else Purpose(values["purpose"]),
            summary=values["summary"],
            claims=lines_of(values["claims"]),
            elsewhere=Elsewhere(values["elsewhere"]),
            elsewhere_words=values["elsewhere_words"],
            is_accusation=values["is_accusation"],
            has_consented=values["has_consented"],
        )


def place_choices() -> list[tuple[str, str]]:
    """Return the townships and villages, a village after its township."""
    rows = list(Place.objects.order_by("code").values_list("code", "name", "superior_code"))
    names = {code: name for code, name, _ in rows}
    told = [f"{names.get(superior, '')}{name}" for _, name, superior in rows]
    return [("", "请选择（不清楚可不选）"), *((name, name) for name in dict.fromkeys(told))]


class OwnEvaluationForm(forms.Form):
    """满意度评价 by the petitioner."""

    satisfaction = forms.ChoiceField(label="对办理结果", choices=Satisfaction.choices(), widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由",
        max_length=REASON_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不满意的必须写；写清哪一项没有解决、有什么依据",
    )


class SupplementForm(forms.Form):
    """补充材料."""

    words = forms.CharField(
        label="补充说明", max_length=CONTENT_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    evidence = FilesField(label="材料", required=False, help_text=FILES_HELP)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Let the browser offer the kinds that are taken."""
        super().__init__(*args, **options)
        self.fields["evidence"].widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png"
