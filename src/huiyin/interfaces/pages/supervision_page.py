"""What the pages of supervision have in common: a list, a record with its steps and sections, a form of its own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from huiyin.accounts.models import Staff
from huiyin.interfaces.components.links import Button, ButtonKind, Chips, Crumb, Tabs
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.petitions import StateBadge
from huiyin.interfaces.components.tables import DataTable
from huiyin.kernel.refusal import Refusal

from .access import staff_of
from .office_form import UNPROCESSABLE, OfficeForm, OfficeFormScreen, carried_out
from .section import Section
from .steps.kinds import StepForm

CONFLICT = 409
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class ListScreen:
    """One list of supervision: what it is, what can be begun here, its rows."""

    title: str
    lead: str
    tabs: Tabs
    new: Button | None
    tables: tuple[tuple[str, DataTable], ...]
    chips: Chips | None = None


@dataclass(frozen=True, slots=True)
class RecordScreen:
    """One record of supervision: its head, what can be done now, and everything known of it."""

    title: str
    number: str
    lead: str
    badge: StateBadge
    crumbs: tuple[Crumb, ...]
    buttons: tuple[Button, ...]
    alerts: tuple[Alert, ...]
    steps: tuple[StepForm, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Sent(Generic[Row]):
    """A step as it was sent: of which row, with which checked form, by whom, when."""

    row: Row
    form: Any
    by: Staff
    at: datetime


@dataclass(frozen=True, slots=True)
class Step(Generic[Row]):
    """One step that a record's page offers: its form, who may take it now, and what it does."""

    title: str
    submit: str
    form: Callable[..., forms.Form]
    offered: Callable[[Row, Staff], bool]
    act: Callable[[Sent[Row]], object]
    done: str
    lead: str = ""
    kind: ButtonKind = "primary"
    confirm: str = ""
    folded: bool = True


class NoForm(forms.Form):
    """Nothing to fill in: the button says it all."""


def plain(form: type[forms.Form]) -> Callable[..., forms.Form]:
    """Return how a form is made that asks nothing of the row and of the person."""

    def make(*sent: object, row: models.Model, by: Staff, prefix: str) -> forms.Form:
        del row, by
        return form(*sent, prefix=prefix)  # type: ignore[arg-type, misc]  # Django's own loose signature

    return make


def steps_of(
    table: Mapping[str, Step[Row]],
    row: Row,
    by: Staff,
    *,
    route: str,
    refused: tuple[str, forms.Form] | None = None,
) -> tuple[StepForm, ...]:
    """Return the steps that this person may take now, the one that was refused with what was sent."""
    names = [name for name, step in table.items() if step.offered(row, by)]
    if refused is not None and refused[0] not in names:
        names.insert(0, refused[0])
    found = []
    for name in names:
        step = table[name]
        is_refused = refused is not None and refused[0] == name
        found.append(
            StepForm(
                name=name,
                title=step.title,
                lead=step.lead,
                form=refused[1] if refused is not None and is_refused else step.form(row=row, by=by, prefix=name),
                action=reverse(route, args=[row.pk, name]),
                submit=step.submit,
                kind=step.kind,
                confirm=step.confirm,
                folded=step.folded and not is_refused,
            )
        )
    return tuple(found)


Page = Callable[[HttpRequest, Row, tuple[str, forms.Form] | None, int], HttpResponse]


def taken(
    request: HttpRequest, table: Mapping[str, Step[Row]], name: str, row: Row, *, page: Page[Row], home: str
) -> HttpResponse:
    """Take one step: check its form, carry it out once, come back to the record; or show what was refused."""
    step = table.get(name)
    if step is None:
        raise Http404
    by, at = staff_of(request), timezone.now()
    form = step.form(request.POST, request.FILES, row=row, by=by, prefix=name)
    if not form.is_valid():
        return page(request, row, (name, form), UNPROCESSABLE)

    def act() -> int:
        step.act(Sent(row, form, by, at))
        return int(row.pk)

    try:
        carried_out(request, act=act, sent={"address": request.path, **written(form)})
    except Refusal as refusal:
        form.add_error(None, refusal.words)
        row.refresh_from_db()
        return page(request, row, (name, form), CONFLICT)
    messages.success(request, step.done)
    return redirect(home)


def written(form: forms.Form) -> dict[str, object]:
    """Return what was filled in as the fingerprint of a submission reads it; a file by name and size."""
    return {
        name: f"{value.name}:{value.size}" if hasattr(value, "size") and hasattr(value, "name") else value
        for name, value in form.cleaned_data.items()
    }


def made_new(
    request: HttpRequest, form: forms.Form, words: OfficeForm, *, act: Callable[[], int], route: str
) -> HttpResponse:
    """Carry out a form of its own page and go to the record that it made; show it again where it was refused."""
    if request.method == "POST" and form.is_valid():
        try:
            pk = carried_out(request, act=act, sent={"address": request.path, **written(form)})
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, f"{words.title}：已保存")
            return redirect(route, pk)
    screen = OfficeFormScreen(words=words, form=form, action=request.get_full_path())
    return render(request, "office_form.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200)


def shown(sections: Iterable[Section | None]) -> tuple[Section, ...]:
    """Return the sections that have something to show."""
    return tuple(section for section in sections if section is not None)
