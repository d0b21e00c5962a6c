"""群众来信来访: what a petitioner reads without an account, and the way of one petition by number and query code."""

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts import actions as accounts
from huiyin.county.office.models import ReceptionDay
from huiyin.county.registry.actions.petitions import digest_of_code
from huiyin.county.registry.models import Petition
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.pages.access import open_to_all
from huiyin.kernel import tenant
from huiyin.kernel.calendar import local_day, show_day, show_weekday
from huiyin.kernel.refusal import Refusal

from .progress import Progress, progress_of

NEXT_RECEPTIONS = 6
NAME_LIMIT = 40
CODE_LENGTH = 12
UNPROCESSABLE = 422
BRACKETS = str.maketrans({**dict.fromkeys("([{【", "〔"), **dict.fromkeys(")]}】", "〕")})


@dataclass(frozen=True, slots=True)
class PortalScreen:
    """The petitioners' first page."""

    office: str
    receptions: DataTable


class StatusForm(forms.Form):
    """What a petitioner has in hand: the number and the query code."""

    number = forms.CharField(
        label="信访件编号", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"})
    )
    code = forms.CharField(
        label="查询码",
        max_length=30,
        help_text="登记时抄给您的12位字母和数字，不分大小写",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


@dataclass(frozen=True, slots=True)
class StatusScreen:
    """The query page: the form, and the answer to a question that named the right code."""

    form: StatusForm
    action: str
    progress: Progress | None


@open_to_all
@require_safe
def portal(request: HttpRequest) -> HttpResponse:
    """群众来信来访: how to write, when leaders receive visitors, and where to ask for the state."""
    today = local_day(timezone.now())
    screen = PortalScreen(office=tenant.current().name, receptions=_receptions(today))
    return render(request, "portal.html", {"screen": screen})


def _receptions(today: date) -> DataTable:
    days = ReceptionDay.objects.filter(on__gte=today).order_by("on", "pk")[:NEXT_RECEPTIONS]
    return DataTable(
        caption="领导接待日",
        columns=(Column(label="日期", width="fit"), Column(label="接待领导", width="fit"), Column(label="地点")),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=f"{show_day(day.on)}（{show_weekday(day.on)}）"),
                    Cell(text=day.leader_name),
                    Cell(text=day.place),
                )
            )
            for day in days
        ),
        empty=EmptyState(title="近期的接待日尚未公布", words="工作时间可以到信访办公室来访。"),
    )


@open_to_all
@never_cache
@sensitive_post_parameters("number", "code")
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """查询: the state of one petition; an unknown number and a wrong code get the same answer."""
    form = StatusForm(request.POST or None)
    petition = _asked(request, form) if request.method == "POST" and form.is_valid() else None
    progress = progress_of(petition) if petition is not None else None
    screen = StatusScreen(form=form, action=request.path, progress=progress)
    return render(request, "portal_status.html", {"screen": screen}, status=UNPROCESSABLE if form.errors else 200)


def _asked(request: HttpRequest, form: StatusForm) -> Petition | None:
    """Return the petition when number and code belong together; count what failed, per source and in the database.

    The source stands in the name, not beside it: petitioners who mistype must not lock the office's own sign-in.
    """
    name, at = f"portal:{request.META.get('REMOTE_ADDR', '')}"[:NAME_LIMIT], timezone.now()
    try:
        accounts.check_not_locked(username=name, source=None, at=at)
    except Refusal:
        form.add_error(None, "查询失败次数过多，请15分钟后再试，或打电话向信访办公室询问")
        return None
    number, code = written_number(form.cleaned_data["number"]), written_code(form.cleaned_data["code"])
    petition = Petition.objects.filter(number=number).first()
    kept = petition.query_code_digest if petition is not None else ""
    fits = hmac.compare_digest(digest_of_code(number, code), kept or digest_of_code("", ""))
    if petition is None or not kept or not fits:
        accounts.note_failure(username=name, source=None, at=at)
        form.add_error(None, "编号或查询码不正确，请核对后再试")
        return None
    return petition


def written_number(written: str) -> str:
    """Return a number as the office prints it: petitioners write brackets and spaces in every way."""
    return "".join(unicodedata.normalize("NFKC", written).split()).translate(BRACKETS)


def written_code(written: str) -> str:
    """Return a query code without the spaces and dashes that people read it out with."""
    return "".join(mark for mark in written.upper() if mark.isalnum())[: CODE_LENGTH * 2]
