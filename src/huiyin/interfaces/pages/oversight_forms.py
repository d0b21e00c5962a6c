"""Forms of oversight: one for each step, and one for what came of it."""

from typing import Any, ClassVar

from django import forms

from huiyin.accounts.models import Staff
from huiyin.county.assignment.states import OWES
from huiyin.county.oversight.models import Oversight
from huiyin.county.oversight.rules import APPROVERS, OversightEntry
from huiyin.county.oversight.states import NEEDS_APPROVAL, Instrument, Level, Manner, Trigger
from huiyin.county.registry.models import Petition

from .petition_forms import text_area
from .receipt_forms import day_input

Choices = list[tuple[str, str]]
# 由系统按重复件自动发出的情形不供选择。
CHOSEN_TRIGGERS = [(code, label) for code, label in Trigger.choices() if code != Trigger.REPEATED.value]


def owing(petition: Petition) -> Choices:
    """Return the petition's assignments that owe a report, as choices."""
    rows = petition.assignments.filter(state__in=OWES).select_related("unit").order_by("pk")
    return [(str(row.pk), f"{row.unit.name}（{row.handler_name}）{row.number}") for row in rows]


def approvers_of(level: Level, *, besides: Staff) -> Choices:
    """Return who may approve a step, as choices."""
    people = Staff.objects.holding(*APPROVERS[level]).exclude(pk=besides.pk).order_by("pk")
    return [("", "请选择"), *((str(one.pk), f"{one.name}（{one.title or one.role_labels}）") for one in people)]


class OversightForm(forms.Form):
    """督办: whom, why, what is asked; a level adds what its letter or record needs."""

    level: ClassVar[Level] = Level.REMINDER

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the units that owe a report, and who may approve."""
        super().__init__(*args, **options)
        choices = owing(petition)
        self.fields["assignment"] = forms.ChoiceField(
            label="承办单位", choices=choices, initial=choices[0][0] if choices else None
        )
        self.fields["trigger"] = forms.ChoiceField(label="督办情形", choices=CHOSEN_TRIGGERS)
        self.fields["words"] = forms.CharField(label="事由和要求", max_length=1000, widget=text_area())
        self.add_fields()
        if self.level in NEEDS_APPROVAL:
            self.fields["approver"] = forms.ChoiceField(label="批准人", choices=approvers_of(self.level, besides=by))

    def add_fields(self) -> None:
        """Add what this step asks for besides: a limit."""
        self.fields["due_on"] = forms.DateField(label="期限", widget=day_input())

    def entry(self) -> OversightEntry:
        """Return the step as the rules take it."""
        values = self.cleaned_data
        return OversightEntry(
            level=self.level,
            trigger=Trigger(values["trigger"]),
            words=values["words"],
            due_on=values.get("due_on"),
            manner=Manner(values["manner"]) if values.get("manner") else None,
            held_on=values.get("held_on"),
            attendees=values.get("attendees", ""),
            instrument=Instrument(values["instrument"]) if values.get("instrument") else None,
        )


class LetterForm(OversightForm):
    """督办函."""

    level = Level.LETTER


class InterviewForm(OversightForm):
    """约谈、听取汇报、现场督办."""

    level = Level.INTERVIEW

    def add_fields(self) -> None:
        """Add how, when and with whom, and the limit that was agreed."""
        self.fields["manner"] = forms.ChoiceField(label="方式", choices=Manner.choices())
        self.fields["held_on"] = forms.DateField(label="日期", widget=day_input())
        self.fields["attendees"] = forms.CharField(label="参加人员", max_length=300)
        super().add_fields()


class DirectorsMeetingForm(OversightForm):
    """提请主任会议."""

    level = Level.DIRECTORS_MEETING

    def add_fields(self) -> None:
        """Add the day of the meeting."""
        self.fields["held_on"] = forms.DateField(label="会议日期", widget=day_input())


class InstrumentForm(OversightForm):
    """监督手段或三项建议."""

    level = Level.INSTRUMENT

    def add_fields(self) -> None:
        """Add what the directors' meeting decided to use."""
        self.fields["instrument"] = forms.ChoiceField(label="采用", choices=Instrument.choices())


class ConcludeForm(forms.Form):
    """了结督办."""

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the steps whose outcome is not on record."""
        super().__init__(*args, **options)
        rows = Oversight.objects.visible_to(by).filter(petition=petition).running().order_by("pk")
        choices = [(str(row.pk), f"{Level(row.level).label} {row.number}") for row in rows]
        self.fields["oversight"] = forms.ChoiceField(label="哪一项督办", choices=choices)
        self.fields["outcome"] = forms.CharField(label="督办结果", max_length=1000, widget=text_area())
