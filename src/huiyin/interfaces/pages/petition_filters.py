"""The conditions of the list of petitions: what the reader chose, as a form, as chips and as a queryset."""

from dataclasses import dataclass
from datetime import date
from functools import reduce

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.county.analysis.waiting import SOON, Waiting, condition_of, due_petitions, overdue_petitions
from huiyin.county.assignment.models import Assignment
from huiyin.county.office.models import Unit
from huiyin.county.reception.models import Instruction
from huiyin.county.registry.models import Deadline, Petition
from huiyin.county.registry.querysets import PetitionQuerySet
from huiyin.county.registry.states import Channel, Origin, Purpose, Recurrence, State
from huiyin.interfaces.components.tables import ActiveFilter
from huiyin.kernel.words import Word
from huiyin.platform.categories.models import Category
from huiyin.platform.statutes.queries import short_names

from .petition_numbers import NAMES, NumberAsked, number_asked
from .receipt_forms import day_input

QUERY_LIMIT = 100
ANY = ("", "不限")


class DueChoice(Word):
    """期限 as the list asks for it."""

    OVERDUE = "overdue", "已逾期"
    TODAY = "today", "今天到期"
    SOON = "soon", "七日内到期"
    NONE = "none", "无在途期限"


class Whose(Word):
    """Whose petitions the list asks for."""

    MINE = "mine", "我经办的"
    LEADER = "leader", "领导阅批、接访或交办"


class GroupChoice(Word):
    """集体访 and 联名信 as the list asks for them."""

    GROUP = "group", "集体访"
    JOINT = "joint", "联名信"


class PetitionFilterForm(forms.Form):
    """The list's conditions; every one may be left empty."""

    q = forms.CharField(label="检索", required=False, max_length=QUERY_LIMIT)
    state = forms.ChoiceField(label="状态", required=False, choices=[ANY, *State.choices()])
    waiting = forms.ChoiceField(label="待办", required=False, choices=[ANY, *Waiting.choices()])
    due = forms.ChoiceField(label="期限", required=False, choices=[ANY, *DueChoice.choices()])
    unit = forms.ChoiceField(label="承办单位", required=False)
    channel = forms.ChoiceField(label="信访形式", required=False, choices=[ANY, *Channel.choices()])
    category = forms.ChoiceField(label="内容分类", required=False)
    statute = forms.ChoiceField(label="关联法律", required=False)
    purpose = forms.ChoiceField(label="信访目的", required=False, choices=[ANY, *Purpose.choices()])
    recurrence = forms.ChoiceField(label="初次或重复", required=False, choices=[ANY, *Recurrence.choices()])
    group = forms.ChoiceField(label="集体与联名", required=False, choices=[ANY, *GroupChoice.choices()])
    whose = forms.ChoiceField(label="经办", required=False, choices=[ANY, *Whose.choices()])
    first = forms.DateField(label="收件日期自", required=False, widget=day_input())
    last = forms.DateField(label="收件日期至", required=False, widget=day_input())

    def __init__(self, data: QueryDict) -> None:
        """Offer the units, the first level of the classes in force and the laws."""
        super().__init__(data, auto_id="filter-%s")
        units = Unit.objects.order_by("name").values_list("code", "name")
        tops = Category.objects.filter(level=1).order_by("code").values_list("code", "name")
        for name, choices in (("unit", units), ("category", tops), ("statute", short_names().items())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [ANY, *dict(choices).items()]

    def clean(self) -> dict[str, object]:
        """Refuse a span that ends before it begins."""
        values = self.cleaned_data
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", "截止日早于起始日")
        return values


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader asked for, understood: one value per condition in force."""

    form: PetitionFilterForm
    values: dict[str, str | date]
    number: NumberAsked | None = None

    @property
    def query(self) -> str:
        """Return the words searched for."""
        return self.word("q")

    def word(self, name: str) -> str:
        """Return what was chosen of one condition, or nothing."""
        return str(self.values.get(name, ""))

    @property
    def is_narrowed(self) -> bool:
        """Whether any condition is in force: then only what the reader may see in full is counted and listed."""
        return bool(self.values) or self.number is not None

    @property
    def faults(self) -> tuple[str, ...]:
        """Return in words what was asked for and not understood; such a condition is not in force."""
        return tuple(
            f"{self.form[name].label}：{'；'.join(map(str, errors))}" for name, errors in self.form.errors.items()
        )


def chosen_of(request: HttpRequest) -> Chosen:
    """Return the conditions of a request; one that cannot be understood is left out and told."""
    form = PetitionFilterForm(request.GET)
    form.is_valid()
    understood = {name: value for name, value in form.cleaned_data.items() if name not in form.errors and value}
    return Chosen(form=form, values=understood, number=number_asked(request.GET, now=timezone.now()))


def conditions(chosen: Chosen, *, by: Staff) -> list[Q]:
    """Return the conditions on a petition's own columns and on what hangs on it."""
    simple = {
        "state": "state",
        "channel": "channel",
        "category": "category_code__startswith",
        "statute": "statute_code",
        "purpose": "purpose",
        "recurrence": "recurrence",
        "first": "received_on__gte",
        "last": "received_on__lte",
    }
    found = [Q(**{column: chosen.values[name]}) for name, column in simple.items() if name in chosen.values]
    if "unit" in chosen.values:
        found.append(Q(Exists(Assignment.objects.filter(petition=OuterRef("pk"), unit__code=chosen.values["unit"]))))
    if "group" in chosen.values:
        is_group = chosen.values["group"] == GroupChoice.GROUP.value
        found.append(Q(is_group=True) if is_group else Q(is_joint=True))
    if "waiting" in chosen.values:
        found.append(condition_of(Waiting(chosen.word("waiting"))))
    if chosen.number is not None:
        found.append(chosen.number.condition)
    if "whose" in chosen.values:
        found.append(_whose(Whose(chosen.word("whose")), by))
    return found


def _whose(whose: Whose, by: Staff) -> Q:
    if whose is Whose.LEADER:
        instructed = Instruction.objects.exclude(read_at=None).values("petition_id")
        return Q(read_by_leader=True) | Q(pk__in=instructed) | Q(origin=Origin.LEADER.value)
    return Q(registered_by=by) | Q(read_by=by) | Q(classified_by=by)


def petitions_of(chosen: Chosen, *, by: Staff, today: date) -> PetitionQuerySet:
    """Return the petitions the reader asked for.

    Without any condition sealed items are listed by their number; a condition would tell their content, so then
    only what the reader may see in full is there (DOMAIN §6).
    """
    if not chosen.is_narrowed:
        return Petition.objects.listed_for(by)
    found = Petition.objects.visible_to(by).matching(chosen.query)
    found = reduce(lambda kept, condition: kept.filter(condition), conditions(chosen, by=by), found)
    return _due(found, chosen, today=today)


def _due(petitions: PetitionQuerySet, chosen: Chosen, *, today: date) -> PetitionQuerySet:
    if "due" not in chosen.values:
        return petitions
    due = DueChoice(chosen.word("due"))
    if due is DueChoice.OVERDUE:
        return overdue_petitions(petitions, today=today)
    if due is DueChoice.NONE:
        return petitions.exclude(Exists(Deadline.objects.running().filter(petition=OuterRef("pk"))))
    return due_petitions(petitions, today=today, last=today if due is DueChoice.TODAY else today + SOON)


def active_filters(request: HttpRequest, chosen: Chosen) -> tuple[ActiveFilter, ...]:
    """Return the conditions in force as chips, each with the address without it."""
    found = [
        ActiveFilter(
            label=f"{chosen.form[name].label}：{_words(chosen, name)}", remove_href=href_without(request, name)
        )
        for name in chosen.values
    ]
    if chosen.number is not None:
        found.append(ActiveFilter(label=chosen.number.words, remove_href=href_without(request, *NAMES)))
    return tuple(found)


def _words(chosen: Chosen, name: str) -> str:
    value, field = chosen.values[name], chosen.form.fields[name]
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # choices are pairs, as made above
    return str(value)


def href_without(request: HttpRequest, *names: str) -> str:
    """Return the list's address without a condition, from its first page."""
    query = request.GET.copy()
    for key in (*names, "page"):
        query.pop(key, None)
    return f"{request.path}?{query.urlencode()}"
