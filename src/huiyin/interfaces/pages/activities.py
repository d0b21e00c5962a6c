"""监督活动: the list, a new one, and the page of one with its steps and blocks."""

from collections.abc import Iterable

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.roles import Role
from huiyin.county.supervision.actions import activities as actions
from huiyin.county.supervision.activity_models import Activity
from huiyin.county.supervision.models import PlanItem
from huiyin.county.supervision.queries import standing
from huiyin.county.supervision.reminders import dates_of
from huiyin.county.supervision.rules.activities import may_keep_activities
from huiyin.county.supervision.rules.reminders import reminders
from huiyin.county.supervision.states import ActivityKind, ActivityState
from huiyin.interfaces.components.links import Button, Chip, Chips, Crumb, Pagination
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.calendar import local_day

from .access import OFFICE_READERS, needs, staff_of
from .activities_badge import badge_of
from .activities_forms import SchemeForm, of_activity, of_item
from .activities_sections import sections_of
from .activities_steps import STEPS
from .office_form import OfficeForm
from .paging import pagination_of
from .supervision_page import ListScreen, RecordScreen, made_new, steps_of, taken
from .supervision_tabs import supervision_tabs

PAGE_SIZE = 50
KEEPERS = frozenset({Role.CLERK, Role.HEAD})


def activities_table(
    rows: Iterable[Activity], *, caption: str, empty: str, pagination: Pagination | None = None
) -> DataTable:
    """Return activities as a table."""
    return DataTable(
        caption=caption,
        columns=(
            Column(label="编号", width="fit"),
            Column(label="名称", width="wide"),
            Column(label="方式", width="fit"),
            Column(label="时间", width="fit"),
            Column(label="对象", width="normal"),
            Column(label="状态", width="fit"),
        ),
        rows=tuple(
            Row(
                href=reverse("activity", args=[row.pk]),
                cells=(
                    Cell(text=row.number),
                    Cell(text=row.title, sub=row.organiser),
                    Cell(text=ActivityKind(row.kind).label),
                    Cell(text=day_words(row.starts_on), sub=f"至 {day_words(row.ends_on)}"),
                    Cell(text="、".join(one.unit.name for one in row.units.all())),
                    Cell(component=badge_of(row)),
                ),
            )
            for row in rows
        ),
        empty=EmptyState(title=empty),
        pagination=pagination,
    )


@needs(OFFICE_READERS)
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """监督活动: the latest first, by kind."""
    asked = request.GET.get("kind", "")
    rows = standing.activities_with_units()
    if asked in set(ActivityKind):
        rows = rows.filter(kind=asked)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    href = reverse("activities")
    items = [Chip(label="全部", href=href, active=asked not in set(ActivityKind))]
    items += [Chip(label=one.label, href=f"{href}?kind={one.value}", active=asked == one.value) for one in ActivityKind]
    table = activities_table(
        page.object_list,
        caption="监督活动",
        empty="没有这样的监督活动",
        pagination=pagination_of(request, page, unit="项"),
    )
    may = may_keep_activities(staff_of(request))
    screen = ListScreen(
        title="监督活动",
        lead="执法检查、专题审议、视察、评议、专题调查、专题询问和特定问题调查。",
        tabs=supervision_tabs("activities"),
        new=Button(label="制定方案", href=reverse("activity_new"), kind="primary", icon="plus") if may else None,
        chips=Chips(label="监督方式", items=tuple(items)),
        tables=(("监督活动", table),),
    )
    return render(request, "supervision_list.html", {"screen": screen})


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def activity_new(request: HttpRequest) -> HttpResponse:
    """制定方案: opened from an item of the plan, it begins with that item."""
    by, at = staff_of(request), timezone.now()
    asked = request.GET.get("item", "")
    items = PlanItem.objects.select_related("proposal")
    item = items.filter(pk=int(asked)).first() if asked.isdecimal() else None
    form = SchemeForm(request.POST or None, initial=of_item(item) if item else {}, year=local_day(at).year)

    def act() -> int:
        return actions.prepare(entry=form.entry(), by=by, at=at).pk

    return made_new(request, form, _words("制定方案"), act=act, route="activity")


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def activity_change(request: HttpRequest, activity_id: int) -> HttpResponse:
    """修改方案."""
    by, at, row = staff_of(request), timezone.now(), found(activity_id)
    form = SchemeForm(request.POST or None, initial=of_activity(row), year=local_day(at).year, besides=row)

    def act() -> int:
        return actions.change(activity_id=row.pk, entry=form.entry(), by=by, at=at).pk

    return made_new(request, form, _words(f"修改方案　{row.number}"), act=act, route="activity")


def _words(title: str) -> OfficeForm:
    home = reverse("activities")
    return OfficeForm(title=title, submit="保存", back_href=home, crumbs=(Crumb(label="监督活动", href=home),))


def found(activity_id: int) -> Activity:
    """Return an activity, or nothing is there."""
    row = Activity.objects.select_related("plan_item__plan", "part_of", "prepared_by").filter(pk=activity_id).first()
    if row is None:
        raise Http404
    return row


@needs(OFFICE_READERS)
@require_safe
def activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """监督活动: one, with everything that hangs on it."""
    return _page(request, found(activity_id), None, 200)


@needs(OFFICE_READERS)
@require_POST
def activity_step(request: HttpRequest, activity_id: int, name: str) -> HttpResponse:
    """办理一步."""
    home = reverse("activity", args=[activity_id])
    return taken(request, STEPS, name, found(activity_id), page=_page, home=home)


def _page(request: HttpRequest, row: Activity, refused: tuple[str, forms.Form] | None, status: int) -> HttpResponse:
    by, today = staff_of(request), local_day(timezone.now())
    is_open = row.state == ActivityState.PREPARING.value and may_keep_activities(by)
    change = Button(label="修改方案", href=reverse("activity_change", args=[row.pk]))
    alerts = [Alert(words=f"退回修改：{row.sent_back_words}", kind="warn")] if row.sent_back_words else []
    alerts += [Alert(words=one.words, kind="warn") for one in reminders(dates_of(row), today=today)]
    screen = RecordScreen(
        title=row.title,
        number=row.number,
        lead=ActivityKind(row.kind).label,
        badge=badge_of(row),
        crumbs=(Crumb(label="监督", href=reverse("supervision")), Crumb(label="监督活动", href=reverse("activities"))),
        buttons=(change,) if is_open else (),
        alerts=tuple(alerts),
        steps=steps_of(STEPS, row, by, route="activity_step", refused=refused),
        sections=sections_of(row, by=by, today=today),
    )
    return render(request, "supervision_record.html", {"screen": screen}, status=status)
