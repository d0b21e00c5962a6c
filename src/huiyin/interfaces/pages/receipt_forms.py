"""Forms of 收件 and 登记."""

from datetime import date
from typing import Any

from django import forms

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.registry.models import Receipt
from huiyin.county.registry.rules import SUMMARY_LIMIT, Registration, RepresentativeEntry
from huiyin.county.registry.states import Channel, Confidentiality, Origin, PetitionerKind


def day_input() -> forms.DateInput:
    """Return a date input that browsers show as one."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReceiptForm(forms.Form):
    """收件: the least that has to be known of what arrived."""

    channel = forms.ChoiceField(
        label="信访形式", choices=Channel.choices(), initial=Channel.LETTER.value, widget=forms.RadioSelect
    )
    received_on = forms.DateField(label="收件日期", widget=day_input())
    sender = forms.CharField(
        label="来信人或来访人",
        max_length=60,
        required=False,
        help_text="照信封或本人自报填写，不清可留空",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    head_count = forms.IntegerField(label="人数", min_value=1, max_value=9999, initial=1)
    postmarked_on = forms.DateField(label="邮戳日期", required=False, widget=day_input())
    origin = forms.ChoiceField(label="来源", choices=Origin.choices(), initial=Origin.DIRECT.value)
    note = forms.CharField(label="备注", max_length=200, required=False)


class RegistrationForm(forms.Form):
    """登记: who, what, where; representatives and claims one to a line."""

    petitioner_kind = forms.ChoiceField(
        label="信访人", choices=PetitionerKind.choices(), initial=PetitionerKind.NAMED.value, widget=forms.RadioSelect
    )
    name = forms.CharField(label="姓名", max_length=60, required=False)
    phone = forms.CharField(label="电话", max_length=30, required=False)
    identity_number = forms.CharField(label="证件号码", max_length=24, required=False)
    address = forms.CharField(label="住址", max_length=200, required=False)
    place = forms.CharField(label="问题属地", max_length=80, required=False, help_text="乡镇、村，例如：柳溪镇上湾村")
    head_count = forms.IntegerField(label="人数", min_value=1, max_value=9999, initial=1)
    signer_count = forms.IntegerField(label="联名人数", min_value=0, max_value=99999, initial=0, required=False)
    summary = forms.CharField(
        label="概况",
        max_length=SUMMARY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一句话说清：谁、何处、何事、要什么",
    )
    content = forms.CharField(label="正文摘录", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    claims = forms.CharField(
        label="诉求点",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一项，承办单位须逐项答复；留空则以概况为一项",
    )
    representatives = forms.CharField(
        label="来访代表",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一人：姓名 电话；集体来访推选代表不超过5人",
    )
    is_urgent = forms.BooleanField(label="重大紧急", required=False)
    confidentiality = forms.ChoiceField(
        label="保密", choices=Confidentiality.choices()[:2], initial=Confidentiality.ORDINARY.value
    )
    scan = forms.FileField(label="原件扫描", required=False, help_text="PDF、PNG或JPEG，20MB以内")

    def __init__(self, *args: Any, by: Staff, receipt: Receipt, **options: Any) -> None:
        """Show the fields that fit the channel and the person."""
        super().__init__(*args, **options)
        channel = Channel(receipt.channel)
        if channel is Channel.WALK_IN:
            del self.fields["signer_count"]
        else:
            del self.fields["representatives"]
            del self.fields["head_count"]
        if Role.RESTRICTED not in by.role_set:
            del self.fields["confidentiality"]
        labels = {Channel.LETTER: "来信原件扫描", Channel.WALK_IN: "签名的接谈笔录扫描"}
        self.fields["scan"].label = labels.get(channel, "附件")

    def registration(self) -> Registration:
        """Return what was filled in, as the rules take it."""
        values = self.cleaned_data
        return Registration(
            summary=values["summary"],
            petitioner_kind=PetitionerKind(values["petitioner_kind"]),
            name=values["name"],
            identity_number=values["identity_number"],
            phone=values["phone"],
            address=values["address"],
            content=values["content"],
            place=values["place"],
            head_count=values.get("head_count") or 1,
            signer_count=values.get("signer_count") or 0,
            representatives=tuple(_representatives(values.get("representatives", ""))),
            claims=tuple(line for line in values["claims"].splitlines() if line.strip()),
            is_urgent=values["is_urgent"],
            confidentiality=Confidentiality(values.get("confidentiality") or Confidentiality.ORDINARY.value),
        )


def _representatives(text: str) -> list[RepresentativeEntry]:
    people = []
    for line in text.splitlines():
        name, _, phone = line.strip().partition(" ")
        if name:
            people.append(RepresentativeEntry(name=name, phone=phone.strip()))
    return people


def receipt_initial(today: date) -> dict[str, object]:
    """Return what a new receipt starts with."""
    return {"received_on": today}
