"""One form on a page of its own: shown, carried out once, shown again with what was wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from huiyin.interfaces import submissions
from huiyin.interfaces.components.links import Crumb
from huiyin.kernel.refusal import Refusal

from .access import staff_of

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class OfficeForm:
    """What a page with one form shows, and where it leads."""

    title: str
    submit: str
    back_href: str
    crumbs: tuple[Crumb, ...]
    lead: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfficeFormScreen:
    """The page: its words, its form, its address."""

    words: OfficeForm
    form: forms.Form
    action: str


def answered(
    request: HttpRequest, form: forms.Form, words: OfficeForm, *, act: Callable[[], int], sent: Mapping[str, object]
) -> HttpResponse:
    """Carry out a form that was sent and go back; show it, again where it was refused."""
    if request.method == "POST" and form.is_valid():
        try:
            carried_out(request, act=act, sent={"address": request.path, **sent})
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            return redirect(words.back_href)
    screen = OfficeFormScreen(words=words, form=form, action=request.path)
    return render(request, "office_form.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200)


def carried_out(request: HttpRequest, *, act: Callable[[], int], sent: Mapping[str, object]) -> int:
    """Carry out an act once under the form's own token and return the id it answered, the same every time."""
    answer = submissions.once(
        key=request.POST.get("form_token", ""),
        sent={"by": staff_of(request).pk, **sent},
        at=timezone.now(),
        act=lambda: {"row": act()},
    )
    return int(answer["row"] or 0)
