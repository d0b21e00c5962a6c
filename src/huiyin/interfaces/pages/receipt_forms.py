"""Forms of 收件: an envelope, a visit, a call, and what leaders, deputies, superiors and teams hand in."""

from datetime import date, datetime

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.registry.intake_rules import ReceiptDetails, UrgentEntry
from huiyin.county.registry.receipt_models import Receipt
from huiyin.county.registry.states import Addressee, Channel, Origin, UrgentReceiver

SCAN_HELP = "PDF、PNG或JPEG，20MB以内"
MOMENT = "%Y-%m-%dT%H:%M"


def day_input() -> forms.DateInput:
    """Return a date input that browsers show as one."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text area that hold something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class EnvelopeForm(forms.Form):
    """来信: one envelope of the stack; what stays the same from one to the next is filled in already."""

    sender = forms.CharField(
        label="寄信人",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
        help_text="照信封填写，没有可留空",
    )
    mail_number = forms.CharField(label="挂号信编号", max_length=30, required=False)
    postmarked_on = forms.DateField(label="邮戳日期", required=False, widget=day_input())
    addressed_to = forms.ChoiceField(
        label="收信人", choices=Addressee.choices(), initial=Addressee.CONGRESS.value, widget=forms.RadioSelect
    )
    recipient = forms.CharField(label="信封上的姓名或部门", max_length=40, required=False)
    received_on = forms.DateField(label="收件日期", widget=day_input())
    envelope = forms.FileField(label="信封扫描", required=False, help_text=SCAN_HELP)

    def details(self) -> ReceiptDetails:
        """Return what was filled in, as the rules take it."""
        values = self.cleaned_data
        return ReceiptDetails(
            addressed_to=Addressee(values["addressed_to"]),
            recipient=values["recipient"],
            mail_number=values["mail_number"],
        )


class ReceiptForm(forms.Form):
    """收件: the least that has to be known of what arrived, by any channel and from anybody."""

    channel = forms.ChoiceField(
        label="信访形式", choices=Channel.choices(), initial=Channel.LETTER.value, widget=forms.RadioSelect
    )
    sender = forms.CharField(
        label="来信人或来访人",
        max_length=60,
        required=False,
        help_text="照信封或本人自报填写，不清可留空",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    received_on = forms.DateField(label="收件日期", widget=day_input(), help_text="检查组转来的，填检查组收到的那一天")
    head_count = forms.IntegerField(label="来访人数", min_value=1, max_value=9999, initial=1)
    representatives = forms.CharField(
        label="来访代表", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="每行一人：姓名 电话"
    )
    caller_phone = forms.CharField(label="来电号码", max_length=30, required=False)
    postmarked_on = forms.DateField(label="邮戳日期", required=False, widget=day_input())
    mail_number = forms.CharField(label="挂号信编号", max_length=30, required=False)
    addressed_to = forms.ChoiceField(label="收信人", choices=[("", "未写"), *Addressee.choices()], required=False)
    recipient = forms.CharField(label="信封上的姓名或部门", max_length=40, required=False)
    envelope = forms.FileField(label="信封扫描", required=False, help_text=SCAN_HELP)
    origin = forms.ChoiceField(label="来源", choices=Origin.choices(), initial=Origin.DIRECT.value)
    origin_name = forms.CharField(
        label="交来的人或机关", max_length=80, required=False, help_text="不是群众直接反映的必填"
    )
    origin_number = forms.CharField(label="交办文号", max_length=60, required=False)
    origin_due_on = forms.DateField(
        label="要求反馈的日期", required=False, widget=day_input(), help_text="早于规定期限的，按这一天"
    )
    origin_words = forms.CharField(
        label="哪一次检查、视察或交办要求", max_length=200, required=False, help_text="检查组转来的必填"
    )
    note = forms.CharField(label="备注", max_length=200, required=False)

    def details(self) -> ReceiptDetails:
        """Return what was filled in, as the rules take it."""
        values = self.cleaned_data
        return ReceiptDetails(
            addressed_to=Addressee(values["addressed_to"]) if values["addressed_to"] else None,
            recipient=values["recipient"],
            mail_number=values["mail_number"],
            caller_phone=values["caller_phone"],
            representatives=lines_of(values["representatives"]),
            origin_name=values["origin_name"],
            origin_number=values["origin_number"],
            origin_due_on=values["origin_due_on"],
            origin_words=values["origin_words"],
        )


class UrgentMarkForm(forms.Form):
    """标记重大紧急."""

    reason = forms.CharField(label="紧急情况", max_length=200, help_text="何时、何地、何事、多少人、有无危险")


class UrgentReportForm(forms.Form):
    """紧急报告: one call."""

    to = forms.ChoiceField(label="报告对象", choices=UrgentReceiver.choices(), widget=forms.RadioSelect)
    person = forms.CharField(label="接听人", max_length=40)
    phone = forms.CharField(label="电话", max_length=20)
    reported_at = forms.DateTimeField(
        label="报告时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        input_formats=[MOMENT],
    )
    words = forms.CharField(label="报告内容", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def entry(self) -> UrgentEntry:
        """Return the call, as the rules take it."""
        values = self.cleaned_data
        return UrgentEntry(
            to=UrgentReceiver(values["to"]),
            person=values["person"],
            phone=values["phone"],
            words=values["words"],
            reported_at=values["reported_at"],
        )


def receipt_initial(today: date) -> dict[str, object]:
    """Return what a new receipt starts with."""
    return {"received_on": today}


def envelope_initial(by: Staff, today: date) -> dict[str, object]:
    """Return what the next envelope starts with: postmark and addressee as on the last one of the day."""
    last = Receipt.objects.filter(taken_by=by, channel=Channel.LETTER.value).order_by("-id").first()
    if last is None or last.received_on != today:
        return {"received_on": today}
    return {
        "received_on": today,
        "postmarked_on": last.postmarked_on,
        "addressed_to": last.addressed_to or Addressee.CONGRESS.value,
        "recipient": last.recipient,
    }


def report_initial(now: datetime) -> dict[str, object]:
    """Return what a new call starts with."""
    return {"reported_at": now}
