"""年度听取: when the standing committee or its directors heard the petition work, and what they resolved."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.roles import OFFICE_ROLES, Role
from huiyin.county.office import queries
from huiyin.county.office.actions import hearings as actions
from huiyin.county.office.models import Hearing
from huiyin.county.office.rules import may_keep_office
from huiyin.county.office.states import HeardBy
from huiyin.interfaces.components.links import Button, Crumb, Tabs
from huiyin.interfaces.components.notices import Alert
from huiyin.interfaces.components.tables import Cell, Column, DataTable, EmptyState, Row
from huiyin.interfaces.components.words import day_words
from huiyin.kernel.calendar import local_day
from huiyin.kernel.refusal import Refusal

from .access import needs, staff_of
from .office_form import OfficeForm, answered
from .office_forms import HearingForm
from .office_tabs import office_tabs
from .paging import pagination_of

PAGE_SIZE = 50
KEEPERS = frozenset({Role.CLERK, Role.HEAD})
FIELDS = ("heard_on", "heard_by", "meeting", "resolution")


@dataclass(frozen=True, slots=True)
class HearingsScreen:
    """The hearings, and the reminder where this year's is missing."""

    tabs: Tabs
    new: Button | None
    missing: Alert | None
    table: DataTable


def missing_alert(*, today: date, href: str = "") -> Alert | None:
    """Return the reminder that the year's hearing is not recorded, from 1 October on."""
    if not queries.is_hearing_missing(today=today):
        return None
    return Alert(
        kind="warn",
        title="年度听取",
        words=f"{today.year}年度还没有登记常委会会议或主任会议听取信访工作汇报。",
        href=href,
        href_label="去登记",
    )


@needs(OFFICE_ROLES)
@require_safe
def hearings(request: HttpRequest) -> HttpResponse:
    """年度听取: the latest first."""
    may_keep = may_keep_office(staff_of(request))
    page = Paginator(Hearing.objects.order_by("-heard_on", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    screen = HearingsScreen(
        tabs=office_tabs("hearings"),
        new=Button(label="登记听取", href=reverse("hearing_new"), kind="primary", icon="plus") if may_keep else None,
        missing=missing_alert(today=local_day(timezone.now())),
        table=DataTable(
            caption="历次听取",
            columns=(
                Column(label="日期", width="fit"),
                Column(label="会议"),
                Column(label="审议意见", width="wide"),
            ),
            rows=tuple(
                Row(
                    href=reverse("hearing_correct", args=[one.pk]) if may_keep else "",
                    cells=(
                        Cell(text=day_words(one.heard_on)),
                        Cell(text=one.meeting, sub=HeardBy(one.heard_by).label),
                        Cell(text=one.resolution),
                    ),
                )
                for one in page.object_list
            ),
            empty=EmptyState(title="还没有登记听取", words="常委会会议或主任会议每年至少听取一次信访工作汇报。"),
            pagination=pagination_of(request, page, unit="次"),
        ),
    )
    return render(request, "hearings.html", {"screen": screen})


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def hearing_new(request: HttpRequest) -> HttpResponse:
    """登记年度听取."""
    by, at, form = staff_of(request), timezone.now(), HearingForm(request.POST or None)

    def act() -> int:
        return actions.record(entry=form.entry(), by=by, at=at).pk

    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, _words("登记年度听取"), act=act, sent=sent)


@needs(KEEPERS)
@require_http_methods(["GET", "POST"])
def hearing_correct(request: HttpRequest, hearing_id: int) -> HttpResponse:
    """更正年度听取: both values stay in the journal."""
    by, at = staff_of(request), timezone.now()
    one = Hearing.objects.filter(pk=hearing_id).first()
    if one is None:
        raise Refusal("hearing.unknown", "没有这次听取")
    form = HearingForm(request.POST or None, initial={name: getattr(one, name) for name in FIELDS})

    def act() -> int:
        return actions.correct(hearing_id=hearing_id, entry=form.entry(), by=by, at=at).pk

    sent = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return answered(request, form, _words("更正年度听取", lead="更正前后的内容都会留在记录里。"), act=act, sent=sent)


def _words(title: str, *, lead: str = "") -> OfficeForm:
    home = reverse("hearings")
    crumbs = (Crumb(label="年度听取", href=home),)
    return OfficeForm(title=title, submit="保存", back_href=home, crumbs=crumbs, lead=lead)
