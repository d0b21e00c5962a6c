"""培训: the classes of each year, with how many came."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.roles import OFFICE_ROLES, Role
from huiyin.county.office import queries
from huiyin.county.office.actions import trainings as actions
from huiyin.county.office.models import Training
from huiyin.county.office.rules import may_keep_office
from huiyin.interfaces.components.links import Button, Chip, Chips, Crumb, Tabs
from huiyin.interfaces.components.numbers import Stat, StatStrip
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .office_form import OfficeForm, answered
from .office_forms import TrainingForm
from .office_tabs import office_tabs
from .paging import pagination_of

PAGE_SIZE = 50
KEEPERS = frozenset({Role.CLERK, Role.HEAD})
FIELDS = ("held_on", "topic", "teacher", "participants", "head_count", "place", "note")


@dataclass(frozen=True, slots=True)
class TrainingsScreen:
    """The classes of one year or of all, with the totals."""

    tabs: Tabs
    new: Button | None
    years: Chips
    totals: StatStrip
    table: DataTable


@needs(OFFICE_ROLES)
@require_safe
def trainings(request: HttpRequest) -> HttpResponse:
    """培训: one year's classes and their total."""
    totals = {one.year: one for one in queries.years_of_training()}
    today = local_day(timezone.now())
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in totals else today.year
    rows = Training.objects.filter(held_on__year=year).order_by("-held_on", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    total, may_keep = totals.get(year), may_keep_office(staff_of(request))
    screen = TrainingsScreen(
        tabs=office_tabs("trainings"),
        new=Button(label="登记培训", href=reverse("training_new"), kind="primary", icon="plus") if may_keep else None,
        years=_years(sorted({*totals, today.year}, reverse=True), chosen=year),
        totals=StatStrip(
            label=f"{year}年培训",
            items=(
                Stat(label="培训班", value=total.classes if total else 0, unit="期"),
                Stat(label="参训", value=total.people if total else 0, unit="人次"),
            ),
        ),
        table=DataTable(
            caption=f"{year}年的培训",
            columns=(
                Column(label="日期", width="fit"),
                Column(label="主题"),
                Column(label="授课人", width="fit"),
                Column(label="参训范围"),
                Column(label="人数", align="end", width="fit"),
                Column(label="地点", phone="hide"),
            ),
            rows=tuple(_row(one, may_keep=may_keep) for one in page.object_list),
            empty=EmptyState(title=f"{year}年还没有登记培训"),
            pagination=pagination_of(request, page, unit="期"),
        ),
    )
    return render(request, "trainings.html", {"screen": screen})


def _years(years: list[int], *, chosen: int) -> Chips:
    items = (
        Chip(label=f"{year}年", href=f"{reverse('trainings')}?year={year}", active=year == chosen) for year in years
    )
    return Chips(label="年度", items=tuple(items))


def _row(one: Training, *, may_keep: bool) -> Row:
    return Row(
        href=reverse("training_correct", args=[one.pk]) if may_keep else "",
        cells=(
            Cell(text=day_words(one.held_on)),
            Cell(text=one.topic, sub=one.note),
            Cell(text=one.teacher),
            Cell(text=one.participants),
            Cell(text=str(one.head_count)),
            Cell(text=one.place),
        ),
    )


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def training_new(request: HttpRequest) -> HttpResponse:
    """登记培训."""
    by, at, form = staff_of(request), timezone.now(), TrainingForm(request.POST or None)

    def act() -> int:
        return actions.record(entry=form.entry(), by=by, at=at).pk

    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, _words("登记培训"), act=act, sent=sent)


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def training_correct(request: HttpRequest, training_id: int) -> HttpResponse:
    """更正培训: both values stay in the journal."""
    by, at = staff_of(request), timezone.now()
    one = Training.objects.filter(pk=training_id).first()
    if one is None:
        raise Refusal("training.unknown", "没有这次培训")
    form = TrainingForm(request.POST or None, initial={name: getattr(one, name) for name in FIELDS})

    def act() -> int:
        return actions.correct(training_id=training_id, entry=form.entry(), by=by, at=at).pk

    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, _words("更正培训", lead="更正前后的内容都会留在记录里。"), act=act, sent=sent)


def _words(title: str, *, lead: str = "") -> OfficeForm:
    home = reverse("trainings")
    return OfficeForm(title=title, submit="保存", back_href=home, crumbs=(Crumb(label="培训", href=home),), lead=lead)
