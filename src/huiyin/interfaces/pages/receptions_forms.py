"""Forms of reception days: 安排, 预约, 签到, 笔录, 登记."""

from typing import Any

from django import forms

from huiyin.accounts.models import Staff
from huiyin.accounts.roles import Role
from huiyin.county.office.models import ReceptionDay
from huiyin.county.reception.models import Booking, Reception
from huiyin.county.reception.rules import LEADERS, LINE_LIMIT, ArrivalEntry, BookingEntry, DayEntry, Exchange, Wish
from huiyin.county.registry.rules import Registration, RepresentativeEntry
from huiyin.county.registry.states import Confidentiality, PetitionerKind

from .instructions_forms import unit_choices
from .petition_forms import text_area
from .receipt_forms import day_input

RECORD_LINES = 8
OPENING_QUESTIONS = (
    "请介绍您的姓名、住址和联系电话。",
    "您今天来反映什么事情？请说明时间、地点和经过。",
    "此前向哪些单位反映过？结果怎样？",
    "您要求怎样解决？",
)


def time_input() -> forms.TimeInput:
    """Return a time input that browsers show as one."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class DayForm(forms.Form):
    """接待日: who, when, where, how many may book."""

    on = forms.DateField(label="日期", widget=day_input())
    leader = forms.ChoiceField(label="接待领导（有账号的）", required=False)
    leader_name = forms.CharField(label="接待领导姓名", max_length=40, required=False, help_text="没有账号的领导填姓名")
    place = forms.CharField(label="地点", max_length=80)
    from_time = forms.TimeField(label="从", required=False, widget=time_input())
    until_time = forms.TimeField(label="到", required=False, widget=time_input())
    capacity = forms.IntegerField(
        label="可预约批数", min_value=0, max_value=60, initial=0, help_text="0 为不接受预约，当天到场登记"
    )

    def __init__(self, *args: Any, is_change: bool, **options: Any) -> None:
        """Offer the leaders; a change asks for its reason."""
        super().__init__(*args, **options)
        rows = Staff.objects.filter(roles__overlap=[role.value for role in LEADERS], is_active=True).order_by("pk")
        field = self.fields["leader"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "填姓名"),
            *((str(one.pk), f"{one.name}（{one.title or one.role_labels}）") for one in rows),
        ]
        if is_change:
            self.fields["reason"] = forms.CharField(label="改动原因", max_length=200)

    def leader_chosen(self) -> Staff | None:
        """Return the leader's account, if one was chosen."""
        pk = self.cleaned_data["leader"]
        return Staff.objects.filter(pk=int(pk)).first() if pk else None

    def entry(self) -> DayEntry:
        """Return the day as the rules take it."""
        values, leader = self.cleaned_data, self.leader_chosen()
        return DayEntry(
            on=values["on"],
            leader_name=leader.name if leader else values["leader_name"],
            place=values["place"],
            from_time=values["from_time"],
            until_time=values["until_time"],
            capacity=values["capacity"],
        )


def initial_of(day: ReceptionDay) -> dict[str, object]:
    """Return what the form of a stored day starts with."""
    return {
        "on": day.on,
        "leader": str(day.leader_id or ""),
        "leader_name": "" if day.leader_id else day.leader_name,
        "place": day.place,
        "from_time": day.from_time,
        "until_time": day.until_time,
        "capacity": day.capacity,
    }


class ReasonForm(forms.Form):
    """A reason, which an act cannot do without."""

    reason = forms.CharField(label="原因", max_length=200)


class BookingForm(forms.Form):
    """预约: who comes, with how many, about what."""

    name = forms.CharField(label="姓名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label="电话", max_length=30, widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})
    )
    subject = forms.CharField(label="反映什么事", max_length=LINE_LIMIT, help_text="一句话")
    head_count = forms.IntegerField(label="同来几人", min_value=1, max_value=99, initial=1)

    def entry(self) -> BookingEntry:
        """Return the booking as the rules take it."""
        return BookingEntry(**{name: self.cleaned_data[name] for name in BookingEntry.__slots__})


class ArrivalForm(forms.Form):
    """签到: who came."""

    booking = forms.ChoiceField(label="预约", required=False)
    name = forms.CharField(label="来访人", max_length=60, required=False, help_text="有预约的可留空")
    phone = forms.CharField(label="电话", max_length=30, required=False)
    subject = forms.CharField(label="事由", max_length=LINE_LIMIT, required=False)
    head_count = forms.IntegerField(label="人数", min_value=1, max_value=9999, initial=1)
    representatives = forms.CharField(
        label="代表", required=False, widget=text_area(2), help_text="多人来访的，每行一名代表，不超过5名"
    )

    def __init__(self, *args: Any, day: ReceptionDay, **options: Any) -> None:
        """Offer the bookings whose people have not come."""
        super().__init__(*args, **options)
        self.day = day
        expected = day.bookings.expected().order_by("at_time", "pk")
        field = self.fields["booking"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "没有预约"), *((str(row.pk), f"{row.name}　{row.number}") for row in expected)]

    def booking_chosen(self) -> Booking | None:
        """Return the booking that arrives, if one was chosen."""
        pk = self.cleaned_data["booking"]
        return self.day.bookings.filter(pk=int(pk)).first() if pk else None

    def entry(self) -> ArrivalEntry:
        """Return the arrival as the rules take it; what a booking tells is not asked again."""
        values, booked = self.cleaned_data, self.booking_chosen()
        return ArrivalEntry(
            name=values["name"] or (booked.name if booked else ""),
            phone=values["phone"] or (booked.phone if booked else ""),
            subject=values["subject"] or (booked.subject if booked else ""),
            head_count=values["head_count"],
            representatives=tuple(line.strip() for line in values["representatives"].splitlines() if line.strip()),
        )


class InterviewForm(forms.Form):
    """接谈笔录: questions and answers, and what was promised."""

    def __init__(self, *args: Any, reception: Reception, **options: Any) -> None:
        """Show what was written down, or the questions that every talk begins with; empty pairs are left out."""
        super().__init__(*args, **options)
        stored = [(line.question, line.answer) for line in reception.lines.order_by("position")]
        asked = {question for question, _ in stored}
        lines = [*stored, *((question, "") for question in OPENING_QUESTIONS if question not in asked)]
        self.pairs = max(RECORD_LINES, len(lines) + 2)
        for place in range(self.pairs):
            question, answer = lines[place] if place < len(lines) else ("", "")
            self.fields[f"question_{place}"] = forms.CharField(
                label=f"问 {place + 1}", max_length=300, required=False, initial=question
            )
            self.fields[f"answer_{place}"] = forms.CharField(
                label=f"答 {place + 1}", required=False, initial=answer, widget=text_area(2)
            )
        self.fields["promised"] = forms.CharField(
            label="当场答复或承诺", max_length=500, required=False, initial=reception.promised, widget=text_area(2)
        )

    def exchanges(self) -> tuple[Exchange, ...]:
        """Return the pairs that were answered; a question nobody answered was not asked."""
        values = self.cleaned_data
        pairs = ((values[f"question_{place}"], values[f"answer_{place}"]) for place in range(self.pairs))
        return tuple(Exchange(question, answer) for question, answer in pairs if answer.strip())


class RegisterForm(forms.Form):
    """接访登记: who, what, the signed record, and what the leader decided on the spot."""

    petitioner_kind = forms.ChoiceField(
        label="信访人", choices=PetitionerKind.choices(), initial=PetitionerKind.NAMED.value, widget=forms.RadioSelect
    )
    name = forms.CharField(label="姓名", max_length=60, required=False)
    phone = forms.CharField(label="电话", max_length=30, required=False)
    identity_number = forms.CharField(label="证件号码", max_length=24, required=False)
    address = forms.CharField(label="住址", max_length=200, required=False)
    place = forms.CharField(label="问题属地", max_length=80, required=False)
    summary = forms.CharField(label="概况", max_length=500, widget=text_area(2))
    claims = forms.CharField(label="诉求点", required=False, widget=text_area(3), help_text="每行一项")
    confidentiality = forms.ChoiceField(
        label="保密", choices=Confidentiality.choices()[:2], initial=Confidentiality.ORDINARY.value
    )
    note = forms.CharField(label="接谈情况", widget=text_area(2), help_text="一两句话：怎样答复的，准备怎样办")
    was_read_back = forms.BooleanField(label="笔录已宣读或交来访人核对", required=False)
    signed_by = forms.CharField(label="签名人", max_length=200, help_text="来访人或代表；拒绝签名的写明情况")
    scan = forms.FileField(label="签名的笔录扫描", help_text="PDF、PNG或JPEG，20MB以内")
    words = forms.CharField(
        label="领导当场批示", max_length=500, required=False, widget=text_area(2), help_text="没有批示的留空"
    )
    wanted_unit = forms.ChoiceField(label="建议由哪个单位办理", required=False)
    due_on = forms.DateField(label="要求何时办结", required=False, widget=day_input())

    def __init__(self, *args: Any, by: Staff, **options: Any) -> None:
        """Show the fields that fit the person."""
        super().__init__(*args, **options)
        field = self.fields["wanted_unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = unit_choices()
        if Role.RESTRICTED not in by.role_set:
            del self.fields["confidentiality"]

    def registration(self, reception: Reception) -> Registration:
        """Return what was filled in, as the register's rules take it."""
        values = self.cleaned_data
        return Registration(
            summary=values["summary"],
            petitioner_kind=PetitionerKind(values["petitioner_kind"]),
            name=values["name"],
            identity_number=values["identity_number"],
            phone=values["phone"],
            address=values["address"],
            place=values["place"],
            head_count=reception.head_count,
            representatives=tuple(RepresentativeEntry(name=name) for name in reception.representatives),
            claims=tuple(line for line in values["claims"].splitlines() if line.strip()),
            confidentiality=Confidentiality(values.get("confidentiality") or Confidentiality.ORDINARY.value),
        )

    def wish(self) -> Wish | None:
        """Return what the leader decided on the spot, or nothing."""
        values = self.cleaned_data
        if not values["words"].strip():
            return None
        return Wish(words=values["words"], wanted_unit=values["wanted_unit"], due_on=values["due_on"])
