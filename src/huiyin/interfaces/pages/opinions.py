"""审议意见: the list of the office and of a unit, a new one, and the page of one with every step it can take."""

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Staff
from huiyin.county.supervision.actions import opinions as actions
from huiyin.county.supervision.opinion_models import Opinion
from huiyin.county.supervision.opinion_states import WITH_UNIT, OpinionState
from huiyin.county.supervision.rules.opinions import may_write
from huiyin.interfaces.components.links import Button, Chip, Chips, Crumb, Tab, Tabs
from huiyin.interfaces.components.notices import Alert
from huiyin.kernel.calendar import local_day

from .access import READERS_AND_UNITS, needs, staff_of
from .findings import KEEPERS, activity_of, words_of
from .opinions_forms import OpinionForm, blank_of, of_opinion
from .opinions_sections import (
    badge_of,
    follow_ups_section,
    head_section,
    items_section,
    opinions_table,
    responses_section,
)
from .opinions_steps import STEPS
from .paging import pagination_of
from .supervision_page import ListScreen, RecordScreen, made_new, shown, steps_of, taken
from .supervision_papers import papers_of
from .supervision_tabs import supervision_tabs

PAGE_SIZE = 50


def tabs_for(by: Staff) -> Tabs:
    """Return the tabs of supervision; a unit has this list and nothing else of it."""
    if by.is_of_unit:
        return Tabs(label="审议意见", items=(Tab(label="审议意见", href=reverse("opinions"), active=True),))
    return supervision_tabs("opinions")


@needs(READERS_AND_UNITS)
@require_safe
def opinions(request: HttpRequest) -> HttpResponse:
    """审议意见: the latest first, by state; those that are late on their own."""
    by, today, asked = staff_of(request), local_day(timezone.now()), request.GET.get("state", "")
    every = Opinion.objects.visible_to(by)
    rows = every.select_related("unit", "activity").order_by("-pk")
    if asked == "late":
        rows = rows.overdue(today=today)
    elif asked in set(OpinionState):
        rows = rows.filter(state=asked)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    table = opinions_table(
        page.object_list,
        today=today,
        empty="没有这样的审议意见",
        pagination=pagination_of(request, page, unit="份"),
    )
    screen = ListScreen(
        title="审议意见",
        lead="常委会会议的审议意见，单位研究处理的情况，审查和测评的结果。",
        tabs=tabs_for(by),
        new=None,
        chips=_chips(asked, by, late=every.overdue(today=today).count()),
        tables=(("审议意见", table),),
    )
    return render(request, "supervision_list.html", {"screen": screen})


def _chips(asked: str, by: Staff, *, late: int) -> Chips:
    """Return the states to choose from; a unit is not told of those before it was sent."""
    href = reverse("opinions")
    known = {"late", *OpinionState}
    items = [
        Chip(label="全部", href=href, active=asked not in known),
        Chip(label="逾期未反馈", href=f"{href}?state=late", active=asked == "late", count=late),
    ]
    states = [one for one in OpinionState if one in WITH_UNIT or not by.is_of_unit]
    items += [Chip(label=one.label, href=f"{href}?state={one.value}", active=asked == one.value) for one in states]
    return Chips(label="状态", items=tuple(items))


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def opinion_new(request: HttpRequest, activity_id: int) -> HttpResponse:
    """起草审议意见: it begins with what the report and the list of findings say."""
    by, at, activity = staff_of(request), timezone.now(), activity_of(activity_id)
    form = OpinionForm(request.POST or None, initial=blank_of(activity), activity=activity)

    def act() -> int:
        return actions.write(activity_id=activity.pk, entry=form.entry(), by=by, at=at).pk

    return made_new(request, form, words_of(activity, "起草审议意见"), act=act, route="opinion")


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def opinion_change(request: HttpRequest, opinion_id: int) -> HttpResponse:
    """修改审议意见."""
    by, at = staff_of(request), timezone.now()
    row = found(opinion_id, by)
    form = OpinionForm(request.POST or None, initial=of_opinion(row), activity=row.activity, besides=row)

    def act() -> int:
        return actions.change(opinion_id=row.pk, entry=form.entry(), by=by, at=at).pk

    return made_new(request, form, words_of(row.activity, "修改审议意见"), act=act, route="opinion")


def found(opinion_id: int, by: Staff) -> Opinion:
    """Return an opinion that this person may read, or nothing is there."""
    rows = Opinion.objects.visible_to(by).select_related("unit", "activity", "written_by")
    row = rows.filter(pk=opinion_id).first()
    if row is None:
        raise Http404
    return row


@needs(READERS_AND_UNITS)
@require_safe
def opinion(request: HttpRequest, opinion_id: int) -> HttpResponse:
    """审议意见: one."""
    return _page(request, found(opinion_id, staff_of(request)), None, 200)


@needs(READERS_AND_UNITS)
@require_POST
def opinion_step(request: HttpRequest, opinion_id: int, name: str) -> HttpResponse:
    """办理一步."""
    home = reverse("opinion", args=[opinion_id])
    return taken(request, STEPS, name, found(opinion_id, staff_of(request)), page=_page, home=home)


def _page(request: HttpRequest, row: Opinion, refused: tuple[str, forms.Form] | None, status: int) -> HttpResponse:
    by, today = staff_of(request), local_day(timezone.now())
    change = Button(label="修改", href=reverse("opinion_change", args=[row.pk]))
    screen = RecordScreen(
        title=f"给{row.unit.name}的审议意见",
        number=row.number,
        lead=row.activity.title,
        badge=badge_of(row),
        crumbs=_crumbs(row, by),
        buttons=(change,) if row.state == OpinionState.WRITTEN.value and may_write(by) else (),
        alerts=_alerts(row, today),
        steps=steps_of(STEPS, row, by, route="opinion_step", refused=refused),
        sections=shown(
            (
                head_section(row, today=today),
                items_section(row),
                responses_section(row),
                follow_ups_section(row),
                papers_of(row, by),
            )
        ),
    )
    return render(request, "supervision_record.html", {"screen": screen}, status=status)


def _crumbs(row: Opinion, by: Staff) -> tuple[Crumb, ...]:
    home = Crumb(label="审议意见", href=reverse("opinions"))
    if by.is_of_unit:
        return (home,)
    return (home, Crumb(label=row.activity.title, href=reverse("activity", args=[row.activity_id])))


def _alerts(row: Opinion, today: date) -> tuple[Alert, ...]:
    if row.due_on is None or row.state not in {OpinionState.SENT.value, OpinionState.RETURNED.value}:
        return ()
    late = (today - row.due_on).days
    if late > 0:
        return (Alert(kind="bad", words=f"研究处理情况已逾期{late}天未反馈。"),)
    last = row.responses.order_by("-round").first()
    return (Alert(kind="warn", title="退回", words=last.decision_words),) if last and last.decision_words else ()
