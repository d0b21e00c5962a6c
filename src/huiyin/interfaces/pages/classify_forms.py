"""The form of 归类 and of its review: the class by pinyin initials or keywords, tags, law and article, jurisdiction."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from huiyin.accounts.models import Staff
from huiyin.county.office.models import Tag
from huiyin.county.registry.actions.classifications import decided
from huiyin.county.registry.models import Petition
from huiyin.county.registry.queries.class_suggestion import Suggestion, suggest
from huiyin.county.registry.queries.classes import all_classes
from huiyin.county.registry.rules import Classification
from huiyin.county.registry.states import Jurisdiction, Purpose, Recurrence
from huiyin.platform.statutes.queries import statute_titles

from .register_forms import earlier_id_of
from .statute_suggestions import STEPS, cards_for

ARTICLE_LIMIT = 40


class CategorySelect(forms.Select):
    """A list of classes with a field that narrows it down; without scripts it is the whole list."""

    template_name = "forms/category_select.html"
    suggestion: Suggestion | None = None

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return what the template shows: the list, where it is narrowed down, and the suggestion."""
        context: dict[str, Any] = super().get_context(name, value, dict(attrs or {}))
        context["search_href"] = reverse("category_options")
        context["suggestion"] = self.suggestion
        if self.suggestion is not None and self.suggestion.code:
            context["fill"] = urlencode({name: self.suggestion.code})
        return context


class StatuteSelect(forms.Select):
    """A list of laws with those that are suggested below it, anew for each class and tag that is chosen."""

    template_name = "forms/statute_select.html"
    petition: Petition | None = None

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return what the template shows: the list, and the laws that are suggested for the petition."""
        context: dict[str, Any] = super().get_context(name, value, dict(attrs or {}))
        step = name.partition("-")[0]
        if self.petition is not None and step in STEPS:
            context["cards"] = cards_for(self.petition, step=step)
            href = reverse("statute_suggestions", args=[self.petition.pk])
            context["suggestions_href"] = f"{href}?{urlencode({'step': step})}"
            context["names"] = f"{step}-category,{step}-tags"
        return context


class ClassifyForm(forms.Form):
    """归类."""

    purpose = forms.ChoiceField(label="信访目的", choices=Purpose.choices(), widget=forms.RadioSelect)
    category = forms.ChoiceField(label="内容分类", widget=CategorySelect)
    tags = forms.MultipleChoiceField(label="本地标签", required=False, widget=forms.CheckboxSelectMultiple)
    statute = forms.ChoiceField(label="关联法律", required=False, widget=StatuteSelect)
    article = forms.CharField(
        label="条款", max_length=ARTICLE_LIMIT, required=False, help_text="例如：第四十九条，几条用顿号隔开"
    )
    jurisdiction = forms.ChoiceField(
        label="管辖", choices=Jurisdiction.choices(), initial=Jurisdiction.COUNTY.value, widget=forms.RadioSelect
    )
    recurrence = forms.ChoiceField(
        label="初次或重复", choices=Recurrence.choices(), initial=Recurrence.FIRST.value, widget=forms.RadioSelect
    )
    repeats = forms.CharField(label="与哪一件重复", max_length=60, required=False, help_text="填原信访件编号")
    is_litigation = forms.BooleanField(label="涉法涉诉", required=False)
    wants_leader = forms.BooleanField(label="重要，须报负责人或领导决定", required=False)

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Offer the classes, tags and laws in force, and what the office would most likely decide."""
        options["initial"] = {**self.known_of(petition), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.by = by
        found = all_classes()
        self.paths = {one.code: one.path for one in found}
        category = self._choice("category")
        category.choices = [("", "请选择"), *((one.code, one.path) for one in found)]
        if not self.is_bound and isinstance(category.widget, CategorySelect):
            category.widget.suggestion = suggest(petition.summary)
        self._choice("tags").choices = list(
            Tag.objects.filter(is_active=True).order_by("name").values_list("code", "name")
        )
        statute = self._choice("statute")
        statute.choices = [("", "不关联"), *statute_titles().items()]
        if isinstance(statute.widget, StatuteSelect):
            statute.widget.petition = petition

    def known_of(self, petition: Petition) -> dict[str, object]:
        """Return what registration has decided already: first or repeat, and of what."""
        if petition.repeats is None:
            return {}
        return {"recurrence": Recurrence.REPEAT.value, "repeats": petition.repeats.number}

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def classification(self) -> Classification:
        """Return what was decided, as the rules take it; refuse a number that nobody has."""
        values = self.cleaned_data
        return Classification(
            purpose=Purpose(values["purpose"]),
            category_code=values["category"],
            category_path=self.paths[values["category"]],
            recurrence=Recurrence(values["recurrence"]),
            repeats_id=earlier_id_of(values["repeats"], by=self.by),
            tags=tuple(values["tags"]),
            statute_code=values["statute"],
            article=values["article"].strip(),
            jurisdiction=Jurisdiction(values["jurisdiction"]),
            is_litigation=values["is_litigation"],
            wants_leader=values["wants_leader"],
        )


class ReviewForm(ClassifyForm):
    """复核归类: what was decided, to agree with or to change; first or repeat stays as it is."""

    def __init__(self, *args: Any, by: Staff, petition: Petition, **options: Any) -> None:
        """Show what was decided."""
        super().__init__(*args, by=by, petition=petition, **options)
        self.petition = petition
        for name in ("recurrence", "repeats"):
            del self.fields[name]

    def known_of(self, petition: Petition) -> dict[str, object]:
        """Return the decision that stands."""
        return {
            "purpose": petition.purpose,
            "category": petition.category_code,
            "tags": petition.tags,
            "statute": petition.statute_code,
            "article": petition.article,
            "jurisdiction": petition.jurisdiction or Jurisdiction.COUNTY.value,
            "is_litigation": petition.is_litigation,
            "wants_leader": petition.wants_leader,
        }

    def classification(self) -> Classification:
        """Return the decision as the reviewer leaves it."""
        values, before = self.cleaned_data, decided(self.petition)
        return replace(
            before,
            purpose=Purpose(values["purpose"]),
            category_code=values["category"],
            category_path=self._path(before),
            tags=tuple(values["tags"]),
            statute_code=values["statute"],
            article=values["article"].strip(),
            jurisdiction=Jurisdiction(values["jurisdiction"]),
            is_litigation=values["is_litigation"],
            wants_leader=values["wants_leader"],
        )

    def _path(self, before: Classification) -> str:
        """Return how the class is written: as it was where it stayed."""
        code = self.cleaned_data["category"]
        return before.category_path if code == before.category_code else self.paths[code]
